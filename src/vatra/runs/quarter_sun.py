"""Panels of a quarter together: what blocks use themselves, and what they could hand each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.blocks import Climate
from vatra.plans.quarter import Chosen
from vatra.plans.retrofit import Packages
from vatra.plans.services import electricity_w
from vatra.plans.sunpower import panel_w
from vatra.runs.stock import Stock


@dataclass(frozen=True)
class SunView:
    """A year of the panels that were chosen [Wh]: ``made_wh = alone_wh + shared_wh + fed_wh``.

    ``alone_wh`` is what each block uses of its own panels, ``shared_wh`` what others would use of
    the rest in a community of the whole quarter, ``fed_wh`` what goes to the grid then.
    ``load_wh`` of flats, lighting and common parts (synthetic hours), without heat pumps.
    """

    panels_kwp: float
    blocks_count: int
    load_wh: int
    made_wh: int
    alone_wh: int
    shared_wh: int
    fed_wh: int


def sun_view(stock: Stock, climate: Climate, packages: Packages, chosen: Chosen) -> SunView | None:
    """Panels of all blocks hour by hour; None where nobody gets any.

    A block uses its own panels first, and what all of them leave serves whoever still needs power
    in that hour. Batteries are left out: what they hold is used in their block either way.
    """
    kwp = packages.amounts("pv")[chosen.package]
    if not kwp.any():
        return None
    shape = panel_w(climate)
    need, spare = np.zeros(len(shape)), np.zeros(len(shape))
    load_total, alone = 0.0, 0.0
    for building, size in zip(stock.buildings, kwp, strict=True):
        load = electricity_w(building.flats_count, building.heated_m2, climate)
        made = shape * float(size)
        used = np.minimum(load, made)
        load_total, alone = load_total + float(load.sum()), alone + float(used.sum())
        need += load - used
        spare += made - used
    shared = float(np.minimum(need, spare).sum())
    made_wh = round(float(shape.sum()) * float(kwp.sum()))
    alone_wh, shared_wh = round(alone), round(shared)
    return SunView(
        float(kwp.sum()),
        int((kwp > 0).sum()),
        round(load_total),
        made_wh,
        alone_wh,
        shared_wh,
        made_wh - alone_wh - shared_wh,
    )
