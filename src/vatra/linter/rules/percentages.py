"""A percentage is its part over its whole; which whole a column means is read from the numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import chain

from vatra.linter.contract import Contract, reduction_sign
from vatra.linter.equations import Equation, Term
from vatra.linter.grid import Cell, Column, Grid, Row

CODES = ("linter.percentage",)
HUNDRED = Decimal(100)
FEWEST_HELD = 2
# Kinds whose percentages are only looked at where most of them show what they are of.
FOUND_KINDS = ("measures", "costs", "other")
Pair = tuple[Cell, Cell]


def equations(contract: Contract) -> Iterable[Equation]:
    """One identity per printed percentage whose part and whole stand in the table."""
    kinds = ("emission_gap", "emissions", "energy")
    for grid in contract.grids:
        if grid.kind not in kinds and not (grid.found and grid.kind in FOUND_KINDS):
            continue
        for column in grid.columns:
            if column.percent:
                yield from _of_column(grid, column)


def _of_column(grid: Grid, column: Column) -> list[Equation]:
    best: list[Equation] = []
    best_held = -1
    rows = [row for row in grid.rows if grid.cell(row, column).given]
    shares = (
        [_identity(grid, row, column, *reading) for row in rows]
        for reading in _readings(grid, column)
    )
    changes = (
        [_change(grid, row, column, *reading) for row in rows]
        for reading in _change_readings(grid, column)
    )
    for identities in chain(shares, changes):
        found = [each for each in identities if each is not None]
        held = sum(
            each.holds({}) and bool(each.result.value) and each.divisor is not None
            for each in found
        )
        if held > best_held:
            best, best_held = found, held
    said = [each for each in best if each.result.value or not each.holds({})]
    if grid.found:
        return _believed(said, best_held)
    failing = sum(not each.holds({}) for each in said)
    if best_held >= 1 and (failing <= 1 or 2 * best_held >= len(said)):
        return said
    return _total_alone(grid, column, rows)


def _believed(said: list[Equation], held: int) -> list[Equation]:
    """Of a found table's percentages, those that are off by more than the way they were cut.

    Where two thirds agree with one reading, the others are meant by it; shares that were made to
    sum up to a hundred may be off by one in their last digit.
    """
    failing = [each for each in said if not each.holds({})]
    if held < FEWEST_HELD or held < 2 * len(failing):
        return []
    return [
        each for each in said if each.holds({}) or not replace(each, slack=_unit(each)).holds({})
    ]


def _unit(equation: Equation) -> Decimal:
    number = equation.result.number
    assert number is not None
    return 2 * number.half * abs(equation.result.size)


def _total_alone(grid: Grid, column: Column, rows: list[Row]) -> list[Equation]:
    """Nothing fits; in the total row every whole is the city's, so there it must."""
    totals = [row for row in rows if row.says.total] or (rows if len(rows) == 1 else [])
    if grid.kind != "emission_gap" or len(totals) != 1:
        return []
    base, own = grid.by_role("baseline"), grid.by_role(column.role)
    if base is None or own is None or base is own or grid.cell(totals[0], column).value == HUNDRED:
        return []
    found = _identity(grid, totals[0], column, own, base, None)
    return [found] if found is not None else []


def _readings(grid: Grid, column: Column) -> Iterable[tuple[Column, Column, Row | None]]:
    """Part, whole, and the row the whole is taken from (None: the same row)."""
    total = grid.total
    absolutes = [each for each in grid.columns if not each.percent]
    if grid.kind == "emission_gap":
        parts = [each for each in absolutes if each.role == column.role and each.role]
        wholes = [each for role in ("baseline", "target") if (each := grid.by_role(role))]
    else:
        place = grid.columns.index(column)
        parts = [each for each in absolutes if each.says.total]
        parts += [each for each in reversed(absolutes) if grid.columns.index(each) < place]
        parts += [each for each in absolutes if each not in parts]
        wholes = [each for each in absolutes if each.says.stage == "base" or each.says.total]
        wholes += [each for each in absolutes if each not in wholes]
    for part in dict.fromkeys(parts):
        for whole in wholes:
            if whole is not part:
                yield part, whole, None
        if total is not None:
            for whole in dict.fromkeys([*wholes, part]):
                yield part, whole, total


def _change_readings(grid: Grid, column: Column) -> Iterable[tuple[Column, Column, int]]:
    """An earlier and a later column of one table, and the sign the change is printed with."""
    if grid.kind == "emission_gap":
        return
    plain = [each for each in grid.columns if not each.percent]
    for place, earlier in enumerate(plain):
        for later in plain[place + 1 :]:
            yield earlier, later, 1
            yield earlier, later, -1


def _change(
    grid: Grid, row: Row, column: Column, earlier: Column, later: Column, sign: int
) -> Equation | None:
    result, before, after = (grid.cell(row, each) for each in (column, earlier, later))
    if not (before.given and after.given) or not before.value:
        return None
    terms = (Term(HUNDRED * sign, (after,)), Term(-HUNDRED * sign, (before,)))
    return Equation("linter.percentage", "error", result, terms, divisor=before)


def _identity(
    grid: Grid, row: Row, column: Column, part: Column, whole: Column, whole_row: Row | None
) -> Equation | None:
    result, above = grid.cell(row, column), grid.cell(row, part)
    below = grid.cell(whole_row or row, whole)
    if not (above.given and below.given) or not below.value:
        return None
    if below is above:
        # The whole of a column of shares is a hundred per cent of itself.
        return Equation("linter.percentage", "error", result, (Term(HUNDRED, ()),))
    sign = 1
    if grid.kind == "emission_gap" and column.role not in ("baseline", "residual"):
        sign = reduction_sign(grid.cells(column)) * reduction_sign(grid.cells(part))
    return Equation(
        "linter.percentage", "error", result, (Term(HUNDRED * sign, (above,)),), divisor=below
    )
