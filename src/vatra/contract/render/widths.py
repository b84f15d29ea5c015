"""How wide each column of a table stands on paper, so that no table leaves its page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from vatra.contract.charts.canvas import wrapped
from vatra.contract.charts.table import RenderedTable
from vatra.contract.charts.typeface import SEMIBOLD, text_width
from vatra.words import Language

SIZES_PT = (8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
# Smaller than this only where a table would not fit at all.
READABLE_PT = 7.0
PADDING_PT = 8.0
# A text beside a number needs air: the one ends where the other begins.
AFTER_NUMBER_PT = 10.0
# A word longer than this may be broken; a hash may not, it is compared character by character.
LONGEST_WORD_PT = 130.0
UNBROKEN = ("sha256",)
# Saving a line in ten is worth smaller letters.
LINES_SAVED = 1.1
_BREAK = "\u200b"


@dataclass(frozen=True)
class Fit:
    """Size of the letters, width of each column and room at its left [pt].

    The widths add up to the page's.
    """

    size_pt: float
    widths_pt: tuple[float, ...]
    left_pt: tuple[float, ...]
    line_count: int


@dataclass(frozen=True)
class HeadingGroup:
    """Neighbouring columns of one title, each with its unit."""

    title: str
    units: tuple[str, ...]
    number: bool


def heading_groups(table: RenderedTable) -> list[HeadingGroup]:
    """Headings of a table, columns of one title (absolute and per cent) taken together."""
    groups = []
    for title, columns in groupby(table.columns, key=lambda column: column.title):
        listed = list(columns)
        units = tuple(column.unit for column in listed)
        groups.append(HeadingGroup(title, units, listed[0].kind == "number"))
    return groups


def fit(table: RenderedTable, lang: Language, available_pt: float) -> Fit:
    """The largest readable size that wraps about as little as any."""
    texts = table.texts(lang)
    fits = [_fit_at(size, table, texts, available_pt) for size in SIZES_PT]
    possible = [each for each in fits if each is not None]
    if not possible:
        return _squeezed(table, texts, available_pt)
    readable = [each for each in possible if each.size_pt >= READABLE_PT] or possible[:1]
    fewest = min(each.line_count for each in readable)
    return next(each for each in readable if each.line_count <= fewest * LINES_SAVED)


def breakable(text: str, size_pt: float) -> str:
    """The text with places to break in words that are wider than a column may be."""
    return " ".join(
        _broken(word, size_pt) if text_width(word, size_pt) > LONGEST_WORD_PT else word
        for word in text.split(" ")
    )


def _broken(word: str, size_pt: float) -> str:
    """Breaks after a slash or a low line, and within what is still too long."""
    pieces = []
    for piece in re.split(r"(?<=[/_.])", word):
        if text_width(piece, size_pt) > LONGEST_WORD_PT:
            pieces += [piece[i : i + 12] for i in range(0, len(piece), 12)]
        else:
            pieces.append(piece)
    return _BREAK.join(piece for piece in pieces if piece)


def _fit_at(
    size: float, table: RenderedTable, texts: Sequence[Sequence[str]], available: float
) -> Fit | None:
    """Widths at a size, or None when not even the longest words fit."""
    least = _all_least(table, texts, size)
    if sum(least) > available:
        return None
    natural = [max(_natural(table, texts, i, size), least[i]) for i in range(len(table.columns))]
    usual = [_usual(texts, i, size) for i in range(len(table.columns))]
    widths = _shared(least, usual, natural, available)
    lines = sum(
        max(
            len(wrapped(cell, max(width - PADDING_PT - left, 1), size))
            for cell, width, left in zip(row, widths, _lefts(table), strict=True)
        )
        for row in texts
    )
    return Fit(size, widths, _lefts(table), lines)


def _squeezed(table: RenderedTable, texts: Sequence[Sequence[str]], available: float) -> Fit:
    """A table of too many columns at the smallest size, every column giving way alike."""
    least = _all_least(table, texts, SIZES_PT[-1])
    widths = tuple(round(width * available / sum(least), 2) for width in least)
    return Fit(SIZES_PT[-1], widths, _lefts(table), len(texts))


def _lefts(table: RenderedTable) -> tuple[float, ...]:
    kinds = [column.kind for column in table.columns]
    return tuple(
        AFTER_NUMBER_PT if i and kinds[i] == "text" and kinds[i - 1] == "number" else 0.0
        for i in range(len(kinds))
    )


def _all_least(table: RenderedTable, texts: Sequence[Sequence[str]], size: float) -> list[float]:
    return [_least(table, texts, i, size) + left for i, left in enumerate(_lefts(table))]


def _least(table: RenderedTable, texts: Sequence[Sequence[str]], i: int, size: float) -> float:
    """Width of the longest word of a column, its heading shared with columns of one title."""
    column = table.columns[i]
    sharing = sum(each.title == column.title for each in table.columns)
    heading = max((text_width(w, size, SEMIBOLD) for w in _words(column.title)), default=0)
    unit = text_width(column.unit, size)
    cells = [
        _number_width(row[i], size)
        if column.kind == "number"
        else max((text_width(w, size, SEMIBOLD) for w in _words(row[i])), default=0)
        for row in texts
    ]
    widest = max([heading / sharing, unit, *cells])
    if column.kind == "text" and column.key not in UNBROKEN:
        widest = min(widest, LONGEST_WORD_PT)
    return widest + PADDING_PT


def _natural(table: RenderedTable, texts: Sequence[Sequence[str]], i: int, size: float) -> float:
    column = table.columns[i]
    heading = text_width(column.title, size, SEMIBOLD) if column.kind == "text" else 0
    cells = (text_width(row[i], size, SEMIBOLD) for row in texts)
    return max(heading, *cells, 0.0) + PADDING_PT


def _number_width(text: str, size: float) -> float:
    """Width of a number in figures of one width, which are as wide as a zero."""
    return text_width(re.sub(r"\d", "0", text), size, SEMIBOLD)


def _words(text: str) -> list[str]:
    """Words as they are set: a long one may break after a slash or a hyphen."""
    if len(text) <= 14:
        return [text]
    return re.sub(r"(?<=[/-])", " ", text).split()


def _usual(texts: Sequence[Sequence[str]], i: int, size: float) -> float:
    """Width that the cells of a column usually want: the root mean square of what they hold."""
    squares = [text_width(row[i], size) ** 2 for row in texts if row[i]]
    return (sum(squares) / len(squares)) ** 0.5 + PADDING_PT if squares else 0.0


def _shared(
    least: Sequence[float], usual: Sequence[float], natural: Sequence[float], available: float
) -> tuple[float, ...]:
    """Room beyond the least goes to what cells usually want, then to the longest, then to all.

    One long cell so takes more lines instead of the room of every other column.
    """
    widths = list(least)
    for wanted in (usual, natural):
        room = available - sum(widths)
        missing = [max(want - width, 0.0) for want, width in zip(wanted, widths, strict=True)]
        share = min(1.0, room / sum(missing)) if sum(missing) > 0 else 0.0
        widths = [width + lack * share for width, lack in zip(widths, missing, strict=True)]
    rest = (available - sum(widths)) / len(widths)
    return tuple(round(width + rest, 2) for width in widths)
