"""Rows whose cells a conversion has moved: nothing can be said about what stands in them."""

from __future__ import annotations

import re
from decimal import Decimal

from vatra.linter.grid import Cell, Column, Grid, Row

# More than a step of units, which would be a slip to tell.
LARGEST_STEP = 20000
_TWO_NUMBERS = re.compile(r"\d[\d.,]*\s+[-(]?\d")


def doubt_moved_cells(grid: Grid) -> None:
    """Take the numbers out of moved rows, and doubt the blanks beside two numbers in one cell."""
    totals = [column for column in grid.columns if column.role == "total"]
    for row in grid.rows:
        if any(cell.unread and _TWO_NUMBERS.search(cell.token.absent) for cell in row.cells):
            for cell in row.cells:
                cell.doubtful = cell.doubtful or cell.number is None
        if len(totals) == 1 and _moved_left(grid, row, totals[0]):
            for cell in row.cells:
                cell.number, cell.doubtful = None, True
    for column in grid.columns:
        _doubt_run_together(grid, column)


def _doubt_run_together(grid: Grid, column: Column) -> None:
    """Two numbers grouped by spaces that ran into one, with the next cell left blank."""
    place = grid.columns.index(column)
    if place + 1 == len(grid.columns):
        return
    usual = max(_middle(grid, each) for each in grid.columns[place : place + 2])
    for row in grid.rows:
        cell, after = row.cells[place], row.cells[place + 1]
        if usual and cell.given and not after.given and abs(cell.value) > usual * LARGEST_STEP:
            cell.number, cell.doubtful, after.doubtful = None, True, True


def _middle(grid: Grid, column: Column) -> Decimal:
    values = sorted(abs(cell.value) for cell in grid.cells(column) if cell.given and cell.value)
    return values[len(values) // 2] if len(values) > 2 else Decimal(0)


def _moved_left(grid: Grid, row: Row, total: Column) -> bool:
    """Whether the total of a row stands in a column of its parts.

    So it is where the total is blank and the last number is the sum of those before it: a blank
    cell was lost and the rest of the row moved into its place.
    """
    cells = _plain(grid, row)
    if grid.cell(row, total).given or grid.columns[-1] is not total or len(cells) < 2:
        return False
    *parts, last = cells
    room = sum((cell.interval.high - cell.value for cell in cells), Decimal(0))
    added = sum((cell.value for cell in parts), Decimal(0))
    return bool(last.value) and abs(added - last.value) <= room


def _plain(grid: Grid, row: Row) -> list[Cell]:
    return [
        cell
        for column, cell in zip(grid.columns, row.cells, strict=True)
        if cell.given and not column.percent
    ]
