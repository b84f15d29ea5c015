"""The modal zone of many zones at once, compiled; see ``rc5_kernel`` for how the lanes lie.

Eight modes a zone. An hour first reads the air from the modes and what acts, then heats or cools
it, then moves each mode on: short loops over the lanes, since one long one would not fit the
processor's registers. Needs numba (extra ``buildings``).
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

LANES = 64
MODES = 8
INPUTS = 8
# Places of a zone's numbers: the air from modes and from inputs (outdoors, gains, five suns, one),
# heat for a kelvin, how much of it stays, air change beyond the least; setpoints and capacities;
# then of each mode what it keeps, takes from each input and from heat to the air.
AIR, AIR_BY = 0, MODES
PER_K = AIR_BY + INPUTS
STAYS, MORE = PER_K + 1, PER_K + 2
HEAT_LOW, HEAT_MORE, COOL_LOW, COOL_MORE, HEAT_W, COOL_W = range(PER_K + 3, PER_K + 9)
OF_MODES = PER_K + 9
KEEP, GAIN, TO_AIR, OF_MODE = 0, 1, 1 + INPUTS, 2 + INPUTS
COEFFICIENTS = OF_MODES + MODES * OF_MODE
SIZE = COEFFICIENTS * LANES
PASS = 4
# What changes: the modes; free air and heat to the air of the hour; sums of heating and cooling,
# peaks of both (or coldest and warmest air).
FREE, HEATED, HEAT, COOL, TOP_HEAT, TOP_COOL = range(MODES, MODES + 6)
STATES = MODES + 6


@numba.njit(inline="always")
def _clip(value: Any, most: Any, zero: Any) -> Any:
    """Between zero and the most; ``min(max())`` would stop the processor from taking many lanes."""
    value = value if value > zero else zero
    return value if value < most else most


@numba.njit(fastmath={"contract", "nsz"})
def _read_air(c: Any, s: Any, w: Any, lanes: int) -> None:
    """The air of an hour if nothing is heated or cooled."""
    te, gain, s1, s2, s3, s4, s5 = w[0], w[1], w[2], w[3], w[4], w[5], w[6]
    for b in range(lanes):
        acting = (
            c[AIR_BY * LANES + b] * te + c[(AIR_BY + 1) * LANES + b] * gain
            + c[(AIR_BY + 2) * LANES + b] * s1 + c[(AIR_BY + 3) * LANES + b] * s2
            + c[(AIR_BY + 4) * LANES + b] * s3 + c[(AIR_BY + 5) * LANES + b] * s4
            + c[(AIR_BY + 6) * LANES + b] * s5 + c[(AIR_BY + 7) * LANES + b]
        )  # fmt: skip
        s[FREE * LANES + b] = acting + (
            c[b] * s[b] + c[LANES + b] * s[LANES + b] + c[2 * LANES + b] * s[2 * LANES + b]
            + c[3 * LANES + b] * s[3 * LANES + b] + c[4 * LANES + b] * s[4 * LANES + b]
            + c[5 * LANES + b] * s[5 * LANES + b] + c[6 * LANES + b] * s[6 * LANES + b]
            + c[7 * LANES + b] * s[7 * LANES + b]
        )  # fmt: skip


@numba.njit(fastmath={"contract", "nsz"})
def _heat(c: Any, s: Any, w: Any, lanes: int, zero: Any) -> None:
    """Heat or cool the air to its setpoint as far as there is capacity; sums and peaks."""
    te, warm_by, cool_by = w[0], w[7], w[8]
    for b in range(lanes):
        free, per_k = s[FREE * LANES + b], c[PER_K * LANES + b]
        warm = c[HEAT_LOW * LANES + b] + c[HEAT_MORE * LANES + b] * warm_by
        cool = c[COOL_LOW * LANES + b] + c[COOL_MORE * LANES + b] * cool_by
        h = _clip((warm - free) * per_k, c[HEAT_W * LANES + b], zero)
        q = _clip((free - cool) * per_k, c[COOL_W * LANES + b], zero)
        s[HEATED * LANES + b] = c[STAYS * LANES + b] * (h - q) + c[MORE * LANES + b] * (te - free)
        s[HEAT * LANES + b] += h
        s[COOL * LANES + b] += q
        top_h, top_q = s[TOP_HEAT * LANES + b], s[TOP_COOL * LANES + b]
        s[TOP_HEAT * LANES + b] = h if h > top_h else top_h
        s[TOP_COOL * LANES + b] = q if q > top_q else top_q


@numba.njit(fastmath={"contract", "nsz"})
def _leave(c: Any, s: Any, w: Any, lanes: int) -> None:
    """No plant: the coldest and the warmest air."""
    te = w[0]
    for b in range(lanes):
        free = s[FREE * LANES + b]
        s[HEATED * LANES + b] = c[MORE * LANES + b] * (te - free)
        low, high = s[TOP_HEAT * LANES + b], s[TOP_COOL * LANES + b]
        s[TOP_HEAT * LANES + b] = free if free < low else low
        s[TOP_COOL * LANES + b] = free if free > high else high


@numba.njit(fastmath={"contract", "nsz"})
def _advance(c: Any, s: Any, w: Any, lanes: int) -> None:
    """Every mode after the hour."""
    te, gain, s1, s2, s3, s4, s5 = w[0], w[1], w[2], w[3], w[4], w[5], w[6]
    u = s[HEATED * LANES : (HEATED + 1) * LANES]
    for m in range(MODES):
        z = s[m * LANES : (m + 1) * LANES]
        k = c[(OF_MODES + m * OF_MODE) * LANES : (OF_MODES + (m + 1) * OF_MODE) * LANES]
        for b in range(lanes):
            z[b] = (
                k[b] * z[b] + k[LANES + b] * te + k[2 * LANES + b] * gain
                + k[3 * LANES + b] * s1 + k[4 * LANES + b] * s2 + k[5 * LANES + b] * s3
                + k[6 * LANES + b] * s4 + k[7 * LANES + b] * s5 + k[8 * LANES + b]
                + k[9 * LANES + b] * u[b]
            )  # fmt: skip


@numba.njit(cache=True, nogil=True, fastmath={"contract", "nsz"})
def run(
    a: Any,
    x: Any,
    regime: Any,
    month: Any,
    lanes: int,
    out_heat: Any,
    out_cool: Any,
    peak_heat: Any,
    peak_cool: Any,
) -> None:
    """Run one block of lanes through the warm-up and the year; see ``rc5_kernel.run``. Modes
    begin at rest: the warm-up brings them to the season."""  # fmt: skip
    zero = a[0] - a[0]
    s = np.zeros(STATES * LANES, a.dtype)
    now = month[0]
    for step in range(len(month)):
        if month[step] != now:
            if now >= 0:
                for b in range(lanes):
                    out_heat[now, b], out_cool[now, b] = s[HEAT * LANES + b], s[COOL * LANES + b]
            else:
                s[TOP_HEAT * LANES :] = 0.0
            s[HEAT * LANES : TOP_HEAT * LANES] = 0.0
            now = month[step]
        c = a[regime[step] * SIZE : (regime[step] + 1) * SIZE]
        for hour in range(PASS * step, PASS * (step + 1)):
            w = x[hour]
            _read_air(c, s, w, lanes)
            _heat(c, s, w, lanes, zero)
            _advance(c, s, w, lanes)
    for b in range(lanes):
        out_heat[now, b], out_cool[now, b] = s[HEAT * LANES + b], s[COOL * LANES + b]
        peak_heat[b], peak_cool[b] = s[TOP_HEAT * LANES + b], s[TOP_COOL * LANES + b]


@numba.njit(cache=True, nogil=True, fastmath={"contract", "nsz"})
def run_free(
    a: Any, x: Any, regime: Any, month: Any, lanes: int, coldest: Any, warmest: Any
) -> None:
    """The same with heating and cooling off: the coldest and the warmest air of each lane."""
    s = np.zeros(STATES * LANES, a.dtype)
    for step in range(len(month)):
        if month[step] == 0 and month[step - 1] < 0:
            s[TOP_HEAT * LANES : TOP_COOL * LANES] = np.inf
            s[TOP_COOL * LANES :] = -np.inf
        c = a[regime[step] * SIZE : (regime[step] + 1) * SIZE]
        for hour in range(PASS * step, PASS * (step + 1)):
            w = x[hour]
            _read_air(c, s, w, lanes)
            _leave(c, s, w, lanes)
            _advance(c, s, w, lanes)
    for b in range(lanes):
        coldest[b], warmest[b] = s[TOP_HEAT * LANES + b], s[TOP_COOL * LANES + b]
