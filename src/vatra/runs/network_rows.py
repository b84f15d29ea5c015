"""A network's years as plain rows: one a state, a pipe, a substation."""

from __future__ import annotations

from typing import Any

import numpy as np

from vatra.plans.heatnet.year import Year
from vatra.runs.network import NetworkRun, State

Row = dict[str, Any]
# Supply temperatures below which a year is counted in hours [degC].
LEVELS_C = (80, 70, 60, 50)


def state_rows(run: NetworkRun) -> list[Row]:
    """One row a state: heat in whole watt-hours, temperatures, pumps, cost, coolest supply."""
    return [_state(each) for each in run.states]


def _state(state: State) -> Row:
    year, cost = state.year, state.cost
    row: Row = {
        "state": state.name,
        "buildings_count": len(year.net.buildings),
        "trench_m": round(year.net.length_m),
        "needed_wh": round(float(year.needed_w.sum())),
        "served_wh": round(float(year.served_w.sum())),
        "short_wh": round(year.short_wh),
        "plant_wh": round(float(year.plant_w.sum())),
        "supply_loss_wh": round(float(year.supply_loss_w.sum())),
        "return_loss_wh": round(float(year.return_loss_w.sum())),
        "loss_share": round(year.loss_share, 4),
        "plant_peak_w": round(float(year.plant_w.max())),
        "mean_supply_c": _tenth(year.mean_supply_c),
        "mean_return_c": _tenth(year.mean_return_c),
        "peak_flow_kg_s": round(float(year.flow_kg_s.max()), 1),
        "peak_head_pa": round(float(year.head_pa.max())),
        "pump_wh": round(float(year.pump_w.sum())),
        "bought_wh": None if year.bought_wh is None else round(year.bought_wh),
    }
    for name in ("eur_mwh", "heat_eur_mwh", "losses_eur_mwh", "pumps_eur_mwh", "fixed_eur_mwh"):
        row[name] = None if cost is None else round(float(getattr(cost, name)), 2)
    return row | _lowest(state)


def _lowest(state: State) -> Row:
    if state.lowest_c is None or state.coolest is None:
        return {}
    known = state.lowest_c[np.isfinite(state.lowest_c)]
    row: Row = {
        "lowest_mean_c": _tenth(float(known.mean())) if len(known) else None,
        "lowest_highest_c": _tenth(float(known.max())) if len(known) else None,
        "lowest_loss_share": round(state.coolest.loss_share, 4),
        "lowest_plant_wh": round(float(state.coolest.plant_w.sum())),
        "lowest_mean_return_c": _tenth(state.coolest.mean_return_c),
    }
    return row | {f"lowest_below_{each}_c_hours": int((known < each).sum()) for each in LEVELS_C}


def _tenth(value: float) -> float | None:
    return round(value, 1) if np.isfinite(value) else None


def pipe_rows(year: Year) -> list[Row]:
    """One row a pipe, sorted by code."""
    rows = [
        {
            "pipe": pipe.code,
            "near_node": pipe.near,
            "far_node": pipe.far,
            "length_m": pipe.length_m,
            "inner_mm": round(pipe.inner_m * 1e3, 1),
            "insulation": pipe.insulation,
            "u_w_mk": round(pipe.u_w_mk, 3),
            "supply_loss_wh": round(float(year.pipe_supply_loss_wh[n])),
            "return_loss_wh": round(float(year.pipe_return_loss_wh[n])),
            "peak_flow_kg_s": round(float(year.pipe_flow_kg_s[n]), 3),
            "peak_speed_m_s": round(float(year.pipe_speed_m_s[n]), 3),
            "peak_drop_pa_m": round(float(year.pipe_drop_pa_m[n]), 1),
        }
        for n, pipe in enumerate(year.net.pipes)
    ]
    return sorted(rows, key=lambda each: str(each["pipe"]))


def station_rows(year: Year) -> list[Row]:
    """One row a substation, by node and building."""
    return [
        {
            "node": each.node,
            "building": each.building,
            "share": each.share,
            "needed_wh": round(float(year.station_needed_wh[n])),
            "served_wh": round(float(year.station_served_wh[n])),
            "short_hours": int(year.station_short_hours[n]),
            "mean_return_c": _tenth(float(year.station_return_c[n])),
            "coldest_supply_c": _tenth(float(year.station_coldest_c[n])),
        }
        for n, each in enumerate(year.net.substations)
    ]
