"""Several at once, on real databases with real threads: one version, one upload, one job."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.web.ops.conftest import SET_UP, Installation

pytestmark = pytest.mark.slow
AT_ONCE = (
    SET_UP
    + """
import io, json, tempfile, threading
from datetime import date
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.db import connection
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from vatra.web.cities.models import City
from vatra.web.evidence import accepting
from vatra.web.evidence.actions import AlreadyHere, do_receive_upload
from vatra.web.evidence.models import Upload
from vatra.web.jobs.models import Job
from vatra.web.people.errors import Refused
from vatra.web.people.models import Membership, User
from vatra.web.workspace.models import Version
from vatra.web.workspace.queries import head_of, sheet_of

out = Path(sys.argv[1])
city = City.objects.create(slug="poiana", name="Poiana", folder=str(out), run_id="0",
                           base_year=2021)
people = []
for name in ("ana", "ion", "lia", "dan"):
    people.append(User.objects.create(email=f"{name}@example.org"))
    TOTP.activate(people[-1], generate_totp_secret())
    Membership.objects.create(city=city, person=people[-1], role="editor", since=date(2026, 1, 1))

def together(call):
    found, gate = [], threading.Barrier(len(people))
    def one(person):
        gate.wait()
        try:
            call(person)
            found.append("done")
        except Refused as refused:
            found.append(refused.key)
        except AlreadyHere:
            found.append("already here")
        finally:
            connection.close()
    threads = [threading.Thread(target=one, args=(each,)) for each in people]
    [each.start() for each in threads]
    [each.join() for each in threads]
    return sorted(found)

file = out / "energy-new.csv"
file.write_text("sector,carrier,scope,year,amount,unit,source\\n"
                "waste,diesel,1,2021,7,MWh,pumps\\n", "utf-8")
def receive(person):
    with file.open("rb") as source:
        do_receive_upload(city=city, name="energy.csv", source=source, actor=person)
received = together(receive)
first = Upload.objects.get().pk
def accept(person):
    accepting.do_ask_to_accept(upload=Upload.objects.get(pk=first), mode="add", actor=person)
accepted = together(accept)
file.write_text(file.read_text().replace(",7,", ",8,"), "utf-8")
with file.open("rb") as source:
    large = do_receive_upload(city=city, name="energy.csv", source=source, actor=people[0])
accepting.is_large = lambda _: True
def ask(person):
    accepting.do_ask_to_accept(upload=Upload.objects.get(pk=large.pk), mode="add", actor=person)
asked = together(ask)
amounts = [row["amount"] for row in sheet_of(head_of(city), "energy").rows]
print(json.dumps([received, accepted, asked, Version.objects.count(), amounts,
                  Job.objects.filter(kind="evidence.accept").count()]))
"""
)


def test_four_clicks_at_once_count_once(installation: Installation, tmp_path: Path) -> None:
    pack = tmp_path / "out" / "pack"
    pack.mkdir(parents=True)
    (pack / "city.yaml").write_text(
        "name: Poiana\ncode: poiana\nbase_year: 2021\ntarget_year: 2030\ngwp_set: AR5\n", "utf-8"
    )
    printed = installation.python(AT_ONCE, pack.parent).splitlines()[-1]
    received, accepted, asked, versions, amounts, jobs = json.loads(printed)
    assert received == [*["already here"] * 3, "done"]
    assert accepted == ["done", *["web.evidence.decided"] * 3]
    # Who asks for what is asked for already is told nothing bad.
    assert asked == ["done"] * 4
    # The pack of the city, and the one file: accepted once, the large one not yet.
    assert (versions, amounts, jobs) == (2, ["7"], 1)
