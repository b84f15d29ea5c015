"""Which years of meters can be used, and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import Any

from vatra.plans.stock import Reading
from vatra.plans.stock.meters import MONTHS_OF_YEAR, SUMMER
from vatra.tables import Finding, Severity

FILE = "building_meters.csv"
# Months in which a meter of heating alone may be silent: networks do not heat in them.
UNHEATED = (5, 6, 7, 8, 9)
# More than this of a year's heating in summer is no heating.
SUMMER_SHARE = 0.05
# 1 Gcal is 1,163 kWh, 1 MWh is 1,000 kWh: years of one meter that fall into two groups so far
# apart mix units; within a group years and months differ threefold at most.
UNIT_RATIO = (300.0, 4000.0)
APART_RATIO = 1.6
# Months with fewer degree days say nothing of a unit.
_LEAST_KD = 100.0
_HEATED = ("heating", "heating_and_hot_water", "all")
Key = tuple[str, str, str]
Years = Mapping[int, Sequence[Reading]]


class _Found:
    """Findings of one file, and the years that stay."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []

    def add(
        self, name: str, rows: Iterable[Reading], severity: Severity = "warning", **params: Any
    ) -> None:
        held = sorted(rows, key=lambda each: each.line)
        lines = tuple(dict.fromkeys(each.line for each in held))[:100]
        told = {"building": held[0].building, **params}
        code = f"plans.bills.{name}"
        self.findings.append(Finding(code, severity, self.file, lines, "amount", told, len(held)))


def sound_years(
    readings: Iterable[Reading], file: str = FILE
) -> tuple[dict[Key, Years], list[Finding]]:
    """Years by building, carrier and what is metered; findings for every year left out."""
    found = _Found(file)
    grouped: dict[Key, dict[int, list[Reading]]] = {}
    for each in sorted(readings, key=lambda row: (row.building, row.year, row.month, row.line)):
        key = each.building, each.carrier, each.metered
        grouped.setdefault(key, {}).setdefault(each.year, []).append(each)
    kept: dict[Key, Years] = {}
    for key, held in grouped.items():
        whole = {year: rows for year, rows in held.items() if _is_whole(key[2], rows, found)}
        usable = {year: rows for year, rows in whole.items() if _is_heating(key[2], rows, found)}
        if usable and not _mixes_units(usable, found):
            _far_apart(usable, found)
            kept[key] = usable
    _without_overlap(kept, found)
    for key, years in kept.items():
        _weather(key[2], years, found)
    return {key: years for key, years in kept.items() if years}, found.findings


def _is_whole(metered: str, rows: Sequence[Reading], found: _Found) -> bool:
    """A year read as a whole, or in all of its months; and not zero."""
    months = {each.month for each in rows}
    if 0 in months and len(months) > 1:
        # Told where the table is read: months and their sum count twice.
        return False
    missing = [m for m in range(1, MONTHS_OF_YEAR + 1) if m not in months and 0 not in months]
    year = str(rows[0].year)
    if missing and not (metered == "heating" and set(missing) <= set(UNHEATED)):
        found.add("months-missing", rows, year=year, months=missing)
        return False
    if missing:
        found.add("summer-silent", rows, "note", year=year, months=missing)
    if not sum(each.energy_wh for each in rows):
        found.add("nothing-metered", rows, year=year)
        return False
    return True


def _is_heating(metered: str, rows: Sequence[Reading], found: _Found) -> bool:
    """Whether a meter of heating alone is silent in summer."""
    summer = [each for each in rows if each.month in SUMMER]
    share = sum(each.energy_wh for each in summer) / sum(each.energy_wh for each in rows)
    if metered != "heating" or share <= SUMMER_SHARE:
        return True
    year, percent = str(rows[0].year), round(100 * share)
    odd = [each for each in summer if each.energy_wh]
    found.add("heating-in-summer", odd, year=year, percent=percent)
    return False


