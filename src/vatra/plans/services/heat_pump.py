"""Heat pumps: coefficient of performance by lift, and the electricity of heat."""

from __future__ import annotations

import numpy as np

from vatra.plans.blocks.climate.climate import MONTH_DAYS, Climate
from vatra.plans.services.reading import Floats, value

SPLIT = "air_conditioner"
PUMPS = ("heat_pump_air", "heat_pump_ground", SPLIT)
_SECONDS_PER_DAY = 86_400.0
_DAYS = 365.0
_M2_PER_MM2 = 1e-6


def cop(pump: str, sink_c: Floats, source_c: Floats) -> Floats:
    """Heat per electricity in the field at some water and source temperatures [degC].

    air: 6.08 - 0.0941 dT + 0.000464 dT2, ground: 10.29 - 0.2084 dT + 0.001322 dT2, dT at least
    15 K, times 0.85 for the field (O. Ruhnau, L. Hirth, A. Praktiknjo, Time series of heat demand
    and heat pump efficiency, Scientific Data 6 (2019) 189, doi:10.1038/s41597-019-0199-y).
    """
    lift_k = np.maximum(np.asarray(sink_c) - source_c, value("heat_pumps", "least_lift_k"))
    # Past its lowest point the parabola would rise again; no pump does.
    linear, square = (value("heat_pumps", each, pump) for each in ("cop_per_k", "cop_per_k2"))
    lift_k = np.minimum(lift_k, -linear / (2 * square))
    constant = value("heat_pumps", "cop_constant", pump)
    field = value("heat_pumps", "field_share", pump)
    return np.asarray(field * (constant + linear * lift_k + square * lift_k**2))


def soil_c(climate: Climate) -> Floats:
    """Undisturbed soil at the depth of collectors by month [degC], [12].

    The yearly wave of the air, damped and late by depth over the penetration depth
    sqrt(a P / pi) (H. S. Carslaw, J. C. Jaeger, Conduction of Heat in Solids, section 2.6).
    """
    depth = value("heat_pumps", "soil_depth_m", "heat_pump_ground")
    diffusivity = _M2_PER_MM2 * value("heat_pumps", "soil_diffusivity_mm2_s", "heat_pump_ground")
    penetration = np.sqrt(diffusivity * _DAYS * _SECONDS_PER_DAY / np.pi)
    middles = np.cumsum(MONTH_DAYS) - np.asarray(MONTH_DAYS) / 2
    angle = 2 * np.pi * middles / _DAYS
    weight = np.asarray(MONTH_DAYS) / _DAYS
    monthly = climate.monthly_mean_c
    mean = float(weight @ monthly)
    cosine = 2 * float(weight @ ((monthly - mean) * np.cos(angle)))
    sine = 2 * float(weight @ ((monthly - mean) * np.sin(angle)))
    late = depth / penetration
    wave = cosine * np.cos(angle - late) + sine * np.sin(angle - late)
    warmer = value("heat_pumps", "soil_warmer_k", "heat_pump_ground")
    return np.asarray(mean + warmer + wave * np.exp(-late))


def source_c(pump: str, outdoor_c: Floats, climate: Climate) -> Floats:
    """What a pump takes its heat from [degC], [12, k]: outdoor air, or brine out of the soil."""
    if pump != "heat_pump_ground":
        return outdoor_c
    brine = soil_c(climate) - value("heat_pumps", "brine_k", pump)
    return np.asarray(np.broadcast_to(brine[:, None], outdoor_c.shape))


def pump_share(supply_c: Floats, return_c: Floats) -> Floats:
    """How much of the heat a pump can give: it warms the water up to the most it makes, a heater
    behind it the rest; shape of the temperatures."""
    most = value("heat_pumps", "most_supply_c")
    spread = supply_c - return_c
    reached = np.divide(most - return_c, spread, out=np.ones_like(spread), where=spread > 0)
    return np.where(supply_c > most, np.clip(reached, 0.0, 1.0) * (return_c < most), 1.0)


def limited(heat_wh: Floats, hours: Floats, power_w: float | None) -> tuple[Floats, Floats]:
    """Heat of the pump and what is above its power, which a heater meets."""
    if power_w is None:
        return heat_wh, np.zeros_like(heat_wh)
    pump = np.minimum(heat_wh, power_w * hours)
    return pump, heat_wh - pump
