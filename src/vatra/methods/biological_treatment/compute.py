"""Rows of waste treated -> methane and nitrous oxide."""

from __future__ import annotations

from typing import Any

from vatra.factors import Parameter
from vatra.methods.base import Emissions, Inputs, Results, Term
from vatra.methods.biological_treatment.formulas import gas_generated_t, methane_emitted_t

STREAMS = {"compost": "composted_waste", "digestion": "digested_waste"}


def emissions(inputs: Inputs) -> Emissions:
    """CH4 and N2O of the rows of ``biological_treatment``."""
    results = Results(inputs, "biological_treatment")
    for row in inputs.rows("biological_treatment"):
        key = f"{row['process']}/{row['basis']}"
        ch4 = results.need(row, "biological.ef_ch4", key)
        n2o = results.need(row, "biological.ef_n2o", key)
        if ch4 is not None and n2o is not None and _recovery_fits(row, ch4, results):
            _add_methane(row, ch4, results)
            _add(row, "N2O", gas_generated_t(row["waste_t"], n2o.value), n2o, results)
    return results.finish()


def _recovery_fits(row: dict[str, Any], ch4: Parameter, results: Results) -> bool:
    generated_t = gas_generated_t(row["waste_t"], ch4.value)
    recovered_t = row["recovered_ch4_t"] or 0.0
    if recovered_t <= generated_t:
        return True
    results.finding(
        "methods.recovered-more",
        [row["line"]],
        "recovered_ch4_t",
        recovered=recovered_t,
        generated=generated_t,
    )
    return False


def _add_methane(row: dict[str, Any], factor: Parameter, results: Results) -> None:
    recovered_t = row["recovered_ch4_t"] or 0.0
    emission_t = methane_emitted_t(gas_generated_t(row["waste_t"], factor.value), recovered_t)

    def ratio(end: float | None) -> float:
        if end is None or not emission_t:
            return 1.0
        moved_t = methane_emitted_t(gas_generated_t(row["waste_t"], end), recovered_t)
        return max(moved_t, 0.0) / emission_t

    if recovered_t:
        results.also(factor)
        term = Term(factor.parameter_id, ratio(factor.low), ratio(factor.high))
        _add(row, "CH4", emission_t, term, results)
    else:
        _add(row, "CH4", emission_t, factor, results)


def _add(
    row: dict[str, Any], gas: str, emission_t: float, used: Parameter | Term, results: Results
) -> None:
    results.add(
        row,
        category=row["category"],
        stream=STREAMS[row["process"]],
        gas=gas,
        emission_t=emission_t,
        activity=row["waste_t"],
        activity_unit="t",
        used=(used,),
    )
