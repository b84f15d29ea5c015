"""Sums of result rows that several faces print: energy counted once, CO2e without the memo item."""

from __future__ import annotations

import math
from collections.abc import Sequence

import polars as pl

from vatra.faces.fields import Field, Kind
from vatra.tables.gpc import categories
from vatra.tables.vocabulary import BIOGENIC, SCOPES, SECTORS
from vatra.units import ENERGY, WH_PER_MWH

TOTAL = "total"
# What makes one activity: several gases of it stand in several result rows.
ACTIVITY = ("table", "file", "line", "year", "category", "carrier", "item", "activity_unit")
_ENERGY_TABLE = "energy"


def counted(results: pl.DataFrame) -> pl.DataFrame:
    """Result rows that enter a contract's totals.

    Biogenic CO2 is a memo item; waste from elsewhere is territorial only; other scope 3 is apart.
    """
    apart = [code for code, each in categories().items() if each.level in ("TERRITORIAL", "OTHER")]
    return results.filter((pl.col("gas") != BIOGENIC) & ~pl.col("category").is_in(apart))


def activities(results: pl.DataFrame) -> pl.DataFrame:
    """Each activity once, however many gases it emits, with ``energy_wh`` where it is energy."""
    once = results.unique([*ACTIVITY, "activity"], keep="first", maintain_order=True)
    sizes = {unit: size * WH_PER_MWH for unit, size in ENERGY.accepted.items()}
    size = pl.col("activity_unit").replace_strict(sizes, default=None, return_dtype=pl.Float64)
    energy = (pl.col("activity") * size).round(mode="half_to_even").cast(pl.Int64)
    return once.with_columns(energy.alias("energy_wh"))


def final_energy(results: pl.DataFrame) -> pl.DataFrame:
    """Activities that are energy used by somebody.

    Losses in networks, which a method adds as scope 3 of stationary energy, are no final use.
    """
    lost = pl.col("category").str.contains(r"^I\.\d+\.3$") & (pl.col("table") != _ENERGY_TABLE)
    return activities(results).filter(pl.col("energy_wh").is_not_null() & ~lost)


def scope_fields(unit: str) -> tuple[Field, ...]:
    """A column per scope and their total, in ``wh`` or ``mg``."""
    kind: Kind = "energy" if unit == "wh" else "mass"
    names = (*(f"scope_{scope}" for scope in SCOPES), TOTAL)
    return tuple(Field(f"{name}_{unit}", kind) for name in names)


def by_scope(rows: pl.DataFrame, value: str, unit: str, keys: Sequence[str]) -> pl.DataFrame:
    """Sums of a column by keys, one column per scope and their total; null where nothing is."""
    parts = [
        some_sum(pl.col(value).filter(pl.col("scope") == scope)).alias(f"scope_{scope}_{unit}")
        for scope in SCOPES
    ]
    return rows.group_by(keys).agg(*parts, some_sum(pl.col(value)).alias(f"{TOTAL}_{unit}"))


def with_total(rows: pl.DataFrame, value: str, unit: str, keys: Sequence[str]) -> pl.DataFrame:
    """Sums by keys and, per year, the row ``total`` below them, in the order of contracts."""
    parts = by_scope(rows, value, unit, keys)
    total = by_scope(rows, value, unit, ["year"]).with_columns(pl.lit(TOTAL).alias("sector"))
    return in_order(pl.concat([parts, total], how="diagonal"), keys)


def in_order(rows: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """Rows by year and sector as contracts print them, then by the other keys, blanks first."""
    place = {sector: at for at, sector in enumerate((*SECTORS, "land_sources", "land_sinks"))}
    sector = pl.col("sector").replace_strict(place, default=len(place), return_dtype=pl.Int64)
    last = pl.col("sector") == TOTAL
    others = [pl.col(key) for key in keys if key not in ("year", "sector")]
    return rows.sort("year", last, sector, "sector", *others, nulls_last=False)


def exact_sum(values: pl.Series) -> float | None:
    """Sum of floats that is the same in any order, None of nothing."""
    given = values.drop_nulls().to_list()
    return math.fsum(given) if given else None


def some_sum(column: pl.Expr) -> pl.Expr:
    """The sum of what is there, null of nothing: missing is never zero."""
    return pl.when(column.count() > 0).then(column.sum())
