"""EnergyPlus weather files: one year of hours, all faults at once.

Columns by the EPW data dictionary (EnergyPlus, Auxiliary Programs, Weather Converter): 0-4 time,
6 dry bulb [degC], 13-15 global, direct normal and diffuse irradiation [Wh/m2].
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from vatra.plans.blocks.climate.climate import HOURS, MONTH_DAYS, Climate, Floats
from vatra.plans.blocks.climate.clock import to_local, usual_utc_offset_h
from vatra.plans.blocks.climate.columns import COLUMNS, Year, checked, clock_faults, finding
from vatra.plans.blocks.climate.gaps import SHORT_SUN_H
from vatra.sources.limits import BYTES_PER_MB, Limits, gate, unreadable
from vatra.tables import Finding, has_errors

_HEADER_LINES = 8
_COLUMN_COUNT = 22
MOST = Limits(max_bytes=30 * BYTES_PER_MB)
# Where a quantity stands, and which value says that it is missing.
_PLACES = {"dry_bulb_c": 6, "ghi_w_m2": 13, "dni_w_m2": 14, "dhi_w_m2": 15}
_MISSING = {"dry_bulb_c": 99.9, "ghi_w_m2": 9999.0, "dni_w_m2": 9999.0, "dhi_w_m2": 9999.0}
# What LOCATION says and how far it may go.
_PLACE = (
    ("latitude_deg", 6, -90.0, 90.0),
    ("longitude_deg", 7, -180.0, 180.0),
    ("utc_offset_h", 8, -12.0, 14.0),
    ("altitude_m", 9, -500.0, 9000.0),
)
# Every hour of a year without 29 February; hours run from 1 to 24.
_CALENDAR = [
    (month, day, hour)
    for month, days in enumerate(MONTH_DAYS, 1)
    for day in range(1, days + 1)
    for hour in range(1, 25)
]
_NUMBER_OF = {stamp: number for number, stamp in enumerate(_CALENDAR)}
# PVGIS writes its typical year in UTC, whatever zone LOCATION names, and says how far from the end
# of the hour its sun was seen.
_OF_PVGIS = "ECMWF/ERA"
_OFFSET = re.compile(r"Irradiance Time Offset \(h\):\s*(-?[0-9.]+)")
# The satellite passes Europe about ten minutes after the full hour.
USUAL_SAMPLE_H = 0.17

_Rows = list[Sequence[str]]


def read_epw(path: Path) -> tuple[Climate | None, list[Finding]]:
    """Read a weather file; the climate is None when a finding of severity error forbids it.

    A year of 8784 hours loses its 29 February, with a warning; gaps of a few hours are bridged,
    with a warning. Longer gaps, repeated hours, several steps an hour, a clock that is put
    forward in summer and values in other units are errors that name their lines.
    """
    fault = gate(path, MOST)
    if fault is not None:
        return None, [fault]
    try:
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError as error:
        return None, [unreadable(path, error)]
    return parse_epw(text, path.name)


def parse_epw(text: str, file: str) -> tuple[Climate | None, list[Finding]]:
    """Read the text of a weather file; see ``read_epw``."""
    # No field of an EPW is quoted; a stray sign must not swallow the rest of the file.
    rows: _Rows = [line.split(",") if line.strip() else [] for line in text.splitlines()]
    if len(rows) <= _HEADER_LINES or not rows[0] or not _is_location(rows[0]):
        return None, [finding("epw-no-location", file, (1,))]
    again = [line for line, row in enumerate(rows[1:], 2) if row and _is_location(row)]
    if again:
        return None, [finding("epw-two-headers", file, again)]
    place, findings = _place(rows[0], file)
    found = _steps(rows, file)
    if found:
        return None, findings + found
    hours = _hours(rows, file)
    findings += hours.findings
    values: dict[str, Any] = {}
    for column in COLUMNS:
        read = _values(column.name, hours)
        values[column.name], faults = checked(Year(column, read, hours.lines), file)
        findings += faults
    if has_errors(findings):
        return None, findings
    climate = Climate(
        name=", ".join(each.strip() for each in rows[0][1:4:2] if each.strip()),
        **place,
        **values,
        year=int(float(next(row for row in hours.rows if row)[0])),
        source=f"{file}: {', '.join(each.strip() for each in rows[0][4:6])}",
    )
    if _OF_PVGIS in ",".join(rows[0]):
        climate, note = _from_utc(climate, rows, file)
        findings.append(note)
    findings += clock_faults(climate, file)
    return (None if has_errors(findings) else climate), findings


def _is_location(row: Sequence[str]) -> bool:
    return row[0].strip().upper() == "LOCATION"


def _place(row: Sequence[str], file: str) -> tuple[dict[str, Any], list[Finding]]:
    place: dict[str, Any] = {}
    findings = []
    for name, column, low, high in _PLACE:
        value = number(row[column]) if column < len(row) else None
        if value is None or not low <= value <= high:
            said = row[column] if column < len(row) else ""
            findings.append(
                finding("epw-place", file, (1,), what=name, value=said, low=low, high=high)
            )
        else:
            place[name] = value
    return place, findings


def number(text: str) -> float | None:
    """A finite number, or None."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if np.isfinite(value) else None


