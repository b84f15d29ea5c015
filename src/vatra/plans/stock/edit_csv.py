"""A CSV file changed cell by cell: every byte that is not part of a changed cell stays.

Quotes, order, line ends, blank lines, columns that no table knows and the mark at the beginning of
the file are kept as they were written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from vatra.sources.csv_file import open_headings
from vatra.tables import Finding

# By line of the file (the first is 1) and position among its columns (the first is 0).
Place = tuple[int, int]
Span = tuple[int, int]
_BREAKS = "\r\n"


@dataclass(frozen=True)
class CsvText:
    """The text of a CSV file and where each value stands in it.

    ``headings`` as written; ``spans`` by line, the beginning and end of each value, quotes
    included; ``heading_end`` where the heading line's last value ends; ``newline`` as the file has
    it.
    """

    text: str
    delimiter: str
    newline: str
    headings: tuple[str, ...]
    heading_end: int
    spans: Mapping[int, tuple[Span, ...]]

    def with_cells(self, changes: Mapping[Place, str], added: Sequence[str] = ()) -> bytes:
        """The file with some values changed, and with columns ``added`` at the right end.

        Positions beyond the headings are those of the added columns. Raises ``KeyError`` for
        a line that holds no row.
        """
        width = len(self.headings)
        edits: list[tuple[int, int, str]] = []
        for (line, position), value in changes.items():
            if position < width:
                start, end = self.spans[line][position]
                edits.append((start, end, self.written(value, self.text[start:end])))
        if added:
            edits.append((self.heading_end, self.heading_end, self._more(added)))
            for line, spans in self.spans.items():
                more = [changes.get((line, width + n), "") for n in range(len(added))]
                edits.append((spans[-1][1], spans[-1][1], self._more(more)))
        return self._spliced(edits)

    def with_rows(self, rows: Sequence[Sequence[str]]) -> bytes:
        """The file with rows at its end, whatever ends its last line."""
        body = self.text
        if body and body[-1] not in _BREAKS:
            body += self.newline
        for row in rows:
            body += self.delimiter.join(self.written(value) for value in row) + self.newline
        return body.encode("utf-8")

    def values(self, line: int) -> list[str]:
        """The values of a row, without the quotes around them."""
        row = self.row(line)
        if '"' not in row:
            return row.split(self.delimiter)
        return [value_of(self.text[start:end]) for start, end in self.spans[line]]

    def row(self, line: int) -> str:
        """A row as it is written, from its first value to the end of its last."""
        if isinstance(self.spans, Spans):
            start, end = self.spans.whole(line)
        else:
            start, end = self.spans[line][0][0], self.spans[line][-1][1]
        return self.text[start:end]

    def written(self, value: str, before: str = "") -> str:
        """A value as it stands in the file: quoted where it must be, or where it was before."""
        needs = any(mark in value for mark in (self.delimiter, '"', "\r", "\n"))
        if needs or (before.startswith('"') and value):
            return '"' + value.replace('"', '""') + '"'
        return value

    def _more(self, values: Sequence[str]) -> str:
        return "".join(self.delimiter + self.written(each) for each in values)

    def _spliced(self, edits: Sequence[tuple[int, int, str]]) -> bytes:
        pieces, at = [], 0
        for start, end, value in sorted(edits, key=lambda each: each[:2]):
            pieces += [self.text[at:start], value]
            at = end
        return "".join([*pieces, self.text[at:]]).encode("utf-8")


class Spans(Mapping[int, tuple[Span, ...]]):
    """Where the values of each row stand; those of a plain row are found when asked for."""

    def __init__(self, text: str, delimiter: str) -> None:
        self._text, self._delimiter = text, delimiter
        self._plain: dict[int, Span] = {}
        self._quoted: dict[int, tuple[Span, ...]] = {}

    def put_plain(self, line: int, start: int, end: int) -> None:
        """A row in which what stands between two delimiters is a value."""
        self._plain[line] = (start, end)

    def put(self, line: int, spans: Sequence[Span]) -> None:
        """Any other row."""
        self._quoted[line] = tuple(spans)

    def whole(self, line: int) -> Span:
        """Where a row begins and ends."""
        if line in self._plain:
            return self._plain[line]
        spans = self._quoted[line]
        return spans[0][0], spans[-1][1]

    def __getitem__(self, line: int) -> tuple[Span, ...]:
        if line in self._quoted:
            return self._quoted[line]
        start, end = self._plain[line]
        return _plain_spans(self._text[start:end], start, self._delimiter)

    def __iter__(self) -> Iterator[int]:
        if not self._quoted:
            return iter(self._plain)
        return iter(sorted((*self._plain, *self._quoted)))

    def __len__(self) -> int:
        return len(self._plain) + len(self._quoted)


def csv_text(data: bytes, file: str) -> CsvText | Finding:
    """Find every value of a file that was read without errors; or what stands in the way."""
    opening = open_headings(data, file)
    if isinstance(opening, Finding):
        return opening
    text = data.decode("utf-8")
    body = len(data[: opening.body].decode("utf-8"))
    heading_end = body - (len(text[:body]) - len(text[:body].rstrip(_BREAKS)))
    newline = "\r\n" if text[:body].endswith("\r\n") else "\n"
    return CsvText(
        text, opening.delimiter, newline, opening.headings, heading_end,
        _spans(text, body, opening.body_line, opening.delimiter),
    )  # fmt: skip


def _spans(text: str, body: int, first_line: int, delimiter: str) -> Spans:
    if '"' not in text[body:] and text.count("\r", body) == text.count("\r\n", body):
        return _plain_rows(text, body, first_line, delimiter)
    mark = re.escape(delimiter)
    value = re.compile(rf'"(?:[^"]|"")*"|[^{mark}\r\n"]*(?:"[^{mark}\r\n]*)?')
    found = Spans(text, delimiter)
    at, line = body, first_line
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        row = text[at:stop].removesuffix("\r")
        if '"' not in row and "\r" not in row:
            # Nearly every row of a large file: what stands between two delimiters is a value.
            if delimiter in row or row.strip():
                found.put_plain(line, at, at + len(row))
            at, line = stop + 1, line + 1
            continue
        spans = []
        start = at
        while True:
            match = value.match(text, at)
            end = match.end() if match else at
            spans.append((at, end))
            at = end
            if not text.startswith(delimiter, at):
                break
            at += len(delimiter)
        blank = len(spans) == 1 and not text[start:at].strip()
        if not blank:
            found.put(line, spans)
        # Whatever a value of strange quotes leaves of its line belongs to no cell.
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop + 1
        line += text.count("\n", start, stop)
        at = stop
    return found


def _plain_rows(text: str, body: int, first_line: int, delimiter: str) -> Spans:
    """A file without quotes: each of its lines is a row or blank."""
    found, at = Spans(text, delimiter), body
    for line, whole in enumerate(text[body:].split("\n"), first_line):
        row = whole.removesuffix("\r")
        if row.strip() or delimiter in row:
            found.put_plain(line, at, at + len(row))
        at += len(whole) + 1
    return found


def _plain_spans(row: str, at: int, delimiter: str) -> tuple[Span, ...]:
    spans = []
    for value in row.split(delimiter):
        end = at + len(value)
        spans.append((at, end))
        at = end + len(delimiter)
    return tuple(spans)


def value_of(text: str) -> str:
    """A value without the quotes around it."""
    return text[1:-1].replace('""', '"') if len(text) > 1 and text[0] == text[-1] == '"' else text
