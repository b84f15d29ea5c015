"""Rain day by day: made from monthly figures, or read from a file.

The synthetic year meets the place's rain of every month; single days mean nothing, and every answer
that rests on it says *synthetic*. Wet days cluster (a chain of two states, Richardson: Water
Resources Research 17 (1981) 182-190), their rain is exponential.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np

from vatra.plans.blocks.climate.climate import MONTH_DAYS, Floats
from vatra.plans.sunpower.reading import SunpowerError, rows
from vatra.tables import Finding

DAYS = 365
MONTH_OF_DAY = np.repeat(np.arange(12), MONTH_DAYS)
_SEED = 20260317
# A wet day follows a wet one this much more often than a dry one.
_CLUSTER = 0.3
_MOST_MM = 500.0
_COLUMNS = ("date", "rain_mm")
# Line numbers that a finding carries.
_LINES_KEPT = 100


@dataclass(frozen=True, eq=False)
class Rainfall:
    """Rain of each day of a year without 29 February [mm], (365,)."""

    name: str
    rain_mm: Floats
    synthetic: bool
    source: str

    @property
    def monthly_mm(self) -> Floats:
        """Sum of each month [mm], (12,)."""
        return np.asarray(np.bincount(MONTH_OF_DAY, self.rain_mm, minlength=12), np.float64)


@cache
def monthly_rain() -> Mapping[str, tuple[float, ...]]:
    """Rain of each month by place [mm]."""
    found: dict[str, list[float]] = {}
    for row in rows("rainfall"):
        found.setdefault(row["place"], []).append(float(row["rain_mm"]))
    return {place: tuple(values) for place, values in found.items()}


@cache
def synthetic_rain(place: str) -> Rainfall:
    """A synthetic year of rain that meets the months of a place.

    Raises ``SunpowerError`` for a place whose rain is not known.
    """
    known = monthly_rain()
    if place not in known:
        raise SunpowerError("rain-unknown", place=place, places=sorted(known))
    sizes = [float(row["rain_on_wet_day_mm"]) for row in rows("wet_days")]
    # The old generator: its numbers are the same in every version of numpy.
    random = np.random.RandomState(_SEED)
    days = [
        _month(wanted_mm, size_mm, count, random)
        for wanted_mm, size_mm, count in zip(known[place], sizes, MONTH_DAYS, strict=True)
    ]
    source = next(row["source"] for row in rows("rainfall") if row["place"] == place)
    return Rainfall(place, np.concatenate(days), True, source)


def _month(wanted_mm: float, size_mm: float, days: int, random: np.random.RandomState) -> Floats:
    wet_share = min(wanted_mm / size_mm / days, 0.9)
    draws, sizes = random.random_sample(days), random.standard_exponential(days)
    wet = np.zeros(days, bool)
    before = wet_share > draws[-1]
    for day in range(days):
        chance = wet_share * (1 - _CLUSTER) + _CLUSTER * before
        before = wet[day] = draws[day] < chance
    if not wet.any():
        wet[int(np.argmax(sizes))] = True
    rain = np.where(wet, sizes, 0.0)
    return np.asarray(rain * (wanted_mm / rain.sum()))


def read_rain(file: Path) -> tuple[Rainfall | None, list[Finding]]:
    """Rain of a year from a CSV of ``date,rain_mm``: a row a day, 29 February left out.

    All faults at once; none is mended: a missing day is not a dry one.
    """
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None, [_fault(file, "unreadable")]
    records = list(csv.DictReader(io.StringIO(text)))
    if not records or not set(_COLUMNS) <= set(records[0]):
        return None, [_fault(file, "columns", columns=list(_COLUMNS))]
    rain, findings = _days(file, records)
    years = sorted({day.year for day in rain})
    if len(years) > 1:
        findings.append(_fault(file, "years", years=[str(each) for each in years]))
    elif years:
        findings += _gaps(file, rain, years[0])
    if findings:
        return None, findings
    values = [rain[day] for day in sorted(rain) if (day.month, day.day) != (2, 29)]
    return Rainfall(file.stem, np.array(values), False, file.name), []


def _days(file: Path, records: list[dict[str, str]]) -> tuple[dict[date, float], list[Finding]]:
    """Rain by day, none where it cannot be read, and the lines that cannot, stand out of range or
    twice."""
    rain: dict[date, float] = {}
    wrong: dict[str, list[int]] = {}
    for line, record in enumerate(records, start=2):
        name, day, amount = _record(record)
        if day in rain:
            name = "twice"
        elif day is not None:
            rain[day] = amount
        if name:
            wrong.setdefault(name, []).append(line)
    return rain, [_fault(file, name, lines, most=_MOST_MM) for name, lines in wrong.items()]


def _record(record: Mapping[str, str | None]) -> tuple[str, date | None, float]:
    """The fault of a row, if any; its day and rain."""
    try:
        day = date.fromisoformat((record["date"] or "").strip())
    except ValueError:
        return "date", None, 0.0
    try:
        value = float((record["rain_mm"] or "").strip())
    except ValueError:
        return "number", day, 0.0
    return ("" if 0 <= value <= _MOST_MM else "range"), day, value


def _gaps(file: Path, rain: Mapping[date, float], year: int) -> list[Finding]:
    every = [date(year, 1, 1) + timedelta(days=each) for each in range(366)]
    missing = [
        each.isoformat()
        for each in every
        if each.year == year and (each.month, each.day) != (2, 29) and each not in rain
    ]
    if not missing:
        return []
    return [_fault(file, "gap", count=len(missing), days=missing[:5])]


def _fault(file: Path, name: str, lines: list[int] | None = None, **params: object) -> Finding:
    shown = tuple((lines or ())[:_LINES_KEPT])
    code = f"plans.sunpower.rain-{name}"
    return Finding(code, "error", file.name, shown, params=params, line_count=len(lines or ()))
