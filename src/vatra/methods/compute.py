"""Activity rows and a pinned book of factors -> result rows that keep where they came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from vatra.factors import Factor, FactorBook, Missing
from vatra.methods import Method, methods
from vatra.tables import Finding
from vatra.tables.vocabulary import BIOGENIC, END_USE_OF_SECTOR, MIXTURE

CELL = ("year", "sector", "carrier", "scope")
RESULT_COLUMNS = (
    *CELL,
    "gas",
    "method",
    "energy_wh",
    "factor_id",
    "factor_t_per_mwh",
    "emission_mg",
    "co2e_mg",
    "evidence_id",
    "line",
)


@dataclass
class Computed:
    """Result rows (``RESULT_COLUMNS``), the factors they used by id, and what was missing."""

    rows: pl.DataFrame
    factors: dict[str, Factor] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def method_for(sector: str, carrier: str) -> Method:
    """The one method that counts a carrier used in a sector."""
    return next(each for each in methods().values() if each.applies(sector, carrier))


def compute(
    rows: pl.DataFrame,
    book: FactorBook,
    gases: Sequence[str],
    evidence_id: str = "",
    file: str = "",
) -> Computed:
    """Emissions of every row, by gas.

    Parameters
    ----------
    rows : year, sector, carrier, scope, energy_wh [Wh], line
    book : factors in force
    gases : which of the seven gases to count; a CO2e mixture counts as published, biogenic CO2
        is computed beside them as a memo item
    evidence_id : SHA-256 of the file the rows came from
    file : its name, for findings

    Returns
    -------
    Computed
        One row per input row and gas: mass of the gas and CO2e in whole milligrams. Rows whose
        carrier and year have no factor are left out and reported with the years that exist.
    """
    used = rows.lazy().group_by("year", "sector", "carrier").agg(pl.col("line").min())
    cells = used.collect().sort("year", "sector", "carrier")
    wanted = {*gases, MIXTURE, BIOGENIC}
    chosen: list[dict[str, object]] = []
    result = Computed(pl.DataFrame())
    missing: list[tuple[str, int, str, Missing]] = []
    for year, sector, carrier, _line in cells.iter_rows():
        factors = book.choose(carrier, year, END_USE_OF_SECTOR[sector])
        if isinstance(factors, Missing):
            missing.append((carrier, year, sector, factors))
            continue
        method = method_for(sector, carrier)
        for gas, factor in sorted(factors.items()):
            if gas not in wanted or gas not in book.gwp:
                continue
            result.factors[factor.factor_id] = factor
            chosen.append(
                {
                    "year": year,
                    "sector": sector,
                    "carrier": carrier,
                    "gas": gas,
                    "method": method.name,
                    "factor_id": factor.factor_id,
                    "factor_t_per_mwh": factor.value_t_per_mwh,
                    "gwp": book.gwp[gas],
                }
            )
    result.findings = _missing_findings(rows, missing, file)
    result.rows = _apply(rows, chosen, evidence_id)
    return result


def _apply(rows: pl.DataFrame, chosen: list[dict[str, object]], evidence_id: str) -> pl.DataFrame:
    schema = {
        "year": pl.Int32,
        "sector": pl.String,
        "carrier": pl.String,
        "gas": pl.String,
        "method": pl.String,
        "factor_id": pl.String,
        "factor_t_per_mwh": pl.Float64,
        "gwp": pl.Float64,
    }
    table = pl.DataFrame(chosen, schema=schema)
    needed = rows.lazy().select(*CELL, "energy_wh", "line")
    parts = []
    for name in table.get_column("method").unique().sort().to_list():
        method = methods()[name]
        joined = needed.join(
            table.lazy().filter(pl.col("method") == name),
            on=["year", "sector", "carrier"],
            how="inner",
        )
        mass = method.emission_mg(pl.col("energy_wh"), pl.col("factor_t_per_mwh"))
        parts.append(joined.with_columns(emission_mg=mass))
    if not parts:
        parts.append(needed.join(table.lazy(), on=["year", "sector", "carrier"], how="inner")
                     .with_columns(emission_mg=pl.lit(0, pl.Int64)))  # fmt: skip
    co2e = (pl.col("emission_mg") * pl.col("gwp")).round(mode="half_to_even").cast(pl.Int64)
    return (
        pl.concat(parts)
        .with_columns(co2e_mg=co2e, evidence_id=pl.lit(evidence_id))
        .select(RESULT_COLUMNS)
        .sort("line", "gas")
        .collect()
    )


def _missing_findings(
    rows: pl.DataFrame, missing: list[tuple[str, int, str, Missing]], file: str
) -> list[Finding]:
    findings = []
    for (carrier, year), absent in {(c, y): m for c, y, _, m in missing}.items():
        lines = rows.filter((pl.col("carrier") == carrier) & (pl.col("year") == year))["line"]
        known = "; ".join(
            f"{name}: {', '.join(map(str, years))}" for name, years in absent.years.items()
        )
        findings.append(
            Finding(
                "methods.factor-missing" if known else "methods.carrier-unknown",
                "error",
                file,
                tuple(lines.head(100).to_list()),
                "carrier",
                {"carrier": carrier, "year": str(year)} | ({"known": known} if known else {}),
                line_count=len(lines),
            )
        )
    return findings


def totals_only(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows that count in totals: biogenic CO2 never does."""
    return rows.filter(pl.col("gas") != BIOGENIC)


def cells(rows: pl.DataFrame) -> pl.DataFrame:
    """Sums by year, sector, carrier, scope, gas, method and factor, in whole numbers.

    Adds ``rows_count``; sorted by its keys, so the same on every machine.
    """
    keys = [*CELL, "gas", "method", "factor_id", "factor_t_per_mwh"]
    return (
        rows.lazy()
        .group_by(keys)
        .agg(
            pl.col("energy_wh").sum(),
            pl.col("emission_mg").sum(),
            pl.col("co2e_mg").sum(),
            pl.len().cast(pl.Int64).alias("rows_count"),
            pl.col("line").min().alias("first_line"),
        )
        .sort(keys)
        .collect()
    )
