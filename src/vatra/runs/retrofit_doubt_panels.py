"""Panels on a block under draws: what of their power the block itself uses."""

from __future__ import annotations

import numpy as np

from vatra.plans.bills import Answer, Draws, Subject, WorkDraws
from vatra.plans.bills.reading import Floats
from vatra.plans.services import Served, Systems, electricity_w, heat_pump_shape
from vatra.plans.sunpower import balance, panel_w

_HOUSEHOLD = ("appliances", "cooking", "lighting", "common")
# Households are drawn evenly; their hours are computed for so many sizes of load.
_SIZES = 6


def own_power(
    subject: Subject,
    systems: Systems,
    made: Answer,
    now: Draws,
    luck: WorkDraws,
    kwp: float,
    battery_wh: float,
) -> Floats:
    """Panels' power used in the block by month [Wh], [n, 12].

    ``systems`` after works, ``made`` what the block buys then. Flats' load is one of six sizes
    by the draw of the household, all else follows the hours of pumps, evenly without any.
    """
    n = now.count
    own = np.zeros((n, 12))
    if not kwp:
        return own
    building, climate = subject.building, subject.climate
    load_w = electricity_w(
        building.flats_count,
        building.heated_m2,
        climate,
        use=subject.use,
        storeys_count=building.shape.storeys_count,
    )
    shape = heat_pump_shape(climate, _middle(subject, made), systems)
    panel = panel_w(climate)
    more = _beyond_household(made, n)
    sizes = now.of("household")
    for part in np.array_split(np.argsort(sizes, kind="stable"), _SIZES):
        mean = float(sizes[part].mean())
        yields = kwp * luck.panel_share[part]
        done = balance(
            load_w * mean, shape, more[part], panel, yields, np.full(len(part), battery_wh)
        )
        own[part] = done.own_wh
    return own


def _beyond_household(made: Answer, n: int) -> Floats:
    total = np.zeros((n, 12))
    for (service, carrier), held in made.wh.items():
        if carrier == "electricity" and service not in _HOUSEHOLD:
            total = total + held
    return np.maximum(total, 0.0)


def _middle(subject: Subject, made: Answer) -> Served:
    """One state in the middle of the draws."""
    building = subject.building
    return Served(
        np.median(made.heating_wh, axis=0)[None],
        None,
        np.array([float(np.median(made.peak_heating_w))]),
        np.array([building.heated_m2]),
        np.array([float(building.flats_count)]),
        np.zeros(1, np.bool_),
        subject.use,
        np.array([float(building.shape.storeys_count)]),
    )
