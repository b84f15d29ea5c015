"""The inventory says its total with its range, and says plainly where none is known."""

from __future__ import annotations

import csv

import pytest
from django.test import Client

from tests.web.pages import LANGUAGES, read
from vatra.web.cities.figures import Figures
from vatra.web.cities.models import City

TOWN = "/{lang}/cities/valcelele/inventory/{page}"
CLUJ = "/{lang}/cities/cluj-napoca/inventory/{page}"
PAGES = ("", "completeness/", "gpc/", "doubt/", "years/", "rows/", "compare/", "compare/?gwp=AR6")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_and_wears_the_mark(
    client: Client, town: City, page: str, lang: str
) -> None:
    response = client.get(TOWN.format(lang=lang, page=page))
    assert response.status_code == 200
    words = "Date sintetice." if lang == "ro" else "Synthetic data."
    assert words in read(response).text
    assert b"style=" not in response.content


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_for_a_city_without_doubt_or_keys(
    client: Client, cluj: City, page: str, lang: str
) -> None:
    assert client.get(CLUJ.format(lang=lang, page=page)).status_code == 200


def test_the_answer_has_its_range_and_what_it_leaves_out(
    client: Client, town: City, town_figures: Figures
) -> None:
    text = read(client.get(TOWN.format(lang="en", page=""))).text
    found = town_figures.ranges.total(2021)
    assert found is not None
    low, high = (f"{round(end / 1e9):,} t" for end in (found.low_mg, found.high_mg))
    assert f"Vâlcelele de Jos emitted 25,215 t CO₂e in 2021, between {low} and {high}" in text
    # Electricity (3,330 t), landfill gas (3,780 t) and a little more hang on a number that nobody
    # gave an interval: (3,330 + 3,780 + about 700) / 25,215 = 31 %.
    assert "For 31% of it the doubt is stated only in part" in text
    # The IPCC's ends for food waste alone move the total by -7 and +5 %.
    assert 0.85 < found.low_mg / found.total_mg < 0.93
    assert 1.04 < found.high_mg / found.total_mg < 1.12


def test_where_nobody_stated_a_doubt_no_range_is_told(client: Client, cluj: City) -> None:
    text = read(client.get(CLUJ.format(lang="en", page=""))).text
    assert "Cluj-Napoca emitted 1,167,223 t CO₂ in 2021." in text
    assert "none of its figures and factors has a stated doubt" in text
    assert "with 95% confidence" not in text
    totals = client.get("/en/cities/cluj-napoca/tables/totals-2021.csv").content.decode()
    rows = {row["total"]: row for row in csv.DictReader(totals.splitlines())}
    assert rows["BASIC"]["low_t_co2e"] == rows["BASIC"]["high_t_co2e"] == ""
    # 1,167,221.46 t of rows and 1.54 t of rounding in print are the 1,167,223 t of the contract.
    assert rows["BASIC+"]["emissions_t_co2e"] == "1167221.46"
    assert rows["BASIC+ with the rounding in print"]["emissions_t_co2e"] == "1167223"


def test_totals_are_those_of_the_gpc_table(
    client: Client, town: City, town_figures: Figures
) -> None:
    text = client.get("/en/cities/valcelele/tables/totals-2021.csv").content.decode()
    rows = {row["total"]: row for row in csv.DictReader(text.splitlines())}
    for words, level in (("BASIC", "BASIC"), ("Territorial (scope 1)", "TERRITORIAL")):
        mass_t = float(rows[words]["emissions_t_co2e"])
        assert mass_t == town_figures.table(2021).total_mg(level) / 1e9
    assert all(row["synthetic_data"] == "yes" for row in rows.values())


def test_a_range_holds_its_total_and_basic_lies_within_basic_plus(town_figures: Figures) -> None:
    ranges = town_figures.ranges
    for year in town_figures.years:
        for found in (ranges.level(year, "BASIC"), ranges.level(year, "BASIC+")):
            assert found is not None
            assert found.low_mg < found.total_mg < found.high_mg
    assert ranges.level(2021, "BASIC").total_mg == town_figures.table(2021).total_mg("BASIC")  # type: ignore[union-attr]


def test_the_year_switch_shows_another_year(client: Client, town: City) -> None:
    text = read(client.get(TOWN.format(lang="en", page="?year=2030"))).text
    assert "For 2030, before measures, the rows give 13,498 t CO₂e" in text


@pytest.mark.parametrize("page", ["", "completeness/", "gpc/", "doubt/", "compare/"])
@pytest.mark.parametrize("year", ["2022", "abc", "99999999999999999999", "٢٠٢١", "-1"])
def test_a_year_without_figures_is_not_here_and_says_which_are(
    client: Client, town: City, page: str, year: str
) -> None:
    response = client.get(TOWN.format(lang="en", page=page), {"year": year})
    assert response.status_code == 404
    page_read = read(response)
    assert f"There are no figures for '{year[:20]}'" in page_read.text
    assert any("year=2026" in each for each in page_read.links())


@pytest.mark.parametrize("form", ["svg", "csv", "json"])
@pytest.mark.parametrize("name", ["flows-2021", "ranges-2021", "contributions-2021", "years"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_picture_can_be_taken_away_with_its_numbers(
    client: Client, town: City, name: str, form: str, lang: str
) -> None:
    response = client.get(f"/{lang}/cities/valcelele/charts/{name}.{form}")
    assert response.status_code == 200
    if form == "svg":
        assert response.content.startswith(b"<svg")
        assert (b"DATE SINTETICE" if lang == "ro" else b"SYNTHETIC DATA") in response.content


def test_flows_add_up_to_the_year(client: Client, town: City, town_figures: Figures) -> None:
    text = client.get("/en/cities/valcelele/charts/flows-2021.csv").content.decode()
    rows = list(csv.DictReader(text.splitlines()))
    drawn = sum(float(row["emissions_t_co2e"]) for row in rows)
    assert drawn == pytest.approx(town_figures.total_mg(2021) / 1e9, abs=1e-6)


def test_a_picture_of_another_city_or_year_is_not_here(client: Client, cluj: City) -> None:
    response = client.get("/en/cities/cluj-napoca/charts/flows-2026.svg")
    assert response.status_code == 404
    assert any("flows-2030.svg" in each for each in read(response).links())
    # Nothing in Cluj-Napoca has a stated doubt: there is nothing to rank.
    response = client.get("/en/cities/cluj-napoca/charts/contributions-2021.svg")
    assert response.status_code == 404


def test_a_method_has_its_page_in_both_languages(client: Client, town: City) -> None:
    text = read(client.get("/ro/methods/landfill/")).text
    assert "Pagina metodei este scrisă în engleză." in text
    assert "Methane commitment" in text
    missing = client.get("/en/methods/nothing/")
    assert missing.status_code == 404
    assert "/en/methods/landfill/" in read(missing).links()
