"""A printed table read back: headings matched, every cell exact, all faults at once."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from vatra.faces.face import Face
from vatra.faces.fields import Cell, Field
from vatra.faces.formats.grid import Grid
from vatra.tables import Finding, fold

LINES_KEPT = 100


def read_part(
    face: Face, part: str, grid: Grid | None, file: str
) -> tuple[pl.DataFrame, list[Finding]]:
    """The exact frame of one table, and everything that is wrong with it."""
    fields = [each for each in face.parts[part] if each.kind != "label"]
    empty = pl.DataFrame({each.name: pl.Series(each.name, [], each.dtype) for each in fields})
    if grid is None:
        params: dict[str, object] = {"table": part, "face": face.name}
        return empty, [Finding("faces.table-missing", "error", file, params=params)]
    places = _places(face, fields, grid.headings)
    missing = [each.heading_in(face.name, "en") for each in fields if each.name not in places]
    if missing:
        params = {"columns": missing, "face": face.name}
        return empty, [Finding("faces.columns-missing", "error", file, params=params)]
    rows = [(at, row) for at, row in enumerate(grid.rows, grid.first_line) if any_cell(row)]
    findings: list[Finding] = []
    columns = [_column(each, places[each.name], rows, file, findings) for each in fields]
    return pl.DataFrame(columns), findings


def any_cell(row: Sequence[Cell]) -> bool:
    """Whether a row holds anything."""
    return any(cell is not None and cell != "" for cell in row)


def _places(face: Face, fields: list[Field], headings: Sequence[str]) -> dict[str, int]:
    """Position of each column, found by name or heading in any language."""
    folded = [fold(heading) for heading in headings]
    places: dict[str, int] = {}
    for each in fields:
        spellings = each.spellings(face.name)
        at = next((at for at, heading in enumerate(folded) if heading in spellings), None)
        if at is not None:
            places[each.name] = at
    return places


def _column(
    each: Field,
    at: int,
    rows: list[tuple[int, Sequence[Cell]]],
    file: str,
    findings: list[Finding],
) -> pl.Series:
    values: list[object] = []
    wrong: dict[str, list[int]] = {}
    for line, row in rows:
        cell = row[at] if at < len(row) else None
        try:
            values.append(each.parsed(cell))
        except ValueError:
            values.append(None)
            wrong.setdefault(str(cell), []).append(line)
    for value, lines in wrong.items():
        params = {"value": value, "column": each.name}
        shown = tuple(lines[:LINES_KEPT])
        findings.append(
            Finding("faces.cell-wrong", "error", file, shown, each.name, params, len(lines))
        )
    return pl.Series(each.name, values, each.dtype, strict=False)
