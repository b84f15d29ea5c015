"""The search against brute force, against a greedy, and against itself."""

from __future__ import annotations

import numpy as np
import pytest

from tests.plans.portfolio.cases import brute_force, built, clock, greedy, large, small_problem
from vatra.plans.portfolio import optimise
from vatra.plans.portfolio.search import Search


@pytest.mark.parametrize("seed", range(60))
def test_the_best_plan_is_that_of_brute_force(seed: int) -> None:
    whole, oracle = small_problem(seed)
    found = Search(whole, oracle, clock(), gap_share=1e-9).run()
    expected = brute_force(whole, oracle)
    if expected is None:
        assert found.ranked is None
        assert found.status in ("infeasible", "none")
        return
    assert found.ranked is not None
    assert found.ranked.goals == pytest.approx(expected.goals, rel=1e-6, abs=1e-8)
    # No plan beyond the bound of the first goal; those of later goals hold among plans as good.
    assert found.stages[0].bound <= expected.goals[0] + 1e-6 * max(1.0, abs(expected.goals[0]))


@pytest.mark.parametrize("seed", range(30))
def test_the_optimisers_own_figures_are_the_exact_ones(seed: int) -> None:
    whole, oracle = small_problem(seed)
    found = Search(whole, oracle, clock()).run()
    if found.ranked is None:
        return
    assert found.surrogate is not None
    exact = oracle.values(found.ranked.pick[None, :])[0]
    assert found.surrogate == pytest.approx(exact, rel=1e-3, abs=1e-6)


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "with_shifts"), [(1, False), (2, True)])
def test_a_city_of_actions_is_never_worse_than_a_greedy(seed: int, with_shifts: bool) -> None:
    case = large(20, 8, seed, with_shifts)
    whole, oracle = built(case.model, case.limits)
    found = Search(whole, oracle, clock(4)).run()
    by_hand = greedy(whole, oracle)
    assert found.ranked is not None
    assert found.ranked.goals[0] <= by_hand + 1e-12
    assert found.stages[0].bound <= found.ranked.goals[0]
    assert not whole.passed(found.ranked.pick[None, :], found.ranked.figures[None, :]).any()


def test_the_same_input_gives_the_same_plan() -> None:
    case = large(6, 4, 3, with_shifts=True)
    first, second = (optimise(case.model, case.limits, ("emissions", "npv")) for _ in range(2))
    assert first.choices == second.choices
    assert first.objectives == second.objectives
    assert first.exact is not None and second.exact is not None
    assert first.exact.total_mg.tobytes() == second.exact.total_mg.tobytes()


def test_the_order_of_goals_matters_and_none_gives_up_what_came_before() -> None:
    case = large(7, 4, 4)
    emissions = optimise(case.model, case.limits, ("emissions", "capex"), gap_share=1e-6)
    money = optimise(case.model, case.limits, ("capex", "emissions"), gap_share=1e-6)
    assert money.objectives[0].value <= emissions.objectives[1].value
    assert emissions.objectives[0].value <= money.objectives[1].value
    alone = optimise(case.model, case.limits, ("emissions",), gap_share=1e-6)
    assert emissions.objectives[0].value == pytest.approx(alone.objectives[0].value, rel=1e-6)


def test_a_search_that_is_cancelled_gives_the_best_plan_until_then() -> None:
    case = large(30, 12, 5)
    asked: list[float] = []

    def cancelled() -> bool:
        asked.append(1.0)
        return len(asked) > 40

    found = optimise(case.model, case.limits, ("emissions",), cancelled=cancelled)
    assert found.status == "cancelled"
    assert found.exact is not None
    # Better than doing nothing, and within the budgets of every year.
    base_mg = case.model.base.emission_mg.sum(axis=0)
    assert found.exact.total_mg[-1] < base_mg[-1]


@pytest.mark.slow
def test_a_time_limit_is_kept_and_progress_is_told() -> None:
    case = large(40, 15, 1)
    told = []
    found = optimise(
        case.model, case.limits, ("emissions",), time_limit_s=4.0, gap_share=0.0,
        progress=told.append,
    )  # fmt: skip
    # The machine may be busy: what counts is that it stops long before an end without a limit.
    assert found.seconds < 20.0
    assert found.status == "feasible"
    assert told and told[-1].goal == "emissions"
    assert told[-1].incumbent is not None and told[-1].bound is not None
    assert told[-1].bound <= told[-1].incumbent
    assert found.objectives[0].gap_share is not None and found.objectives[0].gap_share > 0


@pytest.mark.slow
def test_a_known_plan_is_never_made_worse() -> None:
    case = large(12, 6, 6, with_shifts=True)
    best = optimise(case.model, case.limits, ("emissions",), time_limit_s=4)
    again = optimise(case.model, case.limits, ("emissions",), time_limit_s=1.0, start=best.choices)
    assert again.objectives[0].value <= best.objectives[0].value


def test_nothing_is_done_for_nothing() -> None:
    """Among plans as good the cheaper one, then the one that does less."""
    case = large(10, 6, 7)
    found = optimise(case.model, case.limits, ("capex",))
    assert found.objectives[0].value == 0
    assert not any(choice.level for choice in found.choices.values())
    assert np.isclose(found.difference_share, 0.0)
