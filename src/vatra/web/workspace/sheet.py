"""A table's file as people change it: its rows as texts, by line, and the file written anew.

Every byte that is not part of a changed row stays: quotes, order, columns that no table knows.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from vatra.plans.stock.edit_csv import CsvText, csv_text
from vatra.sources.csv_file import open_headings
from vatra.sources.headings import Headings, match
from vatra.sources.sheet_rows import filled_rows
from vatra.tables import Finding, FindingsError, Table, tables

ORIGINS = ".origins"
SUFFIXES = (".csv", ".xlsx")


class Unreadable(Exception):
    """A file whose rows cannot be told apart; ``finding`` says why."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(finding.message("en"))


@dataclass(frozen=True)
class Sheet:
    """Rows of one table as texts.

    Attributes
    ----------
    file : name in the pack
    columns : of the table, those that the file has
    lines : line of the file each row begins on; the headings stand above
    rows : column -> text as written, without the quotes around it
    origins : where each row came from: ``upload-<id>:<line>``, or empty when typed by hand
    """

    table: Table
    file: str
    columns: tuple[str, ...]
    lines: tuple[int, ...]
    rows: tuple[Mapping[str, str], ...]
    origins: tuple[str, ...]
    text: CsvText = field(repr=False)
    places: Mapping[str, int] = field(repr=False)

    @cached_property
    def by_line(self) -> dict[int, int]:
        """Line -> position of its row."""
        return {line: position for position, line in enumerate(self.lines)}

    def key_of(self, position: int) -> tuple[str, ...]:
        """The texts of a row's key columns."""
        row = self.rows[position]
        return tuple(row.get(name, "").strip() for name in self.table.keys)

    def data(self) -> bytes:
        """The file."""
        return self.text.text.encode("utf-8")

    def origin_data(self) -> bytes:
        """The sidecar: one line a row."""
        return origin_data(self.origins)

    def with_rows(
        self,
        changed: Mapping[int, Mapping[str, str]],
        removed: Sequence[int] = (),
        added: Sequence[tuple[Mapping[str, str], str]] = (),
    ) -> Sheet:
        """The sheet after changes.

        ``changed`` position -> column -> new text; ``removed`` positions; ``added`` rows at the
        end, each with its origin. Columns that the file lacks are added behind the others.
        """
        wanted = [name for cells in changed.values() for name in cells]
        wanted += [name for row, _ in added for name, value in row.items() if value]
        more = [
            each.name
            for each in self.table.columns
            if each.name in wanted and each.name not in self.places
        ]
        width = len(self.text.headings)
        places = dict(self.places) | {name: width + n for n, name in enumerate(more)}
        cells = {
            (self.lines[position], places[name]): one_line(value)
            for position, row in changed.items()
            for name, value in row.items()
        }
        content = self.text.with_cells(cells, more)
        if not (removed or added or more):
            return self._with_cells(content, changed)
        kept = [n for n in range(len(self.rows)) if n not in set(removed)]
        if removed:
            content = _without(content, self.file, [self.lines[n] for n in removed])
        if added:
            text = _text(content, self.file)
            heads = len(text.headings)
            new = [_placed(row, places, heads) for row, _ in added]
            content = text.with_rows(new)
        origins = [self.origins[n] for n in kept] + [origin for _, origin in added]
        return sheet(content, self.table, self.file, origins)

    def _with_cells(self, content: bytes, changed: Collection[int]) -> Sheet:
        """The same rows but for those at some positions: no line begins elsewhere."""
        text = _text(content, self.file)
        lines = [self.lines[position] for position in changed]
        rows = list(self.rows)
        for position, row in zip(changed, _rows(text, lines, self.places), strict=True):
            rows[position] = row
        return replace(self, rows=tuple(rows), text=text)


def origin_data(origins: Sequence[str]) -> bytes:
    """Where rows came from as the sidecar holds it; empty where nothing is known of any."""
    return ("\n".join(origins) + "\n").encode() if any(origins) else b""


def one_line(value: str) -> str:
    """A cell's text: no line breaks, no spaces around it."""
    return " ".join(value.split())


def sheet(content: bytes, table: Table, file: str, origins: Sequence[str] = ()) -> Sheet:
    """The rows of a CSV file. Raises ``Unreadable``."""
    text = _text(content, file)
    found = _matched(text.headings, table, file)
    places: dict[str, int] = {}
    for position, name in enumerate(found.names):
        if name is not None:
            places.setdefault(name, position)
    lines = tuple(sorted(text.spans))
    rows = _rows(text, lines, places)
    known = [*origins[: len(rows)], *[""] * (len(rows) - len(origins))]
    columns = tuple(each.name for each in table.columns if each.name in places)
    return Sheet(table, file, columns, lines, rows, tuple(known), text, places)


