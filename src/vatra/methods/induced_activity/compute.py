"""Rows of trips -> emissions inside the city and outside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.factors import Parameter
from vatra.factors.carriers import CarrierFactors, GasFactor
from vatra.factors.driving import Driving
from vatra.methods.base import Emissions, Inputs, Results
from vatra.methods.induced_activity.formulas import induced_km, kind
from vatra.tables.vocabulary import GRID_CARRIERS

TABLE = "trips"
Used = tuple[Parameter, ...]


def emissions(inputs: Inputs) -> Emissions:
    """Emissions of every trip with an end in the city, in the category of each of its parts."""
    results = Results(inputs, TABLE)
    factors = CarrierFactors(inputs.book, inputs.parameters, "road")
    driving = Driving(inputs.book.fuel_size, results.need)
    unsplit: list[int] = []
    longer: list[int] = []
    for row in inputs.rows(TABLE):
        of_kind = kind(row["origin_side"], row["destination_side"])
        share = results.need(row, "induced.share", of_kind)
        if share is None or not share.value:
            continue
        inside_km = _inside(row, of_kind, unsplit, longer)
        energy = driving.of(row)
        gases = factors.of(row["carrier"], row["year"], row["line"])
        if inside_km is None or energy is None:
            continue
        parts = induced_km(row["trips_count"], row["length_km"], inside_km, share.value)
        for category, part_km in zip(_categories(row["carrier"]), parts, strict=True):
            if part_km:
                _add(results, row, category, part_km, energy[0], gases, (*energy[1], share))
    if unsplit:
        results.finding("methods.trips-unsplit", unsplit, "inside")
    if longer:
        results.finding("methods.trips-inside-longer", longer, "inside")
    for lines, carrier, unit in driving.unfit():
        results.finding(
            "methods.consumption-unfit", lines, "consumption_unit", carrier=carrier, unit=unit
        )
    for lines, carrier, year in factors.missing():
        results.finding(
            "methods.carrier-without-factor", lines, "carrier", carrier=carrier, year=year
        )
    return results.finish()


def _inside(
    row: Mapping[str, Any], of_kind: str, unsplit: list[int], longer: list[int]
) -> float | None:
    """Part of a trip inside the city; a trip with both ends there never leaves unless said so."""
    length_km, inside_km = float(row["length_km"]), row["inside_km"]
    if inside_km is None:
        if of_kind == "internal":
            return length_km
        unsplit.append(row["line"])
        return None
    if inside_km > length_km:
        longer.append(row["line"])
        return None
    return float(inside_km)


def _categories(carrier: str) -> tuple[str, str]:
    """Where the part inside and the part outside belong."""
    return ("II.1.2" if carrier in GRID_CARRIERS else "II.1.1", "II.1.3")


def _add(
    results: Results,
    row: Mapping[str, Any],
    category: str,
    part_km: float,
    mwh_per_km: float,
    gases: list[GasFactor],
    used: Used,
) -> None:
    for gas in gases:
        results.add(
            row,
            category=category,
            stream=row["carrier"],
            gas=gas.gas,
            emission_t=part_km * mwh_per_km * gas.t_per_mwh,
            activity=part_km,
            activity_unit="vehicle-km",
            used=(gas.used, *used),
        )
