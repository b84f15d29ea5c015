"""Rows of a table that a converter left as plain lines between its pipe rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vatra.linter.files.blocks import Text
from vatra.linter.files.captions import is_caption
from vatra.linter.files.cells import is_data

LONGEST_LINE = 140
LONGEST_SECTION = 60
MOST_LINES = 4
FEWEST_NUMBERS = 2
_ENDS_SENTENCE = re.compile(r"[.:;!?]$")


def row_of(line: str, like: Sequence[str]) -> list[str] | None:
    """A line of a label and numbers as cells of the columns that the row ``like`` fills.

    None where the numbers do not fit those columns one by one: where a blank cell stood can not
    be told.
    """
    words = line.split()
    if len(line) > LONGEST_LINE or not words:
        return None
    start = len(words)
    while start and is_data(words[start - 1]):
        start -= 1
    label, numbers = " ".join(words[:start]), words[start:]
    if len(numbers) < FEWEST_NUMBERS or not re.search(r"[^\W\d_]{2}", label):
        return None
    columns = data_columns(like)
    if len(columns) != len(numbers) or is_caption(Text(line)):
        return None
    cells = [""] * len(like)
    cells[_label_column(like)] = label
    for column, number in zip(columns, numbers, strict=True):
        cells[column] = number
    return cells


def section_of(line: str, like: Sequence[str]) -> list[str] | None:
    """A short line of words between two rows as a row of its label alone."""
    text = line.strip()
    if (
        len(text) > LONGEST_SECTION
        or _ENDS_SENTENCE.search(text)
        or any(map(is_data, text.split()))
    ):
        return None
    if is_caption(Text(text)):
        return None
    cells = [""] * len(like)
    cells[_label_column(like)] = text
    return cells


def data_columns(row: Sequence[str]) -> list[int]:
    """The columns in which a row holds numbers or marks for none."""
    return [at for at, cell in enumerate(row) if at and is_data(cell)]


def _label_column(row: Sequence[str]) -> int:
    return next((at for at, cell in enumerate(row) if cell and not is_data(cell)), 0)
