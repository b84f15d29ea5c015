"""A row of figures that stands again under another sector was copied, not counted."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import combinations

from vatra.linter.contract import Contract
from vatra.linter.findings import LintFinding
from vatra.linter.grid import Cell, Grid, Row, named

CODES = ("linter.copied-line",)
FEWEST_NUMBERS = 2
FEWEST_DIGITS = 3


def find(contract: Contract) -> Iterable[LintFinding]:
    """Pairs of rows of different sectors whose figures are all the same."""
    for grid in contract.of_kind("emissions", "energy", "emission_gap"):
        rows = [row for row in grid.items if row.says.sector and not row.says.sink]
        for first, second in combinations(rows, 2):
            if first.says.sector != second.says.sector and _same(grid, first, second):
                cells = named([*_long(grid, second), *_long(grid, first)])
                yield LintFinding(
                    "linter.copied-line",
                    "warning",
                    grid.id,
                    cells,
                    params={"other": first.label},
                )


def _same(grid: Grid, first: Row, second: Row) -> bool:
    """Whether two rows agree in every column, and in enough different long numbers."""
    pairs = list(zip(_values(grid, first), _values(grid, second), strict=True))
    long = {abs(cell.value) for cell in _long(grid, first)}
    return all(above == below for above, below in pairs) and len(long) >= FEWEST_NUMBERS


def _values(grid: Grid, row: Row) -> list[Decimal | None]:
    """The numbers of a row; blanks and zeros alike."""
    return [
        cell.value or None if cell.given else None
        for column, cell in zip(grid.columns, row.cells, strict=True)
        if not column.percent
    ]


def _long(grid: Grid, row: Row) -> list[Cell]:
    return [
        cell
        for column, cell in zip(grid.columns, row.cells, strict=True)
        if cell.given and not column.percent and _digits(cell) >= FEWEST_DIGITS
    ]


def _digits(cell: Cell) -> int:
    """The digits of a number without the zeros at its ends."""
    assert cell.number is not None
    return len(str(abs(cell.number.value)).replace(".", "").strip("0"))
