"""A year of a network by the compiled hours or, where numba is missing, by the reference."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np

from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.heatnet.catalogue import value
from vatra.plans.heatnet.friction import rough_term, speed_m_s
from vatra.plans.heatnet.network import HeatNet, stations
from vatra.plans.heatnet.reference import run_reference
from vatra.plans.heatnet.year import TOLERANCE_K, Drive, Year

_CONSTANTS = (
    "water_heat",
    "water_density",
    "water_viscosity",
    "radiator_exponent",
    "fittings",
    "station_drop",
    "pump_efficiency",
    "hot_water_c",
    "hot_water_approach",
    "hot_water_return",
    "hot_water_cold",
    "least_load",
)


def run_year(
    net: HeatNet,
    drive: Drive,
    *,
    compiled: bool | None = None,
    tolerance_k: float = TOLERANCE_K,
) -> Year:
    """Flows, temperatures, losses and pumping of every hour.

    Parameters
    ----------
    net : with the power of every substation (``HeatNet.powered``)
    drive : supply at the source, ground and needs (``drive_of``)
    compiled : None takes the compiled hours where numba is installed
    tolerance_k : to which the supply of the substations is settled

    ``plant_w`` equals ``served_w`` and the losses to the rounding of floats in every hour,
    whatever the tolerance. Raises ``ImportError`` where numba is asked for and missing.
    """
    if compiled is None:
        compiled = find_spec("numba") is not None
    return (
        _compiled(net, drive, tolerance_k) if compiled else run_reference(net, drive, tolerance_k)
    )


def _pipes(net: HeatNet) -> Floats:
    inner = np.array([each.inner_m for each in net.pipes])
    rough = np.array([each.roughness_m for each in net.pipes])
    length = np.array([each.length_m for each in net.pipes])
    losses = np.array([each.u_w_mk for each in net.pipes]) * length
    columns = (losses, np.pi * inner**2 / 4, inner, rough_term(inner, rough), length)
    return np.ascontiguousarray(np.column_stack(columns))


def _stations(net: HeatNet) -> Floats:
    known = stations(net)
    columns = (known.power_w, known.inside_c, known.mean_k, known.spread_k, known.exchanger_k,
               known.most_kg_s, known.least_kg_s)  # fmt: skip
    return np.ascontiguousarray(np.column_stack(columns))


def _compiled(net: HeatNet, drive: Drive, tolerance_k: float) -> Year:
    from vatra.plans.heatnet import kernel

    by_hour = np.zeros((len(drive.plant_c), kernel.HOURLY))
    by_pipe, by_station = np.zeros((len(net.pipes), 4)), np.zeros((len(net.substations), 6))
    by_station[:, 4] = np.inf
    constants = np.array([*(value(name) for name in _CONSTANTS), tolerance_k])
    kernel.run(
        _pipes(net), net.parent, _stations(net), net.at, drive.plant_c, drive.ground_c,
        np.ascontiguousarray(drive.heating_w), np.ascontiguousarray(drive.hot_water_w),
        drive.running, constants, by_hour, by_pipe, by_station,
    )  # fmt: skip
    columns = by_hour.T
    flow, carried = by_station[:, 2], by_station[:, 3]
    back = np.where(flow > 0, carried / np.where(flow > 0, flow, 1.0), np.nan)
    inner = np.array([each.inner_m for each in net.pipes])
    return Year(
        net, drive,
        plant_w=columns[kernel.H_PLANT],
        needed_w=columns[kernel.H_NEEDED],
        served_w=columns[kernel.H_SERVED],
        supply_loss_w=columns[kernel.H_SUPPLY_LOSS],
        return_loss_w=columns[kernel.H_RETURN_LOSS],
        return_c=columns[kernel.H_RETURN],
        flow_kg_s=columns[kernel.H_FLOW],
        head_pa=columns[kernel.H_HEAD],
        pump_w=columns[kernel.H_PUMP],
        margin_k=columns[kernel.H_MARGIN],
        pipe_supply_loss_wh=by_pipe[:, 0],
        pipe_return_loss_wh=by_pipe[:, 1],
        pipe_flow_kg_s=by_pipe[:, 2],
        pipe_speed_m_s=speed_m_s(by_pipe[:, 2], inner),
        pipe_drop_pa_m=by_pipe[:, 3],
        station_needed_wh=by_station[:, 0],
        station_served_wh=by_station[:, 1],
        station_return_c=back,
        station_coldest_c=by_station[:, 4],
        station_short_hours=by_station[:, 5],
    )  # fmt: skip
