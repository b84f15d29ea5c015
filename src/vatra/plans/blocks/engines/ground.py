"""Ground below a slab: its steady conductance and how its temperature follows the months.

EN ISO 13370:2017 (thermal performance of buildings, heat transfer via the ground).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log, pi

import numpy as np

from vatra.plans.blocks.climate.climate import MONTH_OF_HOUR, Climate, Floats
from vatra.plans.blocks.zone.zone import Element, Zone

# Clause 7.1 and Table 7: a slab's surface resistances [m2K/W].
R_SI_DOWN_M2K_W, R_SE_M2K_W = 0.17, 0.04
# How deep a year's wave reaches into sand or gravel [m] (Annex H).
PERIODIC_DEPTH_M = 3.2
# January is the coldest month (Annex H).
COLDEST_MONTH = 1


def characteristic_m(area_m2: float, perimeter_m: float) -> float:
    """B': the floor's area over half of its exposed perimeter [m]."""
    return area_m2 / (perimeter_m / 2)


def equivalent_m(wall_m: float, soil_w_mk: float, slab_m2k_w: float = 0.0) -> float:
    """d_t: walls, slab and surface resistances as a thickness of soil [m]."""
    return wall_m + soil_w_mk * (R_SI_DOWN_M2K_W + slab_m2k_w + R_SE_M2K_W)


def slab_u_w_m2k(
    area_m2: float,
    perimeter_m: float,
    wall_m: float = 0.3,
    soil_w_mk: float = 2.0,
    slab_m2k_w: float = 0.0,
) -> float:
    """Steady U of a slab on ground [W/m2K] (7.2).

    ``perimeter_m`` towards outdoors, ``wall_m`` the thickness of the walls, ``soil_w_mk`` of the
    ground (clay 1.5, sand 2.0, rock 3.5), ``slab_m2k_w`` of the slab and its insulation.
    """
    width = characteristic_m(area_m2, perimeter_m)
    depth = equivalent_m(wall_m, soil_w_mk, slab_m2k_w)
    if depth < width:
        return 2 * soil_w_mk / (pi * width + depth) * log(pi * width / depth + 1)
    return soil_w_mk / (0.457 * width + depth)


def swing_w_k(
    perimeter_m: float, wall_m: float = 0.3, soil_w_mk: float = 2.0, slab_m2k_w: float = 0.0
) -> float:
    """H_pe of a slab: heat lost more in a month for each kelvin that outdoors is colder than in
    the year's mean [W/K] (Annex H)."""
    depth = equivalent_m(wall_m, soil_w_mk, slab_m2k_w)
    return 0.37 * perimeter_m * soil_w_mk * log(PERIODIC_DEPTH_M / depth + 1)


def month_swing_k(element: Element, climate: Climate) -> Floats:
    """By how much the ground behind an element is warmer in each month than in the mean of the
    year [K], shape (12,): a cosine as wide as the outdoor air's, damped, and late."""
    if element.ground is None:
        return np.zeros(12)
    means = climate.monthly_mean_c
    wide_k = (means.max() - means.min()) / 2
    damped = element.ground.swing_w_k / (element.area_m2 * element.u_w_m2k)
    turn = 2 * pi * (np.arange(1, 13) - COLDEST_MONTH - element.ground.lag_months) / 12
    return np.asarray(-damped * wide_k * np.cos(turn))


@dataclass(frozen=True, eq=False)
class Swing:
    """Ground behind an element of a room (by its place): its steady conductance [W/K] and by how
    much it is warmer at each hour than in the year's mean [K], shape (8760,)."""

    room: int
    element: Element
    w_k: float
    swing_k: Floats


def swings(rooms: Sequence[Zone], climate: Climate) -> list[Swing]:
    """Every element of rooms that lies on ground which follows the months."""
    return [
        Swing(
            number,
            each,
            each.area_m2 * each.u_w_m2k,
            month_swing_k(each, climate)[MONTH_OF_HOUR],
        )
        for number, room in enumerate(rooms)
        for each in room.elements
        if each.ground
    ]


def resolved(zone: Zone, climate: Climate) -> Zone:
    """The zone with the climate's yearly mean below its slabs; the months come on top of it."""
    mean_c = float(climate.dry_bulb_c.mean())

    def grounded(room: Zone) -> Zone:
        elements = tuple(
            replace(each, beyond_c=mean_c) if each.ground and each.beyond_c is None else each
            for each in room.elements
        )
        return replace(room, elements=elements)

    spaces = tuple(replace(each, room=grounded(each.room)) for each in zone.spaces)
    return replace(grounded(zone), spaces=spaces)
