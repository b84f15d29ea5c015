"""Activity rows and a pinned book of factors -> result rows that keep where they came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from vatra.factors import Factor, FactorBook, Missing
from vatra.methods import Method, energy_methods
from vatra.plans.regions import region_of, regions_of
from vatra.tables import Finding
from vatra.tables.gpc import energy_category, scopes_of
from vatra.tables.vocabulary import BIOGENIC, END_USE_OF_SECTOR, MIXTURE

CELL = ("year", "sector", "carrier", "scope", "category")
_GROUP = ("year", "sector", "carrier", "scope", "sub_sector")
_USE = ("year", "sector", "carrier")
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


CELL_KEYS = (*CELL, "gas", "method", "factor_id", "factor_t_per_mwh")
_CHOSEN_SCHEMA = {
    "region": pl.String,
    "year": pl.Int32,
    "sector": pl.String,
    "carrier": pl.String,
    "gas": pl.String,
    "method": pl.String,
    "factor_id": pl.String,
    "factor_t_per_mwh": pl.Float64,
    "gwp": pl.Float64,
}


@dataclass
class Computed:
    """Sums by cell, the factors they used by id, what was missing, and the way to every row.

    ``cells`` sums by ``CELL_KEYS``; ``chosen`` the factor of each region, year, sector, carrier
    and gas; ``categories`` the GPC category of each sub-sector, sector and scope; ``regions`` the
    localities of the rows that have factors of their own, none for most packs.
    """

    cells: pl.DataFrame
    activity: pl.DataFrame
    chosen: pl.DataFrame
    categories: pl.DataFrame
    regions: tuple[str, ...] = ()
    evidence_id: str = ""
    factors: dict[str, Factor] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def rows(self) -> pl.DataFrame:
        """One result row per source row and gas (``RESULT_COLUMNS``), ordered by line and gas."""
        texts = pl.col("sector", "carrier", "scope").cast(pl.String)
        needed = (
            _with_sub_sector(self.activity.lazy())
            .select(*_GROUP, region_of(self.regions), "energy_wh", "line")
            .with_columns(texts)
            .join(
                self.categories.lazy(),
                on=["sub_sector", "sector", "scope"],
                how="inner",
                nulls_equal=True,
            )
        )
        names = self.chosen.get_column("method").unique().sort().to_list()
        parts = [
            needed.join(
                self.chosen.lazy().filter(pl.col("method") == name),
                on=["region", *_USE],
                how="inner",
                nulls_equal=True,
            ).with_columns(emission_mg=_mass(name))
            for name in names
        ]
        if not parts:
            return pl.DataFrame(schema=dict.fromkeys(RESULT_COLUMNS, pl.String))
        return (
            pl.concat(parts)
            .with_columns(co2e_mg=_CO2E, evidence_id=pl.lit(self.evidence_id))
            .select(RESULT_COLUMNS)
            .sort("line", "gas")
            .collect()
        )


def method_for(sector: str, carrier: str) -> Method:
    """The one method that counts a carrier used in a sector."""
    return next(each for each in energy_methods().values() if each.applies(sector, carrier))


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
    rows : year, sector, carrier, scope, energy_wh [Wh], line; sub_sector and locality where known
    book : factors in force; those of a region hold for rows of the locality of that code
    gases : which of the seven gases to count; a CO2e mixture counts as published, biogenic CO2
        is computed beside them as a memo item
    evidence_id : SHA-256 of the file the rows came from
    file : its name, for findings

    Returns
    -------
    Computed
        Sums by cell in whole milligrams, each row rounded before it is added, so that they are
        the sums of the result rows exactly. Rows whose carrier and year have no factor are left
        out and reported with the years that exist.
    """
    regions = regions_of(rows, book)
    groups, categories, misplaced = _group(rows, regions)
    table, factors_used, missing = _choose(groups, book, gases)
    return Computed(
        cells=_sum(groups, table),
        activity=rows,
        chosen=table,
        categories=categories,
        regions=regions,
        evidence_id=evidence_id,
        factors=factors_used,
        findings=[
            *_missing_findings(rows, regions, missing, file),
            *_misplaced(misplaced, file),
        ],
    )


