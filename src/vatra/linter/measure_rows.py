"""Measures as the rows of a contract print them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from vatra.linter import headings
from vatra.linter.grid import Cell, Grid, Row, texts_of
from vatra.tables.vocabulary import SECTORS


@dataclass(eq=False)
class Measure:
    """One measure as its row prints it."""

    grid: Grid
    row: Row
    sectors: tuple[str, ...]
    cost: Cell | None
    tonnes: Cell | None
    cost_per_tonne: Cell | None
    energy: dict[str, list[Cell]]
    tonnes_by_sector: dict[str, Cell] = field(default_factory=dict)


def measure(grid: Grid, row: Row) -> Measure:
    energy: dict[str, list[Cell]] = {}
    by_sector: dict[str, Cell] = {}
    for column, cell in zip(grid.columns, row.cells, strict=True):
        if column.role == "energy" and column.says.carrier and not column.says.total:
            energy.setdefault(column.says.carrier, []).append(cell)
        if column.role == "tonnes" and column.says.sector and cell.given:
            by_sector[column.says.sector] = cell
    return Measure(
        grid,
        row,
        _sectors_of(row),
        _first(grid, row, "cost"),
        _first(grid, row, "tonnes"),
        _first(grid, row, "cost_per_tonne"),
        energy,
        by_sector,
    )


def _first(grid: Grid, row: Row, role: str) -> Cell | None:
    """The cell of a role; the total one where several columns share the role."""
    columns = [column for column in grid.columns if column.role == role and not column.percent]
    plain = [column for column in columns if not column.says.sector] or columns
    totals = [column for column in plain if "total" in column.says.folded.split("_")]
    chosen = totals or plain
    return grid.cell(row, chosen[0]) if chosen else None


def _sectors_of(row: Row) -> tuple[str, ...]:
    """The sectors a measure names in its sector column, else those of the section it stands in.

    Its field of action is not asked: industry and energy share one.
    """
    found = sectors_in(texts_of(row, "measure", "sector"))
    return found or ((row.section.sector,) if row.section.sector else ())


def sectors_in(text: str) -> tuple[str, ...]:
    """All sectors a text names, in the order of the contract's tables."""
    if not text:
        return ()
    parts = [part for part in re.split(r"[,;/+&]| and | și | si ", text) if part.strip()]
    found = {headings.read(part.strip()).sector for part in parts}
    whole = headings.read(text).sector
    return tuple(sector for sector in SECTORS if sector in (found or {whole}))
