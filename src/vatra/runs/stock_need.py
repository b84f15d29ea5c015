"""From a folder of buildings and a climate to what each building and each type needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vatra.plans.blocks import Engine, Needs, Sky, simulate
from vatra.plans.stock import Building, building_row
from vatra.runs.blocks import read_climate
from vatra.runs.stock import Stock, open_stock, under
from vatra.tables import FindingsError, has_errors

Row = dict[str, Any]


@dataclass(frozen=True, eq=False)
class StockRun:
    """A stock in a climate; ``needs`` run over its buildings in their order."""

    stock: Stock
    needs: Needs


def run_stock(
    folder: Path,
    climate: str,
    engine: Engine,
    *,
    warmer_k: float = 0.0,
    compiled: bool = True,
) -> StockRun:
    """Read a stock and a climate, and simulate every building.

    ``climate`` as for ``run_blocks``. Raises ``FindingsError`` with the faults of all files at
    once.
    """
    stock = open_stock(folder)
    around, found = read_climate(climate, warmer_k)
    findings = [*stock.findings, *found]
    if around is None or has_errors(findings):
        raise FindingsError(findings)
    stock = under(stock, around)
    sky: Sky = "perez" if compiled else "isotropic"
    needs = simulate(stock.zones(), around, engine, sky=sky, compiled=compiled)
    return StockRun(stock, needs)


def building_needs(run: StockRun) -> list[Row]:
    """One row a building: the columns of ``buildings.csv``, its need and what was assumed.

    ``peak_heating_w`` is None where the engine does not know it.
    """
    peaks = run.needs.peak_heating_w
    found = []
    for place, building in enumerate(run.stock.buildings):
        found.append(
            {
                **building_row(building),
                "heating_wh": int(run.needs.heating_wh[place].sum()),
                "heating_kwh_m2": round(float(run.needs.heating_kwh_m2[place]), 1),
                "peak_heating_w": None if peaks is None else int(peaks[place]),
                "assumed": list(building.assumed),
            }
        )
    return found


def type_needs(run: StockRun) -> list[Row]:
    """One row a type, in the order of their codes, and their sum last (``archetype`` blank)."""
    sums: dict[str, Row] = {}
    for place, building in enumerate(run.stock.buildings):
        heating_wh = int(run.needs.heating_wh[place].sum())
        for code in (building.archetype, ""):
            _add(sums.setdefault(code, _zero(code)), building, heating_wh)
    ordered = sorted(sums, key=lambda code: (not code, code))
    return [{**sums[code], "heating_kwh_m2": _per_area(sums[code])} for code in ordered]


def _zero(code: str) -> Row:
    return {
        "archetype": code,
        "buildings_count": 0,
        "flats_count": 0,
        "heated_m2": 0.0,
        "heating_wh": 0,
    }


def _add(row: Row, building: Building, heating_wh: int) -> None:
    row["buildings_count"] += 1
    row["flats_count"] += building.flats_count
    # To a hundredth, so that the sum is the one of the counts.
    row["heated_m2"] = round(row["heated_m2"] + building.heated_m2, 2)
    row["heating_wh"] += heating_wh


def _per_area(row: Mapping[str, Any]) -> float:
    return round(float(row["heating_wh"] / 1e3 / row["heated_m2"]), 1)
