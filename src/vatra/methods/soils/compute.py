"""Rows of inputs to soils -> N2O, CO2 and CH4."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.factors import Parameter
from vatra.methods.base import Emissions, Inputs, Results
from vatra.methods.soils.formulas import burning_t, carbonate_t, direct_t, drained_t, indirect_t
from vatra.tables.soil_inputs import BURNT, CARBONATES, DRAINED, NITROGEN
from vatra.tables.vocabulary import BIOGENIC

TABLE = "soil_inputs"
CATEGORY = "V.3.1"
_BURNT_GASES = ("CH4", "N2O", BIOGENIC)
_MATERIAL = {"grass_burnt": "grass"}
Row = Mapping[str, Any]
Used = tuple[Parameter, ...]


def emissions(inputs: Inputs) -> Emissions:
    """Every input by what it is: nitrogen, carbonate, drained soil or fire."""
    results = Results(inputs, TABLE)
    for row in inputs.rows(TABLE):
        if _faulty(results, row):
            continue
        if row["input"] in NITROGEN:
            _nitrogen(results, row)
        elif row["input"] in CARBONATES:
            _carbonate(results, row)
        elif row["input"] in DRAINED:
            _drained(results, row)
        else:
            _burnt(results, row)
    return results.finish()


def _faulty(results: Results, row: Row) -> bool:
    """Whether the amount or the area that the input needs is missing; says which."""
    name, amount, area = row["input"], row["amount_t"], row["area_ha"]
    if name in BURNT:
        wrong, needed = (amount is None) == (area is None), ["amount", "area_ha"]
    elif name in DRAINED:
        wrong, needed = area is None or amount is not None, ["area_ha"]
    else:
        wrong, needed = amount is None or area is not None, ["amount"]
    if wrong:
        code = "methods.soils-amount" if len(needed) == 1 else "methods.soils-either"
        results.finding(
            code, [row["line"]], needed[0], input=f"@tables.soil_input-{name}", needed=needed
        )
    return wrong


def _nitrogen(results: Results, row: Row) -> None:
    nitrogen_t = row["amount_t"]
    direct = results.need(row, "soils.n2o_input")
    if direct is not None:
        _add(results, row, "N2O", direct_t(nitrogen_t, direct.value), (direct,), "soil_nitrogen")
    ways = [("soils.leached", results.inputs.climate, "soils.n2o_leached")]
    if NITROGEN[row["input"]]:
        ways.append(("soils.volatilised", NITROGEN[row["input"]], "soils.n2o_volatilised"))
    for fraction, key, factor in ways:
        moved, becomes = results.need(row, fraction, key, ""), results.need(row, factor)
        if moved is not None and becomes is not None:
            emission_t = indirect_t(nitrogen_t, moved.value, becomes.value)
            _add(results, row, "N2O", emission_t, (moved, becomes), "soil_nitrogen")


def _carbonate(results: Results, row: Row) -> None:
    carbon = results.need(row, "soils.carbon", row["input"])
    if carbon is not None:
        stream = "urea" if row["input"] == "urea" else "liming"
        emission_t = carbonate_t(row["amount_t"], carbon.value)
        _add(results, row, "CO2", emission_t, (carbon,), stream)


def _drained(results: Results, row: Row) -> None:
    factor = results.need(row, "soils.n2o_drained", row["input"])
    if factor is not None:
        emission_t = drained_t(row["area_ha"], factor.value)
        _add(results, row, "N2O", emission_t, (factor,), "drained_soils")


def _burnt(results: Results, row: Row) -> None:
    """By the dry matter burnt, or by the area and what is usual on it."""
    burnt_t = row["amount_t"]
    used: Used = ()
    if burnt_t is None:
        fuel = results.need(row, "soils.burnt", row["input"])
        if fuel is None:
            return
        burnt_t, used = row["area_ha"] * fuel.value, (fuel,)
    material = _MATERIAL.get(row["input"], "residues")
    for gas in _BURNT_GASES:
        factor = results.need(row, "soils.burning", f"{material}/{gas}")
        if factor is not None:
            emission_t = burning_t(burnt_t, factor.value)
            _add(results, row, gas, emission_t, (*used, factor), "field_burning")


def _add(results: Results, row: Row, gas: str, emission_t: float, used: Used, stream: str) -> None:
    by_mass = row["amount_t"] is not None
    results.add(
        row,
        category=CATEGORY,
        stream=stream,
        gas=gas,
        emission_t=emission_t,
        activity=row["amount_t"] if by_mass else row["area_ha"],
        activity_unit="t" if by_mass else "ha",
        used=used,
    )
