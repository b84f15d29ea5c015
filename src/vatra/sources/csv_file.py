"""CSV files: the delimiter is looked up in the headings, the text must be UTF-8.

A clean file is read in one pass of the parser; lines, fields and quotes are only looked at closely
when the quick count does not add up.
"""

from __future__ import annotations

import csv
import mmap
import re
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import polars as pl

from vatra.sources.csv_parse import Opening, parse
from vatra.sources.csv_records import Bytes, Counts, Records, hash_and_count, records
from vatra.sources.encodings import wrong_encoding
from vatra.sources.headings import Headings, match
from vatra.sources.limits import Limits
from vatra.sources.raw import Dialect, Raw, declared_styles, no_rows
from vatra.sources.totals import HINTS, take_out
from vatra.tables import Finding, Table, has_errors
from vatra.tables.numbers import Style

SUFFIXES = (".csv", ".tsv", ".txt")
DELIMITERS = (",", ";", "\t", "|")
HEADING_BYTES = 65_536
LINES_KEPT = 100
_BLANKS = [" ", "\t", "\u00a0", "\n", "\r"]
_BOM = b"\xef\xbb\xbf"
# The parser would unpack these by itself, whatever the name of the file says.
_PACKED = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")


def read(path: Path, table: Table, limits: Limits, numbers: Style | None = None) -> Raw:
    """Read a CSV file that passed the gate; see ``vatra.sources.read``."""
    styles = declared_styles(table, numbers)
    with path.open("rb") as file, _mapped(file.fileno()) as data:
        size = len(data)
        opening = open_headings(data, path.name)
        delimiter, body = (
            (",", 0) if isinstance(opening, Finding) else (opening.delimiter, opening.body)
        )
        with ThreadPoolExecutor(1) as beside:
            walking = beside.submit(hash_and_count, path, body, delimiter)
            if isinstance(opening, Finding):
                evidence_id, _ = walking.result()
                return Raw(no_rows(), path.name, evidence_id, size, [opening], numbers=styles)
            dialect = Dialect(opening.delimiter, "UTF-8")
            headings = match(opening.headings, table, path.name, opening.line)
            if has_errors(headings.findings):
                frame, findings = no_rows(), list(headings.findings)
            else:
                frame, findings = _rows(path, data, opening, headings, table, walking)
                findings = [*headings.findings, *findings]
            evidence_id, _ = walking.result()
    return Raw(frame, path.name, evidence_id, size, findings, dialect, styles)


@contextmanager
def _mapped(descriptor: int) -> Iterator[mmap.mmap]:
    data = mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ)
    try:
        yield data
    finally:
        data.close()


# The beginning of the file


def open_headings(data: bytes | mmap.mmap, file: str) -> Opening | Finding:
    """Find the headings, the delimiter and where the rows begin; or what stands in the way."""
    head = bytes(data[:HEADING_BYTES])
    if head.startswith(_PACKED):
        return Finding("sources.csv-not-text", "error", file)
    wrong = wrong_encoding(_whole_letters(head), file)
    if wrong is not None:
        return wrong
    start = len(_BOM) if head.startswith(_BOM) else 0
    line = 1
    declared = ""
    while True:
        end = _record_end(head, start)
        text = head[start:end].decode("utf-8").strip("\r\n")
        if text.casefold().startswith("sep=") and len(text) == 5:
            declared = text[4]
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
    delimiter = declared if declared in DELIMITERS else sniff(text)
    headings = next(csv.reader([text], delimiter=delimiter), [])
    body_line = line + head.count(b"\n", start, end)
    return Opening(delimiter, tuple(headings), end, line, body_line)


def _whole_letters(head: bytes) -> bytes:
    """The head without a letter cut in two at its end."""
    if len(head) < HEADING_BYTES:
        return head
    for cut in range(4):
        piece = head[: len(head) - cut]
        try:
            piece[-8:].decode("utf-8") if not cut else piece.decode("utf-8")
        except UnicodeDecodeError:
            continue
        return piece
    return head


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


def sniff(heading_line: str) -> str:
    """The delimiter that parts the headings most often outside quotes; a comma if none does."""
    bare = "".join(heading_line.split('"')[::2])
    best = max(DELIMITERS, key=bare.count)
    return best if bare.count(best) else ","


# The rows below it


