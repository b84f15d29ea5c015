"""Rows of a workbook's sheet that hold anything, with their lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vatra.sources.limits import MOST_SHEET_LINES
from vatra.tables import Finding, FindingsError


def filled_rows(sheet: Any, file: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Line and values of each row of an openpyxl sheet that was opened to be read only.

    Rows with formats and no value are passed over. Raises ``FindingsError`` for a sheet that names
    a line which no workbook has: the reader would make up all rows before it.
    """
    # What a sheet says of its own size is often wrong: rows would be lost.
    sheet.reset_dimensions()
    for line, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if line > MOST_SHEET_LINES:
            params = {"sheet": sheet.title, "most": MOST_SHEET_LINES}
            raise FindingsError([Finding("sources.sheet-too-long", "error", file, params=params)])
        if row.count(None) != len(row):
            yield line, row
