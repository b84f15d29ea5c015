"""From a stock and a climate to every package of a block: energy, class, cost, payers, owners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vatra.plans.blocks import Climate, Engine, Zone
from vatra.plans.blocks.bulk import Changes, simulate_states
from vatra.plans.blocks.bulk import States as Needs
from vatra.plans.retrofit import (
    Appraisal,
    Packages,
    appraise,
    check_together,
    default_options,
    factorial,
    programmes,
    stacking,
)
from vatra.plans.retrofit.effects import Places, distinct_states
from vatra.plans.retrofit.eligibility import standing
from vatra.plans.retrofit.packages import Option, with_panels_up_to
from vatra.plans.retrofit.reading import Floats
from vatra.plans.stock import Archetype, Building, archetypes
from vatra.plans.sunpower import roof_kwp
from vatra.runs.blocks import read_climate
from vatra.runs.retrofit_energy import Site, Spent, States, spent
from vatra.runs.retrofit_facts import Asked, block_of, check_flats, quantities
from vatra.runs.stock import Stock, open_stock, under
from vatra.tables import Finding, FindingsError, has_errors

USUAL_HEAT = "district_heat"
GRANT = "grant"
# Of works on buildings; preparation is paid apart.
_WORKS = ("envelope", "windows", "ventilation", "heat", "pv", "battery")


@dataclass(frozen=True, eq=False)
class Renovation:
    """Every package of one building.

    Attributes
    ----------
    packages : the full factorial of the options that were asked for
    spent : what is bought, and what panels do
    appraisal : cost, class, CO2, bill, payers, front
    programme_ids : those that were asked, in their order
    """

    stock: Stock
    building: Building
    zone: Zone
    climate: Climate
    engine: Engine
    asked: Asked
    packages: Packages
    needs: Needs
    states: States
    spent: Spent
    appraisal: Appraisal
    programme_ids: tuple[str, ...]


def renovate(
    folder: Path,
    code: str,
    climate: str,
    asked: Asked,
    *,
    packages: Packages | None = None,
    engine: Engine = "rc5",
    heat: str = USUAL_HEAT,
    warmer_k: float = 0.0,
) -> Renovation:
    """Weigh every package of one building of a folder.

    ``heat`` what heats buildings without a row in ``building_systems.csv``. Raises
    ``FindingsError`` with all faults of the files, or naming the buildings there are;
    ``RetrofitError`` for a question that cannot be answered.
    """
    stock, around = opened(folder, climate, warmer_k)
    place = place_of(stock, code)
    return renovate_one(stock, place, around, asked, packages=packages, engine=engine, heat=heat)


def opened(folder: Path, climate: str, warmer_k: float = 0.0) -> tuple[Stock, Climate]:
    """A folder's buildings and a climate; ``FindingsError`` with the faults of both at once."""
    stock = open_stock(folder)
    around, found = read_climate(climate, warmer_k)
    findings = [*stock.findings, *found]
    if around is None or has_errors(findings):
        raise FindingsError(findings)
    return under(stock, around), around


def place_of(stock: Stock, code: str) -> int:
    """Where a building stands in a stock; ``FindingsError`` naming some that there are."""
    codes = [each.code for each in stock.buildings]
    if code not in codes:
        params = {"building": code, "some": codes[:5], "count": len(codes)}
        raise FindingsError([Finding("runs.retrofit-building", "error", params=params)])
    return codes.index(code)


def renovate_one(
    stock: Stock,
    place: int,
    climate: Climate,
    asked: Asked,
    *,
    packages: Packages | None = None,
    engine: Engine = "rc5",
    heat: str = USUAL_HEAT,
) -> Renovation:
    """Weigh every package of the building at a place of a stock; by default every one of
    ``data/options.csv`` with no more panels than its roof holds."""
    building, zone = stock.buildings[place], stock.zones()[place]
    check_flats(building, asked.flat_m2)
    chosen = factorial(on_roof_of(building)) if packages is None else packages
    states, of_package = distinct_states(chosen)
    needs = simulate_states([zone], climate, states, engine)
    ids = programme_ids(asked)
    body = states_of(needs, 0, states, of_package)
    bought = spent(building, zone, body, chosen, stock.systems, heat, Site(climate))
    kind = archetypes()[building.archetype]
    appraisal = _appraisal(building, kind, zone, chosen, bought, asked, ids)
    return Renovation(
        stock, building, zone, climate, engine, asked, chosen, needs, body, bought, appraisal, ids
    )


def on_roof_of(building: Building) -> Mapping[str, tuple[Option, ...]]:
    """Every option of works, panels as far as the roof of a building holds them."""
    return with_panels_up_to(default_options(), roof_kwp(building.shape.footprint_m2))


def states_of(
    needs: Needs,
    block: int,
    states: Changes,
    place: Places,
) -> States:
    """The states of one block among those of many."""
    cooling = None if needs.cooling_wh is None else needs.cooling_wh[block].astype(float)
    return States(
        needs.heating_wh[block].astype(float),
        cooling,
        _known_peaks(needs)[block].astype(float),
        np.nan_to_num(states.heat_recovery_share) > 0,
        place,
    )


def _known_peaks(needs: Needs) -> Floats:
    """The seasonal engine knows no peaks, and without them no pump can be sized."""
    if needs.peak_heating_w is None:
        raise FindingsError([Finding("runs.retrofit-engine", "error")])
    return needs.peak_heating_w


def programme_ids(asked: Asked) -> tuple[str, ...]:
    """Programmes that may pay: the ones asked for, else every grant for works that takes
    applications on the day and goes together with those before it.

    Raises ``RetrofitError`` for programmes that exclude each other.
    """
    if asked.programme_ids is not None:
        check_together(asked.programme_ids)
        return asked.programme_ids
    found: list[str] = []
    for each in programmes().values():
        works = each.kind == GRANT and any(group in _WORKS for group in each.covers)
        is_open = works and standing(each, asked.on_date).verdict == 1
        if is_open and all(_together(other, each.id) for other in found):
            found.append(each.id)
    return tuple(found)


def _together(one: str, other: str) -> bool:
    rule = stacking(one, other)
    return rule is not None and rule.together


def _appraisal(
    building: Building,
    kind: Archetype,
    zone: Zone,
    packages: Packages,
    bought: Spent,
    asked: Asked,
    ids: Sequence[str],
) -> Appraisal:
    return appraise(
        block_of(building, kind, asked),
        packages,
        bought.energy,
        bought.before,
        quantities(zone, building),
        ids,
        asked.on_date,
        applicant=asked.who_applies,
        city=asked.city,
        own_eur_per_mwh=asked.own_eur_per_mwh,
    )
