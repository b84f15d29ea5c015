"""Tables A-1.1 to A-1.4 as the first generation of Climate City Contracts (2022-23) has them."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from vatra.faces.face import MARK, Face, Report, as_declared
from vatra.faces.factors import FACTOR_FIELDS, factors_used
from vatra.faces.fields import Field
from vatra.faces.sums import by_scope, counted, final_energy, in_order, scope_fields, with_total

YEAR, SECTOR = Field("year", "integer"), Field("sector", blank="")
SECTOR_NAME = Field("sector_name", "label", of="sector", vocabulary="sector")
CARRIER = Field("carrier")
CARRIER_NAME = Field("carrier_name", "label", of="carrier", vocabulary="carrier")
PARTS = {
    "a-1.1": (YEAR, SECTOR, SECTOR_NAME, CARRIER, CARRIER_NAME, *scope_fields("wh"), MARK),
    "a-1.2": (*FACTOR_FIELDS, MARK),
    "a-1.3": (YEAR, SECTOR, SECTOR_NAME, *scope_fields("wh"), MARK),
    "a-1.4": (
        YEAR,
        SECTOR,
        SECTOR_NAME,
        *scope_fields("mg"),
        Field("share_percent", "number", rounded_decimals=2),
        MARK,
    ),
}


def _write(report: Report) -> Mapping[str, pl.DataFrame]:
    energy = final_energy(counted(report.shown()))
    frames = {
        "a-1.1": _final_energy(energy),
        "a-1.2": factors_used(report),
        "a-1.3": with_total(energy, "energy_wh", "wh", ["year", "sector"]),
        "a-1.4": _emissions(counted(report.shown())),
    }
    return marked(frames, PARTS, report)


def marked(
    frames: Mapping[str, pl.DataFrame], parts: Mapping[str, tuple[Field, ...]], report: Report
) -> dict[str, pl.DataFrame]:
    """The tables in their declared columns, each row saying when it is synthetic."""
    mark = pl.lit(report.mark, pl.String).alias(MARK.name)
    return {
        part: as_declared(frames[part].with_columns(mark), fields) for part, fields in parts.items()
    }


def _final_energy(energy: pl.DataFrame) -> pl.DataFrame:
    """Each sector whole, then by carrier, and the city's total."""
    keys = ["year", "sector", "carrier"]
    parts = by_scope(energy, "energy_wh", "wh", keys)
    whole = with_total(energy, "energy_wh", "wh", ["year", "sector"])
    return in_order(pl.concat([parts, whole], how="diagonal"), keys)


def _emissions(results: pl.DataFrame) -> pl.DataFrame:
    """Tonnes by sector and scope, and each sector's share of the total."""
    table = with_total(results, "co2e_mg", "mg", ["year", "sector"])
    whole = by_scope(results, "co2e_mg", "mg", ["year"]).select(
        "year", pl.col("total_mg").alias("whole_mg")
    )
    share = 100 * pl.col("total_mg") / pl.col("whole_mg")
    return table.join(whole, on="year", how="left", maintain_order="left").with_columns(
        pl.when(pl.col("whole_mg") != 0).then(share).alias("share_percent")
    )


FACE = Face(
    name="ccc-v1",
    parts=PARTS,
    write=_write,
    source="Climate City Contract, module A-1 as contracts of 2022-23 print it",
)
