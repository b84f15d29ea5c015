"""Rows of industry's wastewater -> methane."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from vatra.factors import Parameter
from vatra.methods.base import Emissions, Inputs, Results, Term
from vatra.methods.industrial_wastewater.formulas import methane_generated_t, oxygen_demand_t

STREAM = "industrial_wastewater"
Values = Mapping[str, float]


def emissions(inputs: Inputs) -> Emissions:
    """CH4 of the rows of ``industrial_wastewater``."""
    results = Results(inputs, "industrial_wastewater")
    for row in inputs.rows("industrial_wastewater"):
        if _is_possible(row, results):
            parameters = _parameters(row, results)
            if parameters is not None:
                _add_row(row, parameters, results)
    return results.finish()


def _is_possible(row: dict[str, Any], results: Results) -> bool:
    percent = row["treated_percent"]
    if percent is not None and percent > 100:
        results.finding(
            "methods.share-above-one", [row["line"]], "treated_percent", percent=percent
        )
        return False
    if row["cod_t"] is None and row["product_t"] is None:
        results.finding("methods.wastewater-load", [row["line"]], "cod_t")
        return False
    return True


def _parameters(row: dict[str, Any], results: Results) -> dict[str, Parameter] | None:
    """Parameters by name, or None after noting those that no set has."""
    names: dict[str, tuple[str, ...]] = {"bo_cod": (), "mcf": (row["treatment"],)}
    if row["cod_t"] is None:
        names |= {"flow": (row["industry"],), "cod": (row["industry"],)}
    found = {name: results.need(row, f"wastewater.{name}", *keys) for name, keys in names.items()}
    whole = {name: each for name, each in found.items() if each is not None}
    return whole if len(whole) == len(found) else None


def _add_row(row: dict[str, Any], parameters: Mapping[str, Parameter], results: Results) -> None:
    sludge_t, recovered_t = row["sludge_cod_t"] or 0.0, row["recovered_ch4_t"] or 0.0

    def generated_t(values: Values) -> float:
        load_t = _load_t(row, values)
        return methane_generated_t(load_t, sludge_t, values["bo_cod"], values["mcf"])

    values = {name: each.value for name, each in parameters.items()}
    load_t = _load_t(row, values)
    if sludge_t > load_t:
        results.finding(
            "methods.wastewater-sludge",
            [row["line"]],
            "sludge_cod_t",
            sludge=sludge_t,
            load=load_t,
        )
    elif recovered_t > generated_t(values):
        results.finding(
            "methods.recovered-more",
            [row["line"]],
            "recovered_ch4_t",
            recovered=recovered_t,
            generated=generated_t(values),
        )
    else:
        _add(row, parameters, lambda each: generated_t(each) - recovered_t, load_t, results)


def _load_t(row: dict[str, Any], values: Values) -> float:
    """Oxygen demand that reaches the treatment [t]: measured, or by product."""
    measured_t = row["cod_t"]
    if measured_t is None:
        measured_t = oxygen_demand_t(row["product_t"], values["flow"], values["cod"])
    percent = row["treated_percent"]
    return float(measured_t * (1.0 if percent is None else percent / 100))


def _add(
    row: dict[str, Any],
    parameters: Mapping[str, Parameter],
    emission_t: Callable[[Values], float],
    load_t: float,
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
        gas="CH4",
        emission_t=mass_t,
        activity=load_t,
        activity_unit="t COD",
        used=[
            Term(each.parameter_id, ratio(name, each.low), ratio(name, each.high))
            for name, each in parameters.items()
        ],
    )
