"""States of a block with panels and a battery, hour by hour, beside bare multiplications and numpy.

The states differ in panels, battery and a heat pump's load; the sun is Iași's synthetic year.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numba
import numpy as np

from vatra.plans.blocks import synthetic_climate
from vatra.plans.blocks.climate.climate import HOURS, Floats
from vatra.plans.sunpower import TERRACE, balance, panel_w

# Multiplications with an addition that an hour of a state amounts to: 2 for panels and load, 2 for
# the charge, 5 sums of which each takes one more; comparisons are not counted.
MULTIPLICATIONS = 10
_LANES = 256
_SEED = 20261123


@cache
def _year() -> tuple[Floats, Floats, Floats]:
    """Load of the flats, shape of a heat pump and power of 1 kWp [W], each (8760,)."""
    climate = synthetic_climate("iasi")
    hour = np.arange(HOURS) % 24
    flats = 4000 + 2500 * np.exp(-(((hour - 20) / 3.0) ** 2))
    pump = np.maximum(16 - climate.dry_bulb_c, 0.0)
    return flats, pump / pump.sum(), panel_w(climate, TERRACE)


def _states(count: int, distinct: int) -> tuple[Floats, Floats, Floats]:
    draw = np.random.default_rng(_SEED)
    kept = (draw.random(distinct) * 3e7, draw.random(distinct) * 40, draw.random(distinct) * 6e4)
    scale, kwp, held_wh = (np.resize(each, count) for each in kept)
    return scale, kwp, held_wh


def states(count: int, distinct: int = 0) -> float:
    """Balance ``count`` states, of which ``distinct`` differ (all); what is bought at the mean
    [Wh]."""
    scale, kwp, held_wh = _states(count, distinct or count)
    flats, pump, panel = _year()
    return float(balance(flats, pump, scale, panel, kwp, held_wh).bought_wh.sum() / count)


def without_battery(count: int) -> float:
    """The same states without their batteries in numpy: only what comes from the grid at once."""
    scale, kwp, _ = _states(count, count)
    flats, pump, panel = _year()
    bought = 0.0
    for begin in range(0, count, _LANES):
        part = slice(begin, begin + _LANES)
        load = flats + scale[part, None] * pump
        bought += float(np.maximum(load - kwp[part, None] * panel, 0.0).sum())
    return bought / count


@numba.njit(cache=True, fastmath=True)
def _multiply(a: Any, x: Any, lanes: int, out: Any) -> None:
    for hour in range(len(x)):
        w0, w1, w2 = x[hour, 0], x[hour, 1], x[hour, 2]
        for b in range(lanes):
            out[b] += (
                a[b] * w0 + a[lanes + b] * w1 + a[2 * lanes + b] * w2
                + a[3 * lanes + b] * w0 + a[4 * lanes + b] * w1 + a[5 * lanes + b] * w2
                + a[6 * lanes + b] * w0 + a[7 * lanes + b] * w1 + a[8 * lanes + b] * w2
                + a[9 * lanes + b] * w0
            )  # fmt: skip


def multiplications(count: int) -> float:
    """As many multiplications with an addition on the same hours, and nothing else."""
    x = np.stack(_year(), axis=1)
    a, out = np.full(MULTIPLICATIONS * _LANES, 1e-6), np.zeros(_LANES)
    for _ in range(-(-count // _LANES)):
        _multiply(a, x, _LANES, out)
    return float(out.sum())


def warm_up() -> None:
    """Everything once, so that compiling and the sun are in no figure."""
    states(300)
    multiplications(256)
    without_battery(256)
