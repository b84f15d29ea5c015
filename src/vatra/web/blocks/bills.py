"""What each building buys in a year by service and carrier, its class, its CO2 and its bill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from vatra.plans.finance.prices import default_prices
from vatra.plans.retrofit import LETTERS
from vatra.plans.retrofit.carriers import co2_kg, primary_kwh
from vatra.plans.retrofit.classes import class_indices, scale
from vatra.plans.services import (
    CERTIFIED,
    Served,
    Systems,
    billed,
    bought,
    systems_of,
    usual_systems,
)
from vatra.plans.stock import Building
from vatra.web.blocks.folders import Held

Floats = npt.NDArray[np.float64]
# What heats a building that no row of building_systems.csv tells of.
USUAL_HEAT = "district_heat"
BILLS_KEPT = 8
_WH_PER_KWH, _KWH_PER_MWH = 1e3, 1e3
_LIVED_IN = ("block", "house")


@dataclass(frozen=True, eq=False)
class Bills:
    """What all buildings of a stock buy in a year; arrays over its buildings.

    ``kwh`` by service and carrier, gas at net calorific value; ``systems`` of each building;
    ``stated`` whether a row of the city's files says what heats it. A building where nobody lives
    has no letter.
    """

    kwh: Mapping[tuple[str, str], Floats]
    systems: Sequence[Systems]
    stated: Sequence[bool]
    primary_kwh_m2: Floats
    co2_kg_m2: Floats
    letters: Sequence[str]

    def of(self, at: int) -> dict[tuple[str, str], float]:
        """What one building buys [kWh], what it buys nothing of left out."""
        found = {key: float(values[at]) for key, values in self.kwh.items()}
        return {key: found[key] for key in sorted(found) if found[key] > 0}

    def metered(self, at: int) -> dict[tuple[str, str], float]:
        """The same as bills state it, gas at gross calorific value [kWh]."""
        return {
            (service, carrier): float(billed({carrier: np.array([kwh])})[carrier][0])
            for (service, carrier), kwh in self.of(at).items()
        }

    def euros(self, at: int) -> float:
        """The bill of one building in a year, without value added tax."""
        prices = household_eur_per_mwh()
        found = self.metered(at).items()
        return sum(kwh / _KWH_PER_MWH * prices.get(carrier, 0.0) for (_, carrier), kwh in found)


def household_eur_per_mwh() -> dict[str, float]:
    """Usual prices of carriers for households [EUR/MWh]."""
    found = default_prices().items()
    return {carrier: each.value for (carrier, kind), each in found if kind == "household"}


def price_source(carrier: str) -> str:
    """Who says a price, and how sure that is; blank where there is none."""
    found = default_prices().get((carrier, "household"))
    return f"{found.source} ({found.doubt})" if found else ""


def use_of(building: Building) -> str:
    """What services know a building as: a house, or else a block."""
    return building.use if building.use in _LIVED_IN else "block"


@lru_cache(BILLS_KEPT)
def bills_of(held: Held, day: date) -> Bills:
    """The bills of a stock by the factors and classes in force on a day."""
    buildings = held.stock.buildings
    systems = [
        systems_of(each.code, held.stock.systems, usual_systems(use_of(each), USUAL_HEAT))
        for each in buildings
    ]
    groups: dict[tuple[str, Systems], list[int]] = {}
    for at, each in enumerate(buildings):
        groups.setdefault((use_of(each), systems[at]), []).append(at)
    kwh: dict[tuple[str, str], Floats] = {}
    for (use, same), places in groups.items():
        found = bought(_served(held, places, use), same, held.climate)
        for key, wh in found.wh.items():
            into = kwh.setdefault(key, np.zeros(len(buildings)))
            into[places] += wh.sum(axis=1) / _WH_PER_KWH
    area = np.array([each.heated_m2 for each in buildings])
    counted = _certified(kwh)
    primary = primary_kwh(counted, day) / area
    own = set(held.stock.systems.get_column("building")) if len(held.stock.systems) else set()
    return Bills(
        kwh,
        systems,
        [each.code in own for each in buildings],
        primary,
        co2_kg(counted, day) / area,
        _letters(buildings, primary, day),
    )


def _served(held: Held, places: Sequence[int], use: str) -> Served:
    buildings = [held.stock.buildings[at] for at in places]
    peaks = held.peak_w
    return Served(
        held.needs.heating_wh[list(places)].astype(float),
        None,
        np.array([float(peaks[at]) for at in places]),
        np.array([each.heated_m2 for each in buildings]),
        np.array([float(each.flats_count) for each in buildings]),
        np.zeros(len(places), np.bool_),
        use,
        np.array([float(each.shape.storeys_count) for each in buildings]),
    )


def _certified(kwh: Mapping[tuple[str, str], Floats]) -> dict[str, Floats]:
    """By carrier, what the energy certificate counts."""
    found: dict[str, Floats] = {}
    for (service, carrier), values in kwh.items():
        if service in CERTIFIED:
            found[carrier] = found.get(carrier, np.zeros_like(values)) + values
    return found


def _letters(buildings: Sequence[Building], primary: Floats, day: date) -> list[str]:
    found = [""] * len(buildings)
    for kind in _LIVED_IN:
        places = [at for at, each in enumerate(buildings) if each.use == kind]
        if places:
            indices = class_indices(primary[places], scale(kind, day))
            for at, index in zip(places, indices.tolist(), strict=True):
                found[at] = LETTERS[index]
    return found
