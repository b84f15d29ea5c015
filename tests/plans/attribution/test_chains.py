"""The pathway written as sums of products gives what the engine gives, whichever actions act."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plans.attribution.pathways import YEARS, pathways, total_mg
from tests.plans.engine.models import action, efficiency, one_cell
from vatra.plans.attribution import chains
from vatra.plans.engine import Model, evaluate


def test_one_action_on_one_cell_is_one_product() -> None:
    model = Model(one_cell(100.0), (action("a", efficiency(0.25)),))
    written = chains(model, years=[2022])
    (emission,) = written.exact
    # 100 t while it does not act, 100 x (1 - 0.25) = 75 t when it does
    assert emission.coefficient.tolist() == [[100e9]]
    assert (emission.off.tolist(), emission.on.tolist()) == ([[[1.0]]], [[[0.75]]])
    assert written.total_mg() == pytest.approx([75e9])


def test_an_action_that_acts_twice_on_a_cell_is_one_player() -> None:
    twice = action("a", efficiency(0.25), efficiency(0.2, carrier="natural_gas"))
    (emission,) = chains(Model(one_cell(), (twice,))).exact
    assert emission.players == (0,)
    assert emission.on.ravel() == pytest.approx([0.75 * 0.8] * 3)


@pytest.mark.slow
@given(pathways(), st.data())
@settings(deadline=None, max_examples=150)
def test_the_products_add_up_to_the_engine(model: Model, data: st.DataObject) -> None:
    written = chains(model)
    assert not written.parts
    everyone = range(len(model.actions))
    acting = frozenset(data.draw(st.sets(st.sampled_from(everyone))))
    sets = np.array([[i in acting for i in everyone]])
    expected = total_mg(model, acting)
    assert written.total_mg(sets)[0] == pytest.approx(expected, rel=1e-9)
    assert written.total_mg() == pytest.approx(evaluate(model).total_mg, rel=1e-9)


@given(pathways(most=4), st.sampled_from(YEARS))
@settings(deadline=None, max_examples=40)
def test_one_year_is_that_year_of_all(model: Model, year: int) -> None:
    column = YEARS.index(year)
    assert chains(model, years=[year]).total_mg() == pytest.approx(
        chains(model).total_mg()[[column]], rel=1e-12
    )


def test_draws_are_refused() -> None:
    model = Model(one_cell(), (action("a", efficiency(0.25)),))
    inputs = chains(model).inputs
    drawn = type(inputs)(
        inputs.adoption[:, None], inputs.strength, inputs.ratio, inputs.conversion, inputs.amount
    )
    with pytest.raises(ValueError, match="not for draws"):
        chains(model, drawn)
