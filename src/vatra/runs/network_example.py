"""A made-up heat network for a quarter of blocks: ``python -m vatra.runs.network_example FOLDER``.

Trenches follow the free ground between the blocks (``plans.heatnet.streets``); where a quarter is
only counted, its blocks are first put on a made-up map. Sizes follow the design flow at
``DROP_PA_M`` as in networks laid for growth. Which pipes are old and how many flats have left is
drawn with a fixed seed. Everything is marked synthetic.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from vatra.plans.blocks import simulate, synthetic_climate
from vatra.plans.heatnet.catalogue import sizes, value
from vatra.plans.heatnet.friction import drop_pa_m, rough_term
from vatra.plans.heatnet.streets import (
    Streets,
    Trench,
    along_streets,
    design_flows_kg_s,
    ordered,
)
from vatra.plans.stock import layout
from vatra.plans.stock.footprints import to_degrees, to_metres
from vatra.runs.stock import Stock, open_stock
from vatra.sources.shapes import shapely

SEED = 20260131
SOURCE = "synthetic: laid along the free ground between made-up blocks"
DROP_PA_M = 80.0
OLD, REPAIRED, NEW = "channel_wool", "channel_wool_repaired", "series_2"


@dataclass(frozen=True)
class Made:
    """How the network of a quarter is made.

    ``at_deg`` where a counted quarter is put; ``parts`` of old, repaired and new trenches;
    ``exchanger_k`` None: network water runs in the radiators; ``left_share``: of blocks that some
    flats have left.
    """

    place: str
    at_deg: tuple[float, float]
    supply_c: float
    lowest_c: float
    building_c: tuple[float, float]
    exchanger_k: float | None
    hot_water: bool
    parts: tuple[float, float, float]
    left_share: float


MADE: Mapping[str, Made] = {
    "manastur-like": Made(
        "cluj", (23.555, 46.7585), 90.0, 55.0, (90.0, 70.0), None, False, (0.6, 0.25, 0.15), 0.4
    ),
    "iasi-like": Made(
        "iasi", (27.57, 47.16), 105.0, 70.0, (80.0, 60.0), 8.0, True, (0.25, 0.15, 0.6), 0.5
    ),
}


def write_example(folder: Path) -> list[Path]:
    """Write ``heat_pipes.csv`` and ``heat_substations.csv`` into the folder of a quarter."""
    stock, made = open_stock(folder), MADE[folder.name]
    drawn, middle = _footprints(stock, made)
    streets = along_streets(drawn)
    degrees = _degrees(streets, middle)
    climate = synthetic_climate(made.place)
    peaks = simulate(stock.zones(), climate, "rc5", free_float=False).peak_heating_w
    assert peaks is not None
    powers = {each.code: float(w) for each, w in zip(stock.buildings, peaks, strict=True)}
    random = np.random.RandomState(SEED)
    pipes = _pipe_rows(streets, degrees, powers, made, random)
    stations = _station_rows(streets, degrees, made, random)
    written = []
    for name, rows in (("heat_pipes", pipes), ("heat_substations", stations)):
        path = folder / f"{name}.csv"
        path.write_text(_csv(rows), encoding="utf-8")
        written.append(path)
    return written


def _footprints(stock: Stock, made: Made) -> tuple[dict[str, Any], tuple[float, float]]:
    """Polygons in metres, and the point in degrees that they are about."""
    polygons = dict(stock.footprints) or layout(stock.buildings, *made.at_deg)
    codes = sorted(polygons)
    west, south, east, north = shapely().total_bounds([polygons[code] for code in codes])
    middle = (float(west + east) / 2, float(south + north) / 2)
    metres = to_metres([polygons[code] for code in codes])
    return dict(zip(codes, metres, strict=True)), middle


def _degrees(streets: Streets, middle: tuple[float, float]) -> dict[str, tuple[float, float]]:
    nodes = sorted(streets.places_m)
    points = [shapely().Point(*streets.places_m[node]) for node in nodes]
    moved = to_degrees(points, *middle)
    return {
        node: (round(point.x, 6), round(point.y, 6))
        for node, point in zip(nodes, moved, strict=True)
    }


def _pipe_rows(
    streets: Streets,
    degrees: Mapping[str, tuple[float, float]],
    powers_w: Mapping[str, float],
    made: Made,
    random: np.random.RandomState,
) -> list[dict[str, Any]]:
    spread = made.supply_c - made.building_c[1] - (made.exchanger_k or 0.0) / 2
    flows = design_flows_kg_s(streets, powers_w, spread, value("water_heat"))
    rows = []
    kinds = _insulations(streets, made, random)
    for number, trench in enumerate(ordered(streets.trenches), start=1):
        wrap, laid = kinds[trench.far]
        longitude, latitude = degrees[trench.far]
        rows.append(
            {
                "pipe": f"c{number:04d}",
                "from_node": trench.near,
                "to_node": trench.far,
                "length_m": round(trench.length_m, 1),
                "dn": _dn(flows[trench.far]),
                "insulation": wrap,
                "laid": laid,
                "longitude_degrees": longitude,
                "latitude_degrees": latitude,
                "source": SOURCE,
            }
        )
    return rows


def _insulations(
    streets: Streets, made: Made, random: np.random.RandomState
) -> dict[str, tuple[str, int]]:
    """What each trench is wrapped in and when it was laid: whole branches were renewed together,
    so that a trench mostly follows the one before it."""
    into: dict[str, Trench] = {each.far: each for each in streets.trenches}
    found: dict[str, tuple[str, int]] = {}
    years = {OLD: (1975, 1988), REPAIRED: (1975, 1988), NEW: (2010, 2024)}
    for trench in streets.trenches:
        if trench.near in into and random.rand() < 0.85:
            found[trench.far] = found[trench.near]
            continue
        wrap = (OLD, REPAIRED, NEW)[int(random.choice(3, p=made.parts))]
        found[trench.far] = (wrap, int(random.randint(*years[wrap])))
    return found


def _dn(flow_kg_s: float) -> str:
    """The smallest size that loses no more than the design drop."""
    for dn, size in sizes().items():
        inner = np.array(size.inner_m)
        rough = rough_term(inner, np.array(1e-4))
        if dn != "20" and float(drop_pa_m(np.array(flow_kg_s), inner, rough)) <= DROP_PA_M:
            return dn
    return list(sizes())[-1]


def _station_rows(
    streets: Streets,
    degrees: Mapping[str, tuple[float, float]],
    made: Made,
    random: np.random.RandomState,
) -> list[dict[str, Any]]:
    def row(node: str, **others: Any) -> dict[str, Any]:
        longitude, latitude = degrees[node]
        empty = dict.fromkeys(
            ("kind", "building", "share_percent", "hot_water", "supply_temperature",
             "return_temperature", "lowest_temperature", "exchanger_degrees")
        )  # fmt: skip
        about = {"longitude_degrees": longitude, "latitude_degrees": latitude, "source": SOURCE}
        return {"node": node, **empty, **others, **about}

    rows = [row(streets.source, kind="source", supply_temperature=made.supply_c,
                lowest_temperature=made.lowest_c)]  # fmt: skip
    for trench in ordered(streets.trenches):
        if trench.building:
            left = random.rand() < made.left_share
            share = 100 - 5 * int(random.randint(1, 9)) if left else 100
            rows.append(
                row(
                    trench.far,
                    kind="substation",
                    building=trench.building,
                    share_percent=share,
                    hot_water="yes" if made.hot_water else "no",
                    supply_temperature=made.building_c[0],
                    return_temperature=made.building_c[1],
                    exchanger_degrees=made.exchanger_k,
                )
            )
    return rows


def _csv(rows: list[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


if __name__ == "__main__":
    for each in sys.argv[1:]:
        print(*write_example(Path(each)), sep="\n")
