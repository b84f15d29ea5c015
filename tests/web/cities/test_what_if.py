"""Another electricity factor recalculates base, target and split."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.pages import read
from vatra.web.cities.models import City

URL = "/{lang}/cities/cluj-napoca/pathway/"


def test_the_production_mix_of_2021_lowers_the_base_and_the_plan_misses(
    client: Client, cluj: City
) -> None:
    text = read(client.get(URL.format(lang="en"), {"electricity": "0.27746"})).text
    # 637,208 MWh x (0.701 - 0.27746) = 269,883 t less; 217,466 / 897,340 = 24.23 %.
    assert "With 0.27746 t/MWh the city emitted 897,340 t in 2021" in text
    assert "24.23%, and misses its target by 50,292 t" in text
    assert "−269,883" in text
    assert "113,079" in text


def test_the_contracts_own_factor_changes_nothing(client: Client, cluj: City) -> None:
    text = read(client.get(URL.format(lang="en"), {"electricity": "0.701"})).text
    assert "the city emitted 1,167,223 t in 2021" in text
    assert "and meets its target" in text


def test_a_decimal_comma_is_read_as_romanians_write_it(client: Client, cluj: City) -> None:
    text = read(client.get(URL.format(lang="ro"), {"electricity": "0,27746"})).text
    assert "Cu 0,27746 t/MWh, orașul a emis 897.340 t" in text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("", "The field is empty. Enter a factor between 0 and 2 t/MWh, such as 0.27746."),
        ("abc", "'abc' is not a factor. Enter a number between 0 and 2 t/MWh, such as 0.27746."),
        ("-1", "'-1' is not a factor. Enter a number between 0 and 2 t/MWh, such as 0.27746."),
        ("1e9", "'1e9' is not a factor."),
        ("nan", "'nan' is not a factor."),
        ("0.1234567", "'0.1234567' is not a factor."),
        ("٣", "'٣' is not a factor."),
        ("277", "'277' is not a factor."),
        ("27.7", "No electricity causes more than 2 t/MWh. Check the unit: 277 g/kWh are 0.277"),
        ("<script>", "'<script>' is not a factor."),
        ("9" * 5000, "'999999999999' is not a factor."),
    ],
)
def test_what_is_no_factor_is_said_beside_the_field(
    client: Client, cluj: City, given: str, words: str
) -> None:
    response = client.get(URL.format(lang="en"), {"electricity": given})
    page = read(response)
    assert response.status_code == 422
    assert words in page.text
    field = next(attrs for tag, attrs in page.tags if attrs.get("id") == "electricity")
    assert field["aria-invalid"] == "true"
    assert "electricity-error" in field["aria-describedby"]
    # The page itself is still there.
    assert "Of the 949,757 t to be cut by 2030" in page.text


def test_its_table_can_be_taken_away(client: Client, cluj: City) -> None:
    page = read(client.get(URL.format(lang="en"), {"electricity": "0.27746"}))
    url = next(url for url in page.links() if "what-if.csv" in url)
    lines = client.get(url).content.decode().splitlines()
    assert lines[0] == "figure,sealed_t_co2e,changed_t_co2e,difference_t_co2e"
    # 637,208 MWh x (0.277460 - 0.701) t/MWh = -269,883.07632 t.
    assert lines[1] == "Base year 2021,1167223,897339.92368,-269883.07632"


def test_known_factors_are_offered_with_their_source(client: Client, cluj: City) -> None:
    page = read(client.get(URL.format(lang="en")))
    assert "?electricity=0.27746#what-if-section" in page.links()
    assert "0.701 t/MWh in the contract" in page.text
