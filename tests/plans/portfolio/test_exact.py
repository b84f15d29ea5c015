"""The figures behind a search are the engine's own, requirements and all."""

from __future__ import annotations

import pytest

from tests.plans.engine.models import action, efficiency, one_cell
from vatra.plans.engine import Choice, Model, evaluate
from vatra.plans.portfolio import Limits
from vatra.plans.portfolio.costs import costs_of
from vatra.plans.portfolio.exact import Measures, Oracle
from vatra.plans.portfolio.faults import faults
from vatra.plans.portfolio.options import possible


def test_a_plan_gains_nothing_before_what_it_requires_has_begun() -> None:
    valves = action("valves", efficiency(0.2), requires=("pumps",))
    model = Model(one_cell(), (valves, action("pumps", efficiency(0.1))))
    _, second, third = model.base.years
    options = possible(model, Limits(levels=(1.0,), first_year=second))
    oracle = Oracle(Measures(options, costs_of(options)))
    late = {"valves": Choice(second, 1.0), "pumps": Choice(third, 1.0)}
    pick = options.pick_of(late)
    alone = evaluate(model.with_choices(late)).total_mg
    assert oracle.outcome(pick).total_mg == pytest.approx(alone)
    share = oracle.values(pick[None, :])[0, :3]
    assert share == pytest.approx(alone / model.base.emission_mg[:, 0].sum())
    # Both begin to act in the third year: 0.8 * 0.9.
    assert share == pytest.approx([1.0, 1.0, 0.72])


def test_nothing_starts_in_the_base_year() -> None:
    model = Model(one_cell(), (action("pumps", efficiency(0.1)),))
    limits = Limits(levels=(1.0,), first_year=model.base.years[0])
    found = {each.code: each for each in faults(model, limits, ("emissions",))}
    assert str(model.base.years[1]) in found["plans.portfolio.first-year-outside"].message("en")
