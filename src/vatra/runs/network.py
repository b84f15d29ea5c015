"""From a quarter's folder to the year of its heat network: as it is, after works, after flats left.

Needs come by month from the engine for all blocks in all states at once and are spread over the
hours (``plans.heatnet.hours``); hot water is that of ``plans.services``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vatra.plans.blocks import Climate, Engine
from vatra.plans.blocks.bulk import simulate_states
from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.heatnet.costs import Cost, Tariff, cost_of, usual_tariff
from vatra.plans.heatnet.ground import ground_c
from vatra.plans.heatnet.hours import spread_heating_w, spread_hot_water_w
from vatra.plans.heatnet.lowest import lowest_supply
from vatra.plans.heatnet.network import HeatNet
from vatra.plans.heatnet.run import run_year
from vatra.plans.heatnet.year import Drive, Year, drive_of, reset_curve_c
from vatra.plans.retrofit.effects import changes
from vatra.plans.retrofit.named import named, named_packages
from vatra.plans.services.hot_water import tap_wh
from vatra.runs.blocks import read_climate
from vatra.runs.network_files import read_files
from vatra.runs.network_findings import year_findings
from vatra.runs.stock import Stock, open_stock
from vatra.tables import Finding, FindingsError, has_errors, order

EVERYBODY = "all"
AS_IS, RENOVATED, LEFT, BOTH = "as_is", "renovated", "left", "both"


@dataclass(frozen=True)
class Asked:
    """What is to be compared.

    ``renovated`` codes of blocks, or ``all``; ``left`` what part of each block's heat leaves the
    network, from 0 to 1; prices None: the usual ones.
    """

    renovated: tuple[str, ...] = ()
    package: str = "moderate"
    left: Mapping[str, float] | None = None
    lowest: bool = False
    heat_eur_mwh: float | None = None
    electricity_eur_mwh: float | None = None
    fixed_eur: float | None = None


@dataclass(frozen=True, eq=False)
class State:
    """The network in one state; ``lowest_c`` the coolest supply by hour and ``coolest`` the year
    run with it, where asked for."""

    name: str
    year: Year
    cost: Cost | None
    lowest_c: Floats | None = None
    coolest: Year | None = None


@dataclass(frozen=True, eq=False)
class NetworkRun:
    """A quarter's network in the states that were asked for, the first as it is."""

    stock: Stock
    net: HeatNet
    climate: Climate
    engine: Engine
    asked: Asked
    tariff: Tariff
    states: tuple[State, ...]
    findings: tuple[Finding, ...]

    @property
    def synthetic(self) -> bool:
        """Whether anything in it is made up."""
        return self.net.synthetic or self.stock.synthetic or self.climate.synthetic


@dataclass(frozen=True, eq=False)
class _Needs:
    """Heating of the hours by building as it is and after works, and hot water [W]; peaks [W]."""

    heating_w: tuple[Mapping[str, Floats], Mapping[str, Floats]]
    hot_water_w: Mapping[str, Floats]
    peaks_w: Mapping[str, float]


def run_network(
    folder: Path,
    climate: str,
    engine: Engine = "rc5",
    *,
    warmer_k: float = 0.0,
    asked: Asked | None = None,
) -> NetworkRun:
    """Read a quarter, its network and a climate, and run the states that are asked for.

    Raises ``FindingsError`` with the faults of all files at once.
    """
    stock = open_stock(folder)
    around, found = read_climate(climate, warmer_k)
    findings = [*stock.findings, *found]
    net, more = read_files(folder, [each.code for each in stock.buildings])
    findings += more
    wanted = asked or Asked()
    if net is not None:
        findings += _unknown(net, wanted)
    if around is None or net is None or has_errors(findings):
        raise FindingsError(findings)
    return network_states(stock, net, around, engine, wanted, findings)


def network_states(
    stock: Stock,
    net: HeatNet,
    climate: Climate,
    engine: Engine = "rc5",
    asked: Asked | None = None,
    findings: Sequence[Finding] = (),
) -> NetworkRun:
    """Run a network that is read already; the engine must know peaks."""
    wanted = asked or Asked()
    needs = _needs(stock, net, climate, engine, wanted)
    whole = net.powered(needs.peaks_w)
    made: list[tuple[str, HeatNet, Drive]] = []
    for name, works, leave in _cases(wanted):
        there = _left(whole, wanted.left or {}) if leave else whole
        made.append((name, there, _drive(there, climate, needs, works)))
    years = [run_year(there, drive) for _, there, drive in made]
    tariff = usual_tariff(
        years[0], wanted.heat_eur_mwh, wanted.electricity_eur_mwh, wanted.fixed_eur
    )
    states = []
    for (name, there, drive), year in zip(made, years, strict=True):
        low = lowest_supply(there, drive) if wanted.lowest else (None, None)
        states.append(State(name, year, cost_of(year, tariff), *low))
    told = [*findings, *year_findings(years[0])]
    return NetworkRun(
        stock, whole, climate, engine, wanted, tariff, tuple(states), tuple(order(told))
    )


