"""What a weather file must hold of every hour, checked the same whatever the file looks like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from vatra.plans.blocks.climate.climate import Climate, Floats
from vatra.plans.blocks.climate.clock import noon
from vatra.plans.blocks.climate.gaps import (
    MOST_BRIDGED_H,
    SHORT_AIR_H,
    SHORT_SUN_H,
    bridged,
)
from vatra.tables import Finding
from vatra.tables.findings import Severity

_SHOWN = 100
_LEAST_KWH_M2, _MOST_KWH_M2 = 300, 3000


@dataclass(frozen=True)
class Column:
    """A quantity, what it may be, and how long a gap of it is bridged."""

    name: str
    low: float
    high: float
    short_h: int


COLUMNS = (
    Column("dry_bulb_c", -70.0, 60.0, SHORT_AIR_H),
    Column("ghi_w_m2", 0.0, 1500.0, SHORT_SUN_H),
    Column("dni_w_m2", 0.0, 1500.0, SHORT_SUN_H),
    Column("dhi_w_m2", 0.0, 1500.0, SHORT_SUN_H),
)


def finding(
    code: str, file: str, lines: Sequence[int] = (), severity: Severity = "error", **params: Any
) -> Finding:
    """A finding of this room about lines of a weather file."""
    return Finding(
        f"plans.blocks.climate.{code}",
        severity,
        file,
        tuple(int(each) for each in lines[:_SHOWN]),
        params={"file": file, **params},
        line_count=len(lines),
    )


@dataclass(frozen=True, eq=False)
class Year:
    """A quantity's year as it was read: NaN where there is no value; the line of each hour in the
    file, 0 where the hour itself is missing."""

    column: Column
    values: Floats
    lines: Sequence[int]


def checked(year: Year, file: str) -> tuple[Floats, list[Finding]]:
    """The year without gaps, and what is wrong with it or was bridged."""
    column, values = year.column, year.values
    known = ~np.isnan(values)
    wrong = known & ~((values >= column.low) & (values <= column.high))
    if wrong.any():
        limits: dict[str, Any] = {"what": column.name, "low": column.low, "high": column.high}
        lines = [year.lines[each] for each in np.flatnonzero(wrong).tolist()]
        return values, [finding(_unit_code(column, values[known]), file, lines, **limits)]
    filled = bridged(values, column.short_h)
    absent = [year.lines[each] for each in filled.too_long.tolist() if year.lines[each]]
    params: dict[str, Any] = {"what": column.name, "most": column.short_h}
    if absent:
        return values, [finding("weather-missing", file, absent, **params)]
    if len(filled.bridged) > MOST_BRIDGED_H:
        count = len(filled.bridged)
        many = finding(
            "weather-many-gaps", file, what=column.name, count=count, most=MOST_BRIDGED_H
        )
        return values, [many]
    if len(filled.too_long):
        # Hours that are missing altogether are told once, for all quantities.
        return values, []
    found = _sun(column, filled.values, file)
    lines = [year.lines[each] for each in filled.bridged.tolist() if year.lines[each]]
    if lines:
        found.append(finding("weather-bridged", file, lines, "warning", count=len(lines), **params))
    return filled.values, found


def _unit_code(column: Column, values: Floats) -> str:
    if column.name == "dry_bulb_c" and values.max() > column.high:
        if values.mean() > 200:
            return "weather-kelvin"
        if values.mean() > 35:
            return "weather-fahrenheit"
    return "weather-range"


def _sun(column: Column, values: Floats, file: str) -> list[Finding]:
    total = float(values.sum() / 1e3)
    if column.name != "ghi_w_m2" or _LEAST_KWH_M2 <= total <= _MOST_KWH_M2:
        return []
    return [finding("weather-sun", file, what=column.name, total=round(total, 1))]


def clock_faults(climate: Climate, file: str) -> list[Finding]:
    """Whether the hours are local standard time, judged by the sun."""
    late = noon(climate)
    if late.is_summer_time:
        return [finding("weather-summer-time", file, late=round(late.summer_h - late.winter_h, 1))]
    if late.is_wrong:
        params = {"late": round(late.winter_h, 1), "offset": climate.utc_offset_h}
        return [finding("weather-clock", file, (), "warning", **params)]
    return []
