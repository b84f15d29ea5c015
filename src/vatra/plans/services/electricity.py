"""Lighting, cooking, appliances and common parts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from vatra.plans.blocks.climate.climate import Climate, monthly
from vatra.plans.services.account import ELECTRICITY, Account
from vatra.plans.services.profile import FILE, year_shape
from vatra.plans.services.reading import Floats, value
from vatra.plans.services.served import Served

GAS = "natural_gas"
_WH_PER_KWH = 1e3
# What a part of ``yearly_wh`` is bought for, and how it falls to the hours.
_SERVICE = {"stairs": "common", "lift": "common"}


def use_electricity(served: Served, climate: Climate, account: Account) -> None:
    """Write down what flats and common parts take, gas of cookers with it."""
    for part, yearly in yearly_wh(served).items():
        months = monthly(year_shape(part, climate))
        account.buys(_SERVICE.get(part, part), ELECTRICITY, yearly[:, None] * months)
    gas = _WH_PER_KWH * served.flats_count * _gas_share(served) * _of(served, "gas_cooking_kwh")
    account.buys("cooking", GAS, gas[:, None] * monthly(year_shape("cooking", climate)))


def yearly_wh(served: Served) -> Mapping[str, Floats]:
    """Electricity over the year [Wh], each [n], by the parts that ``year_shape`` knows."""
    flats = served.flats_count
    lit_m2 = np.where(flats > 0, served.floor_m2, 0.0)
    raised = _of(served, "lift_kwh") + _of(served, "water_pumps_kwh")
    kwh = {
        "appliances": flats * _of(served, "appliances_kwh"),
        "cooking": flats * (1 - _gas_share(served)) * _of(served, "electric_cooking_kwh"),
        "lighting": lit_m2 * value(FILE, "lighting_kwh_per_m2", served.use),
        "stairs": flats * _of(served, "stairs_kwh"),
        "lift": flats * lift_share(served) * raised,
    }
    return {part: np.asarray(_WH_PER_KWH * each) for part, each in kwh.items()}


def lift_share(served: Served) -> Floats:
    """1 where a building has lifts and pumps for water, by its storeys; the stock's share where
    nobody knows them, [n]."""
    if served.storeys_count is None:
        return np.full(served.count, value(FILE, "lift_share", served.use))
    high = served.storeys_count >= value(FILE, "lift_from_storeys", served.use)
    return np.asarray(high, np.float64)


def _of(served: Served, quantity: str) -> float:
    return value(FILE, f"{quantity}_per_flat", served.use)


def _gas_share(served: Served) -> float:
    return value(FILE, "gas_cooking_share", served.use)
