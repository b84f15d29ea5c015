"""The building stock of an output folder in its climate, computed once for each registered run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from vatra.plans.blocks import Climate, Needs, Zone, places, read_epw, simulate, synthetic_climate
from vatra.plans.retrofit.regions import region_of
from vatra.plans.stock import Building, archetypes, zone_of
from vatra.runs.publish import PACK
from vatra.runs.stock import Stock, open_stock
from vatra.sources.city_yaml import FILE_NAME as CITY_FILE
from vatra.sources.city_yaml import read_city
from vatra.tables import Finding, has_errors
from vatra.web.base.errors import NotReady

STOCKS_KEPT = 8
YEARS_KEPT = 64
CLIMATE_FILE = "climate.epw"
# Compiled loops, the sun, footprints: what a site without the extra "buildings" lacks.
PACKAGES = ("numba", "pvlib", "pyproj", "shapely")
# Where neither the city's name nor a footprint tells: the zone in the middle of the country.
_MIDDLE_PLACE = "bucuresti"


@dataclass(frozen=True, eq=False)
class BlockYear:
    """One building, hour by hour."""

    building: Building
    zone: Zone
    needs: Needs


@dataclass(frozen=True, eq=False)
class Held:
    """The stock of a run, its zones and what they need; arrays over ``stock.buildings``.

    ``climate_assumed``: nothing tells which climate the city has; ``region`` the development
    region of its county, None where the city states none.
    """

    stock: Stock
    zones: tuple[Zone, ...]
    needs: Needs
    climate_assumed: bool
    region: str | None = None

    @property
    def climate(self) -> Climate:
        """The weather that everything was computed in."""
        return self.needs.climate

    @property
    def synthetic(self) -> bool:
        """Whether buildings or weather are made up."""
        return self.stock.synthetic or self.climate.synthetic

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Position of each building by its code."""
        return {each.code: at for at, each in enumerate(self.stock.buildings)}

    @cached_property
    def heating_wh(self) -> Sequence[int]:
        """Heat that each building needs in a year."""
        return [int(each) for each in self.needs.heating_wh.sum(axis=1)]

    @cached_property
    def peak_w(self) -> Sequence[int]:
        """Highest heating load of an hour of each building."""
        peaks = self.needs.peak_heating_w
        return [int(each) for each in (np.zeros(len(self.zones)) if peaks is None else peaks)]

    @cached_property
    def kwh_m2(self) -> Sequence[float]:
        """Heat that each building needs in a year per heated area."""
        return [float(each) for each in self.needs.heating_kwh_m2]


@dataclass(frozen=True, eq=False)
class Opened:
    """The stock of a run, or what stands in the way of one.

    ``held`` is None for a city without buildings, with faults in their files, or on a site that
    lacks ``missing`` packages.
    """

    held: Held | None
    findings: Sequence[Finding] = ()
    missing: Sequence[str] = ()

    @property
    def faults(self) -> Sequence[Finding]:
        """What forbids computing."""
        return [each for each in self.findings if each.severity == "error"]


def missing_packages() -> list[str]:
    """Packages of the extra ``buildings`` that are not installed."""
    return [each for each in PACKAGES if find_spec(each) is None]


@lru_cache(STOCKS_KEPT)
def stock_of(folder: Path, run_id: str, code: str) -> Opened:
    """The stock of a registered folder; ``run_id`` names which run of it is kept.

    Raises ``NotReady`` when the pack is gone.
    """
    pack = folder / PACK
    if not pack.is_dir():
        raise NotReady("web.cities.pack-unreadable", folder=folder.name)
    if missing := missing_packages():
        return Opened(None, missing=missing)
    stock = open_stock(pack)
    if not stock.buildings and all(each.code == "runs.stock-none" for each in stock.findings):
        return Opened(None)
    if not stock.ok:
        return Opened(None, stock.findings)
    climate, assumed, found = _climate(pack, code, stock.footprints)
    if climate is None or has_errors(found):
        return Opened(None, found)
    zones = tuple(stock.zones())
    needs = simulate(zones, climate, "rc5", free_float=False)
    held = Held(stock, zones, needs, assumed, _region(pack))
    return Opened(held, (*stock.findings, *found))


def _region(pack: Path) -> str | None:
    """The development region of the city's county."""
    city, _ = read_city(pack / CITY_FILE)
    return region_of(city.region) if city else None


def _climate(
    pack: Path, code: str, footprints: Mapping[str, Any]
) -> tuple[Climate | None, bool, list[Finding]]:
    """The pack's own weather, else the made-up year of the nearest place; whether it is assumed."""
    own = pack / CLIMATE_FILE
    if own.exists():
        climate, found = read_epw(own)
        return climate, False, found
    known = _place_of(code) or _nearest(footprints)
    return synthetic_climate(known or _MIDDLE_PLACE), not known, []


def _place_of(code: str) -> str:
    """The place that a city's code names: ``cluj-napoca`` -> ``cluj``; blank for none."""
    codes = {each.code for each in places().values()}
    return next((each for each in sorted(codes) if f"{code}-".startswith(f"{each}-")), "")


def _nearest(footprints: Mapping[str, Any]) -> str:
    """The place nearest to what is drawn; blank where nothing is."""
    if not footprints:
        return ""
    middle = next(iter(footprints.values())).centroid
    return min(
        sorted(set(places().values()), key=lambda each: each.code),
        key=lambda each: (each.longitude_deg - middle.x) ** 2 + (each.latitude_deg - middle.y) ** 2,
    ).code


@lru_cache(YEARS_KEPT)
def block_year(folder: Path, run_id: str, city: str, code: str) -> BlockYear | None:
    """A building hour by hour; None where the city has no such building."""
    held = stock_of(folder, run_id, city).held
    if held is None or code not in held.places:
        return None
    building = held.stock.buildings[held.places[code]]
    kind = archetypes()[building.archetype]
    zone = zone_of(building, held.stock.elements.get(code, ()), kind)
    needs = simulate([zone], held.climate, "rc5", hourly=True, free_float=False)
    return BlockYear(building, zone, needs)
