"""HTML tables, alone or inside Markdown, with cells merged over rows and columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from vatra.linter.files.blocks import RawTable, squared
from vatra.linter.files.inline import plain

# Beyond these no printed table lies; a file that claims more only wants memory.
MOST_SPANNED = 200
MOST_CELLS = 200_000
_OPEN_TAGS = ("tr", "td", "th")


@dataclass
class _Cell:
    text: list[str] = field(default_factory=list)
    columns: int = 1
    rows: int = 1
    heading: bool = False


@dataclass
class _Table:
    line: int
    rows: list[list[_Cell]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    in_head: list[bool] = field(default_factory=list)
    caption: list[str] = field(default_factory=list)
    head: bool = False
    text: list[str] | None = None


def read(html: str, first_line: int) -> list[RawTable]:
    """All tables of a piece of HTML, an inner one after the one that holds it."""
    parser = _Parser(first_line)
    parser.feed(html)
    parser.close()
    while parser.stack:
        parser.handle_endtag("table")
    ordered = sorted(parser.done, key=lambda each: each.line)
    return [raw for each in ordered if (raw := _raw(each)) is not None]


class _Parser(HTMLParser):
    def __init__(self, first_line: int) -> None:
        super().__init__(convert_charrefs=False)
        self.first_line = first_line
        self.stack: list[_Table] = []
        self.done: list[_Table] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.first_line + self.getpos()[0] - 1
        if tag == "table":
            self.stack.append(_Table(line))
            return
        table = self.stack[-1] if self.stack else None
        if table is None:
            return
        if tag == "tr":
            self._row(table, line)
        elif tag in ("td", "th"):
            self._cell(table, tag, dict(attrs), line)
        elif tag == "thead":
            table.head = True
        elif tag == "caption":
            table.text = table.caption
        elif table.text is not None:
            table.text.append(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _OPEN_TAGS:
            self.handle_starttag(tag, attrs)
        else:
            self._add(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if not self.stack:
            return
        table = self.stack[-1]
        if tag == "table":
            self.done.append(self.stack.pop())
        elif tag == "thead":
            table.head = False
        elif tag in ("td", "th", "caption", "tr"):
            table.text = None
        else:
            self._add(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._add(" ".join(data.split("\n")))

    def handle_entityref(self, name: str) -> None:
        self._add(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._add(f"&#{name};")

    def _add(self, text: str) -> None:
        if self.stack and self.stack[-1].text is not None:
            self.stack[-1].text.append(text)

    @staticmethod
    def _row(table: _Table, line: int) -> None:
        table.rows.append([])
        table.lines.append(line)
        table.in_head.append(table.head)
        table.text = None

    def _cell(self, table: _Table, tag: str, attrs: dict[str, str | None], line: int) -> None:
        if not table.rows:
            self._row(table, line)
        columns, rows = _span(attrs.get("colspan")), _span(attrs.get("rowspan"))
        cell = _Cell(columns=columns, rows=rows, heading=tag == "th")
        table.rows[-1].append(cell)
        table.text = cell.text


def _span(value: str | None) -> int:
    text = (value or "").strip().strip("\"'")
    return max(1, min(MOST_SPANNED, int(text))) if text.isascii() and text.isdigit() else 1


def _raw(table: _Table) -> RawTable | None:
    placed: list[dict[int, str]] = [{} for _ in table.rows]
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            height = min(cell.rows, len(table.rows) - row)
            if len(taken) + height * cell.columns > MOST_CELLS:
                break
            taken |= {(row + y, column + x) for y in range(height) for x in range(cell.columns)}
            placed[row][column] = plain("".join(cell.text))
            if height > 1 or cell.columns > 1:
                spans[row, column] = (height, cell.columns)
            column += cell.columns
    width = max((column + 1 for _, column in taken), default=0)
    if not width:
        return None
    rows = [[row.get(column, "") for column in range(width)] for row in placed]
    places = [f"line {line}" for line in table.lines]
    caption = " ".join(plain("".join(table.caption)).split())
    head_count = _head_count(table)
    return squared(
        rows, places, f"line {table.line}", spans=spans, head_count=head_count, title=caption
    )


def _head_count(table: _Table) -> int:
    """The rows at the top that the file marks as headings; a column of headings is none."""
    count = 0
    for cells, in_head in zip(table.rows, table.in_head, strict=True):
        if not in_head and not (cells and all(cell.heading for cell in cells)):
            break
        count += 1
    return count if count < len(table.rows) else 0
