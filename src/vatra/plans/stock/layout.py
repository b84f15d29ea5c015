"""A made-up stock put on a map: terraces of blocks side by side, as in no real quarter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from vatra.plans.stock.building import Building
from vatra.plans.stock.footprints import to_degrees
from vatra.plans.stock.shape import rectangle
from vatra.sources.shapes import shapely

# Between terraces [m]: light, trees and parked cars.
GAP_M = 25.0


def layout(
    buildings: Iterable[Building], longitude_deg: float, latitude_deg: float
) -> dict[str, Any]:
    """Footprints of generated buildings about a point, building -> polygon in degrees.

    Sizes, bearings and shared walls are those of the buildings; where they stand means nothing.
    """
    terraces = [_terrace(list(group)) for _, group in groupby(buildings, lambda b: b.terrace)]
    placed = _shelves(terraces)
    moved = to_degrees(list(placed.values()), longitude_deg, latitude_deg)
    return dict(zip(placed, moved, strict=True))


def _terrace(buildings: Sequence[Building]) -> dict[str, Any]:
    """Blocks end to end, their long sides to the bearing, the corner of all at the origin."""
    shapes = shapely()
    drawn, at_m = {}, 0.0
    for each in buildings:
        long, short = rectangle(each.shape.footprint_m2, each.shape.perimeter_m)
        drawn[each.code] = shapes.box(at_m, 0.0, at_m + long, short)
        at_m += long
    # What looks north turns to where the first facade of the row looks.
    azimuth_deg = _front_deg(buildings[0])
    turned = shapes.affinity.rotate(shapes.GeometryCollection(list(drawn.values())), -azimuth_deg,
                                    origin=(0, 0))  # fmt: skip
    west, south, _, _ = turned.bounds
    parts = shapes.affinity.translate(turned, -west, -south).geoms
    return dict(zip(drawn, parts, strict=True))


def _front_deg(building: Building) -> float:
    longest = max(building.shape.facades, key=lambda each: each.outer_m2 + each.party_m2)
    return longest.azimuth_deg


def _shelves(terraces: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Terraces in lines, each line as deep as its deepest terrace; about as wide as high."""
    shapes = shapely()
    listed = [(each, _bounds(each)) for each in terraces]
    area = sum((box[2] + GAP_M) * (box[3] + GAP_M) for _, box in listed)
    width, x, y, deepest = area**0.5, 0.0, 0.0, 0.0
    placed: dict[str, Any] = {}
    for terrace, box in listed:
        if x and x + box[2] > width:
            x, y, deepest = 0.0, y + deepest + GAP_M, 0.0
        for code, body in terrace.items():
            placed[code] = shapes.affinity.translate(body, x - width / 2, y - width / 2)
        x, deepest = x + box[2] + GAP_M, max(deepest, box[3])
    return placed


def _bounds(terrace: Mapping[str, Any]) -> tuple[float, float, float, float]:
    west, south, east, north = shapely().GeometryCollection(list(terrace.values())).bounds
    return west, south, east, north
