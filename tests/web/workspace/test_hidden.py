"""Who has not signed in cannot tell a city that is hidden or closed from one that is not there."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.people.cast import as_person, member, person
from vatra.web.cities.models import City
from vatra.web.people.models import CityDoor

ROUTES = ("work/", "work/history/", "work/evidence/", "work/jobs/1/", "work/publish/")


@pytest.mark.parametrize("route", ROUTES)
def test_a_hidden_a_closed_and_no_city_answer_alike(poiana: City, route: str) -> None:
    City.objects.filter(pk=poiana.pk).update(is_listed=False)
    closed = City.objects.create(slug="inchis", name="Închis", folder="", run_id="", base_year=2021)
    CityDoor.objects.create(city=closed, members_only=True)
    slugs = ("poiana", "inchis", "nicaieri")
    answers = [Client().get(f"/en/cities/{each}/{route}") for each in slugs]
    assert {each.status_code for each in answers} == {302}
    wheres = {each["Location"].replace(s, "-") for each, s in zip(answers, slugs, strict=True)}
    assert len(wheres) == 1
    # Signed in without a role there, none of them exists either.
    stranger = as_person(person("dan"))
    found = {stranger.get(f"/en/cities/{each}/{route}").status_code for each in slugs}
    assert found == {404}


def test_the_address_of_a_city_that_published_nothing_leads_its_members_to_its_work(
    poiana: City,
) -> None:
    City.objects.filter(pk=poiana.pk).update(is_listed=False)
    front = "/en/cities/poiana/"
    ana = as_person(member("ana", poiana, "viewer"))
    assert ana.get(front)["Location"] == f"{front}work/"
    for nobody in (Client(), as_person(person("dan"))):
        assert nobody.get(front).status_code == 404
    # What hangs on figures is still not there, and no other city is.
    assert ana.get(f"{front}inventory/").status_code == 404
    assert ana.get("/en/cities/nicaieri/").status_code == 404


@pytest.mark.parametrize("sign", ["²", "9" * 5000, "-1", "٣", "\0"])
def test_a_number_that_is_none_breaks_nothing(poiana: City, sign: str) -> None:
    client = as_person(member("lia", poiana, "climate_lead"))
    work = "/en/cities/poiana/work/"
    for route, name in (("history/", "before"), ("compare/", "from"), ("tables/", "saved")):
        assert client.get(work + route, {name: sign}).status_code < 500
    for route in ("contract/review/", "contract/records/participation/"):
        assert client.post(work + route, {"base": sign}).status_code < 500
    live = {"live": f"ro:{sign}:{sign}:total.2021:1", "text-ro": "unu", "base": sign}
    assert client.post(work + "contract/sections/goal/", live).status_code < 500