def _rows(
    path: Path,
    data: mmap.mmap,
    opening: Opening,
    headings: Headings,
    table: Table,
    walking: Future[tuple[str, Counts]],
) -> tuple[pl.DataFrame, list[Finding]]:
    body: Bytes = np.frombuffer(data, dtype=np.uint8)[opening.body :]
    try:
        try:
            parsed = parse(path, data, opening, headings.names, table)
        except pl.exceptions.PolarsError:
            return no_rows(), _diagnose(body, opening, path.name)
        _, found = walking.result()
        if found.has_nul:
            return no_rows(), [_nul(body, opening, path.name)]
        numbered, findings = _numbered(parsed, found, body, opening, path.name)
    finally:
        # The mapping cannot be closed while an array still looks into it.
        del body
    if has_errors(findings):
        return no_rows(), findings
    named, unnamed = _named(numbered, headings, opening, path.name)
    frame, totals = _tidied(named, table, path.name)
    return frame, [*findings, *unnamed, *totals]


def _numbered(
    parsed: pl.DataFrame, found: Counts, body: Bytes, opening: Opening, file: str
) -> tuple[pl.DataFrame, list[Finding]]:
    """Rows with the line each begins on, blank ones left out, and those with missing fields."""
    width = len(opening.headings)
    if not found.has_quotes and width > 1 and found.delimiters == len(parsed) * (width - 1):
        first = opening.body_line
        line = pl.int_range(first, first + len(parsed), dtype=pl.UInt32, eager=True)
        frame, findings = parsed.with_columns(line.alias("line")), []
    elif not len(body):
        return parsed.with_columns(pl.Series("line", [], pl.UInt32)), []
    else:
        seen = records(body, opening.delimiter, opening.body_line)
        if not seen.closed or len(seen.lines) != len(parsed):
            return no_rows(), _diagnose(body, opening, file)
        findings = _ragged(seen, width, file)
        frame = parsed.with_columns(pl.Series("line", seen.lines, pl.UInt32))
    return _without_blank_rows(frame), findings


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
    found = [name for name, yes in looked.collect().row(0, named=True).items() if yes]
    stripped = [pl.col(name).cast(pl.String).str.strip_chars() for name in found]
    frame = frame.with_columns(pl.when(text != "").then(text).name.keep() for text in stripped)
    enumerated = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.Enum)]
    return take_out(frame, table, [*found, *enumerated], file)


def _suspicious(texts: pl.Expr) -> pl.Expr:
    return texts.str.contains_any([*_BLANKS, *HINTS]) | (texts == "")


def _untidy(texts: pl.Expr) -> pl.Expr:
    return (texts.str.strip_chars() != texts) | (texts == "")


# What is wrong with it


def _diagnose(body: Bytes, opening: Opening, file: str) -> list[Finding]:
    """Why the parser refused: the encoding, the quotes or the number of fields."""
    text = body.tobytes()
    wrong = wrong_encoding(text, file, opening.body_line)
    if wrong is not None:
        return [wrong]
    seen = records(body, opening.delimiter, opening.body_line)
    stray = _stray_quotes(text, opening)
    if stray or not seen.closed:
        lines = stray or [int(seen.lines[-1])]
        return [_at_lines("sources.csv-quotes", lines, file)]
    return _ragged(seen, len(opening.headings), file) or [
        Finding("sources.csv-unreadable", "error", file)
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


def _stray_quotes(text: bytes, opening: Opening) -> list[int]:
    """Lines on which a quote stands inside a value without being doubled."""
    mark = re.escape(opening.delimiter.encode())
    value = rb'(?:"(?:[^"]|"")*"(?=' + mark + rb'|\r?\n|\r?\Z)|[^"' + mark + rb"\n]*)"
    record = re.compile(value + rb"(?:" + mark + value + rb")*\r?(?:\n|\Z)")
    lines, at, line = [], 0, opening.body_line
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


def _nul(body: Bytes, opening: Opening, file: str) -> Finding:
    text = body.tobytes()
    line = opening.body_line + text.count(b"\n", 0, text.index(b"\0"))
    return Finding("sources.csv-nul", "error", file, (line,))


def _at_lines(
    code: str, lines: list[int], file: str, params: dict[str, object] | None = None
) -> Finding:
    return Finding(
        code, "error", file, tuple(lines[:LINES_KEPT]), params=params or {}, line_count=len(lines)
    )
