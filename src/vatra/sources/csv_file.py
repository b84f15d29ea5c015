"""CSV files: the delimiter is looked up in the headings, the text must be UTF-8.

A clean file is read in one pass of the parser; lines, fields and quotes are only looked at closely
when the quick count does not add up.
"""

from __future__ import annotations

import csv
import hashlib
import mmap
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from vatra.sources.csv_records import Bytes, Counts, Records, counts, records
from vatra.sources.encodings import wrong_encoding
from vatra.sources.headings import Headings, match
from vatra.sources.limits import Limits
from vatra.sources.raw import Dialect, Raw, declared_styles, no_rows
from vatra.sources.totals import take_out
from vatra.tables import Finding, Table, has_errors
from vatra.tables.numbers import Style

SUFFIXES = (".csv", ".tsv", ".txt")
DELIMITERS = (",", ";", "\t", "|")
HEADING_BYTES = 65_536
LINES_KEPT = 100
_BOM = b"\xef\xbb\xbf"
# The parser would unpack these by itself, whatever the name of the file says.
_PACKED = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")


@dataclass(frozen=True)
class Opening:
    """The beginning of a CSV file.

    ``delimiter``; ``headings`` as written; ``body`` offset in bytes of the first row below them;
    ``line`` of the headings, ``body_line`` line the body begins on.
    """

    delimiter: str
    headings: tuple[str, ...]
    body: int
    line: int
    body_line: int


def read(path: Path, table: Table, limits: Limits, numbers: Style | None = None) -> Raw:
    """Read a CSV file that passed the gate; see ``vatra.sources.read``."""
    with path.open("rb") as file, _mapped(file.fileno()) as data:
        with ThreadPoolExecutor(1) as beside:
            hashing = beside.submit(lambda: hashlib.sha256(data).hexdigest())
            frame, findings, dialect = _read(path, data, table)
            evidence_id = hashing.result()
        return Raw(
            frame,
            path.name,
            evidence_id,
            len(data),
            findings,
            dialect,
            declared_styles(table, numbers),
        )


@contextmanager
def _mapped(descriptor: int) -> Iterator[mmap.mmap]:
    data = mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ)
    try:
        yield data
    finally:
        data.close()


def _read(path: Path, data: mmap.mmap, table: Table) -> tuple[pl.DataFrame, list[Finding], Dialect]:
    opening = open_headings(data, path.name)
    if isinstance(opening, Finding):
        return no_rows(), [opening], Dialect()
    dialect = Dialect(opening.delimiter, "UTF-8")
    headings = match(opening.headings, table, path.name, opening.line)
    if has_errors(headings.findings):
        return no_rows(), headings.findings, dialect
    frame, findings = _rows(path, data, opening, headings)
    if not has_errors(findings):
        frame, totals = take_out(frame, table, path.name)
        findings = [*findings, *totals]
    return frame, [*headings.findings, *findings], dialect


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
    path: Path, data: mmap.mmap, opening: Opening, headings: Headings
) -> tuple[pl.DataFrame, list[Finding]]:
    body: Bytes = np.frombuffer(data, dtype=np.uint8)[opening.body :]
    try:
        with ThreadPoolExecutor(1) as beside:
            counting = beside.submit(counts, body, opening.delimiter)
            try:
                parsed = _parse(path, opening)
            except pl.exceptions.PolarsError:
                return no_rows(), _diagnose(body, opening, path.name)
            found = counting.result()
        if found.has_nul:
            return no_rows(), [_nul(body, opening, path.name)]
        frame, findings = _numbered(parsed, found, body, opening, path.name)
        kept, unnamed = _named(frame, headings, opening, path.name)
        return _tidied(kept, found), [*findings, *unnamed]
    finally:
        # The mapping cannot be closed while an array still looks into it.
        del body


def _parse(path: Path, opening: Opening) -> pl.DataFrame:
    """All columns as texts, named by position."""
    parsed = pl.read_csv(
        path,
        separator=opening.delimiter,
        skip_lines=opening.line - 1,
        infer_schema=False,
        glob=False,
    )
    if parsed.width != len(opening.headings):
        raise pl.exceptions.ShapeError("the parser sees other headings")
    parsed.columns = [str(index) for index in range(parsed.width)]
    return parsed


def _numbered(
    parsed: pl.DataFrame, found: Counts, body: Bytes, opening: Opening, file: str
) -> tuple[pl.DataFrame, list[Finding]]:
    """Rows with the line each begins on, blank ones left out, and those with missing fields."""
    width = len(opening.headings)
    if not found.has_quotes and width > 1 and found.delimiters == len(parsed) * (width - 1):
        line = pl.int_range(len(parsed), dtype=pl.UInt32, eager=True) + opening.body_line
        return parsed.with_columns(line.alias("line")), []
    seen = records(body, opening.delimiter, opening.body_line)
    if not len(body):
        return parsed.with_columns(pl.Series("line", [], pl.UInt32)), []
    if not seen.closed or len(seen.lines) != len(parsed):
        return no_rows(), _diagnose(body, opening, file)
    findings = _ragged(seen, width, file)
    frame = parsed.with_columns(pl.Series("line", seen.lines, pl.UInt32))
    filled = pl.any_horizontal((pl.exclude("line").str.strip_chars() != "").fill_null(False))
    return frame.filter(filled), findings


def _named(
    frame: pl.DataFrame, headings: Headings, opening: Opening, file: str
) -> tuple[pl.DataFrame, list[Finding]]:
    """Only the columns the table knows, under its names; values below a blank heading are said."""
    if frame.width == 1:
        return frame, []
    findings = [
        Finding(
            "sources.heading-blank",
            "warning",
            file,
            (opening.line,),
            params={"position": position + 1},
        )
        for position in headings.blank
        if frame.get_column(str(position)).null_count() < len(frame)
    ]
    names = {str(at): name for at, name in enumerate(headings.names) if name is not None}
    return frame.select(*names, "line").rename(names), findings


def _tidied(frame: pl.DataFrame, found: Counts) -> pl.DataFrame:
    """Values without surrounding spaces; nothing but spaces is nothing."""
    if not (found.has_edge_spaces or found.has_quotes):
        return frame
    texts = pl.exclude("line").str.strip_chars()
    return frame.with_columns(pl.when(texts != "").then(texts).name.keep())


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
