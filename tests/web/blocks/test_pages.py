"""Pages of buildings say what the engine gives, in both languages, and every number opens."""

from __future__ import annotations

import csv
import io
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.test import Client

from tests.web.pages import LANGUAGES, Page, read
from vatra.plans.blocks import simulate, synthetic_climate
from vatra.runs.stock import Stock, open_stock
from vatra.web.cities.models import City
from vatra.words import number

HERE = "/{lang}/cities/cluj-napoca/"


def get(client: Client, page: str, lang: str = "en") -> Page:
    response = client.get(HERE.format(lang=lang) + page)
    assert response.status_code == 200
    return read(response)


def rows_of(client: Client, page: str) -> list[dict[str, str]]:
    response = client.get(HERE.format(lang="en") + page)
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode())))


@pytest.fixture(scope="module")
def stock(stocked_folder: Path) -> Stock:
    return open_stock(stocked_folder / "pack")


@pytest.fixture(scope="module")
def kwh_m2(stock: Stock) -> dict[str, float]:
    """Need of each building by a run of our own: Cluj's made-up year, 5R1C in numpy's floats."""
    needs = simulate(stock.zones(), synthetic_climate("cluj"), "rc5", free_float=False)
    return dict(zip(needs.names, map(float, needs.heating_kwh_m2), strict=True))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_answer_counts_buildings_and_says_their_need(
    client: Client, stocked: City, stock: Stock, kwh_m2: dict[str, float], lang: str
) -> None:
    text = get(client, "buildings/", lang).text
    whole = sum(kwh_m2[each.code] * each.heated_m2 for each in stock.buildings) / 1e6
    area = sum(each.heated_m2 for each in stock.buildings)
    said = {"en": "The 60 buildings listed", "ro": "Cele 60 clădiri listate"}
    assert said[lang] in text
    assert f"{number(whole, lang, 1)} GWh" in text  # type: ignore[arg-type]
    assert f"{number(whole * 1e6 / area, lang, 0)} kWh/m²" in text  # type: ignore[arg-type]


def test_types_add_up_to_the_whole(client: Client, stocked: City) -> None:
    rows = rows_of(client, "buildings/tables/types.csv")
    parts, whole = rows[:-1], rows[-1]
    for column in ("buildings_count", "flats_count"):
        assert sum(int(row[column]) for row in parts) == int(whole[column])
    heating = [float(row["heating_mwh"]) for row in parts]
    assert sum(heating) == pytest.approx(float(whole["heating_mwh"]), abs=1e-6)


@pytest.mark.parametrize(
    ("query", "column", "value"),
    [
        ("type=block_t744r_p4_1973_1982", "archetype", "block_t744r_p4_1973_1982"),
        ("quarter=cartier_model_sud", "quarter", "cartier_model_sud"),
        ("class=C", "energy_class", "C"),
    ],
)
def test_a_filter_keeps_what_it_says_and_the_file_keeps_the_same(
    client: Client, stocked: City, query: str, column: str, value: str
) -> None:
    everyone = rows_of(client, "buildings/list.csv")
    kept = rows_of(client, f"buildings/list.csv?{query}")
    assert 0 < len(kept) < len(everyone)
    assert kept == [row for row in everyone if row[column] == value]
    assert f"{len(kept)} of 60 buildings" in get(client, f"buildings/?{query}").text


def test_steps_of_the_map_and_the_list_count_the_same(client: Client, stocked: City) -> None:
    steps = [0.0, 50.0, 80.0, 110.0, 140.0, 180.0, 1e9]
    rows = rows_of(client, "buildings/list.csv")
    page = client.get(HERE.format(lang="en") + "buildings/").content.decode()
    for step, (low, high) in enumerate(pairwise(steps)):
        count = sum(low <= float(row["heating_kwh_m2"]) < high for row in rows)
        assert len(re.findall(rf'class="map-building need-{step}"', page)) == count
        kept = rows_of(client, f"buildings/list.csv?need={step}") if count else []
        assert len(kept) == count


def test_what_nobody_has_is_said_plainly(client: Client, stocked: City) -> None:
    text = get(client, "buildings/?type=castle").text
    assert "No building fits what you asked for" in text


def test_the_list_goes_on_in_pages(client: Client, stocked: City) -> None:
    first, last = (get(client, f"buildings/?page={page}") for page in ("1", "2"))
    names = [
        {link.rsplit("/", 2)[-2] for link in page.links() if "/building/" in link}
        for page in (first, last)
    ]
    # The map holds every building on both pages.
    assert names[0] == names[1]
    shown = [re.findall(r"\b([NSV]\d+) \d+\.\d", page.text) for page in (first, last)]
    assert len(shown[0]) == 30
    assert not set(shown[0]) & set(shown[1])


@pytest.mark.parametrize("query", ["zoom=9&x=-4&y=x", "zoom=2&x=0&y=1000", "page=999", "page=x"])
def test_a_view_that_cannot_be_is_the_nearest_that_can(
    client: Client, stocked: City, query: str
) -> None:
    assert "need-map" in client.get(HERE.format(lang="en") + f"buildings/?{query}").content.decode()


