"""Columns and rows a file has too many of: blank ones, and halves of one merged column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vatra.linter.files.blocks import Cell, RawTable, blank
from vatra.linter.files.cells import is_data
from vatra.linter.files.heads import Head


def with_rows(raw: RawTable, kept: Sequence[int]) -> RawTable:
    """The table with some of its rows only."""
    if len(kept) == len(raw.rows):
        return raw
    moved = {old: new for new, old in enumerate(kept)}
    spans = None
    if raw.spans is not None:
        spans = {
            (moved[row], column): (sum(at in moved for at in range(row, row + height)), width)
            for (row, column), (height, width) in raw.spans.items()
            if row in moved
        }
    return replace(
        raw,
        rows=[raw.rows[at] for at in kept],
        places=[raw.places[at] for at in kept],
        spans=spans,
        head_count=sum(at < raw.head_count for at in kept),
    )


def with_columns(raw: RawTable, kept: Sequence[int]) -> RawTable:
    """The table with some of its columns only; merged cells shrink with them."""
    if raw.rows and len(kept) == len(raw.rows[0]):
        return raw
    spans = None
    if raw.spans is not None:
        spans = {}
        for (row, column), (height, width) in raw.spans.items():
            left = [at for at in kept if column <= at < column + width]
            if left:
                spans[row, kept.index(left[0])] = (height, len(left))
    return replace(raw, rows=[[row[at] for at in kept] for row in raw.rows], spans=spans)


def without_blank(raw: RawTable) -> RawTable:
    """The table without columns in which nothing stands."""
    if not raw.rows:
        return raw
    width = len(raw.rows[0])
    kept = [at for at in range(width) if any(not blank(row[at]) for row in raw.rows)]
    return with_columns(raw, kept)


def merged(raw: RawTable, head: Head) -> tuple[RawTable, Head]:
    """Halves of one column joined: the heading stands over one of them, the numbers in the other.

    Converters leave such halves where a cell above or below was merged. Two columns are joined
    when one of them has no heading and no row fills both.
    """
    names = list(head.columns)
    body = [list(row) for row in raw.rows[head.count :]]
    at = 1
    while at < len(names) and body:
        other = _other_half(names, body, at)
        if other is None:
            at += 1
            continue
        left, right = min(at, other), max(at, other)
        for row in body:
            row[left] = row[left] if not blank(row[left]) else row[right]
            row.pop(right)
        names[left] = names[left] or names[right]
        names.pop(right)
        at = max(left, 1)
    kept = range(len(names))
    top = [list(row)[: len(names)] for row in raw.rows[: head.count]]
    spans = raw.spans if len(names) == len(head.columns) else {} if raw.spans is not None else None
    if not kept:
        return raw, head
    return replace(raw, rows=[*top, *body], spans=spans), Head(names, head.count)


def _other_half(names: Sequence[str], body: Sequence[Sequence[Cell]], at: int) -> int | None:
    """The neighbour that a column without a heading belongs to."""
    if names[at] or not any(names):
        return None
    for other in (at - 1, at + 1):
        if other < 1 or other >= len(names) or not names[other]:
            continue
        both = any(not blank(row[at]) and not blank(row[other]) for row in body)
        if not both and _alike(body, at, other):
            return other
    return None


def _alike(body: Sequence[Sequence[Cell]], one: int, other: int) -> bool:
    """Whether both columns hold figures, or one of them nothing."""
    kinds = []
    for at in (one, other):
        cells = [row[at] for row in body if not blank(row[at])]
        figures = sum(is_data(cell) for cell in cells)
        kinds.append("" if not cells else "figures" if 2 * figures >= len(cells) else "words")
    return "" in kinds or kinds[0] == kinds[1]