_Missed = list[tuple[str | None, Missing]]


def _choose(
    groups: pl.DataFrame, book: FactorBook, gases: Sequence[str]
) -> tuple[pl.DataFrame, dict[str, Factor], _Missed]:
    """The factor of every use by gas, those used by id, and the uses that have none."""
    wanted = {*gases, MIXTURE, BIOGENIC}
    chosen: list[dict[str, object]] = []
    used: dict[str, Factor] = {}
    missing: _Missed = []
    uses = groups.select("region", *_USE).unique().sort(*_USE, "region")
    for region, year, sector, carrier in uses.iter_rows():
        factors = book.choose(carrier, year, END_USE_OF_SECTOR[sector], region or "")
        if isinstance(factors, Missing):
            missing.append((region, factors))
            continue
        method = method_for(sector, carrier)
        for gas, factor in sorted(factors.items()):
            if gas in wanted and gas in book.gwp:
                used[factor.factor_id] = factor
                row = _choice(year, sector, carrier, gas, method, factor, book.gwp[gas])
                chosen.append({"region": region, **row})
    return pl.DataFrame(chosen, schema=_CHOSEN_SCHEMA), used, missing


_CO2E = (pl.col("emission_mg") * pl.col("gwp")).round(mode="half_to_even").cast(pl.Int64)


def _mass(method: str) -> pl.Expr:
    return energy_methods()[method].emission_mg(pl.col("energy_wh"), pl.col("factor_t_per_mwh"))


def _choice(
    year: int, sector: str, carrier: str, gas: str, method: Method, factor: Factor, gwp: float
) -> dict[str, object]:
    return {
        "year": year,
        "sector": sector,
        "carrier": carrier,
        "gas": gas,
        "method": method.name,
        "factor_id": factor.factor_id,
        "factor_t_per_mwh": factor.value_t_per_mwh,
        "gwp": gwp,
    }


def _with_sub_sector(rows: pl.LazyFrame) -> pl.LazyFrame:
    """The sub-sector as text; rows of a table without the column name none."""
    if "sub_sector" not in rows.collect_schema():
        return rows.with_columns(sub_sector=pl.lit(None, dtype=pl.String))
    return rows.with_columns(pl.col("sub_sector").cast(pl.String))


