"""Our rows against print: the difference that rounding explains, and the one it does not.

A contract prints whole tonnes, each table cell rounded for itself, so the sum of our rows and the
printed figure differ by a little. Up to half a printed unit for each carrier and for the figure
itself, the difference is carried as a row of its own ("rounding in print"), so that our totals
are the printed ones and the reader sees why. Anything larger is a finding and is not carried.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from vatra.tables import Finding
from vatra.units import MG_PER_T

HALF_PRINTED_UNIT_MG = MG_PER_T // 2


@dataclass(frozen=True)
class Difference:
    """Printed minus computed, for one year, stage, sector and scope (``""`` all scopes).

    ``explained`` when rounding can account for it.
    """

    year: int
    stage: str
    sector: str
    scope: str
    computed_mg: int
    printed_mg: int
    cell_count: int
    line: int

    @property
    def difference_mg(self) -> int:
        """Printed minus computed [mg]."""
        return self.printed_mg - self.computed_mg

    @property
    def tolerance_mg(self) -> int:
        """What rounding each cell and the figure itself to the tonne can amount to [mg]."""
        return (self.cell_count + 1) * HALF_PRINTED_UNIT_MG

    @property
    def explained(self) -> bool:
        """Whether rounding in print accounts for the difference."""
        return abs(self.difference_mg) <= self.tolerance_mg


def differences(
    cells: pl.DataFrame, published: pl.DataFrame, stages: dict[str, int]
) -> list[Difference]:
    """Every printed sector figure beside ours.

    Parameters
    ----------
    cells : year, sector, scope, co2e_mg: totals only (no biogenic CO2)
    published : rows of the table ``published_emissions``
    stages : stage -> year in which our rows describe it (``base``, ``before_measures``)

    Returns
    -------
    One difference per printed sector figure: by scope where the print has scopes, else by sector.
    """
    found = []
    by_scope = published.filter(pl.col("scope").is_not_null() & pl.col("sector").is_not_null())
    scoped = set(by_scope.select("stage", "sector").iter_rows())
    rows = published.filter(pl.col("sector").is_not_null()).sort("line")
    for row in rows.iter_rows(named=True):
        if stages.get(row["stage"]) != row["year"]:
            continue
        if row["scope"] is None and (row["stage"], row["sector"]) in scoped:
            continue
        ours = cells.filter((pl.col("year") == row["year"]) & (pl.col("sector") == row["sector"]))
        if row["scope"] is not None:
            ours = ours.filter(pl.col("scope") == row["scope"])
        found.append(
            Difference(
                year=row["year"],
                stage=row["stage"],
                sector=row["sector"],
                scope=row["scope"] or "",
                computed_mg=int(ours["co2e_mg"].sum()),
                printed_mg=row["emission_mg"],
                cell_count=len(ours),
                line=row["line"],
            )
        )
    return found


def findings(differences: Iterable[Difference], file: str) -> list[Finding]:
    """A warning for every printed figure that our rows do not reach."""
    return [
        Finding(
            "plans.print-differs",
            "warning",
            file,
            (each.line,),
            "amount",
            {
                "sector": f"@tables.sector-{each.sector}",
                "year": str(each.year),
                "printed": each.printed_mg / MG_PER_T,
                "computed": each.computed_mg / MG_PER_T,
                "difference": each.difference_mg / MG_PER_T,
            },
        )
        for each in differences
        if not each.explained
    ]