def row_count_of(content: bytes, table: Table, file: str) -> int:
    """How many rows a CSV file has, its values not taken out. Raises ``Unreadable``."""
    need_headings(content, table, file)
    return len(_text(content, file).spans)


def need_headings(content: bytes, table: Table, file: str) -> None:
    """Raise ``Unreadable`` for a file whose rows cannot be told apart; no row is looked at."""
    opening = open_headings(content, file)
    if isinstance(opening, Finding):
        raise Unreadable(opening)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise Unreadable(Finding("web.workspace.not-utf8", "error", file)) from problem
    _matched(opening.headings, table, file)


def empty_sheet(table: Table) -> Sheet:
    """A table's file with its headings and no rows."""
    heads = ",".join(each.name for each in table.columns) + "\n"
    return sheet(heads.encode(), table, table.file_name)


@lru_cache(1024)
def table_of(file: str) -> Table | None:
    """The table whose file this is."""
    stem, suffix = Path(file).stem, Path(file).suffix
    if suffix not in SUFFIXES:
        return None
    return next((each for each in tables().values() if Path(each.file_name).stem == stem), None)


def csv_of_workbook(content: bytes, table: Table) -> bytes:
    """The first sheet of a workbook as CSV, so that its rows can be changed in place.

    Numbers are written plain. Raises ``Unreadable`` when it cannot be opened, or names a line that
    no workbook has.
    """
    from vatra.tables.export import write_csv

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        filled = [row for _, row in filled_rows(sheet, table.file_name)]
    except FindingsError as problem:
        raise Unreadable(problem.findings[0]) from problem
    except Exception as problem:
        finding = Finding("web.workspace.workbook", "error", table.file_name)
        raise Unreadable(finding) from problem
    if not filled:
        return empty_sheet(table).data()
    heads = [str(cell) if cell is not None else "" for cell in filled[0]]
    width = len(heads)
    body = ([_plain(cell) for cell in [*row, *[None] * width][:width]] for row in filled[1:])
    return write_csv(body, heads).encode()


def with_origins(found: Sheet, origins: Sequence[str]) -> Sheet:
    """The same rows, said to come from elsewhere."""
    return replace(found, origins=tuple(origins))


def _plain(cell: Any) -> Any:
    """Whole numbers without a decimal point, dates as texts."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell if cell is None or isinstance(cell, int | float) else str(cell)


def _matched(headings: Sequence[str], table: Table, file: str) -> Headings:
    found = match(headings, table, file)
    errors = [each for each in found.findings if each.severity == "error"]
    if errors:
        raise Unreadable(errors[0])
    return found


def _text(content: bytes, file: str) -> CsvText:
    try:
        found = csv_text(content, file)
    except UnicodeDecodeError as problem:
        raise Unreadable(Finding("web.workspace.not-utf8", "error", file)) from problem
    if isinstance(found, Finding):
        raise Unreadable(found)
    return found


def _rows(
    text: CsvText, lines: Sequence[int], places: Mapping[str, int]
) -> tuple[Mapping[str, str], ...]:
    names, found = list(places), []
    # Nearly always every column is known, in the file's own order.
    is_plain = list(places.values()) == list(range(len(names)))
    for line in lines:
        values = text.values(line)
        count = len(values)
        if is_plain and count == len(names):
            found.append(dict(zip(names, values, strict=True)))
        else:
            found.append({name: values[at] if at < count else "" for name, at in places.items()})
    return tuple(found)


def _placed(row: Mapping[str, str], places: Mapping[str, int], width: int) -> list[str]:
    cells = [""] * width
    for name, value in row.items():
        if value:
            cells[places[name]] = one_line(value)
    return cells


def _without(content: bytes, file: str, lines: Sequence[int]) -> bytes:
    """The file without some rows, each with all its lines."""
    text = _text(content, file)
    # Only line feeds part lines here, as in the count of lines.
    pieces = text.text.split("\n")
    drop: set[int] = set()
    for line in lines:
        last = line + text.row(line).count("\n")
        drop.update(range(line, last + 1))
    return "\n".join(piece for n, piece in enumerate(pieces, 1) if n not in drop).encode()
