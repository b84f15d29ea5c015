"""The inventory of a pack: result rows, their sums by cell and GPC category, rounding in print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from vatra.factors import Factor, FactorBook, Parameter, ParameterBook
from vatra.methods import Inputs, activity_methods
from vatra.plans.compute import CELL_KEYS, Computed, compute, totals_only
from vatra.plans.gather import Gathered, gather
from vatra.plans.gpc import (
    GpcTable,
    gpc_table,
    notation_findings,
    notations_of,
    quality_of_set,
    weighted_quality,
)
from vatra.plans.reconcile import Difference, differences
from vatra.plans.reconcile import findings as print_findings
from vatra.runs.pack import Pack
from vatra.runs.recalculation_log import log_findings
from vatra.runs.years import missing_years
from vatra.tables import Finding
from vatra.tables import tables as declared
from vatra.tables.gpc import categories
from vatra.tables.vocabulary import BIOGENIC
from vatra.units import WH_PER_MWH

ROUNDING = "print_rounding"
# Beyond this many rows of energy, doubt is reckoned by cell instead of by row.
MOST_ROWS_OF_DOUBT = 20_000


@dataclass(frozen=True)
class Inventory:
    """Emissions of a pack.

    ``cells`` sums by year, sector, carrier (or stream), scope, category and gas of everything that
    counts, the rounding in print as cells of their own; ``apart`` cells that count in no total of
    a contract: what is only territorial (waste from elsewhere) and other scope 3; ``rows`` one
    result row per source row of energy and gas; ``gathered`` what the methods of activity found;
    ``differences`` to every printed figure.
    """

    computed: Computed
    gathered: Gathered
    cells: pl.DataFrame
    apart: pl.DataFrame
    factors: dict[str, Factor]
    book: FactorBook
    parameters: ParameterBook
    pack: Pack
    differences: tuple[Difference, ...] = ()
    findings: tuple[Finding, ...] = field(default_factory=tuple)

    @cached_property
    def rows(self) -> pl.DataFrame:
        """One result row per source row of energy and gas, computed when first asked for."""
        return self.computed.rows()

    @cached_property
    def results(self) -> pl.DataFrame:
        """Every result row, of energy and of activity, in one shape.

        year, category, sector, scope, carrier (or stream), item, gas, species, activity,
        activity_unit, factor_id, emission_mg, co2e_mg, quality_activity, quality_factor,
        doubt_percent, method, table, file, evidence_id, line; ordered by year, category, table,
        line and gas.
        """
        return pl.concat([_energy_results(self), _activity_results(self)]).sort(
            "year", "category", "table", "line", "gas", "species"
        )

    def counted(self) -> pl.DataFrame:
        """Cells that enter totals: no biogenic CO2."""
        return totals_only(self.cells)

    @property
    def years(self) -> tuple[int, ...]:
        """Years with figures."""
        return tuple(self.cells["year"].unique().sort().to_list())

    @cached_property
    def gpc(self) -> Mapping[int, GpcTable]:
        """The GPC table of each year with figures."""
        cells = pl.concat([self.cells, self.apart])
        notations = self.pack.rows["notations"]
        qualities = _qualities(self)
        return {
            year: gpc_table(year, cells, notations_of(notations, year), qualities.get(year, {}))
            for year in self.years
        }

    def doubt_rows(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """What ``plans.doubt`` reckons with: rows and the terms each hangs on.

        ``rows``: row, year, sector, scope, carrier, category, gas, co2e_mg, activity_id,
        activity_doubt_ratio (half the 95 % interval as a share, null where nothing is known);
        ``terms``: row, term_id, low_ratio, high_ratio. Biogenic CO2 and what counts in no total
        are left out.
        """
        return _doubt(self)


def inventory(pack: Pack) -> Inventory:
    """Compute the inventory of a checked pack.

    The rounding in print is taken under the pack's own factors and gases and stays the same
    under an override, since print knows no override.
    """
    book = pack.book()
    computed = _compute(pack, book)
    gathered = gather(_inputs(pack, book), pack.city.gases)
    counted, apart = _apart(gathered.cells())
    rounding = _rounding(pack, counted)
    cells = pl.concat([computed.cells, counted]).sort(CELL_KEYS)
    explained = [each for each in rounding if each.explained and each.difference_mg]
    if explained:
        cells = pl.concat([cells, _rounding_cells(explained, cells.schema)])
        cells = cells.sort(pl.col("carrier") == ROUNDING, *CELL_KEYS)
    file = pack.evidence["published_emissions"].file if rounding else ""
    comparable = not pack.overrides and not computed.findings and not gathered.findings
    unexplained = print_findings(rounding, file) if comparable else []
    return Inventory(
        computed,
        gathered,
        cells,
        apart,
        computed.factors | _factors_of(gathered),
        book,
        pack.parameters(),
        pack,
        tuple(rounding),
        (
            *computed.findings,
            *gathered.findings,
            *_notation_findings(pack, cells, apart),
            *_counted_twice(pack, computed, gathered),
            *_missing_years(pack, cells),
            *_log_findings(pack),
            *unexplained,
        ),
    )


def _factors_of(gathered: Gathered) -> dict[str, Factor]:
    """Emission factors of carriers that methods of activity used."""
    return {name: each for name, each in gathered.used.items() if isinstance(each, Factor)}


def _inputs(pack: Pack, book: FactorBook) -> Inputs:
    city = pack.city
    rows = dict(pack.rows)
    tables = {method.table for method in activity_methods().values()} | {"energy"}
    stated = {
        year
        for name in tables
        # Waste buried long ago, or between, does not ask for figures of its years.
        if name in rows and not declared()[name].history
        for year in rows[name]["year"].unique().to_list()
        if city.base_year <= year <= city.target_year
    }
    files = {name: evidence.file for name, evidence in pack.evidence.items()}
    years = tuple(sorted(stated | {city.base_year}))
    return Inputs(rows, book, pack.parameters(), years, city.climate, files)


def _apart(cells: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Cells that count in a contract, and those that are only territorial or other scope 3."""
    counting = [code for code, each in categories().items() if each.level in ("BASIC", "BASIC+")]
    counts = pl.col("category").is_in(counting)
    return cells.filter(counts), cells.filter(~counts)


