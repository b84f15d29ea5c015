"""The table of the Global Protocol: one line per category, then its three totals."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from vatra.faces.face import GASES, LINES, MARK, Face, Report, as_declared
from vatra.faces.fields import Field
from vatra.faces.lines import ROUNDING
from vatra.faces.sums import some_sum
from vatra.tables.gpc import TOTALS, categories

MASSES = (*(f"{gas}_mg" for gas in GASES), "mixture_mg", "co2e_mg", "biogenic_co2_mg")
FIELDS = (
    LINES[0],
    LINES[1],
    Field("name", "label", of="category", vocabulary="category"),
    Field("scope", "integer"),
    *LINES[2:],
    MARK,
)


def _write(report: Report) -> Mapping[str, pl.DataFrame]:
    lines = as_declared(report.shown_lines(), LINES)
    scopes = {code: each.scope for code, each in categories().items()}
    place = {code: at for at, code in enumerate((*categories(), ROUNDING, *TOTALS))}
    scoped = lines.with_columns(
        pl.col("category")
        .replace_strict(scopes, default=None, return_dtype=pl.Int64)
        .alias("scope")
    )
    whole = pl.concat([scoped, *(total_line(scoped, name) for name in TOTALS)], how="diagonal")
    ordered = whole.sort(
        "year", pl.col("category").replace_strict(place, default=-1, return_dtype=pl.Int64)
    )
    marked = ordered.with_columns(pl.lit(report.mark, pl.String).alias(MARK.name))
    return {"gpc": as_declared(marked, FIELDS)}


def total_line(lines: pl.DataFrame, total: str) -> pl.DataFrame:
    """One line per year: the sum of the categories that enter a total, null where none has one."""
    codes = [code for code, each in categories().items() if each.counts_in(total)]
    sums = [some_sum(pl.col(name)).alias(name) for name in MASSES]
    return (
        lines.filter(pl.col("category").is_in(codes))
        .group_by("year")
        .agg(sums)
        .with_columns(pl.lit(total).alias("category"))
    )


FACE = Face(
    name="gpc",
    parts={"gpc": FIELDS},
    write=_write,
    source=(
        "Global Protocol for Community-Scale Greenhouse Gas Inventories, version 1.1, "
        "Tables 4.2 and 4.3"
    ),
)
