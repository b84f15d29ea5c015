"""Rows of coal_mining -> methane."""

from __future__ import annotations

from vatra.factors import Parameter
from vatra.methods.base import Emissions, Inputs, Results, Term
from vatra.methods.fugitive_coal.formulas import methane_t

TABLE = "coal_mining"


def emissions(inputs: Inputs) -> Emissions:
    """Methane of every row that keeps at least nothing in the air."""
    results = Results(inputs, TABLE)
    recovered: list[int] = []
    for row in inputs.rows(TABLE):
        factor = results.need(row, "coal.ch4", row["stage"])
        density = results.need(row, "coal.methane_density")
        if factor is None or density is None:
            continue
        coal_t, recovered_t = row["coal_t"], row["recovered_t"] or 0.0
        mass_t = methane_t(coal_t, factor.value, density.value, recovered_t)
        if mass_t < 0:
            recovered.append(row["line"])
            continue
        gross_t = mass_t + recovered_t
        results.also(factor, density)
        results.add(
            row,
            category="I.7.1",
            stream="coal_mining",
            gas="CH4",
            emission_t=mass_t,
            activity=coal_t,
            activity_unit="t",
            used=(_term(factor, gross_t, mass_t), _term(density, gross_t, mass_t)),
        )
    if recovered:
        results.finding("methods.coal-recovered", recovered, "recovered")
    return results.finish()


def _term(parameter: Parameter, gross_t: float, mass_t: float) -> Term:
    """What comes out follows the factor, what is recovered does not."""
    if not mass_t:
        return Term(parameter.parameter_id)
    low, high = (max(0.0, mass_t + gross_t * (ratio - 1)) / mass_t for ratio in parameter.ratios)
    return Term(parameter.parameter_id, low, high)
