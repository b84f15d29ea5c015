"""The building stock of a city's folder: tables, footprints and counts -> buildings and zones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

import polars as pl

from vatra.factors import fuel_size
from vatra.plans.blocks.climate.climate import Climate
from vatra.plans.blocks.zone.zone import Zone
from vatra.plans.stock import (
    Building,
    Count,
    OwnElement,
    Reading,
    archetypes,
    generate,
    read_buildings,
    read_counts,
    read_elements,
    read_meters,
    system_faults,
    zone_of,
)
from vatra.sources import Limits, read
from vatra.sources.city_yaml import FILE_NAME, read_city
from vatra.sources.geojson import LIMITS, Footprints, read_footprints
from vatra.sources.raw import Raw, no_rows
from vatra.sources.shapes import ShapesMissingError
from vatra.tables import Context, Finding, check, has_errors, order, tables
from vatra.tables.numbers import Style

GEOJSON = "buildings.geojson"
TABLES = (
    "buildings",
    "building_elements",
    "building_systems",
    "building_meters",
    "building_counts",
)
_SUFFIXES = (".csv", ".xlsx")
# Weather of a place this far away is another one; a degree of a great circle.
_FAR_KM, _KM_PER_DEGREE = 100.0, 111.2
# Houses stand longer than a pack remembers.
_YEARS = (1800, 2100)


@dataclass(frozen=True)
class Stock:
    """A city's buildings, sorted by code: listed ones and, where only counts are known, made-up
    ones that meet them.

    ``elements`` measured ones by building; ``systems`` rows of ``building_systems.csv``;
    ``footprints`` polygons in degrees by building; ``findings`` of all files at once.
    """

    buildings: tuple[Building, ...]
    elements: Mapping[str, tuple[OwnElement, ...]]
    systems: pl.DataFrame
    readings: tuple[Reading, ...]
    counts: tuple[Count, ...]
    footprints: Mapping[str, Any]
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing forbids computing."""
        return not has_errors(self.findings)

    @property
    def synthetic(self) -> bool:
        """Whether any building is made up."""
        return any(each.synthetic for each in self.buildings)

    def zones(self) -> list[Zone]:
        """One zone a building, in the same order."""
        kinds = archetypes()
        return [
            zone_of(each, self.elements.get(each.code, ()), kinds[each.archetype])
            for each in self.buildings
        ]


@dataclass
class _Reading:
    folder: Path
    limits: Limits | None
    numbers: Style | None = None
    findings: list[Finding] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)

    def rows(self, name: str) -> pl.DataFrame:
        """Checked rows of a table; none where it has no file."""
        table = tables()[name]
        stem = self.folder / Path(table.file_name).stem
        found = [path for each in _SUFFIXES if (path := stem.with_suffix(each)).exists()]
        if len(found) > 1:
            names = {"first": found[0].name, "second": found[1].name}
            self.findings.append(Finding("runs.file-twice", "error", found[0].name, params=names))
        if not found:
            return check(table, no_rows(), table.file_name).rows
        raw = read(found[0], table, limits=self.limits, numbers=self.numbers)
        return self.checked(name, raw)

    def checked(self, name: str, raw: Raw) -> pl.DataFrame:
        """The rows of a file that could be read."""
        table = tables()[name]
        self.files[name] = raw.file
        self.findings += raw.findings
        if not len(raw.frame):
            return check(table, no_rows(), table.file_name).rows
        context = Context(_YEARS, raw.numbers, fuel_size=fuel_size)
        done = check(table, raw.frame, raw.file, context)
        self.findings += done.findings
        return done.rows

    def file(self, name: str) -> str:
        return self.files.get(name, tables()[name].file_name)