def _mixes_units(years: Years, found: _Found) -> bool:
    """Years, or months of one year by their degree days, a thousand times apart."""
    sums = {year: _per_day(rows) for year, rows in years.items()}
    if _apart(sums.values()):
        low, high = min(sums, key=sums.__getitem__), max(sums, key=sums.__getitem__)
        ratio = round(sums[high] / sums[low])
        # The rows on the side that has fewer years.
        middle = (sums[low] * sums[high]) ** 0.5
        few = [year for year in sums if sums[year] < middle]
        odd = few if 2 * len(few) <= len(sums) else [year for year in sums if year not in few]
        rows = [each for year in odd for each in years[year]]
        found.add("unit-of-years", rows, years=[str(year) for year in sorted(odd)], ratio=ratio)
        return True
    return any(_months_mix_units(rows, found) for rows in years.values())


def _months_mix_units(rows: Sequence[Reading], found: _Found) -> bool:
    weighed = {
        each: each.energy_wh / days
        for each in rows
        if each.metered in _HEATED and (days := each.degree_days_kd or 0.0) >= _LEAST_KD
    }
    if not _apart(weighed.values()):
        return False
    usual = median(weighed.values())
    odd = [each for each, per in weighed.items() if not 1 / 30 < per / usual < 30]
    found.add("unit-of-months", odd or rows, year=str(rows[0].year))
    return True


def _apart(values: Iterable[float]) -> bool:
    held = sorted(each for each in values if each > 0)
    return any(UNIT_RATIO[0] <= high / low <= UNIT_RATIO[1] for low, high in pairwise(held))


def _per_day(rows: Sequence[Reading]) -> float:
    """A year's energy, by degree day where it is heating and they are known for all of it."""
    energy = sum(each.energy_wh for each in rows)
    if rows[0].metered not in _HEATED:
        return float(energy)
    known = [each.degree_days_kd for each in rows if each.month not in SUMMER]
    days = sum(each or 0.0 for each in known)
    # Beside years without, three thousand degree days keep the order of size.
    return energy / days if days and None not in known else energy / 3000.0


def _far_apart(years: Years, found: _Found) -> None:
    sums = {year: _per_day(rows) for year, rows in years.items()}
    low, high = min(sums, key=sums.__getitem__), max(sums, key=sums.__getitem__)
    if sums[high] > APART_RATIO * sums[low]:
        rows = [*years[low], *years[high]]
        ratio = round(sums[high] / sums[low], 1)
        found.add("years-apart", rows, low=str(low), high=str(high), ratio=ratio)


def _without_overlap(kept: dict[Key, Years], found: _Found) -> None:
    """Heat of one carrier counted by two meters in the same year; all of that year's go."""
    pairs = (
        ("heating", "heating_and_hot_water"),
        ("hot_water", "heating_and_hot_water"),
        *((one, "all") for one in ("heating", "hot_water", "heating_and_hot_water", "electricity")),
    )
    twice: dict[Key, set[int]] = {}
    for building, carrier, metered in sorted(kept):
        for one, other in pairs:
            rival = building, carrier, other
            if metered != one or rival not in kept:
                continue
            key = building, carrier, metered
            for year in sorted(set(kept[key]) & set(kept[rival])):
                rows = [*kept[key][year], *kept[rival][year]]
                words = [f"@tables.metered-{each}" for each in (one, other)]
                found.add("counted-twice", rows, year=str(year), one=words[0], other=words[1])
                twice.setdefault(key, set()).add(year)
                twice.setdefault(rival, set()).add(year)
    for key, years in twice.items():
        kept[key] = {year: rows for year, rows in kept[key].items() if year not in years}


def _weather(metered: str, years: Years, found: _Found) -> None:
    if metered not in _HEATED:
        return
    rows = [
        each
        for held in years.values()
        for each in held
        if each.degree_days_kd is None and each.month not in SUMMER
    ]
    if rows:
        found.add("weather-unknown", rows, "note")
