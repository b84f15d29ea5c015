"""Pipes as they are sold and laid, and what is assumed where nobody measured; all of it as data."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Size:
    """A nominal diameter: steel pipe [m], casings of three series [m], highest usual speed."""

    dn: str
    outer_m: float
    inner_m: float
    casings_m: tuple[float, float, float]
    most_m_s: float
    source: str
    doubt: str


@dataclass(frozen=True)
class Insulation:
    """How a pipe is wrapped: thickness as the casing of a series, conductivity, roughness inside;
    ``laid_from`` to ``laid_to`` where the year a pipe was laid says so much."""

    code: str
    casing: int
    insulation_w_mk: float
    roughness_m: float
    laid_from: int | None
    laid_to: int | None
    source: str
    doubt: str


@dataclass(frozen=True)
class Value:
    """A number of the world or of usual practice."""

    name: str
    value: float
    unit: str
    source: str
    doubt: str


def _rows(name: str) -> list[dict[str, str]]:
    file = resources.files("vatra.plans.heatnet").joinpath(f"data/{name}.csv")
    return list(csv.DictReader(file.read_text("utf-8").splitlines()))


@cache
def sizes() -> dict[str, Size]:
    """Sizes by nominal diameter, the smallest first."""
    found = {}
    for row in _rows("pipes"):
        outer, wall = float(row["outer_mm"]) / 1e3, float(row["wall_mm"]) / 1e3
        one, two, three = (float(row[f"casing_{each}_mm"]) / 1e3 for each in (1, 2, 3))
        found[row["dn"]] = Size(
            row["dn"],
            outer,
            outer - 2 * wall,
            (one, two, three),
            float(row["most_m_s"]),
            row["source"],
            row["doubt"],
        )
    return found


@cache
def insulations() -> dict[str, Insulation]:
    """Insulations by code, the worst first."""
    return {
        row["insulation"]: Insulation(
            row["insulation"],
            int(row["casing"]),
            float(row["insulation_w_mk"]),
            float(row["roughness_mm"]) / 1e3,
            int(row["laid_from"]) if row["laid_from"] else None,
            int(row["laid_to"]) if row["laid_to"] else None,
            row["source"],
            row["doubt"],
        )
        for row in _rows("insulation")
    }


@cache
def values() -> dict[str, Value]:
    """Numbers by name."""
    return {
        row["name"]: Value(
            row["name"], float(row["value"]), row["unit"], row["source"], row["doubt"]
        )
        for row in _rows("values")
    }


def value(name: str) -> float:
    """One number; raises ``KeyError`` for a name that is not in the file."""
    return values()[name].value


def insulation_of(laid: int | None) -> Insulation:
    """What a pipe is wrapped in by the year it was laid; the worst where that is not known."""
    known = insulations()
    for each in known.values():
        first, last = each.laid_from, each.laid_to
        if laid is not None and first is not None and first <= laid <= (last or laid):
            return each
    return next(iter(known.values()))


def size_near(inner_m: float) -> Size:
    """The size whose steel pipe is nearest to an inner diameter."""
    return min(sizes().values(), key=lambda each: abs(each.inner_m - inner_m))
