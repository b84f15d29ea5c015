"""Every table and chart as CSV, JSON and SVG: the same figures as the sealed document."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.web.conftest import FORMULA_NAME
from tests.web.pages import CITY_PAGES, LANGUAGES, read
from vatra.units import MG_PER_T
from vatra.web.cities.models import City


def rows(client: Client, url: str) -> list[dict[str, str]]:
    response = client.get(url)
    assert response.status_code == 200, url
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def sealed(folder: Path) -> dict:
    return json.loads((folder / "contract.json").read_bytes())


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
# The city has no stock of buildings; theirs are held in tests/web/blocks.
@pytest.mark.parametrize("page", [each for each in CITY_PAGES if each != "buildings/"])
def test_every_table_of_a_page_has_csv_and_json_with_the_same_rows(
    client: Client, cluj: City, lang: str, page: str
) -> None:
    links = read(client.get(f"/{lang}/cities/cluj-napoca/{page}")).links()
    urls = [url for url in links if url.endswith(".csv") and "/files/" not in url]
    assert urls, page
    for url in urls:
        taken = rows(client, url)
        data = client.get(url.removesuffix("csv") + "json").json()
        assert len(taken) == len(data["rows"]) > 0, url
        assert list(taken[0]) == [column["name"] for column in data["columns"]], url


def test_sectors_and_scopes_are_those_of_the_document(
    client: Client, cluj: City, cluj_folder: Path
) -> None:
    totals = sealed(cluj_folder)["totals"]["by_sector_scope"]["2021"]
    sectors = ["buildings", "transport", "waste", "industry", "land"]
    taken = rows(client, "/en/cities/cluj-napoca/tables/scopes-base.csv")
    assert len(taken) == 6
    for sector, row in zip(sectors, taken, strict=False):
        for scope in ("1", "2", "3"):
            mass_mg = totals[sector].get(scope)
            shown = row[f"scope_{scope}_t_co2e"]
            assert shown == ("" if mass_mg is None else str(mass_mg // MG_PER_T))


def test_json_holds_exact_numbers(client: Client, cluj: City, cluj_folder: Path) -> None:
    plan = sealed(cluj_folder)["plan"]
    data = client.get("/en/cities/cluj-napoca/tables/split.json").json()
    drivers = ("grid", "background", "measures")
    for driver, row in zip(drivers, data["rows"], strict=False):
        exact = plan["split"]["in_order"]["total"][driver] / MG_PER_T
        assert row["in_order_t_co2e"] == exact
    assert data["rows"][3]["in_order_t_co2e"] == 949757


def test_measures_csv_runs_no_formula(client: Client, hostile: City) -> None:
    taken = rows(client, "/ro/cities/atac/tables/measures.csv")
    assert [row["measure"] for row in taken if row["code"] == "2.3"] == ["'" + FORMULA_NAME]


def test_synthetic_files_say_so_inside_and_in_their_name(client: Client, hostile: City) -> None:
    for url in (
        "/ro/cities/atac/tables/sectors.csv",
        "/ro/cities/atac/charts/pathway.csv",
        "/ro/cities/atac/contract/tables/v1-a-1.4.csv",
    ):
        assert all(row["synthetic_data"] == "yes" for row in rows(client, url))
        assert 'filename="synthetic-atac-' in client.get(url).headers["Content-Disposition"]
    assert client.get("/ro/cities/atac/tables/sectors.json").json()["synthetic"] is True
    picture = client.get("/ro/cities/atac/charts/pathway.svg").content.decode()
    assert "DATE SINTETICE" in picture


@pytest.mark.parametrize("lang", LANGUAGES)
def test_charts_are_well_formed_pictures(client: Client, cluj: City, lang: str) -> None:
    for name in ("pathway", "sectors_scopes", "split_in_order", "split_symmetric", "measures"):
        response = client.get(f"/{lang}/cities/cluj-napoca/charts/{name}.svg")
        assert response.headers["Content-Type"] == "image/svg+xml"
        assert "attachment" in response.headers["Content-Disposition"]
        tree = ElementTree.fromstring(response.content.decode())
        assert tree.tag.endswith("svg")
        assert len(rows(client, f"/{lang}/cities/cluj-napoca/charts/{name}.csv")) > 0
