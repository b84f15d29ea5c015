"""The Common Reporting Framework as CIRIS writes it: sheet ``eCRF_3``, 33 columns.

One row per source row, its gases side by side, and one per category that is not reported, with its
notation key. Gases stand in tonnes CO2e; those without a column of their own enter the total.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

import polars as pl

from vatra.faces.face import Face, Report, as_declared
from vatra.faces.fields import Field
from vatra.faces.sums import some_sum
from vatra.factors import Factor
from vatra.tables.gpc import categories
from vatra.tables.vocabulary import BIOGENIC, MIXTURE

SYNTHETIC_MARK = "SYNTHETIC DATA"
UNIT = "t/MWh"
_GHG = "GHGs (metric tonnes CO2e) - "
_FACTOR = "Emission factor - "
_ACTIVITY = "Activity data - "
_CONVERSION = "Activity data conversion - "
FIELDS = (
    Field("year", "integer", "Inventory year"),
    Field("category", "text", "GPC ref. no.", blank=""),
    Field("crf_sector", "text", "CRF - Sector", blank=""),
    Field("crf_sub_sector", "text", "CRF - Sub-sector", blank=""),
    Field("scope", "integer", "Scope"),
    Field("carrier", "text", "Fuel type or activity"),
    Field("notation", "text", "Notation key"),
    Field("activity", "number", _ACTIVITY + "Amount"),
    Field("activity_unit", "text", _ACTIVITY + "Unit"),
    Field("description", "text", _ACTIVITY + "Description"),
    Field("source", "text", _ACTIVITY + "Source"),
    Field("quality_activity", "text", _ACTIVITY + "Data Quality"),
    Field("factor_unit", "text", _FACTOR + "Unit"),
    Field("factor_co2_t_per_mwh", "number", _FACTOR + "CO2"),
    Field("factor_ch4_t_per_mwh", "number", _FACTOR + "CH4"),
    Field("factor_n2o_t_per_mwh", "number", _FACTOR + "N2O"),
    Field("factor_t_co2e_per_mwh", "number", _FACTOR + "Total CO2e"),
    Field("factor_biogenic_t_per_mwh", "number", _FACTOR + "Biogenic CO2"),
    Field("oxidation_share", "number", "Oxidation factor"),
    Field("factor_year", "integer", _FACTOR + "Year"),
    Field("factor_scale", "text", _FACTOR + "Scale"),
    Field("factor_ids", "text", _FACTOR + "Description"),
    Field("factor_source", "text", _FACTOR + "Source"),
    Field("quality_factor", "text", _FACTOR + "Data Quality"),
    Field("co2_mg", "mass", _GHG + "CO2"),
    Field("ch4_co2e_mg", "mass", _GHG + "CH4"),
    Field("n2o_co2e_mg", "mass", _GHG + "N2O"),
    Field("co2e_mg", "mass", _GHG + "Total CO2e"),
    Field("biogenic_co2_mg", "mass", _GHG + "Biogenic CO2"),
    Field("original_activity", "number", _CONVERSION + "original activity"),
    Field("original_unit", "text", _CONVERSION + "original unit"),
    Field("conversion", "number", _CONVERSION + "conversion value"),
    Field("override", "text", _CONVERSION + "override used?"),
)
_KEYS = ("year", "category", "carrier", "item", "table", "file", "line", "method")
_MASSES = (
    ("co2_mg", ("CO2",)),
    ("ch4_co2e_mg", ("CH4",)),
    ("n2o_co2e_mg", ("N2O",)),
    ("biogenic_co2_mg", (BIOGENIC,)),
)
_FACTORS = (
    ("factor_co2_t_per_mwh", "CO2"),
    ("factor_ch4_t_per_mwh", "CH4"),
    ("factor_n2o_t_per_mwh", "N2O"),
    ("factor_biogenic_t_per_mwh", BIOGENIC),
)


@cache
def crf_sectors() -> Mapping[str, tuple[str, str]]:
    """Sector and sub-sector of the framework by sub-sector of the GPC."""
    text = (resources.files("vatra.faces") / "ecrf.csv").read_text("utf-8")
    return {
        row["sub_sector"]: (row["crf_sector"], row["crf_sub_sector"])
        for row in csv.DictReader(text.splitlines())
    }


def _write(report: Report) -> Mapping[str, pl.DataFrame]:
    rows = pl.concat([_sources(report), _notations(report)], how="diagonal")
    place = {code: at for at, code in enumerate(categories())}
    named = rows.with_columns(
        _by_category({code: each.scope for code, each in categories().items()}, pl.Int64, "scope"),
        _by_category(_names(0), pl.String, "crf_sector"),
        _by_category(_names(1), pl.String, "crf_sub_sector"),
        _by_category(place, pl.Int64, "place"),
    ).sort(
        "year",
        "place",
        "carrier",
        "file",
        "line",
        "item",
        "method",
        "table",
        "category",
        nulls_last=True,
    )
    return {"ecrf": as_declared(named, FIELDS)}


def _names(at: int) -> dict[str, str]:
    return {code: crf_sectors()[each.sub_sector][at] for code, each in categories().items()}


def _by_category(
    values: Mapping[str, object], dtype: pl.DataType | type[pl.DataType], name: str
) -> pl.Expr:
    return pl.col("category").replace_strict(values, default=None, return_dtype=dtype).alias(name)


def _sources(report: Report) -> pl.DataFrame:
    """Source rows, their gases side by side."""
    known = _factor_rows(report.factors.values())
    joined = report.shown().join(known, on="factor_id", how="left", maintain_order="left")
    rows = joined.group_by(_KEYS, maintain_order=True).agg(
        _only(pl.col("activity"), "activity"),
        _only(pl.col("activity_unit"), "activity_unit"),
        _only(pl.col("quality_activity"), "quality_activity"),
        _only(pl.col("quality_factor"), "quality_factor"),
        _only(pl.col("factor_year"), "factor_year"),
        _only(pl.col("factor_scale"), "factor_scale"),
        _joined(pl.col("factor_id"), "factor_ids"),
        _joined(pl.col("factor_source"), "factor_source"),
        *(_mass(gases, name) for name, gases in _MASSES),
        some_sum(pl.col("co2e_mg").filter(pl.col("gas") != BIOGENIC)).alias("co2e_mg"),
        *(_only(pl.col("value").filter(pl.col("gas") == gas), name) for name, gas in _FACTORS),
        _only(pl.col("value").filter(pl.col("gas") == MIXTURE), "factor_mixture"),
    )
    return rows.with_columns(
        pl.col("item").alias("description"),
        _place(report.mark),
        pl.when(pl.any_horizontal(pl.col("^factor_.*_t_per_mwh|factor_mixture$").is_not_null()))
        .then(pl.lit(UNIT))
        .alias("factor_unit"),
        _in_co2e(report.gwp),
    )


def _place(mark: str | None) -> pl.Expr:
    """File and line of the source row, after the mark of synthetic data."""
    place = pl.concat_str(
        pl.col("file"), pl.lit(":"), pl.col("line").cast(pl.String), ignore_nulls=True
    ).str.strip_chars(":")
    marked = pl.concat_str(pl.lit(f"{SYNTHETIC_MARK}; "), place) if mark else place
    return marked.alias("source")


def _in_co2e(gwp: Mapping[str, float]) -> pl.Expr:
    """The factor of all gases together, where any is known."""
    weights = {
        "factor_co2_t_per_mwh": 1.0,
        "factor_mixture": 1.0,
        "factor_ch4_t_per_mwh": gwp.get("CH4"),
        "factor_n2o_t_per_mwh": gwp.get("N2O"),
    }
    parts = [pl.col(name) * weight for name, weight in weights.items() if weight is not None]
    known = pl.any_horizontal(part.is_not_null() for part in parts)
    return pl.when(known).then(pl.sum_horizontal(parts)).alias("factor_t_co2e_per_mwh")


def _notations(report: Report) -> pl.DataFrame:
    """Categories with a notation key instead of a figure."""
    source = pl.lit(SYNTHETIC_MARK if report.mark else None, pl.String)
    return (
        report.shown_lines()
        .filter(pl.col("notation").is_not_null())
        .select("year", "category", "notation", pl.col("explanation").alias("description"))
        .with_columns(source.alias("source"))
    )


def _factor_rows(factors: Iterable[Factor]) -> pl.DataFrame:
    rows = [
        {
            "factor_id": each.factor_id,
            "value": each.value_t_per_mwh,
            "factor_year": each.year_from,
            "factor_scale": each.region or None,
            "factor_source": each.source,
        }
        for each in factors
    ]
    schema = {
        "factor_id": pl.String,
        "value": pl.Float64,
        "factor_year": pl.Int64,
        "factor_scale": pl.String,
        "factor_source": pl.String,
    }
    return pl.DataFrame(rows, schema=schema).unique("factor_id", keep="first", maintain_order=True)


def _mass(gases: tuple[str, ...], name: str) -> pl.Expr:
    return some_sum(pl.col("co2e_mg").filter(pl.col("gas").is_in(gases))).alias(name)


def _only(column: pl.Expr, name: str) -> pl.Expr:
    """The value all rows share; null when they differ, as no single one would be true."""
    given = column.drop_nulls()
    return pl.when(given.n_unique() == 1).then(given.first()).alias(name)


def _joined(column: pl.Expr, name: str) -> pl.Expr:
    given = column.filter(column.is_not_null() & (column != "")).unique().sort()
    return given.str.join("; ").alias(name)


FACE = Face(
    name="ecrf",
    parts={"ecrf": FIELDS},
    write=_write,
    source=(
        "Global Covenant of Mayors Common Reporting Framework, sheet eCRF_3 as CIRIS exports it; "
        "see decision 0013"
    ),
)
