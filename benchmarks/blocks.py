"""Building-years of each engine on one core, beside the bare multiplications in them.

Zones are panel blocks of many sizes in the synthetic year of Iasi. What is timed is the running of
hours with numbers at hand; ``benchmarks.packages`` times everything from zones on.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numba
import numpy as np

from vatra.plans.blocks import Bridge, Element, Engine, Mass, Plane, Window, Zone
from vatra.plans.blocks.bulk import Changes
from vatra.plans.blocks.bulk.lanes import hours_of, prepare
from vatra.plans.blocks.climate.synthetic import synthetic_climate
from vatra.plans.blocks.engines import modal_kernel, rc5_fast, rc5_kernel
from vatra.plans.blocks.engines.asked import surroundings
from vatra.plans.blocks.engines.groups import Shared, groups
from vatra.plans.blocks.engines.seasonal import Season, seasonal

HOURS = 8760 + 744
# Multiplications with an addition in an hour of one zone.
RC5_MULTIPLICATIONS, MODAL_MULTIPLICATIONS = 20, 100
_DISTINCT = 512
_KERNELS: dict[Engine, Any] = {"rc5": rc5_kernel, "modal": modal_kernel}


def block(number: int) -> Zone:
    """A panel block; the number sets its size and how well it is insulated."""
    size, u = 1.0 + number % 50 / 25, 0.2 + number % 37 / 30
    walls = tuple(
        Element(f"wall {azimuth:.0f}", area * size, u, Plane(90.0, azimuth), mass="heavy")
        for azimuth, area in ((0.0, 290.0), (90.0, 135.0), (180.0, 290.0), (270.0, 135.0))
    )
    below = Element("basement", 380 * size, 1.88, Plane(180.0), "unheated", 0.5, mass="heavy")
    roof = Element("terrace", 380 * size, 0.56, Plane(0.0), mass="heavy")
    windows = tuple(
        Window(f"{azimuth:.0f}", 160 * size, 1.1 + number % 3 * 0.7, 0.6, Plane(90.0, azimuth))
        for azimuth in (0.0, 180.0)
    )
    floor_m2 = 1500 * size
    return Zone(str(number), floor_m2, 2.55 * floor_m2, (*walls, below, roof), windows,
                (Bridge("joints", 0.55, 660 * size),), mass=Mass("heavy"))  # fmt: skip


@cache
def _prepared(engine: Engine) -> tuple[Shared, Any]:
    zones = [block(number) for number in range(_DISTINCT)]
    ((key, _),) = groups(zones).items()
    around = surroundings(zones, synthetic_climate("iasi"))
    hours = hours_of(key, zones, around, engine)
    return hours.known, prepare(zones, Changes.kept(), hours, engine)


def building_years(engine: Engine, count: int) -> float:
    """Run an engine's hours for ``count`` zones in 32 bits; mean heat [Wh]."""
    known, numbers = _prepared(engine)
    many = np.tile(numbers, -(-count // _DISTINCT))[:, :, :count]
    totals = rc5_fast.run_totals(_KERNELS[engine], known, many, count, np.float32)
    return float(totals.heating_wh.mean())


@numba.njit(cache=True, fastmath=True)
def _multiply(a: Any, x: Any, lanes: int, passes: int, out: Any) -> None:
    for hour in range(len(x)):
        for k in range(passes):
            c = a[10 * k * lanes : 10 * (k + 1) * lanes]
            w0, w1, w2, w3, w4 = x[hour, 0], x[hour, 1], x[hour, 2], x[hour, 3], x[hour, 4]
            for b in range(lanes):
                out[b] += (
                    c[b] * w0 + c[lanes + b] * w1 + c[2 * lanes + b] * w2 + c[3 * lanes + b] * w3
                    + c[4 * lanes + b] * w4 + c[5 * lanes + b] * w0 + c[6 * lanes + b] * w1
                    + c[7 * lanes + b] * w2 + c[8 * lanes + b] * w3 + c[9 * lanes + b] * w4
                )  # fmt: skip


def multiplications(engine: Engine, count: int) -> float:
    """As many multiplications with an addition as the hours need, and nothing else."""
    terms = RC5_MULTIPLICATIONS if engine == "rc5" else MODAL_MULTIPLICATIONS
    lanes = _KERNELS[engine].LANES
    a = np.full(lanes * terms, 1e-3, np.float32)
    x, out = np.ones((HOURS, 8), np.float32), np.zeros(lanes, np.float32)
    for _ in range(-(-count // lanes)):
        _multiply(a, x, lanes, terms // 10, out)
    return float(out[0])


@cache
def _variants(count: int) -> Season:
    random = np.random.default_rng(20260130)
    ends = ((0.3, 4.0), (0.2, 1.0), (19.0, 21.0), (0.0, 6.0), (150.0, 230.0), (0.9, 0.95),
            (0.8, 0.85), (2.0, 20.0), (2.0, 4.0), (30.0, 90.0))  # fmt: skip
    return Season(*(random.uniform(low, high, count) for low, high in ends))


def rows(count: int) -> float:
    """The seasonal method on ``count`` rows; mean need [kWh/m2]."""
    return float(seasonal(_variants(count)).heating_kwh_m2.mean())


def powers(count: int) -> float:
    """The two powers that no formula of it can leave out, by numpy."""
    season = _variants(count)
    gamma, a = season.f_red_at_1, season.h_tr_w_m2k
    return float((gamma**a + gamma ** (a + 1)).sum())


def warm_up() -> None:
    """Everything once, so that compiling and the sun are in no figure."""
    for engine in _KERNELS:
        building_years(engine, 600)
        multiplications(engine, 256)
    rows(1_000_000)
