"""A small plan to monitor: gas in homes, diesel in cars, two actions."""

from __future__ import annotations

import numpy as np

from vatra.plans.distributions import fixed
from vatra.plans.engine import Action, Adoption, Base, Cell, Effect, Model

YEARS = tuple(range(2021, 2036))
MG_PER_T = 10**9


def action(code="R", start=2024, ramp=10.0, shape="linear", level=1.0, **changed) -> Action:
    """An action that saves half of the gas of homes."""
    given = {
        "code": code,
        "name_en": code,
        "name_ro": code,
        "sector": "buildings",
        "field": "built_environment",
        "effects": (Effect("efficiency", "residential", "natural_gas", strength=fixed(0.5)),),
        "adoption": Adoption(start, ramp, shape),
        "level": level,
    }
    return Action(**given | changed)


def model(*actions: Action) -> Model:
    """1,000 t of gas in homes and 500 t of diesel in cars in every year."""
    cells = (
        Cell("residential", "buildings", "I.1", "natural_gas", "1"),
        Cell("cars", "transport", "II.1", "diesel", "1"),
    )
    ones = np.ones((2, len(YEARS)))
    # Wh x mg/Wh: 5e9 x 200 = 1e12 mg = 1,000 t
    amount = ones * np.array([[5e9], [2.5e9]])
    return Model(Base(YEARS, cells, amount, ones * 200.0), actions)
