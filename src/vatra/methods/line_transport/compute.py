"""Rows of line_transport -> emissions inside the city and outside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vatra.factors.carriers import CarrierFactors
from vatra.methods.base import Emissions, Inputs, Results
from vatra.methods.line_transport.formulas import divided_mwh
from vatra.tables.line_transport import RAIL
from vatra.tables.vocabulary import GRID_CARRIERS

TABLE = "line_transport"


def emissions(inputs: Inputs) -> Emissions:
    """Emissions of every row whose line can be divided."""
    results = Results(inputs, TABLE)
    rail, water = (
        CarrierFactors(inputs.book, inputs.parameters, family, family)
        for family in ("rail", "water")
    )
    wrong: dict[str, list[int]] = {}
    for row in inputs.rows(TABLE):
        fault = _fault(row)
        factors = rail if row["mode"] in RAIL else water
        gases = factors.of(row["carrier"], row["year"], row["line"])
        if fault:
            wrong.setdefault(fault, []).append(row["line"])
            continue
        for category, energy_mwh in _parts(row):
            for gas in gases:
                results.add(
                    row,
                    category=category,
                    stream=row["carrier"],
                    gas=gas.gas,
                    emission_t=energy_mwh * gas.t_per_mwh,
                    activity=energy_mwh,
                    activity_unit="MWh",
                    used=(gas.used,),
                )
    for fault, lines in sorted(wrong.items()):
        results.finding(f"methods.{fault}", lines, _COLUMN_OF[fault])
    for factors in (rail, water):
        for lines, carrier, year in factors.missing():
            results.finding(
                "methods.carrier-without-factor", lines, "carrier", carrier=carrier, year=year
            )
    return results.finish()


_COLUMN_OF = {
    "line-without-length": "length",
    "line-inside-longer": "inside",
    "line-outside-over": "outside_percent",
}


def _fault(row: Mapping[str, Any]) -> str:
    """What forbids dividing the line, as a code, or nothing."""
    if not row["line_km"]:
        return "line-without-length"
    if row["inside_km"] > row["line_km"]:
        return "line-inside-longer"
    return "line-outside-over" if (row["outside_percent"] or 0) > 100 else ""


def _parts(row: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """Category and energy of each part of the line that is to be reported."""
    sub_sector = "II.2" if row["mode"] in RAIL else "II.3"
    inside_mwh, outside_mwh = divided_mwh(
        row["energy_mwh"], row["line_km"], row["inside_km"], (row["outside_percent"] or 0) / 100
    )
    yield f"{sub_sector}.{2 if row['carrier'] in GRID_CARRIERS else 1}", inside_mwh
    if row["outside_percent"] is not None:
        yield f"{sub_sector}.3", outside_mwh
