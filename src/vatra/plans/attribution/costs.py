"""What an action costs in a year, its capital spread evenly over its lifetime.

Equal yearly payments that are worth a capital of 1 at a rate r over n years are the capital
recovery factor ``r / (1 - (1 + r)^-n)``. Capital, running cost, revenue and what is saved on bills
stand at what is in place in the year; the net present value is that of the same payments over one
lifetime.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from vatra.plans.attribution.products import Floats
from vatra.plans.attribution.whole import steady_mg
from vatra.plans.engine import Action, Model, adoption_curve
from vatra.units import CENTS_PER_EUR, MG_PER_T


@dataclass(frozen=True)
class ActionCost:
    """Cost of one action [EUR cents]; both are ``None`` for one that states none.

    ``annual_cents`` a year, below zero where it earns or saves more than it costs; ``npv_cents``
    what it is worth over its lifetime, above zero where it pays for itself.
    """

    code: str
    annual_cents: int | None
    npv_cents: int | None


def recovery_factor(discount_share: float, years: float) -> float:
    """Yearly payment for a capital of 1.

    Raises ``ValueError`` for a lifetime that is not above zero or a rate below zero.
    """
    if not years > 0:
        raise ValueError(f"a lifetime of {years} years")
    if not discount_share >= 0:
        raise ValueError(f"a discount rate of {discount_share}")
    if not discount_share:
        return 1.0 / years
    return float(discount_share / -np.expm1(-years * np.log1p(discount_share)))


def annual_costs(
    model: Model, year: int, discount_share: float, saved_eur: Floats | None = None
) -> tuple[ActionCost, ...]:
    """Cost of every action in a year, at the means of its figures.

    Parameters
    ----------
    year : whose adoption counts
    discount_share : rate a year, 0.04 for 4 %
    saved_eur : [A] what each action takes off bills in that year, nothing when not given

    Raises ``ValueError`` for a year outside the pathway, a lifetime or a rate that cannot be.
    """
    at = model.base.at(year)
    saved = np.zeros(len(model.actions)) if saved_eur is None else saved_eur
    return tuple(
        _cost(each, float(adoption_curve(each, model.base.years)[at]), discount_share, float(less))
        for each, less in zip(model.actions, saved, strict=True)
    )


def _cost(action: Action, adoption: float, discount_share: float, saved_eur: float) -> ActionCost:
    it = action.economics
    if it is None:
        return ActionCost(action.code, None, None)
    recovery = recovery_factor(discount_share, it.lifetime_years)
    capital = it.capex_eur.mean * it.incremental_share * recovery
    running = it.opex_eur.mean - it.revenue_eur.mean
    annual = adoption * it.units_count * (capital + running) - saved_eur
    cents = CENTS_PER_EUR * annual
    return ActionCost(action.code, steady_mg(cents), steady_mg(-cents / recovery))


def eur_per_t(cost_cents: int, cut_mg: int) -> float | None:
    """Cost of a tonne [EUR/t], to the cent; ``None`` without a cut."""
    if cut_mg <= 0:
        return None
    cents = round(Fraction(cost_cents) * MG_PER_T / cut_mg)
    return cents / CENTS_PER_EUR


def by_code(costs: Sequence[ActionCost]) -> dict[str, ActionCost]:
    """Costs by action; raises ``ValueError`` for one that stands twice."""
    found = {each.code: each for each in costs}
    if len(found) != len(costs):
        raise ValueError("an action has two costs")
    return found
