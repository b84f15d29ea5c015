"""Drilling down: the rows behind a figure add up to it, whatever it was."""

from __future__ import annotations

import csv
import json

import polars as pl
import pytest
from django.http import QueryDict
from django.test import Client

from tests.web.pages import read
from vatra.tables.gpc import categories
from vatra.web.cities import rows as rows_module
from vatra.web.cities.figures import Figures
from vatra.web.cities.models import City
from vatra.web.cities.rows import Ask, rows_of

URL = "/en/cities/valcelele/inventory/rows/"


def test_the_total_of_every_square_is_that_of_its_rows(town_figures: Figures) -> None:
    squares = 0
    for year in town_figures.years:
        for line in town_figures.table(year).lines:
            for gas, mass_mg in line.by_gas_co2e_mg.items():
                ask = Ask(year, line.category.code, gas)
                assert rows_of(town_figures, ask, "en").total_mg == mass_mg
                squares += 1
            if line.co2e_mg is not None:
                ask = Ask(year, line.category.code)
                assert rows_of(town_figures, ask, "en").total_mg == line.co2e_mg
    assert squares > 30


def test_the_total_of_a_year_is_that_of_its_rows_and_sectors(town_figures: Figures) -> None:
    for year in town_figures.years:
        assert rows_of(town_figures, Ask(year), "en").total_mg == town_figures.total_mg(year)
        for sector in town_figures.sectors:
            found = rows_of(town_figures, Ask(year, sector=sector), "en").total_mg
            assert found == (town_figures.sector_mg(year, sector) or 0)


def test_every_total_of_the_protocol_is_that_of_its_rows(
    client: Client, town: City, town_figures: Figures
) -> None:
    for year in town_figures.years:
        for level, mass_mg in town_figures.table(year).totals_mg().items():
            assert rows_of(town_figures, Ask(year, level=level), "en").total_mg == mass_mg
    page = read(client.get("/en/cities/valcelele/inventory/gpc/"))
    urls = [url for url in page.links() if "level=" in url]
    assert len(urls) == 3
    assert "2021: 23,145.54 t" in read(client.get(urls[2])).text


def test_biogenic_carbon_and_waste_from_elsewhere_come_only_when_asked_for(
    town_figures: Figures,
) -> None:
    all_rows = Ask(2021).select(town_figures.inventory.results)
    assert "CO2_BIOGENIC" not in all_rows["gas"].to_list()
    assert "III.1.3" not in all_rows["category"].to_list()
    biogenic = rows_of(town_figures, Ask(2021, gas="CO2_BIOGENIC"), "en")
    # 5,000 MWh of wood x 0.4032 t/MWh
    assert biogenic.total_mg == 2016 * 10**9
    assert rows_of(town_figures, Ask(2021, "III.1.3"), "en").rows_count == 1


def test_a_page_says_file_line_factor_source_and_method(client: Client, town: City) -> None:
    response = client.get(URL, {"category": "I.1.2", "gas": "CO2", "year": "2021"})
    page = read(response)
    # 12,000 MWh x 0.27746 t/MWh = 3,329.52 t
    assert "I.1.2 Residential buildings, scope 2, CO₂, 2021: 3,329.52 t" in page.text
    for words in ("energy.csv:3", "12,000 MWh", "0.27746 t/MWh", "ro_aib_production/electricity"):
        assert words in page.text
    assert "/en/methods/grid_energy/" in page.links()


def test_parameters_behind_a_row_are_named_with_value_and_source(
    client: Client, town: City
) -> None:
    text = read(client.get(URL, {"category": "III.1.1", "gas": "CH4"})).text
    for words in ("solid_waste.csv:2", "ipcc_2006/landfill.doc/food", "0.15", "Table 2.4"):
        assert words in text


def test_many_rows_come_a_page_at_a_time(
    client: Client, town: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows_module, "ROWS_A_PAGE", 10)
    first = read(client.get(URL))
    assert "Rows 1 to 10 of 26" in first.text
    assert any("page=2" in each for each in first.links())
    last = read(client.get(URL, {"page": "3"}))
    assert "Rows 21 to 26 of 26" in last.text
    assert not any("page=4" in each for each in last.links())
    assert "2021: 25,215.06 t" in first.text and "2021: 25,215.06 t" in last.text


@pytest.mark.parametrize(
    "query",
    [
        {"category": "IX.1"},
        {"category": "III.1.1' OR 1=1"},
        {"gas": "H2O"},
        {"sector": "nowhere"},
        {"level": "ALL"},
        {"carrier": "<script>"},
        {"year": "1850"},
        {"page": "0"},
        {"page": "-1"},
        {"page": "2"},
        {"page": "9" * 4000},
        {"page": "x"},
        {"category": "A" * 9000},
    ],
)
def test_what_names_no_rows_is_not_here_and_says_so(
    client: Client, town: City, query: dict[str, str]
) -> None:
    response = client.get(URL, query)
    assert response.status_code == 404
    assert "There is no" in read(response).text
    assert b"<script>" not in response.content.replace(b"<script src", b"")
    assert client.get("/en/cities/valcelele/inventory/rows.csv", query).status_code == (
        200 if query.get("page") == "2" else 404
    )


def test_a_selection_without_rows_says_the_next_step(client: Client, town: City) -> None:
    page = read(client.get(URL, {"category": "II.3.1"}))
    assert "II.3.1 Waterborne navigation, scope 1, 2021: no rows." in page.text
    assert any("completeness" in each for each in page.links())


def test_a_whole_sector_of_the_protocol_can_be_asked_for(town_figures: Figures) -> None:
    query = QueryDict("category=III&year=2021")
    found = rows_of(town_figures, Ask.of(query, town_figures), "en")
    wanted = [code for code in categories() if code.startswith("III.")]
    rows = town_figures.inventory.results.filter(
        (pl.col("year") == 2021) & pl.col("category").is_in(wanted)
    )
    assert found.rows_count == len(rows) == 2


def test_the_rows_can_be_taken_away_whole(
    client: Client, town: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows_module, "CHUNK_ROWS", 7)
    response = client.get("/en/cities/valcelele/inventory/rows.csv", {"year": "2021"})
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == 26
    assert sum(float(row["emissions_t_co2e"]) for row in rows) == pytest.approx(25215.058044925)
    assert all(row["synthetic_data"] == "yes" for row in rows)
    answer = client.get("/en/cities/valcelele/inventory/rows.json", {"year": "2021"})
    data = json.loads(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    assert len(data["rows"]) == 26
    assert data["synthetic"] is True
