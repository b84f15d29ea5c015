"""Totals that follow from a contract's cells, as whole milligrams of CO2e."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from vatra.tables.vocabulary import BIOGENIC, MIXTURE


def totals(cells: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Sums of ``co2e_mg`` by year: all, by sector, by scope, by sector and scope, by gas.

    Biogenic CO2 is summed apart and enters none of them.
    """
    result: dict[str, dict[str, Any]] = {
        "all": {}, "by_sector": {}, "by_scope": {}, "by_sector_scope": {}, "by_gas": {},
        "biogenic": {}, "energy_wh": {},
    }  # fmt: skip
    cells = list(cells)
    for cell in cells:
        year, sector = str(cell["year"]), cell["sector"]
        scope = str(cell["scope"] or "none")
        if cell["gas"] == BIOGENIC:
            _add(result["biogenic"], (year,), cell["co2e_mg"])
            continue
        _add(result["all"], (year,), cell["co2e_mg"])
        _add(result["by_sector"], (year, sector), cell["co2e_mg"])
        _add(result["by_scope"], (year, scope), cell["co2e_mg"])
        _add(result["by_sector_scope"], (year, sector, scope), cell["co2e_mg"])
        _add(result["by_gas"], (year, cell["gas"]), cell["co2e_mg"])
    counting = [each for each in cells if each["gas"] != BIOGENIC]
    for (found_year, sector, *_), energy_wh in energy_by_use(counting).items():
        _add(result["energy_wh"], (str(found_year), sector), energy_wh)
    return result


def energy_by_use(cells: Iterable[Mapping[str, Any]]) -> dict[tuple[Any, ...], int]:
    """Energy [Wh] by year, sector, carrier, scope and category, each activity once.

    A use has a cell for each gas, and for each factor where localities have factors of their own.
    Its energy is that of the gas that has most of it, and of a mixture, which stands alone.
    """
    by_gas: dict[tuple[Any, ...], dict[str, int]] = {}
    for cell in cells:
        if cell.get("factor_id") == "":
            # A cell of activity: what it says of energy stands in its rows.
            continue
        scope, category = str(cell["scope"] or "none"), cell.get("category", "")
        use = (cell["year"], cell["sector"], cell["carrier"], scope, category)
        gases = by_gas.setdefault(use, {})
        gases[cell["gas"]] = gases.get(cell["gas"], 0) + cell["energy_wh"]
    return {
        use: gases.pop(MIXTURE, 0) + max(gases.values(), default=0) for use, gases in by_gas.items()
    }


def plan_sums(plan: Mapping[str, Any]) -> dict[str, Any]:
    """Sums a plan must show: totals of each stage, the cut, and the split adding up to it."""
    base, after = sum(plan["base_mg"].values()), sum(plan["after_mg"].values())
    result: dict[str, Any] = {
        "base_total_mg": base,
        "before_total_mg": sum(plan["before_mg"].values()),
        "residual_mg": after,
        "cut_mg": base - after,
    }
    for name in ("in_order", "symmetric"):
        drivers: dict[str, int] = {}
        for cuts in plan["split"][name]["by_sector"].values():
            for driver, cut in cuts.items():
                drivers[driver] = drivers.get(driver, 0) + cut
        result.setdefault("split", {})[name] = {"total": drivers}
    return result


def _add(tree: dict[str, Any], path: tuple[str, ...], value: int) -> None:
    for part in path[:-1]:
        tree = tree.setdefault(part, {})
    tree[path[-1]] = tree.get(path[-1], 0) + value
