"""Each number opens its formula and rows, down to file and line."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.web.pages import LANGUAGES, read
from vatra.web.cities.models import City


def test_a_number_reaches_its_rows_and_factors(client: Client, cluj: City) -> None:
    text = read(client.get("/en/cities/cluj-napoca/number/buildings.2021/")).text
    # 231,941 x 0.701 = 162,590.6; 2,372,076 x 0.202 = 479,159.4; rounding -0.6 and +0.6.
    assert "231,941 MWh × 0.701 t/MWh = 162,591 t" in text
    assert "2,372,076 MWh × 0.202 t/MWh = 479,159 t" in text
    assert "641,750 t" in text
    for place in ("energy.csv:2", "energy.csv:3", "factors.csv:2", "factors.csv:7"):
        assert place in text


def test_the_dialog_gets_a_part_and_a_visitor_without_scripts_a_page(
    client: Client, cluj: City
) -> None:
    url = "/ro/cities/cluj-napoca/number/transport.diesel.2021/"
    part = client.get(url, headers={"HX-Request": "true"})
    page = client.get(url)
    assert "<html" not in part.content.decode()
    assert "<html" in page.content.decode()
    assert "HX-Request" in part.headers["Vary"]
    for response in (part, page):
        assert "302.387 MWh × 0,267 t/MWh = 80.737 t" in read(response).text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", ["", "inventory/", "pathway/"])
def test_every_number_that_is_a_link_opens(
    client: Client, cluj: City, lang: str, page: str
) -> None:
    found = read(client.get(f"/{lang}/cities/cluj-napoca/{page}"))
    urls = {url for url in found.links() if "/number/" in url}
    assert len(urls) >= 6
    for url in urls:
        assert client.get(url).status_code == 200, url


@pytest.mark.slow
def test_a_linked_number_is_the_number_that_opens(client: Client, cluj: City) -> None:
    html = client.get("/en/cities/cluj-napoca/inventory/").content.decode()
    links = re.findall(r'<a class="number" data-number href="([^"]+)">([^<]+)</a>', html)
    assert len(links) >= 50
    for url, shown in links:
        opened = read(client.get(url)).text
        amount = shown.replace("\u00a0t", "")
        # A whole sum of tonnes rounds to what the cell shows.
        assert f"{amount} t" in opened.replace("−0 t", "0 t"), url


@pytest.mark.parametrize("path", ["%00", "2021.2021.2021", "a" * 4000, "..%2f..", "total.1999"])
def test_odd_paths_are_answered(client: Client, cluj: City, path: str) -> None:
    assert client.get(f"/en/cities/cluj-napoca/number/{path}/").status_code in (200, 404)
