"""Rows of street_lighting -> emissions of the electricity they take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.factors import Parameter
from vatra.factors.carriers import CarrierFactors
from vatra.methods.base import Emissions, Inputs, Results
from vatra.methods.public_lighting.formulas import energy_mwh

TABLE = "street_lighting"
HOURS_IN_A_LEAP_YEAR = 366 * 24


def emissions(inputs: Inputs) -> Emissions:
    """Emissions of every row of lamps."""
    results = Results(inputs, TABLE)
    factors = CarrierFactors(inputs.book, inputs.parameters)
    overlit: list[int] = []
    overdimmed: list[int] = []
    for row in inputs.rows(TABLE):
        gases = factors.of(row["carrier"], row["year"], row["line"])
        lit = _hours(row, results, overlit)
        if (row["dimming_percent"] or 0) > 100:
            overdimmed.append(row["line"])
        elif lit is not None:
            dimmed_share = (row["dimming_percent"] or 0) / 100
            energy = energy_mwh(row["lamps_count"], row["power_w"], lit[0], dimmed_share)
            for gas in gases:
                results.add(
                    row,
                    category="I.2.2",
                    stream=row["carrier"],
                    gas=gas.gas,
                    emission_t=energy * gas.t_per_mwh,
                    activity=energy,
                    activity_unit="MWh",
                    used=(gas.used, *lit[1]),
                )
    if overlit:
        results.finding("methods.lighting-hours", overlit, "hours")
    if overdimmed:
        results.finding("methods.lighting-dimming", overdimmed, "dimming_percent")
    for lines, carrier, year in factors.missing():
        results.finding(
            "methods.carrier-without-factor", lines, "carrier", carrier=carrier, year=year
        )
    return results.finish()


def _hours(
    row: Mapping[str, Any], results: Results, overlit: list[int]
) -> tuple[float, tuple[Parameter, ...]] | None:
    """Hours lit in the year, of the row or by default."""
    hours = row["yearly_hours"]
    if hours is None:
        default = results.need(row, "lighting.hours")
        return None if default is None else (default.value, (default,))
    if hours > HOURS_IN_A_LEAP_YEAR:
        overlit.append(row["line"])
        return None
    return hours, ()
