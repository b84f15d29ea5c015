"""Sun power shared hour by hour: between the meters of a block, or the blocks of a community.

A key says which part of the supply of an hour is whose. A static key is the same in every hour, a
dynamic one goes by the load of that hour. What a member cannot use of its part goes to the grid on
its account; parts are not handed on within the hour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vatra.plans.blocks.climate.climate import HOURS, MONTH_DAYS, Floats
from vatra.plans.sunpower.balance_reference import Flow
from vatra.plans.sunpower.reading import SunpowerError

_FIRST_HOURS = np.concatenate([[0], 24 * np.cumsum(MONTH_DAYS)[:-1]])


@dataclass(frozen=True, eq=False)
class Shared:
    """What each of k members has of a supply, by month [Wh], each [k, 12].

    Used, given to the grid on its account, and still bought: a member's load is ``own + bought``,
    its part ``own + fed``.
    """

    own_wh: Floats
    fed_wh: Floats
    bought_wh: Floats


@dataclass(frozen=True, eq=False)
class Community:
    """Blocks that first use their own panels and then share what is left.

    ``flows`` each block's hours before sharing; ``pool`` what the blocks have of each other's
    surplus: its ``fed_wh`` and ``bought_wh`` are what reaches the grid and comes from it in the
    end.
    """

    flows: tuple[Flow, ...]
    pool: Shared


def shared(
    load_w: Floats, supply_w: Floats, keys: Sequence[float] | Floats | None = None
) -> Shared:
    """Divide a supply over the loads of members, hour by hour.

    Parameters
    ----------
    load_w : (k, 8760) [W]; supply_w : (8760,) [W], panels after their battery
    keys : static, one a member, in any unit such as area or money paid in; None: dynamic, in
        proportion to each hour's load, and equal where nobody has a load

    Raises ``SunpowerError`` for arrays of wrong shape, values below zero, or keys without any sum.
    """
    load, supply = np.asarray(load_w, np.float64), np.asarray(supply_w, np.float64)
    if load.ndim != 2 or not len(load) or load.shape[1:] != (HOURS,) or supply.shape != (HOURS,):
        raise SunpowerError("hours-wrong", hours=HOURS)
    if not bool((load >= 0).all() and (supply >= 0).all()):
        raise SunpowerError("hours-wrong", hours=HOURS)
    part = _parts(load, keys) * supply
    own = np.minimum(part, load)
    return Shared(_by_month(own), _by_month(part - own), _by_month(load - own))


def community(flows: Sequence[Flow], keys: Sequence[float] | Floats | None = None) -> Community:
    """Blocks that share what they leave of their own panels and batteries.

    In every hour what some feed in serves what others still need, by ``keys`` as for ``shared``. A
    block that feeds in needs nothing then.
    """
    needed = np.maximum([each.bought_w for each in flows], 0.0)
    spare = np.maximum(np.sum([each.fed_w for each in flows], axis=0), 0.0)
    return Community(tuple(flows), shared(needed, spare, keys))


def _parts(load: Floats, keys: Sequence[float] | Floats | None) -> Floats:
    """Whose each hour's supply is: (k, 8760) or (k, 1), one in all."""
    if keys is None:
        total = load.sum(axis=0)
        equal = np.full_like(load, 1 / len(load))
        return np.divide(load, total, out=equal, where=total > 0)
    weights = np.asarray(keys, np.float64)
    if weights.shape != (len(load),) or not bool((weights >= 0).all() and weights.sum() > 0):
        raise SunpowerError("keys-wrong", count=len(load))
    return (weights / weights.sum())[:, None]


def _by_month(hourly: Floats) -> Floats:
    return np.asarray(np.add.reduceat(hourly, _FIRST_HOURS, axis=1), np.float64)
