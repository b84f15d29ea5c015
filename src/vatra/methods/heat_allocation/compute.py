"""Rows of chp_plants -> emissions by product and use, and the factors of what comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vatra.factors.carriers import CarrierFactors, GasFactor
from vatra.methods.base import Emissions, Inputs, Results, Term
from vatra.methods.heat_allocation.shares import Share, heat_share
from vatra.tables import Severity

TABLE = "chp_plants"
HEAT, ELECTRICITY = "chp_heat", "chp_electricity"
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Allocated:
    """What a MWh of a plant's heat or electricity stands for, in one gas [t/MWh].

    ``carrier`` is the carrier of the network it feeds: ``district_heat`` or ``electricity``.
    """

    year: int
    plant: str
    carrier: str
    gas: str
    t_per_mwh: float


def emissions(inputs: Inputs) -> Emissions:
    """Emissions of every plant: what it uses itself in I.4.1, what it supplies in I.4.4."""
    results = Results(inputs, TABLE)
    for row, gases, share in _shared(inputs, results):
        for gas in gases:
            for product, part in ((HEAT, share.heat), (ELECTRICITY, 1 - share.heat)):
                _add(results, row, gas, product, part, share)
    return results.finish()


def allocated_factors(inputs: Inputs) -> list[Allocated]:
    """Factors of heat and electricity by year, plant and gas, for a city's ``factors.csv``.

    Own use lowers what is supplied, not what it stands for: both are divided alike.
    """
    masses: dict[tuple[int, str, str, str], float] = {}
    outputs: dict[tuple[int, str, str], float] = {}
    for row, gases, share in _shared(inputs, Results(inputs, TABLE)):
        for carrier, part, energy_mwh in (
            ("district_heat", share.heat, row["heat_mwh"]),
            ("electricity", 1 - share.heat, row["electricity_mwh"]),
        ):
            place = (row["year"], row["plant"], carrier)
            outputs[place] = outputs.get(place, 0.0) + energy_mwh
            for gas in gases:
                of_gas = (*place, gas.gas)
                mass_t = row["fuel_mwh"] * gas.t_per_mwh * part
                masses[of_gas] = masses.get(of_gas, 0.0) + mass_t
    return [
        Allocated(year, plant, carrier, gas, mass_t / outputs[year, plant, carrier])
        for (year, plant, carrier, gas), mass_t in sorted(masses.items())
        if outputs[year, plant, carrier]
    ]


def _shared(inputs: Inputs, results: Results) -> Iterator[tuple[Row, list[GasFactor], Share]]:
    """Rows that can be counted; findings about all others when they are through."""
    factors = CarrierFactors(inputs.book, inputs.parameters, "energy_industries")
    wrong: dict[str, list[int]] = {}
    for row in inputs.rows(TABLE):
        gases = factors.of(row["carrier"], row["year"], row["line"])
        share = heat_share(row, results.need)
        if row["own_use_percent"] > 100:
            share = "chp-own-use"
        if isinstance(share, str):
            wrong.setdefault(share, []).append(row["line"])
            continue
        if row["heat_mwh"] + row["electricity_mwh"] > row["fuel_mwh"]:
            wrong.setdefault("chp-more-out", []).append(row["line"])
        yield row, gases, share
    wrong.pop("", None)
    for code, lines in sorted(wrong.items()):
        results.finding(f"methods.{code}", lines, _COLUMN_OF[code], _severity(code))
    for lines, carrier, year in factors.missing():
        results.finding(
            "methods.carrier-without-factor", lines, "carrier", carrier=carrier, year=year
        )


_COLUMN_OF = {
    "chp-no-output": "heat",
    "chp-temperatures": "heat_temperature",
    "chp-efficiency": "heat_efficiency_percent",
    "chp-own-use": "own_use_percent",
    "chp-more-out": "amount",
}


def _severity(code: str) -> Severity:
    """What forbids counting a row is an error; what only looks wrong is a warning."""
    return "warning" if code == "chp-more-out" else "error"


def _add(
    results: Results, row: Row, gas: GasFactor, product: str, part: float, share: Share
) -> None:
    """One product of a plant, the part it uses itself and the part it supplies."""
    own_share = row["own_use_percent"] / 100
    terms = [Term(*each) for each in _terms(product, part, share)]
    results.also(*(parameter for parameter, _, _ in share.moved))
    for category, use in (("I.4.1", own_share), ("I.4.4", 1 - own_share)):
        energy_mwh = row["fuel_mwh"] * part * use
        if energy_mwh:
            results.add(
                {**row, "item": row["item"] or row["plant"]},
                category=category,
                stream=product,
                gas=gas.gas,
                emission_t=energy_mwh * gas.t_per_mwh,
                activity=energy_mwh,
                activity_unit="MWh",
                used=(gas.used, *terms),
            )


def _terms(product: str, part: float, share: Share) -> Iterator[tuple[str, float, float]]:
    """How far each default moves the part of a product."""
    for parameter, low, high in share.moved:
        ends = (low, high) if product == HEAT else (1 - low, 1 - high)
        if part:
            yield parameter.parameter_id, ends[0] / part, ends[1] / part
