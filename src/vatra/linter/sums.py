"""Which cells a printed total is the sum of, and how far rounding lets it stray."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from vatra.linter.equations import Equation, Term, total_of
from vatra.linter.grid import Cell, Column, Grid, Row

# Thousands, and at least a hundred of them: a number printed as rounded, not a round number.
COARSE_STEP = Decimal(1000)
COARSE_COUNT = 100
ADDITIVE_MEASURE_ROLES = ("cost", "tonnes", "energy", "generated")


def additive(grid: Grid, column: Column) -> bool:
    """Whether the numbers of a column may be added up."""
    if column.percent or column.says.memo:
        return False
    if grid.kind == "measures":
        return column.role in ADDITIVE_MEASURE_ROLES
    quantity = column.unit.quantity if column.unit else ""
    return grid.kind != "factors" and quantity not in ("factor", "cost_per_tonne", "percent")


def sum_equation(
    code: str, result: Cell, parts: Sequence[Cell], **params: object
) -> Equation | None:
    """The identity of a printed total, None when a side of it is not given."""
    given = [cell for cell in parts if cell.given]
    if not result.given or not given or result in given:
        return None
    if len(given) < 2 and len(parts) < 2:
        return None
    blanks = tuple(cell for cell in parts if not cell.given)
    return Equation(
        code,
        "error",
        result,
        total_of(given),
        slack=_coarse_slack([result, *given]),
        blanks=blanks,
        confidential=any(_kept_secret(cell) for cell in blanks),
        params=params,
    )


def _kept_secret(cell: Cell) -> bool:
    return cell.token.absent.strip().casefold() in ("c", "confidential", "confidențial")


def _coarse_slack(cells: Sequence[Cell]) -> Decimal:
    """Numbers all printed in whole thousands may miss their total by one step."""
    numbers = [cell.number.value for cell in cells if cell.number is not None and cell.number.value]
    if len(numbers) < 3 or len({cell.size for cell in cells}) != 1:
        return Decimal(0)
    step = COARSE_STEP
    if any(value % step for value in numbers):
        return Decimal(0)
    while not any(value % (step * 10) for value in numbers):
        step *= 10
    if max(abs(value) for value in numbers) < COARSE_COUNT * step:
        return Decimal(0)
    return step * cells[0].size * (1 + len(numbers) // 8)


def counts(equation: Equation) -> bool:
    """Whether an identity says anything: not all of its numbers are zero."""
    return any(cell.value for cell in equation.cells)


def signed_sum(result: Cell, sign: int, parts: Sequence[tuple[int, Cell]]) -> tuple[Term, ...]:
    """Terms of ``result * sign = sum of sign * part``, solved for the result."""
    return tuple(Term(Decimal(sign * each), (cell,)) for each, cell in parts)


def column_readings(grid: Grid) -> list[list[Row]]:
    """The ways a total row can be made of the rows above it, the plain one first."""
    main = grid.total
    others = [row for row in grid.rows if row is not main and not row.says.total]
    plain = [row for row in others if not (row.says.subtotal or row.says.memo or row.says.part)]
    readings = [plain]
    if any(row.says.subtotal for row in others):
        readings.append(_tops(others, below=True))
        readings.append(_tops(others, below=False))
    readings.append(_parents(grid, plain))
    readings.append([row for row in others if not (row.says.subtotal or row.says.part)])
    readings.append([row for row in others if not row.says.subtotal])
    distinct: list[list[Row]] = []
    for reading in readings:
        if reading and reading not in distinct:
            distinct.append(reading)
    return distinct


def _tops(rows: list[Row], below: bool) -> list[Row]:
    """Subtotals in place of their block; ``below``: a subtotal closes its block."""
    ordered = rows if below else rows[::-1]
    kept: list[Row] = []
    block: list[Row] = []
    for row in ordered:
        if row.says.subtotal:
            block = []
            kept.append(row)
        elif not (row.says.memo or row.says.part):
            block.append(row)
    kept += block
    return [row for row in rows if row in kept]


def _parents(grid: Grid, rows: list[Row]) -> list[Row]:
    """Leave out rows that the row before them already sums, judged by the numbers."""
    kept: list[Row] = []
    place = 0
    while place < len(rows):
        kept.append(rows[place])
        place += 1 + _children(grid, rows, place)
    return kept


def _children(grid: Grid, rows: list[Row], place: int) -> int:
    columns = [column for column in grid.columns if additive(grid, column)]
    for count in range(2, len(rows) - place):
        block = rows[place + 1 : place + 1 + count]
        equations = [
            sum_equation(
                "", grid.cell(rows[place], column), [grid.cell(row, column) for row in block]
            )
            for column in columns
        ]
        said = [each for each in equations if each is not None and counts(each)]
        if (
            said
            and all(each.holds({}) for each in said)
            and any(len([cell for cell in each.cells if cell.value]) > 2 for each in said)
        ):
            return count
    return 0


def _block_sum(grid: Grid, head: Row, block: list[Row], column: Column) -> Equation | None:
    return sum_equation("", grid.cell(head, column), [grid.cell(row, column) for row in block])
