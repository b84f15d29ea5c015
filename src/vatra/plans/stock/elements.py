"""Rows of ``building_elements.csv``: what somebody measured of an envelope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from vatra.plans.blocks.zone.zone import Boundary
from vatra.plans.stock.building import Building
from vatra.plans.stock.faults import Faults
from vatra.tables import Finding

U_LEAST_W_M2K, U_MOST_W_M2K = 0.05, 7.0
PSI_LEAST_W_MK, PSI_MOST_W_MK = -0.5, 3.0
_SHARES = ("g_share", "frame_share", "shading_share", "b_share")
_KINDS = ("wall", "roof", "floor", "window")
OwnKind = Literal["wall", "roof", "floor", "window", "bridge"]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class OwnElement:
    """One measured element; None where the type's figure stays in force.

    Rows of a kind that state areas take the place of the type's elements of that kind; rows
    without areas change their U, g, frame, shading or b alone.
    """

    code: str
    kind: OwnKind
    boundary: Boundary | None = None
    area_m2: float | None = None
    u_w_m2k: float | None = None
    azimuth_deg: float | None = None
    g_share: float | None = None
    frame_share: float | None = None
    shading_share: float | None = None
    b_share: float | None = None
    psi_w_mk: float | None = None
    length_m: float | None = None
    line: int = 0


Elements = Mapping[str, tuple[OwnElement, ...]]


def read_elements(
    rows: pl.DataFrame, buildings: Iterable[Building], codes: Iterable[str], file: str
) -> tuple[Elements, list[Finding]]:
    """Measured elements by building, and everything that is wrong with them.

    ``codes`` are all buildings that have a row, those with faults included.
    """
    faults, known = Faults(file), set(codes)
    found: dict[str, list[OwnElement]] = {}
    for row in rows.sort("line").iter_rows(named=True):
        before = faults.error_count
        if row["building"] not in known:
            faults.add("element-building", row, "building")
        _figures(row, faults)
        if faults.error_count == before:
            found.setdefault(row["building"], []).append(_element(row))
    by_code = {each.code: each for each in buildings}
    for code in sorted(found):
        if code in by_code:
            _together(by_code[code], found[code], faults)
    return {code: tuple(found[code]) for code in sorted(found)}, faults.found


def _figures(row: Row, faults: Faults) -> None:
    name = {"element": row["element"]}
    for column in _SHARES:
        value = row[column]
        if value is not None and not 0 <= value <= 1:
            faults.add("share-outside", row, column, value=value, **name)
    u = row["u_w_m2k"]
    if u is not None and not U_LEAST_W_M2K <= u <= U_MOST_W_M2K:
        limits: dict[str, Any] = {"least": U_LEAST_W_M2K, "most": U_MOST_W_M2K}
        faults.add("u-outside", row, "u_w_m2k", value=u, **name, **limits)
    if row["kind"] == "bridge":
        _bridge(row, faults)
    elif row["area_m2"] is None and all(row[each] is None for each in ("u_w_m2k", *_SHARES)):
        faults.add("element-empty", row, "area_m2", **name)


def _bridge(row: Row, faults: Faults) -> None:
    psi, name = row["psi_w_mk"], {"element": row["element"]}
    if psi is None or row["length_m"] is None:
        faults.add("bridge-incomplete", row, "psi_w_mk", **name)
    elif not PSI_LEAST_W_MK <= psi <= PSI_MOST_W_MK:
        limits: dict[str, Any] = {"least": PSI_LEAST_W_MK, "most": PSI_MOST_W_MK}
        faults.add("psi-outside", row, "psi_w_mk", value=psi, **name, **limits)


def _together(building: Building, own: list[OwnElement], faults: Faults) -> None:
    """What only all elements of a building show."""
    place: dict[str, Any] = {"building": building.code, "line": own[0].line}
    for kind in _KINDS:
        areas = [each.area_m2 is None for each in own if each.kind == kind]
        if any(areas) and not all(areas):
            label = f"@tables.building_element-{kind}"
            faults.add("area-mixed", place, "area_m2", kind=label)
    windows = [each for each in own if each.kind == "window" and each.area_m2]
    total = sum(each.area_m2 or 0.0 for each in windows)
    if windows and total > building.shape.outer_m2:
        place["line"] = windows[0].line
        params: dict[str, Any] = {
            "windows": round(total, 1),
            "walls": round(building.shape.outer_m2, 1),
        }
        faults.add("windows-above", place, "area_m2", **params)


def _element(row: Row) -> OwnElement:
    return OwnElement(
        code=row["element"],
        kind=row["kind"],
        boundary=row["boundary"],
        area_m2=row["area_m2"],
        u_w_m2k=row["u_w_m2k"],
        azimuth_deg=row["azimuth_degrees"],
        g_share=row["g_share"],
        frame_share=row["frame_share"],
        shading_share=row["shading_share"],
        b_share=row["b_share"],
        psi_w_mk=row["psi_w_mk"],
        length_m=row["length_m"],
        line=row["line"],
    )
