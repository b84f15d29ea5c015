"""Panels, load and battery of many states: what is used in the block, fed in, bought and lost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.blocks.climate.climate import HOURS, MONTH_DAYS, Floats, monthly
from vatra.plans.sunpower.balance_reference import flow
from vatra.plans.sunpower.battery import Batteries, batteries
from vatra.plans.sunpower.reading import SunpowerError


@dataclass(frozen=True, eq=False)
class Balance:
    """The year of n states by month at the meter [Wh], each [n, 12].

    Attributes
    ----------
    own_wh : panels' power used in the block, at once or through the battery
    fed_wh : panels' power given to the grid
    bought_wh : taken from the grid
    lost_wh : lost in the battery, where and when it is lost
    stored_wh : what the battery's charge rose; a year's sum is zero

    In every month the load is ``own + bought`` and the panels make ``own + fed + lost + stored``.
    """

    own_wh: Floats
    fed_wh: Floats
    bought_wh: Floats
    lost_wh: Floats
    stored_wh: Floats


@dataclass(frozen=True, eq=False)
class _States:
    """States to run, each once."""

    scale: Floats
    kwp: Floats
    batteries: Batteries


def balance(
    load_w: Floats,
    shape_w: Floats | None,
    shape_scale: Floats,
    panel_w: Floats,
    kwp: Floats,
    battery_wh: Floats,
    *,
    battery_w: Floats | float | None = None,
    efficiency: float | None = None,
    compiled: bool = True,
) -> Balance:
    """Hour by hour over a year, greedily for the block's own use; equal states run once.

    Parameters
    ----------
    load_w : load that all states have [W], (8760,)
    shape_w : a load of which states have a multiple, such as a heat pump's, (8760,); None: none
    shape_scale : the multiple, (n,) or by month (n, 12)
    panel_w : power of 1 kWp [W], (8760,)
    kwp, battery_wh : panels [kWp] and usable capacity [Wh], (n,) or a number
    battery_w : most power in or out at the meter [W], (n,) or a number; half the capacity in an
        hour where not given
    efficiency : round trip of the battery, 0 to 1; usual where not given
    compiled : by numba; without it the numpy reference runs, a state at a time

    The battery ends the year as charged as it began it. Raises ``SunpowerError`` for arrays of
    wrong length or values below zero or missing.
    """
    states, place = _once(shape_scale, kwp, battery_wh, battery_w, efficiency)
    hourly = [
        np.zeros(HOURS) if each is None else np.ascontiguousarray(each, np.float64)
        for each in (load_w, shape_w, panel_w)
    ]
    if any(each.shape != (HOURS,) or not bool((each >= 0).all()) for each in hourly):
        raise SunpowerError("hours-wrong", hours=HOURS)
    run = _compiled if compiled else _reference
    sums = run(states, hourly[0], hourly[1], hourly[2])[:, :, place]
    own, fed, bought, up, down = (np.ascontiguousarray(each.T) for each in sums)
    way = states.batteries.one_way_share
    return Balance(own, fed, bought, up * (1 / way - 1) + down * (1 - way), up - down)


def _once(
    shape_scale: Floats,
    kwp: Floats,
    battery_wh: Floats,
    battery_w: Floats | float | None,
    efficiency: float | None,
) -> tuple[_States, np.ndarray[tuple[int], np.dtype[np.intp]]]:
    """The states that differ, and for each state asked for which of them it is."""
    scale = np.asarray(shape_scale, np.float64)
    scale = np.broadcast_to(scale[:, None], (len(scale), 12)) if scale.ndim == 1 else scale
    try:
        panels, held_wh = (
            np.broadcast_to(np.asarray(each, np.float64), len(scale)) for each in (kwp, battery_wh)
        )
        held = batteries(np.ascontiguousarray(held_wh), battery_w, efficiency)
    except ValueError as error:
        if isinstance(error, SunpowerError):
            raise
        raise SunpowerError("states-wrong", count=len(scale)) from None
    if scale.shape[1:] != (12,) or not bool((scale >= 0).all() and (panels >= 0).all()):
        raise SunpowerError("states-wrong", count=len(scale))
    table = np.column_stack([panels, held.battery_w, held.battery_wh, scale])
    if not np.isfinite(table).all():
        raise SunpowerError("states-wrong", count=len(scale))
    kept, place = np.unique(table, axis=0, return_inverse=True)
    once = Batteries(kept[:, 2].copy(), kept[:, 1].copy(), held.one_way_share)
    return _States(kept[:, 3:].copy(), kept[:, 0].copy(), once), place.reshape(-1)


def _compiled(states: _States, base: Floats, shape: Floats, panel: Floats) -> Floats:
    """Sums [5, 12, n] by the kernel, a block of lanes at a time."""
    from vatra.plans.sunpower import balance_kernel as kernel

    count, lanes = len(states.kwp), kernel.LANES
    month_end = 24 * np.cumsum(MONTH_DAYS)
    sums = np.zeros((len(kernel.SUMS), 12, count))
    out = np.zeros((len(kernel.SUMS), 12, lanes))
    given = ((kernel.KWP, states.kwp), (kernel.MOST_W, states.batteries.battery_w),
             (kernel.FULL_WH, states.batteries.battery_wh))  # fmt: skip
    for begin in range(0, count, lanes):
        part = slice(begin, min(begin + lanes, count))
        size = part.stop - begin
        a, scale = np.zeros(kernel.PLACES * lanes), np.zeros((12, lanes))
        for where, values in given:
            a[where * lanes : where * lanes + size] = values[part]
        scale[:, :size] = states.scale[part].T
        kernel.run(a, base, shape, scale, panel, month_end, states.batteries.one_way_share, out)
        sums[:, :, part] = out[:, :, :size]
    return sums


def _reference(states: _States, base: Floats, shape: Floats, panel: Floats) -> Floats:
    """The same by the hours of one state after the other."""
    sums = np.zeros((5, 12, len(states.kwp)))
    month = np.repeat(np.arange(12), [24 * each for each in MONTH_DAYS])
    way = states.batteries.one_way_share
    for n in range(len(states.kwp)):
        year = flow(
            base + states.scale[n][month] * shape,
            panel * states.kwp[n],
            float(states.batteries.battery_wh[n]),
            battery_w=float(states.batteries.battery_w[n]),
            efficiency=way**2,
        )
        parts = (year.own_w, year.fed_w, year.bought_w, year.in_w * way, year.out_w / way)
        sums[:, :, n] = [monthly(each) for each in parts]
    return sums
