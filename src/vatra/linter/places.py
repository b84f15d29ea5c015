"""What a cell is about: gathered from its row, its column, its section, its table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from vatra.linter import headings
from vatra.linter.document import Document
from vatra.linter.grid import Column, Grid, Row, texts_of
from vatra.linter.headings import Says
from vatra.linter.statements import base_years


@dataclass(frozen=True)
class Place:
    """What a cell is about, gathered from its row, its column, its section and its table."""

    sector: str = ""
    carrier: str = ""
    scope: str = ""
    year: int | None = None
    stage: str = ""
    gas: str = ""
    total_row: bool = False
    total_column: bool = False


@dataclass
class Places:
    """The years and places of a document's tables."""

    document: Document
    grids: Sequence[Grid]

    @cached_property
    def base_year(self) -> int | None:
        """The base year, if the document or one of its tables says it."""
        if self.document.base_year is not None:
            return self.document.base_year
        for grid in self.grids:
            if grid.table.base_year is not None:
                return grid.table.base_year
        said = next((year for grid in self.grids if (year := _base_year_said(grid))), None)
        told = base_years(self.document.passages)
        return said or (told.pop() if len(told) == 1 else self._only_year())

    def _only_year(self) -> int | None:
        """The year of the gap table, else the one year the inventory tables are of."""
        for grid in _of_kind(self.grids, "emission_gap"):
            if grid.table.year is not None:
                return grid.table.year
        stated = {
            grid.table.year or grid.title.year
            for grid in _of_kind(self.grids, "emissions", "energy")
            if grid.table.stage in ("", "base")
        } - {None, self.document.target_year}
        return stated.pop() if len(stated) == 1 else None

    def place(self, grid: Grid, row: Row, column: Column) -> Place:
        """What the cell of a row and a column is about."""
        sources = [row.says, column.says, row.section, grid.title]
        sector_text = texts_of(row, "measure", "sector")
        carrier_text = texts_of(row, "factor", "carrier")
        year_text = texts_of(row, "factor", "year")
        scope_text = texts_of(row, "factor", "scope")
        if sector_text:
            sources.insert(0, Says(sector=headings.read(sector_text).sector))
        if carrier_text:
            sources.insert(0, Says(carrier=headings.read(carrier_text).carrier))
        own_year = int(year_text) if re.fullmatch(r"\d{4}", year_text) else None
        stage = next((each.stage for each in sources if each.stage), "") or grid.table.stage
        return Place(
            sector=next((each.sector for each in sources if each.sector), ""),
            carrier=next((each.carrier for each in sources if each.carrier), ""),
            scope=_scope(scope_text) or next((each.scope for each in sources if each.scope), ""),
            year=own_year
            or next((each.year for each in sources[:-1] if each.year), None)
            or grid.table.year
            or grid.title.year
            or self.year_of_stage(stage),
            stage=stage,
            gas=column.says.gas or row.says.gas,
            total_row=row.says.total,
            total_column=column.says.total or column.role == "total",
        )

    def year_of_stage(self, stage: str) -> int | None:
        """The document's year of a stage, None where it states none."""
        if stage == "base":
            return self.document.base_year
        return self.document.target_year if stage else None


def _of_kind(grids: Iterable[Grid], *kinds: str) -> list[Grid]:
    return [grid for grid in grids if grid.kind in kinds]


def _scope(text: str) -> str:
    found = re.search(r"[123]", text)
    return found[0] if found else ""


def _base_year_said(grid: Grid) -> int | None:
    """The year in a heading or title that speaks of the base year."""
    says: Iterable[Says] = [grid.title, *(column.says for column in grid.columns)]
    rows = [row.says for row in grid.rows] if grid.sideways else []
    for each in [*says, *rows]:
        if each.year and headings.has_phrase(each.folded, "role", "baseline"):
            return each.year
    return None
