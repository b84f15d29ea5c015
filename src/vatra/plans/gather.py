"""Every table of activity through its methods: result rows in the seven gases, by category."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from vatra.factors import Factor, Parameter, family, species_potentials
from vatra.methods import ActivityMethod, Emissions, Inputs, activity_methods
from vatra.methods.base import LARGEST_MG
from vatra.plans.compute import CELL_KEYS
from vatra.tables import Finding
from vatra.tables.gpc import categories
from vatra.tables.vocabulary import BIOGENIC

SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "row": pl.Int64,
    "table": pl.String,
    "line": pl.Int64,
    "year": pl.Int32,
    "category": pl.String,
    "sector": pl.String,
    "scope": pl.String,
    "carrier": pl.String,
    "item": pl.String,
    "gas": pl.String,
    "species": pl.String,
    "activity": pl.Float64,
    "activity_unit": pl.String,
    "emission_mg": pl.Int64,
    "co2e_mg": pl.Int64,
    "method": pl.String,
    "quality": pl.String,
    "doubt_percent": pl.Float64,
}
TERMS: dict[str, pl.DataType | type[pl.DataType]] = {
    "row": pl.Int64,
    "term_id": pl.String,
    "low_ratio": pl.Float64,
    "high_ratio": pl.Float64,
}


@dataclass
class Gathered:
    """What all methods of activity found.

    ``rows`` as ``SCHEMA``: one per source row, year and species, ``row`` counting through all
    methods; ``terms`` what each row hangs on; ``used`` parameters and factors by id.
    """

    rows: pl.DataFrame
    terms: pl.DataFrame
    used: dict[str, Parameter | Factor] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def cells(self) -> pl.DataFrame:
        """Sums by year, sector, stream, scope, category and gas, shaped as those of energy."""
        return (
            self.rows.group_by("year", "sector", "carrier", "scope", "category", "gas", "method")
            .agg(
                pl.col("emission_mg", "co2e_mg").sum(),
                pl.struct("table", "line").n_unique().cast(pl.Int64).alias("rows_count"),
                pl.col("line").min().alias("first_line"),
            )
            .with_columns(
                factor_id=pl.lit(""),
                factor_t_per_mwh=pl.lit(0.0),
                energy_wh=pl.lit(0, dtype=pl.Int64),
            )
            .select(*CELL_KEYS, "energy_wh", "emission_mg", "co2e_mg", "rows_count", "first_line")
            .sort(CELL_KEYS)
        )


def gather(inputs: Inputs, gases: Sequence[str]) -> Gathered:
    """Run every method whose table has rows.

    Parameters
    ----------
    inputs : tables, factors, parameters and years
    gases : which of the seven to count; biogenic CO2 is computed beside them as a memo item

    Returns
    -------
    Gathered
        Rows of the years asked for only; a species without a potential in the GWP set is left out
        and reported.
    """
    rows: list[pl.DataFrame] = []
    terms: list[pl.DataFrame] = []
    result = Gathered(pl.DataFrame(schema=SCHEMA), pl.DataFrame(schema=TERMS))
    gwp = species_potentials(inputs.book.gwp_set)
    first = 0
    for method in activity_methods().values():
        if not len(inputs.tables.get(method.table, ())):
            continue
        found = method.emissions(inputs)
        result.findings += found.findings
        kept = _kept(found, inputs.years, gases)
        result.findings += _without_potential(kept, gwp, inputs, method)
        kept, beyond = _countable(kept, gwp)
        result.findings += _beyond(beyond, inputs, method)
        shaped = _shaped(kept, gwp, method.name, first)
        rows.append(shaped)
        terms.append(_terms(found.terms, kept, first))
        result.used |= found.used
        first += found.rows.height
    if rows:
        result.rows = pl.concat(rows).sort("row")
        result.terms = pl.concat(terms).sort("row", "term_id")
    return result


def _kept(found: Emissions, years: Sequence[int], gases: Sequence[str]) -> pl.DataFrame:
    wanted = pl.col("year").is_in(list(years)) & pl.col("gas").is_in([*gases, BIOGENIC])
    return found.rows.filter(wanted)


def _without_potential(
    rows: pl.DataFrame, gwp: Mapping[str, float], inputs: Inputs, method: ActivityMethod
) -> list[Finding]:
    unknown = rows.filter(~pl.col("species").is_in(list(gwp)))
    findings = []
    for species in unknown["species"].unique().sort().to_list():
        lines = unknown.filter(pl.col("species") == species)["line"].unique().sort()
        known = sorted(each for each in gwp if family(each) == family(species))
        findings.append(
            Finding(
                "plans.potential-missing",
                "error",
                inputs.files.get(method.table, f"{method.table}.csv"),
                tuple(lines.head(100).to_list()),
                params={
                    "species": species,
                    "gwp_set": inputs.book.gwp_set,
                    "known": known or ["–"],
                },
                line_count=len(lines),
            )
        )
    return findings


def _countable(rows: pl.DataFrame, gwp: Mapping[str, float]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows whose CO2e adds up exactly, and those that are larger than any city's."""
    potential = pl.col("species").replace_strict(gwp, default=0.0, return_dtype=pl.Float64)
    fits = (pl.col("emission_mg") * potential).abs() <= LARGEST_MG
    return rows.filter(fits), rows.filter(~fits)


def _beyond(rows: pl.DataFrame, inputs: Inputs, method: ActivityMethod) -> list[Finding]:
    file = inputs.files.get(method.table, f"{method.table}.csv")
    findings = []
    for gas in rows["gas"].unique().sort().to_list():
        lines = rows.filter(pl.col("gas") == gas)["line"].unique().sort()
        shown = tuple(lines.head(100).to_list())
        params = {"gas": gas}
        findings.append(
            Finding("methods.emission-too-large", "error", file, shown, params=params,
                    line_count=len(lines))
        )  # fmt: skip
    return findings


def _shaped(rows: pl.DataFrame, gwp: Mapping[str, float], method: str, first: int) -> pl.DataFrame:
    """Sector and scope from the category, CO2e from the potential of the species."""
    places = categories()
    known = rows.filter(pl.col("species").is_in(list(gwp)))
    return known.with_columns(
        row=pl.col("row") + first,
        sector=_of(places, lambda code: places[code].ccc_sector or "land"),
        scope=_of(places, lambda code: str(places[code].scope)),
        carrier=pl.col("stream"),
        co2e_mg=(
            pl.col("emission_mg")
            * pl.col("species").replace_strict(gwp, default=None, return_dtype=pl.Float64)
        )
        .round(mode="half_to_even")
        .cast(pl.Int64),
        method=pl.lit(method),
    ).select(pl.col(name).cast(dtype) for name, dtype in SCHEMA.items())


def _of(places: Mapping[str, object], of) -> pl.Expr:  # type: ignore[no-untyped-def]
    return pl.col("category").replace_strict(
        {code: of(code) for code in places}, return_dtype=pl.String
    )


def _terms(terms: pl.DataFrame, kept: pl.DataFrame, first: int) -> pl.DataFrame:
    alone = terms.unique(["row", "term_id"], keep="first", maintain_order=True)
    return (
        alone.join(kept.select("row"), on="row", how="semi")
        .with_columns(row=pl.col("row") + first)
        .select(pl.col(name).cast(dtype) for name, dtype in TERMS.items())
    )
