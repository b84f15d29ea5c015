"""Which of our tables a file may be for: told by its headings, over all tables at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from vatra.sources.headings import match
from vatra.sources.limits import Limits
from vatra.sources.mapping.cells import Grid, read_grid
from vatra.sources.mapping.suggest import Suggesting
from vatra.tables import Table, fold, tables

ROWS_LOOKED_AT = 60
BEST_COUNT = 8


@dataclass(frozen=True)
class Fit:
    """How well a file fits a table.

    ``matched_count`` of our columns are found among its ``heading_count`` headings;
    ``required_found`` of the ``required_count`` it must have; ``is_ours`` when it is written as
    the template is: headings in the first line, none unknown, none missing.
    """

    table: str
    matched_count: int
    heading_count: int
    required_found: int
    required_count: int
    is_ours: bool
    is_named: bool

    @property
    def score(self) -> float:
        """More is better: what is required counts twice what is merely known."""
        required = self.required_found / max(1, self.required_count)
        known = self.matched_count / max(1, self.heading_count)
        return 4 * self.is_ours + 2 * required + known + self.is_named


def rank(
    path: Path,
    *,
    sheet: str | int | None = None,
    delimiter: str = "",
    limits: Limits | None = None,
) -> tuple[Fit, ...]:
    """The tables that a file fits best, the best first.

    Raises ``FindingsError`` for a file that cannot be opened.
    """
    grid = read_grid(
        path, sheet=sheet, delimiter=delimiter, limits=limits, most_rows=ROWS_LOOKED_AT
    )
    if not grid.rows:
        return ()
    fits = [_fit(grid, table) for table in tables().values()]
    known = sorted(
        (each for each in fits if each.matched_count), key=lambda each: (-each.score, each.table)
    )
    return tuple(known[:BEST_COUNT])


def _fit(grid: Grid, table: Table) -> Fit:
    asked = Suggesting(replace(grid, rows=grid.rows[:ROWS_LOOKED_AT]), table, grid.encoding)
    headings = [name for name in asked.names if name]
    matched = asked.matched()
    needed = [each.name for each in table.columns if each.required and each.default is None]
    stem = Path(table.file_name).stem
    return Fit(
        table.name,
        len(matched),
        len(headings),
        sum(name in matched for name in needed),
        len(needed),
        _is_ours(grid, table, needed),
        fold(Path(grid.file).stem) == fold(stem),
    )


def _is_ours(grid: Grid, table: Table, needed: list[str]) -> bool:
    line, cells = grid.rows[0]
    found = match([cell for cell in cells if cell], table, grid.file)
    is_whole = line == 1 and None not in found.names and not found.findings
    return is_whole and set(needed) <= set(found.names)
