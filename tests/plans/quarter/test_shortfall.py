"""What is said where no choice meets all demands, held against choosing again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.plans.quarter.menus import random_menu
from vatra.plans.quarter import Aim, Impossible, choose, shortfall_words, shortfalls
from vatra.plans.retrofit import LETTERS

MENU = random_menu(30, 8, 21)
MOST = int(MENU.cost_cents.max(axis=1).sum())


def test_nothing_falls_short_where_it_can_be_met() -> None:
    assert shortfalls(MENU, Aim("cost", target_share={"co2": 0.2})) == ()


def test_each_demand_says_what_would_do() -> None:
    aim = Aim("cost", target_share={"co2": 0.45}, budget_cents=MOST // 20)
    with pytest.raises(Impossible):
        choose(MENU, aim)
    found = {each.family: each for each in shortfalls(MENU, aim)}
    assert set(found) == {"budget", "target"}
    budget, target = found["budget"], found["target"]
    assert budget.possible is not None and target.possible is not None
    assert budget.possible > aim.budget_cents  # type: ignore[operator]
    assert target.possible < 0.45
    # With what it says the aim can be met, with a little less it cannot.
    choose(MENU, replace(aim, budget_cents=int(budget.possible)))
    choose(MENU, replace(aim, target_share={"co2": target.possible - 1e-9}))
    with pytest.raises(Impossible):
        choose(MENU, replace(aim, budget_cents=int(budget.possible * 0.99)))
    with pytest.raises(Impossible):
        choose(MENU, replace(aim, target_share={"co2": target.possible * 1.01}))


def test_a_demand_on_single_blocks_names_them_and_how_far_they_come() -> None:
    best = MENU.energy_class.min(axis=1)
    letter = LETTERS[int(best.max()) - 1]
    (short,) = shortfalls(MENU, Aim("cost", class_least=letter))
    behind = [MENU.blocks[each] for each in np.flatnonzero(best == best.max())]
    assert (short.family, list(short.blocks)) == ("class", behind)
    assert short.possible == best.max()
    assert LETTERS[int(best.max())] in shortfall_words(short, "en")
    assert behind[0] in shortfall_words(short, "ro")


def test_a_mask_in_the_way_of_a_target_is_named() -> None:
    aim = Aim("cost", target_share={"co2": 0.5}, packages=("p01", "p02"))
    found = {each.family: each for each in shortfalls(MENU, aim)}
    assert found["packages"].alone and found["packages"].possible is None
    assert "Without this demand" in shortfall_words(found["packages"], "en")


def test_demands_that_fall_short_only_together() -> None:
    # Both targets are beyond every package, so neither alone is the cause.
    aim = Aim("cost", target_share={"co2": 0.9, "heating": 0.95}, budget_cents=MOST)
    found = shortfalls(MENU, aim)
    assert {each.key for each in found} == {"co2", "heating"}
    assert not any(each.alone for each in found)
    eased = {each.key: float(each.possible or 0) - 1e-9 for each in found}
    choose(MENU, replace(aim, target_share=eased))
    for each in found:
        assert "No single demand" in shortfall_words(each, "en")
        assert shortfall_words(each, "ro")


def test_capacity_and_fairness_are_said_in_their_own_words() -> None:
    aim = Aim("cost", target_share={"heating": 0.4}, flats_per_year=50.0, years=2)
    found = {each.family: each for each in shortfalls(MENU, aim)}
    needed = found["capacity"].possible
    assert needed is not None and needed > 50
    choose(MENU, replace(aim, flats_per_year=needed + 0.01))
    assert "flats a year" in shortfall_words(found["capacity"], "en")
