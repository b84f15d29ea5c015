"""The charts of a pathway on small plans whose arithmetic can be done by hand."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.chart import Chart
from vatra.contract.charts.cost_curve import CostCurve, CostStep, cost_curve_chart
from vatra.contract.charts.fan import Course, chance_words, cut_words, fan
from vatra.contract.charts.plane import Plane, apart, tick_step
from vatra.contract.charts.wedges import (
    NAMED_COUNT,
    Stack,
    Wedge,
    shown_wedges,
    wedge_chart,
)
from vatra.words import LANGUAGES, Language

T = 10**9
COURSE = Course(
    name="path",
    city="Fântânele",
    unit="t CO₂e",
    first_year=2021,
    target_year=2023,
    without_mg=(100 * T, 90 * T, 80 * T),
    planned_mg=(100 * T, 70 * T, 50 * T),
    target_mg=45 * T,
    cut_ppm=550_000,
)


def words_of(chart: Chart, width: float = 720) -> list[str]:
    root = ET.fromstring(chart.svg("page", width))
    return ["".join(each.itertext()) for each in root.iter() if each.tag.endswith("text")]


# The path


def test_a_path_without_draws_says_by_how_much_it_misses() -> None:
    chart = fan(COURSE, "en")
    # 50 t are left, 45 t allowed.
    assert chart.title == (
        "Fântânele misses −55% by 2023: the plan leaves 50\u00a0t\u00a0CO₂e, 5\u00a0t\u00a0CO₂e"
        " above what is allowed."
    )
    met = fan(replace(COURSE, planned_mg=(100 * T, 60 * T, 40 * T)), "en")
    assert "5\u00a0t\u00a0CO₂e below what is allowed" in met.title


def test_a_path_with_draws_says_how_likely_the_target_is() -> None:
    drawn = replace(
        COURSE,
        low_mg=(95 * T, 60 * T, 40 * T),
        high_mg=(105 * T, 80 * T, 65 * T),
        chance_ppm=380_000,
    )
    chart = fan(drawn, "ro")
    assert "cu o probabilitate de 38 %".replace(" %", "\u00a0%") in chart.title
    assert "între 40 t (P10) și 65 t (P90)" in chart.title
    assert [each.key for each in chart.columns][-2:] == ["p10_t_co2e", "p90_t_co2e"]
    assert chart.rows[-1] == ("2023", 80, 50, 40, 65)
    assert "P10: 40\u00a0t" in words_of(chart)


@pytest.mark.parametrize(
    ("ppm", "words"),
    [(0, "less than 1%"), (4_999, "less than 1%"), (5_001, "1%"), (994_000, "99%"),
     (1_000_000, "more than 99%")],
)  # fmt: skip
def test_no_sample_tells_never_or_always(ppm: int, words: str) -> None:
    assert chance_words(ppm, "en") == words


def test_a_promise_keeps_its_decimals() -> None:
    assert [cut_words(each, "en") for each in (810_000, 814_000, 814_400)] == [
        "81%",
        "81.4%",
        "81.44%",
    ]


def test_today_is_a_line_only_within_the_years() -> None:
    assert "today, 2022" in words_of(fan(replace(COURSE, today=2022), "en"))
    assert not [
        each for each in words_of(fan(replace(COURSE, today=2031), "en")) if "today" in each
    ]


def test_a_trial_stands_beside_the_plan() -> None:
    chart = fan(replace(COURSE, as_planned_mg=(100 * T, 80 * T, 60 * T)), "en")
    assert "as tried here" in chart.title
    assert "as planned: 60\u00a0t" in words_of(chart)
    assert chart.rows[-1] == ("2023", 80, 50, 60)


# Wedges


def stack(actions: Sequence[Wedge], total_mg: Sequence[int], grid: Sequence[int]) -> Stack:
    return Stack(
        "wedges", "Fântânele", "t CO₂e", 2021, 2022, 100 * T, (Wedge("grid", "grid", grid),),
        actions, total_mg,
    )  # fmt: skip


def test_wedges_that_do_not_add_up_are_refused() -> None:
    # 100 - 10 - 20 = 70, not 71.
    action = Wedge("A", "A", (0, 20 * T), "buildings")
    stack((action,), (100 * T, 70 * T), (0, 10 * T))
    with pytest.raises(ValueError, match="2022 do not add up"):
        stack((action,), (100 * T, 71 * T), (0, 10 * T))
    with pytest.raises(ValueError, match="do not add up"):
        stack((action,), (100 * T, 70 * T + 1), (0, 10 * T))


def test_the_title_names_who_does_most() -> None:
    action = Wedge("A", "walls", (0, 30 * T), "buildings")
    chart = wedge_chart(stack((action,), (100 * T, 60 * T), (0, 10 * T)), "en")
    assert (
        "cuts 40\u00a0t\u00a0CO₂e by 2022; most of it is done by: walls, 30 t (75%)" in chart.title
    )
    none = wedge_chart(stack((), (100 * T, 105 * T), (0, -5 * T)), "en")
    assert none.title == "Fântânele emits no less in 2022 than in the base year."


def test_what_adds_emissions_is_drawn_above_the_level_and_signed() -> None:
    action = Wedge("A", "walls", (0, 30 * T), "buildings")
    chart = wedge_chart(stack((action,), (100 * T, 75 * T), (0, -5 * T)), "en")
    words = words_of(chart)
    assert "+5\u00a0t grid" in words
    assert "−30\u00a0t walls" in words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_largest_are_named_and_the_others_of_a_sector_share_a_wedge(lang: Language) -> None:
    many = [
        Wedge(f"A{n:02}", f"action {n}", (0, n * T), "buildings" if n % 2 else "transport")
        for n in range(1, 13)
    ]
    total = sum(range(1, 13)) * T
    found = shown_wedges(stack(many, (100 * T, 100 * T - total), (0, 0)), lang)
    single = [each for each in found if each.code.startswith("A")]
    others = [each for each in found if each.code.startswith("others-")]
    assert len(single) == NAMED_COUNT
    assert {each.name for each in single} == {f"action {n}" for n in range(5, 13)}
    # 1 + 3 of buildings, 2 + 4 of transport.
    assert sorted(each.values_mg[-1] // T for each in others) == [4, 6]
    assert sum(each.values_mg[-1] for each in found) == total


def test_sinks_may_carry_the_path_below_zero() -> None:
    action = Wedge("S", "forest", (0, 120 * T), "land")
    chart = wedge_chart(stack((action,), (100 * T, -20 * T), (0, 0)), "en")
    assert "what is left: −20\u00a0t\u00a0CO₂e" in words_of(chart)


# The cost curve

STEPS = (
    CostStep("P", "solar", "buildings", "saves", 10 * T, -500_00, 9_000_00, None, 10 * T, -500_00),
    CostStep("W", "walls", "buildings", "costs", 20 * T, 2_000_00, -1, 100.0, 30 * T, 1_500_00),
    CostStep("T", "tram", "transport", "costs", 10 * T, 9_000_00, -1, 900.0, 40 * T, 10_500_00),
    CostStep("N", "leaflet", "buildings", "no_cost", 1 * T, None, None, None, 41 * T, 10_500_00),
)


def curve(kind: str) -> CostCurve:
    return CostCurve(f"cost-{kind}", kind, "Fântânele", "t CO₂e", 2035, STEPS)  # type: ignore[arg-type]


def test_the_sequence_says_what_half_of_the_tonnes_cost() -> None:
    chart = cost_curve_chart(curve("sequential"), "en")
    # 10 t pay for themselves, 20 t cost 100: half of the 40 t lies within 100 EUR.
    assert "cut 40\u00a0t\u00a0CO₂e in 2035: 1 pays for itself" in chart.title
    assert "no more than 100 EUR each" in chart.title
    assert [each.key for each in chart.columns][-2:] == ["sum_cut_t_co2e", "sum_annual_eur"]
    assert chart.rows[1][-2:] == (30, 1500)


def test_each_alone_is_never_summed() -> None:
    chart = cost_curve_chart(curve("static"), "en")
    assert "must not be added up" in chart.title
    assert "sum_cut_t_co2e" not in [each.key for each in chart.columns]


def test_what_has_no_price_is_in_the_table_and_not_in_the_picture() -> None:
    chart = cost_curve_chart(curve("sequential"), "en")
    assert chart.rows[-1][:2] == ("leaflet", "no cost stated")
    assert chart.rows[-1][3:6] == (None, None, None)
    assert "leaflet" not in words_of(chart)
    empty = cost_curve_chart(replace(curve("static"), steps=STEPS[-1:]), "en")
    assert any("No action of the plan has both" in each for each in words_of(empty))


@pytest.mark.parametrize("width", [340.0, 720.0])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_chart_draws_itself_the_same_each_time(lang: Language, width: float) -> None:
    action = Wedge("A", "walls", (0, 30 * T), "buildings")
    wedged = stack((action,), (100 * T, 60 * T), (0, 10 * T))
    for build in (
        lambda: fan(COURSE, lang),
        lambda: wedge_chart(wedged, lang),
        lambda: cost_curve_chart(curve("sequential"), lang),
        lambda: cost_curve_chart(curve("static"), lang),
    ):
        one, other = build().svg("light", width), build().svg("light", width)
        assert one == other
        ET.fromstring(one)
        assert "NaN" not in one and "inf" not in one


# The plane


def test_names_keep_apart_within_their_bounds() -> None:
    assert apart([10, 11, 12], 15, 0, 100) == [10, 25, 40]
    assert apart([95, 96], 15, 0, 100) == [85, 100]
    assert apart([], 15, 0, 100) == []


@pytest.mark.parametrize(
    ("span", "count", "step"), [(1_000_000, 5, 200_000), (9, 5, 2), (0.7, 5, 0.2), (24, 5, 5)]
)
def test_ticks_are_round(span: float, count: int, step: float) -> None:
    assert tick_step(span, count) == pytest.approx(step)


def test_years_have_room_for_their_number() -> None:
    plane = Plane(0, 300, 0, 100, 2021, 2050, 0, 1)
    years = plane.shown_years()
    assert (years[0], years[-1]) == (2021, 2050)
    assert all(b - a >= 3 for a, b in pairwise(years))
    canvas = Canvas("light", 300, "x")
    plane.grid(canvas, "en")
    assert "2050" in canvas.finish(100, "t", "a", "en", True)
