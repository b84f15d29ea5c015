"""A CSV file changed cell by cell: every byte that is not part of a changed cell stays.

Quotes, order, line ends, blank lines, columns that no table knows and the mark at the beginning of
the file are kept as they were written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vatra.sources.csv_file import open_headings
from vatra.tables import Finding

# By line of the file (the first is 1) and position among its columns (the first is 0).
Place = tuple[int, int]
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
    spans: Mapping[int, tuple[tuple[int, int], ...]]

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
        spans = self.spans[line]
        row = self.text[spans[0][0] : spans[-1][1]]
        if '"' not in row:
            return row.split(self.delimiter)
        return [value_of(self.text[start:end]) for start, end in spans]

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


def _spans(
    text: str, body: int, first_line: int, delimiter: str
) -> dict[int, tuple[tuple[int, int], ...]]:
    mark = re.escape(delimiter)
    value = re.compile(rf'"(?:[^"]|"")*"|[^{mark}\r\n"]*(?:"[^{mark}\r\n]*)?')
    found: dict[int, tuple[tuple[int, int], ...]] = {}
    at, line = body, first_line
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        row = text[at:stop].removesuffix("\r")
        if '"' not in row and "\r" not in row:
            # Nearly every row of a large file: what stands between two delimiters is a value.
            if delimiter in row or row.strip():
                found[line] = _plain_spans(row, at, delimiter)
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
            found[line] = tuple(spans)
        # Whatever a value of strange quotes leaves of its line belongs to no cell.
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop + 1
        line += text.count("\n", start, stop)
        at = stop
    return found


def _plain_spans(row: str, at: int, delimiter: str) -> tuple[tuple[int, int], ...]:
    spans = []
    for value in row.split(delimiter):
        end = at + len(value)
        spans.append((at, end))
        at = end + len(delimiter)
    return tuple(spans)


def value_of(text: str) -> str:
    """A value without the quotes around it."""
    return text[1:-1].replace('""', '"') if len(text) > 1 and text[0] == text[-1] == '"' else text
