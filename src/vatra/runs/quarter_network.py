"""The heat network of a quarter before the works and after them, those who leave left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from vatra.plans.blocks import Climate
from vatra.plans.blocks.bulk import simulate_states
from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.heatnet.costs import Cost, cost_of, usual_tariff
from vatra.plans.heatnet.ground import ground_c
from vatra.plans.heatnet.hours import spread_heating_w, spread_hot_water_w
from vatra.plans.heatnet.network import HeatNet
from vatra.plans.heatnet.run import run_year
from vatra.plans.heatnet.year import Year, drive_of, reset_curve_c
from vatra.plans.quarter import Chosen
from vatra.plans.retrofit import Packages
from vatra.plans.retrofit.effects import changes
from vatra.plans.retrofit.packages import KEPT
from vatra.plans.services.hot_water import tap_wh
from vatra.runs.network_files import read_files
from vatra.runs.stock import Stock, open_stock
from vatra.tables import Finding, has_errors

PIPES = "heat_pipes"


@dataclass(frozen=True)
class NetworkYear:
    """A year of the network: heat at the plant, arrived, missing, pumps [Wh], mean return by flow
    [degrees C], what an arrived MWh costs [EUR] and how many blocks are connected.

    ``return_c`` and ``eur_mwh`` are None where nobody takes heat any more.
    """

    plant_wh: int
    served_wh: int
    short_wh: int
    pump_wh: int
    return_c: float | None
    eur_mwh: float | None
    blocks_count: int

    @property
    def lost_share(self) -> float:
        """Of the heat at the plant, what the ground takes."""
        return (self.plant_wh - self.served_wh) / self.plant_wh if self.plant_wh else 0.0


@dataclass(frozen=True)
class NetworkView:
    """The network before and after the works; ``left`` blocks that heat otherwise afterwards.

    The plant keeps its temperatures and the network its fixed cost, so that those who remain share
    it among fewer megawatt-hours. Hours are spread from months, and fixed cost is by the usual
    share, unless the folder says otherwise.
    """

    before: NetworkYear
    after: NetworkYear | None
    left: tuple[str, ...]
    synthetic: bool


def read_net(folder: Path | None, stock: Stock) -> tuple[HeatNet | None, list[Finding]]:
    """The network of a folder; None where it has none, or a faulty one.

    Buildings of the folder that the stock leaves out are taken off it. Faults of its files come
    back as warnings: the plan goes on without the network.
    """
    if folder is None or not any(folder.glob(f"{PIPES}.*")):
        return None, []
    everyone = {each.code for each in open_stock(folder).buildings}
    net, found = read_files(folder, sorted(everyone))
    if net is None or has_errors(found):
        return None, [_as_warning(each) for each in found]
    others = everyone - {each.code for each in stock.buildings}
    return (net.without(sorted(others)) if others else net), []


def branches(net: HeatNet | None) -> tuple[tuple[str, ...], ...]:
    """Blocks that hang on one substation's node."""
    at: dict[str, list[str]] = {}
    for each in net.substations if net is not None else ():
        at.setdefault(each.node, []).append(each.building)
    return tuple(tuple(sorted(set(each))) for each in at.values() if len(set(each)) > 1)


def network_of(
    net: HeatNet, stock: Stock, climate: Climate, packages: Packages, chosen: Chosen
) -> NetworkView:
    """Two years of a network that was read: as it is, and after the works."""
    needs = _Needs(net, stock, climate, packages, chosen)
    whole = net.powered(needs.peaks_w)
    before = _run(whole, climate, needs.before_w, needs.water_w)
    tariff = usual_tariff(before)
    gone = [code for code in needs.leaving if code in set(net.buildings)]
    if len(gone) == len(net.buildings):
        return NetworkView(_told(before, cost_of(before, tariff)), None, tuple(gone), net.synthetic)
    rest = whole.without(gone)
    after = _run(rest, climate, needs.after_w, needs.water_w)
    return NetworkView(
        _told(before, cost_of(before, tariff)),
        _told(after, cost_of(after, tariff)),
        tuple(gone),
        net.synthetic,
    )


def _told(year: Year, cost: Cost | None) -> NetworkYear:
    back = year.mean_return_c
    return NetworkYear(
        round(float(year.plant_w.sum())),
        round(float(year.served_w.sum())),
        round(year.short_wh),
        round(float(year.pump_w.sum())),
        None if np.isnan(back) else round(back, 2),
        None if cost is None else round(cost.eur_mwh, 2),
        len(year.net.buildings),
    )


def _run(
    net: HeatNet,
    climate: Climate,
    heating_w: Mapping[str, Floats],
    water_w: Mapping[str, Floats],
) -> Year:
    shape = (len(climate.dry_bulb_c), len(net.substations))
    heating, water = np.zeros(shape), np.zeros(shape)
    for place, each in enumerate(net.substations):
        heating[:, place] = heating_w[each.building] * each.share
        if each.hot_water:
            water[:, place] = water_w[each.building] * each.share
    plant = reset_curve_c(net, climate.dry_bulb_c, float(climate.dry_bulb_c.min()))
    return run_year(net, drive_of(net, plant, ground_c(climate), heating, water))


class _Needs:
    """Heating of the hours before and after, hot water [W], peaks [W], and who leaves."""

    def __init__(
        self, net: HeatNet, stock: Stock, climate: Climate, packages: Packages, chosen: Chosen
    ) -> None:
        on_it = set(net.buildings)
        places = np.asarray([n for n, each in enumerate(stock.buildings) if each.code in on_it])
        codes = [stock.buildings[n].code for n in places]
        package = chosen.package[places]
        months, peaks = _months(places, package, stock, climate, packages, chosen.menu.kept)
        hours = [
            spread_heating_w(month, peak, climate)
            for month, peak in zip(months, peaks, strict=True)
        ]
        self.before_w, self.after_w = (
            {code: each[:, n] for n, code in enumerate(codes)} for each in hours
        )
        flats = np.asarray([float(stock.buildings[n].flats_count) for n in places])
        area = np.asarray([stock.buildings[n].heated_m2 for n in places])
        water = spread_hot_water_w(tap_wh(flats, area, "block"))
        self.water_w = {code: water[:, n] for n, code in enumerate(codes)}
        self.peaks_w = {code: float(peaks[0][n]) for n, code in enumerate(codes)}
        heats = packages.heat_carriers()
        self.leaving = [code for code, at in zip(codes, package, strict=True) if heats[at] != KEPT]


def _months(
    places: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
    package: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
    stock: Stock,
    climate: Climate,
    packages: Packages,
    kept: int,
) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
    """Need by month [n, 12] and peak [n], each before and after."""
    zones = stock.zones()
    works = changes(packages)
    need = np.zeros((2, len(places), 12))
    peak = np.zeros((2, len(places)))
    for at in np.unique(package):
        own = np.flatnonzero(package == at)
        states = works.take([kept, int(at)])
        found = simulate_states([zones[places[n]] for n in own], climate, states, "rc5")
        assert found.peak_heating_w is not None
        for state in range(2):
            need[state, own] = found.heating_wh[:, state]
            peak[state, own] = found.peak_heating_w[:, state]
    return (need[0], need[1]), (peak[0], peak[1])


def _as_warning(finding: Finding) -> Finding:
    """A fault of the network's files, which the plan goes on without."""
    return replace(finding, severity="warning") if finding.severity == "error" else finding
