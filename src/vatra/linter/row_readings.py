"""Which columns a total column is the sum of."""

from __future__ import annotations

from collections.abc import Iterable

from vatra.linter.equations import Equation
from vatra.linter.grid import Column, Grid
from vatra.linter.sums import additive, counts, sum_equation


def is_total(grid: Grid, column: Column) -> bool:
    """Whether a column totals others."""
    if grid.kind == "measures":
        words = column.says.folded.split("_")
        return "total" in words and column.role in ("energy", "tonnes") and not column.says.carrier
    return column.says.total and additive(grid, column)


def best_row_equations(grid: Grid, total: Column) -> tuple[list[Equation], bool]:
    """The reading of a total column under which most rows add up; whether it is by name."""
    best: list[Equation] = []
    best_held, plain = -1, False
    for parts, explicit in row_readings(grid, total):
        said = row_equations(grid, total, parts)
        held = sum(each.holds({}) for each in said)
        if held > best_held:
            best, best_held, plain = said, held, explicit
    return best, plain


def row_equations(grid: Grid, total: Column, parts: list[Column]) -> list[Equation]:
    """One identity per row, for given parts of a total column."""
    found = [
        sum_equation(
            "linter.row-sum", grid.cell(row, total), [grid.cell(row, column) for column in parts]
        )
        for row in grid.rows
    ]
    return [each for each in found if each is not None and counts(each)]


def row_readings(grid: Grid, total: Column) -> Iterable[tuple[list[Column], bool]]:
    """The ways a total column can be made of others; the explicit ones first."""
    peers = [column for column in grid.columns if _peer(grid, total, column)]
    scopes = [column for column in peers if column.says.scope in ("1", "2", "3")]
    place = grid.columns.index(total)
    before = [column for column in peers if grid.columns.index(column) < place]
    after = [column for column in peers if grid.columns.index(column) > place]
    last = max((at for at in range(place) if is_total(grid, grid.columns[at])), default=-1)
    since = [column for column in before if grid.columns.index(column) > last]
    candidates = [(scopes, True), (since, False), (peers, False), (before, False), (after, False)]
    candidates.append(([column for column in scopes if column.says.scope != "3"], False))
    seen: list[list[Column]] = []
    for columns, explicit in candidates:
        if len(columns) >= 2 and columns not in seen:
            seen.append(columns)
            yield columns, explicit or all(_plainly_a_part(column) for column in columns)


def _plainly_a_part(column: Column) -> bool:
    return bool(column.says.scope or column.says.carrier or column.says.sector)


def _peer(grid: Grid, total: Column, column: Column) -> bool:
    """Whether a column can be a part of the total: addable, of its quantity and its year."""
    if column is total or is_total(grid, column) or not additive(grid, column):
        return False
    if column.says.part or column.says.memo or column.says.subtotal or column.says.scope == "many":
        return False
    if grid.kind == "measures" and column.role != total.role:
        return False
    quantity, own = total.unit, column.unit
    if quantity is not None and own is not None and quantity.quantity != own.quantity:
        return False
    years = (total.says.year, column.says.year)
    return years[0] == years[1] or None in years
