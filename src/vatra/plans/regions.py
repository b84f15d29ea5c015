"""Which rows of energy lie in a locality that has emission factors of its own."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from vatra.factors import FactorBook


def regions_of(rows: pl.DataFrame, book: FactorBook) -> tuple[str, ...]:
    """Localities of the rows that have a factor of their own."""
    own = {each.region for each in book.factors if each.region and each.set in book.sets}
    if not own or "locality" not in rows.columns:
        return ()
    named = rows["locality"].unique().drop_nulls().cast(pl.String)
    return tuple(sorted(own & set(named)))


def region_of(regions: Sequence[str]) -> pl.Expr:
    """``region``: the locality of a row of energy where it is one of ``regions``, else null."""
    if not regions:
        return pl.lit(None, pl.String).alias("region")
    locality = pl.col("locality").cast(pl.String)
    return pl.when(locality.is_in(list(regions))).then(locality).alias("region")
