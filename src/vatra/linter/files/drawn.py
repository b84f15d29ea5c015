"""Tables drawn with signs: grids of ``+---+`` and columns under dashes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from vatra.linter.files.blocks import RawTable, squared
from vatra.linter.files.inline import plain

_BORDER = re.compile(r"\s*\+(?:[-=:]{2,}\+)+\s*")
_DASHES = re.compile(r"\s*-{2,}(?:\s+-{2,})+\s*")
_FULL_RULE = re.compile(r"\s*-{8,}\s*")
_MOST_HEADING_LINES = 8


def starts_grid(lines: Sequence[str], at: int) -> bool:
    """Whether a grid of ``+---+`` and ``|`` begins at a line."""
    return (
        bool(_BORDER.fullmatch(lines[at]))
        and at + 1 < len(lines)
        and lines[at + 1].lstrip().startswith(("|", "+"))
    )


def read_grid(lines: Sequence[str], at: int) -> tuple[RawTable | None, int]:
    """The grid table from a line on and the line after it."""
    end = at
    while end < len(lines) and lines[end].lstrip().startswith(("|", "+")):
        end += 1
    indent = len(lines[at]) - len(lines[at].lstrip())
    drawn = [line[indent:].rstrip() for line in lines[at:end]]
    edges = sorted({x for line in drawn for x, sign in enumerate(line) if sign == "+"})
    if len(edges) < 2:
        return None, end
    width = edges[-1] + 1
    return _Drawing([line.ljust(width) for line in drawn], edges, at + 1).table(), end


class _Drawing:
    """Lines of a grid; a border missing under or beside a cell merges it with its neighbour."""

    def __init__(self, lines: list[str], edges: list[int], first_line: int) -> None:
        self.lines, self.edges, self.first_line = lines, edges, first_line
        self.columns = list(range(len(edges) - 1))

    def table(self) -> RawTable | None:
        borders = [at for at in range(len(self.lines)) if self._any_border(at)]
        rows: list[list[list[str]]] = []
        places: list[str] = []
        head_count = 0
        for above, below in itertools.pairwise(borders):
            if below - above < 2:
                continue
            cells = [self._cell(above + 1, below, column) for column in self.columns]
            for column in self.columns:
                if rows and not self._is_border(above, column) and cells[column]:
                    self._origin(rows, column).extend(cells[column])
                    cells[column] = []
            rows.append(cells)
            places.append(f"line {self.first_line + above + 1}")
            if "=" in self.lines[below] and not head_count:
                head_count = len(rows)
        if not rows:
            return None
        texts = [[plain("<br>".join(cell)) for cell in row] for row in rows]
        head_count = head_count if head_count < len(rows) else 0
        return squared(texts, places, f"line {self.first_line}", head_count=head_count)

    @staticmethod
    def _origin(rows: list[list[list[str]]], column: int) -> list[str]:
        return next((row[column] for row in reversed(rows) if row[column]), rows[-1][column])

    def _is_border(self, at: int, column: int) -> bool:
        part = self.lines[at][self.edges[column] + 1 : self.edges[column + 1]]
        return bool(part) and set(part) <= set("-=:+") and len(part.strip(":")) > 0

    def _any_border(self, at: int) -> bool:
        return "+" in self.lines[at] and any(self._is_border(at, each) for each in self.columns)

    def _cell(self, start: int, end: int, column: int) -> list[str]:
        """The text lines of a cell; those of a merged one stand in its first column."""
        found = []
        for line in self.lines[start:end]:
            left, right = self.edges[column], self.edges[column + 1]
            if line[left] not in "|+":
                continue
            last = column + 1
            while last < len(self.edges) - 1 and line[self.edges[last]] not in "|+":
                last += 1
            right = self.edges[last]
            if text := line[left + 1 : right].strip():
                found.append(text)
        return found


def dashes_ahead(lines: Sequence[str], at: int) -> int:
    """The line of the dashes that head columns of a table beginning here, or -1."""
    start = at + 1 if _FULL_RULE.fullmatch(lines[at]) else at
    for place in range(start, min(start + _MOST_HEADING_LINES, len(lines))):
        if _DASHES.fullmatch(lines[place]):
            return place
        if not lines[place].strip():
            return -1
    return -1


def read_dashes(lines: Sequence[str], at: int, dashes: int) -> tuple[RawTable | None, int]:
    """The table whose columns stand under dashes, and the line after it."""
    ruled = bool(_FULL_RULE.fullmatch(lines[at]))
    starts = [found.start() for found in re.finditer(r"-{2,}", lines[dashes])]
    head_lines = lines[at + ruled : dashes]
    rows: list[list[list[str]]] = []
    places: list[str] = []
    if head_lines:
        rows.append(_stacked(head_lines, starts))
        places.append(f"line {at + ruled + 1}")
    end, open_row = dashes + 1, False
    while end < len(lines):
        line = lines[end]
        if _FULL_RULE.fullmatch(line) or _DASHES.fullmatch(line):
            end += 1
            break
        if not line.strip():
            if not ruled:
                break
            open_row = False
        elif ruled and open_row:
            _append(rows[-1], _slices(line, starts))
        else:
            rows.append([[part] if part else [] for part in _slices(line, starts)])
            places.append(f"line {end + 1}")
            open_row = True
        end += 1
    if len(rows) < 2:
        return None, end
    texts = [[plain("<br>".join(cell)) for cell in row] for row in rows]
    return squared(texts, places, places[0], head_count=1 if head_lines else 0), end


def _stacked(lines: Sequence[str], starts: list[int]) -> list[list[str]]:
    cells: list[list[str]] = [[] for _ in starts]
    for line in lines:
        _append(cells, _slices(line, starts))
    return cells


def _append(cells: list[list[str]], parts: list[str]) -> None:
    for cell, part in zip(cells, parts, strict=True):
        if part:
            cell.append(part)


def _slices(line: str, starts: list[int]) -> list[str]:
    ends = [*starts[1:], max(len(line), starts[-1])]
    return [line[start:end].strip() for start, end in zip(starts, ends, strict=True)]
