"""New cells put into the bytes of a CSV, a workbook or a GeoJSON; everything else stays."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path

from vatra.plans.stock.edit_csv import csv_text
from vatra.plans.stock.edit_geojson import geo_text
from vatra.plans.stock.edit_value import typed_number
from vatra.plans.stock.edit_xlsx import FormulaError, with_cells
from vatra.sources.headings import match
from vatra.sources.xlsx_file import sheet_of
from vatra.tables import Finding, Table, fold

Cells = Mapping[tuple[int, str], str | None]
Value = str | int | float | None


def with_changes(
    data: bytes, path: Path, table: Table, cells: Cells, *, numeric: Collection[str]
) -> bytes | Finding:
    """A file with some cells changed, by line and column of the table.

    ``numeric`` columns whose cells are numbers where the format knows numbers. A column that the
    file does not have yet is added behind the others.
    """
    suffix = path.suffix.casefold()
    if suffix == ".csv":
        return _csv(data, path.name, table, cells)
    if suffix == ".xlsx":
        return _xlsx(data, path, table, cells, numeric)
    return _geojson(data, table, cells, numeric)


def _csv(data: bytes, file: str, table: Table, cells: Cells) -> bytes | Finding:
    text = csv_text(data, file)
    if isinstance(text, Finding):
        return text
    names = match(text.headings, table, file).names
    at, added = _positions(names, table, cells)
    changes = {(line, at[name]): value or "" for (line, name), value in cells.items()}
    return text.with_cells(changes, added)


def _positions(
    names: tuple[str | None, ...], table: Table, cells: Cells
) -> tuple[dict[str, int], list[str]]:
    """Where each column stands, and the ones that have to be added."""
    at = {name: n for n, name in enumerate(names) if name is not None}
    wanted = {name for _, name in cells}
    added = [each.name for each in table.columns if each.name in wanted - set(at)]
    return at | {name: len(names) + n for n, name in enumerate(added)}, added


def _xlsx(
    data: bytes, path: Path, table: Table, cells: Cells, numeric: Collection[str]
) -> bytes | Finding:
    part, heading_line, headings = sheet_of(path, table)
    at, added = _positions(headings.names, table, cells)
    changes: dict[tuple[int, int], Value] = {
        (line, at[name]): _value(value, name in numeric) for (line, name), value in cells.items()
    }
    changes |= {(heading_line, at[name]): name for name in added}
    try:
        return with_cells(data, part, changes)
    except KeyError as fault:
        params = {"row": str(fault.args[0])}
        return Finding("runs.stock-edit-place", "error", path.name, params=params)
    except FormulaError as fault:
        lines = tuple(sorted({row for row, _ in fault.places}))
        params = {"cells": str(fault)}
        return Finding("runs.stock-edit-formula", "error", path.name, lines[:100], params=params)


def _geojson(data: bytes, table: Table, cells: Cells, numeric: Collection[str]) -> bytes | Finding:
    text = geo_text(data)
    headings = table.headings()
    changes: dict[tuple[int, str], Value] = {}
    for (line, name), value in cells.items():
        held = text.features[line - 1]
        spans = held.spans if held else {}
        own = next((each for each in spans if headings.get(fold(each)) == name), name)
        # A number that was written as a text stays one.
        was = json.loads(text.text[slice(*spans[own])]) if own in spans else None
        changes[line, own] = _value(value, name in numeric and not isinstance(was, str))
    return text.with_values(changes)


def _value(text: str | None, numeric: bool) -> Value:
    number = typed_number(text, "plain") if numeric and text is not None else None
    if number is None:
        return text
    return int(number) if number.is_integer() else number
