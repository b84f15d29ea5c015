"""Rows on their way out: a table as CSV whose texts no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

import polars as pl

# A spreadsheet runs what begins like this; the wide forms are taken for the plain ones in some.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Where lists are parted by semicolons, as in Romania, a spreadsheet that opens a file with commas
# begins a cell after each semicolon, tab and line break, whatever quotes stand around them.
_INNER = re.compile(
    r"(?<=[;\t\r\n])(?=[=+\-@＝＋－＠])(?![+-]?\d[\d.,]*([eE][+-]?\d+)?%?(?:[;\t\r\n]|$))"
)
_NUMBER = re.compile(r"[+-]?\d[\d.,]*([eE][+-]?\d+)?%?")


def safe_cell(text: str) -> str:
    """A text that a spreadsheet shows and does not run: ``=1+1`` becomes ``'=1+1``.

    A text that is a number, such as ``-12.5``, runs nothing and is left alone.
    """
    if text.startswith(_FORMULA_STARTS) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


def write_csv(rows: pl.DataFrame | Iterable[Sequence[object]], headings: Sequence[str]) -> str:
    """Write rows as CSV with comma and line feed, UTF-8 once encoded.

    Numbers are written with a decimal point and no grouping, None as nothing, every text through
    ``safe_cell``.
    """
    listed = rows.iter_rows() if isinstance(rows, pl.DataFrame) else rows
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([safe_cell(heading) for heading in headings])
    writer.writerows([_cell(value) for value in row] for row in listed)
    return out.getvalue()


def shown_csv(rows: pl.DataFrame | Iterable[Sequence[object]], headings: Sequence[str]) -> str:
    """``write_csv`` for people to open: no cell begins a formula where a spreadsheet splits texts.

    ``a;=1+1`` becomes ``a;'=1+1``; tables that are read back are written by ``write_csv``.
    """
    listed = rows.iter_rows() if isinstance(rows, pl.DataFrame) else rows
    return write_csv(
        ([_unsplit(value) for value in row] for row in listed),
        [_INNER.sub("'", h) for h in headings],
    )


def _unsplit(value: object) -> object:
    return _INNER.sub("'", value) if isinstance(value, str) else value


def _cell(value: object) -> object:
    if value is None or isinstance(value, int | float):
        return value
    return safe_cell(str(value))
