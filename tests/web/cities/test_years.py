"""The trend with its gaps, and what moved emissions between two years."""

from __future__ import annotations

import csv

import pytest
from django.test import Client

from tests.web.pages import read
from vatra.web.cities.drivers import changes, totals
from vatra.web.cities.figures import Figures
from vatra.web.cities.models import City
from vatra.web.cities.tables.years import missing_years, spans_words

URL = "/en/cities/valcelele/inventory/years/"


def test_gaps_are_said_and_nothing_is_interpolated(client: Client, town: City) -> None:
    text = read(client.get(URL)).text
    assert "From 2021 to 2030 emissions before measures fall by 46%" in text
    assert "2022–2025, 2027–2029 have no rows. Add rows for them" in text
    assert "Nothing is interpolated." in text


def test_a_year_without_some_sectors_says_that_it_does_not_compare(
    client: Client, town: City
) -> None:
    text = read(client.get(URL)).text
    assert "* 2026 has no rows for Waste, Industry (IPPU), Land (AFOLU)" in text
    svg = client.get("/en/cities/valcelele/charts/years.svg").content.decode()
    assert "10,411\u00a0t *" in svg


def test_spans_of_years() -> None:
    assert missing_years([2021, 2024, 2025, 2027]) == [2022, 2023, 2026]
    assert spans_words([2022, 2023, 2026]) == "2022–2023, 2026"
    assert spans_words([]) == ""


def test_drivers_add_up_to_the_change_without_a_rest(town_figures: Figures) -> None:
    for first, last in ((2021, 2030), (2030, 2021), (2021, 2026)):
        moved = town_figures.total_mg(last) - town_figures.total_mg(first)
        assert sum(totals(changes(town_figures, first, last)).values()) == moved


def test_a_change_from_or_to_nothing_is_missing_not_zero(client: Client, town: City) -> None:
    text = client.get("/en/cities/valcelele/tables/change.csv?from=2021&to=2026").content.decode()
    rows = {row["sector"]: row for row in csv.DictReader(text.splitlines())}
    assert rows["Waste"]["change_t_co2e"] == ""
    # 10,000 MWh of gas and 12,000 MWh of electricity less, and no wood: all of it has rows.
    assert float(rows["Buildings"]["change_t_co2e"]) < 0


def test_the_two_years_can_be_chosen(client: Client, town: City) -> None:
    page = read(client.get(URL, {"from": "2021", "to": "2026"}))
    assert "Change from 2021 to 2026" in page.text
    url = next(url for url in page.links() if "drivers.csv" in url)
    rows = list(csv.DictReader(client.get(url).content.decode().splitlines()))
    # 25,215 t in 2021, 10,411 t in 2026
    assert float(rows[-1]["change_t_co2e"]) == pytest.approx(10410.76152 - 25215.058044925)
    svg = next(url for url in page.links() if "drivers.svg" in url)
    assert client.get(svg).status_code == 200


@pytest.mark.parametrize("query", [{"from": "2022"}, {"to": "x"}, {"from": "2021", "to": "9" * 99}])
def test_a_year_without_figures_cannot_be_chosen(
    client: Client, town: City, query: dict[str, str]
) -> None:
    response = client.get(URL, query)
    assert response.status_code == 404
    assert "There are no figures for" in read(response).text
    assert client.get("/en/cities/valcelele/tables/change.csv", query).status_code == 404


def test_gaps_are_filled_only_when_asked_for_and_every_value_is_marked(
    client: Client, town: City, town_figures: Figures
) -> None:
    asked = read(client.get(URL, {"between": "line"}))
    assert "Pale bars with a rim are interpolated" in asked.text
    assert "are interpolated" not in read(client.get(URL)).text
    text = client.get("/en/cities/valcelele/tables/years-filled.csv").content.decode()
    rows = {(row["sector"], row["year"]): row for row in csv.DictReader(text.splitlines())}
    for year in town_figures.years:
        stated = town_figures.sector_mg(year, "waste") is not None
        assert rows["Waste", str(year)]["interpolated"] == ("no" if stated else "yes")
    # Waste 3,780 t in 2021 and 1,890 t in 2030, 210 t less each year: 3,570 t in 2022.
    assert rows["Waste", "2022"]["emissions_t_co2e"] == "3570"
    assert rows["Waste", "2022"]["interpolated"] == "yes"
    # Transport has rows in 2026: 5,417 t, 4,334 t and a fifth of the way between them.
    first, last = (float(rows["Transport", each]["emissions_t_co2e"]) for each in ("2021", "2026"))
    made = float(rows["Transport", "2022"]["emissions_t_co2e"])
    assert made == pytest.approx(first + (last - first) / 5)
    svg = client.get("/ro/cities/valcelele/charts/years-filled.svg").content.decode()
    assert "Barele palide" in svg
