"""The factor switch: before and after, by an address, nothing stored."""

from __future__ import annotations

import csv

import pytest
from django.test import Client

from tests.web.pages import read
from vatra.web.cities.models import City

URL = "/en/cities/valcelele/inventory/compare/"
CLUJ = "/{lang}/cities/cluj-napoca/inventory/compare/"


def table(client: Client, name: str, query: str) -> dict[str, dict[str, str]]:
    text = client.get(f"/en/cities/valcelele/tables/{name}.csv?{query}").content.decode()
    rows = list(csv.DictReader(text.splitlines()))
    return {next(iter(row.values())): row for row in rows}


def test_other_potentials_move_each_gas_by_its_own(client: Client, town: City) -> None:
    text = read(client.get(URL, {"gwp": "AR6"})).text
    assert "2021 rises from 25,215 t to 25,245 t, by 30 t (0.1%)." in text
    assert "With the warming potentials of AR6." in text
    rows = table(client, "compare-gases", "year=2021&gwp=AR6")
    assert rows["CO₂"]["difference_t_co2e"] == "0"
    # Methane 28 -> 27.9, nitrous oxide 265 -> 273
    for gas, ratio in (("CH₄", 27.9 / 28), ("N₂O", 273 / 265)):
        before, after = (float(rows[gas][f"{each}_t_co2e"]) for each in ("before", "after"))
        assert after == pytest.approx(before * ratio, rel=1e-9)


def test_an_electricity_factor_moves_its_sectors_alone(client: Client, town: City) -> None:
    rows = table(client, "compare-sectors", "year=2021&electricity=0.5")
    # 12,000 MWh x (0.5 - 0.27746) = 2,670.48 t
    assert float(rows["Buildings"]["difference_t_co2e"]) == pytest.approx(2670.48)
    assert rows["Transport"]["difference_t_co2e"] == "0"
    assert float(rows["Total"]["difference_t_co2e"]) == pytest.approx(2670.48)


def test_another_set_first_moves_methane_of_landfills(client: Client, town: City) -> None:
    rows = table(client, "compare-sectors", "year=2021&first=ipcc_2019")
    # DOCf of food waste: 0.5 in 2006, 0.7 in 2019; 3,780 t x 0.7 / 0.5 = 5,292 t
    assert float(rows["Waste"]["after_t_co2e"]) == pytest.approx(5292.0)


def test_the_address_can_be_kept(client: Client, town: City) -> None:
    page = read(client.get(URL, {"gwp": "AR6", "year": "2030", "electricity": ""}))
    url = next(each for each in page.links() if "compare-sectors.csv" in each)
    assert "year=2030" in url and "gwp=AR6" in url
    svg = next(each for each in page.links() if "compare.svg" in each)
    assert client.get(svg).content.startswith(b"<svg")
    chosen = [attrs for tag, attrs in page.tags if tag == "option" and "selected" in attrs]
    assert [attrs["value"] for attrs in chosen] == ["AR6"]


def test_nothing_asked_compares_nothing(client: Client, town: City) -> None:
    assert "nothing is stored" in read(client.get(URL)).text
    assert client.get("/en/cities/valcelele/tables/compare-gases.csv").status_code == 404
    assert client.get("/en/cities/valcelele/charts/compare.svg").status_code == 404


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"gwp": "AR7"}, "'AR7' is not among the choices."),
        ({"first": "<b>"}, "'<b>' is not among the choices."),
        ({"electricity": "277"}, "'277' is not a factor."),
        ({"electricity": "27.7"}, "No electricity causes more than 2 t/MWh."),
    ],
)
def test_what_cannot_be_chosen_is_said_beside_the_form(
    client: Client, town: City, query: dict[str, str], words: str
) -> None:
    response = client.get(URL, query)
    assert response.status_code == 422
    assert words in read(response).text
    assert b"<b>" not in response.content


def test_what_a_printed_contract_would_be_with_the_production_mix(
    client: Client, cluj: City
) -> None:
    text = read(client.get(CLUJ.format(lang="ro"), {"electricity": "0,27746"})).text
    # 637,208 MWh x (0.701 - 0.27746) = 269,883 t
    assert "2021 scade de la 1.167.223 t la 897.340 t, cu 269.883 t (23,1 %)." in text
    text = read(client.get(CLUJ.format(lang="en"), {"first": "ro_aib_production"})).text
    assert "2021 falls from 1,167,223 t to 897,340 t" in text
