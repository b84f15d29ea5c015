"""Biogenic CO2 is reported apart; it is in no total and not in scope 1."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from vatra.linter.contract import BIOGENIC_CARRIERS, Contract
from vatra.linter.equations import Equation
from vatra.linter.findings import LintFinding
from vatra.linter.grid import Cell, Grid, named
from vatra.linter.rules import energy_emissions

CODES = ("linter.biogenic-counted", "linter.biogenic-row")
# CH4 and N2O of burning wood stay far below; CO2 of it lies far above (t/MWh).
LARGEST_WITHOUT_CO2 = Decimal("0.1")


def find(contract: Contract) -> Iterable[LintFinding]:
    """Printed emissions that agree with energy times factors only if biogenic CO2 is counted."""
    for printed, with_it, without, factors in _candidates(contract):
        if with_it.holds({}) and not without.holds({}):
            yield LintFinding(
                "linter.biogenic-counted",
                "warning",
                printed.name.table,
                named([printed, *factors, *with_it.cells]),
                with_it.calculation(),
                params={"factor": factors[0].shown, "carrier": factors[0].name.row},
            )
    for grid in contract.of_kind("emissions"):
        yield from _rows(grid)


def _candidates(
    contract: Contract,
) -> Iterable[tuple[Cell, Equation, Equation, list[Cell]]]:
    heavy = [
        factor
        for (carrier, _), factor in contract.factors.items()
        if carrier in BIOGENIC_CARRIERS and factor.value > LARGEST_WITHOUT_CO2
    ]
    seen: set[Cell] = set()
    for equation in energy_emissions.equations(contract) if heavy else []:
        used = [factor for factor in heavy if factor in equation.cells]
        if used and equation.result not in seen:
            seen.add(equation.result)
            yield equation.result, equation, energy_emissions.without(equation, used), used


def _rows(grid: Grid) -> Iterable[LintFinding]:
    """A row of biogenic emissions that the total row includes."""
    total = grid.total
    if total is None:
        return
    for row in grid.rows:
        if "biogen" not in row.says.folded or row.sums or _says_excluded(row.says.folded):
            continue
        counted = [
            (cell, grid.cell(total, column))
            for column, cell in zip(grid.columns, row.cells, strict=True)
            if cell.given and cell.value and not column.percent
            and _counted(grid, row.cells.index(cell), cell)
        ]  # fmt: skip
        if counted:
            cells = named(cell for pair in counted for cell in pair)
            yield LintFinding("linter.biogenic-row", "warning", grid.id, cells)


def _says_excluded(folded: str) -> bool:
    return any(
        word in folded for word in ("memo", "exclu", "informativ", "not_included", "neinclu")
    )


def _counted(grid: Grid, place: int, cell: Cell) -> bool:
    """Whether the column adds up with the row and does not without it."""
    total = grid.total
    assert total is not None
    printed = total.cells[place]
    parts = [
        row.cells[place]
        for row in grid.rows
        if not row.sums and not row.says.part and row.cells[place].given
    ]
    if not printed.given or len(parts) < 2:
        return False
    allowance = sum((each.interval.high - each.value for each in [*parts, printed]), Decimal(0))
    added = sum((each.value for each in parts), Decimal(0))
    return abs(added - printed.value) <= allowance < abs(cell.value)
