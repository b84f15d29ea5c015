"""The factors a contract prints, by carrier and year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from vatra.linter import headings
from vatra.linter.grid import Cell, Column, Grid, Row, texts_of
from vatra.linter.places import Place, Places
from vatra.linter.quantities import unit

# Carriers whose emissions arise at a power station or boiler house, not in the city's own burners.
GRID_CARRIERS = ("electricity", "electricity_green", "district_heat", "hydrogen")


@dataclass
class OwnFactors:
    """A contract's own factors."""

    places: Places
    grids: Iterable[Grid]

    @cached_property
    def by_carrier(self) -> dict[tuple[str, int | None], Cell]:
        """The contract's own factors by carrier and year (None when the year is not said)."""
        found: dict[tuple[str, int | None], Cell] = {}
        ranks: dict[tuple[str, int | None], int] = {}
        for place, cell in self.cells:
            key = (place.carrier, place.year)
            rank = ("CO2E", "", "CO2").index(place.gas)
            if key not in found or rank < ranks[key]:
                found[key], ranks[key] = cell, rank
        return found

    @cached_property
    def cells(self) -> list[tuple[Place, Cell]]:
        """Every printed factor of CO2 or of all gases, with what it is about."""
        found: list[tuple[Place, Cell]] = []
        for grid in self.grids:
            for row in grid.rows:
                for column, cell in zip(grid.columns, row.cells, strict=True):
                    place = self.places.place(grid, row, column)
                    counted = place.gas not in ("CH4", "N2O") and not column.percent
                    counted = counted and (not grid.found or _says_factor(grid, column, row))
                    if cell.given and counted and place.carrier and _is_factor(cell):
                        found.append((place, cell))
        return found

    def of(self, carrier: str, year: int | None) -> Cell | None:
        """The contract's factor of a carrier for a year.

        The factor of that year, else the one that holds for any year, else the only one there is.
        """
        exact = self.by_carrier.get((carrier, year)) or self.by_carrier.get((carrier, None))
        if exact is not None:
            return exact
        others = [cell for (each, _), cell in self.by_carrier.items() if each == carrier]
        if len(others) == 1 and (carrier not in GRID_CARRIERS or year is None):
            return others[0]
        same = {cell.value for cell in others}
        return others[0] if others and len(same) == 1 else None

    @cached_property
    def years(self) -> list[int | None]:
        """The years factors are given for, latest first."""
        years = {year for _, year in self.by_carrier}
        return sorted(years, key=lambda year: -(year or 0))


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
