"""The fifteen tables of an Investment Plan: what is computed, and what stays for the city."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vatra.plans.attribution import shapley, wedges
from vatra.plans.finance.investment import EMPTY_PLACE, InvestmentTable, cell_text, plain_value
from vatra.runs.finance import Finance, finance
from vatra.runs.finance_tables import TABLE_IDS, investment_tables, plain_rows
from vatra.runs.scenario import open_scenario
from vatra.words import LANGUAGES

# What no model can know: past budgets, income, barriers, policies.
OF_THE_CITY = ("T1", "T2", "T3", "T5", "T12")


@pytest.fixture(scope="module")
def iasi() -> Finance:
    return finance(open_scenario(Path("examples/iasi")))


@pytest.fixture(scope="module")
def tables(iasi) -> dict[str, InvestmentTable]:
    return {each.id: each for each in investment_tables(iasi)}


def column(table: InvestmentTable, key: str) -> list:
    at = [each.key for each in table.columns].index(key)
    return [row[at] for row in table.rows]


def test_there_are_fifteen_in_order(tables):
    assert tuple(tables) == TABLE_IDS == tuple(f"T{number}" for number in range(1, 16))
    assert sorted({each.module for each in tables.values()}) == [
        "IP-A1", "IP-A2", "IP-A3", "IP-B1", "IP-B2", "IP-B3", "IP-C1", "IP-C2", "IP-C3"
    ]  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("number", TABLE_IDS)
def test_every_table_reads_in_both_languages(tables, number, lang):
    table = tables[number]
    assert table.title(lang)
    headings = [each.heading(lang) for each in table.columns]
    assert len(set(headings)) == len(headings)
    for row in table.rows:
        texts = table.texts(row, lang)
        assert not any(text.startswith("@") for text in texts)
    json.dumps(plain_rows(table, lang))


@pytest.mark.parametrize("number", OF_THE_CITY)
def test_what_only_the_city_knows_is_an_empty_place_with_a_next_step(tables, number):
    table = tables[number]
    assert not table.is_complete
    for row in table.rows:
        assert all(value is None for value in row[1:])
        assert EMPTY_PLACE in table.texts(row, "en")
    for lang in LANGUAGES:
        assert len(table.next_step(lang)) > 40


def test_no_empty_place_is_without_a_next_step(tables):
    for table in tables.values():
        if any(value is None for row in table.rows for value in row):
            assert table.next_step("en"), table.id


def test_capital_is_the_same_in_every_table(iasi, tables):
    assert sum(column(tables["T6"], "capital")) == iasi.total_cents
    by_stakeholder = [row for row in tables["T8"].rows if row[1].endswith("line-need")]
    assert sum(row[2] for row in by_stakeholder) == iasi.total_cents
    for row in tables["T8"].rows:
        assert row[2] == sum(row[3:])
    planned = tables["T9"]
    assert sum(column(planned, "city_cost") + column(planned, "others_cost")) == iasi.total_cents
    assert sum(column(planned, "gap")) == iasi.gap_cents
    assert sum(column(tables["T14"], "required")) == iasi.total_cents


def test_tonnes_are_those_of_the_wedges(iasi, tables):
    made = wedges(iasi.model, shapley(iasi.model))
    at = made.years.index(iasi.scenario.aim.target_year)
    wanted = sum(by_year[at] for by_year in made.actions_mg.values())
    assert {code: by_year[at] for code, by_year in made.actions_mg.items()} == iasi.cuts_mg
    assert sum(mass for mass in column(tables["T6"], "cut") if mass) == wanted


def test_capital_intensive_projects_take_a_twentieth_each(iasi, tables):
    sums = column(tables["T7"], "capital")
    assert sums
    assert all(cents * 20 >= iasi.total_cents for cents in sums)
    others = set(column(tables["T6"], "capital")) - set(sums)
    assert all(cents * 20 < iasi.total_cents for cents in others)


def test_what_the_city_pays_beside_others(tables):
    table = tables["T15"]
    names = [table.texts(row, "ro") for row in table.rows]
    # Whole blocks: state 50, city 30, owners 20 %.
    assert any("proprietari și gospodării, stat" in row[0] for row in names)
    assert all(row[2] > 0 for row in table.rows)


def test_cells_have_the_digits_they_deserve():
    assert cell_text(None, "money", "en") == EMPTY_PLACE
    assert cell_text(123_456_789, "money", "ro") == "1.234.568"
    assert cell_text(123_456_789, "millions", "en") == "1.2"
    assert cell_text(0.305, "share", "ro") == "30,5\u00a0%"
    assert cell_text(7_500_000_000_000, "tonnes", "en") == "7,500"
    assert cell_text("–", "eur_per_t", "en") == "–"
    assert plain_value("–", "eur_per_t", "en") is None
    assert plain_value(1_250, "money", "en") == 12.5
    assert cell_text(2026, "year", "en") == "2026"
    assert cell_text(1.25, "number", "ro") == "1,25"
    assert cell_text("@plans.finance.never", "number", "ro") == "nu în durata planului"
