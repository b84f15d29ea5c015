"""CSV with comma and line feed, a decimal point and no grouping."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from decimal import Decimal

from vatra.faces.escape import quoted, unquoted
from vatra.faces.fields import Cell
from vatra.faces.formats.grid import Grid
from vatra.sources.encodings import wrong_encoding
from vatra.tables import Finding, FindingsError

# Spreadsheets take a file for UTF-8 by its first three bytes, and ș for something else without.
ENCODING = "utf-8-sig"


def write(grids: Mapping[str, Grid], facts: Mapping[str, str]) -> bytes:
    """One table as CSV; ``facts`` have no place in it, the last column says what must be said."""
    (grid,) = grids.values()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([quoted(heading) for heading in grid.headings])
    writer.writerows([_text(cell) for cell in row] for row in grid.rows)
    return out.getvalue().encode(ENCODING)


def read(data: bytes, file: str) -> Mapping[str, Grid]:
    """The one table of a CSV file; all cells are texts."""
    wrong = wrong_encoding(data, file)
    if wrong is not None:
        raise FindingsError([wrong])
    text = data.decode(ENCODING)
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error:
        raise FindingsError([Finding("faces.csv-not", "error", file)]) from None
    headings = [unquoted(cell) for cell in rows[0]] if rows else []
    body = [[unquoted(cell) or None for cell in row] for row in rows[1:] if row]
    return {"": Grid("", headings, body)}


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return quoted(cell)
    return format(cell, "f") if isinstance(cell, Decimal) else repr(cell)
