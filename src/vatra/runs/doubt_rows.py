"""Rows of an inventory and the numbers each hangs on, as ``plans.doubt`` reckons with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from vatra.factors import Parameter, ParameterBook
from vatra.plans.compute import totals_only
from vatra.tables.gpc import categories
from vatra.tables.vocabulary import BIOGENIC

if TYPE_CHECKING:
    from vatra.runs.inventory import Inventory

# Beyond this many rows of energy, doubt is reckoned by cell instead of by row.
MOST_ROWS_OF_DOUBT = 20_000


def doubt_of(inventory: Inventory, apart: bool) -> tuple[pl.DataFrame, pl.DataFrame]:
    """As ``Inventory.doubt_rows``."""
    keep = ["year", "sector", "scope", "carrier", "category", "gas", "co2e_mg"]
    energy = _energy_doubt(inventory, keep)
    first = energy.height
    levels = ("BASIC", "BASIC+", "TERRITORIAL", "OTHER") if apart else ("BASIC", "BASIC+")
    counting = [code for code, each in categories().items() if each.level in levels]
    rows = inventory.gathered.rows.filter(
        (pl.col("gas") != BIOGENIC) & pl.col("category").is_in(counting)
    )
    activity = rows.select(
        row=pl.col("row") + first,
        **{name: pl.col(name) for name in keep},
        activity_id=pl.format("{}:{}", "table", "line"),
        activity_doubt_ratio=_doubt_ratio(inventory.parameters),
    )
    terms = inventory.gathered.terms.join(rows.select("row"), on="row", how="semi")
    return (
        pl.concat([energy.select(activity.columns), activity]),
        pl.concat(
            [
                _factor_terms(inventory, energy),
                terms.with_columns(row=pl.col("row") + first),
            ]
        ),
    )


def _energy_doubt(inventory: Inventory, keep: list[str]) -> pl.DataFrame:
    """Rows of energy, or their cells where there are very many."""
    energy = inventory.pack.rows["energy"]
    if len(energy) > MOST_ROWS_OF_DOUBT:
        cells = totals_only(inventory.computed.cells).select(*keep, "factor_id")
        return cells.with_row_index("row").with_columns(
            row=pl.col("row").cast(pl.Int64),
            activity_id=pl.format("{}:{}:{}:{}", "year", "sector", "carrier", "scope"),
            activity_doubt_ratio=pl.lit(None, dtype=pl.Float64),
        )
    about = energy.select("line", pl.col("quality").cast(pl.String), "doubt_percent")
    rows = totals_only(inventory.rows).join(about, on="line", how="left").sort("line", "gas")
    return rows.with_row_index("row").select(
        row=pl.col("row").cast(pl.Int64),
        **{name: pl.col(name) for name in keep},
        factor_id=pl.col("factor_id"),
        activity_id=pl.format("energy:{}", "line"),
        activity_doubt_ratio=_doubt_ratio(inventory.parameters),
    )


def _doubt_ratio(parameters: ParameterBook) -> pl.Expr:
    """What the row says, else what its quality stands for, else unknown."""
    found: dict[str, Parameter | None] = {
        each: parameters.find("doubt.activity", each) for each in ("H", "M", "L")
    }
    by_quality = {name: each.value / 100 for name, each in found.items() if each is not None}
    return pl.coalesce(
        pl.col("doubt_percent") / 100,
        pl.col("quality").replace_strict(by_quality, default=None, return_dtype=pl.Float64),
    )


def _factor_terms(inventory: Inventory, energy: pl.DataFrame) -> pl.DataFrame:
    ratios = pl.DataFrame(
        [
            {"factor_id": name, "low_ratio": each.ratios[0], "high_ratio": each.ratios[1]}
            for name, each in sorted(inventory.factors.items())
        ],
        schema={"factor_id": pl.String, "low_ratio": pl.Float64, "high_ratio": pl.Float64},
    )
    return (
        energy.select("row", "factor_id")
        .join(ratios, on="factor_id", how="inner")
        .sort("row")
        .select("row", pl.col("factor_id").alias("term_id"), "low_ratio", "high_ratio")
    )
