"""Sums of exponentials: never above the exact engine as a floor, exact around a plan."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plans.engine.models import action, base, efficiency, models, one_cell
from tests.plans.portfolio.cases import built, small_model
from vatra.plans.distributions import fixed
from vatra.plans.engine import Adoption, Effect, Model
from vatra.plans.portfolio.limits import Limits
from vatra.plans.portfolio.search import around
from vatra.plans.portfolio.terms import is_exact, moved_values, terms_of

LIMITS = Limits(levels=(0.5, 1.0))


def random_picks(options: object, rng: np.random.Generator, count: int = 64) -> np.ndarray:
    """Some picks, those that begin before what they require left out by the caller's model."""
    first = options.first  # type: ignore[attr-defined]
    return np.array(
        [[rng.integers(first[i], first[i + 1]) for i in range(len(first) - 1)]
         for _ in range(count)]
    )  # fmt: skip


@given(models(most=5), st.integers(0, 1000))
@settings(max_examples=40, deadline=None)
def test_the_floor_is_never_above_the_exact_engine(model: Model, seed: int) -> None:
    whole, oracle = built(model, LIMITS)
    picks = random_picks(whole.options, np.random.default_rng(seed))
    floor, exact = terms_of(whole.measures).values(picks), oracle.values(picks)
    assert bool((floor <= exact + 1e-5 * np.abs(exact) + 1e-6).all())


@pytest.mark.parametrize("seed", range(40))
def test_the_floor_of_caps_claims_and_sinks_is_none_too(seed: int) -> None:
    model, rng = small_model(seed)
    whole, oracle = built(model, LIMITS)
    picks = random_picks(whole.options, rng)
    # Plans in which shares that exclude each other pass the whole are no plans.
    exclusive = [row for row in whole.rows if row.key[0] == "exclusive"]
    for row in exclusive:
        picks = picks[row.values(picks, np.zeros((len(picks), 0))) <= row.most]
    floor, exact = terms_of(whole.measures).values(picks), oracle.values(picks)
    assert bool((floor <= exact + 1e-5 * np.abs(exact) + 1e-5).all())


def test_the_floor_is_the_engine_itself_for_products_caps_and_memory() -> None:
    """Activity avoided, efficiency, clean supply, a cap and a landfill: no difference at all."""
    actions = (
        action("a", efficiency(0.3, "residential"), reach_share=0.7),
        action("b", efficiency(0.4, "residential", "natural_gas")),
        action("c", efficiency(0.3, "tertiary", group="g", combine="capped", potential_share=0.4)),
        action("d", efficiency(0.2, "tertiary", group="g", combine="capped", potential_share=0.4)),
        action("e", Effect("clean_supply", "", "electricity", strength=fixed(0.6))),
        action("f", Effect("avoid", "landfill", strength=fixed(0.8))),
        action("g", Effect("non_energy", "landfill", strength=fixed(0.5))),
        action("h", Effect("sink", curve=(0.0, 1e12, 2e12)), adoption=Adoption(2022, 3)),
        action("i", Effect("avoid", "cars", strength=fixed(0.3))),
    )
    whole, oracle = built(Model(base(), actions), LIMITS)
    assert is_exact(whole.measures)
    picks = random_picks(whole.options, np.random.default_rng(1), 200)
    assert terms_of(whole.measures).values(picks) == pytest.approx(oracle.values(picks), rel=1e-9)


def test_a_moved_megawatt_hour_keeps_what_it_emits_elsewhere() -> None:
    """A heat pump of COP 3 on gas of 202 and power of 300 g/kWh leaves 300 / 3 / 202 of its share.

    x = 0.5: 1 - 0.5 (1 - 100 / 202) of the gas cell, as the engine has it.
    """
    pump = Effect(
        "shift_carrier", "residential", "natural_gas", to_carrier="electricity",
        strength=fixed(0.5), ratio=fixed(3.0),
    )  # fmt: skip
    whole, oracle = built(Model(base(), (action("pump", pump),)), Limits(levels=(1.0,)))
    terms = terms_of(whole.measures)
    picks = np.arange(whole.options.count)[:, None]
    assert terms.values(picks)[:, :10] == pytest.approx(oracle.values(picks)[:, :10], rel=1e-12)
    # One term of the gas cell: a = -ln(1 - 0.5 (1 - 100 / 202)).
    expected = -np.log(1 - 0.5 * (1 - 300 / 3 / 202))
    assert np.isclose(terms.a, expected, rtol=1e-12).any()


@pytest.mark.parametrize("seed", range(20))
def test_around_a_plan_it_and_all_its_neighbours_are_exact(seed: int) -> None:
    model, rng = small_model(seed)
    whole, oracle = built(model, LIMITS)
    options = whole.options
    pick = random_picks(options, rng, 1)[0]
    terms = around(whole, oracle, pick)
    near = np.repeat(pick[None, :], options.count, axis=0)
    near[np.arange(options.count), options.owner] = np.arange(options.count)
    exact = oracle.values(near, with_requirements=False)
    assert terms.values(near) == pytest.approx(exact, rel=1e-9, abs=1e-9)
    assert moved_values(terms, pick, options.owner) == pytest.approx(exact, rel=1e-9, abs=1e-9)


def test_a_full_removal_has_a_finite_logarithm() -> None:
    model = Model(one_cell(100.0), (action("all", efficiency(1.0)),))
    whole, oracle = built(model, Limits(levels=(1.0,)))
    picks = np.arange(whole.options.count)[:, None]
    terms = terms_of(whole.measures)
    assert np.isfinite(terms.a).all()
    assert terms.values(picks) == pytest.approx(oracle.values(picks), abs=2e-6)
