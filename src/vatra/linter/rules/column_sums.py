"""The total row is the sum of the rows above it; a row it leaves out is named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from vatra.linter.contract import Contract
from vatra.linter.equations import Equation
from vatra.linter.grid import Cell, Column, Grid, Row
from vatra.linter.sums import additive, column_readings, counts, sum_equation

CODES = ("linter.column-sum", "linter.left-out")


def equations(contract: Contract) -> Iterable[Equation]:
    """One identity per column of every table that has a total row."""
    for grid in contract.grids:
        total = grid.total
        if total is not None and grid.kind != "factors":
            yield from _of_grid(grid, total)
        yield from _subtotals(grid)


def _of_grid(grid: Grid, total: Row) -> list[Equation]:
    columns = [column for column in grid.columns if additive(grid, column)]
    best: list[Equation] = []
    best_held = -1
    for reading in column_readings(grid):
        found = [_column(grid, total, column, reading) for column in columns]
        said = [each for each in found if each is not None and counts(each)]
        held = sum(each.holds({}) for each in said)
        if held > best_held:
            best, best_held = said, held
    failing = len(best) - best_held
    all_sectors = len([row for row in grid.items if row.says.sector]) >= 3
    if failing <= 2 or 2 * best_held >= len(best) or all_sectors:
        return [_left_out(grid, total, each) or each for each in best]
    named = (_left_out(grid, total, each) for each in best)
    return [each for each in named if each is not None]


def _column(grid: Grid, total: Row, column: Column, rows: list[Row]) -> Equation | None:
    parts = [grid.cell(row, column) for row in rows]
    return sum_equation("linter.column-sum", grid.cell(total, column), parts)


def _left_out(grid: Grid, total: Row, equation: Equation) -> Equation | None:
    """The same identity under the code of a row left out, if leaving one out makes it hold."""
    if equation.holds({}):
        return None
    without = [
        term.cells[0]
        for term in equation.parts
        if len(equation.parts) > 2
        and term.cells[0].value
        and replace(
            equation, parts=tuple(each for each in equation.parts if each is not term)
        ).holds({})
    ]
    if len(without) != 1:
        return None
    return replace(
        equation,
        code="linter.left-out",
        params={"left": _row_of(grid, without[0]).label, "left_cell": without[0].name},
    )


def _row_of(grid: Grid, cell: Cell) -> Row:
    return next(row for row in grid.rows if cell in row.cells)


def _subtotals(grid: Grid) -> Iterable[Equation]:
    """A subtotal is the sum of its block, where the table shows that it closes one."""
    columns = [column for column in grid.columns if additive(grid, column)]
    block: list[Row] = []
    for row in grid.rows:
        if row.says.total:
            block = []
        elif not row.says.subtotal:
            block += [] if row.says.memo or row.says.part else [row]
        else:
            found = [_column(grid, row, column, block) for column in columns if block]
            said = [each for each in found if each is not None and counts(each)]
            if sum(each.holds({}) for each in said) * 2 > len(said):
                yield from said
            block = []
