"""How far each doubted number alone moves the target year: the bars of a tornado."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.distributions import Floats
from vatra.plans.risk.inputs import Assembly, means
from vatra.plans.risk.quantities import Quantity
from vatra.plans.risk.sampling import evaluated

_LOW, _HIGH = 0.10, 0.90


@dataclass(frozen=True)
class Tornado:
    """Each quantity at its P10 and P90, all others at their mean; K quantities.

    Attributes
    ----------
    low, high : values that were put in [K]; 0 and 1 for the delivery of an action
    low_mg, high_mg : emissions of the year [K]
    low_left_share, high_left_share : the same, of the base year [K]
    middle_mg, middle_left_share : with every quantity at its mean
    """

    low: Floats
    high: Floats
    low_mg: Floats
    high_mg: Floats
    low_left_share: Floats
    high_left_share: Floats
    middle_mg: float
    middle_left_share: float


def tornado(assembly: Assembly, year: int, threads: int | None = None) -> Tornado:
    """Swing every quantity alone and see what the year becomes."""
    found = assembly.quantities
    count = len(found)
    ends = np.array([_ends(each) for each in found]).reshape(count, 2)
    values = np.repeat(means(found), 2 * count + 1, axis=1)
    for n in range(count):
        values[n, 1 + n], values[n, 1 + count + n] = ends[n]
    total, base, _ = evaluated(assembly, values, threads)
    of_year = total[:, assembly.model.base.at(year)]
    left = of_year / base
    return Tornado(
        low=ends[:, 0],
        high=ends[:, 1],
        low_mg=of_year[1 : 1 + count],
        high_mg=of_year[1 + count :],
        low_left_share=left[1 : 1 + count],
        high_left_share=left[1 + count :],
        middle_mg=float(of_year[0]),
        middle_left_share=float(left[0]),
    )


def _ends(quantity: Quantity) -> tuple[float, float]:
    if quantity.kind == "delivery":
        return 0.0, 1.0
    low, high = quantity.distribution.quantile(np.array([_LOW, _HIGH]))
    return float(low), float(high)
