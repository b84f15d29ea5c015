"""Buildings on their way out: the table they came from, and footprints for a map."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from vatra.plans.stock.building import Building
from vatra.sources.shapes import shapely
from vatra.tables import tables
from vatra.tables.export import write_csv

# A hundredth of a square metre, a millimetre; 1e-7 degrees are a centimetre.
_AREA_DIGITS, _LENGTH_DIGITS, _DEGREE = 2, 3, 1e-7
Row = dict[str, Any]


def building_row(building: Building) -> Row:
    """A building by the columns of ``buildings.csv``; None where nobody knows."""
    shape = building.shape
    longest = max(shape.facades, key=lambda each: each.outer_m2 + each.party_m2)
    known_side = "azimuth_degrees" not in building.assumed
    return {
        "building": building.code,
        "name": building.name or None,
        "quarter": building.quarter or None,
        "use": building.use,
        "archetype": building.archetype,
        "period": None,
        "built": building.built,
        "storeys_count": shape.storeys_count,
        "flats_count": building.flats_count,
        "storey_height_m": shape.storey_height_m,
        "heated_m2": round(building.heated_m2, _AREA_DIGITS),
        "footprint_m2": round(shape.footprint_m2, _AREA_DIGITS),
        "perimeter_m": round(shape.perimeter_m, _LENGTH_DIGITS),
        "party_m": round(shape.party_m2 / shape.height_m, _LENGTH_DIGITS),
        "azimuth_degrees": longest.azimuth_deg if known_side else None,
        "tenure": building.tenure or None,
        "association": building.association or None,
        "synthetic": "yes" if building.synthetic else "no",
        "source": building.source,
    }


def buildings_csv(buildings: Iterable[Building]) -> str:
    """``buildings.csv``: what is read back gives the same buildings, to a hundredth of a m2."""
    names = [column.name for column in tables()["buildings"].columns]
    rows = [building_row(each) for each in buildings]
    return write_csv(([row.get(name) for name in names] for row in rows), names)


def buildings_geojson(buildings: Iterable[Building], footprints: Mapping[str, Any]) -> str:
    """A FeatureCollection of the buildings that have a footprint, with the columns of the table.

    ``footprints`` are polygons in degrees; corners are rounded to a centimetre.
    """
    shapes = shapely()
    features = []
    for each in buildings:
        if each.code not in footprints:
            continue
        drawn = shapes.orient_polygons(shapes.set_precision(footprints[each.code], _DEGREE))
        filled = {name: value for name, value in building_row(each).items() if value is not None}
        geometry = json.loads(shapes.to_geojson(drawn))
        features.append({"type": "Feature", "properties": filled, "geometry": geometry})
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n"
