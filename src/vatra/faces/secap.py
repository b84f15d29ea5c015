"""Emission inventories (BEI, MEI) as the Covenant of Mayors asks for them in a SECAP.

A. final energy by sector and carrier; B. energy supply; C. emissions; and the factors used. A row
of the city is put under a sector by its GPC sub-sector; an ``item`` that is named like a sector
(``municipal_buildings``, "Clădiri municipale") puts it there instead, since the GPC knows no
municipal buildings, fleets or lighting.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources

import polars as pl

from vatra.faces.ccc_v1 import marked
from vatra.faces.face import MARK, Face, Report
from vatra.faces.factors import FACTOR_FIELDS, factors_used
from vatra.faces.fields import Field
from vatra.faces.sums import TOTAL, activities, counted, final_energy, some_sum
from vatra.tables import fold
from vatra.tables.vocabulary import BIOGENIC
from vatra.words import LANGUAGES, say

SECTORS = (
    "municipal_buildings",
    "tertiary",
    "residential",
    "public_lighting",
    "industry",
    "buildings_not_allocated",
    "municipal_fleet",
    "public_transport",
    "private_transport",
    "transport_not_allocated",
    "agriculture",
    "waste",
    "wastewater",
    "other_non_energy",
)
COLUMNS = (
    "electricity",
    "heat_cold",
    "natural_gas",
    "liquid_gas",
    "heating_oil",
    "diesel",
    "gasoline",
    "lignite",
    "coal",
    "other_fossil",
    "plant_oil",
    "biofuel",
    "other_biomass",
    "solar_thermal",
    "geothermal",
)
NON_ENERGY = "non_energy"
SUPPLY = r"^I\.4\."
_TABLES = {"street_lighting": "public_lighting"}
_LCA = "_lca"
# For a row that has no category of the GPC.
_BY_SECTOR = {
    "buildings": "buildings_not_allocated",
    "transport": "transport_not_allocated",
    "waste": "waste",
    "industry": "industry",
    "land": "agriculture",
}
_YEAR, _SECTOR = Field("year", "integer"), Field("sector", blank="")
_SECTOR_NAME = Field("sector_name", "label", of="sector", vocabulary="secap_sector")
PARTS = {
    "a": (
        _YEAR,
        _SECTOR,
        _SECTOR_NAME,
        *(Field(f"{column}_wh", "energy") for column in COLUMNS),
        Field(f"{TOTAL}_wh", "energy"),
        MARK,
    ),
    "b": (
        _YEAR,
        Field("category", blank=""),
        Field("carrier", blank=""),
        Field("carrier_name", "label", of="carrier", vocabulary="carrier"),
        Field("energy_wh", "energy"),
        Field("co2e_mg", "mass"),
        MARK,
    ),
    "c": (
        _YEAR,
        _SECTOR,
        _SECTOR_NAME,
        *(Field(f"{column}_mg", "mass") for column in (*COLUMNS, NON_ENERGY)),
        Field(f"{TOTAL}_mg", "mass"),
        MARK,
    ),
    "d": (*FACTOR_FIELDS[:2], Field("column"), *FACTOR_FIELDS[2:], Field("approach"), MARK),
}


def _write(report: Report) -> Mapping[str, pl.DataFrame]:
    shown = report.shown()
    results = counted(shown)
    energy = _placed(final_energy(results), shown)
    masses = _placed(results.filter(~pl.col("category").str.contains(SUPPLY)), shown)
    frames = {
        "a": _matrix(energy, "energy_wh", "wh", COLUMNS),
        "b": _supply(shown.filter(pl.col("gas") != BIOGENIC)),
        "c": _matrix(masses, "co2e_mg", "mg", (*COLUMNS, NON_ENERGY)),
        "d": _factors(report, shown),
    }
    return marked(frames, PARTS, report)


@cache
def _table(name: str) -> Mapping[str, str]:
    text = (resources.files("vatra.faces") / name).read_text("utf-8")
    return {row[0]: row[1] for row in csv.reader(text.splitlines()[1:])}


@cache
def _named_sectors() -> Mapping[str, str]:
    """Folded name of a sector in any language -> its code."""
    words = {fold(code): code for code in SECTORS}
    for code in SECTORS:
        for lang in LANGUAGES:
            words.setdefault(fold(say(f"faces.secap_sector-{code}", lang)), code)
    return words


def _placed(rows: pl.DataFrame, shown: pl.DataFrame) -> pl.DataFrame:
    """Rows with ``secap`` the sector and ``column`` the carrier column; none of energy supply."""
    sub_sector = pl.col("category").str.replace(r"\.\d+$", "")
    by_category = sub_sector.replace_strict(
        _table("secap_sectors.csv"), default=None, return_dtype=pl.String
    )
    by_table = pl.col("table").replace_strict(_TABLES, default=None, return_dtype=pl.String)
    named = {item: _named_sectors().get(fold(item)) for item in _different(rows, "item")}
    by_item = pl.col("item").replace_strict(named, default=None, return_dtype=pl.String)
    columns = _columns(shown)
    column = pl.col("carrier").replace_strict(columns, default=NON_ENERGY, return_dtype=pl.String)
    fuel = pl.col("category").str.contains(r"^(I|II)\.\d") & ~sub_sector.is_in(["I.7", "I.8"])
    energy = fuel | (pl.col("table") == "energy")
    by_sector = pl.col("sector").replace_strict(_BY_SECTOR, default=None, return_dtype=pl.String)
    return rows.with_columns(
        pl.coalesce(
            by_item,
            by_table,
            by_category,
            pl.when(pl.col("category") == "").then(by_sector),
        ).alias("secap"),
        pl.when(energy).then(column).otherwise(pl.lit(NON_ENERGY)).alias("column"),
    ).filter(pl.col("secap").is_not_null())


def _columns(shown: pl.DataFrame) -> dict[str, str]:
    """Carrier -> column; one the list does not know is biomass if it has biogenic CO2 only."""
    biogenic = set(_different(shown.filter(pl.col("gas") == BIOGENIC), "carrier"))
    fossil = set(_different(shown.filter(pl.col("gas").is_in(["CO2", "CO2E"])), "carrier"))
    unknown = {
        carrier: "other_biomass" if carrier in biogenic - fossil else "other_fossil"
        for carrier in _different(shown, "carrier")
        if carrier
    }
    return {**unknown, **_table("secap_carriers.csv")}


def _different(rows: pl.DataFrame, column: str) -> list[str]:
    return rows.get_column(column).drop_nulls().unique().sort().to_list()


def _matrix(rows: pl.DataFrame, value: str, unit: str, columns: tuple[str, ...]) -> pl.DataFrame:
    """Sums by sector and carrier column, and the city's total; null where nothing is."""
    cells = [
        some_sum(pl.col(value).filter(pl.col("column") == column)).alias(f"{column}_{unit}")
        for column in columns
    ]
    total = some_sum(pl.col(value)).alias(f"{TOTAL}_{unit}")
    energy = rows.filter(pl.col("column").is_in(columns))
    parts = energy.group_by("year", pl.col("secap").alias("sector")).agg(*cells, total)
    whole = energy.group_by("year").agg(*cells, total).with_columns(pl.lit(TOTAL).alias("sector"))
    place = {sector: at for at, sector in enumerate((*SECTORS, TOTAL))}
    return pl.concat([parts, whole], how="diagonal").sort(
        "year", pl.col("sector").replace_strict(place, return_dtype=pl.Int64)
    )


