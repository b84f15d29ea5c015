"""The inventory of a pack: result rows, their sums by cell and GPC category, rounding in print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from vatra.factors import Factor, FactorBook, ParameterBook
from vatra.methods import Inputs, activity_methods
from vatra.plans.compute import CELL_KEYS, Computed, compute, totals_only
from vatra.plans.gather import Gathered, gather
from vatra.plans.gpc import (
    GpcTable,
    gpc_table,
    notation_findings,
    notations_of,
)
from vatra.plans.reconcile import Difference, differences
from vatra.plans.reconcile import findings as print_findings
from vatra.runs.doubt_rows import doubt_of
from vatra.runs.pack import Pack
from vatra.runs.recalculation_log import log_findings
from vatra.runs.result_rows import qualities_of, result_rows
from vatra.runs.years import missing_years
from vatra.tables import Finding
from vatra.tables import tables as declared
from vatra.tables.gpc import categories
from vatra.tables.vocabulary import BIOGENIC

ROUNDING = "print_rounding"


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
        return result_rows(self)

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
        qualities = qualities_of(self)
        return {
            year: gpc_table(year, cells, notations_of(notations, year), qualities.get(year, {}))
            for year in self.years
        }

    def doubt_rows(self, apart: bool = False) -> tuple[pl.DataFrame, pl.DataFrame]:
        """What ``plans.doubt`` reckons with: rows and the terms each hangs on.

        ``rows``: row, year, sector, scope, carrier, category, gas, co2e_mg, activity_id,
        activity_doubt_ratio (half the 95 % interval as a share, null where nothing is known);
        ``terms``: row, term_id, low_ratio, high_ratio. Biogenic CO2 is left out, and what
        counts in no total unless ``apart`` asks for it.
        """
        return doubt_of(self, apart)


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
