"""Two at once: a city never loses its last administrator, an invitation gives one role, on a real
database with real threads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.ops.conftest import SET_UP, Installation
from tests.web.ops.postgres import postgres_server

pytestmark = pytest.mark.slow
ROUNDS = 6
AT_ONCE = (
    SET_UP
    + """
import json, threading
from datetime import timedelta
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.db import connection
from vatra.web.base.queries import verify
from vatra.web.cities.models import City
from vatra.web.people.actions import do_change_role, do_end_membership, do_erase_account
from vatra.web.people.actions_invite import do_accept_invitation, do_invite_administrator
from vatra.web.people.errors import Refused
from vatra.web.people.holding import today
from vatra.web.people.models import Membership, User
from allauth.mfa.models import Authenticator

def together(*calls):
    found, gate = [], threading.Barrier(len(calls))
    def one(call):
        gate.wait()
        try:
            call()
            found.append("done")
        except Refused as refused:
            found.append(refused.key)
        finally:
            connection.close()
    threads = [threading.Thread(target=one, args=(each,)) for each in calls]
    [each.start() for each in threads]
    [each.join() for each in threads]
    return sorted(found)

def pair(number):
    city = City.objects.create(slug=f"c{number}", name="C", folder="/n", run_id="0", base_year=2021)
    held = []
    for who in "ab":
        one = User.objects.create(email=f"{who}{number}@example.org", password="!")
        Authenticator.objects.create(user=one, type="totp", data={})
        held.append(Membership.objects.create(
            city=city, person=one, role="administrator", since=today() - timedelta(days=3)))
    return city, held

found = []
for number in range(int(sys.argv[1])):
    city, (a, b) = pair(number)
    if number % 3 == 0:
        calls = [lambda h=h: do_end_membership(membership=h, actor=h.person) for h in (a, b)]
    elif number % 3 == 1:
        calls = [lambda h=h: do_change_role(membership=h, role="viewer", actor=h.person)
                 for h in (a, b)]
    else:
        calls = [lambda h=h: do_erase_account(person=h.person) for h in (a, b)]
    said = together(*calls)
    left = sum(each.role == "administrator" and each.until is None
               for each in Membership.objects.filter(city=city))
    found.append([said, left])
_, token = do_invite_administrator(email="z@example.org", actor="test", lang="en")
joined = together(*[
    lambda: do_accept_invitation(token=token, name="Z", password="o mie de brazi inalti")
    for _ in range(4)])
print(json.dumps({"rounds": found, "joined": joined, "holds": verify().holds,
                  "people": User.objects.filter(email="z@example.org").count()}))
"""
)


def check(installation: Installation) -> None:
    found = json.loads(installation.python(AT_ONCE, ROUNDS).splitlines()[-1])
    assert found["rounds"] == [[["done", "web.people.last-administrator"], 1]] * ROUNDS
    assert found["joined"] == ["done", *["web.people.invitation-over"] * 3]
    assert found["people"] == 1
    assert found["holds"]


@pytest.fixture
def server() -> Iterator[str]:
    with postgres_server() as url:
        yield url


def test_on_sqlite(tmp_path: Path) -> None:
    check(Installation(tmp_path / "data"))


def test_on_postgresql(tmp_path: Path, server: str) -> None:
    check(Installation(tmp_path / "data", server))
