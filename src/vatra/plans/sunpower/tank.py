"""Rain from a roof in a tank for the green around it, day by day, for many sizes of tank at once.

Each day serves from what the tank held the evening before, then the roof fills it and the rest
overflows (yield after spillage: Jenkins et al. 1978; Fewkes, Building and Environment 34 (1999)
765-772), which never promises too much.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.sunpower.rainfall import DAYS, MONTH_OF_DAY
from vatra.plans.sunpower.reading import SunpowerError, value

Cover = Literal["flat", "gravel", "pitched", "green"]
COVERS: tuple[Cover, ...] = ("flat", "gravel", "pitched", "green")
_MM_PER_M = 1000.0
# Years of the same days after which a tank of any sensible size repeats itself.
_MOST_YEARS = 60


@dataclass(frozen=True, eq=False)
class Tanks:
    """A year of k tanks by month [m3], each [k, 12].

    ``used_m3`` served from the tank, ``overflow_m3`` spilled, ``mains_m3`` still taken from the
    mains, ``stored_m3`` what the tank's content rose. In every month what runs off the roof is
    ``used + overflow + stored`` and what the green needs is ``used + mains``.
    """

    size_m3: Floats
    runoff_m3: Floats
    need_m3: Floats
    used_m3: Floats
    overflow_m3: Floats
    mains_m3: Floats
    stored_m3: Floats

    @property
    def saved_share(self) -> Floats:
        """Of the need, what the tank serves in a year, (k,); 0 where nothing is needed."""
        need = float(self.need_m3.sum())
        return self.used_m3.sum(axis=1) / need if need else np.zeros(len(self.size_m3))


def runoff_m3(rain_mm: Floats, roof_m2: float, cover: Cover = "flat") -> Floats:
    """What reaches the tank from a roof each day [m3], (365,)."""
    share = value("rain", f"{cover}_roof_share") * value("rain", "filter_share")
    return np.asarray(rain_mm / _MM_PER_M * roof_m2 * share)


def tanks(runoff: Floats, need: Floats, size_m3: Sequence[float] | Floats) -> Tanks:
    """Days of one roof and one green area through tanks of several sizes.

    Parameters
    ----------
    runoff, need : [m3] each day, (365,); size_m3 : (k,)

    Each tank ends the year as full as it began it. Raises ``SunpowerError`` for wrong shapes and
    values below zero or missing.
    """
    into, wanted, sizes = (np.asarray(each, np.float64) for each in (runoff, need, size_m3))
    if into.shape != (DAYS,) or wanted.shape != (DAYS,) or sizes.ndim != 1 or not len(sizes):
        raise SunpowerError("days-wrong", days=DAYS)
    if any(not bool((each >= 0).all() and np.isfinite(each).all()) for each in (into, wanted)):
        raise SunpowerError("days-wrong", days=DAYS)
    if not bool((sizes >= 0).all() and np.isfinite(sizes).all()):
        raise SunpowerError("tank-below-zero")
    used, held, begun = _settled(into, wanted, sizes)
    before = np.concatenate([begun[None, :], held[:-1]])
    spilled = np.maximum(before + into[:, None] - used - held, 0.0)
    parts = (used, spilled, wanted[:, None] - used, held - before)
    return Tanks(sizes, _months(into[:, None])[0], _months(wanted[:, None])[0],
                 *(_months(each) for each in parts))  # fmt: skip


def _settled(into: Floats, wanted: Floats, sizes: Floats) -> tuple[Floats, Floats, Floats]:
    """Used and held by day [365, k], and what was held before, of a year that repeats itself."""
    # With water to spare a tank is full at some time of the year, else empty: from there one year
    # is much like the next.
    begin = sizes.copy() if into.sum() >= wanted.sum() else np.zeros(len(sizes))
    for _ in range(_MOST_YEARS):
        used, held = _year(into, wanted, sizes, begin)
        if np.allclose(held[-1], begin, rtol=0, atol=1e-9):
            return used, held, begin
        begin = held[-1]
    raise SunpowerError("tank-never-settles")


def _year(into: Floats, wanted: Floats, sizes: Floats, begin: Floats) -> tuple[Floats, Floats]:
    used, held = np.empty((DAYS, len(sizes))), np.empty((DAYS, len(sizes)))
    now = begin
    for day in range(DAYS):
        used[day] = np.minimum(wanted[day], now)
        # Yield after spillage: what is drawn in the day leaves its room free in the evening only.
        now = np.minimum(now + into[day], sizes) - used[day]
        held[day] = now
    return used, held


def _months(daily: Floats) -> Floats:
    return np.array(
        [np.bincount(MONTH_OF_DAY, column, minlength=12) for column in daily.T], np.float64
    )


def usual_sizes_m3(need_m3: float, count: int = 13) -> Floats:
    """Sizes for a curve of saved water: from none to a quarter of the year's need [m3]."""
    return np.linspace(0.0, max(need_m3 / 4, 1.0), count).round(1)
