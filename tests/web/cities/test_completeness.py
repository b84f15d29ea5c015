"""The completeness picture and the GPC table: every square and every blank leads somewhere."""

from __future__ import annotations

import csv
from collections import Counter

from django.test import Client

from tests.web.pages import Page, read
from vatra.methods import activity_methods
from vatra.tables import tables
from vatra.web.cities.figures import Figures
from vatra.web.cities.gaps import files_for, gaps, grid
from vatra.web.cities.models import City

URL = "/en/cities/valcelele/inventory/completeness/"


def tiles(page: Page, kind: str) -> list[dict[str, str]]:
    return [attrs for tag, attrs in page.tags if attrs.get("class") == f"tile tile-{kind}"]


def test_the_picture_shows_as_many_squares_as_the_score_counts(
    client: Client, town: City, town_figures: Figures
) -> None:
    page = read(client.get(URL))
    score = town_figures.completeness(2021)
    # 15 computed and 8 keyed (NO, IE: 3 gases each; C: 2) of 138: 17 %.
    assert "17% of what a GPC inventory asks for in 2021 has a figure or a reason." in page.text
    assert "Of 138 squares of category and gas, 15 have a figure, 8 a reason" in page.text
    scored = [row for row in grid(town_figures, 2021) if row.scored]
    found = Counter(each.kind for row in scored for each in row.squares)
    assert found["computed"] == score.computed
    assert found["keyed"] == score.keyed + score.not_estimated
    assert found["blank"] == score.blank
    # One blank square and one key stand in the legend; III.1.3 stands outside the score.
    assert len(tiles(page, "blank")) == score.blank + 1
    assert len(tiles(page, "computed")) == score.computed + 1 + 1


def test_every_square_leads_to_a_place_that_exists(client: Client, town: City) -> None:
    page = read(client.get(URL))
    places = {attrs["id"] for _, attrs in page.tags if "id" in attrs}
    for kind in ("blank", "keyed"):
        for attrs in tiles(page, kind):
            if "href" in attrs:
                assert attrs["href"].removeprefix("#") in places
    blank = [attrs for attrs in tiles(page, "blank") if "href" not in attrs]
    assert len(blank) == 1  # the legend's
    for attrs in tiles(page, "computed"):
        if "href" in attrs:
            assert client.get(attrs["href"]).status_code == 200


def test_the_states_differ_in_sign_and_word_and_not_in_colour_alone(
    client: Client, town: City
) -> None:
    text = read(client.get(URL)).text
    assert "I.1.1, CH₄: 171.4 t CO₂e, opens the rows" in text
    assert "II.3.1, CO₂: not occurring, opens the reason" in text
    assert "I.1.3, CO₂: blank, opens the next step" in text
    assert "III.1.1, CO₂: cannot arise here" in text


def test_a_key_says_its_reason_and_where_it_is_included(client: Client, town: City) -> None:
    response = client.get(URL)
    text = read(response).text
    assert "IE included elsewhere → II.1.1: Machines fill up at the same stations." in text
    assert "<b>One</b> mine" in text
    assert b"<b>One" not in response.content


def test_a_blank_names_the_tables_that_fill_it(town_figures: Figures) -> None:
    assert "solid_waste.csv" in files_for("III.1.2")
    assert "energy.csv" in files_for("II.2.1")
    assert "energy.csv" not in files_for("III.1.1")
    assert files_for("VI.1.1") == ()
    known = tables()
    for method in activity_methods().values():
        for code in method.categories:
            assert known[method.table].file_name in files_for(code)
    found = gaps(town_figures, grid(town_figures, 2021))
    blank = {
        (row.code, each.gas)
        for row in grid(town_figures, 2021)
        if row.scored
        for each in row.squares
        if each.kind == "blank"
    }
    assert blank == {
        (code, gas) for each in found for code in each.codes for gas in each.step.gases
    }


def test_gases_that_a_city_does_not_count_are_the_first_step(client: Client, cluj: City) -> None:
    text = read(client.get("/en/cities/cluj-napoca/inventory/completeness/")).text
    assert "7% of what a GPC inventory asks for in 2021 has a figure or a reason." in text
    assert "the rows are there, but the city does not count these gases." in text
    assert "Add them to 'gases' in city.yaml" in text


def test_the_picture_is_data_too(client: Client, town: City) -> None:
    url = "/en/cities/valcelele/tables/completeness-2021.csv"
    rows = list(csv.DictReader(client.get(url).content.decode().splitlines()))
    by_code = {row["category"]: row for row in rows}
    assert by_code["I.1.1"]["ch4"] == "computed"
    assert by_code["II.4.1"]["co2"] == "NE"
    assert by_code["I.1.1"]["nf3"] == "impossible"


def test_the_gpc_table_shows_masses_keys_quality_and_methods(client: Client, town: City) -> None:
    page = read(client.get("/en/cities/valcelele/inventory/gpc/"))
    assert "In 2021 Vâlcelele de Jos reports 23,832 t CO₂e as BASIC" in page.text
    assert "25,215 t as BASIC+" in page.text
    # 3,000 t of food waste x 0.15 x 0.5 x 0.5 x 16/12 x 0.9 = 135 t of methane, 3,780 t CO2e
    assert "135" in page.text and "3,780" in page.text
    assert "C confidential: <b>One</b> mine" in page.text
    assert "/en/methods/landfill/" in page.links()
    assert any("category=III.1.1" in each for each in page.links())


def test_the_gpc_table_as_csv_tells_blank_from_zero(client: Client, town: City) -> None:
    url = "/ro/cities/valcelele/tables/gpc-2021.csv"
    rows = list(csv.DictReader(client.get(url).content.decode().splitlines()))
    assert len(rows) == 54
    by_code = {row["category"]: row for row in rows}
    assert by_code["III.1.1"]["ch4_t"] == "135"
    assert by_code["III.1.1"]["co2_t"] == ""
    assert by_code["II.5.1"]["notation"] == "IE"
    assert by_code["II.5.1"]["included_in"] == "II.1.1"
    assert by_code["I.1.1"]["quality_activity"] == "M"
    assert by_code["I.1.1"]["biogenic_t"] == "2016"
