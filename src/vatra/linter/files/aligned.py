"""Tables without rules: words that stand in columns, on a page or in text of even width."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from vatra.linter.files.blocks import RawTable, squared
from vatra.linter.files.cells import is_data

FEWEST_LINES = 3
FEWEST_COLUMNS = 2
MOST_SINGLES = 2


@dataclass(frozen=True)
class Segment:
    """Words that stand together; ``left`` and ``right`` in points or signs."""

    left: float
    right: float
    text: str


@dataclass(frozen=True)
class Line:
    """A line of segments, from left to right, and where it stands."""

    segments: tuple[Segment, ...]
    place: str


def in_text(lines: Sequence[str], at: int) -> tuple[RawTable | None, int]:
    """The table of columns held apart by spaces from a line on, and the line after it."""
    end = at
    while end < len(lines) and lines[end].strip() and "|" not in lines[end]:
        end += 1
    found = [
        Line(
            tuple(
                Segment(each.start(), each.end(), each[0])
                for each in re.finditer(r"\S+(?:\s\S+)*", lines[place])
            ),
            f"line {place + 1}",
        )
        for place in range(at, end)
    ]
    table = table_of(found)
    return table, end if table is not None else at


def table_of(lines: Sequence[Line]) -> RawTable | None:
    """The lines as a table; None when their segments make no columns of figures."""
    if len(lines) < FEWEST_LINES:
        return None
    columns = _columns(lines)
    if columns is None:
        return None
    rows = [_row(line, columns) for line in lines]
    figures = [sum(is_data(row[at]) for row in rows) * 2 >= len(rows) for at in range(len(columns))]
    if not any(figures[1:]):
        return None
    return squared(rows, [line.place for line in lines], lines[0].place)


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]] | None:
    """From where to where each column reaches, by the lines that have as many cells as most."""
    counts = Counter(len(line.segments) for line in lines if len(line.segments) >= FEWEST_COLUMNS)
    if not counts:
        return None
    width = max(counts, key=lambda count: (counts[count], count))
    full = [line for line in lines if len(line.segments) == width]
    if len(full) < FEWEST_LINES or 2 * len(full) < len(lines):
        return None
    columns = [
        (
            min(line.segments[at].left for line in full),
            max(line.segments[at].right for line in full),
        )
        for at in range(width)
    ]
    if any(first[1] > second[0] for first, second in itertools.pairwise(columns)):
        return None
    return columns


def _row(line: Line, columns: Sequence[tuple[float, float]]) -> list[str]:
    cells: list[list[str]] = [[] for _ in columns]
    for segment in line.segments:
        cells[_nearest(segment, columns)].append(segment.text)
    return [" ".join(cell) for cell in cells]


def _nearest(segment: Segment, columns: Sequence[tuple[float, float]]) -> int:
    """The column a segment overlaps most, else the one it is nearest to."""

    def overlap(at: int) -> float:
        left, right = columns[at]
        return min(segment.right, right) - max(segment.left, left)

    return max(range(len(columns)), key=lambda at: (overlap(at), -at))
