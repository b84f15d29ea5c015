"""What a contract's tables say together: emissions, energy, factors and measures by sector."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from vatra.linter import headings
from vatra.linter.document import Document
from vatra.linter.families import Family
from vatra.linter.grid import Cell, Column, Grid, Row, texts_of
from vatra.linter.headings import Says
from vatra.linter.quantities import unit
from vatra.linter.statements import base_years
from vatra.tables.vocabulary import SECTORS

# Carriers whose emissions arise at a power station or boiler house, not in the city's own burners.
GRID_CARRIERS = ("electricity", "electricity_green", "district_heat", "hydrogen")
BIOGENIC_CARRIERS = ("wood", "biogas", "biofuel")
# Carriers that count nothing when a contract gives no factor for them.
FREE_CARRIERS = ("electricity_green",)
UNKNOWN_CARRIER = "?"


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


@dataclass
class Contract:
    """A document as the rules see it; ``repaired`` holds the values that repairs suggest."""

    document: Document
    grids: list[Grid]
    families: Mapping[str, list[Family]]
    repaired: dict[Cell, Decimal] = field(default_factory=dict)

    def of_kind(self, *kinds: str) -> list[Grid]:
        """The tables of some kinds."""
        return [grid for grid in self.grids if grid.kind in kinds]

    def value(self, cell: Cell) -> Decimal:
        """The value of a cell, repaired where a repair is known."""
        return self.repaired.get(cell, cell.value)

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
        for grid in self.of_kind("emission_gap"):
            if grid.table.year is not None:
                return grid.table.year
        stated = {
            grid.table.year or grid.title.year
            for grid in self.of_kind("emissions", "energy")
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
            or self._year_of_stage(stage),
            stage=stage,
            gas=column.says.gas or row.says.gas,
            total_row=row.says.total,
            total_column=column.says.total or column.role == "total",
        )

    def _year_of_stage(self, stage: str) -> int | None:
        if stage == "base":
            return self.document.base_year
        return self.document.target_year if stage else None

    # series

    @cached_property
    def emissions(self) -> list[EmissionSeries]:
        """Every emission series the contract prints, by year and stage."""
        found: list[EmissionSeries] = []
        for grid in self.of_kind("emissions"):
            found += self._emission_series(grid)
        for grid in self.of_kind("emission_gap"):
            found += self._gap_series(grid)
        return found

    def _emission_series(self, grid: Grid) -> list[EmissionSeries]:
        series: dict[tuple[int | None, str], EmissionSeries] = {}
        singles: dict[tuple[int | None, str, str], list[Cell]] = {}
        rows, repeated = _sector_rows(grid)
        for row in rows:
            if grid.found and row.says.sink:
                continue
            for column, cell in zip(grid.columns, row.cells, strict=True):
                if column.percent or not cell.given or column.says.part or column.says.memo:
                    continue
                place = self.place(grid, row, column)
                if place.gas in ("CH4", "N2O"):
                    continue
                each = series.setdefault(
                    (place.year, place.stage), EmissionSeries(grid, place.year, place.stage)
                )
                self._file(each, place, column, cell, singles)
        self._file_singles(series, singles)
        for each in series.values():
            for sector in repeated:
                each.sectors.pop(sector, None)
        return list(series.values())

    def _file(
        self,
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

    @staticmethod
    def _file_singles(
        series: dict[tuple[int | None, str], EmissionSeries],
        singles: dict[tuple[int | None, str, str], list[Cell]],
    ) -> None:
        """A sector with one plain cell and no total column: that cell is its total."""
        for (year, stage, sector), cells in singles.items():
            each = series[year, stage]
            if sector not in each.sectors and len(cells) == 1:
                each.sectors[sector] = cells[0]

    def _gap_series(self, grid: Grid) -> list[EmissionSeries]:
        found = []
        for role, stage in (("baseline", "base"), ("residual", "after_measures")):
            column = grid.by_role(role)
            if column is None:
                continue
            year = column.says.year or (self.base_year if stage == "base" else None)
            each = EmissionSeries(grid, year or self._year_of_stage(stage), stage)
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

    @cached_property
    def energy(self) -> list[EnergySeries]:
        """Every energy series the contract prints, by year and stage."""
        found: list[EnergySeries] = []
        for grid in self.of_kind("energy"):
            found += self._energy_series(grid)
        return found

    def _energy_series(self, grid: Grid) -> list[EnergySeries]:
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
                place = self.place(grid, row, column)
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

    # factors

    @cached_property
    def factors(self) -> dict[tuple[str, int | None], Cell]:
        """The contract's own factors by carrier and year (None when the year is not said)."""
        found: dict[tuple[str, int | None], Cell] = {}
        ranks: dict[tuple[str, int | None], int] = {}
        for place, cell in self.factor_cells:
            key = (place.carrier, place.year)
            rank = ("CO2E", "", "CO2").index(place.gas)
            if key not in found or rank < ranks[key]:
                found[key], ranks[key] = cell, rank
        return found

    @cached_property
    def factor_cells(self) -> list[tuple[Place, Cell]]:
        """Every printed factor of CO2 or of all gases, with what it is about."""
        found: list[tuple[Place, Cell]] = []
        for grid in self.of_kind("factors"):
            for row in grid.rows:
                for column, cell in zip(grid.columns, row.cells, strict=True):
                    place = self.place(grid, row, column)
                    counted = place.gas not in ("CH4", "N2O") and not column.percent
                    counted = counted and (not grid.found or _says_factor(grid, column, row))
                    if cell.given and counted and place.carrier and _is_factor(cell):
                        found.append((place, cell))
        return found

    def factor(self, carrier: str, year: int | None) -> Cell | None:
        """The contract's factor of a carrier for a year.

        The factor of that year, else the one that holds for any year, else the only one there is.
        """
        exact = self.factors.get((carrier, year)) or self.factors.get((carrier, None))
        if exact is not None:
            return exact
        others = [cell for (each, _), cell in self.factors.items() if each == carrier]
        if len(others) == 1 and (carrier not in GRID_CARRIERS or year is None):
            return others[0]
        same = {cell.value for cell in others}
        return others[0] if others and len(same) == 1 else None

    @cached_property
    def factor_years(self) -> list[int | None]:
        """The years factors are given for, latest first."""
        years = {year for _, year in self.factors}
        return sorted(years, key=lambda year: -(year or 0))

    # measures

    @cached_property
    def measures(self) -> list[Measure]:
        """All measures of all measure tables."""
        return [
            self._measure(grid, row)
            for grid in self.of_kind("measures")
            for row in grid.rows
            if not (row.sums or row.says.memo or row.says.part)
        ]

    def _measure(self, grid: Grid, row: Row) -> Measure:
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


def _is_factor(cell: Cell) -> bool:
    return cell.unit is None or cell.unit.quantity == "factor"


def _says_factor(grid: Grid, column: Column, row: Row) -> bool:
    """Whether a column of a found table holds factors; beside them stand densities and the like."""
    stated = texts_of(row, "factor", "unit")
    if stated:
        read = unit(stated)
        return read is not None and read.quantity == "factor"
    if column.unit is not None:
        return column.unit.quantity == "factor"
    if "/" in column.heading.rpartition("(")[2]:
        return False
    named = headings.has_phrase(column.says.folded, "factor", "factor")
    return named or column.says.gas in ("CO2", "CO2E") or len(grid.columns) == 1


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


def reduction_sign(cells: Iterable[Cell]) -> int:
    """-1 where a column prints its reductions as negative numbers, else 1."""
    values = [cell.value for cell in cells if cell.given and cell.value]
    return -1 if sum(value < 0 for value in values) * 2 > len(values) else 1