def _notation_findings(pack: Pack, cells: pl.DataFrame, apart: pl.DataFrame) -> list[Finding]:
    notations = pack.rows["notations"]
    if not len(notations):
        return []
    found = pl.concat([cells, apart]).filter(pl.col("gas") != BIOGENIC)
    computed = found.select("year", "category", "gas").unique().iter_rows()
    return notation_findings(notations, computed, pack.evidence["notations"].file)


def _missing_years(pack: Pack, cells: pl.DataFrame) -> list[Finding]:
    counted = totals_only(cells).filter(pl.col("carrier") != ROUNDING)
    file = pack.evidence["energy"].file if "energy" in pack.evidence else ""
    return missing_years(counted, pack.city.target_year, file)


def _log_findings(pack: Pack) -> list[Finding]:
    log = pack.evidence.get("recalculations")
    return log_findings(pack.rows["recalculations"], log.file) if log else []


def _counted_twice(pack: Pack, computed: Computed, gathered: Gathered) -> list[Finding]:
    """A warning where energy sold and a method of activity count the same category.

    Rows of energy that name an ``item`` say what they hold and are believed.
    """
    keys = ["year", "category"]
    active = gathered.rows.filter(pl.col("category").str.contains(r"^II?\.")).group_by(keys)
    both = active.agg(pl.col("table").unique().sort().str.join(", "), pl.col("line").min()).join(
        computed.cells.select(keys).unique(), on=keys, how="semi"
    )
    if not len(both):
        return []
    unnamed = pack.rows["energy"].filter(pl.col("item").cast(pl.String).is_null())
    plain = computed.rows().join(unnamed.select("line"), on="line", how="semi")
    lines = plain.group_by(keys).agg(pl.col("line").unique().alias("lines"))
    found = (
        both.join(lines, on=keys, how="inner")
        .group_by("category")
        .agg(
            pl.col("lines").list.explode().unique().sort(),
            pl.col("year").sort().cast(pl.String),
            pl.col("table").unique().sort().str.join(", "),
        )
        .sort("category")
    )
    file = pack.evidence["energy"].file if "energy" in pack.evidence else "energy.csv"
    return [
        Finding(
            "runs.counted-twice",
            "warning",
            file,
            tuple(row["lines"][:100]),
            "sub_sector",
            {"category": row["category"], "years": row["year"], "tables": row["table"]},
            line_count=len(row["lines"]),
        )
        for row in found.iter_rows(named=True)
    ]


