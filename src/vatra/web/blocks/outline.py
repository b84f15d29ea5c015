"""Where buildings stand, in metres on a sheet: as drawn, or a lay-out that means nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from vatra.plans.stock import Building, layout
from vatra.plans.stock.footprints import to_metres
from vatra.web.blocks.folders import Held

SHEETS_KEPT = 8
# Listed buildings without a footprint are laid out in rows of so many.
_ROW = 6
_MARGIN_M = 12.0
# Width of a map to its height.
_WIDE = 2.0
Ring = Sequence[tuple[float, float]]


@dataclass(frozen=True, eq=False)
class Sheet:
    """Footprints on a sheet, x to the right and y downwards [m].

    ``rings`` by building; ``made_up``: where they stand means nothing; ``left_out`` how many
    buildings nobody has drawn.
    """

    rings: Mapping[str, Sequence[Ring]]
    width_m: float
    height_m: float
    made_up: bool
    left_out: int

    def path(self, code: str) -> str:
        """The outline of a building in the commands of SVG, to a decimetre."""
        return "".join(
            "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z" for ring in self.rings[code]
        )

    def box(self, codes: Sequence[str]) -> tuple[float, float, float, float]:
        """Left, top, width and height around some buildings, twice as wide as high; around all of
        the sheet for none."""
        points = [p for code in codes for ring in self.rings.get(code, ()) for p in ring]
        if not points:
            return _twice_as_wide(0.0, 0.0, self.width_m, self.height_m)
        xs, ys = zip(*points, strict=True)
        left, top = min(xs) - _MARGIN_M, min(ys) - _MARGIN_M
        return _twice_as_wide(left, top, max(xs) + _MARGIN_M - left, max(ys) + _MARGIN_M - top)


def _twice_as_wide(
    left: float, top: float, width: float, height: float
) -> tuple[float, float, float, float]:
    """The least box of this shape that holds another, about the same middle."""
    wide = max(width, height * _WIDE)
    high = wide / _WIDE
    return left - (wide - width) / 2, top - (high - height) / 2, wide, high


@lru_cache(SHEETS_KEPT)
def sheet_of(held: Held) -> Sheet:
    """The sheet of a stock."""
    drawn = {
        each.code: held.stock.footprints[each.code]
        for each in held.stock.buildings
        if each.code in held.stock.footprints
    }
    placed = drawn or _laid_out(held)
    moved = to_metres(list(placed.values()))
    rings = {code: _rings(body) for code, body in zip(placed, moved, strict=True)}
    xs = [x for each in rings.values() for ring in each for x, _ in ring]
    ys = [y for each in rings.values() for ring in each for _, y in ring]
    left, top = min(xs) - _MARGIN_M, max(ys) + _MARGIN_M
    return Sheet(
        {
            code: [[(x - left, top - y) for x, y in ring] for ring in found]
            for code, found in rings.items()
        },
        max(xs) + _MARGIN_M - left,
        top - min(ys) + _MARGIN_M,
        not drawn,
        len(held.stock.buildings) - len(placed),
    )


def _laid_out(held: Held) -> Mapping[str, Any]:
    """Buildings that nobody drew, side by side about the place of the weather."""
    ordered = sorted(held.stock.buildings, key=lambda each: (each.quarter, each.code))
    rows = [_in_row(each, at) for at, each in enumerate(ordered)]
    return layout(rows, held.climate.longitude_deg, held.climate.latitude_deg)


def _in_row(building: Building, at: int) -> Building:
    if building.terrace:
        return building
    return replace(building, terrace=f"{building.quarter}/{building.archetype}/{at // _ROW}")


def _rings(body: Any) -> list[Ring]:
    parts = body.geoms if body.geom_type == "MultiPolygon" else [body]
    found: list[Ring] = []
    for part in parts:
        for ring in (part.exterior, *part.interiors):
            # The last point of a ring is its first.
            found.append([(float(x), float(y)) for x, y in list(ring.coords)[:-1]])
    return found
