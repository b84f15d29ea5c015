"""The hours of a radial network, compiled: hour after hour, each beginning where the last ended.

The same steps as ``reference.py``. Needs numba (extra ``buildings``).
"""

from __future__ import annotations

from math import exp, expm1, log, log10
from typing import Any

import numba
import numpy as np

# Columns of the substations' numbers.
(POWER, INSIDE, MEAN, SPREAD, EXCHANGER, MOST, LEAST) = range(7)
# What a substation needs in an hour (``emitters.Wish``), and what it is given.
(W_HOT, W_COLD, W_MEAN, W_NEEDED, W_SPREAD, W_DECAY, W_BEYOND, W_SERVED, W_FLOW, W_GUESS,
 W_FOUND, W_BEFORE, W_BEFORE_FOUND, W_LOW, W_HIGH, W_PART) = range(16)  # fmt: skip
# Columns of the pipes' numbers.
(P_UL, P_AREA, P_INNER, P_ROUGH, P_LENGTH) = range(5)
# Constants of the world, in this order.
(C_HEAT, C_DENSITY, C_VISCOSITY, C_EXPONENT, C_FITTINGS, C_DROP, C_PUMP, C_HW, C_HW_APPROACH,
 C_HW_BACK, C_HW_COLD, C_LEAST_LOAD, C_TOLERANCE) = range(13)  # fmt: skip
# Hourly results.
(H_PLANT, H_NEEDED, H_SERVED, H_SUPPLY_LOSS, H_RETURN_LOSS, H_RETURN, H_FLOW, H_HEAD,
 H_PUMP, H_MARGIN) = range(10)  # fmt: skip
HOURLY = 10
_ROUNDS, _HELD_FROM, _HALLEY, _SHORT = 60, 10, 2, 14
_FAR_K = 1e6


@numba.njit(cache=True, inline="always")
def _decay(ratio: float) -> float:
    off_one = 1.0 - ratio
    if abs(off_one) < 1e-5:
        return 2.0 * off_one + 4.0 / 3.0 * off_one * off_one
    u = 1.0 / ratio - ratio
    if ratio > 1.0:
        u = -2.0 * log(ratio) / (1.0 + 0.14 * log(ratio))
    for _ in range(_HALLEY):
        less = expm1(-u)
        at = -less / u
        slope = (1.0 + less - at) / u
        bend = -(1.0 + less + 2.0 * slope) / u
        off = at - ratio
        u = u - 2.0 * off * slope / (2.0 * slope * slope - off * bend)
    return u


@numba.njit(cache=True)
def _wish(s: Any, w: Any, j: int, heat_w: float, c: Any) -> None:
    """What one substation needs in an hour."""
    load = max(heat_w / s[j, POWER], c[C_LEAST_LOAD])
    w[j, W_PART] = heat_w / (load * s[j, POWER])
    mean = s[j, MEAN] * load ** (1.0 / c[C_EXPONENT])
    most_spread = load * s[j, POWER] / (c[C_HEAT] * s[j, MOST])
    behind = s[j, EXCHANGER] > 0.0
    spread = s[j, SPREAD] * load if behind else most_spread
    decay = spread / mean
    above = spread / -expm1(-decay)
    inside = s[j, INSIDE]
    w[j, W_SPREAD], w[j, W_DECAY], w[j, W_BEYOND] = spread, decay, 0.0
    w[j, W_HOT], w[j, W_COLD], w[j, W_MEAN] = inside, inside, mean
    if behind:
        exchanger = s[j, EXCHANGER] * load
        ratio = (most_spread - spread) / exchanger
        if abs(ratio) < 1e-9:
            ratio = 1e-9
        w[j, W_BEYOND] = exchanger * ratio / -expm1(-ratio)
        w[j, W_HOT], w[j, W_COLD] = inside + above, inside + above - spread
        w[j, W_MEAN] = exchanger
    w[j, W_NEEDED] = inside + above + w[j, W_BEYOND]


@numba.njit(cache=True)
def _share(w: Any, j: int, inside: float, supply: float, exponent: float) -> float:
    """Share of the heat that a supply which is too cool can give."""
    slower = 1.0 - 1.0 / exponent
    excess = max(supply - inside, 0.0)
    share = min(excess / max(w[j, W_NEEDED] - inside, 1e-12), 1.0)
    for _ in range(_SHORT):
        left = -expm1(-w[j, W_DECAY] * share**slower)
        share = min(excess / (w[j, W_SPREAD] / max(left, 1e-12) + w[j, W_BEYOND]), 1.0)
    return share


