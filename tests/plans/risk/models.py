"""Small plans whose answer is known by hand."""

from __future__ import annotations

import numpy as np

from vatra.plans.distributions import fixed, parse
from vatra.plans.engine import Action, Adoption, Base, Cell, Effect, Model

T = 1e9  # milligrams in a tonne
YEARS = tuple(range(2021, 2036))


def base(mass_t=1000.0, carrier="natural_gas", use="residential", factor=200.0):
    """One cell of 1,000 t in every year."""
    amount = np.full((1, len(YEARS)), mass_t * T / factor)
    cell = Cell(use, "buildings", "I.1", carrier, "1")
    return Base(YEARS, (cell,), amount, np.full_like(amount, factor))


def two_cells():
    """600 t of gas in homes, 400 t of electricity in shops."""
    amount = np.array([[600.0 * T / 200] * len(YEARS), [400.0 * T / 400] * len(YEARS)])
    factor = np.array([[200.0] * len(YEARS), [400.0] * len(YEARS)])
    cells = (
        Cell("residential", "buildings", "I.1", "natural_gas", "1"),
        Cell("tertiary", "buildings", "I.2", "electricity", "2"),
    )
    return Base(YEARS, cells, amount, factor)


def tonnes(code="a", mass_t="uniform(100; 300)", start=2025, **more):
    """Tonnes as printed, done at once from a year on."""
    mass = parse(mass_t)
    scaled = parse(
        f"uniform({mass.low * T!r}; {mass.high * T!r})"
        if not mass.is_certain
        else repr(mass.mean * T)
    )
    effect = Effect("observed_tonnes", use="buildings", amount=scaled)
    return action(code, effect, start, **more)


def savings(code="a", strength="0.3", start=2025, use="residential", **more):
    """Efficiency of a use."""
    return action(code, Effect("efficiency", use=use, strength=parse(strength)), start, **more)


def action(code, effect, start, delay="0", probability=1.0, shape="step", ramp=1.0, requires=()):
    return Action(
        code,
        f"Action {code}",
        f"Acțiunea {code}",
        "buildings",
        "built_environment",
        (effect,),
        Adoption(start, ramp, shape),
        delivery_probability=probability,
        delay_years=parse(delay) if delay != "0" else fixed(0.0),
        requires=requires,
        source="invented",
    )


def model(*actions, on=None):
    return Model(on or base(), tuple(actions))
