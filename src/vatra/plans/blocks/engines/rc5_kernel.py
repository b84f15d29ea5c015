"""5R1C of many zones at once, compiled: the step is linear, so each zone is 23 numbers.

``T0`` is the air if nothing is heated or cooled, ``1 / k`` the heat that moves it by one kelvin;
``h`` and ``q`` follow by clipping, with no iteration, exactly as C.4.2 says. Zones lie side by
side in lanes, the lane loop innermost, four hours a pass, so that a processor takes many zones at
a time. Needs numba (extra ``buildings``).
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

LANES = 256
# Places of a zone's numbers, each LANES apart.
(C, PE, PI, PS, K0, IK, AL, BE, BI, BS, K1, G, A1, A2, A3, A4, A5,
 HEAT_LOW, HEAT_MORE, COOL_LOW, COOL_MORE, HEAT_W, COOL_W) = range(23)  # fmt: skip
COEFFICIENTS = 23
# Columns of the weather all zones of a run share.
X_TE, X_GAIN, X_SUN, X_HEAT, X_COOL, X_COLUMNS = 0, 1, 2, 7, 8, 9
PASS = 4
SIZE = COEFFICIENTS * LANES
# What changes: mass, sums of heating and cooling, peaks of both.
MASS, HEAT, COOL, TOP_HEAT, TOP_COOL, STATES = range(6)


@numba.njit(inline="always")
def _row(x: Any, step: int, after: int) -> Any:
    """The weather of one hour as scalars."""
    t = PASS * step + after
    return (x[t, 0], x[t, 1], x[t, 2], x[t, 3], x[t, 4], x[t, 5], x[t, 6], x[t, 7], x[t, 8])


@numba.njit(inline="always")
def _clip(value: Any, most: Any, zero: Any) -> Any:
    """Between zero and the most; ``min(max())`` would cost twenty times as much here."""
    value = value if value > zero else zero
    return value if value < most else most


@numba.njit(inline="always", fastmath={"contract", "nsz"})
def _hour(a: Any, b: int, x: Any, tm: Any, zero: Any) -> Any:
    """One hour of one lane: mass after it, heating and cooling."""
    sun = (
        a[A1 * LANES + b] * x[2] + a[A2 * LANES + b] * x[3]
        + a[A3 * LANES + b] * x[4] + a[A4 * LANES + b] * x[5]
        + a[A5 * LANES + b] * x[6]
    )  # fmt: skip
    free = (
        a[C * LANES + b] * tm + a[PE * LANES + b] * x[0]
        + a[PI * LANES + b] * x[1] + a[PS * LANES + b] * sun + a[K0 * LANES + b]
    )  # fmt: skip
    warm = a[HEAT_LOW * LANES + b] + a[HEAT_MORE * LANES + b] * x[7]
    cool = a[COOL_LOW * LANES + b] + a[COOL_MORE * LANES + b] * x[8]
    per_k = a[IK * LANES + b]
    h = _clip((warm - free) * per_k, a[HEAT_W * LANES + b], zero)
    q = _clip((free - cool) * per_k, a[COOL_W * LANES + b], zero)
    after = (
        a[AL * LANES + b] * tm + a[BE * LANES + b] * x[0]
        + a[BI * LANES + b] * x[1] + a[BS * LANES + b] * sun
        + a[K1 * LANES + b] + a[G * LANES + b] * (h - q)
    )  # fmt: skip
    return after, h, q


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
    """Run one block of lanes through the warm-up and the year.

    ``a`` (regimes * COEFFICIENTS * LANES); ``x`` (hours, X_COLUMNS); ``regime`` and ``month``
    (hours / PASS), month -1 in the warm-up; ``out_heat``, ``out_cool`` (12, LANES) sums of W over
    hours; peaks (LANES) in W. All floats are of one kind.
    """  # fmt: skip
    zero = a[0] - a[0]
    # One array for all that changes: of several the compiler would have to prove that they do not
    # overlap, and gives up.
    s = np.zeros(STATES * LANES, a.dtype)
    s[:LANES] = 20.0
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
        # Slices and scalars: an offset or a second index within the loop would stop the processor
        # from taking many lanes at a time.
        c = a[regime[step] * SIZE : (regime[step] + 1) * SIZE]
        w1, w2, w3, w4 = _row(x, step, 0), _row(x, step, 1), _row(x, step, 2), _row(x, step, 3)
        for b in range(lanes):
            m, h1, q1 = _hour(c, b, w1, s[b], zero)
            m, h2, q2 = _hour(c, b, w2, m, zero)
            m, h3, q3 = _hour(c, b, w3, m, zero)
            m, h4, q4 = _hour(c, b, w4, m, zero)
            s[b] = m
            s[HEAT * LANES + b] += (h1 + h2) + (h3 + h4)
            s[COOL * LANES + b] += (q1 + q2) + (q3 + q4)
            h, q = max(max(h1, h2), max(h3, h4)), max(max(q1, q2), max(q3, q4))
            s[TOP_HEAT * LANES + b] = max(h, s[TOP_HEAT * LANES + b])
            s[TOP_COOL * LANES + b] = max(q, s[TOP_COOL * LANES + b])
    for b in range(lanes):
        out_heat[now, b], out_cool[now, b] = s[HEAT * LANES + b], s[COOL * LANES + b]
        peak_heat[b], peak_cool[b] = s[TOP_HEAT * LANES + b], s[TOP_COOL * LANES + b]


@numba.njit(cache=True, nogil=True, fastmath={"contract", "nsz"})
def run_free(
    a: Any, x: Any, regime: Any, month: Any, lanes: int, coldest: Any, warmest: Any
) -> None:
    """The same with heating and cooling off: the coldest and the warmest air of each lane."""
    zero = a[0] - a[0]
    tm = np.full(LANES, zero + a.dtype.type(20.0))
    for b in range(lanes):
        coldest[b], warmest[b] = np.inf, -np.inf
    for step in range(len(month)):
        c, counts = a[regime[step] * SIZE : (regime[step] + 1) * SIZE], month[step] >= 0
        w1, w2, w3, w4 = _row(x, step, 0), _row(x, step, 1), _row(x, step, 2), _row(x, step, 3)
        for b in range(lanes):
            m, t1 = _free_hour(c, b, w1, tm[b])
            m, t2 = _free_hour(c, b, w2, m)
            m, t3 = _free_hour(c, b, w3, m)
            m, t4 = _free_hour(c, b, w4, m)
            tm[b] = m
            if counts:
                coldest[b] = min(min(min(t1, t2), min(t3, t4)), coldest[b])
                warmest[b] = max(max(max(t1, t2), max(t3, t4)), warmest[b])


@numba.njit(inline="always", fastmath={"contract", "nsz"})
def _free_hour(a: Any, b: int, x: Any, tm: Any) -> Any:
    """One hour of one lane without plant: mass after it, and the air."""
    sun = (
        a[A1 * LANES + b] * x[2] + a[A2 * LANES + b] * x[3]
        + a[A3 * LANES + b] * x[4] + a[A4 * LANES + b] * x[5]
        + a[A5 * LANES + b] * x[6]
    )  # fmt: skip
    air = (
        a[C * LANES + b] * tm + a[PE * LANES + b] * x[0]
        + a[PI * LANES + b] * x[1] + a[PS * LANES + b] * sun + a[K0 * LANES + b]
    )  # fmt: skip
    after = (
        a[AL * LANES + b] * tm + a[BE * LANES + b] * x[0]
        + a[BI * LANES + b] * x[1] + a[BS * LANES + b] * sun + a[K1 * LANES + b]
    )  # fmt: skip
    return after, air
