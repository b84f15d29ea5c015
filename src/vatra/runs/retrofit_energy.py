"""What a block buys in a year under each package: needs, systems and panels brought together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from vatra.plans.blocks import Climate, Zone
from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.retrofit import Energy, Packages
from vatra.plans.retrofit.effects import Places
from vatra.plans.retrofit.packages import KEPT
from vatra.plans.retrofit.reading import Flags
from vatra.plans.services import (
    Bought,
    Served,
    Systems,
    billed,
    bought,
    electricity_w,
    heat_pump_shape,
    systems_of,
    usual_systems,
    with_heat,
)
from vatra.plans.stock import Building
from vatra.plans.sunpower import MOUNTS, PLANES, Balance, Layout, balance, panel_w

ELECTRICITY = "electricity"
_WH_PER_KWH = 1e3
_LAYOUT: Layout = "terrace"


@dataclass(frozen=True, eq=False)
class Site:
    """What all buildings of a place share: its climate and what panels give there."""

    climate: Climate

    @cached_property
    def panel_w(self) -> Floats:
        """Power of 1 kWp in rows on a terrace [W], (8760,)."""
        return panel_w(self.climate, PLANES[_LAYOUT], mount=MOUNTS[_LAYOUT])


@dataclass(frozen=True, eq=False)
class States:
    """Needs of one building in ``s`` different states, and the state of each of ``n`` packages.

    ``heating_wh``, ``cooling_wh`` [s, 12]; ``peak_heating_w`` [s]; ``recovers`` whether fans run
    [s]; ``place`` [n]. The last state is the building as it stands.
    """

    heating_wh: Floats
    cooling_wh: Floats | None
    peak_heating_w: Floats
    recovers: Flags
    place: Places


@dataclass(frozen=True, eq=False)
class Spent:
    """What a building buys: ``energy`` of the packages and ``before``; what panels did [n, 12].

    ``by_heat`` all that is bought in each state by the option of heat, without panels, for those
    who ask what it is made of.
    """

    energy: Energy
    before: Energy
    balance: Balance
    by_heat: Mapping[str, Bought]
    systems: Systems


def spent(
    building: Building,
    zone: Zone,
    states: States,
    packages: Packages,
    rows: pl.DataFrame,
    heat: str,
    site: Site,
) -> Spent:
    """Energy of every package of a building.

    ``rows`` of ``building_systems.csv``; ``heat`` what heats buildings that have none there.
    """
    use = building.use if building.use in ("block", "house") else "block"
    present = systems_of(building.code, rows, usual_systems(use, heat))
    served = _served(building, zone, states, use)
    words = _heats(packages)
    by_heat = {
        word: bought(served, _systems(word, present, use), site.climate,
                     peak_before_w=float(states.peak_heating_w[-1]))
        for word in sorted({KEPT, *words})
    }  # fmt: skip
    load_w = electricity_w(
        building.flats_count,
        building.heated_m2,
        site.climate,
        use=use,
        storeys_count=building.shape.storeys_count,
    )
    picked = [np.flatnonzero(np.asarray(words) == word) for word in by_heat]
    all_wh, certified_wh, hourly_wh = _joined(by_heat, picked, states.place, float(load_w.sum()))
    done = balance(
        load_w,
        _shape(served, _systems(words[-1], present, use), site.climate),
        hourly_wh,
        site.panel_w,
        packages.amounts("pv"),
        packages.amounts("battery") * _WH_PER_KWH,
    )
    heating = states.heating_wh[states.place].sum(axis=1) / _WH_PER_KWH
    peak = states.peak_heating_w[states.place] / _WH_PER_KWH
    energy = Energy(
        _less(certified_wh, done.own_wh, all_wh),
        heating,
        peak,
        all_kwh=billed(_less(all_wh, done.own_wh, all_wh)),
        fed_kwh=np.maximum(done.fed_wh.sum(axis=1), 0.0) / _WH_PER_KWH,
    )
    return Spent(energy, _before(by_heat[KEPT], states), done, by_heat, present)


def _served(building: Building, zone: Zone, states: States, use: str) -> Served:
    n = len(states.heating_wh)
    return Served(
        states.heating_wh,
        states.cooling_wh,
        states.peak_heating_w,
        np.full(n, building.heated_m2),
        np.full(n, float(building.flats_count)),
        states.recovers,
        use,
        np.full(n, float(building.shape.storeys_count)),
    )


def _heats(packages: Packages) -> Sequence[str]:
    """The option of heat of each package: ``kept`` or a system."""
    if "heat" not in packages.axes:
        return [KEPT] * packages.count
    axis = packages.axes.index("heat")
    ids = [KEPT if each.carrier == KEPT else each.id for each in packages.options[axis]]
    return [ids[place] for place in packages.chosen[:, axis]]


def _shape(served: Served, systems: Systems, climate: Climate) -> Floats:
    """How electricity beyond the household's falls to the hours of each month: like that of the
    pumps of the last option of heat, in the building as it stands; evenly without pumps."""
    return heat_pump_shape(climate, served.part(slice(-1, None)), systems)


def _systems(word: str, present: Systems, use: str) -> Systems:
    return present if word == KEPT else with_heat(present, usual_systems(use, word))


def _joined(
    by_heat: Mapping[str, Bought],
    picked: Sequence[Places],
    place: Places,
    load_wh: float,
) -> tuple[dict[str, Floats], dict[str, Floats], Floats]:
    """By carrier [n, 12]: everything, what the certificate counts; and electricity beyond the
    household's, of pumps and fans."""
    n = len(place)
    whole: dict[str, Floats] = {}
    certified: dict[str, Floats] = {}
    for found, packages in zip(by_heat.values(), picked, strict=True):
        for into, parts in ((whole, found.all()), (certified, found.certified())):
            for carrier, held in parts.items():
                into.setdefault(carrier, np.zeros((n, 12)))[packages] = held[place[packages]]
    more = whole.get(ELECTRICITY, np.zeros((n, 12)))
    household = _household(by_heat, place)
    return whole, certified, np.maximum(more - household, 0.0)


