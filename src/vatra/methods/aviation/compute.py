"""Rows of flights -> emissions of landing and take-off, and of the rest of the fuel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vatra.factors import Parameter
from vatra.factors.carriers import CarrierFactors, GasFactor
from vatra.methods.aviation.formulas import cruise_t, lto_t
from vatra.methods.base import Emissions, Inputs, Results, Term, identity
from vatra.tables import Severity

TABLE = "flights"
GASES = ("CO2", "CH4", "N2O")
Row = Mapping[str, Any]
Numbers = Mapping[str, Parameter]


def emissions(inputs: Inputs) -> Emissions:
    """Emissions of every row that says its flights or its fuel."""
    results = Results(inputs, TABLE)
    factors = CarrierFactors(inputs.book, inputs.parameters, "aviation", "aviation")
    wrong: dict[str, list[int]] = {}
    for row in inputs.rows(TABLE):
        gases = factors.of(row["carrier"], row["year"], row["line"])
        fault = _fault(row)
        if fault:
            wrong.setdefault(fault, []).append(row["line"])
            continue
        numbers = _numbers(row, results)
        if numbers is None:
            continue
        if row["fuel_t"] is None:
            wrong.setdefault("flights-lto-only", []).append(row["line"])
        elif row["fuel_t"] < _lto_fuel_t(row, numbers):
            wrong.setdefault("flights-fuel-below", []).append(row["line"])
            continue
        _add(results, row, gases, numbers)
    for fault, lines in sorted(wrong.items()):
        results.finding(f"methods.{fault}", lines, _COLUMN_OF[fault], _severity(fault))
    for lines, carrier, year in factors.missing():
        results.finding(
            "methods.carrier-without-factor", lines, "carrier", carrier=carrier, year=year
        )
    return results.finish()


_COLUMN_OF = {
    "flights-city-over": "city_percent",
    "flights-no-fuel": "fuel",
    "flights-no-count": "flights",
    "flights-fuel-below": "fuel",
    "flights-lto-only": "fuel",
}


def _severity(fault: str) -> Severity:
    """Flights without their fuel are counted in part; all else is left out."""
    return "warning" if fault == "flights-lto-only" else "error"


def _fault(row: Row) -> str:
    if row["city_percent"] > 100:
        return "flights-city-over"
    if row["aircraft"] is None:
        return "flights-no-fuel" if row["fuel_t"] is None else ""
    return "flights-no-count" if row["flights_count"] is None else ""


def _numbers(row: Row, results: Results) -> Numbers | None:
    """What the row needs: of its aircraft per landing and take-off, and of its fuel."""
    wanted: dict[str, Any] = {}
    if row["aircraft"] is not None:
        wanted = dict.fromkeys(("lto_fuel", "lto_co2", "lto_ch4", "lto_n2o"), row["aircraft"])
    if row["fuel_t"] is not None:
        wanted["net_calorific"] = row["carrier"]
    found = {name: results.need(row, f"aviation.{name}", key) for name, key in wanted.items()}
    known = {name: each for name, each in found.items() if each is not None}
    return known if len(known) == len(found) else None


def _lto_fuel_t(row: Row, numbers: Numbers) -> float:
    fuel = numbers.get("lto_fuel")
    return 0.0 if fuel is None else lto_t(row["flights_count"], fuel.value)


def _add(results: Results, row: Row, gases: list[GasFactor], numbers: Numbers) -> None:
    """Landing and take-off and cruise of each gas as one result."""
    by_gas = {each.gas: each for each in gases}
    for gas in (*GASES, *(each for each in by_gas if each not in GASES)):
        parts = list(_parts(row, gas, by_gas.get(gas), numbers))
        mass_t = sum(mass for mass, _ in parts)
        if not parts:
            continue
        used = [each for _, listed in parts for each in listed]
        results.also(*used, *numbers.values())
        share = row["city_percent"] / 100
        fuelled = row["fuel_t"] is not None
        results.add(
            row,
            category=row["category"],
            stream=row["carrier"],
            gas=gas,
            emission_t=mass_t * share,
            activity=row["fuel_t"] if fuelled else row["flights_count"],
            activity_unit="t" if fuelled else "LTO",
            used=[_term(each, part_t, mass_t) for part_t, listed in parts for each in listed],
        )


def _parts(
    row: Row, gas: str, factor: GasFactor | None, numbers: Numbers
) -> Iterator[tuple[float, tuple[Any, ...]]]:
    """Mass of a gas in each part of the flights, and what it is proportional to."""
    per_lto = numbers.get(f"lto_{gas.lower()}")
    if per_lto is not None:
        yield lto_t(row["flights_count"], per_lto.value), (per_lto,)
    # At cruising height the IPCC takes methane as nothing.
    if row["fuel_t"] is None or factor is None or (gas == "CH4" and per_lto is not None):
        return
    energy = numbers["net_calorific"]
    mass_t = cruise_t(row["fuel_t"], _lto_fuel_t(row, numbers), energy.value, factor.t_per_mwh)
    yield mass_t, (factor.used, energy)


def _term(used: Any, part_t: float, mass_t: float) -> Term:
    """A number moves only the part that it belongs to."""
    if not mass_t:
        return Term(identity(used))
    low, high = used.ratios
    weight = part_t / mass_t
    return Term(identity(used), 1 + weight * (low - 1), 1 + weight * (high - 1))
