"""Rows of coal_mining -> methane, and carbon dioxide where a city knows its factor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.factors import Parameter
from vatra.methods.base import Emissions, Inputs, Results, Term
from vatra.methods.fugitive_coal.formulas import escaped_t

TABLE = "coal_mining"


def emissions(inputs: Inputs) -> Emissions:
    """What escapes in every row that keeps at least nothing in the air."""
    results = Results(inputs, TABLE)
    recovered: list[int] = []
    for row in inputs.rows(TABLE):
        factor = results.need(row, "coal.ch4", row["stage"])
        density = results.need(row, "coal.methane_density")
        if factor is None or density is None:
            continue
        recovered_t = row["recovered_t"] or 0.0
        if escaped_t(row["coal_t"], factor.value, density.value, recovered_t) < 0:
            recovered.append(row["line"])
            continue
        _add(results, row, "CH4", factor, density, recovered_t)
        _carbon_dioxide(results, row)
    if recovered:
        results.finding("methods.coal-recovered", recovered, "recovered")
    return results.finish()


def _carbon_dioxide(results: Results, row: Mapping[str, Any]) -> None:
    """The tier 1 of 2006 has no carbon dioxide: only a factor of the city's own counts."""
    factor = results.inputs.parameters.find("coal.co2", row["stage"], year=row["year"])
    if factor is None:
        return
    density = results.need(row, "coal.carbon_dioxide_density")
    if density is not None:
        _add(results, row, "CO2", factor, density, 0.0)


def _add(
    results: Results,
    row: Mapping[str, Any],
    gas: str,
    factor: Parameter,
    density: Parameter,
    recovered_t: float,
) -> None:
    mass_t = escaped_t(row["coal_t"], factor.value, density.value, recovered_t)
    gross_t = mass_t + recovered_t
    results.also(factor, density)
    results.add(
        row,
        category="I.7.1",
        stream="coal_mining",
        gas=gas,
        emission_t=mass_t,
        activity=row["coal_t"],
        activity_unit="t",
        used=(_term(factor, gross_t, mass_t), _term(density, gross_t, mass_t)),
    )


def _term(parameter: Parameter, gross_t: float, mass_t: float) -> Term:
    """What comes out follows the factor, what is recovered does not."""
    if not mass_t:
        return Term(parameter.parameter_id)
    low, high = (max(0.0, mass_t + gross_t * (ratio - 1)) / mass_t for ratio in parameter.ratios)
    return Term(parameter.parameter_id, low, high)
