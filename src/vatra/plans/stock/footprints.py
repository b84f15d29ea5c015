"""Footprints on the map -> area, perimeter, facades by bearing, walls shared with neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from vatra.plans.stock.shape import Facade, sector
from vatra.sources.shapes import pyproj, shapely

# Surveyed neighbours stand this far apart or into each other and still share a wall.
TOUCHING_M = 0.3
# Shorter contacts are corners, not walls.
LEAST_PARTY_M = 1.0
# A wall sliver of less than this is the survey's, not the builder's.
_LEAST_EDGE_M = 1e-6
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Plan:
    """A footprint in metres: ``facades`` as far as they go up with the building's own height;
    ``overlap_m2`` lies under neighbours."""

    footprint_m2: float
    perimeter_m: float
    azimuth_deg: float
    facades: tuple[Facade, ...]
    party_m: float
    overlap_m2: float


def to_metres(polygons: Sequence[Any]) -> list[Any]:
    """Polygons in degrees (WGS 84) -> metres about their common middle.

    Transverse Mercator with its meridian through the middle and scale 1 there: within 30 km of it
    lengths are right to 1e-5.
    """
    shapes = shapely()
    west, south, east, north = shapes.total_bounds(np.asarray(polygons, dtype=object))
    projection = pyproj().Transformer.from_crs(
        "EPSG:4326", _about((west + east) / 2, (south + north) / 2), always_xy=True
    )

    def moved(points: Floats) -> Floats:
        return np.column_stack(projection.transform(points[:, 0], points[:, 1]))

    return list(shapes.transform(np.asarray(polygons, dtype=object), moved))


def to_degrees(polygons: Sequence[Any], longitude_deg: float, latitude_deg: float) -> list[Any]:
    """Polygons in metres about a point -> degrees (WGS 84)."""
    projection = pyproj().Transformer.from_crs(
        _about(longitude_deg, latitude_deg), "EPSG:4326", always_xy=True
    )

    def moved(points: Floats) -> Floats:
        return np.column_stack(projection.transform(points[:, 0], points[:, 1]))

    return list(shapely().transform(np.asarray(polygons, dtype=object), moved))


def _about(longitude_deg: float, latitude_deg: float) -> str:
    return f"+proj=tmerc +lat_0={latitude_deg} +lon_0={longitude_deg} +k=1 +ellps=WGS84 +units=m"


def plans(
    polygons: Sequence[Any], heights_m: Sequence[float], touching_m: float = TOUCHING_M
) -> list[Plan]:
    """Facades of every footprint.

    Parameters
    ----------
    polygons : valid shapely polygons or multipolygons in metres
    heights_m : of each building; a neighbour covers a wall as far up as it reaches
    touching_m : gap or overlap up to which two walls are one

    Returns
    -------
    list of Plan, in the order given. Bearings are outward normals, rounded to ``SECTOR_DEG``.
    """
    shapes = shapely()
    bodies = np.asarray(polygons, dtype=object)
    heights = np.asarray(heights_m, float)
    edges = _edges(bodies)
    covered_m, covered_m2 = _covered(edges, bodies, heights, touching_m)
    overlaps = _overlaps(bodies, touching_m)
    areas = shapes.area(bodies)
    # Edges come in the order of their buildings.
    begins = np.searchsorted(edges.owner, np.arange(len(bodies) + 1))
    found = []
    for index in range(len(bodies)):
        own = slice(begins[index], begins[index + 1])
        facades = _facades(edges, own, covered_m, covered_m2, float(heights[index]))
        lengths, azimuths = edges.length_m[own], edges.azimuth_deg[own]
        found.append(
            Plan(
                float(areas[index]),
                float(lengths.sum()),
                float(azimuths[lengths.argmax()]),
                facades,
                float(covered_m[own].sum()),
                float(overlaps[index]),
            )
        )
    return found


@dataclass(frozen=True, eq=False)
class _Edges:
    lines: npt.NDArray[np.object_]
    owner: npt.NDArray[np.int64]
    length_m: Floats
    azimuth_deg: Floats


def _edges(bodies: npt.NDArray[np.object_]) -> _Edges:
    """Every straight piece of every ring, outside on its right hand."""
    shapes = shapely()
    parts, body_of_part = shapes.get_parts(bodies, return_index=True)
    # Outer rings counterclockwise, courts clockwise: what is built lies on the left.
    parts = shapes.orient_polygons(parts)
    rings, part_of_ring = shapes.get_rings(parts, return_index=True)
    points, ring_of_point = shapes.get_coordinates(rings, return_index=True)
    same = ring_of_point[1:] == ring_of_point[:-1]
    begin, end = points[:-1][same], points[1:][same]
    owner = body_of_part[part_of_ring[ring_of_point[:-1][same]]]
    step = end - begin
    length = np.hypot(step[:, 0], step[:, 1])
    long = length > _LEAST_EDGE_M
    # The normal to the right of (dx, dy) is (dy, -dx); bearing from north by east.
    azimuth = np.degrees(np.arctan2(step[:, 1], -step[:, 0])) % 360
    lines = shapes.linestrings(np.stack([begin[long], end[long]], axis=1))
    return _Edges(lines, owner[long], length[long], azimuth[long])


def _covered(
    edges: _Edges, bodies: npt.NDArray[np.object_], heights: Floats, touching_m: float
) -> tuple[Floats, Floats]:
    """Length [m] and area [m2] of each edge that heated neighbours cover."""
    shapes = shapely()
    tree = shapes.STRtree(bodies)
    edge, body = tree.query(edges.lines, predicate="dwithin", distance=touching_m)
    other = edges.owner[edge] != body
    edge, body = edge[other], body[other]
    # Mitred, so that a wall that ends at a neighbour's corner is not lengthened by the round.
    wider = shapes.buffer(bodies, touching_m, join_style="mitre")
    shared = shapes.length(shapes.intersection(edges.lines[edge], wider[body]))
    wall = shared >= np.maximum(LEAST_PARTY_M, 3 * touching_m)
    edge, body, shared = edge[wall], body[wall], shared[wall]
    lower = np.minimum(heights[edges.owner[edge]], heights[body])
    count = len(edges.lines)
    length = np.bincount(edge, shared, count)
    area = np.bincount(edge, shared * lower, count)
    whole = edges.length_m * heights[edges.owner]
    return np.minimum(length, edges.length_m), np.minimum(area, whole)


def _overlaps(bodies: npt.NDArray[np.object_], touching_m: float) -> Floats:
    """Area of each body under its neighbours, but for what the tolerance lets touch [m2]."""
    shapes = shapely()
    inner = shapes.buffer(bodies, -touching_m / 2)
    first, second = shapes.STRtree(inner).query(inner, predicate="intersects")
    other = first != second
    first, second = first[other], second[other]
    shared = shapes.area(shapes.intersection(inner[first], inner[second]))
    return np.asarray(np.bincount(first, shared, len(bodies)), float)


def _facades(
    edges: _Edges,
    own: slice,
    covered_m: Floats,
    covered_m2: Floats,
    height_m: float,
) -> tuple[Facade, ...]:
    sums: dict[float, list[float]] = {}
    for length, azimuth, shared, party in zip(
        edges.length_m[own],
        edges.azimuth_deg[own],
        covered_m[own],
        covered_m2[own],
        strict=True,
    ):
        into = sums.setdefault(sector(float(azimuth)), [0.0, 0.0, 0.0])
        into[0] += float(length - shared)
        into[1] += float(length * height_m - party)
        into[2] += float(party)
    return tuple(Facade(azimuth, *sums[azimuth]) for azimuth in sorted(sums))
