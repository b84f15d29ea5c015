"""Which row of a grid holds the headings, and where a heading stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vatra.sources.mapping.cells import Grid
from vatra.sources.mapping.declaration import ColumnMapping
from vatra.tables import Finding, FindingsError, fold

LINES_LOOKED_AT = 60


@dataclass(frozen=True)
class Headings:
    """The heading rows of a grid.

    ``lines`` they stand on; ``parts`` per column the texts above each other, a blank of an upper
    row filled from its left as merged cells leave it.
    """

    lines: tuple[int, ...]
    parts: tuple[tuple[str, ...], ...]

    def whole(self, at: int) -> str:
        """The heading of a column: its texts from top to bottom."""
        return " ".join(dict.fromkeys(part for part in self.parts[at] if part))

    def lowest(self, at: int) -> str:
        """The text next to the rows."""
        return next((part for part in reversed(self.parts[at]) if part), "")

    def find(self, heading: str) -> list[int]:
        """Positions of a heading: by its whole text, else by the text next to the rows."""
        wanted = fold(heading)
        every = range(len(self.parts))
        exact = [at for at in every if fold(self.whole(at)) == wanted]
        return exact or [at for at in every if fold(self.lowest(at)) == wanted]

    def listed(self) -> list[str]:
        """All headings, for messages."""
        return [f"'{self.whole(at)}'" for at in range(len(self.parts)) if self.whole(at)]


def wanted_headings(mapping: ColumnMapping) -> list[str]:
    """Headings a mapping asks for."""
    named = [each.heading for each in mapping.columns.values() if each.heading]
    return [*named, *mapping.keep, *(mapping.unpivot.headings if mapping.unpivot else ())]


def find_headings(grid: Grid, mapping: ColumnMapping) -> Headings:
    """The heading rows of a file: those the mapping names, else the row with most of its headings.

    Raises ``FindingsError`` when no row has any.
    """
    if mapping.heading_rows:
        return headings_at(grid, mapping.heading_rows)
    wanted = {fold(each) for each in wanted_headings(mapping)}
    best, most = 0, 0
    for line, cells in grid.rows[:LINES_LOOKED_AT]:
        found = len(wanted & {fold(cell) for cell in cells})
        if found > most:
            best, most = line, found
    if not most:
        params = {"headings": [f"'{each}'" for each in wanted_headings(mapping)[:10]]}
        code = "sources.mapping-no-headings"
        raise FindingsError([Finding(code, "error", grid.file, params=params)])
    return headings_at(grid, (best,))


def headings_at(grid: Grid, lines: Sequence[int]) -> Headings:
    """The headings on given lines of a grid."""
    by_line = dict(grid.rows)
    rows = [list(by_line.get(line, ())) for line in lines]
    width = max((len(row) for row in rows), default=0)
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    filled = [*(_filled(row) for row in padded[:-1]), *padded[-1:]]
    return Headings(tuple(lines), tuple(zip(*filled, strict=True)))


def _filled(row: list[str]) -> list[str]:
    """An upper row of headings, each blank as the text to its left."""
    last, found = "", []
    for cell in row:
        last = cell or last
        found.append(last)
    return found
