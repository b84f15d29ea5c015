"""What a contract's tables say together: emissions, energy, factors and measures by sector."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from vatra.linter.document import Document
from vatra.linter.families import Family
from vatra.linter.grid import Cell, Column, Grid, Row
from vatra.linter.measure_rows import Measure, measure
from vatra.linter.own_factors import GRID_CARRIERS, OwnFactors
from vatra.linter.places import Place, Places
from vatra.linter.series import (
    EmissionSeries,
    EnergySeries,
    emission_series,
    energy_series,
    gap_series,
)

__all__ = [
    "BIOGENIC_CARRIERS",
    "FREE_CARRIERS",
    "GRID_CARRIERS",
    "Contract",
    "EmissionSeries",
    "EnergySeries",
    "Measure",
    "Place",
    "reduction_sign",
]

BIOGENIC_CARRIERS = ("wood", "biogas", "biofuel")
# Carriers that count nothing when a contract gives no factor for them.
FREE_CARRIERS = ("electricity_green",)


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
    def _places(self) -> Places:
        return Places(self.document, self.grids)

    @property
    def base_year(self) -> int | None:
        """The base year, if the document or one of its tables says it."""
        return self._places.base_year

    def place(self, grid: Grid, row: Row, column: Column) -> Place:
        """What the cell of a row and a column is about."""
        return self._places.place(grid, row, column)

    @cached_property
    def emissions(self) -> list[EmissionSeries]:
        """Every emission series the contract prints, by year and stage."""
        found: list[EmissionSeries] = []
        for grid in self.of_kind("emissions"):
            found += emission_series(self._places, grid)
        for grid in self.of_kind("emission_gap"):
            found += gap_series(self._places, grid)
        return found

    @cached_property
    def energy(self) -> list[EnergySeries]:
        """Every energy series the contract prints, by year and stage."""
        found: list[EnergySeries] = []
        for grid in self.of_kind("energy"):
            found += energy_series(self._places, grid)
        return found

    @cached_property
    def _factors(self) -> OwnFactors:
        return OwnFactors(self._places, self.of_kind("factors"))

    @property
    def factors(self) -> dict[tuple[str, int | None], Cell]:
        """The contract's own factors by carrier and year (None when the year is not said)."""
        return self._factors.by_carrier

    @property
    def factor_cells(self) -> list[tuple[Place, Cell]]:
        """Every printed factor of CO2 or of all gases, with what it is about."""
        return self._factors.cells

    def factor(self, carrier: str, year: int | None) -> Cell | None:
        """The contract's factor of a carrier for a year, None where it gives none for it."""
        return self._factors.of(carrier, year)

    @property
    def factor_years(self) -> list[int | None]:
        """The years factors are given for, latest first."""
        return self._factors.years

    @cached_property
    def measures(self) -> list[Measure]:
        """All measures of all measure tables."""
        return [
            measure(grid, row)
            for grid in self.of_kind("measures")
            for row in grid.rows
            if not (row.sums or row.says.memo or row.says.part)
        ]


def reduction_sign(cells: Iterable[Cell]) -> int:
    """-1 where a column prints its reductions as negative numbers, else 1."""
    values = [cell.value for cell in cells if cell.given and cell.value]
    return -1 if sum(value < 0 for value in values) * 2 > len(values) else 1
