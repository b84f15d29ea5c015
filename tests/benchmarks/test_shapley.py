"""The benchmark divides what the engine cuts, the same by both ways."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.shapley import ACTION_COUNT, TARGET, city, closed_form, enumerated, floor
from vatra.plans.attribution import shapley
from vatra.plans.engine import evaluate


def test_the_city_has_forty_actions_that_all_cut() -> None:
    model = city()
    assert len(model.actions) == ACTION_COUNT
    found = shapley(model, years=[TARGET])
    assert found.exact
    assert (found.shapley_mg != 0).all()


def test_what_is_divided_is_the_joint_cut() -> None:
    model = city()
    joint = (evaluate(model.only(())).total_mg - evaluate(model).total_mg)[-1]
    assert closed_form(1) == pytest.approx(joint, rel=1e-9)
    first = shapley(model, years=[TARGET]).first_in_mg.sum()
    assert floor(1) == pytest.approx(first, rel=1e-9)


def test_both_ways_agree() -> None:
    model = replace(city(), actions=city().actions[14:22])
    expected = enumerated(model)
    found = shapley(model, years=[TARGET]).shapley_mg[:, 0]
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-12 * float(np.abs(expected).sum()))
