"""Which rows of a table are headings, and what each column is called by all of them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from vatra.linter.files.blocks import Cell, RawTable, blank
from vatra.linter.files.cells import (
    heading_text,
    is_data,
    is_ordinal,
    is_unit,
    is_year,
    numbers_columns,
    text_of,
)

MOST_HEAD_ROWS = 5
JOINT = " / "
_UNIT_LABEL = re.compile(r"(?:unit|u\.?m\.?\b|\(|\[)", re.IGNORECASE)
_CONTINUES = re.compile(r"[a-zăâîșț(\[&/%]")
# Names that converters give to columns that have none.
_INVENTED = re.compile(r"(?:Col(?:umn)?[ _]?\d+|Unnamed: ?\d+(?:_level_\d+)?|Column\d+)")


@dataclass(frozen=True)
class Head:
    """``columns`` what the columns are called, ``count`` how many rows at the top say so."""

    columns: list[str]
    count: int


def without_invented(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows, the first one without the names a converter made up for columns."""
    if not rows:
        return []
    first = ["" if _INVENTED.fullmatch(cell.strip()) else cell for cell in rows[0]]
    return [first, *(list(row) for row in rows[1:])]


def count_rows(raw: RawTable) -> int:
    """How many rows at the top are headings; 0 where the first row holds data already."""
    rows = raw.rows
    if not rows or _holds_data(rows[0]):
        return 0
    count = max(1, _declared(raw))
    while count < min(len(rows) - 1, MOST_HEAD_ROWS) and _goes_on(raw, count):
        count += 1
    return count


def _declared(raw: RawTable) -> int:
    count = 0
    while count < min(raw.head_count, len(raw.rows) - 1) and not _holds_data(raw.rows[count]):
        count += 1
    return count


def _holds_data(row: Sequence[Cell]) -> bool:
    texts = [text_of(cell) for cell in row]
    if numbers_columns(texts) or all(is_unit(text) or not text for text in texts[1:]):
        return False
    return any(is_data(cell) for cell in row[1:])


def _goes_on(raw: RawTable, at: int) -> bool:
    """Whether the row after ``at`` heading rows is a heading as well."""
    above, row = raw.rows[at - 1], raw.rows[at]
    texts = [text_of(cell) for cell in row]
    filled = [text for text in texts[1:] if text]
    if not filled:
        return False
    own_label = texts[0] and texts[0] != text_of(above[0]) and not _UNIT_LABEL.match(texts[0])
    if numbers_columns(texts) or (not own_label and all(map(_is_note, filled))):
        return True
    if any(is_data(cell) for cell in row[1:]):
        return False
    if all(map(is_year, filled)) and len(filled) > 1:
        own = texts[0] and not is_unit(texts[0])
        return not own or _covers(raw, at) or _repeats(above)
    if _covers(raw, at):
        return True
    if not _groups(raw, at - 1) and (_leaves_open(above, row) or _repeats(above)):
        return True
    goes_on = [text for text in (texts if texts[0] else texts[1:]) if text]
    return not texts[0] and all(_CONTINUES.match(text) for text in goes_on)


def _is_note(text: str) -> bool:
    return is_unit(text) or is_ordinal(text) or text.strip("()[]").lower() in _NOTES


_NOTES = {
    "absolute", "percentage", "percent", "absolut", "absolută", "procent", "procentual", "%",
    "value", "valoare", "share", "pondere", "amount", "abs.", "abs", "absolute value",
}  # fmt: skip


def _covers(raw: RawTable, at: int) -> bool:
    """Whether a merged cell of the heading above reaches over this row or groups its columns."""
    for (row, column), (height, width) in (raw.spans or {}).items():
        if row < at < row + height:
            return True
        if row == at - 1 and width > 1 and column + width <= len(raw.rows[at]) and column > 0:
            below = raw.rows[at][column : column + width]
            if sum(not blank(cell) for cell in below) > 1:
                return True
    return False


