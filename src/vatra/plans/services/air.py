"""Cooling and the fans of ventilation."""

from __future__ import annotations

import numpy as np

from vatra.plans.services.account import ELECTRICITY, Account
from vatra.plans.services.generation import AMBIENT
from vatra.plans.services.reading import Floats, value
from vatra.plans.services.served import Served
from vatra.plans.services.systems import System, Systems
from vatra.plans.services.weather import MONTH_HOURS

COOLING, VENTILATION, RECOVERY = "cooling", "ventilation", "heat_recovery"


def cool(served: Served, systems: Systems, account: Account) -> None:
    """Write down what cooling takes; a need that no system serves is not met."""
    if served.cooling_wh is None:
        return
    for system in systems:
        if system.service == COOLING:
            cold = served.cooling_wh * system.share
            bought = cold / seer(system)
            account.needs(COOLING, cold)
            account.buys(COOLING, ELECTRICITY, bought)
            account.takes(COOLING, AMBIENT, cold - bought)


def seer(system: System) -> float:
    """Cold per electricity over a season."""
    if system.efficiency is not None:
        return system.efficiency
    return value("air", "seer", system.system)


def ventilate(served: Served, systems: Systems, account: Account) -> None:
    """Write down what fans take, the year round.

    States with ``has_recovery`` run its fans in every flat, whatever there was before.
    """
    old = [each for each in systems if each.service == VENTILATION]
    by_system = sum(each.share * _fan_w_per_m2(each) for each in old)
    recovery = _fan_w_per_m2(System(VENTILATION, RECOVERY))
    w_per_m2 = np.where(served.has_recovery, recovery, by_system)
    hourly_w: Floats = served.floor_m2 * w_per_m2
    if hourly_w.any():
        account.helps(VENTILATION, hourly_w[:, None] * MONTH_HOURS)


def _fan_w_per_m2(system: System) -> float:
    return value("air", "fan_wh_m3", system.system) * value("air", "air_m3_h_m2", system.system)
