"""A made-up network for a quarter: along the free ground between its blocks, as cheap as can be.

The ground is cut into cells; where a block stands no pipe is laid. From the source on, whichever
block is nearest to what is laid already is connected by the shortest way (Takahashi and
Matsuyama, Mathematica Japonica 24 (1980) 573-577). No real network looks like it.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vatra.sources.shapes import shapely

CELL_M = 12.5
CLEAR_M = 2.0
# From the street into the cellar.
LEAST_SERVICE_M = 6.0
Cell = tuple[int, int]
_SIDES = ((1, 0), (0, 1), (-1, 0), (0, -1))


@dataclass(frozen=True)
class Trench:
    """A straight piece between two nodes, the near one first; places in metres."""

    near: str
    far: str
    length_m: float
    building: str = ""


@dataclass(frozen=True)
class Streets:
    """Trenches from the source outwards, and where their nodes lie [m]."""

    source: str
    trenches: tuple[Trench, ...]
    places_m: Mapping[str, tuple[float, float]]


def along_streets(footprints: Mapping[str, Any], source: str = "source") -> Streets:
    """Trenches to every footprint (shapely polygons in metres), from the middle of the west side.

    Raises ``ValueError`` where a block cannot be reached past the others.
    """
    ground = _Ground(footprints)
    doors = {code: ground.nearest_free(footprints[code].centroid) for code in sorted(footprints)}
    root = ground.nearest_free(ground.west())
    return _straightened(ground, _grown(ground, root, doors), root, doors, footprints, source)


class _Ground:
    """Cells about the blocks, those taken marked."""

    def __init__(self, footprints: Mapping[str, Any]) -> None:
        shapes = shapely()
        bodies = [footprints[code] for code in sorted(footprints)]
        west, south, east, north = shapes.total_bounds(bodies)
        self.west_m, self.south_m = west - 2 * CELL_M, south - 2 * CELL_M
        self.columns = int((east - self.west_m) / CELL_M) + 3
        self.lines = int((north - self.south_m) / CELL_M) + 3
        self.taken: set[Cell] = set()
        for body in bodies:
            self._take(body.buffer(CLEAR_M))

    def _take(self, body: Any) -> None:
        shapes = shapely()
        west, south, east, north = body.bounds
        for x in range(self._column(west), self._column(east) + 2):
            for y in range(self._line(south), self._line(north) + 2):
                if body.contains(shapes.Point(*self.place((x, y)))):
                    self.taken.add((x, y))

    def _column(self, x_m: float) -> int:
        return int((x_m - self.west_m) / CELL_M)

    def _line(self, y_m: float) -> int:
        return int((y_m - self.south_m) / CELL_M)

    def place(self, cell: Cell) -> tuple[float, float]:
        """Where a cell lies."""
        return self.west_m + cell[0] * CELL_M, self.south_m + cell[1] * CELL_M

    def west(self) -> Any:
        """The middle of the west side."""
        return shapely().Point(self.west_m, self.south_m + self.lines * CELL_M / 2)

    def free(self, cell: Cell) -> bool:
        """Whether a pipe may lie there."""
        inside = 0 <= cell[0] < self.columns and 0 <= cell[1] < self.lines
        return inside and cell not in self.taken

    def nearest_free(self, point: Any) -> Cell:
        """The free cell nearest to a point."""
        at = self._column(point.x), self._line(point.y)
        best: list[tuple[float, Cell]] = []
        for reach in range(1, self.columns + self.lines):
            for x in range(at[0] - reach, at[0] + reach + 1):
                for y in range(at[1] - reach, at[1] + reach + 1):
                    if self.free((x, y)):
                        east, north = self.place((x, y))
                        best.append(((east - point.x) ** 2 + (north - point.y) ** 2, (x, y)))
            if best and min(best)[0] <= (reach * CELL_M) ** 2:
                break
        return min(best)[1]


def _grown(ground: _Ground, root: Cell, doors: Mapping[str, Cell]) -> dict[Cell, Cell]:
    """The tree of cells: each with the one towards the source. One search goes on as it grows."""
    parent: dict[Cell, Cell] = {root: root}
    steps: dict[Cell, int] = {root: 0}
    towards: dict[Cell, Cell] = {}
    heap: list[tuple[int, Cell]] = [(0, root)]
    missing = {cell for cell in doors.values() if cell != root}
    while missing:
        if not heap:
            raise ValueError(f"{len(missing)} blocks stand where no street leads")
        step, cell = heapq.heappop(heap)
        if step > steps[cell]:
            continue
        if cell in missing:
            missing -= _laid(cell, parent, steps, towards, heap)
            continue
        for east, north in _SIDES:
            beside = (cell[0] + east, cell[1] + north)
            if ground.free(beside) and step + 1 < steps.get(beside, 1 << 30):
                steps[beside], towards[beside] = step + 1, cell
                heapq.heappush(heap, (step + 1, beside))
    return parent


def _laid(
    cell: Cell,
    parent: dict[Cell, Cell],
    steps: dict[Cell, int],
    towards: Mapping[Cell, Cell],
    heap: list[tuple[int, Cell]],
) -> set[Cell]:
    """Lay the way from a cell to the tree; its cells, from which the search goes on at no cost."""
    way = set()
    while cell not in parent:
        way.add(cell)
        parent[cell] = towards[cell]
        steps[cell] = 0
        heapq.heappush(heap, (0, cell))
        cell = towards[cell]
    return way


def _straightened(
    ground: _Ground,
    parent: Mapping[Cell, Cell],
    root: Cell,
    doors: Mapping[str, Cell],
    footprints: Mapping[str, Any],
    source: str,
) -> Streets:
    """Nodes at corners, branches and doors; services into the blocks."""
    children: dict[Cell, list[Cell]] = {}
    for cell, before in parent.items():
        if cell != root:
            children.setdefault(before, []).append(cell)
    kept = {root, *doors.values()}
    for cell, after in children.items():
        straight = len(after) == 1 and _step(parent[cell], cell) == _step(cell, after[0])
        kept |= set() if straight and cell != root else {cell}
    names = {root: source}
    trenches: list[Trench] = []
    waiting = [root]
    while waiting:
        begin = waiting.pop(0)
        for first in sorted(children.get(begin, ())):
            cell, length = first, CELL_M
            while cell not in kept:
                cell, length = children[cell][0], length + CELL_M
            names[cell] = f"n{len(names):04d}"
            trenches.append(Trench(names[begin], names[cell], length))
            waiting.append(cell)
    places = {names[cell]: ground.place(cell) for cell in names}
    trenches += _services(ground, doors, names, footprints, places)
    return Streets(source, tuple(trenches), places)


def _step(begin: Cell, end: Cell) -> Cell:
    return end[0] - begin[0], end[1] - begin[1]


def _services(
    ground: _Ground,
    doors: Mapping[str, Cell],
    names: Mapping[Cell, str],
    footprints: Mapping[str, Any],
    places: dict[str, tuple[float, float]],
) -> list[Trench]:
    made: list[Trench] = []
    for number, code in enumerate(sorted(doors), start=1):
        middle = footprints[code].centroid
        east, north = ground.place(doors[code])
        length = ((east - middle.x) ** 2 + (north - middle.y) ** 2) ** 0.5
        node = f"s{number:04d}"
        places[node] = (float(middle.x), float(middle.y))
        made.append(Trench(names[doors[code]], node, max(length, LEAST_SERVICE_M), code))
    return made


def design_flows_kg_s(
    streets: Streets, powers_w: Mapping[str, float], spread_k: float, heat_j_kgk: float
) -> dict[str, float]:
    """Flow through each trench at design, by its far node."""
    flows: dict[str, float] = {}
    into = {each.far: each for each in streets.trenches}
    for trench in streets.trenches:
        if not trench.building:
            continue
        flow = powers_w[trench.building] / (heat_j_kgk * spread_k)
        node = trench.far
        while node in into:
            flows[node] = flows.get(node, 0.0) + flow
            node = into[node].near
    return flows


def ordered(trenches: Sequence[Trench]) -> list[Trench]:
    """By far node, services last."""
    return sorted(trenches, key=lambda each: (each.far[:1] == "s", each.far))
