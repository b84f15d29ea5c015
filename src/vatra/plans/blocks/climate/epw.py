"""EnergyPlus weather files: one year of hours, all faults at once.

Columns by the EPW data dictionary (EnergyPlus, Auxiliary Programs, Weather Converter): 0-4 time,
6 dry bulb [degC], 13-15 global, direct normal and diffuse irradiation [Wh/m2].
"""

from __future__ import annotations

import calendar
import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from vatra.plans.blocks.climate.climate import HOURS, MONTH_DAYS, Climate, Floats
from vatra.sources.limits import BYTES_PER_MB, Limits, gate, unreadable
from vatra.tables import Finding
from vatra.tables.findings import Severity

_HEADER_LINES = 8
_COLUMN_COUNT = 22
_MOST = Limits(max_bytes=30 * BYTES_PER_MB)
_SHOWN = 100


@dataclass(frozen=True)
class _Column:
    """Where a quantity stands, what it may be, and which value says that it is missing."""

    name: str
    place: int
    low: float
    high: float
    missing: float


_COLUMNS = (
    _Column("dry_bulb_c", 6, -70.0, 60.0, 99.9),
    _Column("ghi_w_m2", 13, 0.0, 1500.0, 9999.0),
    _Column("dni_w_m2", 14, 0.0, 1500.0, 9999.0),
    _Column("dhi_w_m2", 15, 0.0, 1500.0, 9999.0),
)
# What LOCATION says and how far it may go.
_PLACE = (
    ("latitude_deg", 6, -90.0, 90.0),
    ("longitude_deg", 7, -180.0, 180.0),
    ("utc_offset_h", 8, -12.0, 14.0),
    ("altitude_m", 9, -500.0, 9000.0),
)


def read_epw(path: Path) -> tuple[Climate | None, list[Finding]]:
    """Read a weather file; the climate is None when a finding of severity error forbids it.

    A year of 8784 hours loses its 29 February, with a warning. Gaps, repeated hours, missing
    values and values in other units are errors that name their lines.
    """
    finding = gate(path, _MOST)
    if finding is not None:
        return None, [finding]
    try:
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError as error:
        return None, [unreadable(path, error)]
    return parse_epw(text, path.name)


def parse_epw(text: str, file: str) -> tuple[Climate | None, list[Finding]]:
    """Read the text of a weather file; see ``read_epw``."""
    rows = list(csv.reader(text.splitlines()))
    if len(rows) <= _HEADER_LINES or not rows[0] or rows[0][0].strip().upper() != "LOCATION":
        return None, [_finding("epw-no-location", file, (1,))]
    place, findings = _place(rows[0], file)
    found = _steps(rows, file)
    if found:
        return None, findings + found
    lines, hours, warnings = _without_leap_day(rows, file)
    findings += _order(lines, hours, file)
    values: dict[str, Floats] = {}
    for column in _COLUMNS:
        values[column.name], faults = _values(column, lines, hours, file)
        findings += faults
    if findings:
        return None, findings + warnings
    climate = Climate(
        name=", ".join(each.strip() for each in rows[0][1:4:2] if each.strip()),
        latitude_deg=place["latitude_deg"],
        longitude_deg=place["longitude_deg"],
        utc_offset_h=place["utc_offset_h"],
        altitude_m=place["altitude_m"],
        dry_bulb_c=values["dry_bulb_c"],
        dni_w_m2=values["dni_w_m2"],
        dhi_w_m2=values["dhi_w_m2"],
        ghi_w_m2=values["ghi_w_m2"],
        year=int(hours[0][0]),
        source=f"{file}: {', '.join(each.strip() for each in rows[0][4:6])}",
    )
    return climate, warnings


def _finding(
    code: str, file: str, lines: Sequence[int] = (), severity: Severity = "error", **params: Any
) -> Finding:
    return Finding(
        f"plans.blocks.climate.{code}",
        severity,
        file,
        tuple(lines[:_SHOWN]),
        params={"file": file, **params},
        line_count=len(lines),
    )


def _place(row: Sequence[str], file: str) -> tuple[dict[str, float], list[Finding]]:
    place, findings = {}, []
    for name, column, low, high in _PLACE:
        value = _number(row[column]) if column < len(row) else None
        if value is None or not low <= value <= high:
            said = row[column] if column < len(row) else ""
            findings.append(
                _finding("epw-place", file, (1,), what=name, value=said, low=low, high=high)
            )
        else:
            place[name] = value
    return place, findings


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if np.isfinite(value) else None


