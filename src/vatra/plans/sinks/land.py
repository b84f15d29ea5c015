"""Whether there is land for the sinks, and whether a place is used twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from vatra.plans.sinks.sink import Sink
from vatra.tables import Finding

# Areas are printed to the hectare or finer.
_ROUNDING_HA = 1e-3
_ON_LAND = ("forest", "wetland", "soil")
_PAIRS = (("management_from", "management_to"), ("residues_from", "residues_to"))


@dataclass(frozen=True)
class Land:
    """Land of the city by class, as ``land_use.csv`` states it.

    ``area_ha`` by class and year; ``converted`` the lines of rows that turn land into another
    class, by the class before and the year.
    """

    area_ha: Mapping[str, Mapping[int, float]]
    converted: Mapping[tuple[str, int], tuple[int, ...]]

    def area_at(self, use: str, year: int) -> tuple[int, float] | None:
        """Latest year not after ``year`` with a figure of a class (or the first), and the figure.

        None where the table says nothing of the class: missing is not zero.
        """
        by_year = self.area_ha.get(use, {})
        before = [each for each in by_year if each <= year]
        if not by_year:
            return None
        chosen = max(before) if before else min(by_year)
        return chosen, by_year[chosen]


def read_land(rows: pl.DataFrame) -> Land:
    """Land that stays what it is, managed as it was, by class; and what is turned into another."""
    area: dict[str, dict[int, float]] = {}
    converted: dict[tuple[str, int], list[int]] = {}
    for row in rows.sort("line").iter_rows(named=True):
        if row["from_use"] != row["to_use"]:
            converted.setdefault((row["from_use"], row["year"]), []).append(row["line"])
        elif all(row[before] == row[after] for before, after in _PAIRS):
            by_year = area.setdefault(row["to_use"], {})
            by_year[row["year"]] = by_year.get(row["year"], 0.0) + row["area_ha"]
    return Land(area, {key: tuple(lines) for key, lines in converted.items()})


def land_findings(sinks: Sequence[Sink], land: Land, file: str) -> list[Finding]:
    """Everything that is wrong with the land of the sinks, at once."""
    growing = [each for each in sinks if not each.is_credit]
    return [
        *_of_no_land(growing, file),
        *_too_little(growing, land, file),
        *_parcels_twice(growing, file),
        *_in_inventory(growing, land, file),
    ]


def _of_no_land(sinks: Sequence[Sink], file: str) -> Iterable[Finding]:
    """Sinks that need land of their own, and do not say which: nothing can be held against it."""
    mine = [each for each in sinks if each.kind in _ON_LAND and each.area_ha and not each.from_use]
    if mine:
        lines = tuple(each.line for each in mine)
        wanted = sum(each.area_ha for each in mine)
        yield Finding("plans.sinks.land-unstated", "note", file, lines, "from_use",
                      {"wanted": wanted})  # fmt: skip


def _too_little(sinks: Sequence[Sink], land: Land, file: str) -> Iterable[Finding]:
    """Classes of which more is taken than there is; those of which nothing is stated."""
    for use in sorted({each.from_use for each in sinks if each.from_use}):
        mine = sorted((each for each in sinks if each.from_use == use), key=lambda each: each.year)
        lines = tuple(each.line for each in mine)
        name = f"@tables.land-{use}"
        known = land.area_at(use, mine[0].year)
        if known is None:
            yield Finding("plans.sinks.land-unknown", "warning", file, lines, "from_use",
                          {"land": name})  # fmt: skip
            continue
        wanted = sum(each.area_ha for each in mine)
        if wanted > known[1] + _ROUNDING_HA:
            params = {"land": name, "wanted": wanted, "there": known[1], "year": str(known[0])}
            yield Finding("plans.sinks.land-too-little", "error", file, lines, "area", params)


def _parcels_twice(sinks: Sequence[Sink], file: str) -> Iterable[Finding]:
    """Places that two plantings use at the same time."""
    by_parcel: dict[str, list[Sink]] = {}
    for each in sinks:
        if each.parcel:
            by_parcel.setdefault(" ".join(each.parcel.split()).casefold(), []).append(each)
    for parcel in sorted(by_parcel):
        mine = sorted(by_parcel[parcel], key=lambda each: (each.year, each.line))
        overlapping = [
            (first, second)
            for place, first in enumerate(mine)
            for second in mine[place + 1 :]
            if first.is_kept(second.year)
        ]
        if overlapping:
            lines = tuple(sorted({each.line for pair in overlapping for each in pair}))
            params = {"parcel": mine[0].parcel}
            yield Finding("plans.sinks.parcel-twice", "error", file, lines, "parcel", params)


def _in_inventory(sinks: Sequence[Sink], land: Land, file: str) -> Iterable[Finding]:
    """Plantings that the rows of land use may count already."""
    for each in sinks:
        lines = land.converted.get((each.from_use, each.year), ())
        if lines:
            params = {
                "code": each.code,
                "land": f"@tables.land-{each.from_use}",
                "year": str(each.year),
                "rows": [str(line) for line in lines],
            }
            code = "plans.sinks.in-land-use"
            yield Finding(code, "warning", file, (each.line,), "from_use", params)
