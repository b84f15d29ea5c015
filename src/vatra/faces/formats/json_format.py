"""JSON: facts, then per table its columns and rows. Numbers that a float cannot hold are texts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from vatra.faces.fields import Cell
from vatra.faces.formats.grid import Grid
from vatra.faces.formats.numbers import as_number
from vatra.tables import Finding, FindingsError


def write(grids: Mapping[str, Grid], facts: Mapping[str, str]) -> bytes:
    """All tables of a face as one JSON document."""
    tables = {
        part: {
            "title": grid.title,
            "columns": list(grid.headings),
            "rows": [[_plain(cell) for cell in row] for row in grid.rows],
        }
        for part, grid in grids.items()
    }
    text = json.dumps({**facts, "tables": tables}, ensure_ascii=False, indent=1)
    return (text + "\n").encode("utf-8")


def read(data: bytes, file: str) -> Mapping[str, Grid]:
    """The tables of such a document; decimals as written."""
    try:
        found = json.loads(data, parse_float=Decimal)
        tables = found["tables"]
        return {
            part: Grid(table.get("title", ""), _texts(table["columns"]), _rows(table["rows"]))
            for part, table in tables.items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise FindingsError([Finding("faces.json-not", "error", file)]) from None


def _texts(columns: Any) -> list[str]:
    return [str(column) for column in columns]


def _rows(rows: Any) -> list[list[Cell]]:
    return [[_cell(cell) for cell in row] for row in rows]


def _cell(cell: Any) -> Cell:
    if cell is None or (isinstance(cell, str | int | Decimal) and not isinstance(cell, bool)):
        return cell
    raise TypeError(cell)


def _plain(cell: Cell) -> str | int | float | None:
    return as_number(cell) if isinstance(cell, Decimal | int) else cell
