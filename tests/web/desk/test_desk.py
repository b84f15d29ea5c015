"""The desk: where a city stands, what comes next, what waits for whom."""

from __future__ import annotations

from tests.web.pages import read
from tests.web.people.cast import as_person
from vatra.web.cities.models import City
from vatra.web.people.models import User

DESK = "/en/cities/poiana/work/"


def test_the_desk_names_the_latest_versions(poiana: City, ana: User) -> None:
    page = read(as_person(ana).get(DESK))
    assert f"{DESK}history/1/" in page.links()