def _compute(pack: Pack, book: FactorBook) -> Computed:
    evidence = pack.evidence.get("energy")
    return compute(
        pack.rows["energy"],
        book,
        pack.city.gases,
        evidence.evidence_id if evidence else "",
        evidence.file if evidence else "energy.csv",
    )


def _rounding(pack: Pack, activity: pl.DataFrame) -> list[Difference]:
    published = pack.rows["published_emissions"]
    if not len(published):
        return []
    computed = _compute(pack, pack.book(with_overrides=False))
    counted = totals_only(pl.concat([computed.cells, activity]))
    stages = {"base": pack.city.base_year, "before_measures": pack.city.target_year}
    return differences(counted, published, stages)


def _rounding_cells(rounding: list[Difference], schema: pl.Schema) -> pl.DataFrame:
    rows = [
        {
            "year": each.year,
            "category": "",
            "sector": each.sector,
            "carrier": ROUNDING,
            "scope": each.scope,
            "gas": "CO2E",
            "method": ROUNDING,
            "factor_id": "",
            "factor_t_per_mwh": 0.0,
            "energy_wh": 0,
            "emission_mg": each.difference_mg,
            "co2e_mg": each.difference_mg,
            "rows_count": 1,
            "first_line": each.line,
        }
        for each in rounding
    ]
    return pl.DataFrame(rows, schema=schema)


# One shape for all result rows


def _energy_results(inventory: Inventory) -> pl.DataFrame:
    pack, rows = inventory.pack, inventory.rows
    evidence = pack.evidence.get("energy")
    about = pack.rows["energy"].select(
        "line",
        pl.col("item", "quality").cast(pl.String),
        "doubt_percent",
    )
    sets = {each: quality_of_set(each.partition("/")[0]) for each in inventory.factors}
    return rows.join(about, on="line", how="left").select(
        "year",
        "category",
        "sector",
        "scope",
        "carrier",
        pl.col("item").fill_null(""),
        "gas",
        species=pl.col("gas"),
        activity=pl.col("energy_wh") / WH_PER_MWH,
        activity_unit=pl.lit("MWh"),
        factor_id=pl.col("factor_id"),
        emission_mg=pl.col("emission_mg"),
        co2e_mg=pl.col("co2e_mg"),
        quality_activity=pl.col("quality").fill_null(""),
        quality_factor=pl.col("factor_id").replace_strict(sets, default="L"),
        doubt_percent=pl.col("doubt_percent"),
        method=pl.col("method"),
        table=pl.lit("energy"),
        file=pl.lit(evidence.file if evidence else "energy.csv"),
        evidence_id=pl.lit(evidence.evidence_id if evidence else ""),
        line=pl.col("line").cast(pl.Int64),
    )


def _activity_results(inventory: Inventory) -> pl.DataFrame:
    gathered, pack = inventory.gathered, inventory.pack
    worst = gathered.terms.group_by("row").agg(
        pl.col("term_id").sort().str.join("; ").alias("factor_id"),
        _set_quality().alias("quality_factor"),
    )
    files = {name: each.file for name, each in pack.evidence.items()}
    hashes = {name: each.evidence_id for name, each in pack.evidence.items()}
    return gathered.rows.join(worst, on="row", how="left").select(
        "year",
        "category",
        "sector",
        "scope",
        "carrier",
        "item",
        "gas",
        species=pl.col("species"),
        activity=pl.col("activity"),
        activity_unit=pl.col("activity_unit"),
        factor_id=pl.col("factor_id").fill_null(""),
        emission_mg=pl.col("emission_mg"),
        co2e_mg=pl.col("co2e_mg"),
        quality_activity=pl.col("quality").fill_null(""),
        quality_factor=pl.col("quality_factor").fill_null(""),
        doubt_percent=pl.col("doubt_percent"),
        method=pl.col("method"),
        table=pl.col("table"),
        file=_looked_up("table", files),
        evidence_id=_looked_up("table", hashes),
        line=pl.col("line"),
    )


def _looked_up(column: str, found: Mapping[str, str]) -> pl.Expr:
    return pl.col(column).replace_strict(found, default="", return_dtype=pl.String)


