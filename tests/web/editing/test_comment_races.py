"""Several speak of one figure first at the same moment, on real databases with real threads."""

from __future__ import annotations

import json

import pytest

from tests.web.ops.conftest import SET_UP, Installation

pytestmark = pytest.mark.slow
PEOPLE = 3
AT_ONCE = (
    SET_UP
    + """
import json, threading
from datetime import date
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.db import connection
from vatra.web.cities.models import City
from vatra.web.editing.actions import do_begin_thread
from vatra.web.editing.models import Comment, Thread
from vatra.web.people.models import Membership, User

city = City.objects.create(slug="poiana", name="Poiana", folder="/n", run_id="0", base_year=2021)
people = []
for number in range(int(sys.argv[1])):
    people.append(User.objects.create(email=f"p{number}@example.org"))
    Membership.objects.create(city=city, person=people[-1], role="contributor",
                              since=date(2026, 1, 1))

def begin(person, anchor, gate):
    gate.wait()
    do_begin_thread(city=city, kind="number", anchor=anchor, text=f"{person.pk}?", actor=person)
    connection.close()

for anchor in ("total.2021", "total.2025", "total.2030"):
    gate = threading.Barrier(len(people))
    threads = [threading.Thread(target=begin, args=(each, anchor, gate)) for each in people]
    [each.start() for each in threads]
    [each.join() for each in threads]
print(json.dumps([Thread.objects.count(), Comment.objects.count()]))
"""
)


def test_first_comments_of_one_moment_make_one_thread(installation: Installation) -> None:
    printed = installation.python(AT_ONCE, PEOPLE).splitlines()[-1]
    # A thread for each of three figures, and in it what each of three people said.
    assert json.loads(printed) == [3, 3 * PEOPLE]
