"""The inventory of a pack: result rows, their sums by cell, and the rounding in print."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from vatra.factors import Factor, FactorBook
from vatra.plans.compute import CELL_KEYS, Computed, compute, totals_only
from vatra.plans.reconcile import Difference, differences
from vatra.plans.reconcile import findings as print_findings
from vatra.runs.pack import Pack
from vatra.tables import Finding

ROUNDING = "print_rounding"


@dataclass(frozen=True)
class Inventory:
    """Emissions of a pack.

    ``rows`` one result row per source row and gas, with ``evidence_id``, ``line`` and
    ``factor_id``; ``cells`` their sums by year, sector, carrier, scope and gas, the rounding in
    print as cells of their own; ``differences`` to every printed figure.
    """

    computed: Computed
    cells: pl.DataFrame
    factors: dict[str, Factor]
    book: FactorBook
    differences: tuple[Difference, ...] = ()
    findings: tuple[Finding, ...] = field(default_factory=tuple)

    @cached_property
    def rows(self) -> pl.DataFrame:
        """One result row per source row and gas, computed when first asked for."""
        return self.computed.rows()

    def counted(self) -> pl.DataFrame:
        """Cells that enter totals: no biogenic CO2."""
        return totals_only(self.cells)


def inventory(pack: Pack) -> Inventory:
    """Compute the inventory of a checked pack.

    The rounding in print is taken under the pack's own factors and gases and stays the same
    under an override, since print knows no override.
    """
    rounding = _rounding(pack)
    book = pack.book()
    computed = _compute(pack, book)
    cells = computed.cells
    explained = [each for each in rounding if each.explained and each.difference_mg]
    if explained:
        cells = pl.concat([cells, _rounding_cells(explained, cells.schema)])
        cells = cells.sort(pl.col("carrier") == ROUNDING, *CELL_KEYS)
    file = pack.evidence["published_emissions"].file if rounding else ""
    comparable = not pack.overrides and not computed.findings
    unexplained = print_findings(rounding, file) if comparable else []
    return Inventory(
        computed,
        cells,
        computed.factors,
        book,
        tuple(rounding),
        (*computed.findings, *unexplained),
    )


def _compute(pack: Pack, book: FactorBook) -> Computed:
    evidence = pack.evidence.get("energy")
    return compute(
        pack.rows["energy"],
        book,
        pack.city.gases,
        evidence.evidence_id if evidence else "",
        evidence.file if evidence else "energy.csv",
    )


def _rounding(pack: Pack) -> list[Difference]:
    published = pack.rows["published_emissions"]
    if not len(published):
        return []
    computed = _compute(pack, pack.book(with_overrides=False))
    counted = totals_only(computed.cells)
    stages = {"base": pack.city.base_year, "before_measures": pack.city.target_year}
    return differences(counted, published, stages)


def _rounding_cells(rounding: list[Difference], schema: pl.Schema) -> pl.DataFrame:
    rows = [
        {
            "year": each.year,
            "category": "",
            "sector": each.sector,
            "carrier": ROUNDING,
            "scope": each.scope,
            "gas": "CO2E",
            "method": ROUNDING,
            "factor_id": "",
            "factor_t_per_mwh": 0.0,
            "energy_wh": 0,
            "emission_mg": each.difference_mg,
            "co2e_mg": each.difference_mg,
            "rows_count": 1,
            "first_line": each.line,
        }
        for each in rounding
    ]
    return pl.DataFrame(rows, schema=schema)