def _groups(raw: RawTable, at: int) -> bool:
    """Whether the file itself says that a heading of this row stands over several columns."""
    return any(row == at and width > 1 for (row, _), (_, width) in (raw.spans or {}).items())


def _leaves_open(above: Sequence[Cell], row: Sequence[Cell]) -> bool:
    """Whether the row fills columns that the one above leaves open, as under a merged cell."""
    opened = [
        place
        for place, (high, low) in enumerate(zip(above, row, strict=True))
        if place and blank(high) and not blank(low)
    ]
    alike = blank(row[0]) or blank(above[0]) or text_of(row[0]) == text_of(above[0])
    return bool(opened) and alike


def _repeats(row: Sequence[Cell]) -> bool:
    """Whether neighbours hold the same text, as converters write a merged cell."""
    texts = [text_of(cell) for cell in row]
    return any(text and text == following for text, following in itertools.pairwise(texts[1:]))


def read(raw: RawTable) -> Head:
    """The name of every column, its headings joined from the top down."""
    count = count_rows(raw)
    width = len(raw.rows[0]) if raw.rows else 0
    rows = [[heading_text(cell) for cell in row] for row in raw.rows[:count]]
    kept = [
        _spread(raw, rows, at) for at, row in enumerate(rows) if at == 0 or not numbers_columns(row)
    ]
    columns = [_joined([row[place] for row in kept]) for place in range(width)]
    return Head(columns, count)


def _spread(raw: RawTable, rows: list[list[str]], at: int) -> list[str]:
    """A heading row in which a merged heading stands over every column it covers."""
    row = list(rows[at])
    if raw.spans is not None:
        row = _declared_spread(raw, rows, at)
        if _groups(raw, at):
            return row
    below = rows[at + 1] if at + 1 < len(rows) else None
    if below is None or len([text for text in row[1:] if text]) == 0:
        return row
    groups = [place for place, text in enumerate(row) if text and place]
    opened = [place for place, text in enumerate(row) if not text and place and below[place]]
    if not opened or not groups:
        return row
    if min(opened) < min(groups):
        return _centred(row, groups, [place for place in range(1, len(row)) if below[place]])
    current = 0
    for place in range(1, len(row)):
        if at and rows[at - 1][place]:
            # Another group begins in the row above: what stands to the left ends here.
            current = 0
        if row[place]:
            current = place if below[place] or _sub_open(row, below, place) else 0
        elif below[place] and current:
            row[place] = row[current]
    return row


def _sub_open(row: list[str], below: list[str], place: int) -> bool:
    """A group whose own column is left open below still groups the columns to its right."""
    return place + 1 < len(row) and not row[place + 1] and bool(below[place + 1])


def _centred(row: list[str], groups: list[int], columns: list[int]) -> list[str]:
    """Group headings that a converter put in the middle of the columns they stand over."""
    size, rest = divmod(len(columns), len(groups))
    if rest:
        return row
    parts = [columns[start : start + size] for start in range(0, len(columns), size)]
    if any(group not in part for group, part in zip(groups, parts, strict=True)):
        return row
    spread = list(row)
    for group, part in zip(groups, parts, strict=True):
        for place in part:
            spread[place] = row[group]
    return spread


def _declared_spread(raw: RawTable, rows: list[list[str]], at: int) -> list[str]:
    row = list(rows[at])
    for (top, left), (height, width) in (raw.spans or {}).items():
        if top <= at < top + height and top < len(rows):
            for place in range(left, min(left + width, len(row))):
                row[place] = row[place] or rows[top][left]
    return row


def _joined(texts: Sequence[str]) -> str:
    found: list[str] = []
    for text in texts:
        if not text or (found and text == found[-1]):
            continue
        if found and _broken(found[-1], text):
            found[-1] += " " + text
        else:
            found.append(text)
    return JOINT.join(found)


def _broken(above: str, text: str) -> bool:
    """Whether a heading only goes on in the next row: ``Baseline`` / ``emissions``."""
    if text[0] not in "([" and is_unit(text):
        return False
    return bool(_CONTINUES.match(text)) and not above.endswith((":", ")"))
