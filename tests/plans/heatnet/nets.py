"""Small networks for the tests."""

from __future__ import annotations

import numpy as np

from vatra.plans.heatnet.network import HeatNet, Pipe, Source, Substation
from vatra.plans.heatnet.year import Drive, running


def pipe(code: str, near: str, far: str, length_m: float = 100.0, **others: object) -> Pipe:
    known = {"inner_m": 0.1071, "u_w_mk": 0.4, "roughness_m": 1e-4, "most_m_s": 1.8} | others
    return Pipe(code, near, far, length_m, **known)


def one_pipe(length_m: float = 1000.0, **station: object) -> HeatNet:
    known = {"power_w": 100e3} | station
    return HeatNet(
        Source("source", 90.0, 60.0),
        (pipe("p1", "source", "a", length_m),),
        (Substation("a", "b1", **known),),
    )


def branched(exchanger_k: float | None = None, bypass_share: float = 0.02) -> HeatNet:
    """A main with two branches, one of which has two houses and a hot water customer."""
    about = {"exchanger_k": exchanger_k, "bypass_share": bypass_share}
    return HeatNet(
        Source("source", 95.0, 60.0, 0.9),
        (
            pipe("main", "source", "m", 400.0),
            pipe("left", "m", "l", 150.0, inner_m=0.0545),
            pipe("right", "m", "r", 90.0, inner_m=0.0703),
            pipe("far", "r", "f", 200.0, inner_m=0.0431),
        ),
        (
            Substation("l", "b1", power_w=120e3, supply_c=80.0, return_c=60.0, **about),
            Substation("r", "b2", power_w=200e3, supply_c=80.0, return_c=60.0, **about),
            Substation("f", "b3", power_w=60e3, supply_c=80.0, return_c=60.0, hot_water=True,
                       **about),
        ),
    )  # fmt: skip


def drive(net: HeatNet, load: np.ndarray, hot_water_w: float = 0.0, plant_c: object = 90.0,
          ground_c: float = 8.0) -> Drive:  # fmt: skip
    """Hours of a load between 0 and 1 at all substations."""
    heating = np.outer(load, [each.power_w for each in net.substations])
    water = np.zeros_like(heating)
    for place, each in enumerate(net.substations):
        if each.hot_water:
            water[:, place] = hot_water_w
    hours = len(load)
    runs = running(heating, water) if hours % 24 == 0 else np.ones(hours, bool)
    plant = np.broadcast_to(np.asarray(plant_c, float), (hours,)).copy()
    return Drive(plant, np.full(hours, ground_c), heating, water, runs)
