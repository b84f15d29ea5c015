"""CSV files: the delimiter is looked up in the headings, the text must be UTF-8.

A clean file is read in one pass of the parser; lines, fields and quotes are only looked at closely
when the quick count does not add up.
"""

from __future__ import annotations

import csv
import mmap
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl

from vatra.sources.csv_parse import Opening, parse_file, parse_piece
from vatra.sources.csv_records import (
    Bytes,
    Counts,
    Records,
    count,
    hash_and_count,
    last_record_end,
    records,
)
from vatra.sources.delimiters import declared, of_headings
from vatra.sources.encodings import workbook_as_csv, wrong_encoding
from vatra.sources.headings import Headings, match
from vatra.sources.limits import Limits
from vatra.sources.raw import Dialect, Raw, declared_styles, no_rows
from vatra.sources.totals import HINTS, take_out
from vatra.tables import Finding, Table, has_errors
from vatra.tables.numbers import Style

SUFFIXES = (".csv", ".tsv", ".txt")
HEADING_BYTES = 65_536
LINES_KEPT = 100
_BLANKS = [" ", "\t", "\u00a0", "\n", "\r"]
_NO_OPENING = Opening(",", (), 0, 1, 1)
_BOM = b"\xef\xbb\xbf"
# The parser would unpack these by itself, whatever the name of the file says.
_PACKED = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")


@dataclass(frozen=True)
class _File:
    """What is known of a CSV file once its headings are read."""

    path: Path
    table: Table
    opening: Opening
    headings: Headings


@dataclass(frozen=True)
class _Piece:
    """Whole records of a file: their bytes, the line they begin on, how to parse and count them."""

    data: Bytes
    first_line: int
    parse: Callable[[], pl.DataFrame]
    count: Callable[[], Counts]


def read(path: Path, table: Table, limits: Limits, numbers: Style | None = None) -> Raw:
    """Read a CSV file that passed the gate; see ``vatra.sources.read``."""
    with _opened(path) as data, ThreadPoolExecutor(1) as beside:
        file = _open(path, data, table)
        raw = _empty(path, len(data), table, file, numbers)
        opening = file.opening if isinstance(file, _File) else _NO_OPENING
        walking = beside.submit(hash_and_count, path, opening.body, opening.delimiter)
        if not isinstance(file, _File) or not raw.ok:
            return replace(raw, evidence_id=walking.result()[0])
        names = file.headings.names
        body = np.frombuffer(data, dtype=np.uint8)[opening.body :]
        frame, findings = _rows(
            file,
            _Piece(
                body,
                opening.body_line,
                lambda: parse_file(path, data, opening, names, table),
                lambda: walking.result()[1],
            ),
        )
        # The mapping cannot be closed while an array still looks into it.
        del body
        evidence_id, _ = walking.result()
    return replace(raw, frame=frame, evidence_id=evidence_id, findings=[*raw.findings, *findings])


def batches(
    path: Path, table: Table, limits: Limits, numbers: Style | None, rows: int
) -> Iterator[Raw]:
    """Read a CSV file in batches of about ``rows`` rows; see ``vatra.sources.read_batches``."""
    with _opened(path) as data:
        file = _open(path, data, table)
        raw = _empty(path, len(data), table, file, numbers)
        opening = file.opening if isinstance(file, _File) else _NO_OPENING
        evidence_id, _ = hash_and_count(path, opening.body, opening.delimiter)
        raw = replace(raw, evidence_id=evidence_id)
        if not isinstance(file, _File) or not raw.ok:
            yield raw
            return
        line, first = opening.body_line, True
        for piece in _cut(path, opening.body, rows):
            frame, findings = _rows(file, _piece(file, piece, line))
            said = raw.findings if first else []
            yield replace(raw, frame=frame, findings=[*said, *findings])
            line, first = line + piece.count(b"\n"), False
        if first:
            yield raw


