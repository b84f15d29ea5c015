"""A carbon budget and what a pathway uses of it, year by year, in whole milligrams."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from vatra.units import MG_PER_T

_THOUSANDTHS = 1000


@dataclass(frozen=True)
class CarbonBudget:
    """What may be emitted from the beginning of ``from_year`` on.

    ``budget_mg`` [mg CO2e]; ``scope`` which scopes count against it (all, scope_1, scopes_1_2);
    ``method`` how it was found: ``stated`` by the city, or shared out ``by_population`` or
    ``by_emissions``; ``version`` of the source, so that a new edition is another budget.
    """

    name: str
    version: str
    from_year: int
    budget_mg: int
    scope: str = "all"
    method: str = "stated"
    source: str = ""
    note: str = ""
    line: int = 0


@dataclass(frozen=True)
class BudgetUse:
    """A budget against a pathway.

    ``years`` those counted, from the budget's first on; ``emission_mg`` net emissions of each;
    ``assumed_years`` have no figure of their own and are held at the first year that has one;
    ``exhausted_in`` the moment the budget is gone, as a year and a fraction rounded to a
    thousandth (2031.5 is the middle of 2031), None when it lasts beyond the last year.
    """

    budget: CarbonBudget
    years: tuple[int, ...]
    emission_mg: tuple[int, ...]
    assumed_years: tuple[int, ...]
    exhausted_in: float | None

    def used_mg(self, year: int | None = None) -> int:
        """Used up to the end of a year, of the last one by default [mg CO2e]."""
        last = self.years[-1] if year is None else year
        pairs = zip(self.years, self.emission_mg, strict=True)
        return sum(mass for each, mass in pairs if each <= last)

    def left_mg(self, year: int | None = None) -> int:
        """Left at the end of a year, below zero when more was used than there was [mg CO2e]."""
        return self.budget.budget_mg - self.used_mg(year)


def read_budgets(rows: pl.DataFrame) -> list[CarbonBudget]:
    """The budgets of the table ``carbon_budgets``, in the order of their file."""
    return [
        CarbonBudget(
            name=row["name"],
            version=row["version"],
            from_year=row["from_year"],
            budget_mg=round(Fraction(row["budget_t_co2e"]) * MG_PER_T),
            scope=row["scope"] or "all",
            source=row["source"],
            note=row["note"] or "",
            line=row["line"],
        )
        for row in rows.sort("line").iter_rows(named=True)
    ]


def budget_use(budget: CarbonBudget, emission_mg: Mapping[int, int]) -> BudgetUse:
    """What a pathway uses of a budget.

    Parameters
    ----------
    emission_mg : net CO2e by year; consecutive years. Years before the first are held at its
        figure and named in ``assumed_years``: they did emit, and missing is never zero.

    Raises ``ValueError`` when the pathway ends before the budget begins, or has a gap.
    """
    known = sorted(emission_mg)
    if not known or known[-1] < budget.from_year:
        raise ValueError(f"the pathway ends before {budget.from_year}, when the budget begins")
    if known != list(range(known[0], known[-1] + 1)):
        raise ValueError("the years of the pathway have a gap")
    years = tuple(range(budget.from_year, known[-1] + 1))
    masses = tuple(emission_mg.get(each, emission_mg[known[0]]) for each in years)
    assumed = tuple(each for each in years if each < known[0])
    return BudgetUse(budget, years, masses, assumed, _exhausted(budget, years, masses))


def _exhausted(
    budget: CarbonBudget, years: tuple[int, ...], masses: tuple[int, ...]
) -> float | None:
    """When what is emitted evenly within each year first reaches the budget."""
    left = budget.budget_mg
    if left <= 0:
        return float(budget.from_year)
    for year, mass in zip(years, masses, strict=True):
        if mass >= left and mass > 0:
            return round(Fraction(left, mass) * _THOUSANDTHS) / _THOUSANDTHS + year
        left -= mass
    return None
