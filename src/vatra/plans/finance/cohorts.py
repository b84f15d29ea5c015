"""What an action spends in each year: new units, old ones replaced, and what is left at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vatra.plans.finance.cents import Floats

# What is smaller than this of an action is rounding of its adoption curve.
_NOTHING = 1e-12


@dataclass(frozen=True)
class Spending:
    """Shares of an action's whole capital by year; T years.

    Attributes
    ----------
    new : [T] put in place for the first time
    again : [T] put in place again because a lifetime ended
    residual : of the capital, what is not yet used up after the last year (linear)
    """

    new: Floats
    again: Floats
    residual: float


def spending(adoption: Sequence[float] | Floats, lifetime_years: float) -> Spending:
    """Capital by year of an action that spreads along a curve, cohort by cohort.

    Parameters
    ----------
    adoption : [T] share of the action in place in consecutive years, as
        ``plans.engine.adoption_curve`` gives it
    lifetime_years : how long a unit serves, whole years after rounding, at least one; the year in
        which it is put in place counts

    Returns
    -------
    Spending
        Units of the year v are bought again in v + L, v + 2L, ... while the curve still holds
        them. Where the curve falls, the oldest go first and are not replaced. The residual value
        is that of straight-line depreciation: Article 18 of Commission Delegated Regulation (EU)
        No 480/2014 prefers the worth of the flows of the years that remain, which a plan that ends
        at its last year does not have.

    Raises ``ValueError`` for a lifetime that is not above zero.
    """
    if not lifetime_years > 0:
        raise ValueError("a lifetime is longer than zero years")
    life = max(1, round(lifetime_years))
    curve = np.asarray(adoption, np.float64)
    new, again = np.zeros(len(curve)), np.zeros(len(curve))
    # The oldest first: the year in which a part was put in place last, and how large it is.
    standing: list[tuple[int, float]] = []
    before = 0.0
    for year, share in enumerate(curve):
        standing = _without(standing, max(before - share, 0.0))
        due = sum(part for bought, part in standing if year - bought >= life)
        added = max(share - before, 0.0)
        standing = [(bought, part) for bought, part in standing if year - bought < life]
        if due + added > _NOTHING:
            standing.append((year, due + added))
        new[year], again[year], before = added, due, share
    served = len(curve)
    residual = sum(part * (life - (served - bought)) / life for bought, part in standing)
    return Spending(new, again, max(residual, 0.0))


def _without(standing: list[tuple[int, float]], gone: float) -> list[tuple[int, float]]:
    """What is left standing after the oldest have been taken away."""
    kept = []
    for bought, part in standing:
        taken = min(part, gone)
        gone -= taken
        if part - taken > _NOTHING:
            kept.append((bought, part - taken))
    return kept
