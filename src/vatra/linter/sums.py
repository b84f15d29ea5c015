"""Which cells a printed total is the sum of, and how far rounding lets it stray."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from vatra.linter.equations import Equation, Term
from vatra.linter.grid import Cell, Column, Grid, Row
from vatra.linter.intervals import ZERO, Interval

# Thousands, and at least a hundred of them: a number printed as rounded, not a round number.
COARSE_STEP = Decimal(1000)
COARSE_COUNT = 100
LARGEST_FAMILY = 40
ADDITIVE_MEASURE_ROLES = ("cost", "tonnes", "energy", "generated")


@dataclass(frozen=True)
class Reading:
    """Rows a total is made of; ``sinks`` -1 where rows of removals are subtracted."""

    rows: list[Row]
    sinks: int = 1

    def sign(self, row: Row) -> int:
        """With which sign a row enters the total."""
        return self.sinks if row.says.sink else 1


def additive(grid: Grid, column: Column) -> bool:
    """Whether the numbers of a column may be added up."""
    if column.percent or column.says.memo:
        return False
    if grid.kind == "measures":
        return column.role in ADDITIVE_MEASURE_ROLES
    quantity = column.unit.quantity if column.unit else ""
    if grid.kind == "factors":
        # Found tables print the energy and the emissions of a carrier beside its factor.
        return grid.found and quantity in ("energy", "emission")
    return quantity not in ("factor", "cost_per_tonne", "percent")


def sum_equation(
    code: str, result: Cell, parts: Sequence[Cell], signs: Sequence[int] = ()
) -> Equation | None:
    """The identity of a printed total, None when a side of it is not given."""
    signed = list(zip(parts, signs or [1] * len(parts), strict=True))
    given = [(cell, sign) for cell, sign in signed if cell.given]
    if not result.given or not given or len(parts) < 2 or result in parts:
        return None
    if any(cell.unread for cell in parts):
        return None
    blanks = tuple(cell for cell in parts if not cell.given)
    return Equation(
        code,
        "error",
        result,
        tuple(Term(Decimal(sign), (cell,)) for cell, sign in given),
        slack=_coarse_slack([result, *(cell for cell, _ in given)]),
        blanks=blanks,
        confidential=any(_kept_secret(cell) for cell in blanks),
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


def column_readings(grid: Grid) -> list[Reading]:
    """The ways a total row can be made of the rows above it, the plain one first."""
    main = grid.total
    return _readings(grid, [row for row in grid.rows if row is not main and not row.says.total])


def found_readings(grid: Grid, total: Row) -> list[Reading]:
    """The ways one of several total rows can be made of the rows above it, or else below it."""
    place = grid.rows.index(total)
    side = grid.rows[:place] if place > 1 else grid.rows[place + 1 :]
    last = max((at for at, row in enumerate(side) if row.says.total), default=-1)
    since = side[last + 1 :] if place > 1 else side
    readings = _readings(grid, [row for row in side if not row.says.total])
    readings += _readings(grid, since)
    sums = [row for row in side if row.sums]
    sectors = [row for row in side if row.says.exact_sector]
    rest = [row for row in side if not (row.sums or row.says.sink or row.says.memo)]
    covered = {row.says.sector for row in sums if row.says.sector}
    single = [row for row in rest if row.says.sector not in covered and not row.says.part]
    by_sector = sorted([*sums, *single], key=side.index) if covered else []
    unsigned = [row for row in rest if not row.says.part]
    for rows in (sums, by_sector, [*sums, *since], sectors, unsigned):
        if len(rows) >= 2 and all(rows != each.rows for each in readings):
            readings.append(Reading(list(dict.fromkeys(rows))))
    return readings


def _readings(grid: Grid, others: list[Row]) -> list[Reading]:
    plain = [row for row in others if not (row.says.subtotal or row.says.memo or row.says.part)]
    readings = [plain]
    if any(row.says.subtotal for row in others):
        readings.append(_tops(others, below=True))
        readings.append(_tops(others, below=False))
    children = [child for _, found in families_of(grid, plain) for child in found]
    readings.append([row for row in plain if row not in children])
    below = [child for _, found in headed_blocks(plain) for child in found]
    readings.append([row for row in plain if row not in below])
    readings.append([row for row in others if not (row.says.subtotal or row.says.part)])
    readings.append([row for row in others if not row.says.subtotal])
    distinct: list[list[Row]] = []
    for rows in readings:
        if rows and rows not in distinct:
            distinct.append(rows)
    found = [Reading(rows) for rows in distinct]
    if any(row.says.sink for row in plain):
        found += [Reading(rows, sinks=-1) for rows in distinct]
    return found


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


def families_of(grid: Grid, rows: list[Row]) -> list[tuple[Row, list[Row]]]:
    """Rows that the rows right below them add up to, judged by the numbers."""
    found: list[tuple[Row, list[Row]]] = []
    place = 0
    while place < len(rows):
        count = _child_count(grid, rows, place)
        if count:
            found.append((rows[place], rows[place + 1 : place + 1 + count]))
        place += 1 + count
    return found


def headed_blocks(rows: list[Row]) -> list[tuple[Row, list[Row]]]:
    """A sector's row with the rows of its carriers below it."""
    found: list[tuple[Row, list[Row]]] = []
    for head in rows:
        block = [row for row in rows if row.section.text == head.says.text and row.says.carrier]
        if head.says.exact_sector and len(block) >= 2 and head not in block:
            found.append((head, block))
    return found


def _child_count(grid: Grid, rows: list[Row], place: int) -> int:
    """How many rows below a row it is the sum of, in most columns; 0 when it is none."""
    places = [at for at, column in enumerate(grid.columns) if additive(grid, column)]
    heads = [rows[place].cells[at] for at in places]
    sums = [Interval(ZERO, ZERO) for _ in places]
    telling = [0] * len(places)
    for count, row in enumerate(rows[place + 1 : place + 1 + LARGEST_FAMILY], 1):
        for column, at in enumerate(places):
            cell = row.cells[at]
            if cell.given and cell.value:
                sums[column] = sums[column] + cell.interval
                telling[column] += 1
        said = [at for at, head in enumerate(heads) if head.given and (head.value or telling[at])]
        held = [at for at in said if sums[at].meets(heads[at].interval)]
        if count >= 2 and any(telling[at] > 1 for at in held) and 2 * len(held) > len(said):
            # A first row that sums all others is a total, not the head of a family.
            return count if place or count < len(rows) - 1 else 0
    return 0


def block_sums(code: str, grid: Grid, head: Row, block: Sequence[Row]) -> list[Equation]:
    """A row as the sum of others, in every column that can be added."""
    found = [
        sum_equation(code, grid.cell(head, column), [grid.cell(row, column) for row in block])
        for column in grid.columns
        if additive(grid, column)
    ]
    return [each for each in found if each is not None and counts(each)]
