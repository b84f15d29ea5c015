"""XLSX: a sheet of facts, then one per table; numbers are numbers with all their digits."""

from __future__ import annotations

import io
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from vatra.faces.escape import quoted, unquoted
from vatra.faces.fields import Cell
from vatra.faces.formats.grid import Grid
from vatra.faces.formats.numbers import as_number
from vatra.sources.limits import Limits
from vatra.sources.sheet_rows import filled_rows
from vatra.sources.zip_guard import guard
from vatra.tables import Finding, FindingsError

FACTS = "about"
MOST_ROWS = 1_048_575
# The same bytes whenever it is written.
WRITTEN_AT = datetime(2000, 1, 1)
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class _Sheet(Worksheet):  # type: ignore[misc]
    """Numbers with the 17 digits that tell every float from the next; the library keeps 16."""

    def _xml_number_element(self, number: float, attributes: Sequence[Any] = ()) -> None:
        attr = "".join(f' {key}="{value}"' for key, value in attributes)
        self.fh.write(f"<c{attr}><v>{number!r}</v></c>")


def write(grids: Mapping[str, Grid], facts: Mapping[str, str]) -> bytes:
    """All tables of a face as one workbook."""
    too_long = [part for part, grid in grids.items() if len(grid.rows) > MOST_ROWS]
    if too_long:
        params = {"tables": too_long, "limit": MOST_ROWS}
        raise FindingsError([Finding("faces.xlsx-too-long", "error", params=params)])
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    book.set_properties({"created": WRITTEN_AT, "author": "Vatra"})
    bold = book.add_format({"bold": True})
    for part, grid in grids.items():
        _write_sheet(book.add_worksheet(part[:31], _Sheet), grid, bold)
    sheet = book.add_worksheet(FACTS)
    titles = {part: grid.title for part, grid in grids.items()}
    for row, (name, value) in enumerate({**facts, **titles}.items()):
        sheet.write_string(row, 0, name, bold)
        sheet.write_string(row, 1, quoted(value))
    sheet.set_column(0, 1, 30)
    book.close()
    return out.getvalue()


def _write_sheet(sheet: Any, grid: Grid, bold: Any) -> None:
    for at, heading in enumerate(grid.headings):
        sheet.write_string(0, at, quoted(heading), bold)
        sheet.set_column(at, at, min(40, max(12, len(heading) + 1)))
    sheet.freeze_panes(1, 0)
    for line, row in enumerate(grid.rows, start=1):
        for at, cell in enumerate(row):
            _write_cell(
                sheet, line, at, as_number(cell) if isinstance(cell, Decimal | int) else cell
            )


def _write_cell(sheet: Any, line: int, at: int, cell: Cell) -> None:
    if isinstance(cell, str):
        sheet.write_string(line, at, quoted(cell))
    elif cell is not None:
        sheet.write_number(line, at, cell)


def read(data: bytes, file: str) -> Mapping[str, Grid]:
    """The tables of a workbook by the names of their sheets."""
    from openpyxl import load_workbook

    _refuse_bombs(data, file)
    with warnings.catch_warnings():
        # It warns of parts it leaves out (drawings, validations), none of which we read.
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            sheets = {sheet.title: _rows(sheet, file) for sheet in book}
        except (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError):
            raise FindingsError([Finding("sources.xlsx-not", "error", file)]) from None
    return {name: _grid(rows) for name, rows in sheets.items() if name != FACTS}


def _rows(sheet: Any, file: str) -> list[tuple[Any, ...]]:
    """Rows up to the last that holds anything, all of one width."""
    filled = dict(filled_rows(sheet, file))
    width = max(map(len, filled.values()), default=0)
    blank = (None,) * width
    padded = {line: (*row, *blank[len(row) :]) for line, row in filled.items()}
    return [padded.get(line, blank) for line in range(1, max(filled, default=0) + 1)]


def _refuse_bombs(data: bytes, file: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / file
        copy.write_bytes(data)
        finding = guard(copy, Limits())
    if finding is not None:
        raise FindingsError([finding])


def _grid(rows: list[tuple[Any, ...]]) -> Grid:
    headings = [unquoted(str(cell)) if cell is not None else "" for cell in rows[0]] if rows else []
    body = [[_cell(cell) for cell in row] for row in rows[1:]]
    return Grid("", headings, body)


def _cell(cell: Any) -> Cell:
    if isinstance(cell, str):
        return unquoted(cell)
    if isinstance(cell, bool | date):
        return str(cell)
    return cell if isinstance(cell, int | float) else None