@numba.njit(cache=True)
def _ask(s: Any, w: Any, j: int, heat: float, washing: float, least: float, c: Any) -> None:
    """Flow of a substation and heat served under the supply that is guessed."""
    supply, flow, served = w[j, W_GUESS], 0.0, 0.0
    if heat > 0.0:
        if supply >= w[j, W_NEEDED]:
            above = supply - w[j, W_HOT]
            back = w[j, W_COLD] + above * exp(-_decay(w[j, W_MEAN] / above))
            flow, served = heat / (c[C_HEAT] * (supply - back)), heat
        else:
            flow = w[j, W_PART] * s[j, MOST]
            served = heat * _share(w, j, s[j, INSIDE], supply, c[C_EXPONENT])
    if washing > 0.0:
        reached = supply - c[C_HW_APPROACH] - c[C_HW_COLD]
        share = min(max(reached / (c[C_HW] - c[C_HW_COLD]), 0.0), 1.0)
        spread = max(supply, c[C_HW] + c[C_HW_APPROACH]) - c[C_HW_BACK]
        flow += washing / (c[C_HEAT] * spread)
        served += washing * share
    w[j, W_FLOW], w[j, W_SERVED] = max(flow, least), served


@numba.njit(cache=True)
def _outwards(
    p: Any, parent: Any, at: Any, w: Any, x: Any, plant: float, ground: float, heat: float
) -> float:
    """Flows inwards, supply outwards; how far the guesses were off [K]. ``x`` (3, pipes): flow,
    far end, what the ground leaves."""  # fmt: skip
    count, off = len(parent), 0.0
    x[0, :] = 0.0
    for j in range(len(at)):
        if at[j] >= 0:
            x[0, at[j]] += w[j, W_FLOW]
    for k in range(count - 1, -1, -1):
        if parent[k] >= 0:
            x[0, parent[k]] += x[0, k]
    for k in range(count):
        near = x[1, parent[k]] if parent[k] >= 0 else plant
        x[2, k] = exp(-p[k, P_UL] / max(x[0, k] * heat, 1e-12)) if x[0, k] > 0.0 else 0.0
        x[1, k] = ground + (near - ground) * x[2, k]
    for j in range(len(at)):
        w[j, W_FOUND] = x[1, at[j]] if at[j] >= 0 else plant
        off = max(off, abs(w[j, W_FOUND] - w[j, W_GUESS]))
    return off


@numba.njit(cache=True)
def _next(w: Any, count: int, held: bool) -> None:
    """Better guesses: the secant (Wegstein), or the middle where it leaves the ends."""
    for j in range(count):
        guess, found = w[j, W_GUESS], w[j, W_FOUND]
        moved, slope = guess - w[j, W_BEFORE], 0.0
        if abs(moved) >= 1e-12:
            slope = (found - w[j, W_BEFORE_FOUND]) / moved
        tried = guess + (found - guess) / (1.0 - min(max(slope, -1e4), 0.5))
        if held:
            if found >= guess:
                w[j, W_LOW] = guess
            if found <= guess:
                w[j, W_HIGH] = guess
            if w[j, W_HIGH] - w[j, W_LOW] < 1e-4 * abs(found - guess):
                w[j, W_LOW], w[j, W_HIGH] = -_FAR_K, _FAR_K
            between = w[j, W_LOW] < tried < w[j, W_HIGH]
            if not between and w[j, W_HIGH] - w[j, W_LOW] < _FAR_K:
                tried = (w[j, W_LOW] + w[j, W_HIGH]) / 2.0
        w[j, W_BEFORE], w[j, W_BEFORE_FOUND], w[j, W_GUESS] = guess, found, tried


@numba.njit(cache=True)
def _inwards(
    p: Any,
    parent: Any,
    at: Any,
    w: Any,
    x: Any,
    y: Any,
    plant: float,
    ground: float,
    c: Any,
    hour: Any,
    by_pipe: Any,
    by_station: Any,
) -> None:
    """Returns, losses and sums of an hour with the flows settled. ``y`` (pipes): heat content of
    the returns that meet at the far end."""  # fmt: skip
    heat, root, root_flow = c[C_HEAT], 0.0, 0.0
    y[:] = 0.0
    for j in range(len(at)):
        flow, supply = w[j, W_FLOW], w[j, W_FOUND]
        if flow > 0.0:
            back = supply - w[j, W_SERVED] / (flow * heat)
            by_station[j, 2] += flow
            by_station[j, 3] += flow * back
            by_station[j, 4] = min(by_station[j, 4], supply)
            if at[j] >= 0:
                y[at[j]] += flow * back
            else:
                root, root_flow = root + flow * back, root_flow + flow
        hour[H_SERVED] += w[j, W_SERVED]
    for k in range(len(parent) - 1, -1, -1):
        flow = x[0, k]
        if flow <= 0.0:
            continue
        mixed = y[k] / flow
        cooled = ground + (mixed - ground) * x[2, k]
        near = x[1, parent[k]] if parent[k] >= 0 else plant
        out, inn = flow * heat * (near - x[1, k]), flow * heat * (mixed - cooled)
        by_pipe[k, 0] += out
        by_pipe[k, 1] += inn
        hour[H_SUPPLY_LOSS] += out
        hour[H_RETURN_LOSS] += inn
        if parent[k] >= 0:
            y[parent[k]] += flow * cooled
        else:
            root, root_flow = root + flow * cooled, root_flow + flow
    hour[H_PLANT] = heat * (root_flow * plant - root)
    hour[H_FLOW] = root_flow
    hour[H_RETURN] = root / root_flow if root_flow > 0.0 else np.nan


