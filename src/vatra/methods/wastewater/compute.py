"""Rows of people -> methane of their treatment and nitrous oxide of their nitrogen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from vatra.factors import Parameter
from vatra.methods.base import Emissions, Inputs, Results, Term
from vatra.methods.wastewater.formulas import (
    effluent_nitrogen_t,
    methane_generated_t,
    nitrogen_t,
    nitrous_oxide_t,
    organic_load_t,
)
from vatra.methods.wastewater.shares import rows_of_people, share_of

STREAM = "wastewater"
Values = Mapping[str, float]


def emissions(inputs: Inputs) -> Emissions:
    """CH4 and N2O of the rows of ``wastewater``."""
    results = Results(inputs, "wastewater")
    for row in rows_of_people(inputs.rows("wastewater"), results):
        _add_methane(row, results)
        _add_nitrous_oxide(row, results)
    return results.finish()


def _parameters(
    row: dict[str, Any], results: Results, names: Mapping[str, tuple[str, ...]]
) -> dict[str, Parameter] | None:
    """Parameters by name, or None after noting those that no set has."""
    found = {name: results.need(row, f"wastewater.{name}", *keys) for name, keys in names.items()}
    whole = {name: each for name, each in found.items() if each is not None}
    return whole if len(whole) == len(found) else None


# Methane


def _add_methane(row: dict[str, Any], results: Results) -> None:
    own_bod = row["bod_g_per_person_day"]
    names: dict[str, tuple[str, ...]] = {
        "bo_bod": (),
        "mcf": (row["treatment"],),
        "industrial_bod": (row["collection"],),
    }
    parameters = _parameters(row, results, names if own_bod is not None else names | {"bod": ()})
    if parameters is None:
        return
    people = row["people_count"] * share_of(row)
    sludge_t, recovered_t = row["sludge_bod_t"] or 0.0, row["recovered_ch4_t"] or 0.0

    def load_t(values: Values) -> float:
        return organic_load_t(people, values.get("bod", own_bod), values["industrial_bod"])

    def generated_t(values: Values) -> float:
        return methane_generated_t(load_t(values), sludge_t, values["bo_bod"], values["mcf"])

    values = {name: each.value for name, each in parameters.items()}
    fits = _fits(
        row, results, "wastewater-sludge", "sludge_bod_t", sludge=sludge_t, load=load_t(values)
    ) and _fits(
        row,
        results,
        "recovered-more",
        "recovered_ch4_t",
        recovered=recovered_t,
        generated=generated_t(values),
    )
    if fits:
        _add(row, "CH4", parameters, lambda each: generated_t(each) - recovered_t, results)


# Nitrous oxide


def _add_nitrous_oxide(row: dict[str, Any], results: Results) -> None:
    own_protein = row["protein_kg_per_person_year"]
    names: dict[str, tuple[str, ...]] = {
        "nitrogen_in_protein": (),
        "household_nitrogen": (),
        "non_consumed": (),
        "industrial_nitrogen": (row["collection"],),
        "nitrogen_removed": (row["treatment"],),
        "ef_plant": (row["treatment"],),
        "ef_effluent": (),
    }
    wanted = names if own_protein is not None else names | {"protein": ()}
    parameters = _parameters(row, results, wanted)
    if parameters is None:
        return
    people = row["people_count"] * share_of(row)
    sludge_t = row["sludge_nitrogen_t"] or 0.0

    def load_t(values: Values) -> float:
        return nitrogen_t(
            people,
            values.get("protein", own_protein),
            values["nitrogen_in_protein"],
            values["household_nitrogen"],
            values["non_consumed"],
            values["industrial_nitrogen"],
        )

    def emission_t(values: Values) -> float:
        treated_t = load_t(values)
        left_t = effluent_nitrogen_t(treated_t, values["nitrogen_removed"], sludge_t)
        of_plant = nitrous_oxide_t(treated_t, values["ef_plant"])
        return of_plant + nitrous_oxide_t(left_t, values["ef_effluent"])

    values = {name: each.value for name, each in parameters.items()}
    left_t = effluent_nitrogen_t(load_t(values), values["nitrogen_removed"], 0.0)
    if _fits(row, results, "wastewater-sludge", "sludge_nitrogen_t", sludge=sludge_t, load=left_t):
        _add(row, "N2O", parameters, emission_t, results)


# Both


def _fits(row: dict[str, Any], results: Results, code: str, column: str, **masses: float) -> bool:
    """Whether the first mass is no more than the second; otherwise both are reported."""
    taken, there = masses.values()
    if taken <= there:
        return True
    results.finding(f"methods.{code}", [row["line"]], column, "error", **masses)
    return False


def _add(
    row: dict[str, Any],
    gas: str,
    parameters: Mapping[str, Parameter],
    emission_t: Callable[[Values], float],
    results: Results,
) -> None:
    values = {name: each.value for name, each in parameters.items()}
    mass_t = emission_t(values)

    def ratio(name: str, end: float | None) -> float:
        if end is None or not mass_t:
            return 1.0
        return max(emission_t(values | {name: end}), 0.0) / mass_t

    results.also(*parameters.values())
    results.add(
        row,
        category=row["category"],
        stream=STREAM,
        gas=gas,
        emission_t=mass_t,
        activity=row["people_count"] * share_of(row),
        activity_unit="people",
        used=[
            Term(each.parameter_id, ratio(name, each.low), ratio(name, each.high))
            for name, each in parameters.items()
        ],
    )
