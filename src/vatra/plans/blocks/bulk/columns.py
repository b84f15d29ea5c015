"""Zones that run together as columns: one array a property, so that states need no objects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from vatra.plans.blocks.bulk.changes import KINDS, kind_of
from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.blocks.engines.drive import MEAN_ANGLE_SHARE, sky_share
from vatra.plans.blocks.engines.groups import gains_pattern, pattern
from vatra.plans.blocks.engines.loads import NEVER_COLD_C, NEVER_WARM_C
from vatra.plans.blocks.engines.rc5 import MASS_AREA_SHARE, MASS_J_M2K, air_w_k
from vatra.plans.blocks.engines.rc5_fast import ENDLESS_W
from vatra.plans.blocks.sun.plane import Plane
from vatra.plans.blocks.zone.zone import Element, Window, Zone

Ints = npt.NDArray[np.int64]
# Kind of a wall within the zone, which no works change.
WITHIN = len(KINDS)


@dataclass(frozen=True, eq=False)
class Opaque:
    """Opaque elements [e], each with the place of its zone.

    ``kind`` numbers ``KINDS``, ``WITHIN`` is a wall within the zone; ``counts`` is the share of
    its conductance that counts; ``beyond_c`` with ``steady`` 1 where what is behind is steady;
    ``sunny_share``, ``sky_share`` are zero but outdoors; ``column`` of the sun on its plane.
    """

    zone: Ints
    area_m2: Floats
    u_w_m2k: Floats
    kind: Ints
    counts: Floats
    steady: Floats
    beyond_c: Floats
    sunny_share: Floats
    sky_share: Floats
    column: Ints


@dataclass(frozen=True, eq=False)
class Glass:
    """Windows [w]: ``open_m2`` is the area that lets in all sun where g is one."""

    zone: Ints
    area_m2: Floats
    u_w_m2k: Floats
    g_share: Floats
    open_m2: Floats
    column: Ints


@dataclass(frozen=True, eq=False)
class Joints:
    """Linear bridges [b]: conductance with the share behind, ``name`` by place in ``names``."""

    zone: Ints
    w_k: Floats
    name: Ints
    names: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Columns:
    """``n`` zones of one group.

    ``air_w_k`` of one change an hour; setpoints as low and what the pattern adds at most, with
    ``low_moves`` and ``more_moves`` 1 where a warmer setpoint moves them.
    """

    names: tuple[str, ...]
    opaque: Opaque
    glass: Glass
    joints: Joints
    floor_m2: Floats
    a_m_m2: Floats
    a_t_m2: Floats
    c_m_j_k: Floats
    h_is_w_k: Floats
    air_w_k: Floats
    change_per_h: Floats
    recovery_share: Floats
    gains_w: Floats
    convective_share: Floats
    heat_low_c: Floats
    heat_more_k: Floats
    low_moves: Floats
    more_moves: Floats
    cool_low_c: Floats
    cool_more_k: Floats
    heat_w: Floats
    cool_w: Floats

    @property
    def count(self) -> int:
        """How many zones there are."""
        return len(self.names)


def columns(zones: Sequence[Zone], column_of: Mapping[Plane, int]) -> Columns:
    """Zones as columns; ``column_of`` the sun on each plane, 0 where a zone
    shares none."""
    parts = (_opaque(zones, column_of), _glass(zones, column_of), _joints(zones))
    rows: list[Any] = list(np.array([_row(zone) for zone in zones]).T)
    return Columns(tuple(zone.name for zone in zones), *parts, *rows)


def _row(zone: Zone) -> tuple[float, ...]:
    """The floats of a zone, in the order of ``Columns``."""
    share = zone.mass.area_share or MASS_AREA_SHARE[zone.mass.klass]
    capacity = zone.mass.c_j_m2k or MASS_J_M2K[zone.mass.klass]
    a_t = zone.surfaces_share * zone.floor_m2
    heat_day = zone.heating.day_c
    _, heat_low, heat_more = pattern(heat_day, NEVER_COLD_C)
    _, cool_low, cool_more = pattern(zone.cooling.day_c, NEVER_WARM_C)
    off, on = None in heat_day, any(each is not None for each in heat_day)
    return (
        zone.floor_m2, share * zone.floor_m2, a_t, capacity * zone.floor_m2,
        zone.h_is_w_m2k * a_t, air_w_k(zone, 1.0), zone.air.change_per_h,
        zone.air.heat_recovery_share, gains_pattern(zone.gains_w_m2)[1] * zone.floor_m2,
        zone.gains_convective_share, heat_low, heat_more, float(not off), float(off and on),
        cool_low, cool_more, min(zone.heating.capacity_w, ENDLESS_W),
        min(zone.cooling.capacity_w, ENDLESS_W),
    )  # fmt: skip


def _opaque(zones: Sequence[Zone], column_of: Mapping[Plane, int]) -> Opaque:
    found = [
        (place, *_element(each, column_of))
        for place, zone in enumerate(zones)
        for each in zone.elements
    ]
    rows = np.array(found, float).reshape(-1, 10).T
    zone, kind, column = (rows[place].astype(int) for place in (0, 3, 9))
    area, u, counts, steady, beyond_c, sunny, sky = rows[[1, 2, 4, 5, 6, 7, 8]]
    return Opaque(zone, area, u, kind, counts, steady, beyond_c, sunny, sky, column)


def _element(element: Element, column_of: Mapping[Plane, int]) -> tuple[float, ...]:
    outside, steady = element.boundary == "outside", element.beyond_c is not None
    within = element.boundary == "adjacent"
    return (
        element.area_m2,
        element.u_w_m2k,
        WITHIN if within else KINDS.index(kind_of(element.plane)),
        0.0 if within else 1.0 if steady else element.b_share,
        float(steady),
        element.beyond_c or 0.0,
        element.absorptance_share * outside,
        sky_share(element.plane) * outside,
        column_of.get(element.plane, 0),
    )


def _glass(zones: Sequence[Zone], column_of: Mapping[Plane, int]) -> Glass:
    found = [
        (
            place,
            each.area_m2,
            each.u_w_m2k,
            each.g_share,
            open_m2(each),
            column_of.get(each.plane, 0),
        )
        for place, zone in enumerate(zones)
        for each in zone.windows
    ]
    zone, area, u, g, opened, column = np.array(found, float).reshape(-1, 6).T
    return Glass(zone.astype(int), area, u, g, opened, column.astype(int))


def open_m2(window: Window) -> float:
    """A plain window as an area that lets in all sun where g is one [m2]."""
    glass_m2 = window.area_m2 * (1 - window.frame_share)
    return MEAN_ANGLE_SHARE * glass_m2 * window.shading_share


def _joints(zones: Sequence[Zone]) -> Joints:
    names = sorted({each.name for zone in zones for each in zone.bridges})
    number = {name: place for place, name in enumerate(names)}
    found = [
        (place, each.psi_w_mk * each.length_m * each.b_share, number[each.name])
        for place, zone in enumerate(zones)
        for each in zone.bridges
    ]
    zone, w_k, name = np.array(found, float).reshape(-1, 3).T
    return Joints(zone.astype(int), w_k, name.astype(int), tuple(names))