@numba.njit(cache=True)
def _drop(flow: float, p: Any, k: int, c: Any) -> float:
    """Pressure lost in a metre of one straight pipe [Pa/m]."""
    speed = flow / (c[C_DENSITY] * p[k, P_AREA])
    reynolds = max(c[C_DENSITY] * speed * p[k, P_INNER] / c[C_VISCOSITY], 1e-9)
    factor = 64.0 / reynolds
    if reynolds >= 2300.0:
        root = -1.8 * log10(p[k, P_ROUGH] + 6.9 / reynolds)
        turbulent = 1.0 / (root * root)
        factor = turbulent if reynolds >= 4000.0 else max(factor, turbulent)
    return factor / p[k, P_INNER] * c[C_DENSITY] * speed * speed / 2.0


@numba.njit(cache=True)
def _head(p: Any, parent: Any, x: Any, y: Any, c: Any, by_pipe: Any) -> float:
    """Pressure lost on the worst way there and back [Pa]."""
    worst, both_ways = 0.0, 2.0 * (1.0 + c[C_FITTINGS])
    for k in range(len(parent)):
        per_m = _drop(x[0, k], p, k, c)
        y[k] = per_m * p[k, P_LENGTH] * both_ways + (y[parent[k]] if parent[k] >= 0 else 0.0)
        worst = max(worst, y[k])
        by_pipe[k, 2] = max(by_pipe[k, 2], x[0, k])
        by_pipe[k, 3] = max(by_pipe[k, 3], per_m)
    return worst


@numba.njit(cache=True)
def _count(
    w: Any, t: int, heating_w: Any, hot_water_w: Any, c: Any, hour: Any, by_station: Any
) -> None:
    """What is needed and served in an hour, and by how much the supply is warm enough."""
    for j in range(len(by_station)):
        need = heating_w[t, j] + hot_water_w[t, j]
        if heating_w[t, j] > 0.0:
            hour[H_MARGIN] = min(hour[H_MARGIN], w[j, W_FOUND] - w[j, W_NEEDED])
        if hot_water_w[t, j] > 0.0:
            warm = c[C_HW] + c[C_HW_APPROACH]
            hour[H_MARGIN] = min(hour[H_MARGIN], w[j, W_FOUND] - warm)
        hour[H_NEEDED] += need
        by_station[j, 0] += need
        by_station[j, 1] += w[j, W_SERVED]
        if need - w[j, W_SERVED] > 1e-6 * need:
            by_station[j, 5] += 1.0


@numba.njit(cache=True)
def run(
    p: Any,
    parent: Any,
    s: Any,
    at: Any,
    plant_c: Any,
    ground_c: Any,
    heating_w: Any,
    hot_water_w: Any,
    running: Any,
    c: Any,
    by_hour: Any,
    by_pipe: Any,
    by_station: Any,
) -> None:
    """Run the hours.

    ``p`` (pipes, 5), ``s`` (substations, 7), ``c`` constants; ``heating_w`` and ``hot_water_w``
    (hours, substations); results into ``by_hour`` (hours, HOURLY), ``by_pipe`` (pipes, 4: supply
    loss and return loss [Wh], highest flow and drop) and ``by_station`` (substations, 6: needed
    and served [Wh], flow, flow times return, lowest supply, hours short).
    """  # fmt: skip
    n = len(at)
    w, x, y = np.zeros((n, 16)), np.zeros((3, len(parent))), np.zeros(len(parent))
    last_plant = plant_c[0]
    w[:, W_GUESS] = last_plant
    for t in range(len(plant_c)):
        plant, ground = plant_c[t], ground_c[t]
        if not running[t]:
            by_hour[t, H_RETURN], by_hour[t, H_MARGIN] = np.nan, np.inf
            continue
        for j in range(n):
            _wish(s, w, j, heating_w[t, j], c)
            # As far below the source as in the last hour.
            w[j, W_GUESS] += plant - last_plant
            w[j, W_BEFORE] = w[j, W_GUESS]
            w[j, W_LOW], w[j, W_HIGH] = -_FAR_K, _FAR_K
        last_plant = plant
        for round_ in range(_ROUNDS):
            for j in range(n):
                _ask(s, w, j, heating_w[t, j], hot_water_w[t, j], s[j, LEAST], c)
            off = _outwards(p, parent, at, w, x, plant, ground, c[C_HEAT])
            if off < c[C_TOLERANCE] or round_ == _ROUNDS - 1:
                break
            _next(w, n, round_ >= _HELD_FROM)
        hour = by_hour[t]
        hour[H_MARGIN] = np.inf
        _count(w, t, heating_w, hot_water_w, c, hour, by_station)
        _inwards(p, parent, at, w, x, y, plant, ground, c, hour, by_pipe, by_station)
        if hour[H_FLOW] > 0.0:
            hour[H_HEAD] = c[C_DROP] + _head(p, parent, x, y, c, by_pipe)
            hour[H_PUMP] = hour[H_FLOW] / c[C_DENSITY] * hour[H_HEAD] / c[C_PUMP]
