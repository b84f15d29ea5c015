"""Tables A-1.1 to A-1.4 as the second generation of Climate City Contracts (2024 on) has them."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from vatra.faces.ccc_v1 import CARRIER_NAME, SECTOR, SECTOR_NAME, YEAR, marked
from vatra.faces.face import MARK, Face, Report, frame_of
from vatra.faces.fields import Field
from vatra.faces.sums import (
    activities,
    counted,
    exact_sum,
    in_order,
    scope_fields,
    some_sum,
    with_total,
)
from vatra.factors import species_potentials
from vatra.tables.vocabulary import BIOGENIC, MIXTURE, SCOPES
from vatra.units import ENERGY

LAND = "land"
FAMILIES = ("HFC", "PFC")
SOURCES = tuple(Field(f"scope_{scope}_sources") for scope in SCOPES)
PARTS = {
    "a-1.1": (YEAR, SECTOR, SECTOR_NAME, *SOURCES, MARK),
    "a-1.2": (
        Field("gas", blank=""),
        Field("gwp", "number"),
        Field("gwp_set", blank=""),
        Field("counted", blank=""),
        MARK,
    ),
    "a-1.3": (YEAR, SECTOR, SECTOR_NAME, *scope_fields("mg"), MARK),
    "a-1.4": (
        YEAR,
        SECTOR,
        SECTOR_NAME,
        Field("scope", "integer"),
        Field("carrier", blank=""),
        CARRIER_NAME,
        Field("energy_wh", "energy"),
        Field("activity", "number", rounded_decimals=0),
        Field("activity_unit"),
        Field("co2e_mg", "mass"),
        MARK,
    ),
}


def _write(report: Report) -> Mapping[str, pl.DataFrame]:
    results = counted(report.shown())
    frames = {
        "a-1.1": _included(results),
        "a-1.2": _potentials(report),
        "a-1.3": with_total(_land_split(results), "co2e_mg", "mg", ["year", "sector"]),
        "a-1.4": _activity(results),
    }
    return marked(frames, PARTS, report)


def _included(results: pl.DataFrame) -> pl.DataFrame:
    """Which sources each sector counts, by scope."""
    columns = [
        pl.col("carrier")
        .filter((pl.col("scope") == scope) & (pl.col("carrier") != ""))
        .unique()
        .sort()
        .str.join("; ")
        .alias(f"scope_{scope}_sources")
        for scope in SCOPES
    ]
    return in_order(results.group_by("year", "sector").agg(columns), ["year", "sector"])


def _potentials(report: Report) -> pl.DataFrame:
    """The five gases that are one species, then the species of the families that were counted."""
    gases = sorted(gas for gas in report.gwp if gas not in (MIXTURE, BIOGENIC))
    families = report.shown().filter(pl.col("gas").is_in(FAMILIES))
    species = families.select("species", "gas").unique().sort("species")
    known = species_potentials(report.city.gwp_set)
    listed = [
        *((gas, gas, float(report.gwp[gas])) for gas in gases),
        *((name, gas, known[name]) for name, gas in species.iter_rows() if name in known),
    ]
    rows: list[dict[str, object]] = [
        {
            "gas": name,
            "gwp": potential,
            "gwp_set": report.city.gwp_set,
            "counted": "yes" if gas in report.city.gases else "no",
        }
        for name, gas, potential in listed
    ]
    return frame_of(PARTS["a-1.2"], rows)


def _land_split(results: pl.DataFrame) -> pl.DataFrame:
    """Land as sources and as sinks, so that one does not hide the other."""
    sink = (
        pl.when(pl.col("co2e_mg") < 0).then(pl.lit("land_sinks")).otherwise(pl.lit("land_sources"))
    )
    split = pl.when(pl.col("sector") == LAND).then(sink).otherwise(pl.col("sector"))
    return results.with_columns(split.alias("sector"))


def _activity(results: pl.DataFrame) -> pl.DataFrame:
    """Each activity by sector, scope and carrier: energy, or an amount in its own unit."""
    keys = ["year", "sector", "scope", "carrier", "unit"]
    # Energy is one whatever unit it came in; amounts of other things add up in one unit only.
    energy = pl.col("activity_unit").is_in(list(ENERGY.accepted))
    named = results.with_columns(pl.when(~energy).then(pl.col("activity_unit")).alias("unit"))
    amounts = (
        activities(named)
        .group_by(keys)
        .agg(
            some_sum(pl.col("energy_wh")).alias("energy_wh"),
            pl.col("activity").filter(pl.col("energy_wh").is_null()).alias("activities"),
        )
    )
    summed = amounts.with_columns(
        pl.Series("activity", map(exact_sum, amounts.get_column("activities")), pl.Float64)
    )
    masses = named.group_by(keys).agg(pl.col("co2e_mg").sum())
    whole = summed.join(masses, on=keys, how="full", coalesce=True, nulls_equal=True)
    return in_order(whole.with_columns(pl.col("unit").alias("activity_unit")), keys)


FACE = Face(
    name="ccc-v2",
    parts=PARTS,
    write=_write,
    source="Climate City Contract, module A-1 as contracts from 2024 on print it",
)
