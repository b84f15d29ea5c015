"""What each building of a stock buys now and under its package: the bottom-up side of a hand-over.

All services are counted, appliances and cooking too, at net calorific value: as an inventory does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from vatra.plans.blocks import Climate, Engine
from vatra.plans.blocks.bulk import simulate_states
from vatra.plans.quarter.menu import Ints
from vatra.plans.retrofit import Packages
from vatra.plans.retrofit.effects import distinct_states
from vatra.plans.retrofit.packages import KEPT
from vatra.plans.stock import Building
from vatra.runs.retrofit import states_of
from vatra.runs.retrofit_energy import Site, Spent, spent
from vatra.runs.stock import Stock

RESIDENTIAL, TERTIARY, PUBLIC = "residential", "tertiary", "public_buildings"
HOMES = ("block", "house")
_PUBLIC_USES = ("school", "health", "culture_sport")
_PUBLIC_OWNERS = ("city", "state")
VENTILATION = "ventilation"
Energies = Mapping[str, float]


@dataclass(frozen=True)
class Bought:
    """Energy of one building in a typical year, by carrier [Wh].

    Attributes
    ----------
    use : the use of the inventory that it belongs to
    before : as it stands; ``services`` the same by service and carrier
    envelope : after the works on walls, roof, floor and windows alone
    after : after all works, what panels give not yet taken off
    own_wh : electricity of the panels that is used in the building, ``made_wh`` all that they give
    """

    building: str
    use: str
    before: Energies
    envelope: Energies
    after: Energies
    own_wh: float = 0.0
    made_wh: float = 0.0
    services: Mapping[tuple[str, str], float] | None = None


def inventory_use(building: Building) -> str:
    """The use of the inventory: homes; public buildings by use or owner; all else is services."""
    if building.use in HOMES:
        return RESIDENTIAL
    public = building.use in _PUBLIC_USES or building.tenure in _PUBLIC_OWNERS
    return PUBLIC if public else TERTIARY


def energy_of(
    stock: Stock,
    climate: Climate,
    packages: Packages,
    package: Ints | None = None,
    *,
    engine: Engine = "rc5",
    heat: str,
) -> list[Bought]:
    """Energy of every building before and after its package.

    Parameters
    ----------
    packages : the list that the packages were chosen from; the same list gives the same panels'
        own use as ``renovate_all``
    package : [n] place of each building's package in that list; None: all stay as they are
    """
    whole = with_still_air(packages)
    shift = whole.count - packages.count
    states, place = distinct_states(whole)
    zones, site = stock.zones(), Site(climate)
    needs = simulate_states(zones, climate, states, engine)
    found = []
    for number, (building, zone) in enumerate(zip(stock.buildings, zones, strict=True)):
        body = states_of(needs, number, states, place)
        done = spent(building, zone, body, whole, stock.systems, heat, site)
        at = None if package is None else int(package[number])
        found.append(_bought(building, done, whole, at, shift, body.place))
    return found


def with_still_air(packages: Packages) -> Packages:
    """Each package without its ventilation, then the packages themselves.

    The last package stays the last: its source of heat shapes the electricity of the hours.
    """
    if VENTILATION not in packages.axes:
        return Packages(
            packages.axes, packages.options, np.concatenate([packages.chosen, packages.chosen])
        )
    axis = packages.axes.index(VENTILATION)
    kept = next(n for n, each in enumerate(packages.options[axis]) if not each.items)
    still = packages.chosen.copy()
    still[:, axis] = kept
    return Packages(packages.axes, packages.options, np.concatenate([still, packages.chosen]))


def _bought(
    building: Building,
    done: Spent,
    packages: Packages,
    at: int | None,
    shift: int,
    state_of: Ints,
) -> Bought:
    kept = done.by_heat[KEPT]
    before = {name: float(held[-1].sum()) for name, held in kept.all().items()}
    services = {key: float(held[-1].sum()) for key, held in kept.wh.items()}
    use = inventory_use(building)
    if at is None:
        return Bought(building.code, use, before, before, before, services=services)
    still, whole = int(state_of[at]), int(state_of[at + shift])
    heat = done.by_heat[_heat_of(packages, at + shift)]
    return Bought(
        building.code,
        use,
        before,
        {name: float(held[still].sum()) for name, held in kept.all().items()},
        {name: float(held[whole].sum()) for name, held in heat.all().items()},
        float(done.balance.own_wh[at + shift].sum()),
        float((done.balance.own_wh + done.balance.fed_wh)[at + shift].sum()),
        services,
    )


def _heat_of(packages: Packages, at: int) -> str:
    if "heat" not in packages.axes:
        return KEPT
    axis = packages.axes.index("heat")
    option = packages.options[axis][int(packages.chosen[at, axis])]
    return KEPT if option.carrier == KEPT else option.id


def service_rows(bought: Sequence[Bought]) -> pl.DataFrame:
    """Energy by use, service and carrier [Wh], sorted."""
    sums: dict[tuple[str, str, str], float] = {}
    for each in bought:
        for (service, carrier), wh in (each.services or {}).items():
            key = (each.use, service, carrier)
            sums[key] = sums.get(key, 0.0) + wh
    rows = [(*key, round(wh)) for key, wh in sorted(sums.items()) if wh]
    schema = {"use": pl.String, "service": pl.String, "carrier": pl.String, "energy_wh": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")
