"""Files of PVGIS as a person downloads them: typical years and hourly series, CSV and JSON.

PVGIS 5.2 and 5.3 (European Commission, Joint Research Centre), user manual, "Typical meteorological
year" and "Hourly radiation": times are UTC; ``T2m`` [degC]; of a typical year ``G(h)``, ``Gb(n)``,
``Gd(h)`` [W/m2]; of a series on the plane that was asked for ``Gb(i)``, ``Gd(i)``, ``Gr(i)`` and
the sun's height ``H_sun`` [deg].
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from vatra.plans.blocks.climate.climate import HOURS, MONTH_DAYS, Climate, Floats
from vatra.plans.blocks.climate.clock import usual_utc_offset_h
from vatra.plans.blocks.climate.columns import COLUMNS, Year, checked, clock_faults, finding
from vatra.plans.blocks.climate.epw import USUAL_SAMPLE_H, gaps, in_local_time, number
from vatra.plans.blocks.climate.pvgis_file import PvgisFile, read_file
from vatra.sources.limits import BYTES_PER_MB, Limits, gate, unreadable
from vatra.tables import Finding, has_errors

MOST = Limits(max_bytes=60 * BYTES_PER_MB)
Ints = npt.NDArray[np.int64]
_STAMP = re.compile(r"(\d{4})(\d{2})(\d{2}):(\d{2})(\d{2})$")
_TYPICAL = ("T2m", "G(h)", "Gb(n)", "Gd(h)")
_SERIES = ("T2m", "Gb(i)", "Gd(i)", "H_sun")
# Below this height the beam on the level says nothing of the beam itself; it counts as diffuse.
_LEAST_HEIGHT_DEG = 3.0
_MOST_BEAM_W_M2 = 1200.0
_FIRST_HOURS = np.concatenate([[0], np.cumsum(MONTH_DAYS)[:-1]]) * 24


def read_pvgis(
    path: Path, year: int | None = None, utc_offset_h: float | None = None
) -> tuple[Climate | None, list[Finding]]:
    """Read a file of PVGIS; the climate is None when a finding of severity error forbids it.

    ``year`` chooses one of a series of several; a typical year has none to choose. Without
    ``utc_offset_h`` the hours are brought to the standard time of the place, which is said.
    """
    fault = gate(path, MOST)
    if fault is not None:
        return None, [fault]
    try:
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError as error:
        return None, [unreadable(path, error)]
    return parse_pvgis(text, path.name, year, utc_offset_h)


def parse_pvgis(
    text: str, file: str, year: int | None = None, utc_offset_h: float | None = None
) -> tuple[Climate | None, list[Finding]]:
    """Read the text of a file of PVGIS; see ``read_pvgis``."""
    read = read_file(text)
    if read is None:
        return None, [finding("pvgis-unknown", file, (1,))]
    findings = _place_faults(read, file) + _column_faults(read, file)
    if has_errors(findings):
        return None, findings
    hours, found = _hours(read, year, file)
    findings += found
    if hours is None:
        return None, findings
    values = _quantities(read, hours)
    for column in COLUMNS:
        values[column.name], faults = checked(Year(column, values[column.name], hours.lines), file)
        findings += faults
    if has_errors(findings):
        return None, findings
    return _climate(read, hours, values, utc_offset_h, findings, file)


def _climate(
    read: PvgisFile,
    hours: _Hours,
    values: dict[str, Any],
    utc_offset_h: float | None,
    findings: list[Finding],
    file: str,
) -> tuple[Climate | None, list[Finding]]:
    latitude, longitude = (float(read.place[each] or 0) for each in ("latitude", "longitude"))
    offset_h = usual_utc_offset_h(latitude, longitude) if utc_offset_h is None else utc_offset_h
    sample_h = hours.sample_h if read.sample_h is None else read.sample_h
    if sample_h is None:
        sample_h = USUAL_SAMPLE_H
        findings.append(finding("pvgis-minute", file, (), "note", minutes=round(60 * sample_h)))
    source = " ".join(each for each in ("PVGIS", read.database, hours.words) if each)
    climate = in_local_time(
        Climate(
            f"{latitude:.2f}, {longitude:.2f}, {hours.words}",
            latitude,
            longitude,
            0.0,
            float(read.place["elevation"] or 0),
            **values,
            year=hours.year,
            source=f"{file}: {source}",
        ),
        offset_h,
        sample_h,
    )
    findings.append(finding("pvgis-utc", file, (), "note", offset=offset_h))
    findings += clock_faults(climate, file)
    return (None if has_errors(findings) else climate), findings


def _place_faults(read: PvgisFile, file: str) -> list[Finding]:
    limits = {"latitude": 90.0, "longitude": 180.0, "elevation": 9000.0}
    return [
        finding("pvgis-place", file, (1,), what=name)
        for name, most in limits.items()
        if (value := read.place[name]) is None or abs(value) > most
    ]


def _column_faults(read: PvgisFile, file: str) -> list[Finding]:
    """A series must lie on the level and tell beam and diffuse apart."""
    wanted = _TYPICAL if read.is_typical else _SERIES
    missing = [each for each in wanted if each not in read.columns]
    if "G(i)" in read.columns and "Gb(i)" not in read.columns:
        return [finding("pvgis-no-parts", file)]
    if missing:
        return [finding("pvgis-columns", file, columns=missing)]
    if not read.is_typical and read.slope_deg:
        return [finding("pvgis-tilted", file, slope=read.slope_deg)]
    return []


@dataclass(frozen=True, eq=False)
class _Hours:
    """Rows of the chosen year by hour (-1 where there is none) and the lines they stand in."""

    rows: Ints
    lines: Sequence[int]
    year: int
    words: str
    sample_h: float | None


def _hours(read: PvgisFile, year: int | None, file: str) -> tuple[_Hours | None, list[Finding]]:
    name = next(each for each in read.columns if each.startswith("time"))
    stamps = [_STAMP.match(each.strip()) for each in read.texts(name)]
    wrong = [line for line, each in zip(read.lines, stamps, strict=True) if each is None]
    if wrong or not stamps:
        return None, [finding("pvgis-time", file, wrong)]
    times = np.array([[int(part) for part in each.groups()] for each in stamps if each])
    years = sorted({int(each) for each in times[:, 0]})
    chosen, fault = _chosen(read, years, year, file)
    if fault:
        return None, [fault]
    kept = np.ones(len(times), bool) if read.is_typical else times[:, 0] == chosen
    leap = kept & (times[:, 1] == 2) & (times[:, 2] == 29)
    places = _FIRST_HOURS[np.clip(times[:, 1], 1, 12) - 1] + 24 * (times[:, 2] - 1) + times[:, 3]
    rows = np.full(HOURS, -1)
    findings, twice = [], []
    for row in np.flatnonzero(kept & ~leap).tolist():
        place = int(places[row])
        if not 0 <= place < HOURS or rows[place] >= 0:
            twice.append(read.lines[row])
        else:
            rows[place] = row
    if twice:
        findings.append(finding("epw-twice", file, twice))
    if leap.any():
        lines = [read.lines[each] for each in np.flatnonzero(leap).tolist()]
        findings.append(finding("epw-leap-day", file, lines, "warning"))
    findings += gaps([int(each) for each in np.flatnonzero(rows < 0)], file)
    lines = [read.lines[each] if each >= 0 else 0 for each in rows.tolist()]
    minute = None if read.is_typical else float(np.median(times[kept, 4])) / 60
    words = f"{years[0]}–{years[-1]}, TMY" if read.is_typical else str(chosen)
    return _Hours(rows, lines, chosen, words, minute), findings


def _chosen(
    read: PvgisFile, years: Sequence[int], year: int | None, file: str
) -> tuple[int, Finding | None]:
    """The year to take; of a typical one that of its January, by which the sun is found."""
    if read.is_typical:
        fault = finding("pvgis-typical", file, year=year) if year is not None else None
        return int(read.texts(read.columns[0])[0][:4]), fault
    if year is None and len(years) > 1:
        return 0, finding("pvgis-years", file, first=years[0], last=years[-1])
    if year is not None and year not in years:
        return 0, finding("pvgis-no-year", file, year=year, first=years[0], last=years[-1])
    return (years[0] if year is None else year), None


def _quantities(read: PvgisFile, hours: _Hours) -> dict[str, Floats]:
    def of(name: str) -> Floats:
        texts = read.texts(name)
        found = [number(texts[row]) if row >= 0 else None for row in hours.rows]
        return np.array([np.nan if each is None else each for each in found])

    air = of("T2m")
    if read.is_typical:
        # PVGIS writes a beam of zero with a minus; the sum does not.
        ghi, dni, dhi = (of(name) + 0.0 for name in _TYPICAL[1:])
        return {"dry_bulb_c": air, "ghi_w_m2": ghi, "dni_w_m2": dni, "dhi_w_m2": dhi}
    level, dhi, height = (of(name) for name in ("Gb(i)", "Gd(i)", "H_sun"))
    ghi = level + dhi
    low = height < _LEAST_HEIGHT_DEG
    sine = np.sin(np.radians(np.where(low, 90.0, height)))
    dni = np.where(low, 0.0, np.minimum(level / sine, _MOST_BEAM_W_M2))
    return {
        "dry_bulb_c": air,
        "ghi_w_m2": ghi,
        "dni_w_m2": dni,
        "dhi_w_m2": np.where(low, ghi, dhi),
    }
