"""How a year's electricity of flats and common parts falls to its hours.

Synthetic: made from stated shares of the day (``data/profile.csv``), of workdays and week-ends, of
the season and of the hours that are dark in the climate. No household was measured for it.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import numpy as np

from vatra.plans.blocks.climate.climate import HOURS, Climate
from vatra.plans.services.reading import Floats, rows, value

FILE = "electricity"
_SATURDAY = 5
_DAYS = 365
# Middle of January, in days.
_WINTER_DAY = 15


@lru_cache(maxsize=16)
def year_shape(part: str, climate: Climate) -> Floats:
    """Share of the year in each hour, [8760], of ``appliances``, ``cooking``, ``lighting``,
    ``stairs`` or ``lift``; ``KeyError`` for others."""
    return _SHAPES[part](climate)


def _appliances(climate: Climate) -> Floats:
    week = weekdays(climate.year)
    days = np.where(
        week[:, None] < _SATURDAY, _day("appliances_workday"), _day("appliances_weekend")
    )
    wave = np.cos(2 * np.pi * (np.arange(_DAYS) - _WINTER_DAY) / _DAYS)
    return _share((days * (1 + value(FILE, "season_share") * wave)[:, None]).ravel())


def _cooking(climate: Climate) -> Floats:
    return _share(np.tile(_day("cooking_any"), _DAYS))


def _lighting(climate: Climate) -> Floats:
    by_day = value(FILE, "lit_by_day_share")
    return _share(np.tile(_day("lamps_any"), _DAYS) * np.where(_dark(climate), 1.0, by_day))


def _stairs(climate: Climate) -> Floats:
    return _share(np.where(_dark(climate), 1.0, value(FILE, "stairs_by_day_share")))


def _lift(climate: Climate) -> Floats:
    standby = value(FILE, "lift_standby_share")
    return np.asarray(standby / HOURS + (1 - standby) * _share(np.tile(_day("lift_any"), _DAYS)))


_SHAPES = {
    "appliances": _appliances,
    "cooking": _cooking,
    "lighting": _lighting,
    "stairs": _stairs,
    "lift": _lift,
}


@lru_cache
def weekdays(year: int) -> Floats:
    """Day of the week of each day of a year without 29 February, Monday 0, [365]."""
    first = date(year, 1, 1).weekday()
    leap = date(year, 12, 31).timetuple().tm_yday > _DAYS
    days = np.arange(_DAYS)
    # After 28 February, a leap year is one day further.
    return np.asarray((first + days + (leap & (days > 58))) % 7)


def _dark(climate: Climate) -> Floats:
    return np.asarray(climate.ghi_w_m2 < value(FILE, "dark_below_w_m2"))


@lru_cache
def _day(name: str) -> Floats:
    for row in rows("profile"):
        if row["of"] == name:
            hours = np.array([float(row[f"h{hour}"]) for hour in range(24)])
            return np.asarray(hours / hours.sum())
    raise KeyError(f"profile.csv has no {name}")


def _share(values: Floats) -> Floats:
    return np.asarray(values / values.sum())
