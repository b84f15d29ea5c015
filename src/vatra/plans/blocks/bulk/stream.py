"""Any number of buildings in bounded memory: frames of their types and sizes in, their need out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl

from vatra.plans.blocks.bulk import rc5, seasons
from vatra.plans.blocks.bulk.changes import Changes
from vatra.plans.blocks.bulk.columns import Ints
from vatra.plans.blocks.bulk.found import Found, Way
from vatra.plans.blocks.bulk.lanes import chunk_of
from vatra.plans.blocks.bulk.stock_columns import (
    OWN_U,
    SECTORS,
    UP,
    Sizes,
    planes_of_turn,
    sizes_of,
    stock_columns,
)
from vatra.plans.blocks.bulk.together import run, run_numbers
from vatra.plans.blocks.climate.climate import Climate
from vatra.plans.blocks.engines.asked import Engine, Sky, surroundings
from vatra.plans.blocks.engines.drive import Surroundings
from vatra.plans.blocks.engines.groups import Key, shared
from vatra.plans.blocks.engines.seasonal import cold_hours
from vatra.plans.blocks.sun.perez import perez
from vatra.plans.blocks.sun.plane import Plane, isotropic
from vatra.plans.blocks.zone.zone import Zone
from vatra.plans.stock.archetypes import archetypes
from vatra.plans.stock.building import Building
from vatra.plans.stock.elements import OwnElement
from vatra.plans.stock.shape import SECTOR_DEG, Facade, Shape
from vatra.plans.stock.zone import zone_of

MONTHS = tuple(f"heating_{month:02d}_wh" for month in range(1, 13))
ELEMENTS = "elements"
# A day on which nothing changes: full gains, one setpoint, one air change.
_STEADY = (0.0,) * 24
_FULL = (1.0,) * 24


def need_of(
    frame: pl.DataFrame,
    climate: Climate,
    engine: Engine = "rc5",
    *,
    sky: Sky = "perez",
    threads: int = 1,
    single: bool = True,
) -> pl.DataFrame:
    """Heating need of buildings, a row each in their order.

    Parameters
    ----------
    frame : columns ``building``, ``archetype``, ``heated_m2``, ``footprint_m2``,
        ``storeys_count``, ``storey_height_m``, ``flats_count``, lists ``facade_azimuth_deg`` and
        ``facade_outer_m2``; where measured, U in the columns of ``OWN_U`` and whole elements in
        ``elements``, a list of the fields of ``OwnElement``

    Buildings with elements of their own, or with walls at other than right angles, and all in
    modes, become zones of their own; the rest are arrays throughout. Returns ``building``,
    ``heated_m2``, ``heating_wh`` and its months, ``peak_heating_w`` (null in the seasonal method).
    """
    sizes = sizes_of(frame)
    kind = np.float32 if single else np.float64
    found = Found.none(len(frame), 1)
    slow = (sizes.turn < 0) | _has_elements(frame) | (engine == "modal")
    way = Way(_around(climate, sky), engine, kind, threads)
    _as_zones(frame, np.nonzero(slow)[0], way, sky, found)
    _as_columns(sizes, np.nonzero(~slow)[0], way, found)
    return _as_frame(frame, found, engine)


def _around(climate: Climate, sky: Sky) -> Surroundings:
    walls = {Plane(90.0, place * SECTOR_DEG) for place in range(SECTORS)}
    sun = perez if sky == "perez" else isotropic
    return Surroundings(climate, sun(climate, tuple(sorted({UP, *walls}))))


def _has_elements(frame: pl.DataFrame) -> Any:
    if ELEMENTS not in frame.columns:
        return np.zeros(len(frame), bool)
    return frame[ELEMENTS].list.len().fill_null(0).to_numpy() > 0


def _as_columns(sizes: Sizes, rows: Ints, way: Way, found: Found) -> None:
    def work(part: tuple[int, Ints]) -> None:
        turn, some = part
        found.put(some.tolist(), slice(None), _run_turn(sizes.take(some), turn, way))

    parts = list(_parts(sizes.turn, rows, chunk_of(way.engine)))
    with ThreadPoolExecutor(max(way.threads, 1)) as pool:
        list(pool.map(work, parts))


def _parts(turn: Ints, rows: Ints, most: int) -> Iterator[tuple[int, Ints]]:
    for each in np.unique(turn[rows]):
        same = rows[turn[rows] == each]
        for first in range(0, len(same), most):
            yield int(each), same[first : first + most]


def _run_turn(sizes: Sizes, turn: int, way: Way) -> Found:
    planes, kept = planes_of_turn(turn), Changes.kept()
    column_of = {plane: place for place, plane in enumerate(planes)}
    read = stock_columns(sizes, column_of)
    if way.engine == "seasonal":
        cold = cold_hours(way.around.climate)
        sun_wh_m2 = np.array([way.around.sun[each].total_w_m2[cold].sum() for each in planes])
        one = np.ones(read.count)
        means = seasons.Means(read.heat_low_c, one, read.gains_w / read.floor_m2, one)
        found = Found.none(read.count, 1)
        return replace(
            found,
            heating_wh=seasons.columns_need_wh(
                read, means, sun_wh_m2, kept, way.around.climate
            ),
        )  # fmt: skip
    key = Key(planes, _FULL, _STEADY, _STEADY, _FULL, False)
    known = shared(key, way.around)
    return run_numbers(rc5.numbers(read, kept, known), known, (read.count, 1), way)


def _as_zones(frame: pl.DataFrame, rows: Ints, way: Way, sky: Sky, found: Found) -> None:
    if not len(rows):
        return
    zones = [building_zone(row) for row in frame[rows].iter_rows(named=True)]
    around = surroundings(zones, way.around.climate, sky)
    if way.engine == "seasonal":
        need = seasons.need_wh(zones, Changes.kept(), around)
        many = replace(Found.none(len(zones), 1), heating_wh=need)
    else:
        many = run(zones, Changes.kept(), replace(way, around=around))
    found.put(rows.tolist(), slice(None), many)


def building_zone(row: Mapping[str, Any]) -> Zone:
    """The zone of one row of a stream: the plain way."""
    sides: dict[float, float] = {}
    for azimuth, outer_m2 in zip(row["facade_azimuth_deg"], row["facade_outer_m2"], strict=True):
        bearing = round(azimuth / SECTOR_DEG) % SECTORS * SECTOR_DEG
        sides[bearing] = sides.get(bearing, 0.0) + outer_m2
    height = row["storeys_count"] * row["storey_height_m"]
    facades = tuple(Facade(each, m2 / height, m2, 0.0) for each, m2 in sorted(sides.items()))
    perimeter = sum(each.length_m for each in facades)
    shape = Shape(row["footprint_m2"], perimeter, int(row["storeys_count"]),
                  row["storey_height_m"], facades)  # fmt: skip
    archetype = archetypes()[row["archetype"]]
    building = Building(row["building"], archetype.code, archetype.use, shape,
                        row["heated_m2"], int(row["flats_count"]))  # fmt: skip
    return zone_of(building, _own(row), archetype)


def _own(row: Mapping[str, Any]) -> Sequence[OwnElement]:
    whole = [OwnElement(**each) for each in row.get(ELEMENTS) or ()]
    kinds: Any = [each.removesuffix("_u_w_m2k") for each in OWN_U]
    alone = [
        OwnElement(f"own {kind}", kind, u_w_m2k=row[name])
        for kind, name in zip(kinds, OWN_U, strict=True)
        if row.get(name) is not None and not any(each.kind == kind for each in whole)
    ]
    return [*whole, *alone]


def _as_frame(frame: pl.DataFrame, found: Found, engine: Engine) -> pl.DataFrame:
    months = np.rint(found.heating_wh[:, 0]).astype(np.int64)
    peak = pl.Series("peak_heating_w", np.rint(found.peaks_w[:, 0, 0]).astype(np.int64))
    if engine == "seasonal":
        peak = pl.Series("peak_heating_w", [None] * len(frame), pl.Int64)
    return frame.select("building", pl.col("heated_m2").cast(pl.Float64)).with_columns(
        pl.Series("heating_wh", months.sum(axis=1)),
        *(pl.Series(name, months[:, place]) for place, name in enumerate(MONTHS)),
        peak,
    )
