"""The inventory of a city as its pages ask about it: years, categories, ranges, what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from vatra.plans.gpc import Completeness, GpcLine, GpcTable
from vatra.runs.inventory import ROUNDING, Inventory
from vatra.runs.uncertainty import counted_rows
from vatra.tables.gpc import Category, categories
from vatra.tables.vocabulary import SECTORS
from vatra.web.cities import folders
from vatra.web.cities.ranges import Ranges

FIGURES_KEPT = 8


@dataclass(frozen=True)
class Figures:
    """An inventory with what its pages show of it; masses in mg CO2e.

    Years are all those with figures; intermediate ones are read, never interpolated here.
    """

    inventory: Inventory

    @property
    def name(self) -> str:
        """Name of the city."""
        return self.inventory.pack.city.name

    @property
    def synthetic(self) -> bool:
        return self.inventory.pack.city.synthetic

    @property
    def gases(self) -> tuple[str, ...]:
        """Gases that the city counts."""
        return self.inventory.pack.city.gases

    @property
    def years(self) -> tuple[int, ...]:
        return self.inventory.years

    @property
    def base_year(self) -> int:
        return self.inventory.pack.city.base_year

    @property
    def unit(self) -> str:
        """What the tonnes are of: CO₂ alone, or CO₂-equivalent."""
        return "CO₂" if list(self.gases) == ["CO2"] else "CO₂e"

    @property
    def first_shown(self) -> int:
        """The year a page shows when none is asked for: the base year, if it has figures."""
        return self.base_year if self.base_year in self.years else self.years[0]

    def table(self, year: int) -> GpcTable:
        """The GPC table of a year with figures."""
        return self.inventory.gpc[year]

    def line(self, year: int, category: str) -> GpcLine:
        """One category of a year."""
        return next(each for each in self.table(year).lines if each.category.code == category)

    def completeness(self, year: int) -> Completeness:
        """How much of what could be reported is, over all that BASIC+ asks for."""
        return self.table(year).completeness()

    @cached_property
    def counted(self) -> pl.DataFrame:
        """Cells that enter the contract's totals."""
        return self.inventory.counted()

    def total_mg(self, year: int) -> int:
        """What the contract counts in a year: BASIC+ and the rounding in print."""
        return int(self.counted.filter(pl.col("year") == year)["co2e_mg"].sum())

    def sector_mg(self, year: int, sector: str) -> int | None:
        """A sector of a year, None where it has no cells."""
        found = self.counted.filter((pl.col("year") == year) & (pl.col("sector") == sector))
        return int(found["co2e_mg"].sum()) if len(found) else None

    def by_gas(self, year: int) -> dict[str, int]:
        """A year by gas, largest first."""
        found = self.counted.filter(pl.col("year") == year)
        sums = found.group_by("gas").agg(pl.col("co2e_mg").sum())
        return dict(sums.sort("co2e_mg", "gas", descending=[True, False]).iter_rows())

    @property
    def sectors(self) -> list[str]:
        """Sectors with cells in any year, as contracts print them."""
        found = set(self.counted["sector"].unique().to_list())
        return [each for each in SECTORS if each in found]

    def rounding_mg(self, year: int) -> int:
        """What printed totals differ from their rows by rounding."""
        rows = (pl.col("year") == year) & (pl.col("carrier") == ROUNDING)
        return int(self.counted.filter(rows)["co2e_mg"].sum())

    def biogenic_mg(self, year: int) -> int | None:
        """Biogenic CO2 of a year, which is in no total; None where none was computed."""
        found = [each.biogenic_mg for each in self.table(year).lines if each.biogenic_mg]
        return sum(found) if found else None

    @cached_property
    def _found(self) -> dict[str, set[str]]:
        rows = self.inventory.results
        return {name: set(rows[name].unique().to_list()) for name in ("sector", "carrier")}

    def found(self, column: str) -> set[str]:
        """Sectors, or carriers and streams, that any result row has."""
        return self._found[column]

    @cached_property
    def doubtful_rows(self) -> Mapping[tuple[str, int], Mapping[str, Any]]:
        """First result row of each source row that has a doubt of its own, by table and line."""
        places = {
            (table, int(line))
            for year in self.years
            for each in self.ranges.contributions(year)
            if each.kind == "activity"
            for table, _, line in (each.source.partition(":"),)
            if line.isdecimal()
        }
        wanted = pl.DataFrame(
            sorted(places), schema={"table": pl.String, "line": pl.Int64}, orient="row"
        )
        found = self.inventory.results.join(wanted, on=["table", "line"], how="semi")
        first = found.unique(["table", "line"], keep="first", maintain_order=True)
        return {(row["table"], row["line"]): row for row in first.iter_rows(named=True)}

    @cached_property
    def ranges(self) -> Ranges:
        """How far each figure may be wrong."""
        rows, terms = self.inventory.doubt_rows(apart=True)
        inside = rows.filter(pl.col("scope") == "1")
        hanging = terms.join(inside.select("row"), on="row", how="semi")
        return Ranges.of(*counted_rows(self.inventory), (inside, hanging))


@folders.kept_with_folder(FIGURES_KEPT)
def figures_of(folder: Path, run_id: str) -> Figures:
    """The figures of a registered folder; raises ``NotReady`` as ``folders.run_of`` does."""
    return Figures(folders.run_of(folder, run_id).inventory)


def category(code: str) -> Category | None:
    """A category of the protocol, None for a code it does not know."""
    return categories().get(code)
