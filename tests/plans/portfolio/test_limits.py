"""Each kind of limit alone, with its arithmetic."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from tests.plans.engine.models import action, efficiency, one_cell
from tests.plans.portfolio.cases import MILLION, T, money
from vatra.plans.engine import Action, Choice, Model
from vatra.plans.portfolio import (
    Costs,
    Fund,
    GroupShare,
    Limits,
    Optimum,
    costs_of,
    frontier,
    optimise,
    possible,
)

# One cell of 100 t a year in 2021 to 2024; a: 40 % for EUR 30 m, b: 30 % for EUR 10 m, c: 20 % for
# EUR 5 m, each at once.
A, B, C = 0.4, 0.3, 0.2
WHOLE = (1.0,)


def model(**changes: dict[str, object]) -> Model:
    shares = {"a": (A, 30.0, "city"), "b": (B, 10.0, "homes"), "c": (C, 5.0, "city")}
    actions = [
        replace(
            action(
                code, efficiency(share), start=2022, economics=money(cost, payer, staff_fte=2.0)
            ),
            **changes.get(code, {}),  # type: ignore[arg-type]
        )
        for code, (share, cost, payer) in shares.items()
    ]
    return Model(one_cell(100.0, 4), tuple(actions))


def done(found: Optimum) -> dict[str, int]:
    """Code -> start of what is done."""
    return {code: each.start_year for code, each in found.choices.items() if each.level}


def left_t(found: Optimum) -> list[float]:
    assert found.exact is not None
    return [float(each) / T for each in found.exact.total_mg]


def best(
    limits: Limits, *objectives: str, of: Model | None = None, costs: Costs | None = None
) -> Optimum:
    names = objectives or ("emissions", "capex")
    return optimise(of or model(), limits, names, costs, gap_share=1e-7)


def test_without_limits_everything_is_done() -> None:
    found = best(Limits(levels=WHOLE), "cumulative")
    # From the first year after the base year: 100 * 0.6 * 0.7 * 0.8 = 33.6 t.
    assert done(found) == {"a": 2022, "b": 2022, "c": 2022}
    assert left_t(found) == pytest.approx([100.0, 33.6, 33.6, 33.6])
    assert found.status == "optimal" and not found.bound_is_of_floor


def test_a_total_of_capital_buys_the_best_pair() -> None:
    found = best(Limits(levels=WHOLE, capex_total_cents=35 * MILLION))
    # a and c (35 m): 48 t left; a and b would cost 40 m; b and c leave 56 t.
    assert set(done(found)) == {"a", "c"}
    assert left_t(found)[-1] == pytest.approx(48.0)
    assert [each.family for each in found.binding] == ["capex_total"]
    assert found.objectives[1].value == 35 * MILLION


def test_a_budget_of_each_year_spreads_the_starts() -> None:
    yearly = {("", year): 30 * MILLION for year in (2022, 2023, 2024)}
    found = best(Limits(levels=WHOLE, capex_cents_by_year=yearly), "cumulative")
    # First b and c (15 m, 56 t left) or a (60 t): b and c; then a.
    assert done(found) == {"b": 2022, "c": 2022, "a": 2023}
    assert left_t(found) == pytest.approx([100.0, 56.0, 33.6, 33.6])


def test_a_payers_own_budget_binds_only_that_payer() -> None:
    yearly = {("city", year): 5 * MILLION for year in (2022, 2023, 2024)}
    found = best(Limits(levels=WHOLE, capex_cents_by_year=yearly))
    assert set(done(found)) == {"b", "c"}


def test_a_fund_pays_up_to_its_share_its_ceiling_and_within_its_window() -> None:
    yearly = {("city", year): 6 * MILLION for year in (2022, 2023, 2024)}

    def with_fund(**changes: object) -> dict[str, int]:
        fund = Fund("eu", 100 * MILLION, 2023, 2023, frozenset({"a"}), most_share=0.8)
        funds = (replace(fund, **changes),)  # type: ignore[arg-type]
        return done(best(Limits(levels=WHOLE, capex_cents_by_year=yearly, funds=funds)))

    fund = Fund("eu", 100 * MILLION, 2023, 2023, frozenset({"a"}), most_share=0.8)
    found = best(Limits(levels=WHOLE, capex_cents_by_year=yearly, funds=(fund,)))
    of_2023 = next(each for each in found.binding if each.key == ("city", 2023))
    assert of_2023.value == of_2023.most == 6 * MILLION
    assert of_2023.from_funds == pytest.approx(24 * MILLION)
    # 80 % of 30 m in 2023 leaves 6 m to the city: exactly its budget of that year.
    assert with_fund()["a"] == 2023
    assert "a" not in with_fund(most_share=0.79)
    assert "a" not in with_fund(ceiling_cents=23 * MILLION)
    assert "a" not in with_fund(eligible=frozenset({"b"}))
    assert "a" not in with_fund(payers=frozenset({"homes"}))
    assert with_fund(first_year=2024, last_year=2024)["a"] == 2024


def test_two_funds_never_pay_more_than_the_whole() -> None:
    yearly = {("city", year): 0 for year in (2022, 2023, 2024)}
    funds = tuple(Fund(name, 20 * MILLION, 2022, 2024, most_share=0.6) for name in ("eu", "state"))
    found = best(Limits(levels=WHOLE, capex_cents_by_year=yearly, funds=funds))
    # 60 % and 40 % of a's 30 m and c's 5 m: 35 m of 40 m.
    assert set(done(found)) == {"a", "b", "c"}
    short = tuple(replace(each, ceiling_cents=17 * MILLION) for each in funds)
    found = best(Limits(levels=WHOLE, capex_cents_by_year=yearly, funds=short))
    assert set(done(found)) == {"a", "b"}


def test_staff_binds_while_what_they_look_after_stands() -> None:
    staff = {("", year): 4.0 for year in (2022, 2023, 2024)}
    assert set(done(best(Limits(levels=WHOLE, staff_fte_by_year=staff)))) == {"a", "b"}
    of_city = {("city", year): 2.0 for year in (2022, 2023, 2024)}
    assert set(done(best(Limits(levels=WHOLE, staff_fte_by_year=of_city)))) == {"a", "b"}


def test_nothing_starts_before_what_it_requires() -> None:
    needs = model(b={"requires": ("a",)})
    yearly = {("", year): 30 * MILLION for year in (2022, 2023, 2024)}
    found = best(Limits(levels=WHOLE, capex_cents_by_year=yearly), "cumulative", of=needs)
    assert done(found)["b"] >= done(found)["a"]
    without = best(Limits(levels=WHOLE, capex_total_cents=15 * MILLION), of=needs)
    assert set(done(without)) == {"c"}


def test_levels_together_serve_no_more_than_one_stock() -> None:
    changes = {
        code: {"effects": (efficiency(share, group="g", combine="exclusive"),), "reach_share": 0.8}
        for code, share in (("a", A), ("b", B))
    }
    found = best(Limits(levels=(0.25, 0.5, 0.75, 1.0)), of=model(**changes))
    reached = sum(0.8 * found.choices[code].level for code in "ab")
    assert reached <= 1.0
    # All of a's 80 %, and a quarter of b's: 0.8 + 0.2 = 1.
    assert found.choices["a"].level == 1.0 and found.choices["b"].level == 0.25


def test_actions_that_exclude_each_other_share_one_level() -> None:
    found = best(Limits(levels=(0.5, 1.0)), of=model(a={"excludes": ("b",)}))
    assert found.choices["a"].level + found.choices["b"].level <= 1.0
    # 1 - 0.4 = 0.6 against (1 - 0.2)(1 - 0.15) = 0.68: the whole of a.
    assert done(found).keys() == {"a", "c"}
    conflict = Limits(levels=WHOLE, conflicts=(frozenset({"a", "c"}),))
    assert set(done(best(conflict))) == {"a", "b"}


def test_what_is_settled_stays_and_a_pace_is_kept() -> None:
    settled = Limits(levels=WHOLE, capex_total_cents=10 * MILLION, fixed={"c": Choice(2021, 1.0)})
    assert done(best(settled)) == {"c": 2021}
    out = Limits(levels=WHOLE, fixed={"a": Choice(2022, 0.0)})
    assert set(done(best(out))) == {"b", "c"}
    pace = Limits(levels=(0.5, 1.0), minimum_pace={("b", 2023): 0.5})
    found = best(pace, "capex")
    assert found.choices["b"] == Choice(2022, 0.5) or found.choices["b"] == Choice(2023, 0.5)
    assert set(done(found)) == {"b"}


def test_a_group_gets_its_share() -> None:
    homes = GroupShare(frozenset({"b"}), least_share=0.5)
    found = best(Limits(levels=WHOLE, equity=(homes,)))
    # b is 10 m: of a (30 m) and c (5 m) only c leaves it half of all.
    assert set(done(found)) == {"b", "c"}
    cut = GroupShare(frozenset({"a"}), most_share=0.5, of="cut")
    found = best(Limits(levels=WHOLE, equity=(cut,)))
    # First-in cuts 40, 30 and 20: 40 of 90 is less than a half.
    assert set(done(found)) == {"a", "b", "c"}
    less = GroupShare(frozenset({"a"}), most_share=0.4, of="cut")
    assert set(done(best(Limits(levels=WHOLE, equity=(less,))))) == {"b", "c"}


def test_a_bill_of_households_has_a_ceiling() -> None:
    it = model()
    options = possible(it, Limits(levels=WHOLE))
    price = np.full(it.base.amount.shape, 1e-5)
    costs = costs_of(options, None, price, price)
    # 100 GWh at 0.1 EUR/kWh is 10 m; 60 % of it is 6 m.
    whole = 100.0 * 1e6 * 1e-5
    limits = Limits(levels=WHOLE, bill_cents_by_year={2024: round(whole * 0.6)})
    found = best(limits, "capex", costs=costs)
    # b and c leave 56 % for 15 m, a leaves 60 % for 30 m.
    assert set(done(found)) == {"b", "c"}


def test_the_net_worth_counts_energy_and_discounts() -> None:
    it = model()
    options = possible(it, Limits(levels=WHOLE))
    price = np.full(it.base.amount.shape, 10.0)
    costs = costs_of(options, None, price, price, discount_share=0.05)
    found = best(Limits(levels=WHOLE), "npv", costs=costs)
    # 1e8 Wh a year at 10 cents: EUR 10 m. b and c pay from 2022 on and have 27 / 30 of their worth
    # left; a pays only if it is bought in the last year, when 29 / 30 of it are left.
    assert done(found) == {"a": 2024, "b": 2022, "c": 2022}
    energy = 10.0 * (0.44 / 1.05 + 0.44 / 1.05**2 + 0.664 / 1.05**3)
    early = 15.0 / 1.05 - 15.0 * 27 / 30 / 1.05**3
    late = 30.0 / 1.05**3 * (1 - 29 / 30)
    expected = (energy - early - late) * MILLION
    assert found.objectives[0].value == pytest.approx(expected, rel=1e-6)


def test_the_dearest_year_is_made_as_cheap_as_it_can_be() -> None:
    found = best(Limits(levels=WHOLE, targets={2024: round(40 * T)}), "peak", "capex")
    # All three are needed (33.6 t): a alone in one year, b and c in another or apart.
    assert found.objectives[0].value == 30 * MILLION
    assert found.objectives[1].value == 45 * MILLION


def test_capital_comes_again_when_a_life_ends() -> None:
    it = Model(one_cell(100.0, 6), (action("a", efficiency(A), start=2022,
               economics=money(30.0, lifetime_years=2.0)),))  # fmt: skip
    options = possible(it, Limits(levels=WHOLE))
    costs = costs_of(options)
    spent = {each.start_year: costs.capex_cents[o].sum() / MILLION
             for o, each in enumerate(options.choices) if each.level}  # fmt: skip
    # Bought in 2022, 2024 and 2026; a start in 2025 is not bought again before 2027.
    assert spent == {2022: 90.0, 2023: 60.0, 2024: 60.0, 2025: 30.0, 2026: 30.0}


def test_payers_bear_their_shares_to_the_cent() -> None:
    it = model()
    options = possible(it, Limits(levels=(0.5, 1.0)))
    costs = costs_of(options, {"a": {"city": 1 / 3, "homes": 2 / 3}})
    of_a = costs.capex_cents[options.of(0)]
    whole = {each.level: each.level * 30 * MILLION for each in options.choices[1:3]}
    for o, each in enumerate(options.choices[options.of(0)]):
        if each.level:
            assert int(of_a[o].sum()) == whole[each.level]


def test_the_frontier_goes_down_in_cost_as_emissions_go_up() -> None:
    points = frontier(model(), Limits(levels=(0.5, 1.0)), points=5, gap_share=1e-7)
    assert points[0].emission_mg == pytest.approx(33.6 * T)
    assert points[0].cost_cents == 45 * MILLION
    assert points[-1].cost_cents == 0 and points[-1].emission_mg == pytest.approx(100 * T)
    assert all(a.cost_cents > b.cost_cents for a, b in pairwise(points))
    assert all(a.emission_mg < b.emission_mg for a, b in pairwise(points))


def test_the_plan_as_it_stands_is_among_the_plans() -> None:
    odd = model(a={"level": 0.37})
    options = possible(odd, Limits(levels=WHOLE))
    assert odd.actions[0].choice in options.choices
    most: Action = replace(odd.actions[0], most_level=0.8, level=0.0)
    capped = possible(replace(odd, actions=(most, *odd.actions[1:])), Limits(levels=WHOLE))
    assert max(each.level for each in capped.choices[capped.of(0)]) == 0.8
