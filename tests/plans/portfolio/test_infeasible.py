"""When no plan keeps all limits: how little would have to give way, proved by all plans."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.plans.engine.models import action, efficiency, one_cell
from tests.plans.portfolio.cases import MILLION, T, all_picks, built, large
from tests.plans.portfolio.test_limits import WHOLE, model
from vatra.plans.engine import Adoption, Choice, Model
from vatra.plans.portfolio import Fund, GroupShare, Limits, Relaxation, optimise
from vatra.plans.portfolio.costs import costs_of
from vatra.plans.portfolio.options import possible
from vatra.tables import FindingsError


def eased(limits: Limits, of: Model | None = None) -> dict[str, Relaxation]:
    found = optimise(of or model(), limits, ("capex",), gap_share=1e-6)
    assert found.status == "infeasible"
    assert not found.found and not found.choices
    return {each.family: each for each in found.relaxations}


def test_target_budget_and_year_say_by_how_much() -> None:
    # 30 t cannot be reached with everything (33.6 t), for any money, in any year.
    found = eased(Limits(levels=WHOLE, targets={2023: round(30 * T)}, capex_total_cents=0))
    assert found["target"].excess[(2023,)] == pytest.approx(70 * T)
    assert found["target"].is_smallest
    assert not found["capex_total"].is_possible and not found["year"].is_possible
    # 60 t for nothing: a alone (30 m), or b and c (15 m, 56 t).
    found = eased(Limits(levels=WHOLE, targets={2023: round(60 * T)}, capex_total_cents=0))
    assert found["target"].total == pytest.approx(40 * T)
    assert found["capex_total"].is_possible and found["capex_total"].is_smallest
    assert found["capex_total"].total == pytest.approx(15 * MILLION)


def test_a_target_that_comes_too_early_says_how_many_years() -> None:
    slow = action("slow", efficiency(0.9), adoption=Adoption(2022, 3.0, "linear"))
    it = Model(one_cell(100.0, 6), (slow,))
    # 30, 60, 90 % of 0.9 ... : 73, 46, 10 t in 2022, 2023, 2024.
    found = eased(Limits(levels=WHOLE, targets={2022: round(30 * T)}), it)
    assert found["year"].total == 2
    assert found["year"].is_smallest


def test_a_yearly_budget_names_the_year() -> None:
    yearly = {("city", year): 4 * MILLION for year in (2022, 2023)}
    limits = Limits(levels=WHOLE, targets={2023: round(60 * T)}, capex_cents_by_year=yearly)
    found = eased(limits)
    # b and c by 2023: c needs 5 m of the city in 2022 or 2023, one more than there is.
    assert found["capex"].total == pytest.approx(1 * MILLION)
    assert next(iter(found["capex"].excess))[0] == "city"


def test_funds_are_used_before_a_budget_gives_way() -> None:
    limits = Limits(
        levels=WHOLE, targets={2024: round(50 * T)},
        capex_cents_by_year={("city", year): 0 for year in (2022, 2023, 2024)},
        funds=(Fund("eu", 10 * MILLION, 2022, 2024),),
    )  # fmt: skip
    # a and b leave 42 t (city: 30 m), a and c 48 t (35 m): the fund pays 10 m of the 30 m.
    assert eased(limits)["capex"].total == pytest.approx(20 * MILLION, rel=1e-6)


def test_money_and_staff_that_are_short_together_are_eased_together() -> None:
    limits = Limits(
        levels=WHOLE, targets={2024: round(50 * T)}, capex_total_cents=20 * MILLION,
        staff_fte_by_year={("", 2024): 2.0},
    )  # fmt: skip
    found = eased(limits)
    # Two actions are needed, a among them: 40 m (a and b) or 35 m (a and c), and 4 people.
    assert not found["capex_total"].is_possible and not found["staff"].is_possible
    both = found["resources"].excess
    assert both[("capex_total",)] == pytest.approx(15 * MILLION)
    assert both["staff", "", 2024] == pytest.approx(2.0)


def test_a_city_without_actions_has_the_plan_of_doing_nothing() -> None:
    empty = Model(one_cell(100.0, 4), ())
    found = optimise(empty, Limits(), ("emissions", "peak"))
    assert found.status == "optimal" and found.choices == {}
    assert found.exact is not None
    assert found.exact.total_mg == pytest.approx([100 * T] * 4)
    short = optimise(empty, Limits(targets={2024: round(60 * T)}), ("capex",))
    assert short.status == "infeasible"
    assert short.relaxations[0].total == pytest.approx(40 * T)


@pytest.mark.parametrize("seed", range(8))
def test_the_smallest_relaxation_is_that_of_all_plans(seed: int) -> None:
    case = large(4, 3, seed)
    base_mg = case.model.base.emission_mg.sum(axis=0)[-1]
    limits = Limits(
        levels=WHOLE, targets={2023: round(base_mg * 0.4)}, capex_total_cents=20 * MILLION
    )
    whole, oracle = built(case.model, limits)
    picks = all_picks(whole)
    figures = oracle.values(picks)
    emission = figures[:, 3] * whole.measures.base_mg
    capital = whole.measures.costs.capex_cents.sum(axis=(1, 2))[picks].sum(axis=1)
    over = emission[capital <= 20 * MILLION].min() - base_mg * 0.4
    found = optimise(case.model, limits, ("npv",), gap_share=1e-6)
    assert found.status == "infeasible"
    target = next(each for each in found.relaxations if each.family == "target")
    assert target.total == pytest.approx(over, rel=1e-5)
    money = next(each for each in found.relaxations if each.family == "capex_total")
    kept = emission <= base_mg * 0.4
    assert money.is_possible == bool(kept.any())
    if kept.any():
        assert money.total == pytest.approx(capital[kept].min() - 20 * MILLION, rel=1e-5)


def test_all_faults_of_the_limits_stand_in_one_error() -> None:
    circle = model(a={"requires": ("b",)}, b={"requires": ("a",)}, c={"requires": ("zz",)})
    limits = Limits(
        targets={2021: 5, 2040: 5},
        capex_total_cents=-1,
        capex_cents_by_year={("nobody", 2050): 1},
        staff_fte_by_year={("", 2022): float("nan")},
        levels=(1.5,),
        fixed={"x": Choice(2022, 2.0)},
        conflicts=(frozenset({"y"}),),
        minimum_pace={("a", 2090): 0.5},
        funds=(Fund("eu", 1, 2024, 2022, frozenset({"z"}), most_share=3.0),),
        equity=(GroupShare(frozenset({"w"}), 2.0),),
        first_year=1999,
        bill_cents_by_year={2022: 1},
    )
    options = possible(model(), Limits(levels=WHOLE))
    with pytest.raises(FindingsError) as refused:
        optimise(circle, limits, ("npv", "npv", "profit"), costs_of(options))
    codes = {each.code.removeprefix("plans.portfolio.") for each in refused.value.findings}
    assert codes == {
        "target-year-outside", "amount-negative", "budget-year-outside", "payer-unknown",
        "share-outside", "action-unknown", "pace-year-outside", "fund-window-reversed",
        "first-year-outside", "required-circle", "required-unknown", "objective-twice",
        "objective-unknown", "prices-missing",
    }  # fmt: skip
    for each in refused.value.findings:
        assert each.message("en") and each.message("ro")


def test_costs_of_other_options_are_refused() -> None:
    other = costs_of(possible(model(), Limits(levels=(0.5, 1.0))))
    with pytest.raises(ValueError, match="costs are of"):
        optimise(model(), Limits(levels=WHOLE), ("capex",), other)


def test_a_limit_that_needs_no_plan_is_no_limit() -> None:
    found = optimise(model(), Limits(levels=WHOLE, targets={2024: round(100 * T)}), ("capex",))
    assert found.status == "optimal"
    assert not any(each.level for each in found.choices.values())
    assert np.isclose(found.difference_share, 0.0)
    assert replace(found, exact=None).found is False
