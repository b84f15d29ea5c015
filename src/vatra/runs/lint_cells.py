"""Where the cells of a finding stand in a table as it was found.

The rules name a cell by its row and its column once the table is in order: titles taken off,
stacked headings joined, blank columns dropped. A reader looks at the table as it was printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from vatra.linter import CellName, LintTable
from vatra.linter.labels import column_names, full_rows, labels
from vatra.linter.printed import plain
from vatra.linter.printed.cells import clean, is_words
from vatra.linter.printed.spread import with_shares_apart
from vatra.linter.printed.tidy import Tidied, distinct, tidy

HEADING_ROW = -1


@dataclass(frozen=True, order=True)
class Spot:
    """A cell of a table as found: ``row`` from 0, ``HEADING_ROW`` for the headings; ``column``."""

    row: int
    column: int


class Finder:
    """Finds the cells of one table by the names the rules give them."""

    def __init__(self, table: LintTable) -> None:
        self.table = table

    def spot(self, name: CellName) -> Spot | None:
        """Where a cell stands; None when the table as found has no such cell."""
        row = _place(self._rows, name.row)
        column = _place(self._columns, name.column)
        if row is None or column is None:
            return self._line(name)
        return Spot(row, column)

    def place(self, name: CellName) -> str:
        """The place of a cell as its file counts ("line 39", "sheet A-1.1, B7"); "" if unknown."""
        spot = self.spot(name)
        if spot is None or not 0 <= spot.row < len(self.table.rows_at):
            return self.table.place
        row = self.table.rows_at[spot.row]
        in_sheet = self.table.place.startswith("sheet ")
        return f"{self.table.place}, {row}" if row and in_sheet else row or self.table.place

    @cached_property
    def _tidied(self) -> Tidied | None:
        return tidy(self.table) if self.table.place else None

    @cached_property
    def _rows(self) -> dict[str, int]:
        """Row by label, as the rules tell rows apart."""
        if not self.table.place:
            return {name: place for place, name in enumerate(labels(self.table))}
        if self._tidied is None:
            return {}
        shown = labels(LintTable("", "", self._tidied.columns, self._tidied.rows))
        return dict(zip(distinct(shown), self._tidied.places, strict=True))

    @cached_property
    def _columns(self) -> dict[str, int]:
        """Column by heading, as the rules tell columns apart."""
        if not self.table.place:
            return {name: place for place, name in enumerate(column_names(self.table.columns))}
        if self._tidied is None:
            return {}
        kept = list(self._kept(self._tidied))[-len(self._tidied.columns) :]
        spread = with_shares_apart(self._tidied).columns
        found: dict[str, int] = {}
        own = -1
        for name, printed in zip(spread, column_names(spread), strict=True):
            own += name in self._tidied.columns or plain(name) in self._tidied.columns
            found.setdefault(printed, kept[min(own, len(kept) - 1)])
        return found

    def _kept(self, tidied: Tidied) -> Iterator[int]:
        """The columns in which something stands below the headings."""
        rows = [_without_banner(self._cells(place)) for place in tidied.places]
        for column in range(max((len(row) for row in rows), default=0)):
            if any(column < len(row) and row[column] for row in rows):
                yield column

    def _cells(self, place: int) -> list[str]:
        found = self.table.columns if place == HEADING_ROW else full_rows(self.table)[place]
        return [clean(cell) for cell in found]

    def _line(self, name: CellName) -> Spot | None:
        """The line of a form: its name in one cell, what it says in the next that differs."""
        for row in range(HEADING_ROW, len(full_rows(self.table))):
            cells = self._cells(row)
            if name.row and name.row in cells:
                at = cells.index(name.row)
                said = [
                    column
                    for column in range(at + 1, len(cells))
                    if cells[column] and cells[column] != name.row
                ]
                return Spot(row, said[0] if said else at)
        return None


def _place(found: dict[str, int], name: str) -> int | None:
    """A place by its name; by the name without its running number where it is told so."""
    if name in found:
        return found[name]
    return next((place for each, place in found.items() if plain(each) == name), None)


def _without_banner(row: Sequence[str]) -> list[str]:
    """A row that repeats one text in all its cells has it once."""
    texts = {cell for cell in row if cell}
    if len(texts) == 1 and len(row) > 1 and is_words(next(iter(texts))):
        return [next(iter(texts)), *[""] * (len(row) - 1)]
    return list(row)
