"""The benchmark asks a question that has an answer, and its floor bounds it."""

from __future__ import annotations

import pytest

from benchmarks.quarter import aim, menu
from vatra.plans.quarter import choose
from vatra.plans.quarter.demands import problem_of


def test_a_smaller_quarter_is_chosen_within_its_demands() -> None:
    made = menu(blocks=200, packages=10)
    asked = aim(made)
    found = choose(made, asked)
    assert found.proved and problem_of(made, asked).holds(found.package)
    assert found.after("co2_kg") <= 0.6 * found.before("co2_kg") * (1 + 1e-9)
    assert found.payers_cents["state"] <= asked.payer_budget_cents["state"]


def test_the_same_blocks_are_made_each_time() -> None:
    one, other = menu(50, 5), menu(50, 5)
    assert (one.cost_cents == other.cost_cents).all()
    assert one.co2_kg.sum() == pytest.approx(other.co2_kg.sum())
