"""Somebody else's file as a grid of texts: nothing is known of its columns yet."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import warnings
import zipfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from vatra.sources import delimiters
from vatra.sources.encodings import guess, workbook_as_csv, wrong_encoding
from vatra.sources.limits import MOST_SHEET_LINES, Limits, gate
from vatra.sources.zip_guard import guard
from vatra.tables import Finding, FindingsError, fold

CSV_SUFFIXES = (".csv", ".tsv", ".txt")
XLSX_SUFFIXES = (".xlsx", ".xlsm")
MOST_COLUMNS = 512
# Texts that stand again and again are held once, as long as there are not too many of them.
MOST_SHARED = 50_000
# Of a file whose beginning is wanted, so much is read.
HEAD_BYTES = 1_000_000
_PARSE_FAULTS = (
    KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError, SyntaxError,
    zipfile.BadZipFile, OverflowError, NotImplementedError,
)  # fmt: skip


class Exact(str):
    """Text of a cell that held a number: no mark in it can be mistaken."""

    __slots__ = ()


@dataclass(frozen=True)
class Grid:
    """The cells of a file or of one of its sheets.

    ``rows`` (line, cells) of the lines that hold anything, blanks as empty texts; ``evidence_id``
    SHA-256 of the file's bytes.
    """

    file: str
    evidence_id: str
    rows: Sequence[tuple[int, Sequence[str]]]
    sheet: str = ""
    delimiter: str = ""
    encoding: str = ""


def read_grid(
    path: Path,
    *,
    sheet: str | int | None = None,
    encoding: str = "",
    delimiter: str = "",
    limits: Limits | None = None,
    most_rows: int | None = None,
) -> Grid:
    """Read a CSV or XLSX file as it lies; with ``most_rows`` only its beginning.

    Raises ``FindingsError`` for what cannot be opened, an encoding that is not said, a sheet that
    is not there.
    """
    refused = gate(path, limits or Limits())
    if refused is not None:
        raise FindingsError([refused])
    suffix = path.suffix.casefold()
    if suffix in CSV_SUFFIXES:
        return _csv(path, encoding, delimiter, limits or Limits(), most_rows)
    if suffix in XLSX_SUFFIXES:
        return _xlsx(path, sheet, limits or Limits(), most_rows)
    params = {"file": path.name, "suffixes": [*CSV_SUFFIXES, *XLSX_SUFFIXES]}
    raise FindingsError([Finding("sources.type-unknown", "error", path.name, params=params)])


def _csv(path: Path, encoding: str, delimiter: str, limits: Limits, most_rows: int | None) -> Grid:
    data = path.read_bytes() if most_rows is None else _head(path)
    workbook = workbook_as_csv(data, path.name)
    if workbook is not None:
        raise FindingsError([workbook])
    wrong = None if encoding not in ("", "utf-8") else wrong_encoding(data, path.name)
    if wrong is not None:
        params = {**wrong.params, "guess": guess(data).split(" /")[0].casefold()}
        code = "sources.mapping-encoding"
        raise FindingsError([Finding(code, "error", path.name, wrong.lines, params=params)])
    text = data.decode(encoding if encoding not in ("", "utf-8") else "utf-8-sig", "replace")
    mark = delimiter or delimiters.guess(text)
    return Grid(
        path.name,
        _digest(path),
        _held(islice(_csv_rows(text, mark, path.name), most_rows), path.name, limits),
        delimiter=mark,
        encoding=encoding or "utf-8",
    )


def _head(path: Path) -> bytes:
    """The beginning of a file, up to the end of a line where it has more."""
    with path.open("rb") as file:
        data = file.read(HEAD_BYTES)
    return data if len(data) < HEAD_BYTES else data[: data.rfind(b"\n") + 1] or data


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _csv_rows(text: str, delimiter: str, file: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        for row in reader:
            is_said = line == 1 and delimiters.declared(delimiter.join(row))
            if any(cell.strip() for cell in row) and not is_said:
                yield line, [" ".join(cell.split()) for cell in row[:MOST_COLUMNS]]
            line = reader.line_num + 1
    except csv.Error:
        raise FindingsError([Finding("sources.mapping-csv", "error", file, (line,))]) from None


def _held(
    rows: Iterable[tuple[int, list[str]]], file: str, limits: Limits
) -> list[tuple[int, list[str]]]:
    """Rows in memory: without the blanks at their end, equal texts once.

    Raises ``FindingsError`` as soon as there are more than may be held.
    """
    held: list[tuple[int, list[str]]] = []
    shared: dict[str, str] = {}
    cell_count = 0
    for line, cells in rows:
        while cells and not cells[-1]:
            cells.pop()
        cell_count += len(cells)
        held.append((line, [_once(text, shared) for text in cells]))
        found = limits.too_many(file, len(held), cell_count)
        if found is not None:
            raise FindingsError([found])
    return held


def _once(text: str, shared: dict[str, str]) -> str:
    """The text itself, or an equal one that is held already; a number stays one."""
    if isinstance(text, Exact):
        return text
    return shared.setdefault(text, text) if len(shared) < MOST_SHARED else shared.get(text, text)


def _xlsx(path: Path, wanted: str | int | None, limits: Limits, most_rows: int | None) -> Grid:
    refused = guard(path, limits)
    if refused is not None:
        raise FindingsError([refused])
    evidence_id = _digest(path)
    try:
        # Its import takes a tenth of a second that only workbooks need.
        from openpyxl import load_workbook

        with warnings.catch_warnings():
            # It warns of parts it leaves out (drawings, validations), none of which we read.
            warnings.simplefilter("ignore")
            book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
            try:
                for each in book.worksheets:
                    # What a sheet says of its own size is often wrong: rows would be lost.
                    each.reset_dimensions()
                sheet = _sheet(book.worksheets, wanted, path.name)
                # Left in the middle, a sheet is closed before its workbook is.
                with closing(_xlsx_rows(sheet, path.name, most_rows)) as rows:
                    held = _held(rows, path.name, limits)
                return Grid(path.name, evidence_id, held, sheet.title)
            finally:
                book.close()
    except _PARSE_FAULTS:
        raise FindingsError([Finding("sources.xlsx-not", "error", path.name)]) from None


def _sheet(sheets: Sequence[Any], wanted: str | int | None, file: str) -> Any:
    if wanted is None:
        # What is hidden is read only where somebody asks for it, or nothing else is there.
        shown = sorted(sheets, key=lambda each: each.sheet_state != "visible")
        return next((each for each in shown if _has_cells(each)), shown[0])
    if isinstance(wanted, int) and 0 < wanted <= len(sheets):
        return sheets[wanted - 1]
    for each in sheets:
        if fold(each.title) == fold(str(wanted)):
            return each
    params = {"sheet": str(wanted), "sheets": [each.title for each in sheets]}
    raise FindingsError([Finding("sources.mapping-sheet", "error", file, params=params)])


def _has_cells(sheet: Any) -> bool:
    rows = sheet.iter_rows(max_row=50, max_col=MOST_COLUMNS, values_only=True)
    return any(value is not None for row in rows for value in row)


def _xlsx_rows(
    sheet: Any, file: str, most_rows: int | None
) -> Generator[tuple[int, list[str]], None, None]:
    blank = None
    bounds = {"max_row": most_rows, "max_col": MOST_COLUMNS, "values_only": True}
    with closing(sheet.iter_rows(**bounds)) as rows:
        for line, row in enumerate(rows, start=1):
            if line > MOST_SHEET_LINES:
                params = {"most": MOST_SHEET_LINES}
                found = Finding("sources.too-many-rows", "error", file, params=params)
                raise FindingsError([found])
            # The reader makes up rows that the sheet leaves out, all of them one and the same.
            if row is blank or row.count(None) == len(row):
                blank = row
            elif any(value not in (None, "") for value in row):
                yield line, [cell_text(value) for value in row]


def cell_text(value: object) -> str:
    """A cell as text: numbers with a decimal point and no grouping, dates as 2021-12-31."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return Exact(value)
    if isinstance(value, float):
        whole = value.is_integer()
        return Exact(int(value) if whole else format(Decimal(repr(value)), "f"))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return " ".join(str(value).split())
