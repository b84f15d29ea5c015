"""Every result row of an inventory, of energy and of activity, in one shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import polars as pl

from vatra.plans.gpc import quality_of_set, weighted_quality
from vatra.tables.vocabulary import BIOGENIC
from vatra.units import WH_PER_MWH

if TYPE_CHECKING:
    from vatra.runs.inventory import Inventory


def result_rows(inventory: Inventory) -> pl.DataFrame:
    """As ``Inventory.results``."""
    return pl.concat([_energy_results(inventory), _activity_results(inventory)]).sort(
        "year", "category", "table", "line", "gas", "species"
    )


def _energy_results(inventory: Inventory) -> pl.DataFrame:
    pack, rows = inventory.pack, inventory.rows
    evidence = pack.evidence.get("energy")
    about = pack.rows["energy"].select(
        "line",
        pl.col("item", "quality").cast(pl.String),
        "doubt_percent",
    )
    sets = {each: quality_of_set(each.partition("/")[0]) for each in inventory.factors}
    return rows.join(about, on="line", how="left").select(
        "year",
        "category",
        "sector",
        "scope",
        "carrier",
        pl.col("item").fill_null(""),
        "gas",
        species=pl.col("gas"),
        activity=pl.col("energy_wh") / WH_PER_MWH,
        activity_unit=pl.lit("MWh"),
        factor_id=pl.col("factor_id"),
        emission_mg=pl.col("emission_mg"),
        co2e_mg=pl.col("co2e_mg"),
        quality_activity=pl.col("quality").fill_null(""),
        quality_factor=pl.col("factor_id").replace_strict(sets, default="L"),
        doubt_percent=pl.col("doubt_percent"),
        method=pl.col("method"),
        table=pl.lit("energy"),
        file=pl.lit(evidence.file if evidence else "energy.csv"),
        evidence_id=pl.lit(evidence.evidence_id if evidence else ""),
        line=pl.col("line").cast(pl.Int64),
    )


def _activity_results(inventory: Inventory) -> pl.DataFrame:
    gathered, pack = inventory.gathered, inventory.pack
    worst = gathered.terms.group_by("row").agg(
        pl.col("term_id").sort().str.join("; ").alias("factor_id"),
        _set_quality().alias("quality_factor"),
    )
    files = {name: each.file for name, each in pack.evidence.items()}
    hashes = {name: each.evidence_id for name, each in pack.evidence.items()}
    return gathered.rows.join(worst, on="row", how="left").select(
        "year",
        "category",
        "sector",
        "scope",
        "carrier",
        "item",
        "gas",
        species=pl.col("species"),
        activity=pl.col("activity"),
        activity_unit=pl.col("activity_unit"),
        factor_id=pl.col("factor_id").fill_null(""),
        emission_mg=pl.col("emission_mg"),
        co2e_mg=pl.col("co2e_mg"),
        quality_activity=pl.col("quality").fill_null(""),
        quality_factor=pl.col("quality_factor").fill_null(""),
        doubt_percent=pl.col("doubt_percent"),
        method=pl.col("method"),
        table=pl.col("table"),
        file=_looked_up("table", files),
        evidence_id=_looked_up("table", hashes),
        line=pl.col("line"),
    )


def _looked_up(column: str, found: Mapping[str, str]) -> pl.Expr:
    return pl.col(column).replace_strict(found, default="", return_dtype=pl.String)


def _set_quality() -> pl.Expr:
    """The lowest quality among the numbers a row hangs on."""
    sets = pl.col("term_id").str.split("/").list.first()
    qualities = sets.map_elements(quality_of_set, return_dtype=pl.String)
    # H < L < M in the alphabet; the order wanted is H, M, L.
    rank = qualities.replace_strict({"H": 0, "M": 1, "L": 2}, return_dtype=pl.Int8)
    return rank.max().replace_strict({0: "H", 1: "M", 2: "L"}, return_dtype=pl.String)


def qualities_of(inventory: Inventory) -> dict[int, dict[str, tuple[str, str]]]:
    """(of activity, of factor) by year and category, each that of most of the mass."""
    rows = inventory.results.filter(pl.col("gas") != BIOGENIC)
    found: dict[int, dict[str, tuple[str, str]]] = {}
    for (year, category), group in rows.group_by("year", "category", maintain_order=True):
        masses = group["co2e_mg"].to_list()
        pair = tuple(
            weighted_quality(list(zip(group[column].to_list(), masses, strict=True)))
            for column in ("quality_activity", "quality_factor")
        )
        found.setdefault(int(str(year)), {})[str(category)] = (pair[0], pair[1])
    return found
