"""Rain from a block's roof for the green around it: a curve of what tanks save."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from vatra.plans.blocks import Climate, places
from vatra.plans.sunpower import (
    Cover,
    Rainfall,
    SunpowerError,
    Tanks,
    drinks_mm,
    irrigation_mm,
    monthly_rain,
    read_rain,
    runoff_m3,
    synthetic_rain,
    tanks,
    usual_sizes_m3,
)
from vatra.tables import Finding, FindingsError

_MM_PER_M = 1000.0
Row = dict[str, Any]


@dataclass(frozen=True, eq=False)
class RainRun:
    """Tanks of several sizes under one roof for one green area."""

    rain: Rainfall
    climate: Climate
    roof_m2: float
    green_m2: float
    tanks: Tanks

    @property
    def synthetic(self) -> bool:
        """Whether rain or weather are made up."""
        return self.rain.synthetic or self.climate.synthetic


def run_rain(
    climate: Climate,
    roof_m2: float,
    green_m2: float,
    *,
    rain: str | Path,
    cover: Cover = "flat",
    size_m3: Sequence[float] | None = None,
) -> RainRun:
    """A year of rain, green and tanks.

    ``rain`` is a place with known months (``iasi``, ``III``) or a CSV of ``date,rain_mm``; sizes
    are a curve up to a quarter of the year's need where not given. Raises ``FindingsError``.
    """
    fallen = _rain(rain)
    need_mm = irrigation_mm(fallen.rain_mm, drinks_mm(climate))
    need = need_mm / _MM_PER_M * green_m2
    sizes = usual_sizes_m3(float(need.sum())) if size_m3 is None else np.asarray(size_m3, float)
    try:
        found = tanks(runoff_m3(fallen.rain_mm, roof_m2, cover), need, sizes)
    except SunpowerError as error:
        raise FindingsError([Finding(error.code, "error", params=error.params)]) from None
    return RainRun(fallen, climate, roof_m2, green_m2, found)


def _rain(rain: str | Path) -> Rainfall:
    if isinstance(rain, Path):
        found, findings = read_rain(rain)
        if found is None:
            raise FindingsError(findings)
        return found
    place = places()[rain].code if rain in places() else rain
    if place not in monthly_rain():
        params = {"place": rain, "places": sorted(monthly_rain())}
        raise FindingsError([Finding("plans.sunpower.rain-unknown", "error", params=params)])
    return synthetic_rain(place)


def rain_rows(run: RainRun) -> list[Row]:
    """One row a size: what is used, spilled and still taken from the mains in a year [m3]."""
    found = run.tanks
    return [
        {
            "tank_m3": float(size),
            "need_m3": round(float(found.need_m3.sum()), 1),
            "runoff_m3": round(float(found.runoff_m3.sum()), 1),
            "used_m3": round(float(found.used_m3[place].sum()), 1),
            "overflow_m3": round(float(found.overflow_m3[place].sum()), 1),
            "mains_m3": round(float(found.mains_m3[place].sum()), 1),
            "saved_share": round(float(found.saved_share[place]), 4),
            "synthetic": run.synthetic,
        }
        for place, size in enumerate(found.size_m3)
    ]
