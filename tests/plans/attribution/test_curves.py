"""What stands where on a cost curve, and what may be summed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plans.attribution.pathways import pathways
from vatra.plans.attribution import (
    ActionCost,
    BestPlan,
    chains,
    optimal_curve,
    sequential_curve,
    shapley,
    static_curve,
    steady_mg,
    total_mg,
)
from vatra.plans.engine import Model

T = 10**9


def cost(code: str, annual_eur: int | None, npv_eur: int | None = None) -> ActionCost:
    if annual_eur is None:
        return ActionCost(code, None, None)
    return ActionCost(code, 100 * annual_eur, 100 * (npv_eur or -10 * annual_eur))


def test_static_ranks_savings_by_worth_and_costs_by_price() -> None:
    # "small" saves 10 EUR/t, "large" 1 EUR/t; but large is worth ten times as much: it comes first
    cuts = {"dear": 10 * T, "cheap": 10 * T, "large": 100 * T, "small": 1 * T, "none": 0,
            "unknown": 50 * T, "raises": -5 * T}  # fmt: skip
    costs = [cost("dear", 900), cost("cheap", 100), cost("large", -100, 1000),
             cost("small", -10, 100), cost("none", 50), cost("unknown", None),
             cost("raises", -700, 7000)]  # fmt: skip
    found = static_curve(cuts, costs)
    assert [each.code for each in found] == [
        "large", "small", "cheap", "dear", "raises", "none", "unknown",
    ]  # fmt: skip
    assert [each.eur_per_t for each in found] == [None, None, 10, 90, None, None, None]
    assert {each.ground for each in found[:2]} == {"saves"}
    assert all(each.sum_cut_mg is None and each.sum_cents is None for each in found)


def product_cuts(shares: Sequence[float], mass_t: float = 100.0):
    """Joint cut of efficiencies on one cell."""

    def cuts(sets: np.ndarray) -> list[int]:
        left = np.where(sets, 1 - np.array(shares), 1.0).prod(axis=1)
        return [round(mass_t * T * (1 - each)) for each in left]

    return cuts


def test_sequential_ranks_anew() -> None:
    # 100 t. a: 50 t for 50 EUR, b: 40 t for 60 EUR, c: 40 t for 50 EUR
    # a first at 1.00; then of 50 t left c cuts 20 at 2.50, b cuts 20 at 3.00; b last: 12 t at 5.00
    costs = [cost("a", 50), cost("b", 60), cost("c", 50)]
    found = sequential_curve(["a", "b", "c"], costs, product_cuts([0.5, 0.4, 0.4]))
    assert [(each.code, each.eur_per_t) for each in found] == [("a", 1.0), ("c", 2.5), ("b", 5.0)]
    assert [each.cut_mg // T for each in found] == [50, 20, 12]
    assert [each.sum_cut_mg // T for each in found] == [50, 70, 82]  # type: ignore[operator]
    assert [each.sum_cents for each in found] == [5000, 10000, 16000]


def test_what_is_needed_is_ranked_with_what_needs_it() -> None:
    # "grid" alone cuts nothing and costs 10; "pump" needs it and then cuts 40 t for 30 EUR:
    # 1 EUR/t together, before "paint" at 2 EUR/t
    def cuts(sets: np.ndarray) -> list[int]:
        return [T * (40 * int(s[0] and s[1]) + 10 * int(s[2])) for s in sets]

    costs = [cost("grid", 10), cost("pump", 30), cost("paint", 20)]
    found = sequential_curve(["grid", "pump", "paint"], costs, cuts, [(), (0,), ()])
    assert [each.code for each in found] == ["grid", "pump", "paint"]
    assert [each.ground for each in found] == ["cuts_nothing", "costs", "costs"]
    assert [each.needed_by for each in found] == ["pump", "", ""]
    assert found[-1].sum_cut_mg == 50 * T


def test_without_a_cost_it_comes_last_and_still_cuts() -> None:
    costs = [cost("a", None), cost("b", 60)]
    found = sequential_curve(["a", "b"], costs, product_cuts([0.5, 0.5]))
    assert [(each.code, each.ground) for each in found] == [("b", "costs"), ("a", "no_cost")]
    assert found[-1].sum_cut_mg == 75 * T


@given(pathways(most=5, room=2.0), st.data())
@settings(deadline=None, max_examples=40)
def test_sequential_cuts_are_the_joint_cut(model: Model, data: st.DataObject) -> None:
    written = chains(model, years=[2026])
    codes = [each.code for each in model.actions]
    price = st.one_of(st.none(), st.integers(-(10**6), 10**6))
    costs = [cost(code, data.draw(price)) for code in codes]
    none = steady_mg(float(total_mg(written, np.zeros((1, len(codes)), dtype=bool))[0, 0]))

    def cuts(sets: np.ndarray) -> list[int]:
        return [none - steady_mg(float(each)) for each in total_mg(written, sets)[:, 0]]

    found = sequential_curve(codes, costs, cuts, written.needs)
    assert sorted(each.code for each in found) == sorted(codes)
    assert sum(each.cut_mg for each in found) == found[-1].sum_cut_mg
    joint = float(shapley(model, years=[2026]).joint_mg[0])
    assert found[-1].sum_cut_mg == pytest.approx(joint, rel=1e-9, abs=1e5)
    place = {each.code: number for number, each in enumerate(found)}
    for each in model.actions:
        assert all(place[code] < place[each.code] for code in each.requires)


def found_plan(annual_cents: int, cut_mg: int) -> BestPlan:
    return BestPlan(annual_cents, cut_mg, ())


def test_the_frontier_keeps_what_nothing_beats() -> None:
    plans = [
        found_plan(3000, 30 * T),
        found_plan(1000, 20 * T),
        found_plan(2000, 10 * T),
        found_plan(1000, 5 * T),
    ]
    found = optimal_curve(plans)
    assert [(each.annual_cents, each.cut_mg // T) for each in found] == [(1000, 20), (3000, 30)]
    # 10 EUR for 20 t; then 20 EUR more for 10 t more
    assert [each.eur_per_t for each in found] == [0.5, 2.0]


def test_a_plan_that_earns_has_no_price() -> None:
    found = optimal_curve([found_plan(-500, 4 * T), found_plan(500, 14 * T)])
    assert [each.eur_per_t for each in found] == [None, 1.0]


def test_the_frontier_of_all_plans_is_never_below_the_sequence() -> None:
    shares, prices = [0.5, 0.4, 0.4, 0.3], [50, 60, 50, 20]
    codes = ["a", "b", "c", "d"]
    cuts = product_cuts(shares)
    plans = []
    for size in range(5):
        for chosen in combinations(range(4), size):
            acting = np.isin(np.arange(4), chosen)[None]
            plans.append(found_plan(100 * sum(prices[i] for i in chosen), cuts(acting)[0]))
    best = optimal_curve(plans)
    sequence = sequential_curve(codes, [cost(c, p) for c, p in zip(codes, prices, strict=True)],
                                cuts)  # fmt: skip
    for step in sequence:
        within = [each.cut_mg for each in best if each.annual_cents <= (step.sum_cents or 0)]
        assert max(within) >= (step.sum_cut_mg or 0)