def _steps(rows: _Rows, file: str) -> list[Finding]:
    """What forbids to look at single hours: several a step, or lines that are too short."""
    periods = next((row for row in rows[:_HEADER_LINES] if row and "DATA PERIODS" in row[0]), [])
    if len(periods) > 2 and periods[2].strip() not in ("", "1"):
        return [finding("epw-steps", file, (_HEADER_LINES,), count=periods[2].strip())]
    short = [
        line
        for line, row in enumerate(rows[_HEADER_LINES:], _HEADER_LINES + 1)
        if row and (len(row) < _COLUMN_COUNT or any(number(each) is None for each in row[:5]))
    ]
    if short:
        return [finding("epw-columns", file, short, count=_COLUMN_COUNT)]
    minutes = Counter((_stamp(row), float(row[4])) for row in rows[_HEADER_LINES:] if row)
    steps = Counter(stamp for stamp, _ in minutes)
    most = max(steps.values(), default=1)
    if most > 1 and sum(count == most for count in steps.values()) > len(steps) / 2:
        return [finding("epw-steps", file, (_HEADER_LINES,), count=str(most))]
    return []


def _stamp(row: Sequence[str]) -> tuple[int, int, int]:
    month, day, hour = (int(float(each)) for each in row[1:4])
    return month, day, hour


@dataclass(frozen=True, eq=False)
class _Hours:
    """The row and line of every hour of the year, an empty row and 0 where it is missing."""

    rows: _Rows
    lines: list[int]
    findings: list[Finding]


def _hours(rows: _Rows, file: str) -> _Hours:
    """Every hour of the year once and in order."""
    found: _Rows = [()] * HOURS
    lines = [0] * HOURS
    leap, again, order = [], [], []
    for line, row in enumerate(rows[_HEADER_LINES:], _HEADER_LINES + 1):
        if not row:
            continue
        stamp = _stamp(row)
        place = _NUMBER_OF.get(stamp)
        if stamp[:2] == (2, 29):
            leap.append(line)
        elif place is None or lines[place]:
            again.append(line)
        else:
            found[place], lines[place] = row, line
            order.append(place)
    findings = []
    if leap:
        findings.append(finding("epw-leap-day", file, leap, "warning"))
    missing = [place for place, line in enumerate(lines) if not line]
    if _is_summer_time(missing, again, rows):
        findings.append(finding("epw-clock-changed", file, again))
    else:
        findings += gaps(missing, file)
        findings += [finding("epw-twice", file, again)] if again else []
    if order != sorted(order):
        findings.append(finding("epw-order", file))
    return _Hours(found, lines, findings)


def _is_summer_time(missing: Sequence[int], again: Sequence[int], rows: _Rows) -> bool:
    """An hour that March lacks and October has twice."""
    if len(missing) != 1 or len(again) != 1:
        return False
    return (_CALENDAR[missing[0]][0], _stamp(rows[again[0] - 1])[0]) == (3, 10)


def gaps(missing: Sequence[int], file: str) -> list[Finding]:
    """Hours that are missing altogether: a few in a row are bridged, more refused."""
    if not missing:
        return []
    hours = [_words(_CALENDAR[each]) for each in missing[:5]]
    absent = np.isin(np.arange(HOURS), missing)
    longest = max(len(run) for run in "".join("x" if each else " " for each in absent).split())
    params: dict[str, Any] = {"count": len(missing), "hours": hours, "most": SHORT_SUN_H}
    if longest <= SHORT_SUN_H:
        return [finding("epw-gap-bridged", file, (), "warning", **params)]
    return [finding("epw-gap", file, (), **params)]


def _words(stamp: tuple[int, int, int]) -> str:
    month, day, hour = stamp
    return f"{month:02d}-{day:02d} {hour:02d}:00"


def _values(name: str, hours: _Hours) -> Floats:
    read = [number(row[_PLACES[name]]) if row else None for row in hours.rows]
    values = np.array([np.nan if each is None else each for each in read])
    values[np.abs(values - _MISSING[name]) < 1e-6] = np.nan
    return values


def _from_utc(climate: Climate, rows: _Rows, file: str) -> tuple[Climate, Finding]:
    """A typical year of PVGIS, whose hours are UTC, in local standard time."""
    offset_h = usual_utc_offset_h(climate.latitude_deg, climate.longitude_deg)
    said = _OFFSET.search(" ".join(",".join(row) for row in rows[:_HEADER_LINES]))
    sample_h = 1 + float(said.group(1)) if said else USUAL_SAMPLE_H
    name = f"{climate.latitude_deg:.2f}, {climate.longitude_deg:.2f}, TMY"
    moved = in_local_time(replace(climate, name=name), offset_h, sample_h)
    return moved, finding("pvgis-utc", file, (), "note", offset=offset_h)


def in_local_time(climate: Climate, utc_offset_h: float, sample_h: float) -> Climate:
    """Samples in UTC as hours of local standard time: the sun's were taken ``sample_h`` after the
    full hour, the air's at it."""
    return replace(
        climate,
        utc_offset_h=utc_offset_h,
        dry_bulb_c=to_local(climate.dry_bulb_c, utc_offset_h, 0.0),
        ghi_w_m2=to_local(climate.ghi_w_m2, utc_offset_h, sample_h),
        dni_w_m2=to_local(climate.dni_w_m2, utc_offset_h, sample_h),
        dhi_w_m2=to_local(climate.dhi_w_m2, utc_offset_h, sample_h),
    )
