"""The tour: nine stops one after the other, over as soon as one leaves them."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.pages import read
from vatra.web.cities.models import City
from vatra.web.desk.tour import STOPS, address
from vatra.web.people.models import CityDoor
from vatra.words import LANGUAGES, Language


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_goes_from_the_list_through_all_stops(
    client: Client, cluj: City, lang: Language
) -> None:
    url = next(each for each in read(client.get(f"/{lang}/")).links() if "tour=1" in each)
    walked = []
    for number, stop in enumerate(STOPS, start=1):
        answer = client.get(url.partition("#")[0])
        assert answer.status_code == 200, url
        page = read(answer)
        mains = [each["class"] for tag, each in page.tags if tag == "main"]
        assert mains == [f"frame tour-{stop.name}"]
        walked.append(url)
        links = [each for each in page.links() if "tour=" in each and f"/{lang}/" in each[:4]]
        if number > 1:
            assert walked[-2] in links
        url = next((each for each in links if f"tour={number + 1}" in each), "")
    assert len(walked) == 9
    assert url == ""


def test_the_stops_stand_on_the_public_pages_only(client: Client, cluj: City) -> None:
    assert all("/work/" not in address(number, cluj, "ro") for number in range(1, 10))


@pytest.mark.parametrize("given", ["0", "10", "-1", "x", "", "1e3", "²", "9" * 40, "2"])
def test_a_number_that_is_no_stop_of_the_page_shows_the_page_as_it_is(
    client: Client, cluj: City, given: str
) -> None:
    answer = client.get(f"/ro/cities/{cluj.slug}/", {"tour": given})
    assert answer.status_code == 200
    assert "tour-title" not in answer.content.decode()


def test_a_city_that_is_not_shown_has_no_tour(client: Client, cluj: City) -> None:
    CityDoor.objects.create(city=cluj, members_only=True)
    page = read(client.get("/en/verify/", {"tour": "9", "city": cluj.slug}))
    assert cluj.name not in page.text
    assert not [each for each in read(client.get("/en/help/")).links() if "tour=" in each]


def test_the_city_of_the_last_stop_cannot_be_made_up(client: Client, cluj: City) -> None:
    for name in ("<b>", "nowhere", "\x00", "x" * 300):
        answer = client.get("/en/verify/", {"tour": "9", "city": name})
        assert answer.status_code == 200
        assert "tour-title" not in answer.content.decode()


def test_invented_data_are_offered_before_a_real_city(
    client: Client, cluj: City, hostile: City
) -> None:
    first = next(each for each in read(client.get("/en/")).links() if "tour=1" in each)
    assert first == address(1, hostile, "en")
