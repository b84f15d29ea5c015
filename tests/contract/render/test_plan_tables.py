"""Modules B and C and the Investment Plan: their tables from the sealed plan of Cluj-Napoca."""

from __future__ import annotations

from typing import Any

import pytest

from vatra.contract.charts.table import RenderedTable
from vatra.contract.render.answer import answer
from vatra.contract.render.outline import Heading, Tabled, outline
from vatra.contract.render.tables import table, tables
from vatra.contract.render.tables.actions import outline_tables
from vatra.plans.finance.investment import EMPTY_PLACE
from vatra.words import LANGUAGES, Language

PLAN = {"b-1", "b-1-wedges", "b-1-unexplained", "b-1-tornado", "b-1-residual", "b-1-budget",
        "b-1-net-zero", "b-2.1", "b-2.2-outlines", "b-3.1", "b-3.2", "c-1.1", "c-2.1"}  # fmt: skip
MONEY = {"ip-uses", "ip-sources", "ip-actors", *(f"ip-t{number}" for number in range(1, 16))}


def named(id: str, document: dict[str, Any], lang: Language = "en") -> RenderedTable:
    found = table(id, document, lang)
    assert found is not None
    return found


def column(found: RenderedTable, key: str) -> list[Any]:
    at = [each.key for each in found.columns].index(key)
    return [row[at] for row in found.rows]


def test_every_table_of_the_plan_is_there(sealed: dict[str, Any]) -> None:
    for lang in LANGUAGES:
        assert {each.id for each in tables(sealed, lang)} >= PLAN | MONEY


def test_the_path_ends_where_the_engine_does(sealed: dict[str, Any]) -> None:
    found = named("b-1", sealed)
    years = column(found, "year")
    at = years.index("2030")
    # 537,366 t before measures, 234,506 t with the seventeen as printed
    assert round(column(found, "without")[at]) == 537_366
    assert round(column(found, "with")[at]) == 234_506
    assert column(found, "p10")[at] < column(found, "p90")[at]


@pytest.mark.parametrize("year", ["2021", "2025", "2030"])
def test_wedges_add_up_in_every_column(sealed: dict[str, Any], year: str) -> None:
    masses = column(named("b-1-wedges", sealed), year)
    assert sum(masses[:-1]) == pytest.approx(masses[-1], abs=1e-6)


def test_what_no_measure_explains_stands_in_a_table_of_its_own(sealed: dict[str, Any]) -> None:
    found = named("b-1-unexplained", sealed)
    assert [round(each) for each in found.rows[-1][1:]] == [217_466, 234_506, 17_040]


def test_parts_of_the_portfolio_add_up_and_the_rest_does_not_pretend(
    sealed: dict[str, Any],
) -> None:
    found = named("b-2.1", sealed)
    parts = column(found, "shapley")
    assert sum(parts[:-1]) == pytest.approx(parts[-1])
    assert column(found, "first_in")[-1] is None
    assert column(found, "cost")[-1] == 6_090_000_000


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_action_has_its_outline(sealed: dict[str, Any], lang: Language) -> None:
    outlines = list(outline_tables(sealed, lang))
    assert len(outlines) == len(sealed["actions"]) == 17
    renovation = next(each for each in outlines if each.id == "b-2.2-5.1")
    values = dict(renovation.rows)
    assert EMPTY_PLACE in values.values()
    whole = " ".join(str(each) for each in values.values())
    assert ("70,000" if lang == "en" else "70.000") in whole
    # Milligrams are for the machine.
    assert "000000000" not in whole


def test_the_residual_adds_up_and_says_the_rule(sealed: dict[str, Any]) -> None:
    found = named("b-1-residual", sealed)
    masses = column(found, "emission")
    assert sum(masses[:-1]) == pytest.approx(masses[-1])
    assert "20 %" in found.note


def test_needs_of_a_year_are_found_or_missing(sealed: dict[str, Any]) -> None:
    found = named("ip-uses", sealed)
    for needed, paid, gap in zip(
        column(found, "needed"), column(found, "found"), column(found, "gap"), strict=True
    ):
        assert needed == pytest.approx(paid + gap)
    assert column(found, "needed")[-1] == 6_090


def test_what_only_the_city_knows_is_an_empty_place_with_the_next_step(
    sealed: dict[str, Any],
) -> None:
    for id in ("ip-t1", "ip-t3", "ip-t5", "ip-t12"):
        for lang in LANGUAGES:
            found = named(id, sealed, lang)
            assert EMPTY_PLACE in {cell for row in found.texts(lang) for cell in row}
            assert found.note


def test_enablers_are_actions_whose_lever_is_not_technology(sealed: dict[str, Any]) -> None:
    levers = {each["code"]: each["lever"] for each in sealed["actions"]}
    for id in ("c-1.1", "c-2.1"):
        codes = [str(row[0]).split(" ")[0] for row in named(id, sealed).rows]
        assert all(levers[code] != "technology" for code in codes if code != EMPTY_PLACE)


def test_without_enablers_the_place_stays_empty(document: dict[str, Any]) -> None:
    for each in document["actions"]:
        each["lever"] = "technology"
    assert set(named("c-1.1", document).rows[0]) == {EMPTY_PLACE}


def test_a_plan_without_money_has_no_investment_plan(document: dict[str, Any]) -> None:
    document["investment"] = None
    assert not MONEY & {each.id for each in tables(document, "en")}
    texts = [each.text for each in outline(document, "en").blocks if isinstance(each, Heading)]
    assert "Investment Plan" not in texts and "Module C: what makes it possible" in texts


def test_the_document_holds_each_part_of_the_investment_plan_once(sealed: dict[str, Any]) -> None:
    ids = [each.table.id for each in outline(sealed, "ro").blocks if isinstance(each, Tabled)]
    assert sorted(each for each in ids if each.startswith("ip-t")) == sorted(
        f"ip-t{number}" for number in range(1, 16)
    )


def test_the_answer_says_how_likely_the_promise_is_kept(document: dict[str, Any]) -> None:
    document["risk"]["probability_ppm"] = 380_000
    last = answer(document, "en").verdicts[-1]
    assert "with a probability of 38%" in last.words and not last.kept
    document["risk"]["probability_ppm"] = 620_000
    assert answer(document, "ro").verdicts[-1].kept
    document["risk"] = None
    assert len(answer(document, "en").verdicts) == 2
