"""Emissions and energy as tables print them: by year, stage and sector."""

from __future__ import annotations

from dataclasses import dataclass, field

from vatra.linter.grid import Cell, Column, Grid, Row
from vatra.linter.places import Place, Places

# A use whose carrier is not understood keeps its sector from being computed.
UNKNOWN_CARRIER = "?"
Key = tuple[int | None, str]
Singles = dict[tuple[int | None, str, str], list[Cell]]


@dataclass(eq=False)
class EmissionSeries:
    """Emissions of one year and stage in one table: by sector, and in total."""

    grid: Grid
    year: int | None
    stage: str
    sectors: dict[str, Cell] = field(default_factory=dict)
    scopes: dict[tuple[str, str], Cell] = field(default_factory=dict)
    total: Cell | None = None


@dataclass(eq=False)
class EnergySeries:
    """Energy of one year and stage in one table, by sector and carrier."""

    grid: Grid
    year: int | None
    stage: str
    uses: dict[tuple[str, str], list[Cell]] = field(default_factory=dict)
    sector_totals: dict[str, Cell] = field(default_factory=dict)

    @property
    def sectors(self) -> list[str]:
        """The sectors the table tells apart, in its order."""
        return list(dict.fromkeys(sector for sector, _ in self.uses))

    def of(self, sector: str) -> dict[str, list[Cell]]:
        """The cells of a sector by carrier."""
        return {carrier: cells for (each, carrier), cells in self.uses.items() if each == sector}


def emission_series(places: Places, grid: Grid) -> list[EmissionSeries]:
    series: dict[tuple[int | None, str], EmissionSeries] = {}
    singles: dict[tuple[int | None, str, str], list[Cell]] = {}
    rows, repeated = _sector_rows(grid)
    heads = {row.says.text for row in rows if row.says.exact_sector}
    for row in rows:
        below = row.section.text in heads and not row.says.sector
        if grid.found and (row.says.sink or below):
            continue
        for column, cell in zip(grid.columns, row.cells, strict=True):
            if column.percent or not cell.given or column.says.part or column.says.memo:
                continue
            place = places.place(grid, row, column)
            if place.gas in ("CH4", "N2O"):
                continue
            each = series.setdefault(
                (place.year, place.stage), EmissionSeries(grid, place.year, place.stage)
            )
            _file(each, place, column, cell, singles)
    _file_singles(series, singles)
    for each in series.values():
        for sector in repeated:
            each.sectors.pop(sector, None)
    return list(series.values())


def _file(
    each: EmissionSeries,
    place: Place,
    column: Column,
    cell: Cell,
    singles: dict[tuple[int | None, str, str], list[Cell]],
) -> None:
    if place.total_row or (place.total_column and not place.sector):
        if place.total_row and (place.total_column or not column.role):
            each.total = cell
        return
    if not place.sector:
        return
    if place.scope in ("1", "2", "3"):
        each.scopes.setdefault((place.sector, place.scope), cell)
    if place.total_column:
        each.sectors.setdefault(place.sector, cell)
    elif not place.scope:
        singles.setdefault((place.year, place.stage, place.sector), []).append(cell)


def _file_singles(
    series: dict[tuple[int | None, str], EmissionSeries],
    singles: dict[tuple[int | None, str, str], list[Cell]],
) -> None:
    """A sector with one plain cell and no total column: that cell is its total."""
    for (year, stage, sector), cells in singles.items():
        each = series[year, stage]
        if sector not in each.sectors and len(cells) == 1:
            each.sectors[sector] = cells[0]


def gap_series(places: Places, grid: Grid) -> list[EmissionSeries]:
    found = []
    for role, stage in (("baseline", "base"), ("residual", "after_measures")):
        column = grid.by_role(role)
        if column is None:
            continue
        year = column.says.year or (places.base_year if stage == "base" else None)
        each = EmissionSeries(grid, year or places.year_of_stage(stage), stage)
        for row in grid.rows:
            cell = grid.cell(row, column)
            if not cell.given or row.says.subtotal or row.says.memo or row.says.part:
                continue
            if row.says.total:
                each.total = cell
            elif row.says.sector:
                each.sectors.setdefault(row.says.sector, cell)
        found.append(each)
    return found


def energy_series(places: Places, grid: Grid) -> list[EnergySeries]:
    series: dict[tuple[int | None, str], EnergySeries] = {}
    rows = _sector_rows(grid)[0]
    headed = {row.section.text for row in rows if row.says.carrier and row.section.text}
    for row in rows:
        # A row above its own carriers only sums them.
        if row.sums or (row.says.text in headed and not row.says.carrier):
            continue
        for column, cell in zip(grid.columns, row.cells, strict=True):
            if column.percent or not cell.given or column.says.part or column.says.memo:
                continue
            if column.says.subtotal:
                continue
            if cell.unit is not None and cell.unit.quantity != "energy":
                continue
            place = places.place(grid, row, column)
            each = series.setdefault(
                (place.year, place.stage), EnergySeries(grid, place.year, place.stage)
            )
            if place.total_column:
                each.sector_totals.setdefault(place.sector, cell)
            else:
                # A use whose carrier is not understood keeps its sector from being computed.
                carrier = place.carrier or UNKNOWN_CARRIER
                each.uses.setdefault((place.sector, carrier), []).append(cell)
    return [each for each in series.values() if each.uses or each.sector_totals]


def _sector_rows(grid: Grid) -> tuple[list[Row], set[str]]:
    """Rows that count for their sector, and the sectors that several rows still share.

    Where one row bears the sector's very name, the others of the sector are parts of it.
    """
    rows = [row for row in grid.rows if not (row.says.memo or row.says.part or row.says.subtotal)]
    by_sector: dict[str, list[Row]] = {}
    for row in rows:
        if row.says.sector and not row.says.total and not (grid.found and row.says.sink):
            by_sector.setdefault(row.says.sector, []).append(row)
    repeated: set[str] = set()
    for sector, members in by_sector.items():
        exact = [row for row in members if row.says.exact_sector]
        if len(members) > 1 and len(exact) == 1:
            rows = [row for row in rows if row not in members or row is exact[0]]
        elif len(members) > 1:
            repeated.add(sector)
    return rows, repeated
