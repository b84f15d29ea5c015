"""Rows of vehicle_activity -> emissions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.factors import Parameter
from vatra.factors.carriers import CarrierFactors
from vatra.factors.driving import Driving
from vatra.methods.base import Emissions, Inputs, Results, Term
from vatra.methods.road_asif.formulas import emission_t, vehicle_km
from vatra.tables.vocabulary import GRID_CARRIERS
from vatra.units.traffic import carried

TABLE = "vehicle_activity"


def emissions(inputs: Inputs) -> Emissions:
    """Emissions of every row whose traffic can be turned into energy."""
    results = Results(inputs, TABLE)
    factors = CarrierFactors(inputs.book, inputs.parameters, "road")
    driving = Driving(inputs.book.fuel_size, results.need)
    misplaced: list[int] = []
    unloaded: list[int] = []
    for row in inputs.rows(TABLE):
        if not _fits(row["category"], row["carrier"]):
            misplaced.append(row["line"])
            continue
        loaded = _vehicles(row, results, unloaded)
        energy = driving.of(row)
        gases = factors.of(row["carrier"], row["year"], row["line"])
        if loaded is None or energy is None:
            continue
        vehicles_km, used = loaded
        for gas in gases:
            results.add(
                row,
                category=row["category"],
                stream=row["carrier"],
                gas=gas.gas,
                emission_t=emission_t(vehicles_km, energy[0], gas.t_per_mwh),
                activity=row["traffic_km"],
                activity_unit=f"{carried(row['unit'])}-km",
                used=(gas.used, *energy[1], *used),
            )
    if misplaced:
        results.finding("methods.road-scope", misplaced, "category")
    if unloaded:
        results.finding("methods.road-load", unloaded, "load")
    for lines, carrier, unit in driving.unfit():
        results.finding(
            "methods.consumption-unfit", lines, "consumption_unit", carrier=carrier, unit=unit
        )
    for lines, carrier, year in factors.missing():
        results.finding(
            "methods.carrier-without-factor", lines, "carrier", carrier=carrier, year=year
        )
    return results.finish()


def _fits(category: str, carrier: str) -> bool:
    """Within the city, power from the grid is scope 2 and fuel scope 1; outside all is scope 3."""
    return category == "II.1.3" or (category == "II.1.2") == (carrier in GRID_CARRIERS)


def _vehicles(
    row: Mapping[str, Any], results: Results, unloaded: list[int]
) -> tuple[float, tuple[Term, ...]] | None:
    """Kilometres of vehicles, and the term of a load that was not given in the row."""
    traffic_km, load = row["traffic_km"], row["load_parameter"]
    if carried(row["unit"]) == "vehicle":
        return traffic_km, ()
    if load is None:
        default = results.need(row, "road.load", row["vehicle"])
        if default is None:
            return None
        return vehicle_km(traffic_km, default.value), (_inverse(default, results),)
    if load <= 0:
        unloaded.append(row["line"])
        return None
    return vehicle_km(traffic_km, load), ()


def _inverse(parameter: Parameter, results: Results) -> Term:
    """The term of a parameter that divides: the emission is lowest where it is highest."""
    results.also(parameter)
    low, high = parameter.ratios
    return Term(parameter.parameter_id, 1 / high, 1 / low)