def _household(by_heat: Mapping[str, Bought], place: Places) -> Floats:
    """Electricity that ``electricity_w`` spreads over hours, in every state the same [n, 12]."""
    any_heat = next(iter(by_heat.values()))
    counted = [
        held
        for (service, carrier), held in any_heat.wh.items()
        if carrier == ELECTRICITY and service in ("appliances", "lighting", "common", "cooking")
    ]
    total = np.sum(counted, axis=0) if counted else np.zeros((len(place), 12))
    return np.asarray(total[place] if counted else total)


def _less(
    parts: Mapping[str, Floats], own_wh: Floats, whole: Mapping[str, Floats]
) -> dict[str, Floats]:
    """A year by carrier [kWh]; of electricity what panels gave is taken off in proportion."""
    found = {}
    for carrier, held in parts.items():
        left = held
        if carrier == ELECTRICITY:
            used = whole[ELECTRICITY]
            share = np.divide(own_wh, used, out=np.zeros_like(used), where=used > 0)
            left = held * (1 - np.clip(share, 0.0, 1.0))
        found[carrier] = left.sum(axis=1) / _WH_PER_KWH
    return found


def _before(kept: Bought, states: States) -> Energy:
    def last(parts: Mapping[str, Floats]) -> dict[str, Floats]:
        return {name: held[-1:].sum(axis=1) / _WH_PER_KWH for name, held in parts.items()}

    return Energy(
        last(kept.certified()),
        states.heating_wh[-1:].sum(axis=1) / _WH_PER_KWH,
        states.peak_heating_w[-1:] / _WH_PER_KWH,
        all_kwh=billed(last(kept.all())),
        fed_kwh=np.zeros(1),
    )
