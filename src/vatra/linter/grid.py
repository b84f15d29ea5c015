"""A table as the rules see it: cells with values, rows and columns that say what they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from vatra.linter import headings
from vatra.linter.document import LintTable
from vatra.linter.findings import CellName, Shown
from vatra.linter.headings import Says
from vatra.linter.intervals import Interval
from vatra.linter.numbers import Number, Token
from vatra.linter.quantities import Unit

ONE = Decimal(1)


@dataclass(eq=False)
class Cell:
    """A printed cell.

    ``size`` turns its number into canonical units (t, MWh, EUR, t/MWh); ``doubtful`` where the
    conversion of the file seems to have moved the cells of its row.
    """

    name: CellName
    token: Token
    number: Number | None = None
    unit: Unit | None = None
    size: Decimal = ONE
    doubtful: bool = False

    @property
    def given(self) -> bool:
        """Whether a number stands here."""
        return self.number is not None

    @property
    def unread(self) -> bool:
        """Whether something stands here, or may stand here, that is no single number."""
        digits = self.token.body or re.search(r"\d", self.token.absent)
        return self.number is None and (self.doubtful or bool(digits))

    @property
    def value(self) -> Decimal:
        """The number in canonical units."""
        assert self.number is not None
        return self.number.value * self.size

    @property
    def interval(self) -> Interval:
        """What the printed number can stand for, in canonical units."""
        assert self.number is not None
        return Interval.around(self.value, self.number.half * self.size)

    @property
    def shown(self) -> Shown:
        """The number as printed."""
        assert self.number is not None
        return Shown(self.number.value, self.number.decimals)


@dataclass(eq=False)
class Column:
    """A number column: its heading and what it says."""

    heading: str
    says: Says
    role: str = ""
    percent: bool = False
    unit: Unit | None = None


@dataclass(eq=False)
class Row:
    """A row: its label, what it says, its number cells and the texts beside them."""

    label: str
    says: Says
    cells: list[Cell]
    texts: dict[str, str] = field(default_factory=dict)
    section: Says = field(default_factory=Says)

    @property
    def sums(self) -> bool:
        """Whether the row is a total or a subtotal of others."""
        return self.says.total or self.says.subtotal


@dataclass(eq=False)
class Grid:
    """A table as the rules see it; a gap table printed sideways is turned upright."""

    table: LintTable
    columns: list[Column]
    rows: list[Row]
    title: Says
    sideways: bool = False

    @property
    def id(self) -> str:
        """The name of the table in findings."""
        return self.table.id

    @property
    def kind(self) -> str:
        """What kind of table it is."""
        return self.table.kind

    @property
    def found(self) -> bool:
        """Whether the table was found in a written document rather than typed for the linter.

        What stands in such a table was not meant for the linter: rules ask for more evidence.
        """
        return bool(self.table.place)

    def cells(self, column: Column) -> list[Cell]:
        """The cells of a column, top down."""
        place = self.columns.index(column)
        return [row.cells[place] for row in self.rows]

    def cell(self, row: Row, column: Column) -> Cell:
        """The cell where a row and a column cross."""
        return row.cells[self.columns.index(column)]

    @property
    def items(self) -> list[Row]:
        """The rows that are neither totals nor remarks."""
        return [row for row in self.rows if not (row.sums or row.says.memo or row.says.part)]

    @property
    def total(self) -> Row | None:
        """The row that totals the table, the last one where several do."""
        totals = [row for row in self.rows if row.says.total]
        return totals[-1] if totals else None

    def by_role(self, role: str, percent: bool = False) -> Column | None:
        """The first column of a role."""
        for column in self.columns:
            if column.role == role and column.percent == percent:
                return column
        return None


def texts_of(row: Row, family: str, code: str) -> str:
    """The text of the row in the column of a code (``sector``, ``carrier``), or empty."""
    for heading in headings.phrases(family)[code]:
        if row.texts.get(heading):
            return row.texts[heading]
    return ""


def named(cells: Iterable[Cell]) -> tuple[CellName, ...]:
    """The names of cells, each once, in order."""
    return tuple(dict.fromkeys(cell.name for cell in cells))
