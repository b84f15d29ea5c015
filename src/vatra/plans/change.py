"""What moved a city's emissions between two years: people, energy, fuels, factors, by sector."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from vatra.plans.lmdi import lmdi

POPULATION, ENERGY, MIX, FACTOR, OTHER = "population", "energy", "mix", "factor", "other"
_DIGITS = 12


@dataclass(frozen=True)
class Change:
    """Effects of each driver on one sector [mg CO2e]; they add up to the change exactly.

    Drivers: ``population`` (only where people are given), ``energy`` used (per person then),
    ``mix`` of carriers, ``factor`` of each carrier, ``other`` for emissions without energy.
    """

    sector: str
    base_mg: int
    target_mg: int
    effects_mg: Mapping[str, int]


def change(
    base: pl.DataFrame,
    target: pl.DataFrame,
    population: tuple[int, int] | None = None,
) -> list[Change]:
    """Decompose the change of every sector.

    ``CO2e = people x energy / people x share of carrier x CO2e / energy``, by sector and carrier.

    Parameters
    ----------
    base, target : cells of two years: sector, carrier, energy_wh [Wh], co2e_mg [mg], what enters
        totals only; with ``gas`` the energy may stand once for each gas
    population : people in the base and the target year, None to leave them out

    Returns
    -------
    One ``Change`` per sector, sorted, in whole milligrams. Raises ``ValueError`` for a population
    that is not above zero.
    """
    if population is not None and min(population) <= 0:
        raise ValueError(f"a population of {population} cannot be divided by")
    sides = (_cells(base), _cells(target))
    sectors = sorted({sector for side in sides for sector, _ in side})
    return [_of_sector(sector, sides[0], sides[1], population) for sector in sectors]


Cells = dict[tuple[str, str], tuple[int, int]]


def _cells(cells: pl.DataFrame) -> Cells:
    """Energy [Wh] and CO2e [mg] by sector and carrier."""
    keys = ["sector", "carrier"]
    sums = (pl.col("energy_wh").sum(), pl.col("co2e_mg").sum())
    if "gas" in cells.columns:
        by_gas = cells.group_by([*keys, "gas"]).agg(sums)
        summed = by_gas.group_by(keys).agg(pl.col("energy_wh").max(), pl.col("co2e_mg").sum())
    else:
        summed = cells.group_by(keys).agg(sums)
    rows = summed.sort(keys).select(*keys, "energy_wh", "co2e_mg").iter_rows()
    return {(sector, carrier): (energy, mass) for sector, carrier, energy, mass in rows}


def _of_sector(
    sector: str, base: Cells, target: Cells, population: tuple[int, int] | None
) -> Change:
    mine = [
        {carrier: cell for (each, carrier), cell in side.items() if each == sector}
        for side in (base, target)
    ]
    carriers = sorted({*mine[0], *mine[1]})
    burnt = [name for name in carriers if any(side.get(name, (0, 0))[0] for side in mine)]
    people = population or (1, 1)
    factors = [_factors(side, burnt, people[at]) for at, side in enumerate(mine)]
    names = (POPULATION, ENERGY, MIX, FACTOR)
    effects = lmdi(factors[0], factors[1], names).totals
    masses = [sum(mass for _, mass in side.values()) for side in mine]
    others = [sum(mass for name, (_, mass) in side.items() if name not in burnt) for side in mine]
    effects[OTHER] = float(others[1] - others[0])
    if population is None:
        del effects[POPULATION]
    return Change(sector, masses[0], masses[1], _whole(effects, masses[1] - masses[0]))


def _factors(
    side: Mapping[str, tuple[int, int]], carriers: list[str], people: int
) -> dict[str, tuple[float, ...]]:
    """People, energy per person, share of the carrier, CO2e of a watt-hour; NaN for what has
    none."""
    none = float("nan")
    whole_wh = sum(side.get(name, (0, 0))[0] for name in carriers)
    found: dict[str, tuple[float, ...]] = {}
    for name in carriers:
        energy, mass = side.get(name, (0, 0))
        found[name] = (
            float(people),
            whole_wh / people,
            energy / whole_wh if whole_wh else none,
            mass / energy if energy else none,
        )
    return found


def _whole(effects: Mapping[str, float], total_mg: int) -> dict[str, int]:
    """Whole milligrams that add up: the largest effect takes the last ones.

    Twelve digits are steady on every machine; the rest depends on its logarithm.
    """
    rounded = {name: round(float(f"{each:.{_DIGITS}g}")) for name, each in effects.items()}
    largest = max(rounded, key=lambda name: (abs(rounded[name]), name))
    rounded[largest] += total_mg - sum(rounded.values())
    return rounded
