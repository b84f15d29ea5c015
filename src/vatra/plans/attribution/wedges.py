"""The wedge picture: from the base year's level down to the plan, in whole milligrams.

In every year ``level - drivers - grid - factors - sum of actions = total``, exactly. Drivers move
energy and streams, the grid moves the factors of electricity and heat, factors are those of all
other carriers; each has half of what it does together with the drivers of its cell (the Shapley
value of two). Actions have their Shapley value on the pathway that drivers and grid have led to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from vatra.plans.attribution.contributions import Contributions
from vatra.plans.attribution.products import Floats
from vatra.plans.attribution.whole import steady_mg, whole_parts
from vatra.plans.engine import Inputs, Model, central, evaluate
from vatra.tables.vocabulary import GRID_CARRIERS

DRIVERS, GRID, FACTORS = "drivers", "grid", "factors"
BASELINE = (DRIVERS, GRID, FACTORS)
ByYear = tuple[int, ...]


@dataclass(frozen=True)
class Wedges:
    """Cuts by cause and year [mg CO2e, whole]; positive lowers emissions.

    Attributes
    ----------
    years : T of them
    level_mg : emissions of the base year
    baseline_mg : by ``BASELINE`` and year: the way to the pathway without actions
    actions_mg : by code and year, sinks included
    total_mg : what is left in each year; below zero when sinks take up more
    """

    years: tuple[int, ...]
    level_mg: int
    baseline_mg: Mapping[str, ByYear]
    actions_mg: Mapping[str, ByYear]
    total_mg: ByYear

    def without_actions_mg(self, at: int) -> int:
        """The pathway without actions in the year at a position."""
        return self.level_mg - sum(each[at] for each in self.baseline_mg.values())

    def joint_mg(self, at: int) -> int:
        """What all actions cut together in the year at a position."""
        return self.without_actions_mg(at) - self.total_mg[at]


def wedges(model: Model, found: Contributions, inputs: Inputs | None = None) -> Wedges:
    """Put the wedges together.

    Parameters
    ----------
    model : base and actions
    found : what each action contributes, of the same model and inputs
    inputs : those that ``found`` was made with

    Raises ``ValueError`` when the contributions do not add up to what the engine gives.
    """
    inputs = central(model) if inputs is None else inputs
    base = model.base
    at = [base.at(year) for year in found.years]
    amount = _scaled(base.amount, inputs.amount_scale)
    factor = _scaled(base.factor, inputs.factor_scale)
    level = steady_mg(float((amount[:, 0] * factor[:, 0]).sum()))
    before = [steady_mg(float(each)) for each in (amount * factor).sum(axis=0)[at]]
    # Where no action does anything nothing is left to divide, rounding included.
    moved = [bool(column.any()) for column in found.shapley_mg.T]
    total = evaluate(model, inputs).total_mg[at]
    after = [
        steady_mg(float(each)) if acted else mass
        for each, acted, mass in zip(total, moved, before, strict=True)
    ]
    causes = _baseline(model, amount, factor)
    baseline = [
        whole_parts(
            {name: float(values[t]) for name, values in causes.items()}, level - mass, level
        )
        for t, mass in zip(at, before, strict=True)
    ]
    actions = [
        whole_parts(dict(zip(found.codes, column.tolist(), strict=True)), mass - left, mass)
        for column, mass, left in zip(found.shapley_mg.T, before, after, strict=True)
    ]
    return Wedges(
        found.years,
        level,
        {name: tuple(each[name] for each in baseline) for name in BASELINE},
        {code: tuple(each[code] for each in actions) for code in found.codes},
        tuple(after),
    )


def _scaled(values: Floats, scale: Floats | float) -> Floats:
    return np.asarray(np.broadcast_to(values * scale, values.shape))


def _baseline(model: Model, amount: Floats, factor: Floats) -> dict[str, Floats]:
    """Cut by each cause on the way from the base year to the pathway without actions [T]."""
    moved = (amount[:, :1] - amount) * (factor[:, :1] + factor) / 2
    cleaner = (factor[:, :1] - factor) * (amount[:, :1] + amount) / 2
    grid = np.array([cell.carrier in GRID_CARRIERS for cell in model.base.cells], dtype=bool)
    return {
        DRIVERS: moved.sum(axis=0),
        GRID: cleaner[grid].sum(axis=0),
        FACTORS: cleaner[~grid].sum(axis=0),
    }
