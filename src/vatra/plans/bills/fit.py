"""How well a model meets monthly meters, by the two figures of ASHRAE Guideline 14.

NMBE = sum(m - s) / ((n - p) mean(m)) and CV(RMSE) = sqrt(sum((m - s)^2) / (n - p)) / mean(m) with
p = 1; a simulation of a whole building that is calibrated to monthly data is accepted within 5 %
and 15 % (Guideline 14-2002, clause 5.3.2.4, kept in the edition of 2014; second hand).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.bills.reading import Floats

MOST_NMBE_SHARE, MOST_CV_RMSE_SHARE = 0.05, 0.15
_ADJUSTED = 1


@dataclass(frozen=True)
class Fit:
    """Measure of fit over ``months_count`` months; below zero: the model says more."""

    nmbe_share: float
    cv_rmse_share: float
    months_count: int

    @property
    def holds(self) -> bool:
        """Whether both figures are within the guideline's monthly limits."""
        within = abs(self.nmbe_share) <= MOST_NMBE_SHARE
        return within and self.cv_rmse_share <= MOST_CV_RMSE_SHARE


def fit(metered: Floats, modelled: Floats) -> Fit:
    """Of months metered and modelled (n,).

    Raises ``ValueError`` for fewer than two months, or nothing metered.
    """
    mean, freedom = float(np.mean(metered)), len(metered) - _ADJUSTED
    if freedom < 1 or mean <= 0:
        raise ValueError("a fit needs two months and something metered")
    apart = metered - modelled
    nmbe = float(apart.sum()) / (freedom * mean)
    return Fit(nmbe, float(np.sqrt((apart**2).sum() / freedom)) / mean, len(metered))
