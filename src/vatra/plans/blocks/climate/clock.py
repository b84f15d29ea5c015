"""Whether the clock of a weather file is local standard time, and files in UTC brought to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.blocks.climate.climate import HOURS, Climate, Floats
from vatra.plans.blocks.sun.position import position

# Romania keeps UTC+2 in winter though its west lies nearer to UTC+1 by the sun.
ROMANIA_UTC_OFFSET_H = 2.0
_ROMANIA = (43.6, 48.3, 20.2, 29.8)
_DEG_PER_H = 15.0
# The middle of the day's sun may lie so far from noon before somebody must have set the clock.
_WRONG_H, _SUMMER_H = 0.8, 0.6


def usual_utc_offset_h(latitude_deg: float, longitude_deg: float) -> float:
    """Standard time against UTC where a file does not say: that of Romania within it, else the
    full hour that is nearest by the sun."""
    south, north, west, east = _ROMANIA
    if south <= latitude_deg <= north and west <= longitude_deg <= east:
        return ROMANIA_UTC_OFFSET_H
    return float(round(longitude_deg / _DEG_PER_H))


def to_local(samples: Floats, utc_offset_h: float, sample_h: float) -> Floats:
    """Hourly samples in UTC as means of hours in local standard time.

    ``sample_h`` is how long after the full hour each was taken. Values run in a straight line
    from one to the next, and the middle of the hour stands for it; the year is a circle.
    """
    at = np.arange(HOURS) + 0.5 - utc_offset_h - sample_h
    before = np.floor(at).astype(int)
    share = at - before
    return np.asarray((1 - share) * samples[before % HOURS] + share * samples[(before + 1) % HOURS])


@dataclass(frozen=True)
class Noon:
    """How long after solar noon the middle of the day's sun lies [h], in winter and in summer."""

    winter_h: float
    summer_h: float

    @property
    def is_summer_time(self) -> bool:
        """Whether the clock is put forward in summer."""
        return _SUMMER_H < self.summer_h - self.winter_h < 2 - _SUMMER_H

    @property
    def is_wrong(self) -> bool:
        """Whether the clock is not that of the place."""
        return abs(self.winter_h) > _WRONG_H


def noon(climate: Climate) -> Noon:
    """When the sun of a climate is at its middle, against where the sun stands."""
    above = position(climate).cos_zenith
    day = np.arange(HOURS) // 24
    summer = (day >= 105) & (day < 285)
    return Noon(*(_late_h(climate, above, part) for part in (~summer, summer)))


def _late_h(climate: Climate, above: Floats, hours: np.ndarray) -> float:
    clock = np.arange(HOURS) % 24 + 0.5
    seen = climate.ghi_w_m2 * hours
    wanted = np.maximum(above, 0.0) * hours
    if not seen.sum() or not wanted.sum():
        return 0.0
    return float((seen * clock).sum() / seen.sum() - (wanted * clock).sum() / wanted.sum())
