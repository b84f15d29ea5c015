"""Bills and meters -> heat of a standard year: hot water apart, heating by degree days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from vatra.plans.stock.building import Building
from vatra.plans.stock.faults import Faults
from vatra.tables import Finding

# Months in which Romanian networks do not heat: what is metered then is hot water.
SUMMER = (6, 7, 8)
MONTHS_OF_YEAR = 12
# Beyond these a meter is likely in another unit (1 Gcal is 1,163 kWh) [kWh/m2 a year].
UNLIKELY_KWH_M2 = (2.0, 900.0)
_WH_PER_KWH = 1000.0
HEATED_BY = ("heating", "heating_and_hot_water", "all")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Reading:
    """Energy metered in a month, or in a year where ``month`` is 0 [Wh]; degree days 20/12 of the
    same period, None where they are not known."""

    building: str
    year: int
    month: int
    carrier: str
    metered: str
    energy_wh: int
    degree_days_kd: float | None = None
    line: int = 0


@dataclass(frozen=True)
class StandardYear:
    """Heating of a year, what of the meter is not heating, and heating of a standard year [Wh].

    ``heating_standard_wh`` is None where the degree days of the year are not known.
    """

    building: str
    year: int
    metered_wh: int
    base_wh: int
    degree_days_kd: float | None
    heating_standard_wh: int | None

    @property
    def heating_wh(self) -> int:
        """What heating took in the year itself."""
        return self.metered_wh - self.base_wh


def degree_days_kd(
    daily_mean_c: Iterable[float], inside_c: float = 20.0, limit_c: float = 12.0
) -> float:
    """Sum of ``inside - mean`` over days whose mean is at most ``limit`` (SR 4839, base 20/12)."""
    return sum(inside_c - each for each in daily_mean_c if each <= limit_c)


def standard_wh(heating_wh: float, metered_kd: float, standard_kd: float) -> float:
    """Heating in proportion to degree days: ``Q / HDD * HDD_standard``.

    ``ValueError`` for a period without degree days: nothing can be told of a standard year then.
    """
    if metered_kd <= 0:
        raise ValueError("no degree days in the metered period")
    return heating_wh / metered_kd * standard_kd


def base_wh(by_month_wh: Sequence[float | None]) -> float | None:
    """What does not follow the weather in a year: twelve times the mean of the summer months.

    ``by_month_wh`` from January; None where no summer month is metered. Never more than was
    metered in the whole year.
    """
    summer = [each for month in SUMMER if (each := by_month_wh[month - 1]) is not None]
    if not summer:
        return None
    whole = sum(each for each in by_month_wh if each is not None)
    return min(sum(summer) / len(summer) * MONTHS_OF_YEAR, whole)


def read_meters(
    rows: pl.DataFrame, buildings: Iterable[Building], codes: Iterable[str], file: str
) -> tuple[list[Reading], list[Finding]]:
    """Readings sorted by building, year and month, and everything that is wrong with them.

    ``codes`` are all buildings that have a row, those with faults included.
    """
    faults, known = Faults(file), set(codes)
    area_m2 = {each.code: each.heated_m2 for each in buildings}
    readings = []
    for row in rows.sort("line").iter_rows(named=True):
        if row["building"] not in known:
            faults.add("meter-building", row, "building")
            continue
        readings.append(_reading(row))
    for group in _by_year(readings).values():
        _year_faults(group, area_m2.get(group[0].building), faults)
    readings.sort(key=lambda each: (each.building, each.year, each.month, each.metered))
    return readings, faults.found


def _reading(row: Row) -> Reading:
    return Reading(
        row["building"],
        row["year"],
        int(row["month"] or 0),
        row["carrier"],
        row["metered"],
        row["energy_wh"],
        row["degree_days_kd"],
        row["line"],
    )


def _by_year(readings: Iterable[Reading]) -> dict[tuple[str, int, str, str], list[Reading]]:
    found: dict[tuple[str, int, str, str], list[Reading]] = {}
    for each in readings:
        key = (each.building, each.year, each.carrier, each.metered)
        found.setdefault(key, []).append(each)
    return found


def _year_faults(group: Sequence[Reading], area_m2: float | None, faults: Faults) -> None:
    first = group[0]
    row = {"building": first.building, "line": first.line}
    year = str(first.year)
    months = {each.month for each in group}
    if 0 in months and len(months) > 1:
        faults.add("meter-year-and-months", row, "month", year=year)
        return
    whole = 0 in months or len(months) == MONTHS_OF_YEAR
    if area_m2 is None or not whole or first.metered not in HEATED_BY:
        return
    kwh_m2 = sum(each.energy_wh for each in group) / _WH_PER_KWH / area_m2
    if not UNLIKELY_KWH_M2[0] <= kwh_m2 <= UNLIKELY_KWH_M2[1]:
        faults.add("meter-unlikely", row, "amount", "warning", value=round(kwh_m2, 1), year=year)


def standard_years(readings: Iterable[Reading], standard_kd: float) -> list[StandardYear]:
    """Every whole metered year of every building as a standard year.

    Parameters
    ----------
    readings : of carriers that heat; all meters of a building and year are added up
    standard_kd : degree days 20/12 of the standard year

    A year counts that is metered as a whole or in all twelve months. Hot water within a meter of
    heat is the summer's load where months are known; of a whole year's figure nothing is taken off.
    """
    years: dict[tuple[str, int], list[Reading]] = {}
    for each in readings:
        if each.metered in HEATED_BY:
            years.setdefault((each.building, each.year), []).append(each)
    found = [_standard_year(group, standard_kd) for _, group in sorted(years.items())]
    return [each for each in found if each is not None]


def _standard_year(group: Sequence[Reading], standard_kd: float) -> StandardYear | None:
    months = {each.month for each in group}
    if months != {0} and len(months - {0}) != MONTHS_OF_YEAR:
        return None
    metered = sum(each.energy_wh for each in group)
    base = round(_base_wh(group, months))
    days = _year_kd(group, months)
    standard = None if not days else round(standard_wh(metered - base, days, standard_kd))
    return StandardYear(group[0].building, group[0].year, metered, base, days, standard)


def _base_wh(heated: Sequence[Reading], months: set[int]) -> float:
    """Hot water within meters of heat; meters of heating alone hold none."""
    mixed = [each for each in heated if each.metered != "heating"]
    if not mixed or months == {0}:
        return 0.0
    sums: list[float | None] = [None] * MONTHS_OF_YEAR
    for each in mixed:
        sums[each.month - 1] = (sums[each.month - 1] or 0.0) + each.energy_wh
    return base_wh(sums) or 0.0


def _year_kd(heated: Sequence[Reading], months: set[int]) -> float | None:
    """Degree days of the year; None where a heated month does not state them."""
    by_month: dict[int, float | None] = {}
    for each in heated:
        by_month[each.month] = (
            each.degree_days_kd if each.degree_days_kd is not None else by_month.get(each.month)
        )
    stated = [each for each in by_month.values() if each is not None]
    unknown = [month for month in months if by_month[month] is None and month not in SUMMER]
    return None if unknown or not stated else sum(stated)
