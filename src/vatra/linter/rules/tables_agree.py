"""The same emissions printed in two tables are the same number."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import combinations

from vatra.linter.contract import Contract, EmissionSeries
from vatra.linter.equations import Equation, Term
from vatra.linter.grid import Cell

CODES = ("linter.tables-disagree",)


def equations(contract: Contract) -> Iterable[Equation]:
    """One identity per sector that two tables print for the same year and stage."""
    for first, second in combinations(contract.emissions, 2):
        if first.grid is not second.grid and _same(contract, first, second):
            yield from _sure([_identity(*pair) for pair in _pairs(first, second)])


def _same(contract: Contract, first: EmissionSeries, second: EmissionSeries) -> bool:
    stages = {_stage(contract, each) for each in (first, second)}
    years = {each.year for each in (first, second)} - {None}
    return len(stages) == 1 and "" not in stages and len(years) <= 1


def _stage(contract: Contract, series: EmissionSeries) -> str:
    if not series.stage and series.year is not None and series.year == contract.base_year:
        return "base"
    return series.stage


def _pairs(first: EmissionSeries, second: EmissionSeries) -> Iterable[tuple[Cell, Cell]]:
    for sector, cell in first.sectors.items():
        if sector in second.sectors:
            yield cell, second.sectors[sector]
    if first.total is not None and second.total is not None:
        yield first.total, second.total


def _identity(cell: Cell, other: Cell) -> Equation:
    return Equation(
        "linter.tables-disagree",
        "warning",
        other,
        (Term(Decimal(1), (cell,)),),
        params={"other": cell.name.table},
    )


def _sure(found: list[Equation]) -> list[Equation]:
    """Two tables of one city with another boundary differ everywhere; a slip differs once."""
    held = sum(each.holds({}) for each in found)
    return found if held >= 2 and len(found) - held <= max(1, len(found) // 4) else []
