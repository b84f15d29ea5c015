"""The plan of a pack: base year, target year before and after measures, and the split."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from vatra.contract import energy_by_use
from vatra.factors import FactorBook, Missing
from vatra.plans import Aim, Cell, Plan, left_shares, plan, read_measures, sums_by_sector
from vatra.plans.compute import totals_only
from vatra.runs.inventory import Inventory
from vatra.runs.pack import Pack
from vatra.tables import Finding
from vatra.tables.vocabulary import BIOGENIC, END_USE_OF_SECTOR, MIXTURE
from vatra.units import MG_PER_WH_AT_ONE_T_PER_MWH
from vatra.words import has


def pathway(pack: Pack, inventory: Inventory) -> Plan | None:
    """The plan, or ``None`` when the pack has no rows for its target year or no target."""
    city = pack.city
    years = set(inventory.cells["year"].to_list())
    if city.target_cut_ppm is None or not {city.base_year, city.target_year} <= years:
        return None
    aim = Aim(city.base_year, city.target_year, city.target_cut_ppm, city.residual_limit_ppm)
    counted = inventory.counted()
    before_mg = sums_by_sector(counted, city.target_year)
    factors = _target_factors(pack, inventory.book)
    measures = read_measures(pack.rows["measures"], pack.rows["measures_energy"], factors)
    left = left_shares(
        before_mg, _printed(pack, "before_measures"), _printed(pack, "after_measures"), measures
    )
    return plan(
        aim,
        _split_cells(pack, inventory),
        sums_by_sector(counted, city.base_year),
        before_mg,
        left,
        measures,
    )


def missing_in_target(pack: Pack, inventory: Inventory) -> list[Finding]:
    """Uses of the base year that the target year has no row for: missing is not zero.

    Empty when the pack has no rows for its target year at all, or no target: it has no plan then.
    """
    city = pack.city
    if city.target_cut_ppm is None or city.target_year not in inventory.cells["year"].unique():
        return []
    return [
        *without_base(pack, inventory),
        *_energy_missing(pack),
        *_streams_missing(pack, inventory),
    ]


def without_base(pack: Pack, inventory: Inventory) -> list[Finding]:
    """A base year in which nothing is emitted: no share of it can be told, nor any cut."""
    year = pack.city.base_year
    counted = inventory.counted()
    if counted.filter(counted["year"] == year)["co2e_mg"].sum() > 0:
        return []
    file = pack.evidence["energy"].file if "energy" in pack.evidence else "city.yaml"
    return [Finding("runs.base-empty", "error", file, column="year", params={"year": str(year)})]


def _streams_missing(pack: Pack, inventory: Inventory) -> list[Finding]:
    """Streams of activity (waste, livestock, ...) that stand in the base year only."""
    city, keys = pack.city, ["table", "sector", "carrier", "scope"]
    rows = inventory.gathered.rows.filter(pl.col("emission_mg") != 0)
    base = rows.filter(pl.col("year") == city.base_year).group_by(keys).agg(pl.col("line").min())
    target = inventory.gathered.rows.filter(pl.col("year") == city.target_year)
    absent = base.join(target, on=keys, how="anti").sort(keys)
    return [
        _absent(pack, row["table"], row["sector"], row["carrier"], row["line"])
        for row in absent.iter_rows(named=True)
    ]


def _absent(pack: Pack, table: str, sector: str, carrier: str, line: int) -> Finding:
    params = {
        "sector": f"@tables.sector-{sector}",
        "carrier": _carrier_name(carrier),
        "base_year": str(pack.city.base_year),
        "target_year": str(pack.city.target_year),
    }
    file = pack.evidence[table].file
    return Finding("runs.target-row-missing", "error", file, (line,), "year", params)


def _energy_missing(pack: Pack) -> list[Finding]:
    city, energy = pack.city, pack.rows["energy"]
    keys = ["sector", "carrier", "scope"]
    sums = energy.group_by("year", *keys).agg(
        pl.col("energy_wh").sum(), pl.col("line").min().alias("first_line")
    )
    sums = sums.with_columns(pl.col(keys).cast(pl.String))
    base = sums.filter((pl.col("year") == city.base_year) & (pl.col("energy_wh") != 0))
    target = sums.filter(pl.col("year") == city.target_year)
    absent = base.join(target, on=keys, how="anti").unique(keys).sort(keys)
    return [
        _absent(pack, "energy", row["sector"], row["carrier"], row["first_line"])
        for row in absent.iter_rows(named=True)
    ]


def _carrier_name(carrier: str) -> str:
    key = f"tables.carrier-{carrier}"
    return f"@{key}" if has(key) else carrier


def _printed(pack: Pack, stage: str) -> dict[str, int]:
    rows = pack.rows["published_emissions"].filter(
        (pl.col("stage") == stage) & pl.col("sector").is_not_null() & pl.col("scope").is_null()
    )
    return dict(rows.select("sector", "emission_mg").iter_rows())


def _split_cells(pack: Pack, inventory: Inventory) -> list[Cell]:
    city = pack.city
    by_key: dict[tuple[str, str, str], dict[int, int]] = {}
    uses = energy_by_use(inventory.computed.cells.iter_rows(named=True))
    for (year, sector, carrier, scope, _), energy_wh in uses.items():
        by_year = by_key.setdefault((sector, carrier, scope), {})
        by_year[year] = by_year.get(year, 0) + energy_wh
    own = _factors_of_localities(inventory, by_key)
    cells = []
    for (sector, carrier, scope), by_year in sorted(by_key.items()):
        base, target = (
            own[sector, carrier, scope, year]
            if (sector, carrier, scope, year) in own
            else factor_co2e(pack, inventory.book, sector, carrier, year)
            for year in (city.base_year, city.target_year)
        )
        # A carrier used in one of the two years only needs no factor in the other.
        known = next((each for each in (base, target) if each is not None), 0.0)
        cells.append(
            Cell(
                sector,
                carrier,
                scope,
                by_year.get(city.base_year, 0),
                by_year.get(city.target_year, 0),
                known if base is None else base,
                known if target is None else target,
            )
        )
    return cells


def _factors_of_localities(
    inventory: Inventory, energy_wh: Mapping[tuple[str, str, str], Mapping[int, int]]
) -> dict[tuple[str, str, str, int], float]:
    """CO2e of a unit of energy [t/MWh] over all localities, where some have factors of their own.

    Keys are sector, carrier, scope and year; empty for a city with one factor for all.
    """
    if not inventory.computed.regions:
        return {}
    keys = ["sector", "carrier", "scope", "year"]
    sums = totals_only(inventory.computed.cells).group_by(keys).agg(pl.col("co2e_mg").sum())
    found = {}
    for sector, carrier, scope, year, co2e_mg in sums.iter_rows():
        of_year = energy_wh[sector, carrier, scope][year]
        if of_year:
            mass_t_per_mwh = co2e_mg / of_year / MG_PER_WH_AT_ONE_T_PER_MWH
            found[sector, carrier, scope, year] = mass_t_per_mwh
    return found


def factor_co2e(pack: Pack, book: FactorBook, sector: str, carrier: str, year: int) -> float | None:
    """CO2e factor of all counted gases together [t/MWh], ``None`` when the book has none."""
    chosen = book.choose(carrier, year, END_USE_OF_SECTOR[sector])
    if isinstance(chosen, Missing):
        return None
    counted = {*pack.city.gases, MIXTURE} - {BIOGENIC}
    return sum(
        factor.value_t_per_mwh * book.gwp[gas]
        for gas, factor in sorted(chosen.items())
        if gas in counted and gas in book.gwp
    )


def _target_factors(pack: Pack, book: FactorBook) -> dict[str, float]:
    """CO2e factor by carrier in the target year, for the energy of measures."""
    texts = pl.col("code", "carrier", "sector").cast(pl.String)
    sectors = pack.rows["measures"].select("code", "sector")
    rows = pack.rows["measures_energy"].join(sectors, on="code", how="left").with_columns(texts)
    found: dict[str, float] = {}
    pairs = rows.select("carrier", "sector").drop_nulls().unique().sort("carrier", "sector")
    for carrier, sector in pairs.iter_rows():
        factor = factor_co2e(pack, book, sector, carrier, pack.city.target_year)
        if factor is not None:
            found.setdefault(carrier, factor)
    return found
