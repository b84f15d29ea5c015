"""The share of the heat in one row of chp_plants, by the method it asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from vatra.factors import Parameter
from vatra.methods.heat_allocation.formulas import heat_share_by_efficiency, heat_share_by_exergy

Row = Mapping[str, Any]
Need = Callable[..., Parameter | None]
ELECTRIC, HEAT = "chp.electric_efficiency", "chp.heat_efficiency"


@dataclass(frozen=True)
class Share:
    """Part of the emissions that the heat carries, and how far parameters move it.

    ``moved`` holds for each default the share of the heat at the ends of its interval.
    """

    heat: float
    moved: tuple[tuple[Parameter, float, float], ...] = ()


def heat_share(row: Row, need: Need) -> Share | str:
    """The share, or the code of what is wrong with the row; empty where ``need`` noted it."""
    if not row["heat_mwh"] and not row["electricity_mwh"]:
        return "chp-no-output"
    return _by_exergy(row) if row["method"] == "carnot" else _by_efficiency(row, need)


def _by_exergy(row: Row) -> Share | str:
    heat_c, ambient_c = row["heat_degrees_c"], row["ambient_degrees_c"]
    if heat_c is None or ambient_c is None or heat_c <= ambient_c:
        return "chp-temperatures"
    return Share(heat_share_by_exergy(row["heat_mwh"], row["electricity_mwh"], heat_c, ambient_c))


def _by_efficiency(row: Row, need: Need) -> Share | str:
    heat = _efficiency(row, need, HEAT, row["heat_efficiency_percent"])
    electric = _efficiency(row, need, ELECTRIC, row["electric_efficiency_percent"])
    if heat is None or electric is None:
        return ""
    if not heat[0] or not electric[0]:
        return "chp-efficiency"

    def share(heat_percent: float, electric_percent: float) -> float:
        return heat_share_by_efficiency(
            row["heat_mwh"], row["electricity_mwh"], heat_percent, electric_percent
        )

    (heat_percent, of_heat), (electric_percent, of_electric) = heat, electric
    moved: list[tuple[Parameter, float, float]] = []
    if of_heat is not None:
        low, high = _ends(of_heat)
        moved.append((of_heat, share(low, electric_percent), share(high, electric_percent)))
    if of_electric is not None:
        low, high = _ends(of_electric)
        moved.append((of_electric, share(heat_percent, low), share(heat_percent, high)))
    return Share(share(heat_percent, electric_percent), tuple(moved))


def _efficiency(
    row: Row, need: Need, name: str, own_percent: float | None
) -> tuple[float, Parameter | None] | None:
    """The efficiency of the row, or the default of its method or fuel, and where it is from."""
    if own_percent is not None:
        return own_percent, None
    default = need(row, name, "secap" if row["method"] == "secap" else row["carrier"])
    return None if default is None else (default.value, default)


def _ends(parameter: Parameter) -> tuple[float, float]:
    """Low and high of the interval, the value itself where none is published."""
    low, high = parameter.low, parameter.high
    return (low or parameter.value, high or parameter.value)
