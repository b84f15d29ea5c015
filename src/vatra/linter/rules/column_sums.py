"""The total row is the sum of the rows above it; a row it leaves out is named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from vatra.linter.contract import Contract
from vatra.linter.equations import Equation
from vatra.linter.evidence import believed, slip_like, telling_count
from vatra.linter.grid import Cell, Column, Grid, Row
from vatra.linter.row_readings import best_row_equations, is_total
from vatra.linter.sums import (
    Reading,
    additive,
    block_sums,
    column_readings,
    counts,
    families_of,
    found_readings,
    headed_blocks,
    sum_equation,
)

CODES = ("linter.column-sum", "linter.left-out")
FEWEST_SECTORS = 3
SECTOR_KINDS = ("emissions", "emission_gap", "energy")


def equations(contract: Contract) -> Iterable[Equation]:
    """One identity per column of every table that has a total row."""
    for grid in contract.grids:
        if grid.kind == "factors" and not grid.found:
            continue
        if grid.found:
            yield from _of_found(grid)
            continue
        if grid.total is not None:
            yield from _of_grid(grid, grid.total)
        for said in _blocks(grid):
            yield from said


def _of_grid(grid: Grid, total: Row) -> list[Equation]:
    best = _best(grid, total, column_readings(grid))
    held = sum(each.holds({}) for each in best)
    if _sure(grid, best, held):
        return [_left_out(grid, each) or each for each in best]
    named = (_left_out(grid, each) for each in best)
    return [each for each in named if each is not None]


def column_equations(grid: Grid) -> list[Equation]:
    """Every sum of rows of a table found in a document, as far as its labels say."""
    totals = [row for row in grid.rows if row.says.total]
    found = [each for row in totals for each in _best(grid, row, found_readings(grid, row))]
    return [*found, *(each for said in _blocks(grid) for each in said)]


def _of_found(grid: Grid) -> Iterable[Equation]:
    """The sums of rows of a found table that hold, and those it shows to be wrong."""
    said = column_equations(grid)
    totals = {cell for row in grid.rows if row.says.total for cell in row.cells}
    left_out = {
        each: found
        for each in said
        if each.result in totals and (found := _left_out(grid, each)) is not None
    }
    # Totals that leave out one and the same sector say so in every column.
    if len({found.params["left"] for found in left_out.values()}) == 1:
        for found in left_out.values():
            if _counts_as_left_out(grid, found):
                yield replace(found, severity="warning")
    rest = [each for each in said if each not in left_out]
    crossing = sum(
        telling_count(best_row_equations(grid, column)[0])
        for column in grid.columns
        if is_total(grid, column)
    )
    plain = _plainly_parts(grid) or grid.kind == "measures"
    known = {cell for column in grid.columns if _understood(column) for cell in grid.cells(column)}
    for each in believed(rest, plain, crossing):
        if grid.kind not in SECTOR_KINDS and each.blanks and not each.holds({}):
            continue  # What is left blank in a list may be part of its total.
        if each.holds({}) or each.result in known or slip_like(each):
            yield each


def _understood(column: Column) -> bool:
    """Whether a heading says what its numbers are; averages and densities do not add up."""
    says = column.says
    known = says.scope or says.year or says.stage or says.carrier or says.sector or column.role
    return bool(known or says.total)


def _counts_as_left_out(grid: Grid, equation: Equation) -> bool:
    """A sector that emits; sinks, and rows nobody knows, are often left out on purpose."""
    cell: Cell = equation.params["cell"]
    says = _row_of(grid, cell).says
    return bool(says.sector) and not says.sink and cell.value * equation.result.value > 0


def _plainly_parts(grid: Grid) -> bool:
    """Whether the rows are the sectors of the contract, each once."""
    sectors = [row.says.sector for row in grid.items]
    return len(sectors) >= FEWEST_SECTORS and all(sectors) and len(set(sectors)) == len(sectors)


def _best(grid: Grid, total: Row, readings: Iterable[Reading]) -> list[Equation]:
    """The identities of the reading under which most columns add up."""
    columns = [column for column in grid.columns if additive(grid, column)]
    best: list[Equation] = []
    best_held = -1
    for reading in readings:
        found = [_column(grid, total, column, reading) for column in columns]
        said = [each for each in found if each is not None and counts(each)]
        held = _held(said)
        if held > best_held:
            best, best_held = said, held
    return best


def _sure(grid: Grid, found: list[Equation], held: int) -> bool:
    """Whether the table is understood: most columns add up, or its rows are plainly the parts."""
    failing = len(found) - held
    sectors = [row.says.sector for row in grid.items]
    plain = len(sectors) >= 2 and all(sectors) and len(set(sectors)) == len(sectors)
    listed = grid.kind in ("measures", "emission_gap")
    return plain or listed or 2 * held >= len(found) or (failing <= 2 and len(found) <= 2)


def _column(grid: Grid, total: Row, column: Column, reading: Reading) -> Equation | None:
    return sum_equation(
        "linter.column-sum",
        grid.cell(total, column),
        [grid.cell(row, column) for row in reading.rows],
        [reading.sign(row) for row in reading.rows],
    )


def _left_out(grid: Grid, equation: Equation) -> Equation | None:
    """The same identity under the code of a row left out, if leaving one out makes it hold."""
    if equation.holds({}):
        return None
    without = [
        term.cells[0]
        for term in equation.parts
        if len(equation.parts) > 2
        and term.cells[0].value
        and replace(
            equation,
            slack=Decimal(0),
            parts=tuple(each for each in equation.parts if each is not term),
        ).holds({})
    ]
    if len(without) != 1:
        return None
    return replace(
        equation,
        code="linter.left-out",
        params={
            "left": _row_of(grid, without[0]).label,
            "left_cell": without[0].name,
            "cell": without[0],
        },
    )


def _held(found: list[Equation]) -> int:
    return sum(each.holds({}) for each in found)


def _row_of(grid: Grid, cell: Cell) -> Row:
    return next(row for row in grid.rows if cell in row.cells)


def _blocks(grid: Grid) -> Iterable[list[Equation]]:
    """Subtotals, where the table shows that they close a block, and rows that head their parts."""
    block: list[Row] = []
    plain: list[Row] = []
    for row in grid.rows:
        if row.says.total:
            block = []
        elif not row.says.subtotal:
            block += [] if row.says.memo or row.says.part else [row]
            plain += [] if row.says.memo or row.says.part else [row]
        else:
            own = [each for each in block if each.says.sector == row.says.sector]
            said = block_sums("linter.column-sum", grid, row, block) if block else []
            if row.says.sector and own and grid.found:
                # "Total buildings" counts its sector's rows, and those whose sector nobody says.
                narrow = block_sums("linter.column-sum", grid, row, own)
                said = max(narrow, said, key=_held)
            if grid.found or sum(each.holds({}) for each in said) * 2 > len(said):
                yield said
            block = []
    families = families_of(grid, plain)
    heads = [head for head, _ in families]
    for head, children in families:
        yield block_sums("linter.column-sum", grid, head, children)
    blocks = [
        block_sums("linter.column-sum", grid, head, children)
        for head, children in headed_blocks(plain)
        if head not in heads
    ]
    # One block that adds up shows that the others are meant to.
    if any(each.holds({}) for said in blocks for each in said) or heads:
        yield from blocks
