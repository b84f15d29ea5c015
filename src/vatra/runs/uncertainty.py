"""How far every published total of a pack may be wrong, and what makes it so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from vatra.plans.doubt import approach_1, contributions, trend_1
from vatra.plans.doubt_sampling import DRAWS, SEED, sample
from vatra.runs.inventory import ROUNDING, Inventory
from vatra.tables.gpc import categories
from vatra.units import MG_PER_T

# What a total may be asked by; ``level`` is BASIC, or what BASIC+ adds to it.
GROUPINGS: Mapping[str, tuple[str, ...]] = {
    "total": ("year",),
    "sector": ("year", "sector"),
    "scope": ("year", "scope"),
    "sector_scope": ("year", "sector", "scope"),
    "gas": ("year", "gas"),
    "category": ("year", "category"),
    "carrier": ("year", "carrier"),
    "level": ("year", "level"),
}
_PROPAGATED = {
    "low_mg": "propagated_low_mg",
    "high_mg": "propagated_high_mg",
    "half_width_share": "propagated_half_width_share",
}


@dataclass(frozen=True)
class Uncertainty:
    """Ranges on totals and what they hang on.

    Attributes
    ----------
    ranges : by name of ``GROUPINGS``: its columns, ``total_mg``, percentiles of approach 2
        (``p2_5_mg`` to ``p97_5_mg``, ``mean_mg``), ends of approach 1 (``propagated_low_mg``,
        ``propagated_high_mg``, ``propagated_half_width_share``), ``unknown_share``,
        ``incomplete_share``
    sources : ranked contributions to the total of each year, as ``plans.doubt.contributions``
    trends : change from the base year to every other year with its range, as
        ``plans.doubt.trend_1``
    draws_count, seed : of the sampling; the same two give the same figures
    """

    ranges: Mapping[str, pl.DataFrame]
    sources: pl.DataFrame
    trends: pl.DataFrame
    draws_count: int
    seed: int

    def of(self, grouping: str, **group: object) -> dict[str, Any]:
        """The range of one group: ``of("sector", year=2021, sector="buildings")``.

        Raises ``KeyError`` when there is no such group.
        """
        wanted = [pl.col(name) == value for name, value in group.items()]
        found = self.ranges[grouping].filter(*wanted)
        if len(found) != 1:
            raise KeyError(f"{grouping} has {len(found)} groups of {group}")
        return found.row(0, named=True)

    def as_dict(self, by: str = "total") -> dict[str, Any]:
        """Plain data, masses in tonnes."""
        return {
            "draws_count": self.draws_count,
            "seed": self.seed,
            "ranges": in_tonnes(self.ranges[by]),
            "sources": in_tonnes(self.sources),
            "trends": in_tonnes(self.trends),
        }


def uncertainty(inventory: Inventory, draws: int = DRAWS, seed: int = SEED) -> Uncertainty:
    """Ranges on every total of an inventory.

    Parameters
    ----------
    inventory : its ``doubt_rows`` and the rounding in print, which is no doubt and moves nothing
    draws, seed : of the sampling

    Raises ``ValueError`` for no draws.
    """
    rows, terms = counted_rows(inventory)
    names = list(GROUPINGS)
    sampled = sample(rows, terms, [GROUPINGS[name] for name in names], draws, seed)
    ranges = {
        name: _with_propagated(table, approach_1(rows, terms, GROUPINGS[name]))
        for name, table in zip(names, sampled, strict=True)
    }
    base = inventory.pack.city.base_year
    others = [year for year in rows["year"].unique().sort() if year != base]
    trends = [trend_1(rows, terms, base, year).with_columns(year=year) for year in others]
    none = trend_1(rows.clear(), terms.clear(), base, base).with_columns(year=base)
    table = pl.concat([none, *trends])
    return Uncertainty(
        ranges,
        contributions(rows, terms, ("year",)),
        table.select("year", pl.exclude("year")),
        draws,
        seed,
    )


def counted_rows(inventory: Inventory) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows and terms of everything that counts in a contract, the rounding in print included."""
    rows, terms = inventory.doubt_rows()
    rounding = inventory.cells.filter(pl.col("carrier") == ROUNDING)
    first = 0 if rows.is_empty() else int(rows["row"].max()) + 1  # type: ignore[arg-type]
    fixed = rounding.with_row_index("row", first).select(
        pl.col("row").cast(rows.schema["row"]),
        *(pl.col(name).cast(rows.schema[name]) for name in rows.columns[1:-2]),
        activity_id=pl.format("{}:{}", pl.lit(ROUNDING), "first_line"),
        activity_doubt_ratio=pl.lit(0.0),
    )
    levels = {code: each.level for code, each in categories().items()}
    level = pl.col("category").replace_strict(levels, default=ROUNDING, return_dtype=pl.String)
    return pl.concat([rows, fixed]).with_columns(level=level), terms


def _with_propagated(sampled: pl.DataFrame, propagated: pl.DataFrame) -> pl.DataFrame:
    """Approach 1 beside approach 2; both have the same groups in the same order."""
    added = propagated.select(pl.col(old).alias(new) for old, new in _PROPAGATED.items())
    return pl.concat([sampled.drop("draws_count", "seed"), added], how="horizontal")


def in_tonnes(table: pl.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain data, ``_mg`` as ``_t``."""
    masses = [name for name in table.columns if name.endswith("_mg")]
    return (
        table.with_columns(pl.col(masses) / MG_PER_T)
        .rename({name: f"{name.removesuffix('_mg')}_t" for name in masses})
        .to_dicts()
    )