def _set_quality() -> pl.Expr:
    """The lowest quality among the numbers a row hangs on."""
    sets = pl.col("term_id").str.split("/").list.first()
    qualities = sets.map_elements(quality_of_set, return_dtype=pl.String)
    # H < L < M in the alphabet; the order wanted is H, M, L.
    rank = qualities.replace_strict({"H": 0, "M": 1, "L": 2}, return_dtype=pl.Int8)
    return rank.max().replace_strict({0: "H", 1: "M", 2: "L"}, return_dtype=pl.String)


def _qualities(inventory: Inventory) -> dict[int, dict[str, tuple[str, str]]]:
    """(of activity, of factor) by year and category, each that of most of the mass."""
    rows = inventory.results.filter(pl.col("gas") != BIOGENIC)
    found: dict[int, dict[str, tuple[str, str]]] = {}
    for (year, category), group in rows.group_by("year", "category", maintain_order=True):
        masses = group["co2e_mg"].to_list()
        pair = tuple(
            weighted_quality(list(zip(group[column].to_list(), masses, strict=True)))
            for column in ("quality_activity", "quality_factor")
        )
        found.setdefault(int(str(year)), {})[str(category)] = (pair[0], pair[1])
    return found


# Doubt


def _doubt(inventory: Inventory) -> tuple[pl.DataFrame, pl.DataFrame]:
    keep = ["year", "sector", "scope", "carrier", "category", "gas", "co2e_mg"]
    energy = _energy_doubt(inventory, keep)
    first = energy.height
    counting = [code for code, each in categories().items() if each.level in ("BASIC", "BASIC+")]
    rows = inventory.gathered.rows.filter(
        (pl.col("gas") != BIOGENIC) & pl.col("category").is_in(counting)
    )
    activity = rows.select(
        row=pl.col("row") + first,
        **{name: pl.col(name) for name in keep},
        activity_id=pl.format("{}:{}", "table", "line"),
        activity_doubt_ratio=_doubt_ratio(inventory.parameters),
    )
    terms = inventory.gathered.terms.join(rows.select("row"), on="row", how="semi")
    return (
        pl.concat([energy.select(activity.columns), activity]),
        pl.concat(
            [
                _factor_terms(inventory, energy),
                terms.with_columns(row=pl.col("row") + first),
            ]
        ),
    )


def _energy_doubt(inventory: Inventory, keep: list[str]) -> pl.DataFrame:
    """Rows of energy, or their cells where there are very many."""
    energy = inventory.pack.rows["energy"]
    if len(energy) > MOST_ROWS_OF_DOUBT:
        cells = totals_only(inventory.computed.cells).select(*keep, "factor_id")
        return cells.with_row_index("row").with_columns(
            row=pl.col("row").cast(pl.Int64),
            activity_id=pl.format("{}:{}:{}:{}", "year", "sector", "carrier", "scope"),
            activity_doubt_ratio=pl.lit(None, dtype=pl.Float64),
        )
    about = energy.select("line", pl.col("quality").cast(pl.String), "doubt_percent")
    rows = totals_only(inventory.rows).join(about, on="line", how="left").sort("line", "gas")
    return rows.with_row_index("row").select(
        row=pl.col("row").cast(pl.Int64),
        **{name: pl.col(name) for name in keep},
        factor_id=pl.col("factor_id"),
        activity_id=pl.format("energy:{}", "line"),
        activity_doubt_ratio=_doubt_ratio(inventory.parameters),
    )


def _doubt_ratio(parameters: ParameterBook) -> pl.Expr:
    """What the row says, else what its quality stands for, else unknown."""
    found: dict[str, Parameter | None] = {
        each: parameters.find("doubt.activity", each) for each in ("H", "M", "L")
    }
    by_quality = {name: each.value / 100 for name, each in found.items() if each is not None}
    return pl.coalesce(
        pl.col("doubt_percent") / 100,
        pl.col("quality").replace_strict(by_quality, default=None, return_dtype=pl.Float64),
    )


def _factor_terms(inventory: Inventory, energy: pl.DataFrame) -> pl.DataFrame:
    ratios = pl.DataFrame(
        [
            {"factor_id": name, "low_ratio": each.ratios[0], "high_ratio": each.ratios[1]}
            for name, each in sorted(inventory.factors.items())
        ],
        schema={"factor_id": pl.String, "low_ratio": pl.Float64, "high_ratio": pl.Float64},
    )
    return (
        energy.select("row", "factor_id")
        .join(ratios, on="factor_id", how="inner")
        .sort("row")
        .select("row", pl.col("factor_id").alias("term_id"), "low_ratio", "high_ratio")
    )
