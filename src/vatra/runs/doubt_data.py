"""Ranges of a contract's totals as sealed data: whole numbers only."""

from __future__ import annotations

from typing import Any

import polars as pl

from vatra.plans.doubt import approach_1
from vatra.runs.inventory import Inventory
from vatra.runs.uncertainty import counted_rows

PPM = 1_000_000
# Ends are sealed in whole kilograms: what floating point does to a milligram is no figure.
_MG_PER_KG = 1_000_000


def doubt_data(inventory: Inventory) -> dict[str, Any]:
    """95 % intervals by propagation of error (IPCC approach 1), by year and by year and sector.

    ``rows``: year, sector (empty for the total), total_mg, low_mg, high_mg, unknown_ppm (share of
    the total without any stated doubt) and incomplete_ppm (share of which not all is stated).
    """
    rows, terms = counted_rows(inventory)
    tables = [
        approach_1(rows, terms, by).with_columns(sector=sector)
        for by, sector in ((("year",), pl.lit("")), (("year", "sector"), pl.col("sector")))
    ]
    found = pl.concat([table.select(sorted(table.columns)) for table in tables])
    return {
        "approach": 1,
        "rows": [_row(row) for row in found.sort("year", "sector").iter_rows(named=True)],
    }


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "year": row["year"],
        "sector": row["sector"],
        "total_mg": row["total_mg"],
        "low_mg": _kilograms(row["low_mg"]),
        "high_mg": _kilograms(row["high_mg"]),
        "unknown_ppm": round((row["unknown_share"] or 0) * PPM),
        "incomplete_ppm": round((row["incomplete_share"] or 0) * PPM),
    }


def _kilograms(mass_mg: int) -> int:
    return round(mass_mg / _MG_PER_KG) * _MG_PER_KG
