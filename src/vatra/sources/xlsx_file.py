"""XLSX workbooks: the sheet named like the table, else the first; values as last calculated.

Numbers come from their cells as numbers, so no mark in them can be mistaken; only numbers typed as
text are inferred. Nothing in a workbook is executed.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from vatra.sources.headings import Headings, match
from vatra.sources.limits import MOST_SHEET_LINES, Limits
from vatra.sources.raw import Dialect, Raw, declared_styles, no_rows
from vatra.sources.totals import take_out
from vatra.sources.zip_guard import guard
from vatra.tables import Column, Finding, Table, fold, has_errors
from vatra.tables.numbers import Style, as_plain
from vatra.words import LANGUAGES, has, say

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
MOST_COLUMNS = 256
LINES_KEPT = 100
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_PARSE_FAULTS = (
    KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError, SyntaxError,
    zipfile.BadZipFile, OverflowError, NotImplementedError,
)  # fmt: skip


@dataclass
class Cells:
    """The cells of one sheet below its headings, as texts.

    ``texts`` one list per column read; ``numeric`` whether each of these cells held a number;
    ``lines`` of the rows; ``blanks`` (line, position) of cells without a value.
    """

    lines: list[int] = field(default_factory=list)
    texts: dict[str, list[str | None]] = field(default_factory=dict)
    numeric: dict[str, list[bool]] = field(default_factory=dict)
    faulty: list[tuple[int, str]] = field(default_factory=list)
    is_cut: bool = False


def read(path: Path, table: Table, limits: Limits, numbers: Style | None = None) -> Raw:
    """Read a workbook that passed the gate; see ``vatra.sources.read``."""
    with path.open("rb") as file:
        evidence_id = hashlib.file_digest(file, "sha256").hexdigest()
    byte_count = path.stat().st_size
    finding = guard(path, limits)
    styles = declared_styles(table, numbers)
    if finding is not None:
        return Raw(no_rows(), path.name, evidence_id, byte_count, [finding], numbers=styles)
    try:
        frame, findings, sheet, plain = _read(path, table, limits, numbers)
    except _PARSE_FAULTS:
        broken = Finding("sources.xlsx-not", "error", path.name)
        return Raw(no_rows(), path.name, evidence_id, byte_count, [broken], numbers=styles)
    return Raw(
        frame,
        path.name,
        evidence_id,
        byte_count,
        findings,
        Dialect(sheet=sheet),
        styles | plain,
    )


def _read(
    path: Path, table: Table, limits: Limits, numbers: Style | None
) -> tuple[pl.DataFrame, list[Finding], str, dict[str, Style]]:
    with _opened(path, formulas=False) as book:
        sheet = _sheet(book, table)
        heading_line, headings = _headings(sheet, table, path.name)
        if has_errors(headings.findings):
            return no_rows(), headings.findings, sheet.title, {}
        cells = _cells(sheet, headings, heading_line)
        found = _too_many(cells, path.name, limits)
        if found is not None:
            return no_rows(), [found], sheet.title, {}
    findings = [*headings.findings, *_errors(cells, path.name)]
    if any(None in column for column in cells.texts.values()):
        findings += _uncalculated(path, sheet.title, headings, cells, path.name)
        findings += _merged(path, sheet, headings, cells, path.name)
    plain, ambiguous = _plain_numbers(cells, table, numbers, path.name)
    frame = pl.DataFrame(
        {name: pl.Series(name, column, pl.String) for name, column in cells.texts.items()}
        | {"line": pl.Series("line", cells.lines, pl.UInt32)}
    )
    frame, totals = take_out(frame, table, frame.columns, path.name)
    return frame, [*findings, *ambiguous, *totals], sheet.title, plain


def sheet_of(path: Path, table: Table) -> tuple[str, int, Headings]:
    """Where a table lies in a workbook that was read: the name of the sheet's part inside the
    file, the row of its headings, and the headings themselves."""
    with _opened(path, formulas=False) as book:
        sheet = _sheet(book, table)
        return str(sheet._worksheet_path), *_headings(sheet, table, path.name)


@contextmanager
def _opened(path: Path, *, formulas: bool) -> Iterator[Workbook]:
    # Its import takes a tenth of a second that only workbooks need.
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # It warns of parts it leaves out (drawings, validations), none of which we read.
        warnings.simplefilter("ignore")
        book = load_workbook(path, read_only=True, data_only=not formulas, keep_links=False)
        try:
            for sheet in book.worksheets:
                # What a sheet says of its own size is often wrong: rows would be lost.
                sheet.reset_dimensions()
            yield book
        finally:
            book.close()


def _sheet(book: Workbook, table: Table) -> Any:
    """The sheet named like the table in either language, else the first with cells."""
    names = {fold(table.name), fold(Path(table.file_name).stem)}
    key = f"tables.{table.name}"
    names |= {fold(say(key, lang)) for lang in LANGUAGES if has(key)}
    sheets = book.worksheets
    if not sheets:
        raise ValueError("a workbook without sheets of cells")
    return next((sheet for sheet in sheets if fold(sheet.title) in names), sheets[0])


def _too_many(cells: Cells, file: str, limits: Limits) -> Finding | None:
    if cells.is_cut:
        return Finding("sources.too-many-rows", "error", file, params={"most": MOST_SHEET_LINES})
    return limits.too_many(file, len(cells.lines))


def _headings(sheet: Any, table: Table, file: str) -> tuple[int, Headings]:
    """The first row with a value."""
    for line, row in enumerate(
        sheet.iter_rows(max_row=100, max_col=MOST_COLUMNS, values_only=True), start=1
    ):
        if any(value is not None for value in row):
            texts = [_text(value) or "" for value in row]
            while texts and not texts[-1]:
                texts.pop()
            return line, match(texts, table, file, line)
    return 1, match([], table, file)


def _cells(sheet: Any, headings: Headings, heading_line: int) -> Cells:
    cells = Cells()
    columns = [(at, name) for at, name in enumerate(headings.names) if name is not None]
    for _, name in columns:
        cells.texts[name], cells.numeric[name] = [], []
    rows = sheet.iter_rows(
        min_row=heading_line + 1, max_col=len(headings.names) or 1, values_only=True
    )
    blank = None
    for line, row in enumerate(rows, start=heading_line + 1):
        if line > MOST_SHEET_LINES:
            cells.is_cut = True
            break
        # The reader makes up rows that the sheet leaves out, all of them one and the same.
        if row is blank or row.count(None) == len(row):
            blank = row
            continue
        if all(value is None or value == "" for value in row):
            continue
        cells.lines.append(line)
        for at, name in columns:
            value = row[at] if at < len(row) else None
            text = _text(value)
            cells.texts[name].append(text)
            cells.numeric[name].append(_is_number(value))
            if text is not None and text.startswith("#") and text in _ERRORS:
                cells.faulty.append((line, name))
    return cells


_ERRORS = frozenset(
    ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#N/A", "#NULL!", "#SPILL!", "#CALC!")
)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _text(value: object) -> str | None:
    """A cell as text: numbers with a decimal point and no grouping, dates as 2021-12-31."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value).strip() or None


