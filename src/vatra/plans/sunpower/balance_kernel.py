"""Panels, load and battery of many states at once, compiled (numba, extra ``buildings``).

Within an hour the charge moves by an amount that does not depend on it and stops at empty and at
full: ``s' = clip(s + d, 0, C)``. Such steps follow each other as one of their own kind,
``s -> clip(s + D, low, high)``, so the charge with which a year both begins and ends is exact:
``high`` where the year has charge to spare (D > 0), ``low`` otherwise. States lie side by side in
lanes, the lane loop innermost.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

LANES = 256
# Where a lane's numbers stand, each LANES apart: peak power of the panels, most power of the
# battery and its capacity; then what changes.
KWP, MOST_W, FULL_WH, CHARGE, OWN, FED, BOUGHT, UP, DOWN, PLACES = range(10)
SUMS = (OWN, FED, BOUGHT, UP, DOWN)
# Batteries are empty or full so often that the last days nearly always tell where the year ends.
TAIL_HOURS = 360


@numba.njit(inline="always")
def _clip(value: Any, most: Any) -> Any:
    """Between zero and the most; ``min(max())`` would keep a processor from taking many lanes."""
    value = value if value > 0.0 else 0.0
    return value if value < most else most


@numba.njit(inline="always")
def _step(panel: Any, load: Any, most_w: Any, way: Any, back: Any) -> Any:
    """What an hour would add to the charge if it had no ends [Wh]."""
    net = panel - load
    return _clip(net, most_w) * way - _clip(-net, most_w) * back


@numba.njit(cache=True, nogil=True)
def run(
    a: Any, base: Any, shape: Any, scale: Any, panel: Any, month_end: Any, way: float, out: Any
) -> None:
    """Run one block of lanes through the year.

    ``a`` (PLACES * LANES); ``base``, ``shape``, ``panel`` (8760); ``scale`` (12, LANES);
    ``month_end`` (12) hours; ``out`` (5, 12, LANES): own use, fed in, bought [Wh at the meter],
    what the charge rose and fell [Wh in the battery].
    """
    low, back = np.zeros(LANES), 1.0 / way
    high, more = a[FULL_WH * LANES : (FULL_WH + 1) * LANES].copy(), np.zeros(LANES)
    # The last days first, and the whole year only where they leave it open.
    if not _ends(a, base, shape, scale, panel, month_end, way, low, high, more, TAIL_HOURS):
        low[:] = 0.0
        high[:] = a[FULL_WH * LANES : (FULL_WH + 1) * LANES]
        more[:] = 0.0
        _ends(a, base, shape, scale, panel, month_end, way, low, high, more, len(base))
    for b in range(LANES):
        a[CHARGE * LANES + b] = high[b] if more[b] > 0.0 else low[b]
    hour = 0
    for month in range(12):
        a[OWN * LANES :] = 0.0
        size = scale[month]
        for t in range(hour, month_end[month]):
            _hour(a, base[t], shape[t], size, panel[t], way, back)
        hour = month_end[month]
        for place in range(5):
            begin = (OWN + place) * LANES
            out[place, month] = a[begin : begin + LANES]


@numba.njit(inline="always")
def _hour(a: Any, base: Any, shape: Any, size: Any, panel: Any, way: Any, back: Any) -> None:
    """One hour of all lanes."""
    for b in range(LANES):
        made = panel * a[KWP * LANES + b]
        load = base + shape * size[b]
        before = a[CHARGE * LANES + b]
        moved = _step(made, load, a[MOST_W * LANES + b], way, back)
        after = _clip(before + moved, a[FULL_WH * LANES + b])
        up = after - before if after > before else 0.0
        down = before - after if after < before else 0.0
        spare = made - load if made > load else 0.0
        short = load - made if load > made else 0.0
        a[CHARGE * LANES + b] = after
        a[OWN * LANES + b] += load - short + down * way
        a[FED * LANES + b] += spare - up * back
        a[BOUGHT * LANES + b] += short - down * way
        a[UP * LANES + b] += up
        a[DOWN * LANES + b] += down


@numba.njit(cache=True, nogil=True)
def _ends(
    a: Any, base: Any, shape: Any, scale: Any, panel: Any, month_end: Any, way: float,
    low: Any, high: Any, more: Any, hours: int,
) -> bool:  # fmt: skip
    """Where the last hours end from an empty and from a full battery, and what they add in all;
    whether both meet in every lane."""
    month, back = 0, 1.0 / way
    for t in range(len(base) - hours, len(base)):
        while t >= month_end[month]:
            month += 1
        size = scale[month]
        for b in range(LANES):
            made, load = panel[t] * a[KWP * LANES + b], base[t] + shape[t] * size[b]
            moved = _step(made, load, a[MOST_W * LANES + b], way, back)
            low[b] = _clip(low[b] + moved, a[FULL_WH * LANES + b])
            high[b] = _clip(high[b] + moved, a[FULL_WH * LANES + b])
            more[b] += moved
    met = True
    for b in range(LANES):
        met = met and low[b] == high[b]
    return met


@numba.njit(cache=True, nogil=True)
def charges(moved: Any, full: float) -> Any:
    """The charge at the end of each hour of a year that ends as it began [Wh]; ``moved`` what each
    hour would add if the charge had no ends."""
    low, high, more = 0.0, full, 0.0
    for step in moved:
        low, high = _clip(low + step, full), _clip(high + step, full)
        more += step
    charge = high if more > 0.0 else low
    held = np.empty(len(moved))
    for hour in range(len(moved)):
        charge = _clip(charge + moved[hour], full)
        held[hour] = charge
    return held
