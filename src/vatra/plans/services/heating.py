"""Heating: from the need of the rooms through emitters and pipes to the generator."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.services.account import Account
from vatra.plans.services.curve import Water, water
from vatra.plans.services.generation import Asked, Place, generate
from vatra.plans.services.heat_pump import SPLIT
from vatra.plans.services.reading import Floats, value
from vatra.plans.services.served import Served
from vatra.plans.services.systems import System, Systems
from vatra.plans.services.weather import INSIDE_C, Weather, heat_by_class

HEATING = "heating"


@dataclass(frozen=True, eq=False)
class Way:
    """What one system of heating gives, and what is lost until the heat is in the rooms [Wh],
    [n, 12, k]."""

    asked: Asked
    emission_wh: Floats
    distribution_wh: Floats


def heat(
    served: Served, systems: Systems, place: Place, load_share: Floats, account: Account
) -> None:
    """Write down what heating takes.

    ``load_share`` [n]: greatest load against the one that the emitters were sized for.
    """
    by_class = heat_by_class(served.heating_wh, place.around)
    for system in systems:
        if system.service == HEATING:
            way = way_of(served, system, by_class, place, load_share)
            account.needs(HEATING, served.heating_wh * system.share)
            account.loses(HEATING, "emission", way.emission_wh.sum(axis=2))
            account.loses(HEATING, "distribution", way.distribution_wh.sum(axis=2))
            generate(system, way.asked, place, account)


def way_of(
    served: Served, system: System, by_class: Floats, place: Place, load_share: Floats
) -> Way:
    """What one system has to give so that the rooms get its share of ``by_class`` [n, 12, k]."""
    need = by_class * system.share
    emitted = need / value("emitters", "emission_share", system.emitter)
    around = place.around
    circuit = _circuit(system, around, load_share)
    piped = _pipes_wh(system, served.floor_m2, circuit, around) * (need > 0)
    asked = Asked(emitted + piped, circuit.supply_c, circuit.return_c)
    return Way(asked, emitted - need, piped)


def _circuit(system: System, around: Weather, load_share: Floats) -> Water:
    """Water of a circuit; the air of the coil where a split unit heats."""
    if system.system == SPLIT:
        coil = np.full_like(around.outdoor_c, value("heat_pumps", "coil_c", SPLIT))
        return Water(coil, np.full_like(coil, INSIDE_C))
    return water(system, around.outdoor_c, around.design_c, load_share[:, None, None])


def _pipes_wh(system: System, floor_m2: Floats, circuit: Water, around: Weather) -> Floats:
    """Loss of the pipes in the basement while they are warm [Wh], [n, 12, k]."""
    names = f"heating_{system.system}", "heating_any"
    w_per_k = value("pipes", "length_m_per_m2", *names) * value("pipes", "u_w_mk", *names)
    over_k = np.maximum(circuit.mean_c - surroundings_c(around.outdoor_c), 0.0)
    return np.asarray(system.share * w_per_k * floor_m2[:, None, None] * over_k * around.hours)


def surroundings_c(outdoor_c: Floats) -> Floats:
    """What is around pipes in a basement [degC], between the rooms and outdoors."""
    return np.asarray(INSIDE_C - value("pipes", "around_b_share") * (INSIDE_C - outdoor_c))