def test_the_map_moves_by_links(client: Client, stocked: City) -> None:
    page = client.get(HERE.format(lang="en") + "buildings/?zoom=1").content.decode()
    whole = client.get(HERE.format(lang="en") + "buildings/").content.decode()
    width, nearer = (
        float(re.search(r'need-map" viewBox="\S+ \S+ (\S+)', p)[1]) for p in (whole, page)
    )  # type: ignore[index]
    assert nearer == pytest.approx(width / 2, rel=1e-3)
    assert {"nearer", "farther", "west", "east", "north", "south", "whole"} == set(
        re.findall(r'data-move="(\w+)"', page)
    )


def test_geojson_holds_every_drawn_building_with_its_need(
    client: Client, stocked: City, kwh_m2: dict[str, float]
) -> None:
    response = client.get(HERE.format(lang="en") + "buildings/list.geojson")
    assert "synthetic" in response["Content-Disposition"]
    features = json.loads(response.content)["features"]
    assert len(features) == 60
    found = {f["properties"]["building"]: f["properties"]["heating_kwh_m2"] for f in features}
    assert found == pytest.approx(kwh_m2, abs=0.051)
    assert {f["properties"]["synthetic_data"] for f in features} == {"yes"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_building_says_its_need_its_class_and_its_bill(
    client: Client, stocked: City, kwh_m2: dict[str, float], lang: str
) -> None:
    text = get(client, "building/n01/", lang).text
    assert f"{number(kwh_m2['n01'], lang, 0)} kWh/m²" in text  # type: ignore[arg-type]
    row = next(each for each in rows_of(client, "buildings/list.csv") if each["building"] == "n01")
    said = {"en": "it is in class {0}", "ro": "este în clasa {0}"}
    assert said[lang].format(row["energy_class"]) in text
    assert number(float(row["bill_eur"]), lang, 0) in text  # type: ignore[arg-type]


def test_measured_parts_are_told_from_assumed_ones(client: Client, stocked: City) -> None:
    measured = rows_of(client, "buildings/tables/elements.csv?building=n03")
    assumed = rows_of(client, "buildings/tables/elements.csv?building=n01")
    assert {row["known"] for row in assumed} == {"assumed"}
    by_part = {row["element"]: row for row in measured}
    assert by_part["outer walls"]["known"] == "measured"
    assert float(by_part["outer walls"]["u_w_m2k"]) == 0.3
    assert by_part["outer walls"]["source"].startswith("building_elements.csv:")
    assert by_part["lowest floor"]["known"] == "assumed"


def test_the_bill_is_energy_times_price(client: Client, stocked: City) -> None:
    rows = rows_of(client, "buildings/tables/bill.csv?building=n01")
    parts, whole = rows[:-1], rows[-1]
    for row in parts:
        price, kwh = float(row["price_eur_per_mwh"]), float(row["bought_kwh"])
        assert float(row["bill_eur"]) == pytest.approx(kwh * price / 1000, abs=1.5)
    assert sum(float(r["bill_eur"]) for r in parts) == pytest.approx(
        float(whole["bill_eur"]), abs=len(parts)
    )


def test_what_comes_in_goes_out(client: Client, stocked: City) -> None:
    rows = rows_of(client, "buildings/charts/heat-balance.csv?building=n01")
    energy = {row["part"]: float(row["energy"]) for row in rows}
    out = sum(list(energy.values())[:6])
    come = sum(list(energy.values())[6:])
    # What the walls keep from the first heated day to the last is less than a hundredth.
    assert come == pytest.approx(out, rel=0.01)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", ["buildings/", "building/n01/"])
def test_every_number_opens(client: Client, stocked: City, page: str, lang: str) -> None:
    links = [link for link in get(client, page, lang).links() if "/buildings/number/" in link]
    assert len(links) > 2
    for link in dict.fromkeys(links):
        assert "number-total" in client.get(link).content.decode(), link


def test_a_number_opens_in_the_dialog_and_on_its_own(client: Client, stocked: City) -> None:
    url = HERE.format(lang="en") + "buildings/number/n01.heating/"
    part = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "EN ISO 13790" in part
    assert "<html" in client.get(url).content.decode()


@pytest.mark.parametrize(
    "page",
    [
        "building/nobody/",
        "buildings/number/nobody.heating/",
        "buildings/number/n01.beauty/",
        "buildings/number/x/",
        "buildings/tables/nothing.csv",
        "buildings/tables/elements.csv?building=nobody",
        "buildings/charts/nothing.svg",
        "buildings/charts/load.svg",
    ],
)
def test_what_is_not_there_names_what_is(client: Client, stocked: City, page: str) -> None:
    response = client.get(HERE.format(lang="en") + page)
    assert response.status_code == 404
    assert any("/building" in link for link in read(response).links())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_city_without_a_list_hears_how_to_give_one(client: Client, cluj: City, lang: str) -> None:
    text = get(client, "buildings/", lang).text
    for file in ("buildings.csv", "buildings.geojson", "building_counts.csv"):
        assert file in text
    assert client.get(HERE.format(lang=lang) + "building/n01/").status_code == 404
