"""Types of Romanian buildings: reference block, constructions, bridges, windows and air.

Every figure stands in ``data/*.csv`` with its source and its doubt; change a figure there and
everything that rests on it follows.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from vatra.plans.blocks.zone.zone import MASS_CLASSES, Boundary, Layer, MassClass
from vatra.plans.stock.thermal import Kind, u_w_m2k

RULES = ("perimeter_storeys", "facade_m2", "window_m2", "flats")
# Every type states these.
QUANTITIES = (
    "storeys_count",
    "flats_count",
    "storey_height_m",
    "slab_m",
    "footprint_m2",
    "perimeter_m",
    "window_m2",
    "heated_share",
    "window_u_w_m2k",
    "window_g_share",
    "frame_share",
    "shading_share",
    "air_change_per_h",
    "air_change_after_per_h",
    "gains_w_m2",
    "floor_b_share",
    "roof_b_share",
)
Row = Mapping[str, str]


@dataclass(frozen=True)
class Value:
    """One figure of a type; ``low`` and ``high`` are None where nobody stated a range."""

    value: float
    low: float | None
    high: float | None
    unit: str
    source: str
    doubt: str


@dataclass(frozen=True)
class Construction:
    """Layers from inside to outside, what is behind them and the U that follows."""

    code: str
    kind: Kind
    behind: Boundary
    layers: tuple[Layer, ...]
    u_w_m2k: float
    source: str
    doubt: str


@dataclass(frozen=True)
class BridgeRule:
    """A linear bridge and how long it is: ``length_m`` to one of ``rule``.

    ``perimeter_storeys``: metre of outer perimeter of each storey; ``facade_m2``: outer wall and
    windows; ``window_m2``; ``flats``.
    """

    code: str
    psi_w_mk: float
    psi_low_w_mk: float
    psi_high_w_mk: float
    rule: str
    length_m: float
    psi_source: str
    length_source: str
    doubt: str


@dataclass(frozen=True)
class Archetype:
    """A type of building; the reference block is the one its figures were taken from."""

    code: str
    use: str
    years: tuple[int, int]
    storeys: tuple[int, int]
    wall: Construction
    roof: Construction
    floor: Construction
    mass: MassClass
    values: Mapping[str, Value]
    bridges: tuple[BridgeRule, ...]

    def of(self, quantity: str) -> float:
        """A figure of the type; ``KeyError`` for one that types do not have."""
        return self.values[quantity].value

    @property
    def depth_m(self) -> float:
        """Short side of the reference block, taken as a rectangle."""
        quarter, area = self.of("perimeter_m") / 4, self.of("footprint_m2")
        return float(quarter - max(quarter**2 - area, 0.0) ** 0.5)

    @property
    def window_share(self) -> float:
        """Windows as a share of the outer walls and windows."""
        height = self.of("storeys_count") * self.of("storey_height_m")
        return self.of("window_m2") / (self.of("perimeter_m") * height)

    @property
    def flat_m2(self) -> float:
        """Heated floor area of a flat."""
        floors = self.of("footprint_m2") * self.of("storeys_count")
        return floors * self.of("heated_share") / self.of("flats_count")


@cache
def archetypes() -> Mapping[str, Archetype]:
    """Every type by code, in the order of its file; ``ValueError`` names the file and row."""
    values, bridges, built = _values(), _bridges(), constructions()
    found = {}
    for line, row in _rows("archetypes"):
        code = row["archetype"]
        mass: Any = _one_of(row["mass"], MASS_CLASSES, "archetypes", line)
        missing = [each for each in QUANTITIES if each not in values.get(code, {})]
        if missing:
            raise ValueError(f"values.csv: {code} lacks {', '.join(missing)}")
        found[code] = Archetype(
            code,
            row["use"],
            (int(row["year_from"]), int(row["year_to"])),
            (int(row["storeys_from"]), int(row["storeys_to"])),
            built[row["wall"]],
            built[row["roof"]],
            built[row["floor"]],
            mass,
            MappingProxyType(values[code]),
            tuple(bridges.get(code, ())),
        )
    return MappingProxyType(found)


@cache
def constructions() -> Mapping[str, Construction]:
    """Every construction by code."""
    materials = {row["material"]: row for _, row in _rows("materials")}
    grouped: dict[str, list[Row]] = {}
    for line, row in _rows("layers"):
        built = grouped.setdefault(row["construction"], [])
        if int(row["place_number"]) != len(built) + 1 or row["material"] not in materials:
            raise ValueError(f"layers.csv, row {line}: place or material of {row['construction']}")
        built.append(row)
    return MappingProxyType(
        {code: _construction(code, rows, materials) for code, rows in grouped.items()}
    )


def _construction(code: str, rows: list[Row], materials: Mapping[str, Row]) -> Construction:
    kind: Any = rows[0]["kind"]
    behind: Any = rows[0]["behind"]
    layers = tuple(_layer(row, materials[row["material"]]) for row in rows)
    u = u_w_m2k(layers, kind, behind)
    return Construction(code, kind, behind, layers, u, rows[0]["source"], rows[0]["doubt"])


def _layer(row: Row, material: Row) -> Layer:
    return Layer(
        float(row["thickness_m"]),
        float(material["conductivity_w_mk"]),
        float(material["density_kg_m3"]),
        float(material["heat_j_kgk"]),
    )


def _values() -> dict[str, dict[str, Value]]:
    found: dict[str, dict[str, Value]] = {}
    for line, row in _rows("values"):
        quantity = _one_of(row["quantity"], QUANTITIES, "values", line)
        low, high = (float(row[each]) if row[each] else None for each in ("low", "high"))
        made = Value(float(row["value"]), low, high, row["unit"], row["source"], row["doubt"])
        if found.setdefault(row["archetype"], {}).setdefault(quantity, made) is not made:
            raise ValueError(f"values.csv, row {line}: {quantity} stands twice")
    return found


def _bridges() -> dict[str, list[BridgeRule]]:
    found: dict[str, list[BridgeRule]] = {}
    for line, row in _rows("bridges"):
        rule = _one_of(row["rule"], RULES, "bridges", line)
        made = BridgeRule(
            row["bridge"],
            float(row["psi_w_mk"]),
            float(row["psi_low"]),
            float(row["psi_high"]),
            rule,
            float(row["length_m"]),
            row["psi_source"],
            row["length_source"],
            row["doubt"],
        )
        found.setdefault(row["archetype"], []).append(made)
    return found


def _one_of(text: str, known: tuple[str, ...], file: str, line: int) -> str:
    if text not in known:
        raise ValueError(f"{file}.csv, row {line}: '{text}' is not one of {', '.join(known)}")
    return text


@cache
def mix() -> Mapping[str, float]:
    """Share of a city's blocks that each type is taken to have where nobody counted them [%]."""
    return MappingProxyType(
        {row["archetype"]: float(row["blocks_percent"]) for _, row in _rows("mix")}
    )


def _rows(name: str) -> Iterator[tuple[int, Row]]:
    text = (resources.files("vatra.plans.stock") / "data" / f"{name}.csv").read_text("utf-8")
    yield from enumerate(csv.DictReader(text.splitlines()), start=2)