def _cut(path: Path, start: int, rows: int) -> Iterator[bytes]:
    """Whole records of about ``rows`` rows, judged by the length of the first ones."""
    with path.open("rb") as file:
        file.seek(start)
        sample = file.read(HEADING_BYTES)
        size = max(HEADING_BYTES, rows * len(sample) // max(1, sample.count(b"\n")))
        piece = sample + file.read(max(0, size - len(sample)))
        while piece:
            more = file.read(size)
            if not more:
                yield piece
                return
            end = _last_end(piece)
            if end:
                yield piece[:end]
            piece = piece[end:] + more


def _last_end(piece: bytes) -> int:
    if b'"' in piece:
        return last_record_end(np.frombuffer(piece, dtype=np.uint8))
    return piece.rfind(b"\n") + 1


def _piece(file: _File, data: bytes, first_line: int) -> _Piece:
    body = np.frombuffer(data, dtype=np.uint8)
    return _Piece(
        body,
        first_line,
        lambda: parse_piece(data, file.opening, file.headings.names, file.table),
        lambda: count(body, file.opening.delimiter),
    )


@contextmanager
def _opened(path: Path) -> Iterator[mmap.mmap]:
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        yield data
        # After a fault arrays still look into it: it is closed with the last of them, and the fault
        # is the one that is told.
        data.close()


def _open(path: Path, data: mmap.mmap, table: Table) -> _File | Finding:
    opening = open_headings(data, path.name)
    if isinstance(opening, Finding):
        return opening
    return _File(path, table, opening, match(opening.headings, table, path.name, opening.line))


def _empty(
    path: Path, size: int, table: Table, file: _File | Finding, numbers: Style | None
) -> Raw:
    """The result before any row is read."""
    styles = declared_styles(table, numbers)
    if isinstance(file, Finding):
        return Raw(no_rows(), path.name, "", size, [file], numbers=styles)
    names = [name for name in dict.fromkeys(file.headings.names) if name is not None]
    dialect = Dialect(file.opening.delimiter, "UTF-8")
    return Raw(no_rows(names), path.name, "", size, file.headings.findings, dialect, styles)


# The beginning of the file


def open_headings(data: bytes | mmap.mmap, file: str) -> Opening | Finding:
    """Find the headings, the delimiter and where the rows begin; or what stands in the way."""
    head = bytes(data[:HEADING_BYTES])
    if head.startswith(_PACKED):
        return Finding("sources.csv-not-text", "error", file)
    workbook = workbook_as_csv(head, file)
    if workbook is not None:
        return workbook
    # A line break is never part of a letter, the end of the piece may be.
    whole = head if len(head) < HEADING_BYTES else head[: head.rfind(b"\n") + 1] or head
    wrong = wrong_encoding(whole, file)
    if wrong is not None:
        return wrong
    start = len(_BOM) if head.startswith(_BOM) else 0
    line = 1
    said = ""
    while True:
        end = _record_end(head, start)
        text = head[start:end].decode("utf-8").strip("\r\n")
        if named := declared(text):
            said = named
        elif text.strip() or end >= len(head):
            break
        line += head.count(b"\n", start, end)
        start = end
    if "\0" in text:
        return Finding("sources.csv-nul", "error", file, (line,))
    if not text.strip():
        return Finding("sources.file-empty", "error", file)
    if "\r" in text:
        return Finding("sources.csv-old-breaks", "error", file, (line,))
    delimiter = said or of_headings(text, head[end:].decode("utf-8", "ignore"))
    headings = next(csv.reader([text], delimiter=delimiter), [])
    body_line = line + head.count(b"\n", start, end)
    return Opening(delimiter, tuple(headings), end, line, body_line)


def _record_end(head: bytes, start: int) -> int:
    """Offset just behind the first line break that stands in no quotes."""
    inside = False
    for offset in range(start, len(head)):
        byte = head[offset]
        if byte == ord('"'):
            inside = not inside
        elif byte == ord("\n") and not inside:
            return offset + 1
    return len(head)


# The rows below it


def _rows(file: _File, piece: _Piece) -> tuple[pl.DataFrame, list[Finding]]:
    """Rows of a piece under the names of the table, and everything wrong with them."""
    name, names = file.path.name, [each for each in file.headings.names if each is not None]
    if not len(piece.data):
        return no_rows(names), []
    try:
        parsed = piece.parse()
    except pl.exceptions.PolarsError:
        return no_rows(names), _diagnose(piece, file)
    found = piece.count()
    if found.has_nul:
        return no_rows(names), [_nul(piece, name)]
    numbered, findings = _numbered(parsed, found, piece, file)
    if has_errors(findings):
        return no_rows(names), findings
    named, unnamed = _named(numbered, file.headings, file.opening, name)
    frame, totals = _tidied(named, file.table, name)
    return frame, [*findings, *unnamed, *totals]


def _numbered(
    parsed: pl.DataFrame, found: Counts, piece: _Piece, file: _File
) -> tuple[pl.DataFrame, list[Finding]]:
    """Rows with the line each begins on, blank ones left out; or those with missing fields."""
    width, first = len(file.opening.headings), piece.first_line
    if not found.has_quotes and width > 1 and found.delimiters == len(parsed) * (width - 1):
        line = pl.int_range(first, first + len(parsed), dtype=pl.UInt32, eager=True)
        return _without_blank_rows(parsed.with_columns(line.alias("line"))), []
    seen = records(piece.data, file.opening.delimiter, first)
    if not seen.closed or len(seen.lines) != len(parsed):
        return parsed, _diagnose(piece, file)
    ragged = _ragged(seen, width, file.path.name)
    return _without_blank_rows(
        parsed.with_columns(pl.Series("line", seen.lines, pl.UInt32))
    ), ragged


def _without_blank_rows(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows with a value in any column that is read."""
    columns = [column for column in frame.get_columns() if column.name != "line"]
    if not all(column.null_count() or (column == "").any() for column in columns):
        return frame
    values = pl.exclude("line").cast(pl.String).str.strip_chars()
    return frame.filter(pl.any_horizontal((values != "").fill_null(False)))


def _named(
    frame: pl.DataFrame, headings: Headings, opening: Opening, file: str
) -> tuple[pl.DataFrame, list[Finding]]:
    """Only the columns the table knows, under its names; values below a blank heading are said."""
    findings = [
        Finding(
            "sources.heading-blank",
            "warning",
            file,
            (opening.line,),
            params={"position": position + 1},
        )
        for position in headings.blank
        if str(position) in frame.columns
        and frame.get_column(str(position)).null_count() < len(frame)
    ]
    names = {str(at): name for at, name in enumerate(headings.names) if name is not None}
    return frame.select(*names, "line").rename(names), findings


def _tidied(frame: pl.DataFrame, table: Table, file: str) -> tuple[pl.DataFrame, list[Finding]]:
    """Values without surrounding spaces, nothing but spaces as nothing; total rows taken out.

    One quick look decides per column: enumerated texts are tidy from the start, numbers are
    stripped where they are read, and texts without a blank or a letter of "total" need nothing.
    """
    texts = [
        name
        for name, dtype in frame.schema.items()
        if dtype == pl.String and table.by_name[name].kind != "number"
    ]
    repeated = [name for name, dtype in frame.schema.items() if dtype == pl.Categorical]
    looked = frame.lazy().select(
        *(_suspicious(pl.col(name)).any() for name in texts),
        *(_untidy(pl.col(name).unique().cast(pl.String)).any() for name in repeated),
    )
    # A file of numbers alone has nothing to look at.
    seen = looked.collect().row(0, named=True) if texts or repeated else {}
    found = [name for name, yes in seen.items() if yes]
    stripped = [pl.col(name).cast(pl.String).str.strip_chars() for name in found]
    frame = frame.with_columns(pl.when(text != "").then(text).name.keep() for text in stripped)
    enumerated = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.Enum)]
    return take_out(frame, table, [*found, *enumerated], file)


def _suspicious(texts: pl.Expr) -> pl.Expr:
    return texts.str.contains_any([*_BLANKS, *HINTS]) | (texts == "")


def _untidy(texts: pl.Expr) -> pl.Expr:
    return (texts.str.strip_chars() != texts) | (texts == "")


# What is wrong with it


def _diagnose(piece: _Piece, file: _File) -> list[Finding]:
    """Why the parser refused: the encoding, the quotes or the number of fields.

    Nothing is wrong with blank lines, which it refuses too when there is nothing else.
    """
    text, name = piece.data.tobytes(), file.path.name
    if not text.strip():
        return []
    wrong = wrong_encoding(text, name, piece.first_line)
    if wrong is not None:
        return [wrong]
    seen = records(piece.data, file.opening.delimiter, piece.first_line)
    stray = _stray_quotes(text, file.opening.delimiter, piece.first_line)
    if stray or not seen.closed:
        return [_at_lines("sources.csv-quotes", stray or [int(seen.lines[-1])], name)]
    return _ragged(seen, len(file.opening.headings), name) or [
        Finding("sources.csv-unreadable", "error", name)
    ]


def _ragged(seen: Records, width: int, file: str) -> list[Finding]:
    """Rows with more or fewer fields than headings."""
    wrong = np.flatnonzero((seen.fields != width) & (seen.fields != 0))
    if not len(wrong):
        return []
    found = sorted({int(count) for count in seen.fields[wrong]})
    return [
        _at_lines(
            "sources.csv-ragged",
            [int(line) for line in seen.lines[wrong]],
            file,
            {"expected": width, "found": found[:5]},
        )
    ]


def _stray_quotes(text: bytes, delimiter: str, line: int) -> list[int]:
    """Lines on which a quote stands inside a value without being doubled."""
    mark = re.escape(delimiter.encode())
    value = rb'(?:"(?:[^"]|"")*"(?=' + mark + rb'|\r?\n|\r?\Z)|[^"' + mark + rb"\n]*)"
    record = re.compile(value + rb"(?:" + mark + value + rb")*\r?(?:\n|\Z)")
    lines: list[int] = []
    at = 0
    while at < len(text):
        whole = record.match(text, at)
        if whole is None:
            lines.append(line)
            end = text.find(b"\n", at) + 1 or len(text)
        else:
            end = whole.end()
        line += text.count(b"\n", at, end)
        at = end
        if len(lines) == LINES_KEPT:
            break
    return lines


def _nul(piece: _Piece, file: str) -> Finding:
    text = piece.data.tobytes()
    line = piece.first_line + text.count(b"\n", 0, text.index(b"\0"))
    return Finding("sources.csv-nul", "error", file, (line,))


def _at_lines(
    code: str, lines: list[int], file: str, params: dict[str, object] | None = None
) -> Finding:
    return Finding(
        code, "error", file, tuple(lines[:LINES_KEPT]), params=params or {}, line_count=len(lines)
    )
