"""The gap between a pack's rows and what its contract prints, as a ledger by year."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from vatra.factors import Factor
from vatra.plans.ledger import Ledger, ledger
from vatra.plans.ledger_lines import Line
from vatra.runs.inventory import ROUNDING, Inventory
from vatra.runs.pack import Pack
from vatra.sources.city_yaml import read_city
from vatra.tables.vocabulary import MIXTURE

_BASE, _TARGET = "base", "before_measures"


def gap(inventory: Inventory, year: int, printed_gases: Collection[str] | None = None) -> Ledger:
    """Our rows of a year against the tables ``published_emissions`` and ``published_energy``.

    The factors of the pack's own ``factors.csv`` are those that the contract prints: they explain
    what another set or an override moves.

    Parameters
    ----------
    inventory : computed under any factors and gases
    year : base year or target year (as before measures)
    printed_gases : gases the contract counts, None for all
    """
    pack = inventory.pack
    cells = inventory.counted().filter(pl.col("carrier") != ROUNDING)
    stage = _BASE if year == pack.city.base_year else _TARGET
    return ledger(cells, published_lines(pack, year, stage), year, printed_gases)


def printed_years(pack: Pack) -> tuple[int, ...]:
    """Years of which the pack says that tonnes or energy are printed, sorted."""
    city, emissions = pack.city, pack.rows["published_emissions"]
    stages = {_BASE: city.base_year, _TARGET: city.target_year}
    found = set(pack.rows["published_energy"]["year"].to_list())
    for stage, year in stages.items():
        found |= {year} if len(emissions.filter(year=year, stage=stage)) else set()
    return tuple(sorted(found))


def printed_gases(pack: Pack) -> tuple[str, ...] | None:
    """Gases that the contract counts, where the pack was changed to count more; else None.

    They are those of ``city.yaml``; a mixture is printed with them.
    """
    declared, _ = read_city(pack.folder)
    if declared is None or set(pack.city.gases) <= set(declared.gases):
        return None
    return (*declared.gases, MIXTURE)


def published_lines(pack: Pack, year: int, stage: str) -> list[Line]:
    """Everything that a pack says is printed for a year."""
    emissions = pack.rows["published_emissions"]
    lines = [
        Line(row["sector"] or "", row["scope"] or "", emission_mg=row["emission_mg"])
        for row in emissions.filter(year=year, stage=stage).iter_rows(named=True)
    ]
    lines += [
        Line(row["sector"] or "", energy_wh=row["energy_wh"])
        for row in pack.rows["published_energy"].filter(year=year).iter_rows(named=True)
    ]
    printed: dict[str, Factor] = {}
    for each in pack.own_factors:
        if _is_printed(each, year):
            printed.setdefault(each.carrier, each)
    lines += [
        Line(carrier=name, factor_t_per_mwh=each.value_t_per_mwh)
        for name, each in sorted(printed.items())
    ]
    return lines


def _is_printed(factor: Factor, year: int) -> bool:
    """Whether a factor is the one figure for its carrier that a contract prints."""
    plain = factor.end_use == "any" and not factor.region
    return plain and factor.gas in ("CO2", MIXTURE) and factor.holds_in(year)