def _errors(cells: Cells, file: str) -> list[Finding]:
    return [
        _finding("sources.xlsx-error-cell", lines, file, name, {"column": name})
        for name, lines in _by_column(cells.faulty).items()
    ]


def _by_column(places: Sequence[tuple[int, str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for line, name in places:
        found.setdefault(name, []).append(line)
    return found


def _uncalculated(
    path: Path, title: str, headings: Headings, cells: Cells, file: str
) -> list[Finding]:
    """Formulas whose value the workbook does not hold, as other programs than Excel write them."""
    blank = {
        (line, name)
        for name, column in cells.texts.items()
        for line, text in zip(cells.lines, column, strict=True)
        if text is None
    }
    places = []
    with _opened(path, formulas=True) as book:
        rows = book[title].iter_rows(max_col=len(headings.names), values_only=True)
        for line, row in enumerate(rows, start=1):
            for name, value in zip(headings.names, row, strict=False):
                if name is not None and (line, name) in blank and value is not None:
                    places.append((line, name))
    return [
        _finding("sources.xlsx-formula", lines, file, name, {"column": name})
        for name, lines in _by_column(places).items()
    ]


def _merged(path: Path, sheet: Any, headings: Headings, cells: Cells, file: str) -> list[Finding]:
    """Merged cells over rows or columns that are read: only their first cell has the value."""
    from openpyxl.utils import column_index_from_string

    with zipfile.ZipFile(path) as archive, archive.open(sheet._worksheet_path) as part:
        ranges = _MERGED.findall(part.read())
    read_lines, findings = set(cells.lines), []
    for left, top, right, bottom in ranges:
        first, last = (column_index_from_string(each.decode()) - 1 for each in (left, right))
        lines = [line for line in range(int(top), int(bottom) + 1) if line in read_lines]
        names = [name for name in headings.names[first : last + 1] if name is not None]
        if lines and names and (len(lines) > 1 or last > first):
            area = b"".join((left, top, b":", right, bottom)).decode()
            findings.append(_finding("sources.xlsx-merged", lines, file, names[0], {"cells": area}))
    return findings


def _plain_numbers(
    cells: Cells, table: Table, declared: Style | None, file: str
) -> tuple[dict[str, Style], list[Finding]]:
    """Columns whose numbers need no inference; numbers typed as text among them made plain.

    A column of nothing but texts is left as it is, to be inferred at the check like a CSV column.
    """
    plain: dict[str, Style] = {}
    findings = []
    for column in table.columns:
        if column.kind != "number" or not any(cells.numeric.get(column.name, ())):
            continue
        plain[column.name] = "plain"
        texts, numeric = cells.texts[column.name], cells.numeric[column.name]
        typed = [at for at, text in enumerate(texts) if text is not None and not numeric[at]]
        written = as_plain(pl.Series([texts[at] for at in typed], dtype=pl.String), declared)
        if written is None:
            lines = [cells.lines[at] for at in typed]
            findings.append(_ambiguous(column, lines, file))
            continue
        for at, text in zip(typed, written, strict=True):
            texts[at] = text
    return plain, findings


def _ambiguous(column: Column, lines: list[int], file: str) -> Finding:
    return _finding("sources.xlsx-number-text", lines, file, column.name, {"column": column.name})


def _finding(
    code: str, lines: Sequence[int], file: str, column: str, params: dict[str, object]
) -> Finding:
    return Finding(code, "error", file, tuple(lines[:LINES_KEPT]), column, params, len(lines))
