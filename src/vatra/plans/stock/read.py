"""Rows of ``buildings.csv`` and footprints -> buildings, and everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import pi
from typing import Any

import polars as pl

from vatra.plans.stock.archetypes import Archetype, archetypes
from vatra.plans.stock.building import Building
from vatra.plans.stock.choose import archetype_for
from vatra.plans.stock.faults import (
    MOST_FOOTPRINT_M2,
    Faults,
    footprint_faults,
    row_faults,
    type_faults,
)
from vatra.plans.stock.footprints import Plan, plans, to_metres
from vatra.plans.stock.shape import Shape, rectangle, sides
from vatra.tables import Finding

Row = Mapping[str, Any]
_LIVED_IN = ("block", "house")


@dataclass(frozen=True)
class _Stated:
    """A row with its type and its storeys, before its sizes are known."""

    row: Row
    archetype: Archetype
    storeys_count: int
    storey_height_m: float
    assumed: tuple[str, ...]


def read_buildings(
    rows: pl.DataFrame, footprints: Mapping[str, Any], file: str
) -> tuple[list[Building], list[Finding]]:
    """The buildings of the table, sorted by code.

    Parameters
    ----------
    rows : checked rows of ``buildings.csv``
    footprints : building -> valid polygon in degrees (WGS 84); those of the row's sizes that it
        gives come before the row's own

    Returns
    -------
    Buildings without the rows that have an error, and all findings.
    """
    faults = Faults(file)
    stated = []
    for row in rows.sort("line").iter_rows(named=True):
        before = faults.error_count
        archetype = _archetype(row, faults)
        row_faults(row, faults)
        if faults.error_count == before and archetype is not None:
            stated.append(_stated(row, archetype))
    found = _plans(stated, footprints)
    buildings = []
    for each in stated:
        before = faults.error_count
        plan = found.get(each.row["building"])
        if plan is not None:
            footprint_faults(each.row, plan, faults)
        made = _building(each, plan, faults)
        if made is not None and faults.error_count == before:
            buildings.append(made)
    known = set(rows.get_column("building").cast(pl.String)) if len(rows) else set()
    faults.unknown_footprints(sorted(set(footprints) - known))
    return sorted(buildings, key=lambda each: each.code), faults.found


def _archetype(row: Row, faults: Faults) -> Archetype | None:
    if row["archetype"]:
        found = archetypes().get(row["archetype"])
    else:
        found = archetype_for(row["use"], row["built"], row["period"], row["storeys_count"])
    type_faults(row, found, faults)
    return found


def _stated(row: Row, archetype: Archetype) -> _Stated:
    assumed = [] if row["archetype"] else ["archetype"]
    sizes = {}
    for name in ("storeys_count", "storey_height_m"):
        sizes[name] = row[name] if row[name] is not None else archetype.of(name)
        assumed += [] if row[name] is not None else [name]
    return _Stated(
        row, archetype, int(sizes["storeys_count"]), sizes["storey_height_m"], tuple(assumed)
    )


def _plans(stated: Sequence[_Stated], footprints: Mapping[str, Any]) -> dict[str, Plan]:
    """Plans of the buildings that are on the map; only these can touch each other."""
    mapped = [each for each in stated if each.row["building"] in footprints]
    if not mapped:
        return {}
    codes = [each.row["building"] for each in mapped]
    heights = [each.storeys_count * each.storey_height_m for each in mapped]
    made = plans(to_metres([footprints[code] for code in codes]), heights)
    return dict(zip(codes, made, strict=True))


def _building(stated: _Stated, plan: Plan | None, faults: Faults) -> Building | None:
    row, kind = stated.row, stated.archetype
    assumed = list(stated.assumed)
    share = kind.of("heated_share")
    footprint = plan.footprint_m2 if plan else row["footprint_m2"]
    heated = row["heated_m2"]
    if heated is None:
        assumed.append("heated_m2")
        if footprint is not None:
            heated = footprint * stated.storeys_count * share
        elif row["flats_count"]:
            heated = row["flats_count"] * kind.flat_m2
        else:
            faults.add("size-missing", row, "heated_m2")
            return None
    if footprint is None:
        assumed.append("footprint_m2")
        footprint = heated / (stated.storeys_count * share)
    if footprint > MOST_FOOTPRINT_M2:
        column = "footprint_m2" if plan or row["footprint_m2"] else "heated_m2"
        faults.add("footprint-huge", row, column, value=round(footprint), most=MOST_FOOTPRINT_M2)
        return None
    if heated > footprint * stated.storeys_count * 1.05:
        floors = footprint * stated.storeys_count
        faults.add("heated-above", row, "heated_m2", heated=heated, floors=floors)
        return None
    flats = row["flats_count"]
    if flats is None:
        assumed += ["flats_count"] if row["use"] in _LIVED_IN else []
        flats = max(round(heated / kind.flat_m2), 1) if row["use"] in _LIVED_IN else 0
    shape = _shape(stated, plan, footprint, assumed, faults)
    if shape is None:
        return None
    return Building(
        code=row["building"],
        archetype=kind.code,
        use=row["use"],
        shape=shape,
        heated_m2=heated,
        flats_count=int(flats),
        name=row["name"] or "",
        quarter=row["quarter"] or "",
        tenure=row["tenure"] or "",
        association=row["association"] or "",
        built=row["built"],
        synthetic=row["synthetic"] == "yes",
        assumed=tuple(sorted(assumed)),
        source=row["source"],
        line=row["line"],
    )


def _shape(
    stated: _Stated, plan: Plan | None, footprint_m2: float, assumed: list[str], faults: Faults
) -> Shape | None:
    row = stated.row
    body = (stated.storeys_count, stated.storey_height_m)
    if plan is not None:
        return Shape(footprint_m2, plan.perimeter_m, *body, plan.facades)
    perimeter = row["perimeter_m"]
    if perimeter is None:
        assumed.append("perimeter_m")
        perimeter = usual_perimeter_m(footprint_m2, stated.archetype)
    elif perimeter**2 < 4 * pi * footprint_m2:
        faults.add("perimeter-short", row, "perimeter_m", value=perimeter, area=footprint_m2)
        return None
    party = row["party_m"]
    if party is None:
        assumed.append("party_m")
    elif party > perimeter:
        faults.add("party-above", row, "party_m", value=party, perimeter=perimeter)
        return None
    if row["azimuth_degrees"] is None:
        assumed.append("azimuth_degrees")
    height = body[0] * body[1]
    long, short = rectangle(footprint_m2, perimeter)
    facades = sides(long, short, party or 0.0, height, row["azimuth_degrees"])
    return Shape(footprint_m2, perimeter, *body, facades)


def usual_perimeter_m(footprint_m2: float, archetype: Archetype) -> float:
    """A longer block is as deep as its type's reference block; a small one is a square."""
    depth = min(archetype.depth_m, footprint_m2**0.5)
    return 2 * (depth + footprint_m2 / depth)
