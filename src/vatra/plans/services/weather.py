"""Months in classes of outdoor temperature, and how a month's heat falls to them.

Ten thousand states in 8760 hours are too many; the hours of a month are sorted into classes of
equal length instead. The heat of a month falls to its hours by degree hours below the state's own
balance temperature, which its monthly needs show. Heavy buildings answer late: what counts is the
mean of the last twelve hours. A heat pump's electricity over the year comes out within 1.5 % of
the one by the engines' own hours for a panel block as it is or after moderate works, within 3 %
after deep ones (``tests/plans/services/test_weather.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

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
# Buildings answer to the mean of so many hours; of 1, 12, 24, 48 and 72 this was nearest.
_FELT_HOURS = 12
CLASSES = 12
MONTH_HOURS: Floats = 24.0 * np.asarray(MONTH_DAYS, np.float64)


@dataclass(frozen=True, eq=False)
class Weather:
    """Outdoors in ``k`` classes of each month.

    ``outdoor_c`` mean of each class [degC], ``felt_c`` that of the hours before, by which hours
    are sorted, and ``hours`` its length, [12, k]; ``monthly_c`` mean of the month [12];
    ``design_c`` all but 0.4 % of hours are warmer.
    """

    outdoor_c: Floats
    felt_c: Floats
    hours: Floats
    monthly_c: Floats
    design_c: float


@lru_cache(maxsize=16)
def weather(climate: Climate, classes: int = CLASSES) -> Weather:
    """A climate in classes of temperature, coldest first."""
    shape = 12, classes
    outdoor, felt, hours = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    felt_c = _felt_c(climate)
    for month in range(12):
        of_month = np.flatnonzero(month == MONTH_OF_HOUR)
        ordered = of_month[np.argsort(felt_c[of_month], kind="stable")]
        for place, part in enumerate(np.array_split(ordered, classes)):
            outdoor[month, place] = climate.dry_bulb_c[part].mean()
            felt[month, place] = felt_c[part].mean()
            hours[month, place] = len(part)
    return Weather(outdoor, felt, hours, climate.monthly_mean_c, _design_c(climate))


@lru_cache(maxsize=4)
def hourly_weather(climate: Climate) -> Weather:
    """A climate in which every hour is a class of its own, in the order of the year.

    Short months are filled up with classes that last no time.
    """
    shape = 12, 24 * max(MONTH_DAYS)
    outdoor, felt, hours = np.full(shape, INSIDE_C), np.full(shape, INSIDE_C), np.zeros(shape)
    begin = 0
    for month, days in enumerate(MONTH_DAYS):
        year, here = slice(begin, begin + 24 * days), slice(0, 24 * days)
        outdoor[month, here] = climate.dry_bulb_c[year]
        felt[month, here] = _felt_c(climate)[year]
        hours[month, here] = 1.0
        begin += 24 * days
    return Weather(outdoor, felt, hours, climate.monthly_mean_c, _design_c(climate))


def _felt_c(climate: Climate) -> Floats:
    """Mean of the last hours, those of December before January [degC], [8760]."""
    before = climate.dry_bulb_c[-_FELT_HOURS + 1 :]
    summed = np.cumsum(np.concatenate([[0.0], before, climate.dry_bulb_c]))
    return np.asarray((summed[_FELT_HOURS:] - summed[:-_FELT_HOURS]) / _FELT_HOURS)


def _design_c(climate: Climate) -> float:
    return float(np.quantile(climate.dry_bulb_c, _DESIGN_SHARE))


def year_of_hours(by_class: Floats, around: Weather) -> Floats:
    """Values of the classes of ``hourly_weather``, [12, 744], as a year, [8760]."""
    return np.asarray(by_class[around.hours > 0])


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
    coldest = around.felt_c.min(axis=1)
    limit = np.maximum(balance[:, None], coldest + _LEAST_BELOW_K)
    below = np.maximum(limit[:, :, None] - around.felt_c, 0.0) * around.hours
    return np.asarray(heating_wh[:, :, None] * (below / below.sum(axis=2, keepdims=True)))
