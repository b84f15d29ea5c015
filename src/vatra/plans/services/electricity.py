"""Lighting, cooking, appliances and common parts."""

from __future__ import annotations

import numpy as np

from vatra.plans.blocks.climate.climate import MONTH_DAYS
from vatra.plans.services.account import ELECTRICITY, Account
from vatra.plans.services.reading import Floats, value
from vatra.plans.services.served import Served

GAS = "natural_gas"
FILE = "electricity"
_WH_PER_KWH = 1e3
# Lamps burn longer in dark months: share of a year's light by month, from the hours between sunset
# and 23:00 and between 6:00 and sunrise at 46 degrees north.
LIGHT_SHARES: Floats = np.array(
    [0.126, 0.104, 0.092, 0.068, 0.055, 0.047, 0.050, 0.060, 0.073, 0.094, 0.109, 0.122]
)
_DAY_SHARES: Floats = np.asarray(MONTH_DAYS, np.float64) / 365.0


def use_electricity(served: Served, account: Account) -> None:
    """Write down what flats and common parts take, gas of cookers with it."""
    flats, use = served.flats_count, served.use
    account.buys("lighting", ELECTRICITY, lighting_wh(served)[:, None] * LIGHT_SHARES)
    parts = {
        ("appliances", ELECTRICITY): flats * _kwh("appliances_kwh_per_flat", use),
        ("common", ELECTRICITY): common_kwh(served),
    }
    gas_share = _kwh("gas_cooking_share", use)
    parts["cooking", GAS] = flats * gas_share * _kwh("gas_cooking_kwh_per_flat", use)
    parts["cooking", ELECTRICITY] = (
        flats * (1 - gas_share) * _kwh("electric_cooking_kwh_per_flat", use)
    )
    for (service, carrier), kwh in parts.items():
        account.buys(service, carrier, _WH_PER_KWH * kwh[:, None] * _DAY_SHARES)


def lighting_wh(served: Served) -> Floats:
    """Electricity of lamps in flats over the year [Wh], [n]."""
    lit = np.where(served.flats_count > 0, served.floor_m2, 0.0)
    return np.asarray(_WH_PER_KWH * lit * _kwh("lighting_kwh_per_m2", served.use))


def common_kwh(served: Served) -> Floats:
    """Electricity of stairs, lifts and water pumps over the year [kWh], [n]."""
    use = served.use
    if served.storeys_count is None:
        high = np.full(served.count, _kwh("lift_share", use))
    else:
        high = np.where(served.storeys_count >= _kwh("lift_from_storeys", use), 1.0, 0.0)
    raised = _kwh("lift_kwh_per_flat", use) + _kwh("water_pumps_kwh_per_flat", use)
    return np.asarray(served.flats_count * (_kwh("stairs_kwh_per_flat", use) + high * raised))


def _kwh(quantity: str, use: str) -> float:
    return value(FILE, quantity, use)
