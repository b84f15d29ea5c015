"""Pipe rows set right: shifted ones under merged cells, and several tables in one."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from vatra.linter.files.blocks import Block, Cell, RawTable, Text, blank
from vatra.linter.files.cells import is_data, text_of
from vatra.linter.files.columns import with_rows
from vatra.linter.files.labels import form_key

# Rows at the top among which headings are merged.
HEAD_ROWS = 4
NO_VALUE = ("NaN", "nan", "None", "NaT", "<NA>")


def shifted(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Rows of one width; a row that misses the cells merged from above stands at the right.

    Converters that do not know merged cells leave them out of all rows but the first.
    """
    width = max((len(row) for row in rows), default=0)
    found: list[list[str]] = []
    for row in rows:
        cells = ["" if cell in NO_VALUE else cell for cell in row]
        missing = width - len(cells)
        before = missing if missing and found and _is_shifted(cells, missing, found) else 0
        found.append([""] * before + cells + [""] * (missing - before))
    return found


def _is_shifted(cells: Sequence[str], missing: int, above: Sequence[Sequence[str]]) -> bool:
    last = above[-1]
    if not any(map(is_data, cells)):
        if form_key(cells[0]):
            return not form_key(last[0])
        grouped = any(cell and not after for cell, after in itertools.pairwise(last[1:]))
        return len(above) < HEAD_ROWS and grouped and bool(last[0]) and all(cells)
    like = next((row for row in reversed(above) if any(map(is_data, row))), None)
    if like is None:
        return False
    return _fit(cells, like[missing:]) > _fit(cells, like)


def _fit(cells: Sequence[str], like: Sequence[str]) -> int:
    """In how many cells a row holds figures or words where the other does."""
    pairs = zip(cells, like, strict=False)
    return sum(is_data(cell) == is_data(other) for cell, other in pairs if cell and other)


def parts(raw: RawTable) -> list[Block]:
    """A table that blank rows part, as a sheet written out whole: its tables and the texts."""
    bands: list[list[int]] = [[]]
    for at, row in enumerate(raw.rows):
        if all(map(blank, row)):
            bands.append([])
        else:
            bands[-1].append(at)
    bands = [band for band in bands if band]
    if len(bands) < 2:
        return [raw]
    found: list[Block] = []
    for band in bands:
        rows = [raw.rows[at] for at in band]
        if all(_filled(row) <= 1 for row in rows):
            found += [
                Text(_only(row), raw.places[at], bold=True)
                for at, row in zip(band, rows, strict=True)
            ]
        else:
            part = with_rows(raw, band)
            found.append(replace(part, place=part.places[0]))
    return found


def _filled(row: Sequence[Cell]) -> int:
    return sum(not blank(cell) for cell in row)


def _only(row: Sequence[Cell]) -> str:
    return next(text_of(cell) for cell in row if not blank(cell))
