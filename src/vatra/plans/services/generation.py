"""From heat given to the pipes to what is bought for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.blocks.climate.climate import Climate
from vatra.plans.services.account import ELECTRICITY, Account
from vatra.plans.services.heat_pump import PUMPS, cop, limited, pump_share, source_c
from vatra.plans.services.reading import Floats, value
from vatra.plans.services.systems import SUN, System
from vatra.plans.services.weather import Weather

BOILERS = ("gas_boiler_flat", "gas_boiler_block")
AMBIENT = "ambient"
# Return temperatures [degC] that the efficiencies of condensing boilers are stated at.
_COOL_C, _WARM_C = 30.0, 60.0


@dataclass(frozen=True, eq=False)
class Place:
    """Where it is generated: the year, and the same in classes of temperature."""

    climate: Climate
    around: Weather


@dataclass(frozen=True, eq=False)
class Asked:
    """Heat asked of a system by class of temperature [Wh], [n, 12, k], and the water it goes with
    [degC], of a shape that spreads over it."""

    heat_wh: Floats
    supply_c: Floats
    return_c: Floats


def generate(system: System, asked: Asked, place: Place, account: Account) -> None:
    """Write down what a system buys, loses and takes for nothing to give the heat asked of it."""
    heat_wh = asked.heat_wh.sum(axis=2)
    account.helps(system.service, heat_wh * value("generators", "auxiliary_share", system.system))
    if system.carrier == SUN:
        account.takes(system.service, SUN, heat_wh)
    elif system.efficiency is not None:
        _by_share(system, heat_wh, heat_wh / system.efficiency, account)
    elif system.system in PUMPS:
        _by_pump(system, asked, place, account)
    else:
        bought = (asked.heat_wh / efficiency(system, asked.return_c)).sum(axis=2)
        _by_share(system, heat_wh, bought, account)


def efficiency(system: System, return_c: Floats) -> Floats:
    """Heat per energy bought of anything that burns or hands on heat, net calorific value.

    Boilers that condense do so the more the cooler the water comes back: a straight line between
    the figures for 30 and 60 degC. Where the year of making is not known, the stock's mix.
    """
    name = system.system
    if name not in BOILERS:
        return np.full_like(return_c, value("generators", "generation_share", name))
    cool, warm = (value("generators", f"condensing_at_{at}_share", name) for at in (30, 60))
    at = np.clip((return_c - _COOL_C) / (_WARM_C - _COOL_C), 0.0, 1.0)
    part = _condensing_share(system)
    plain = value("generators", "conventional_share", name)
    return np.asarray(part * (cool + (warm - cool) * at) + (1 - part) * plain)


def _condensing_share(system: System) -> float:
    if system.installed is None:
        return value("generators", "condensing_stock_share", system.system)
    return float(system.installed >= value("generators", "condensing_since"))


def _by_share(system: System, heat_wh: Floats, bought_wh: Floats, account: Account) -> None:
    account.buys(system.service, system.carrier, bought_wh)
    if system.system in PUMPS:
        account.takes(system.service, AMBIENT, heat_wh - bought_wh)
    else:
        account.loses(system.service, "generation", bought_wh - heat_wh)


def _by_pump(system: System, asked: Asked, place: Place, account: Account) -> None:
    pump, heater = (each.sum(axis=2) for each in pump_electricity(system, asked, place))
    account.buys(system.service, ELECTRICITY, pump + heater)
    account.takes(system.service, AMBIENT, asked.heat_wh.sum(axis=2) - pump - heater)


def pump_electricity(system: System, asked: Asked, place: Place) -> tuple[Floats, Floats]:
    """Electricity of a heat pump and of its heater by class of temperature [Wh], [n, 12, k]."""
    source = source_c(system.system, place.around.outdoor_c, place.climate)
    share = pump_share(asked.supply_c, asked.return_c)
    pump_wh, above_wh = limited(share * asked.heat_wh, place.around.hours, system.power_w)
    sink = np.minimum(asked.supply_c, value("heat_pumps", "most_supply_c"))
    heater_wh = above_wh + (1 - share) * asked.heat_wh
    return pump_wh / cop(system.system, sink, source), heater_wh
