"""Wedges add up to the milligram, baseline and sinks included."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plans.attribution.pathways import pathways
from tests.plans.engine.models import action, base, efficiency, one_cell
from vatra.plans.attribution import shapley, wedges
from vatra.plans.attribution.whole import whole, whole_parts
from vatra.plans.distributions import fixed
from vatra.plans.engine import Base, Cell, Effect, Model, evaluate


def test_the_baseline_is_a_wedge_of_its_own() -> None:
    # 100 Wh x 5 -> 80 Wh x 2 mg: drivers (100 - 80) x (5 + 2) / 2 = 70, grid (5 - 2) x 90 = 270;
    # of the 160 left an action cuts a quarter: 40
    cell = Cell("tertiary", "buildings", "I.2", "electricity", "2")
    town = Base((2021, 2022), (cell,), np.array([[100.0, 80.0]]), np.array([[5.0, 2.0]]))
    model = Model(town, (action("a", efficiency(0.25), start=2022),))
    found = wedges(model, shapley(model))
    assert found.level_mg == 500
    assert found.baseline_mg == {"drivers": (0, 70), "grid": (0, 270), "factors": (0, 0)}
    assert found.actions_mg == {"a": (0, 40)}
    assert found.total_mg == (500, 120)
    assert (found.without_actions_mg(1), found.joint_mg(1)) == (160, 40)


def test_a_fuel_whose_factor_changes_is_no_grid() -> None:
    cell = Cell("tertiary", "buildings", "I.2", "natural_gas", "1")
    town = Base((2021, 2022), (cell,), np.full((1, 2), 10.0), np.array([[5.0, 4.0]]))
    model = Model(town, ())
    found = wedges(model, shapley(model))
    assert found.baseline_mg == {"drivers": (0, 0), "grid": (0, 0), "factors": (0, 10)}


def adds_up(model: Model) -> None:
    found = wedges(model, shapley(model))
    for at in range(len(found.years)):
        parts = [*found.baseline_mg.values(), *found.actions_mg.values()]
        assert found.level_mg - sum(each[at] for each in parts) == found.total_mg[at]
        assert isinstance(found.total_mg[at], int)
    assert found.total_mg == pytest.approx(evaluate(model).total_mg, rel=1e-11, abs=1)


@given(pathways())
@settings(deadline=None, max_examples=60)
def test_wedges_add_up_to_the_milligram(model: Model) -> None:
    adds_up(model)


@given(pathways(most=4, room=3.0))
@settings(deadline=None, max_examples=40)
def test_wedges_add_up_where_caps_bind(model: Model) -> None:
    adds_up(model)


def test_sinks_and_stated_tonnes_have_wedges() -> None:
    # 100 t a year; 30 t stated; trees take up 0, then 150 t: the total is below zero
    stated = action("a", Effect("observed_tonnes", amount=fixed(30e9)))
    trees = action("b", Effect("sink", curve=(0.0, 150e9, 150e9)))
    model = Model(one_cell(100.0), (stated, trees))
    found = wedges(model, shapley(model))
    assert found.actions_mg["a"] == (30 * 10**9,) * 3
    assert found.actions_mg["b"] == (0, 150 * 10**9, 150 * 10**9)
    assert found.total_mg == (70 * 10**9, -80 * 10**9, -80 * 10**9)


def test_some_years_only() -> None:
    model = Model(base(), (action("a", efficiency(0.3, "residential")),))
    every, one = wedges(model, shapley(model)), wedges(model, shapley(model, years=[2027]))
    assert one.years == (2027,)
    assert one.actions_mg["a"] == (every.actions_mg["a"][6],)


def test_contributions_of_another_model_are_refused() -> None:
    model = Model(one_cell(), (action("a", efficiency(0.3)),))
    other = replace(model, actions=(action("a", efficiency(0.31)),))
    with pytest.raises(ValueError, match="lack"):
        wedges(model, shapley(other))


def test_the_last_milligrams_go_to_the_largest_remainders() -> None:
    thirds = {"a": Fraction(10, 3), "b": Fraction(10, 3), "c": Fraction(13, 3)}
    assert whole(thirds, 11) == {"a": 4, "b": 3, "c": 4}
    with pytest.raises(ValueError, match="cannot add up"):
        whole({"a": Fraction(1)}, 3)


@given(st.lists(st.floats(-1e15, 1e15), min_size=1, max_size=40))
def test_floats_become_whole_parts(values: list[float]) -> None:
    total = round(float(np.sum(values)))
    parts = {str(number): value for number, value in enumerate(values)}
    if not any(values):
        assert whole_parts(parts, 0) == dict.fromkeys(parts, 0)
        return
    found = whole_parts(parts, total)
    assert sum(found.values()) == total
    assert all(found[name] == 0 for name, value in parts.items() if value == 0)
    for name, value in parts.items():
        assert found[name] == pytest.approx(value, rel=1e-9, abs=1e4)
