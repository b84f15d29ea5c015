"""Panels, load and battery of one state hour by hour, in numpy and plain Python: the reference.

Greedy: panels serve the load at once; what is left charges the battery, then goes to the grid;
what is missing comes from the battery, then from the grid. The grid never charges the battery.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.sunpower.battery import batteries


@dataclass(frozen=True, eq=False)
class Flow:
    """One state's year, hour by hour, each [8760]: means at the meter [W], charge at the end of
    each hour [Wh]. ``made_w = direct_w + in_w + fed_w``, ``load_w = direct_w + out_w + bought_w``.

    The charge before the first hour is the one after the last.
    """

    load_w: Floats
    made_w: Floats
    direct_w: Floats
    in_w: Floats
    out_w: Floats
    fed_w: Floats
    bought_w: Floats
    charge_wh: Floats

    @property
    def own_w(self) -> Floats:
        """What is used of the panels, at once and through the battery [W]."""
        return self.direct_w + self.out_w


def flow(
    load_w: Floats,
    made_w: Floats,
    battery_wh: float = 0.0,
    *,
    battery_w: float | None = None,
    efficiency: float | None = None,
    compiled: bool = False,
) -> Flow:
    """Hours of one load, its panels and its battery; sizes as for ``balance``.

    ``compiled`` follows the charge by numba, twenty times as fast.
    """
    load, made = np.asarray(load_w, np.float64), np.asarray(made_w, np.float64)
    held = batteries(np.array([battery_wh], np.float64), battery_w, efficiency)
    way, most_w = held.one_way_share, float(held.battery_w[0])
    net = made - load
    moved = np.clip(net, 0, most_w) * way - np.clip(-net, 0, most_w) / way
    charge = _compiled(moved, battery_wh) if compiled else _charges(moved, battery_wh)
    before = np.concatenate([charge[-1:], charge[:-1]])
    change = charge - before
    into, out = np.maximum(change, 0) / way, np.maximum(-change, 0) * way
    return Flow(
        load,
        made,
        np.minimum(load, made),
        into,
        out,
        np.maximum(net, 0) - into,
        np.maximum(-net, 0) - out,
        charge,
    )


def _compiled(moved: Floats, battery_wh: float) -> Floats:
    from vatra.plans.sunpower.balance_kernel import charges

    return np.asarray(charges(moved, float(battery_wh)), np.float64)


def _charges(moved: Floats, battery_wh: float) -> Floats:
    """The charge at the end of each hour of a year that ends as it began."""
    full = float(battery_wh)
    if not full:
        return np.zeros(len(moved))
    start, high = 0.0, full
    steps = moved.tolist()
    for step in steps:
        start, high = (min(max(each + step, 0.0), full) for each in (start, high))
    # Whatever is between the two ends stays: it is the same at the end as at the start.
    charge = high if sum(steps) > 0 else start
    held = np.empty(len(steps))
    for hour, step in enumerate(steps):
        charge = min(max(charge + step, 0.0), full)
        held[hour] = charge
    return held
