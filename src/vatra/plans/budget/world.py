"""What the world may still emit, and a city's share of it: data with their sources."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Literal

from vatra.plans.budget.budget import CarbonBudget
from vatra.units import MG_PER_T

Sharing = Literal["by_population", "by_emissions"]
SHARINGS: tuple[Sharing, ...] = ("by_population", "by_emissions")
MG_PER_GT = MG_PER_T * 1_000_000_000
VERSION = "IPCC AR6 WG1, 2021"


@dataclass(frozen=True)
class Remaining:
    """A remaining budget of CO2 for the whole world, from the beginning of ``from_year`` on.

    ``likelihood_percent`` of staying below ``warming_degrees_c`` if no more is emitted;
    ``budget_mg`` [mg CO2].
    """

    warming_degrees_c: float
    likelihood_percent: int
    budget_mg: int
    from_year: int
    source: str
    page: str


@dataclass(frozen=True)
class World:
    """What the budget is shared by: ``value`` in ``unit`` of ``year``, with its source."""

    value: Fraction
    unit: str
    year: int
    source: str
    note: str


def _rows(name: str) -> list[dict[str, str]]:
    file = resources.files("vatra.plans.budget") / "data" / name
    return list(csv.DictReader(file.read_text("utf-8").splitlines()))


@cache
def remaining_budgets() -> Mapping[tuple[float, int], Remaining]:
    """Remaining budgets by warming [°C] and likelihood [%] (IPCC AR6 WG1, Table SPM.2)."""
    return {
        (float(row["warming_degrees_c"]), int(row["likelihood_percent"])): Remaining(
            float(row["warming_degrees_c"]),
            int(row["likelihood_percent"]),
            int(row["budget_gt_co2"]) * MG_PER_GT,
            int(row["from_year"]),
            row["source"],
            row["page"],
        )
        for row in _rows("remaining.csv")
    }


@cache
def world() -> Mapping[str, World]:
    """``persons`` and ``emission`` of the world, the emission in milligrams of CO2."""
    found = {}
    for row in _rows("world.csv"):
        size, unit = (MG_PER_GT, "mg CO2") if row["unit"] == "Gt CO2" else (1, row["unit"])
        value = Fraction(row["amount"]) * size
        found[row["key"]] = World(value, unit, int(row["year"]), row["source"], row["note"])
    return found


def fair_share(
    sharing: Sharing,
    city: int,
    warming_degrees_c: float = 1.5,
    likelihood_percent: int = 50,
    scope: str = "all",
) -> CarbonBudget:
    """A city's share of what the world may still emit.

    ``by_population`` gives every person the same; ``by_emissions`` leaves every emitter the share
    it has today, and so rewards who emitted more. Neither is a finding of science: the choice is
    the city's, which is why both are named.

    Parameters
    ----------
    city : persons, or CO2 of a year near 2019 [mg]
    warming_degrees_c, likelihood_percent : one of ``remaining_budgets``

    Raises ``KeyError`` for a pair that the source does not print, ``ValueError`` below zero.
    """
    if city <= 0:
        raise ValueError("the city's persons or emissions must be above zero")
    remaining = remaining_budgets()[warming_degrees_c, likelihood_percent]
    of = world()["persons" if sharing == "by_population" else "emission"]
    return CarbonBudget(
        name=f"{warming_degrees_c:g} °C, {likelihood_percent} %",
        version=VERSION,
        from_year=remaining.from_year,
        budget_mg=round(remaining.budget_mg * Fraction(city) / of.value),
        scope=scope,
        method=sharing,
        source=f"{remaining.source}, {remaining.page}; {of.source}",
        note=of.note,
    )