def year_of_months(
    net: HeatNet,
    climate: Climate,
    heating_wh: Mapping[str, Floats],
    peaks_w: Mapping[str, float],
    hot_water_wh: Mapping[str, Floats] | None = None,
) -> Year:
    """The year of a network for needs that are known by month, such as those of a chosen plan.

    Parameters
    ----------
    net : with the power of its emitters (``HeatNet.powered`` by the peaks before any works)
    heating_wh, hot_water_wh : by building, shape (12,); without hot water none is made
    peaks_w : highest hour of each building's heating in the state that is asked about
    """
    codes = net.buildings
    months = np.array([heating_wh[code] for code in codes], float)
    peaks = np.array([peaks_w[code] for code in codes])
    hours = spread_heating_w(months, peaks, climate)
    heating = {code: hours[:, n] for n, code in enumerate(codes)}
    still = np.zeros(len(climate.dry_bulb_c))
    water = dict.fromkeys(codes, still)
    if hot_water_wh is not None:
        drawn = spread_hot_water_w(np.array([hot_water_wh[code] for code in codes], float))
        water = {code: drawn[:, n] for n, code in enumerate(codes)}
    needs = _Needs((heating, heating), water, peaks_w)
    return run_year(net, _drive(net, climate, needs, False))


def _cases(asked: Asked) -> list[tuple[str, bool, bool]]:
    cases = [(AS_IS, False, False)]
    cases += [(RENOVATED, True, False)] if asked.renovated else []
    cases += [(LEFT, False, True)] if asked.left else []
    cases += [(BOTH, True, True)] if asked.renovated and asked.left else []
    return cases


def _unknown(net: HeatNet, asked: Asked) -> list[Finding]:
    """Buildings that were asked for and are not on the network; a package nobody knows."""
    known = set(net.buildings)
    found = []
    named_ones = [each for each in (*asked.renovated, *(asked.left or {})) if each != EVERYBODY]
    foreign = sorted({each for each in named_ones if each not in known})
    if foreign:
        params = {"buildings": foreign[:10], "some": sorted(known)[:3], "count": len(known)}
        found.append(Finding("runs.network-building", "error", params=params))
    if asked.package not in named():
        params = {"package": asked.package, "names": list(named())}
        found.append(Finding("runs.network-package", "error", params=params))
    if asked.left and all(asked.left.get(each, 0.0) >= 1 for each in known):
        found.append(Finding("runs.network-nobody", "error"))
    return found


def _needs(stock: Stock, net: HeatNet, climate: Climate, engine: Engine, asked: Asked) -> _Needs:
    codes = set(net.buildings)
    places = [n for n, each in enumerate(stock.buildings) if each.code in codes]
    zones = stock.zones()
    # The first named package keeps the building as it is.
    wanted = [0, list(named()).index(asked.package)]
    states = changes(named_packages()).take(np.array(wanted if asked.renovated else wanted[:1]))
    found = simulate_states([zones[n] for n in places], climate, states, engine)
    if found.peak_heating_w is None:
        raise FindingsError([Finding("runs.network-engine", "error", params={"engine": engine})])
    listed = [stock.buildings[n] for n in places]
    hours = [
        spread_heating_w(
            found.heating_wh[:, state].astype(float),
            found.peak_heating_w[:, state].astype(float),
            climate,
        )
        for state in range(states.count)
    ]
    flats = np.array([float(each.flats_count) for each in listed])
    area = np.array([each.heated_m2 for each in listed])
    water = spread_hot_water_w(tap_wh(flats, area, "block"))
    works = set(asked.renovated)
    now, later = {}, {}
    for n, each in enumerate(listed):
        now[each.code] = hours[0][:, n]
        touched = EVERYBODY in works or each.code in works
        later[each.code] = hours[-1][:, n] if touched else hours[0][:, n]
    peaks = {each.code: float(found.peak_heating_w[n, 0]) for n, each in enumerate(listed)}
    by_code = {each.code: water[:, n] for n, each in enumerate(listed)}
    return _Needs((now, later), by_code, peaks)


def _left(net: HeatNet, left: Mapping[str, float]) -> HeatNet:
    gone = [code for code, share in left.items() if share >= 1]
    stays = {code: 1 - share for code, share in left.items() if share < 1}
    return net.without(gone).shared(stays)


def _drive(net: HeatNet, climate: Climate, needs: _Needs, works: bool) -> Drive:
    heating = needs.heating_w[works]
    shape = (len(climate.dry_bulb_c), len(net.substations))
    asked, water = np.zeros(shape), np.zeros(shape)
    for place, each in enumerate(net.substations):
        asked[:, place] = heating[each.building] * each.share
        if each.hot_water:
            water[:, place] = needs.hot_water_w[each.building] * each.share
    plant = reset_curve_c(net, climate.dry_bulb_c, float(climate.dry_bulb_c.min()))
    return drive_of(net, plant, ground_c(climate), asked, water)
