"""The inventory as cells of a pathway: what each use takes of each carrier, year by year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from vatra.contract import energy_by_use
from vatra.plans.compute import totals_only
from vatra.plans.engine import Cell
from vatra.runs.inventory import ROUNDING, Inventory
from vatra.runs.pack import Pack
from vatra.runs.pathway import factor_co2e
from vatra.tables.gpc import categories
from vatra.tables.vocabulary import BIOGENIC
from vatra.units import MG_PER_WH_AT_ONE_T_PER_MWH

# What a sub-sector's energy serves where uses.csv does not say; the land's machines are farms.
USE_OF_SUB_SECTOR = {
    "I.1": "residential",
    "I.2": "tertiary",
    "I.3": "industry",
    "I.4": "energy_industry",
    "I.5": "agriculture",
    "I.6": "buildings",
    "I.7": "fugitive",
    "I.8": "fugitive",
    "II.1": "road",
    "II.2": "rail",
    "II.3": "waterborne",
    "II.4": "aviation",
    "II.5": "off_road",
}
USE_OF_TABLE = {
    "solid_waste": "landfill",
    "biological_treatment": "biological",
    "incineration": "incineration",
    "wastewater": "wastewater",
    "industrial_wastewater": "wastewater",
    "livestock": "livestock",
    "soil_inputs": "soils",
    "refrigerants": "refrigerants",
    "industrial_production": "processes",
    "product_use": "product_use",
    "land_use": "land_use",
    "carbon_stocks": "land_use",
    "urban_trees": "trees",
    "gas_systems": "fugitive",
    "coal_mining": "fugitive",
    "network_losses": "losses",
    "street_lighting": "street_lighting",
}
# Methods of activity that burn or draw a carrier: their cells are energy, at the carrier's factor.
ENERGY_TABLES = (
    "vehicle_activity",
    "line_transport",
    "off_road_machines",
    "street_lighting",
    "flights",
    "trips",
)
# Bulk waste under a Romanian sky; the half-life of 7 to 8 years of IPCC 2006, Volume 5, Table 3.3
# (boreal and temperate, wet 0.09 and dry 0.05 per year).
DECAY_PER_YEAR = {"boreal_temperate_wet": 0.09, "boreal_temperate_dry": 0.05,
                  "tropical_dry": 0.065, "tropical_wet": 0.17}  # fmt: skip
_DEFAULT_CLIMATE = "boreal_temperate_wet"


@dataclass(frozen=True)
class Known:
    """What is known of a cell: amount [Wh, or mg for streams] and factor [mg/Wh] by year.

    ``line`` of the first row behind it in ``file``.
    """

    cell: Cell
    amount: Mapping[int, float]
    factor: Mapping[int, float] = field(default_factory=dict)


def known_cells(pack: Pack, counted: Inventory) -> list[Known]:
    """Every cell of the inventory with the years it is known in, ordered by key."""
    found = [*_energy(pack, counted), *_streams(pack, counted), *_rounding(counted)]
    return sorted(_merged(found), key=lambda each: each.cell.key)


def _merged(found: list[Known]) -> list[Known]:
    """Cells of one key together: energy rows and rows of activity may share a use."""
    by_key: dict[tuple[str, ...], Known] = {}
    for each in found:
        had = by_key.get(each.cell.key)
        if had is None:
            by_key[each.cell.key] = each
            continue
        years = sorted({*had.amount, *each.amount})
        amount = {year: had.amount.get(year, 0.0) + each.amount.get(year, 0.0) for year in years}
        mass = {
            year: had.amount.get(year, 0.0) * had.factor.get(year, 1.0)
            + each.amount.get(year, 0.0) * each.factor.get(year, 1.0)
            for year in years
        }
        factor = {year: mass[year] / amount[year] for year in years if amount[year]}
        by_key[each.cell.key] = Known(had.cell, amount, factor if not had.cell.stream else {})
    return list(by_key.values())


def _energy(pack: Pack, counted: Inventory) -> Iterator[Known]:
    """Cells of ``energy.csv``: energy as stated, factor as its emission over its energy."""
    cells = totals_only(counted.computed.cells)
    mass: dict[tuple[int, str, str, str, str], int] = {}
    keys = ["year", "sector", "carrier", "scope", "category"]
    sums = cells.group_by(keys).agg(pl.col("co2e_mg").sum())
    for year, sector, carrier, scope, category, co2e_mg in sums.iter_rows():
        mass[year, sector, carrier, scope or "none", category] = co2e_mg
    by_cell: dict[Cell, tuple[dict[int, float], dict[int, float]]] = {}
    for key, energy_wh in energy_by_use(counted.computed.cells.iter_rows(named=True)).items():
        year, sector, carrier, scope, category = key
        sub_sector = categories()[category].sub_sector if category in categories() else ""
        use = _use_of(sector, sub_sector, pack)
        cell = Cell(use, sector, sub_sector, carrier, "" if scope == "none" else scope)
        amounts, factors = by_cell.setdefault(cell, ({}, {}))
        amounts[year] = amounts.get(year, 0.0) + energy_wh
        co2e_mg = mass.get(key, 0)
        factor = co2e_mg / energy_wh if energy_wh else _book_factor(pack, counted, cell, year)
        if factor is not None:
            factors[year] = factor
    for cell, (amounts, factors) in by_cell.items():
        yield Known(cell, amounts, factors)


def _use_of(sector: str, sub_sector: str, pack: Pack) -> str:
    """The sub-sector's own use; the sector where its default sub-sector only stands in for it."""
    if sector == "waste":
        return "waste"
    return USE_OF_SUB_SECTOR.get(sub_sector, sector)


