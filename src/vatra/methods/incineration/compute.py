"""Rows of waste burnt -> carbon dioxide, methane and nitrous oxide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from vatra.factors import Parameter
from vatra.methods.base import Emissions, Inputs, Results, Term
from vatra.methods.incineration.formulas import carbon_dioxide_t, gas_t
from vatra.tables.vocabulary import BIOGENIC
from vatra.tables.waste import OPEN_BURNING

STREAM = "burnt_waste"
# Where waste burnt for energy counts: the city's own energy industries, or energy sold to a
# network, which is in the territorial total only.
CATEGORY_OF_ENERGY = {"yes": "I.4.1", "grid": "I.4.4"}
OUTSIDE = "III.3.2"


@dataclass(frozen=True)
class Burning:
    """The parameters of a row."""

    dry_matter: Parameter
    carbon: Parameter
    fossil: Parameter
    oxidised: Parameter
    ch4: Parameter
    n2o: Parameter


def emissions(inputs: Inputs) -> Emissions:
    """Gases of the rows of ``incineration``."""
    results = Results(inputs, "incineration")
    for row in inputs.rows("incineration"):
        burning = _burning(row, results) if _has_a_place(row, results) else None
        if burning is not None:
            _add_carbon_dioxide(row, burning, results)
            _add_other_gases(row, burning, results)
    return results.finish()


def _has_a_place(row: dict[str, Any], results: Results) -> bool:
    """Whether the row's energy can be counted in the city."""
    if row["energy_recovered"] == "no":
        return True
    if row["technology"] == OPEN_BURNING:
        results.finding("methods.incineration-open", [row["line"]], "energy_recovered")
        return False
    if row["category"] == OUTSIDE:
        results.finding("methods.incineration-outside", [row["line"]], "energy_recovered")
        return False
    return True


def _burning(row: dict[str, Any], results: Results) -> Burning | None:
    waste_type, technology = row["waste_type"], row["technology"]
    # Other waste than municipal has a factor of its own in a furnace; in the open all burns alike.
    n2o_keys = (technology,) if technology == OPEN_BURNING else (waste_type, technology)
    found = {
        "dry_matter": results.need(row, "incineration.dry_matter", waste_type),
        "carbon": results.need(row, "incineration.carbon", waste_type),
        "fossil": results.need(row, "incineration.fossil_share", waste_type),
        "oxidised": results.need(row, "incineration.oxidised", technology),
        "ch4": results.need(row, "incineration.ef_ch4", technology),
        "n2o": results.need(row, "incineration.ef_n2o", *n2o_keys),
    }
    whole = {name: each for name, each in found.items() if each is not None}
    return Burning(**whole) if len(whole) == len(found) else None


def _add_carbon_dioxide(row: dict[str, Any], burning: Burning, results: Results) -> None:
    def mass_t(share: float) -> float:
        return carbon_dioxide_t(
            row["waste_t"],
            burning.dry_matter.value,
            burning.carbon.value,
            share,
            burning.oxidised.value,
        )

    common = (burning.dry_matter, burning.carbon, burning.oxidised)
    fossil, biogenic = burning.fossil.value, 1 - burning.fossil.value
    _add(row, "CO2", mass_t(fossil), (*common, burning.fossil), results)
    if mass_t(biogenic):
        results.also(burning.fossil)
        ends = [
            1.0 if end is None else (1 - end) / biogenic
            for end in (burning.fossil.low, burning.fossil.high)
        ]
        term = Term(burning.fossil.parameter_id, *ends)
        _add(row, BIOGENIC, mass_t(biogenic), (*common, term), results)


def _add_other_gases(row: dict[str, Any], burning: Burning, results: Results) -> None:
    waste_t, dry = row["waste_t"], burning.dry_matter
    _add(row, "CH4", gas_t(waste_t, burning.ch4.value), (burning.ch4,), results)
    if row["technology"] == OPEN_BURNING:
        n2o_t = gas_t(waste_t * dry.value, burning.n2o.value)
        _add(row, "N2O", n2o_t, (dry, burning.n2o), results)
    else:
        _add(row, "N2O", gas_t(waste_t, burning.n2o.value), (burning.n2o,), results)


def _add(
    row: dict[str, Any],
    gas: str,
    emission_t: float,
    used: Sequence[Parameter | Term],
    results: Results,
) -> None:
    results.add(
        row,
        category=CATEGORY_OF_ENERGY.get(row["energy_recovered"], row["category"]),
        stream=STREAM,
        gas=gas,
        emission_t=emission_t,
        activity=row["waste_t"],
        activity_unit="t",
        used=used,
    )
