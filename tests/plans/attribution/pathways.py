"""Random pathways with everything in them, and their value by evaluating every set of actions."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from math import factorial

import numpy as np
from hypothesis import strategies as st

from tests.plans.engine.models import NAMES, action, base, effects_of
from vatra.plans.distributions import fixed
from vatra.plans.engine import Adoption, Effect, Model, central, evaluate

YEARS = tuple(range(2021, 2027))
COMBINES = ("product", "exclusive", "nested", "capped")


def shares(low: float = 0.0, high: float = 0.3) -> st.SearchStrategy[float]:
    """Shares of a size that leaves room for several."""
    return st.floats(low, high)


@st.composite
def grouped(draw: st.DrawFn, high: float) -> Effect:
    """An effect that meets others of its group on the gas of homes; shares up to ``high``."""
    how = draw(st.sampled_from(COMBINES))
    to_carrier = draw(st.sampled_from(["", "electricity", "district_heat"]))
    return Effect(
        "shift_carrier" if to_carrier else "efficiency",
        "residential",
        "natural_gas",
        to_carrier=to_carrier,
        strength=fixed(draw(shares(0.0, high))),
        ratio=fixed(2.5),
        group=how,
        combine=how,  # type: ignore[arg-type]
        potential_share=draw(st.sampled_from([0.4, 0.6])),
    )


@st.composite
def stated(draw: st.DrawFn, room: float) -> Effect:
    """An effect that states tonnes, energy, generation or a sink; ``room`` how large."""
    size = draw(st.floats(0.0, room))
    operator, use, carrier, most = draw(
        st.sampled_from(
            [
                ("observed_tonnes", "buildings", "", 8e13),
                ("observed_tonnes", "wastewater", "", 1e13),
                ("observed_energy", "residential", "natural_gas", 2e11),
                ("observed_energy", "tertiary", "electricity", 1e11),
                ("own_generation", "tertiary", "electricity", 1e11),
                ("own_generation", "buildings", "electricity", 2e11),
                *([("observed_energy", "residential", "", 4e11)] if room > 1 else []),
            ]
        )
    )
    return Effect(operator, use, carrier, strength=fixed(0.8), amount=fixed(size * most))


def sink() -> Effect:
    return Effect("sink", curve=(0.0, 1e12, 3e12, 4e12))


@st.composite
def pathways(draw: st.DrawFn, most: int = 6, room: float = 0.01) -> Model:
    """A random model; with little ``room`` no cap can bind, above 1 some do."""
    values = {name: draw(shares()) for name in NAMES}
    pool = st.one_of(
        st.sampled_from(effects_of(values)),
        grouped(0.8 if room > 1 else 0.12),
        stated(room),
        st.just(sink()),
    )
    actions = []
    for number in range(draw(st.integers(1, most))):
        begun = Adoption(draw(st.integers(2021, 2024)), draw(st.integers(1, 4)))
        earlier = [f"m{each}" for each in range(number)]
        needs = draw(st.lists(st.sampled_from(earlier), max_size=2, unique=True)) if earlier else []
        effects = draw(st.lists(pool, min_size=1, max_size=3))
        actions.append(
            action(
                f"m{number}",
                *effects,
                adoption=begun,
                level=draw(st.sampled_from([0.0, 0.5, 1.0, 1.0])),
                requires=tuple(needs),
            )
        )
    return Model(base(YEARS, cleaner_grid=0.6), tuple(actions))


def total_mg(model: Model, acting: frozenset[int]) -> np.ndarray:
    """What the engine gives when only some actions act: the others' adoption is nothing."""
    inputs = central(model)
    able = set(acting)
    while True:
        kept = {
            i for i in able if all(model.codes[code] in able for code in model.actions[i].requires)
        }
        if kept == able:
            break
        able = kept
    on = np.array([i in able for i in range(len(model.actions))])
    return evaluate(
        model, replace(inputs, adoption=np.where(on[:, None], inputs.adoption, 0.0))
    ).total_mg


def by_every_set(model: Model) -> np.ndarray:
    """Shapley value [A, T] of the cut by its definition."""
    count = len(model.actions)
    every = [frozenset(c) for size in range(count + 1) for c in combinations(range(count), size)]
    figures = {each: total_mg(model, each) for each in every}
    found = np.zeros((count, len(model.base.years)))
    for acting, figure in figures.items():
        for i in set(range(count)) - acting:
            weight = factorial(len(acting)) * factorial(count - len(acting) - 1)
            found[i] += weight / factorial(count) * (figure - figures[acting | {i}])
    return found
