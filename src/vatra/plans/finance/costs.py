"""What each action costs and earns by year, whoever pays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from vatra.plans.engine import Action, Floats, Model, central
from vatra.plans.finance.cohorts import Spending, spending
from vatra.plans.finance.reading import UNSTATED, names_of
from vatra.plans.finance.sources import Use


@dataclass(frozen=True)
class Costs:
    """Money of each action by year; A actions, T years [EUR of the price year].

    Attributes
    ----------
    new, again : [A, T] capital put in for the first time, and because a lifetime ended
    incremental_share : [A] part of the capital that would not have been spent anyway
    opex, revenue : [A, T] at what is in place in the year
    residual : [A] value of what is not used up after the last year
    staff : [A, T] full-time equivalents
    without : positions of actions that state no cost
    """

    new: Floats
    again: Floats
    incremental_share: Floats
    opex: Floats
    revenue: Floats
    residual: Floats
    staff: Floats
    without: tuple[int, ...]

    @property
    def capital(self) -> Floats:
        """All capital [A, T]."""
        return self.new + self.again

    @property
    def avoided(self) -> Floats:
        """Capital that would have been spent anyway [A, T]."""
        return self.capital * (1.0 - self.incremental_share[:, None])


def costs(model: Model) -> Costs:
    """Capital by cohort, running cost, revenue and staff of every action at its mean figures.

    Running cost, revenue and staff follow what is in place; staff is the people at full adoption
    and level 1 while anything is.
    Raises ``ValueError`` for a lifetime that is not above zero.
    """
    adoption = central(model).adoption
    shape = adoption.shape
    new, again, opex, revenue, staff = (np.zeros(shape) for _ in range(5))
    residual, incremental = np.zeros(shape[0]), np.ones(shape[0])
    without = []
    for i, action in enumerate(model.actions):
        it = action.economics
        if it is None:
            if action.level > 0:
                without.append(i)
            continue
        spent: Spending = spending(adoption[i], it.lifetime_years)
        capital = it.capex_total_eur
        new[i], again[i] = spent.new * capital, spent.again * capital
        residual[i] = spent.residual * capital
        incremental[i] = it.incremental_share
        opex[i] = adoption[i] * it.units_count * it.opex_eur.mean
        revenue[i] = adoption[i] * it.units_count * it.revenue_eur.mean
        staff[i] = adoption[i] * it.staff_fte
    return Costs(new, again, incremental, opex, revenue, residual, staff, tuple(without))


def payers_of(action: Action, shares: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Who bears an action: the shares that a pack states, else its one payer."""
    if action.code in shares:
        return dict(shares[action.code])
    payer = action.economics.payer if action.economics else ""
    return {payer or UNSTATED: 1.0}


def uses_of(
    model: Model, shares: Mapping[str, Mapping[str, float]]
) -> tuple[tuple[Use, ...], Floats]:
    """Every action with each of its payers, and the payer's share: U uses and [U, A] weights.

    Actions that are only offered (level 0) are no uses of money.
    """
    uses: list[Use] = []
    weights: list[Floats] = []
    for i, action in enumerate(model.actions):
        if action.economics is None or action.level <= 0:
            continue
        for payer, share in sorted(payers_of(action, shares).items()):
            weight = np.zeros(len(model.actions))
            weight[i] = share
            uses.append(Use(action.code, payer, names_of(action)))
            weights.append(weight)
    matrix = np.array(weights, np.float64).reshape(len(uses), len(model.actions))
    return tuple(uses), matrix