def _group(
    rows: pl.DataFrame, regions: Sequence[str]
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """The rows of each cell side by side: one pass over the rows, then only cells are handled.

    Returns the groups, the category of each sub-sector, sector and scope, and the groups whose
    sub-sector does not have their scope or does not belong to their sector.
    """
    named = "sub_sector" in rows.columns and rows["sub_sector"].null_count() < len(rows)
    by: list[str | pl.Expr] = [*(_GROUP if named else _GROUP[:-1])]
    by += [region_of(regions)] if regions else []
    groups = _with_sub_sector(
        rows.lazy()
        .group_by(by)
        .agg(
            pl.col("energy_wh"),
            pl.len().cast(pl.Int64).alias("rows_count"),
            pl.col("line").min().cast(pl.Int64).alias("first_line"),
        )
        .with_columns(pl.col("sector", "carrier", "scope").cast(pl.String))
    ).collect()
    if not regions:
        groups = groups.with_columns(region_of(regions))
    keys = ["sub_sector", "sector", "scope"]
    categories = groups.select(keys).unique().sort(keys)
    codes = [_category(*row) for row in categories.iter_rows()]
    categories = categories.with_columns(category=pl.Series(codes, dtype=pl.String))
    groups = groups.join(categories, on=keys, how="left", nulls_equal=True)
    groups = groups.sort(*CELL, "region")
    misplaced = groups.filter(pl.col("category") == "").drop("energy_wh")
    known = categories.filter(pl.col("category") != "")
    return groups.filter(pl.col("category") != ""), known, misplaced


def _category(sub_sector: str | None, sector: str, scope: str) -> str:
    """Category of a use of energy; empty where its sub-sector belongs to another sector."""
    transport = (sub_sector or "").startswith("II.")
    # Machines of farms and sites may stand in the sector that uses them.
    machines = sub_sector == "II.5" and sector in ("land", "industry")
    if sub_sector and transport != (sector == "transport") and not machines:
        return ""
    return energy_category(sub_sector or "", sector, scope)


def _misplaced(groups: pl.DataFrame, file: str) -> list[Finding]:
    findings = []
    for row in groups.iter_rows(named=True):
        sub_sector, scopes = row["sub_sector"], scopes_of(row["sub_sector"])
        known = int(row["scope"]) in scopes
        findings.append(
            Finding(
                "plans.sub-sector-other" if known else "plans.scope-unknown",
                "error",
                file,
                (row["first_line"],),
                "sub_sector" if known else "scope",
                {
                    "sub_sector": sub_sector,
                    "sector": f"@tables.sector-{row['sector']}",
                    "scope": row["scope"],
                    "scopes": [str(each) for each in scopes],
                },
                line_count=row["rows_count"],
            )
        )
    return findings


def _sum(groups: pl.DataFrame, chosen: pl.DataFrame) -> pl.DataFrame:
    """Sums of each cell and gas, every row rounded to the milligram first."""
    joined = groups.join(chosen, on=["region", *_USE], how="inner", nulls_equal=True)
    sums = []
    energy = joined.get_column("energy_wh")
    values = joined.select("method", "factor_t_per_mwh", "gwp").iter_rows()
    for position, (method, factor, gwp) in enumerate(values):
        cell = pl.DataFrame({"energy_wh": energy[position]})
        filled = cell.with_columns(factor_t_per_mwh=factor, gwp=gwp)
        massed = filled.with_columns(emission_mg=_mass(method)).with_columns(co2e_mg=_CO2E)
        sums.append(massed.select(pl.col("energy_wh", "emission_mg", "co2e_mg").sum()))
    schema = {"energy_wh": pl.Int64, "emission_mg": pl.Int64, "co2e_mg": pl.Int64}
    totals = pl.concat(sums) if sums else pl.DataFrame(schema=schema)
    return (
        pl.concat([joined.drop("energy_wh", "gwp"), totals], how="horizontal")
        # Rows that name the default sub-sector and rows that name none are one cell.
        .group_by(CELL_KEYS)
        .agg(
            pl.col("energy_wh", "emission_mg", "co2e_mg", "rows_count").sum(),
            pl.col("first_line").min(),
        )
        .sort(CELL_KEYS)
    )


def _missing_findings(
    rows: pl.DataFrame, regions: Sequence[str], missing: _Missed, file: str
) -> list[Finding]:
    findings = []
    for (carrier, year), absent in {(m.carrier, m.year): m for _, m in missing}.items():
        without = {place for place, m in missing if (m.carrier, m.year) == (carrier, year)}
        mine = rows.filter((pl.col("carrier") == carrier) & (pl.col("year") == year))
        if regions:
            place = region_of(regions)
            mine = mine.filter(place.is_in(list(without), nulls_equal=True))
        lines = mine["line"]
        known = "; ".join(f"{name}: {year_spans(years)}" for name, years in absent.years.items())
        findings.append(
            Finding(
                "plans.factor-missing" if known else "plans.carrier-unknown",
                "error",
                file,
                tuple(lines.head(100).to_list()),
                "carrier",
                {"carrier": carrier, "year": str(year)} | ({"known": known} if known else {}),
                line_count=len(lines),
            )
        )
    return findings


def year_spans(years: Sequence[int]) -> str:
    """``2016-2018, 2021``: years that follow each other as a span."""
    spans: list[list[int]] = []
    for year in sorted(years):
        if spans and year == spans[-1][1] + 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)


def totals_only(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows that count in totals: biogenic CO2 never does."""
    return rows.filter(pl.col("gas") != BIOGENIC)
