"""Workbooks taken apart into blocks: every visible sheet, its tables between blank rows."""

from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter

from vatra.linter.files.blocks import Block, Blocks, Cell, Text, blank, squared
from vatra.linter.files.inline import tidy
from vatra.linter.files.sniffing import NotReadable
from vatra.linter.shape import fault
from vatra.tables import Finding

MOST_ROWS = 20_000
MOST_COLUMNS = 256
GENERAL_DIGITS = 10
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_FORMULA_PART = re.compile(rb"<f[ >/]")
_DECIMALS = re.compile(r"[0#?](?:[.]([0#?]+))?(,*)(?=[^0#?,.]*$)")
_YEARS = range(1980, 2061)

Spans = dict[tuple[int, int], tuple[int, int]]


def read(path: Path, name: str) -> Blocks:
    """The blocks of an XLSX file; values as they show, not the formulas behind them."""
    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        with zipfile.ZipFile(path) as archive:
            found = _book(book, archive)
        book.close()
    except Exception:
        # A damaged file may break the parsers anywhere, with any kind of error.
        raise NotReadable(fault("files.broken", name)) from None
    return found


def _book(book: Any, archive: zipfile.ZipFile) -> Blocks:
    found = Blocks()
    hidden = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            hidden.append(sheet.title)
            continue
        with archive.open(sheet._worksheet_path) as part:
            source = part.read()
        page = _Sheet(sheet.title, _cells(sheet), _spans(source))
        found.blocks += page.blocks()
        if not any(isinstance(each, Decimal | int) for row in page.cells for each in row) and (
            count := len(_FORMULA_PART.findall(source))
        ):
            params = {"sheet": sheet.title, "count": count}
            found.notes.append(Finding("linter.files.formulas-blank", "note", params=params))
    if hidden:
        note = Finding("linter.files.hidden-sheets", "note", params={"sheets": hidden})
        found.notes.append(note)
    return found


def _cells(sheet: Any) -> list[list[Cell]]:
    sheet.reset_dimensions()
    rows: list[list[Cell]] = []
    for row in sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS):
        rows.append([_shown(cell.value, getattr(cell, "number_format", "")) for cell in row])
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def _shown(value: Any, number_format: str | None) -> Cell:
    """A value as the sheet shows it: rounded as formatted, a percentage as text."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, int | float):
        return _number(value, number_format or "General")
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()[:10]
    return tidy(str(value))


def _number(value: int | float, number_format: str) -> Cell:
    if isinstance(value, float) and not (abs(value) < 1e300):
        return ""
    shown = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", number_format).split(";")[0]
    found = _DECIMALS.search(shown)
    if "%" in shown:
        decimals = len(found[1] or "") if found else 0
        return f"{value * 100:.{decimals}f}%"
    if not found or shown in ("General", "@"):
        return _general(value)
    scaled = Decimal(repr(value)) / Decimal(1000) ** len(found[2])
    rounded = Decimal(f"{scaled:.{len(found[1] or '')}f}")
    return _year_or(rounded, plain="," not in shown)


def _general(value: int | float) -> Cell:
    number = Decimal(f"{value:.{GENERAL_DIGITS}g}") if isinstance(value, float) else Decimal(value)
    return _year_or(Decimal(format(number, "f")), plain=True)


def _year_or(number: Decimal, plain: bool) -> Cell:
    """Years are words, not amounts: they head columns."""
    if plain and number == number.to_integral_value() and int(number) in _YEARS:
        return str(int(number))
    return number


def _spans(source: bytes) -> Spans:
    """Merged cells by row and column of the sheet, both from 0."""
    found: Spans = {}
    for left, top, right, bottom in _MERGED.findall(source):
        first, last = (column_index_from_string(each.decode()) for each in (left, right))
        size = (int(bottom) - int(top) + 1, last - first + 1)
        found[int(top) - 1, first - 1] = size
    return found


@dataclass
class _Sheet:
    title: str
    cells: list[list[Cell]]
    spans: Spans

    def blocks(self) -> list[Block]:
        """The sheet's name as a heading, then its texts and tables from the top down."""
        found: list[Block] = [Text(self.title, f"sheet {self.title}", 1)]
        for top, bottom in self._bands():
            for left, right in self._parts(top, bottom):
                found += self._block(top, bottom, left, right)
        return found

    def _filled(self) -> set[tuple[int, int]]:
        """Cells that hold something, all those that a merged cell covers among them."""
        found = {
            (row, column)
            for row, cells in enumerate(self.cells)
            for column, cell in enumerate(cells)
            if not blank(cell)
        }
        for (row, column), (height, width) in self.spans.items():
            if (row, column) in found and height * width <= MOST_ROWS:
                found |= {
                    (row + y, column + x)
                    for y in range(min(height, len(self.cells) - row))
                    for x in range(width)
                }
        return found

    def _bands(self) -> Iterator[tuple[int, int]]:
        self.filled = self._filled()
        rows = {row for row, _ in self.filled}
        start = None
        for row in range(len(self.cells) + 1):
            if row in rows and start is None:
                start = row
            elif row not in rows and start is not None:
                yield start, row
                start = None

    def _parts(self, top: int, bottom: int) -> list[tuple[int, int]]:
        """The tables side by side in a band of rows, apart by a blank column."""
        columns = sorted({column for row, column in self.filled if top <= row < bottom})
        parts = [[columns[0], columns[0]]]
        for column in columns[1:]:
            if column == parts[-1][1] + 1:
                parts[-1][1] = column
            else:
                parts.append([column, column])
        if any(right == left for left, right in parts) or bottom - top < 2:
            return [(columns[0], columns[-1] + 1)]
        return [(left, right + 1) for left, right in parts]

    def _block(self, top: int, bottom: int, left: int, right: int) -> list[Block]:
        rows = [self.cells[row][left:right] for row in range(top, bottom)]
        letter = get_column_letter(left + 1)
        places = [f"{letter}{row + 1}" for row in range(top, bottom)]
        place = f"sheet {self.title}"
        if all(sum(not blank(cell) for cell in row) <= 1 for row in rows):
            return [
                Text(" ".join(str(cell).split()), f"{place}, {at}", bold=True)
                for at, row in zip(places, rows, strict=True)
                for cell in row
                if not blank(cell)
            ]
        spans = {
            (row - top, column - left): (min(height, bottom - row), min(width, right - column))
            for (row, column), (height, width) in self.spans.items()
            if top <= row < bottom and left <= column < right
        }
        return [squared(rows, places, place, spans=spans)]
