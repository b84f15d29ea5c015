"""Rows of off_road_machines -> emissions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.factors import Parameter
from vatra.factors.carriers import CarrierFactors
from vatra.methods.base import Emissions, Inputs, Results
from vatra.methods.off_road.formulas import fuel_mwh, work_mwh
from vatra.tables.vocabulary import GRID_CARRIERS

TABLE = "off_road_machines"
Row = Mapping[str, Any]
Used = tuple[Parameter, ...]


def emissions(inputs: Inputs) -> Emissions:
    """Emissions of every row whose work can be turned into fuel."""
    results = Results(inputs, TABLE)
    factors = CarrierFactors(inputs.book, inputs.parameters, "off_road", "off_road")
    wrong: dict[str, list[int]] = {}
    for row in inputs.rows(TABLE):
        gases = factors.of(row["carrier"], row["year"], row["line"])
        fault = _fault(row)
        energy = None if fault else _energy(row, inputs, results)
        if isinstance(energy, str) or fault:
            wrong.setdefault(fault or str(energy), []).append(row["line"])
            continue
        if energy is None:
            continue
        for gas in gases:
            results.add(
                row,
                category=row["category"],
                stream=row["carrier"],
                gas=gas.gas,
                emission_t=energy[0] * gas.t_per_mwh,
                activity=row["machines_count"] * row["yearly_hours"],
                activity_unit="h",
                used=(gas.used, *energy[1]),
            )
    for fault, lines in sorted(wrong.items()):
        results.finding(f"methods.{fault}", lines, _COLUMN_OF[fault])
    for lines, carrier, year in factors.missing():
        results.finding(
            "methods.carrier-without-factor", lines, "carrier", carrier=carrier, year=year
        )
    return results.finish()


_COLUMN_OF = {
    "machines-scope": "category",
    "machines-load": "load_percent",
    "machines-no-calorific": "carrier",
}


def _fault(row: Row) -> str:
    category, on_grid = row["category"], row["carrier"] in GRID_CARRIERS
    if category != "II.5.3" and category.endswith(".2") != on_grid:
        return "machines-scope"
    return "machines-load" if (row["load_percent"] or 0) > 100 else ""


def _energy(row: Row, inputs: Inputs, results: Results) -> tuple[float, Used] | str | None:
    """Energy and the defaults it follows; a code of what is wrong; None where a default lacks."""
    load_percent: float | None = row["load_percent"]
    used: Used = ()
    if load_percent is None:
        default = results.need(row, "off_road.load", row["machine"])
        if default is None:
            return None
        load_percent, used = default.value, (default,)
    work = work_mwh(row["machines_count"], row["yearly_hours"], row["power_kw"], load_percent / 100)
    if row["carrier"] in GRID_CARRIERS:
        return work, used
    return _fuel(row, work, used, inputs, results)


def _fuel(
    row: Row, work: float, used: Used, inputs: Inputs, results: Results
) -> tuple[float, Used] | str | None:
    consumption = row["consumption_g_per_kwh_parameter"]
    if consumption is None:
        default = results.need(row, "off_road.consumption", row["carrier"])
        if default is None:
            return None
        consumption, used = default.value, (*used, default)
    mwh_per_kg = inputs.book.fuel_size(row["carrier"], "kg")
    if mwh_per_kg is None:
        return "machines-no-calorific"
    return fuel_mwh(work, consumption, mwh_per_kg), used
