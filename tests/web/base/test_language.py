"""Which language a visitor gets, and that the switch keeps the page."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.pages import CITY_PAGES, read
from vatra.web.cities.models import City


@pytest.mark.parametrize(
    ("asked", "lang"),
    [
        ("", "ro"),
        ("en-GB,en;q=0.9", "en"),
        ("de,ro;q=0.5,en;q=0.4", "ro"),
        ("ro;q=0.1,en;q=0.8", "en"),
        ("fr, xx;q=oops", "ro"),
    ],
)
def test_home_leads_to_the_only_city_in_the_visitors_language(
    client: Client, cluj: City, asked: str, lang: str
) -> None:
    response = client.get("/", headers={"accept-language": asked})
    assert response.headers["Location"] == f"/{lang}/cities/cluj-napoca/"
    assert "Accept-Language" in response.headers["Vary"]


def test_home_leads_to_the_list_when_there_are_more_cities(
    client: Client, cluj: City, hostile: City
) -> None:
    assert client.get("/").headers["Location"] == "/ro/"


@pytest.mark.parametrize("page", [*CITY_PAGES, "pathway/?electricity=0.27746"])
def test_the_switch_keeps_the_page(client: Client, cluj: City, page: str) -> None:
    links = read(client.get(f"/ro/cities/cluj-napoca/{page}")).links()
    assert f"/en/cities/cluj-napoca/{page}" in links


def test_pages_say_their_language(client: Client, cluj: City) -> None:
    for lang in ("ro", "en"):
        response = client.get(f"/{lang}/cities/cluj-napoca/")
        assert response.headers["Content-Language"] == lang
        assert ("html", {"lang": lang}) in read(response).tags
