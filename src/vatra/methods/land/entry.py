"""One result of a row of land, and numbers that it does not follow in proportion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from vatra.factors import Parameter
from vatra.methods.base import Results, Term
from vatra.methods.land.formulas import emission_t

CATEGORY = "V.2.1"
Row = Mapping[str, Any]


def add(
    results: Results,
    row: Row,
    carbon_t: float,
    used: Iterable[Parameter | Term],
    *,
    stream: str,
    activity: float,
    unit: str = "ha",
    year: int | None = None,
) -> None:
    """A change of stored carbon as CO2 of a class of land."""
    results.add(
        row,
        category=CATEGORY,
        stream=stream,
        gas="CO2",
        emission_t=emission_t(carbon_t),
        activity=activity,
        activity_unit=unit,
        used=used,
        year=year,
    )


def term(results: Results, parameter: Parameter, result: Callable[[float], float]) -> Term:
    """How far the ends of a parameter's interval move a result, by working it out there."""
    results.also(parameter)
    middle = result(parameter.value)
    if not middle or parameter.low is None or parameter.high is None:
        return Term(parameter.parameter_id)
    return Term(
        parameter.parameter_id, result(parameter.low) / middle, result(parameter.high) / middle
    )


def roots(results: Results, parameter: Parameter) -> Term:
    """The term of ``1 + R``."""
    return term(results, parameter, lambda value: 1 + value)
