"""The order of works: nothing lost, nothing beyond what a year bears, neighbours together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plans.quarter.menus import random_menu
from vatra.plans.quarter import (
    Aim,
    Capacity,
    QuarterError,
    choose,
    jobs_per_eur_million,
    order_of_works,
    published,
)

MENU = random_menu(25, 6, 3)
CHOSEN = choose(MENU, Aim("cost", target_share={"co2": 0.4}))


@settings(max_examples=60, deadline=None)
@given(
    st.none() | st.floats(15, 500),
    st.none() | st.floats(800, 30_000),
    st.none() | st.integers(20_000_000, 500_000_000),
    st.sampled_from(["worst", "cheapest"]),
)
def test_all_works_are_done_and_no_year_bears_too_much(
    flats: float | None, area: float | None, budget: int | None, priority: str
) -> None:
    order = order_of_works(CHOSEN, Capacity(2027, flats, area, budget, priority))
    assert order.left == ()
    assert order.share.sum(axis=1)[CHOSEN.touched] == pytest.approx(1.0)
    paid = {payer: int(each.sum()) for payer, each in order.paid_cents.items()}
    assert paid == CHOSEN.payers_cents
    assert all((each >= 0).all() for each in order.paid_cents.values())
    if flats is not None:
        assert (order.flats <= flats * (1 + 1e-9)).all()
    if area is not None:
        assert (MENU.floor_m2 @ order.share <= area * (1 + 1e-9)).all()
    if budget is not None:
        assert (order.cost_cents <= budget).all()
    assert (order.done[CHOSEN.touched] >= order.begun[CHOSEN.touched]).all()


def test_without_limits_everything_is_done_in_the_first_year() -> None:
    order = order_of_works(CHOSEN, Capacity(2027))
    assert order.years == (2027,)
    # A block counts from the year after its works.
    assert order.saved("co2_kg").tolist() == [0.0]


def test_savings_grow_to_what_was_chosen() -> None:
    order = order_of_works(CHOSEN, Capacity(2027, flats_per_year=150))
    saved = order.saved("co2_kg")
    assert (np.diff(saved) >= 0).all() and saved[0] == 0
    last = order.done == order.years[-1]
    less = MENU.before("co2_kg") - MENU.of("co2_kg", CHOSEN.package)
    whole = CHOSEN.before("co2_kg") - CHOSEN.after("co2_kg")
    assert saved[-1] == pytest.approx(whole - less[last].sum())


def test_the_worst_come_first() -> None:
    order = order_of_works(CHOSEN, Capacity(2027, priority="worst"))
    per_m2 = (MENU.before("primary_kwh") / MENU.floor_m2)[list(order.sequence)]
    assert (np.diff(per_m2) <= 1e-6).all()


def test_the_cheapest_tonne_comes_first() -> None:
    order = order_of_works(CHOSEN, Capacity(2027, priority="cheapest"))
    cost = MENU.of("cost_cents", CHOSEN.package)
    less = MENU.before("co2_kg") - MENU.of("co2_kg", CHOSEN.package)
    places = list(order.sequence)
    assert (np.diff(cost[places] / less[places]) >= -1e-6).all()


def test_neighbours_follow_each_other() -> None:
    group = tuple(MENU.blocks[each] for each in CHOSEN.touched[[2, 7, 11]])
    order = order_of_works(CHOSEN, Capacity(2027, together=(group,)))
    at = sorted(order.sequence.index(MENU.blocks.index(each)) for each in group)
    assert at == list(range(at[0], at[0] + 3))
    assert sorted(order.sequence) == CHOSEN.touched.tolist()


def test_what_does_not_fit_into_the_budgets_is_named() -> None:
    some = CHOSEN.cost_cents // 3
    order = order_of_works(CHOSEN, Capacity(2027, budget_cents={2027: some, 2029: some // 2}))
    assert order.cost_cents.tolist() == [some, 0, some // 2]
    assert order.left and set(order.left) < set(CHOSEN.touched.tolist())
    assert (order.done[list(order.left)] == 0).all()


def test_a_capacity_of_nothing_is_refused() -> None:
    with pytest.raises(QuarterError):
        Capacity(2027, flats_per_year=0)
    with pytest.raises(QuarterError):
        Capacity(2027, priority="loudest")


def test_figures_carry_their_source() -> None:
    jobs = jobs_per_eur_million()
    assert (jobs.low, jobs.value, jobs.high) == (15, 18, 29)
    assert all(each.source and each.doubt for each in (jobs, *published()))
