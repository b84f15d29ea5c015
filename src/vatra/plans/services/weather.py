"""Months in classes of outdoor temperature, and how a month's heat falls to them.

Ten thousand states in 8760 hours are too many; the hours of a month are sorted by temperature into
classes of equal length instead. The heat of a month falls to its hours by degree hours below the
state's own balance temperature, which its monthly needs show.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.blocks.climate.climate import MONTH_DAYS, MONTH_OF_HOUR, Climate
from vatra.plans.services.reading import Floats

INSIDE_C = 20.0
# A balance temperature outside of these is no answer of a building but of a fit.
_BALANCE_C = (5.0, 22.0)
# Heat in a month warmer than the balance is taken to fall to its coldest hours.
_LEAST_BELOW_K = 1.0
# As rare as the design temperature of heating: all but 0.4 % of hours are warmer.
_DESIGN_SHARE = 0.004
CLASSES = 24
MONTH_HOURS: Floats = 24.0 * np.asarray(MONTH_DAYS, np.float64)


@dataclass(frozen=True, eq=False)
class Weather:
    """Outdoors in ``k`` classes of each month.

    ``outdoor_c`` mean of each class [degC] and ``hours`` its length, [12, k]; ``monthly_c`` mean
    of the month [12]; ``design_c`` all but 0.4 % of hours are warmer.
    """

    outdoor_c: Floats
    hours: Floats
    monthly_c: Floats
    design_c: float


def weather(climate: Climate, classes: int = CLASSES) -> Weather:
    """A climate in classes of temperature, coldest first."""
    outdoor, hours = np.zeros((12, classes)), np.zeros((12, classes))
    for month in range(12):
        sorted_c = np.sort(climate.dry_bulb_c[month == MONTH_OF_HOUR])
        for place, part in enumerate(np.array_split(sorted_c, classes)):
            outdoor[month, place], hours[month, place] = part.mean(), len(part)
    design_c = float(np.quantile(climate.dry_bulb_c, _DESIGN_SHARE))
    return Weather(outdoor, hours, climate.monthly_mean_c, design_c)


def balance_c(heating_wh: Floats, monthly_c: Floats) -> Floats:
    """Outdoor temperature below which each state is heated [degC], [n].

    A straight line through mean power over mean temperature of the months, each month weighing as
    much as its heat; where no line falls, 20 degC.

    Parameters
    ----------
    heating_wh : [n, 12]
    monthly_c : [12]
    """
    power = heating_wh / MONTH_HOURS
    weight = power / np.maximum(power.sum(axis=1, keepdims=True), 1e-12)
    mean_c = weight @ monthly_c
    mean_w = (weight * power).sum(axis=1)
    apart_k = monthly_c[None, :] - mean_c[:, None]
    falls = -(weight * apart_k * (power - mean_w[:, None])).sum(axis=1)
    spread = (weight * apart_k**2).sum(axis=1)
    falling = (falls > 1e-9) & (spread > 1e-9)
    w_per_k = np.where(falling, falls, 1.0) / np.where(falling, spread, 1.0)
    fitted = np.where(falling, mean_c + mean_w / w_per_k, INSIDE_C)
    return np.asarray(np.clip(fitted, *_BALANCE_C))


def heat_by_class(heating_wh: Floats, around: Weather, balance: Floats | None = None) -> Floats:
    """Heat of each month by class of temperature [Wh], [n, 12, k]; sums are the months'."""
    if balance is None:
        balance = balance_c(heating_wh, around.monthly_c)
    coldest = around.outdoor_c[:, 0]
    limit = np.maximum(balance[:, None], coldest + _LEAST_BELOW_K)
    below = np.maximum(limit[:, :, None] - around.outdoor_c, 0.0) * around.hours
    return np.asarray(heating_wh[:, :, None] * (below / below.sum(axis=2, keepdims=True)))