def open_stock(folder: Path, limits: Limits | None = None) -> Stock:
    """Read ``buildings.csv`` or ``buildings.geojson`` or both, and what goes with them.

    With both, the rows are those of the table and the sizes those of the drawing. Never raises
    for what stands in the files: ``Stock.findings`` holds all faults at once.
    """
    reading = _Reading(folder, limits)
    if (folder / FILE_NAME).exists():
        city, found = read_city(folder / FILE_NAME)
        reading.findings += found
        reading.numbers = city.numbers if city else None
    drawn = _footprints(reading)
    rows = reading.rows("buildings")
    if drawn is not None and "buildings" not in reading.files:
        rows = reading.checked("buildings", _with_source(drawn.raw))
    elif drawn is not None:
        reading.findings += drawn.raw.findings
    footprints = drawn.polygons if drawn else {}
    buildings, found = read_buildings(rows, footprints, reading.file("buildings"))
    reading.findings += found
    counts, made = _counted(reading, {each.quarter for each in buildings})
    everyone = sorted([*buildings, *made], key=lambda each: each.code)
    codes = {*rows.get_column("building").to_list(), *(each.code for each in made)}
    elements, found = read_elements(
        reading.rows("building_elements"), everyone, codes, reading.file("building_elements")
    )
    reading.findings += found
    readings, found = read_meters(
        reading.rows("building_meters"), everyone, codes, reading.file("building_meters")
    )
    reading.findings += found
    systems = reading.rows("building_systems")
    reading.findings += system_faults(systems, codes, reading.file("building_systems"))
    if not everyone and not has_errors(reading.findings):
        reading.findings.append(Finding("runs.stock-none", "error", "buildings.csv"))
    return Stock(
        tuple(everyone),
        elements,
        systems,
        tuple(readings),
        tuple(counts),
        footprints,
        tuple(order(reading.findings)),
    )


def under(stock: Stock, climate: Climate) -> Stock:
    """The stock with a warning where its drawings lie far from the place of the climate."""
    if not stock.footprints:
        return stock
    middles = [shape.centroid for shape in stock.footprints.values()]
    north = sum(each.y for each in middles) / len(middles) - climate.latitude_deg
    east = sum(each.x for each in middles) / len(middles) - climate.longitude_deg
    east *= cos(radians(climate.latitude_deg))
    away_km = _KM_PER_DEGREE * hypot(north, east)
    if away_km <= _FAR_KM:
        return stock
    params = {"km": round(away_km, -1), "climate": climate.name}
    far = Finding("runs.stock-far", "warning", GEOJSON, params=params)
    return replace(stock, findings=tuple(order([*stock.findings, far])))


def _footprints(reading: _Reading) -> Footprints | None:
    path = reading.folder / GEOJSON
    if not path.exists():
        return None
    try:
        return read_footprints(path, tables()["buildings"], reading.limits or LIMITS)
    except ShapesMissingError:
        reading.findings.append(Finding("runs.stock-shapes", "error", GEOJSON))
        return None


def _with_source(raw: Raw) -> Raw:
    """Drawings without a source of their own come from their file."""
    if "source" in raw.frame.columns:
        frame = raw.frame.with_columns(pl.col("source").fill_null(raw.file))
    else:
        frame = raw.frame.with_columns(pl.lit(raw.file).alias("source"))
    return Raw(frame, raw.file, raw.evidence_id, raw.byte_count, raw.findings, numbers=raw.numbers)


def _counted(reading: _Reading, listed: set[str]) -> tuple[list[Count], list[Building]]:
    """Made-up buildings of the quarters that are counted; a quarter is listed or counted."""
    file = reading.file("building_counts")
    counts, found = read_counts(reading.rows("building_counts"), file)
    reading.findings += found
    twice = [each for each in counts if each.quarter in listed]
    if twice:
        lines = tuple(each.line for each in twice)
        quarters = sorted({each.quarter for each in twice})
        reading.findings.append(
            Finding("runs.stock-twice", "error", file, lines, params={"quarters": quarters})
        )
        return counts, []
    return counts, generate(counts)