def _book_factor(pack: Pack, counted: Inventory, cell: Cell, year: int) -> float | None:
    found = factor_co2e(pack, counted.book, cell.sector, cell.carrier, year)
    return None if found is None else found * MG_PER_WH_AT_ONE_T_PER_MWH


def _streams(pack: Pack, counted: Inventory) -> Iterator[Known]:
    """Cells of the methods of activity, by table and sub-sector."""
    codes = [code for code, each in categories().items() if each.level in ("BASIC", "BASIC+")]
    rows = counted.gathered.rows.filter(
        (pl.col("gas") != BIOGENIC) & pl.col("category").is_in(codes)
    )
    keys = ["table", "sector", "category", "scope", "carrier"]
    sums = rows.group_by("year", *keys).agg(pl.col("co2e_mg").sum()).sort("year", *keys)
    by_cell: dict[Cell, tuple[dict[int, float], dict[int, float]]] = {}
    for year, table, sector, category, scope, carrier, co2e_mg in sums.iter_rows():
        cell, factor = _stream_cell(
            pack, counted, (table, sector, categories()[category].sub_sector, scope, carrier), year
        )
        amounts, factors = by_cell.setdefault(cell, ({}, {}))
        amounts[year] = amounts.get(year, 0.0) + (co2e_mg / factor if factor else co2e_mg)
        if factor:
            factors[year] = factor
    for cell, (amounts, factors) in by_cell.items():
        yield Known(cell, amounts, factors)


def _stream_cell(
    pack: Pack, counted: Inventory, where: tuple[str, str, str, str, str], year: int
) -> tuple[Cell, float | None]:
    table, sector, sub_sector, scope, carrier = where
    if table in ENERGY_TABLES:
        use = USE_OF_TABLE.get(table) or USE_OF_SUB_SECTOR.get(sub_sector, sector)
        cell = Cell(use, sector, sub_sector, carrier, scope)
        factor = _book_factor(pack, counted, cell, year)
        if factor:
            return cell, factor
    use = USE_OF_TABLE.get(table) or USE_OF_SUB_SECTOR.get(sub_sector, sector)
    decay = DECAY_PER_YEAR[pack.city.climate or _DEFAULT_CLIMATE] if use == "landfill" else 0.0
    return Cell(use, sector, sub_sector, "", scope, table, decay), None


def _rounding(counted: Inventory) -> Iterator[Known]:
    """Rounding in print stays with its sector, one stream a sector."""
    rows = counted.cells.filter(pl.col("carrier") == ROUNDING)
    sums = rows.group_by("sector", "year").agg(pl.col("co2e_mg").sum()).sort("sector", "year")
    by_sector: dict[str, dict[int, float]] = {}
    for sector, year, co2e_mg in sums.iter_rows():
        by_sector.setdefault(sector, {})[year] = co2e_mg
    for sector, amounts in by_sector.items():
        yield Known(Cell(sector, sector, stream=ROUNDING), amounts)


def in_uses(cells: list[Known], uses: pl.DataFrame) -> list[Known]:
    """Divide cells of energy into the uses that ``uses.csv`` states.

    A row holds for the cells of its sector, narrowed by sub-sector and carrier where it names them;
    of a use's rows the narrowest that fits counts. What no use takes stays where it was.
    """
    rows = list(uses.iter_rows(named=True))
    found: list[Known] = []
    for known in cells:
        taken = {} if known.cell.stream else _shares(known.cell, rows)
        rest = 1.0 - sum(taken.values())
        for use, share in sorted(taken.items()):
            found.append(_part(known, use, share))
        if rest > 1e-9 or not taken:
            found.append(_part(known, known.cell.use, max(rest, 0.0)) if taken else known)
    return sorted(_merged(found), key=lambda each: each.cell.key)


def _part(known: Known, use: str, share: float) -> Known:
    amount = {year: each * share for year, each in known.amount.items()}
    return Known(replace(known.cell, use=use), amount, known.factor)


def _shares(cell: Cell, rows: list[dict[str, object]]) -> dict[str, float]:
    best: dict[str, tuple[int, float]] = {}
    for row in rows:
        narrow = 0
        if row["sector"] != cell.sector:
            continue
        for name, own in (("sub_sector", cell.sub_sector), ("carrier", cell.carrier)):
            if row[name] is None:
                continue
            narrow += 1 if row[name] == own else -10
        use = str(row["use"])
        if narrow >= 0 and (use not in best or narrow > best[use][0]):
            best[use] = (narrow, float(str(row["share_percent"])) / 100)
    return {use: share for use, (_, share) in best.items()}


def idle_uses(cells: list[Known], uses: pl.DataFrame) -> list[dict[str, object]]:
    """Rows of ``uses.csv`` for which the inventory has no energy to divide."""
    energy = [each.cell for each in cells if not each.cell.stream]
    return [
        row
        for row in uses.sort("line").iter_rows(named=True)
        if not any(
            cell.sector == row["sector"]
            and row["sub_sector"] in (None, cell.sub_sector)
            and row["carrier"] in (None, cell.carrier)
            for cell in energy
        )
    ]


def over_shared(cells: list[Known], uses: pl.DataFrame) -> list[tuple[Cell, float, list[int]]]:
    """Cells whose uses take more than all of them, with the sum and the lines."""
    rows = list(uses.iter_rows(named=True))
    found = []
    for known in cells:
        total = 0.0 if known.cell.stream else sum(_shares(known.cell, rows).values())
        if total > 1 + 1e-9:
            lines = [row["line"] for row in rows if row["sector"] == known.cell.sector]
            found.append((known.cell, total, lines))
    return found
