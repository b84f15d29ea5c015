"""The modal zone of many zones: their modes one by one, their hours compiled and side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.blocks.engines.drive import Surroundings
from vatra.plans.blocks.engines.groups import (
    SUN_COLUMNS,
    Shared,
    gains_pattern,
    glass_share_m2,
    pattern,
    regime_air_w_k,
)
from vatra.plans.blocks.engines.loads import NEVER_COLD_C, NEVER_WARM_C, loads
from vatra.plans.blocks.engines.modal_elements import Chain, chains
from vatra.plans.blocks.engines.modal_network import GLASS, ONE, TE, WALLS, absorbed_w, nodes
from vatra.plans.blocks.engines.modes import MODE_COUNT, Modes, modes
from vatra.plans.blocks.engines.rc5_fast import ENDLESS_W
from vatra.plans.blocks.zone.zone import Zone


def fits(zone: Zone) -> bool:
    """Whether a zone that shares no sun has few enough outer constructions for its columns."""
    return sum(each.outside for each in chains(zone)) < SUN_COLUMNS


def prepare(zones: Sequence[Zone], known: Shared) -> Floats:
    """The kernel's numbers of zones, shape (regimes, numbers, n)."""
    return np.stack([_numbers(zone, known) for zone in zones], axis=-1)


def own_sun(zone: Zone, around: Surroundings) -> Floats:
    """Sun through glass and on each outer construction as columns [W]."""
    walls = [absorbed_w(each, around) for each in chains(zone) if each.outside]
    return np.stack([loads(zone, around).glass_w, *walls], axis=1)


def _numbers(zone: Zone, known: Shared) -> Floats:
    """The numbers of a zone in each regime, shape (regimes, numbers)."""
    air = regime_air_w_k(zone, known)
    network = nodes(zone, min(air))
    found = modes(network, MODE_COUNT)
    by_column = _columns(zone, known, network.outer)
    return np.array([_of_regime(zone, found, by_column, each - min(air)) for each in air])


def _columns(zone: Zone, known: Shared, outer: Sequence[Chain]) -> Floats:
    """How the network's inputs follow from the columns of the weather (outdoors, gains, five suns,
    one), shape (inputs - 1, 8)."""
    table = np.zeros((WALLS + len(outer) + 1, 3 + SUN_COLUMNS))
    table[TE, 0], table[ONE, -1] = 1.0, 1.0
    table[-1, 1] = gains_pattern(zone.gains_w_m2)[1] * zone.floor_m2
    if known.key.own >= 0:
        table[GLASS, 2] = 1.0
        for place in range(len(outer)):
            table[WALLS + place, 3 + place] = 1.0
        return table
    for window in zone.windows:
        table[GLASS, 2 + known.place_of[window.plane]] += glass_share_m2(window)
    for place, chain in enumerate(outer):
        for part in chain.parts:
            taken_m2 = part.absorptance_share * part.area_m2
            table[WALLS + place, 2 + known.place_of[part.plane]] += taken_m2
    return table


def _of_regime(zone: Zone, found: Modes, by_column: Floats, more_w_k: float) -> Floats:
    """One zone's numbers in the order of the kernel, the air change beyond the least folded in."""
    k_air = found.air_by[-1]
    damped = 1 + k_air * more_w_k
    air_by = found.air_by[:-1] @ by_column
    air_by[0] += k_air * more_w_k
    heat, cool = (
        pattern(zone.heating.day_c, NEVER_COLD_C),
        pattern(zone.cooling.day_c, NEVER_WARM_C),
    )
    capacities = [min(each.capacity_w, ENDLESS_W) for each in (zone.heating, zone.cooling)]
    of_modes = np.column_stack([found.keep, found.gain[:, :-1] @ by_column, found.gain[:, -1]])
    return np.concatenate(
        [
            _eight(found.air) / damped,
            air_by / damped,
            [damped / k_air, 1 / damped, more_w_k, *heat[1:], *cool[1:], *capacities],
            _eight(of_modes).ravel(),
        ]
    )


def _eight(values: Floats) -> Floats:
    """Padded to the modes the kernel moves: a small zone has fewer."""
    missing = MODE_COUNT - len(values)
    return np.pad(values, [(0, missing)] + [(0, 0)] * (values.ndim - 1))
