"""A row that prints the energy, the factor and the emissions of a carrier: one times the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from vatra.linter.contract import Contract
from vatra.linter.equations import Equation, Term
from vatra.linter.grid import Cell, Column, Grid

CODES = ("linter.energy-emissions",)
SLACK_SHARE = Decimal("0.005")
FEWEST_HELD = 3


def equations(contract: Contract) -> Iterable[Equation]:
    """One identity per row of every found table with the three columns, where most rows agree."""
    for grid in contract.grids:
        if not grid.found:
            continue
        columns = [_one(grid, each) for each in ("energy", "factor", "emission")]
        energy, factor, emissions = columns
        if energy is not None and factor is not None and emissions is not None:
            yield from _believed(_rows(grid, energy, factor, emissions))


def _one(grid: Grid, quantity: str) -> Column | None:
    """The first column in units of a quantity; what stands per head or per area is another one."""
    for column in grid.columns:
        if column.unit is not None and column.unit.quantity == quantity and not column.says.memo:
            return column
    return None


def _rows(grid: Grid, energy: Column, factor: Column, emissions: Column) -> list[Equation]:
    found = []
    for row in grid.rows:
        cells = [grid.cell(row, each) for each in (energy, factor, emissions)]
        if row.sums or not all(cell.given and cell.value for cell in cells):
            continue
        found.append(_identity(row.label, *cells))
    return found


def _identity(label: str, energy: Cell, factor: Cell, emissions: Cell) -> Equation:
    return Equation(
        "linter.energy-emissions",
        "warning",
        emissions,
        (Term(Decimal(1), (energy, factor)),),
        slack_share=SLACK_SHARE,
        params={"sector": label},
    )


def _believed(found: list[Equation]) -> list[Equation]:
    """Two thirds of the rows, and three at least, must show that the columns belong together."""
    held = sum(each.holds({}) for each in found)
    failing = len(found) - held
    if held < FEWEST_HELD or held < 2 * failing:
        return []
    return [replace(each, severity="error") if held >= 4 * failing else each for each in found]