def _supply(results: pl.DataFrame) -> pl.DataFrame:
    """Energy put into local generation (GPC I.4) and what it emits."""
    keys = ["year", "category", "carrier"]
    supply = results.filter(pl.col("category").str.contains(SUPPLY))
    energy = activities(supply).group_by(keys).agg(some_sum(pl.col("energy_wh")).alias("energy_wh"))
    masses = supply.group_by(keys).agg(pl.col("co2e_mg").sum())
    return energy.join(masses, on=keys, how="full", coalesce=True).sort(keys)


def _factors(report: Report, shown: pl.DataFrame) -> pl.DataFrame:
    """The factors, under the columns they serve, and the approach they belong to."""
    columns = _columns(shown)
    return factors_used(report).with_columns(
        pl.col("carrier")
        .replace_strict(columns, default=None, return_dtype=pl.String)
        .alias("column"),
        pl.when(pl.col("factor_id").str.split("/").list.first().str.ends_with(_LCA))
        .then(pl.lit("LCA"))
        .otherwise(pl.lit("IPCC"))
        .alias("approach"),
    )


FACE = Face(
    name="secap",
    parts=PARTS,
    write=_write,
    source=(
        "Covenant of Mayors reporting guidelines: baseline and monitoring emission inventory, "
        "parts A to C"
    ),
)
