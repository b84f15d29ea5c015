"""Several freeze a year at once, on real databases with real threads: one edition, nothing lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.web.ops.conftest import SET_UP, Installation

pytestmark = pytest.mark.slow
AT_ONCE = (
    SET_UP
    + """
import json, threading, time
from datetime import date
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.db import connection
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from vatra.contract import pretty
from vatra.web.base.models import AuditEntry
from vatra.web.contracts.actions import do_register_folder
from vatra.web.people.errors import Refused
from vatra.web.people.models import Membership, User
from vatra.web.progress import reports
from vatra.web.progress.actions import do_freeze_year, do_write_row
from vatra.web.progress.models import FrozenReport
from vatra.web.progress.queries import outlook_of_version
from vatra.web.workspace.actions_start import do_open_workspace
from vatra.web.workspace.queries import head_of

city = do_register_folder(folder=Path(sys.argv[1]), actor="test")
do_open_workspace(city=city, actor=None)
people = []
for name in ("ana", "ion", "lia"):
    people.append(User.objects.create(email=f"{name}@example.org"))
    TOTP.activate(people[-1], generate_totp_secret())
    Membership.objects.create(city=city, person=people[-1], role="editor", since=date(2026, 1, 1))

# Documents that take a while: nobody may hold the database meanwhile.
held = []
def slowly(folder, document):
    held.append(connection.in_atomic_block)
    reports._write(folder / reports.JSON_NAME, pretty(dict(document)))
    time.sleep(0.5)
reports._fill = slowly

def freeze(found, gate):
    def one(person):
        gate.wait()
        try:
            do_freeze_year(city=city, version=head_of(city), year=2027, actor=person)
            found.append("done")
        except Refused as refused:
            found.append(refused.key)
        except Exception as problem:
            found.append(repr(problem))
        finally:
            connection.close()
    return one

def together():
    outlook_of_version(head_of(city))
    found, gate = [], threading.Barrier(len(people))
    threads = [threading.Thread(target=freeze(found, gate), args=(each,)) for each in people]
    [each.start() for each in threads]
    [each.join() for each in threads]
    return sorted(found)

first = together()
row = {"action": "B6", "year": "2027", "adoption_percent": "30", "status": "started",
       "source": "invented"}
do_write_row(city=city, base=head_of(city), table="progress", row=row, actor=people[0])
second = together()
kept = list(FrozenReport.objects.order_by("edition"))
whole = [reports.read_report(city, 2027, each.edition)["seal"]["value"] == each.seal
         for each in kept]
replaces = reports.read_report(city, 2027, 2)["report"]["replaces"] == kept[0].seal
names = sorted(each.name for each in reports.folder_of(city.slug, 2027, 1).parent.iterdir())
print(json.dumps([first, second, whole, replaces, names,
                  AuditEntry.objects.filter(verb="freeze").count(), any(held)]))
"""
)


def test_who_freezes_at_once_makes_one_edition(
    installation: Installation, kept_folder: Path
) -> None:
    printed = installation.python(AT_ONCE, kept_folder).splitlines()[-1]
    first, second, whole, replaces, names, writes, held = json.loads(printed)
    once = ["done", *["web.progress.same-report"] * 2]
    # Another state of the work is another edition, also once.
    assert first == once
    assert second == once
    assert (whole, replaces, names, writes) == ([True, True], True, ["1", "2"], 2)
    assert not held
