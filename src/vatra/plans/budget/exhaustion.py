"""When a carbon budget is gone, with its probability, over many draws of a pathway."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.budget.budget import CarbonBudget
from vatra.plans.engine import Floats

PPM = 1_000_000
_DECIMALS = 3


@dataclass(frozen=True)
class Exhaustion:
    """How likely a budget is to be gone, and when.

    ``by_year_ppm`` probability that it is gone by the end of each year [millionths];
    ``p10_years``, ``p50_years``, ``p90_years`` the moment by which it is gone in a tenth, half and
    nine tenths of the draws (a year and a fraction), None where it lasts longer than the pathway.
    """

    years: tuple[int, ...]
    by_year_ppm: tuple[int, ...]
    p10_years: float | None
    p50_years: float | None
    p90_years: float | None
    draws_count: int

    @property
    def ever_ppm(self) -> int:
        """Probability that it is gone before the pathway ends [millionths]."""
        return self.by_year_ppm[-1]


def exhaustion_years(budget: CarbonBudget, years: tuple[int, ...], draws_mg: Floats) -> Floats:
    """The moment the budget is gone in each draw [D], infinite where it lasts.

    Parameters
    ----------
    years : [T] consecutive; the first must not be after the budget's, earlier ones count nothing
    draws_mg : [D, T] net CO2e of each draw and year

    Emissions are spread evenly over each year. Raises ``ValueError`` for years that begin after
    the budget, or shapes that do not agree.
    """
    if draws_mg.ndim != 2 or draws_mg.shape[1] != len(years):
        raise ValueError(f"draws are {draws_mg.shape}, for {len(years)} years")
    if years[0] > budget.from_year:
        raise ValueError(f"the draws begin in {years[0]}, the budget in {budget.from_year}")
    if budget.budget_mg <= 0:
        return np.full(len(draws_mg), float(budget.from_year))
    counted = draws_mg[:, budget.from_year - years[0] :]
    used = np.cumsum(counted, axis=1)
    gone = used >= budget.budget_mg
    first = gone.argmax(axis=1)
    rows = np.arange(len(counted))
    of_year = counted[rows, first]
    left = budget.budget_mg - (used[rows, first] - of_year)
    # The year in which a budget goes is one that emits.
    part = np.divide(left, of_year, out=np.zeros_like(left), where=of_year > 0)
    return np.where(gone.any(axis=1), budget.from_year + first + part, np.inf)


def exhaustion(budget: CarbonBudget, years: tuple[int, ...], draws_mg: Floats) -> Exhaustion:
    """Probability that a budget is gone by each year; see ``exhaustion_years``."""
    when = np.sort(exhaustion_years(budget, years, draws_mg))
    counted = tuple(each for each in years if each >= budget.from_year)
    gone = [int(np.searchsorted(when, each + 1.0, side="right")) for each in counted]
    p10, p50, p90 = (_quantile(when, share) for share in (0.1, 0.5, 0.9))
    ppm = tuple(round(each * PPM / len(when)) for each in gone)
    return Exhaustion(counted, ppm, p10, p50, p90, len(when))


def _quantile(when: Floats, share: float) -> float | None:
    """The moment by which it is gone in a share of the draws."""
    moment = float(when[int(np.ceil(share * len(when))) - 1])
    return round(moment, _DECIMALS) if np.isfinite(moment) else None
