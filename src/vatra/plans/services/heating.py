"""Heating: from the need of the rooms through emitters and pipes to the generator."""

from __future__ import annotations

import numpy as np

from vatra.plans.services.account import Account
from vatra.plans.services.curve import Water, water
from vatra.plans.services.generation import Asked, Place, generate
from vatra.plans.services.reading import Floats, value
from vatra.plans.services.served import Served
from vatra.plans.services.systems import System, Systems
from vatra.plans.services.weather import INSIDE_C, Weather, heat_by_class

HEATING = "heating"


def heat(
    served: Served, systems: Systems, place: Place, load_share: Floats, account: Account
) -> None:
    """Write down what heating takes.

    ``load_share`` [n]: greatest load against the one that the emitters were sized for.
    """
    by_class = heat_by_class(served.heating_wh, place.around)
    for system in systems:
        if system.service == HEATING:
            part = served.heating_wh * system.share
            account.needs(HEATING, part)
            _one(served, system, by_class * system.share, place, load_share, account)


def _one(
    served: Served,
    system: System,
    need_wh: Floats,
    place: Place,
    load_share: Floats,
    account: Account,
) -> None:
    emitted = need_wh / value("emitters", "emission_share", system.emitter)
    circuit = water(
        system, place.around.outdoor_c, place.around.design_c, load_share[:, None, None]
    )
    piped = _pipes_wh(system, served.floor_m2, circuit, place.around) * (need_wh > 0)
    account.loses(HEATING, "emission", (emitted - need_wh).sum(axis=2))
    account.loses(HEATING, "distribution", piped.sum(axis=2))
    generate(system, Asked(emitted + piped, circuit.supply_c, circuit.return_c), place, account)


def _pipes_wh(system: System, floor_m2: Floats, circuit: Water, around: Weather) -> Floats:
    """Loss of the pipes in the basement while they are warm [Wh], [n, 12, k]."""
    names = f"heating_{system.system}", "heating_any"
    w_per_k = value("pipes", "length_m_per_m2", *names) * value("pipes", "u_w_mk", *names)
    over_k = np.maximum(circuit.mean_c - surroundings_c(around.outdoor_c), 0.0)
    return np.asarray(system.share * w_per_k * floor_m2[:, None, None] * over_k * around.hours)


def surroundings_c(outdoor_c: Floats) -> Floats:
    """What is around pipes in a basement [degC], between the rooms and outdoors."""
    return np.asarray(INSIDE_C - value("pipes", "around_b_share") * (INSIDE_C - outdoor_c))
