"""The modal zone hour by hour in numpy."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from vatra.plans.blocks.engines.coupled import coupled_hours
from vatra.plans.blocks.engines.drive import Surroundings
from vatra.plans.blocks.engines.hours import FIRST_C, Hours, in_turn, table
from vatra.plans.blocks.engines.loads import Loads, loads, night_w_k
from vatra.plans.blocks.engines.modal_network import Nodes, inputs, nodes
from vatra.plans.blocks.engines.modes import MODE_COUNT, Modes, default_weights, modes
from vatra.plans.blocks.engines.rooms_modal import modal_rooms, radiant_weights
from vatra.plans.blocks.zone.zone import Zone


def modal_hours(
    zone: Zone, around: Surroundings, *, free: bool = False, mode_count: int = MODE_COUNT
) -> Hours:
    """The year of a zone in its modes; ``free`` leaves heating and cooling off.

    The air meets its setpoint in the mean of each hour. Air change beyond its yearly least is
    added hour by hour to the air, with the mean temperature of that hour. Rooms beside it are
    solved with it, in all modes.
    """
    if zone.is_coupled:
        return coupled_hours(modal_rooms(zone, around), free=free)
    year = loads(zone, around)
    steady = float(year.h_ve_w_k.min())
    network = nodes(zone, steady)
    known = modes(network, mode_count)
    radiant = _radiant(network, mode_count)
    acting = inputs(network, around, year.glass_w, year.gains_w)
    let_in = acting[:, 2:].sum(axis=1) + network.b[:, 1].sum() - network.lost_by[1]
    gain_by, air_by, lost_by, radiant_by = (
        acting @ each[..., :-1].T
        for each in (known.gain, known.air_by, known.lost_by, radiant.lost_by)
    )
    k_air = known.air_by[-1]
    z = np.zeros(len(known.keep))
    air_c, held = FIRST_C, float(known.held @ z)
    records = []
    for hour, counts in in_turn():
        te = year.te_c[hour]
        more = year.h_ve_w_k[hour] - steady + night_w_k(year, hour, air_c)
        free_c = known.air @ z + air_by[hour]
        plant = 0.0 if free else _plant(year, hour, free_c, k_air, more)
        air_c = float((free_c + k_air * (plant + more * te)) / (1 + k_air * more))
        to_air = plant - more * (air_c - te)
        lost = known.lost @ z + lost_by[hour] + known.lost_by[-1] * to_air + more * (air_c - te)
        felt = (air_c + radiant.lost @ z + radiant_by[hour] + radiant.lost_by[-1] * to_air) / 2
        z = known.keep * z + gain_by[hour] + known.gain[:, -1] * to_air
        before, held = held, float(known.held @ z)
        if counts:
            split = (max(plant, 0.0), max(-plant, 0.0))
            balance = (float(let_in[hour]), float(lost), float(held - before))
            records.append((*split, air_c, *balance, float(felt)))
    return table(records)


def _radiant(network: Nodes, mode_count: int) -> Modes:
    """The same modes, read at the surfaces instead of at what is lost: the mean temperature that
    radiates into the room."""
    seen = replace(network, lost=radiant_weights(network), lost_by=np.zeros(network.input_count))
    return modes(seen, mode_count, default_weights(network))


def _plant(year: Loads, hour: int, free_c: float, k_air: float, more_w_k: float) -> float:
    """Heat (positive) or cold that brings the mean air to its setpoint, as far as there is
    capacity [W]."""
    te = year.te_c[hour]
    for set_c, least, most in (
        (year.heat_c[hour], 0.0, year.heat_w),
        (year.cool_c[hour], -year.cool_w, 0.0),
    ):
        wanted = (set_c - free_c) / k_air + more_w_k * (set_c - te)
        given = min(max(wanted, least), most)
        if given:
            return float(given)
    return 0.0