def _steps(rows: Sequence[Sequence[str]], file: str) -> list[Finding]:
    """What forbids to look at single hours: several a step, or lines that are too short."""
    periods = next((row for row in rows[:_HEADER_LINES] if row and "DATA PERIODS" in row[0]), [])
    if len(periods) > 2 and periods[2].strip() not in ("", "1"):
        return [_finding("epw-steps", file, (_HEADER_LINES,), count=periods[2].strip())]
    short = [
        line
        for line, row in enumerate(rows[_HEADER_LINES:], _HEADER_LINES + 1)
        if row and (len(row) < _COLUMN_COUNT or any(_number(each) is None for each in row[:4]))
    ]
    return [_finding("epw-columns", file, short, count=_COLUMN_COUNT)] if short else []


_Hours = list[Sequence[str]]


def _without_leap_day(
    rows: Sequence[Sequence[str]], file: str
) -> tuple[list[int], _Hours, list[Finding]]:
    kept: list[tuple[int, Sequence[str]]] = []
    leap: list[tuple[int, Sequence[str]]] = []
    for line, row in enumerate(rows[_HEADER_LINES:], _HEADER_LINES + 1):
        if row:
            (leap if _stamp(row)[:2] == (2, 29) else kept).append((line, row))
    warnings = []
    if leap:
        warnings.append(_finding("epw-leap-day", file, [line for line, _ in leap], "warning"))
    return [line for line, _ in kept], [row for _, row in kept], warnings


def _stamp(row: Sequence[str]) -> tuple[int, int, int]:
    month, day, hour = (int(float(each)) for each in row[1:4])
    return month, day, hour


def _order(lines: Sequence[int], rows: _Hours, file: str) -> list[Finding]:
    """Every hour of the year once and in order; hours run from 1 to 24."""
    wanted = [
        (month, day, hour)
        for month, days in enumerate(MONTH_DAYS, 1)
        for day in range(1, days + 1)
        for hour in range(1, 25)
    ]
    stamps = [_stamp(row) for row in rows]
    found = []
    missing = sorted(set(wanted) - set(stamps))
    if missing:
        found.append(
            _finding("epw-gap", file, count=len(missing), hours=[_words(e) for e in missing[:5]])
        )
    known = set(wanted)
    seen: set[tuple[int, int, int]] = set()
    again = []
    for line, stamp in zip(lines, stamps, strict=True):
        if stamp in seen or stamp not in known:
            again.append(line)
        seen.add(stamp)
    if again:
        found.append(_finding("epw-twice", file, again))
    if not found and stamps != wanted:
        found.append(_finding("epw-order", file))
    return found


def _words(stamp: tuple[int, int, int]) -> str:
    month, day, hour = stamp
    return f"{day} {calendar.month_abbr[month]} {hour}:00"


def _values(
    column: _Column, lines: Sequence[int], rows: _Hours, file: str
) -> tuple[Floats, list[Finding]]:
    read = [_number(row[column.place]) for row in rows]
    absent = [
        line
        for line, value in zip(lines, read, strict=True)
        if value is None or abs(value - column.missing) < 1e-6
    ]
    if absent:
        return np.zeros(0), [_finding("epw-missing", file, absent, what=column.name)]
    values = np.array(read, float)
    wrong = [
        line
        for line, value in zip(lines, values, strict=True)
        if not column.low <= value <= column.high
    ]
    if wrong:
        code = "epw-fahrenheit" if _is_fahrenheit(column, values) else "epw-range"
        return values, [
            _finding(code, file, wrong, what=column.name, low=column.low, high=column.high)
        ]
    if column.name == "ghi_w_m2" and len(values) == HOURS and not 300 <= values.sum() / 1e3 <= 3000:
        total = float(values.sum() / 1e3)
        return values, [_finding("epw-sun", file, what=column.name, total=round(total, 1))]
    return values, []


def _is_fahrenheit(column: _Column, values: Floats) -> bool:
    return column.name == "dry_bulb_c" and values.max() > column.high and values.mean() > 35
