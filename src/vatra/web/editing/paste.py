"""Rows copied out of a spreadsheet: cells parted by tabs, with or without their headings."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

from vatra.tables import Column, fold
from vatra.web.editing.cells import shown, typed
from vatra.web.editing.grid import columns_of
from vatra.web.editing.ground import Row
from vatra.web.editing.place import Place
from vatra.web.editing.rowcheck import Fault, fault_of, findings_of
from vatra.web.workspace.changes import CellChange
from vatra.words import say

MOST_ROWS = 500
MOST_LETTERS = 400_000
# Lines of rows that are not yet there: beyond those of any file, as the check counts them.
_FIRST_LINE = 1_000_000_000


@dataclass(frozen=True)
class PastedCell:
    """A cell as it was read; ``text`` as people read it."""

    text: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class PastedRow:
    """A row to be added, with what is wrong in it."""

    number: int
    row: Row
    cells: tuple[PastedCell, ...]
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        """Whether it may be added."""
        return not any(each.is_error for each in self.all_faults)

    @property
    def all_faults(self) -> tuple[Fault, ...]:
        """What is wrong in its cells and as a whole."""
        return (*(fault for cell in self.cells for fault in cell.faults), *self.faults)


@dataclass(frozen=True)
class Pasted:
    """What was pasted: the columns it was read into, its rows, what forbids to go on."""

    columns: tuple[Column, ...]
    headings: tuple[str, ...]
    rows: tuple[PastedRow, ...]
    had_headings: bool
    problem: str = ""

    @property
    def ok(self) -> bool:
        """Whether all rows may be added."""
        return not self.problem and bool(self.rows) and all(each.ok for each in self.rows)

    @property
    def bad_count(self) -> int:
        """How many rows must be mended first."""
        return sum(not each.ok for each in self.rows)

    def changes(self) -> list[CellChange]:
        """The rows as changes of the table."""
        return [CellChange("add", row=each.row) for each in self.rows]


def pasted(place: Place, text: str) -> Pasted:
    """Read what was pasted into rows of the table; all faults at once."""
    if len(text) > MOST_LETTERS:
        return _refused(place, "paste-too-large")
    grid = _grid(text)
    if not grid:
        return _refused(place, "paste-nothing")
    columns, has_headings = _columns(place, grid[0])
    body = grid[1:] if has_headings else grid
    if len(body) > MOST_ROWS:
        return _refused(place, "paste-too-many")
    if not body:
        return _refused(place, "paste-nothing")
    width = max(len(cells) for cells in body)
    if width > len(columns):
        key = "paste-too-wide-headed" if has_headings else "paste-too-wide"
        return _refused(place, key, width=width, known=len(columns))
    return _checked(place, columns, body, has_headings)


def _refused(place: Place, key: str, **params: int) -> Pasted:
    said = {"most": MOST_ROWS, **params}
    return Pasted((), (), (), False, say(f"web.editing.{key}", place.lang, **said))


def _grid(text: str) -> list[list[str]]:
    """Cells by row; a spreadsheet puts quotes around a cell that has line breaks."""
    clean = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    rows = csv.reader(StringIO(clean), delimiter="\t")
    try:
        listed = [[" ".join(cell.split()) for cell in row] for row in rows]
    except csv.Error:
        listed = [[" ".join(c.split()) for c in line.split("\t")] for line in clean.split("\n")]
    return [row for row in listed if any(row)]


def _columns(place: Place, first: Sequence[str]) -> tuple[tuple[Column | None, ...], bool]:
    """The column of each pasted cell: by headings in the first row, else as on the page."""
    known = place.table.headings()
    named = [known.get(fold(text)) for text in first]
    if sum(name is not None for name in named) * 2 > len([each for each in first if each]):
        return tuple(place.table.by_name[name] if name else None for name in named), True
    shown_columns = columns_of(place.ground())
    rest = [each for each in place.table.columns if each not in shown_columns]
    return (*shown_columns, *rest), False


def _checked(
    place: Place, columns: Sequence[Column | None], body: Sequence[Sequence[str]], had: bool
) -> Pasted:
    used = [each for each in columns[: max(len(cells) for cells in body)] if each is not None]
    ground = place.ground()
    rows: dict[int, Row] = {}
    early: dict[int, list[Fault]] = {}
    for n, cells in enumerate(body):
        line = _FIRST_LINE + n
        early[line] = []
        rows[line] = _row(place, columns, cells, early[line])
    late: dict[int, list[Fault]] = {line: [] for line in rows}
    for finding in findings_of(ground, rows):
        for line in finding.lines or tuple(rows):
            late[line].append(fault_of(ground, finding, place.lang))
    made = [
        _shown(place, used, n, rows[_FIRST_LINE + n], [*early[line], *late[line]])
        for n, line in enumerate(rows)
    ]
    headings = tuple(place.table.heading(each, place.lang) for each in used)
    return Pasted(tuple(used), headings, tuple(made), had)


def _row(
    place: Place, columns: Sequence[Column | None], cells: Sequence[str], faults: list[Fault]
) -> Row:
    found: dict[str, str] = {}
    for column, text in zip(columns, cells, strict=False):
        if column is None or not text:
            continue
        read = typed(column, text, place.ground().style(column.name), place.lang)
        found[column.name] = read.text
        if read.fault:
            faults.append(Fault(column.name, read.fault, True, "editing.typed"))
    return found


def _shown(
    place: Place, columns: Sequence[Column], n: int, row: Row, faults: Sequence[Fault]
) -> PastedRow:
    ground, names = place.ground(), {each.name for each in columns}
    found = list(dict.fromkeys(faults))
    cells = tuple(
        PastedCell(
            shown(each, row.get(each.name, ""), ground.style(each.name), place.lang),
            tuple(fault for fault in found if fault.column == each.name),
        )
        for each in columns
    )
    return PastedRow(n + 1, row, cells, tuple(each for each in found if each.column not in names))
