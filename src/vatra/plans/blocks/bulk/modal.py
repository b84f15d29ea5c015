"""Zones in many states as the numbers of the modal kernel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from vatra.plans.blocks.bulk import adapted
from vatra.plans.blocks.bulk.changes import Changes
from vatra.plans.blocks.bulk.columns import Columns, columns
from vatra.plans.blocks.bulk.constructions import OUTDOORS, Built, Kind, Row, built, rows
from vatra.plans.blocks.bulk.many_modes import ManyModes, many_modes
from vatra.plans.blocks.bulk.networks import Panes, Rooms, networks, through_glass_w_k
from vatra.plans.blocks.bulk.own_sun import OwnSun, with_own_sun
from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.blocks.engines.drive import sky_share
from vatra.plans.blocks.engines.groups import SUN_COLUMNS, Shared
from vatra.plans.blocks.engines.modal_network import GLASS, ONE, TE, WALLS
from vatra.plans.blocks.engines.modes import MODE_COUNT
from vatra.plans.blocks.engines.rc5 import SECONDS_PER_H
from vatra.plans.blocks.sun.plane import Plane
from vatra.plans.blocks.zone.zone import Zone

# Of a zone: air from modes and from inputs; heat for a kelvin, how much of it stays, air change
# beyond the least; setpoints and capacities; ten numbers of each mode.
_INPUTS = 3 + SUN_COLUMNS
_COUNT = MODE_COUNT + _INPUTS + 9 + MODE_COUNT * (_INPUTS + 2)


@dataclass(frozen=True)
class Likeness:
    """Zones of one likeness have matrices of one shape."""

    kinds: tuple[Kind, ...]
    glazed: bool
    holds: bool


@dataclass(frozen=True, eq=False)
class Looked:
    """What was read from a zone."""

    likeness: Likeness
    built: Built
    glass_sky_m2: float


def look(zone: Zone, column_of: Mapping[Plane, int]) -> Looked:
    """Read a zone; what it is like is what it may run together with."""
    made = built(zone, column_of)
    sky = sum(each.area_m2 * sky_share(each.plane) for each in zone.windows)
    glazed = sum(each.area_m2 for each in zone.windows) > 0
    return Looked(Likeness(made.kinds, glazed, zone.inside_j_m2k > 0), made, sky)


def numbers(
    zones: Sequence[Zone], changes: Changes, known: Shared, own: OwnSun | None = None
) -> Floats:
    """The kernel's numbers of zones in every state, zone after zone: shape (regimes, numbers,
    n * states); ``own`` the columns of sun of a zone that shares none."""
    p = changes.count
    looked = [look(zone, known.place_of) for zone in zones]
    alike: dict[Likeness, list[int]] = {}
    for place, each in enumerate(looked):
        alike.setdefault(each.likeness, []).append(place)
    found = np.empty((len(known.regimes), _COUNT, len(zones), p))
    for places in alike.values():
        some = [zones[place] for place in places]
        made = _of_alike(some, [looked[place] for place in places], changes, known, own)
        found[:, :, places] = made.reshape(*made.shape[:2], len(places), p)
    return found.reshape(len(known.regimes), _COUNT, -1)


def _of_alike(
    zones: Sequence[Zone],
    looked: Sequence[Looked],
    changes: Changes,
    known: Shared,
    own: OwnSun | None,
) -> Floats:
    read = columns(zones, known.place_of)
    read = read if own is None else with_own_sun(read, own)
    chains = rows([each.built for each in looked])
    change, recovery = adapted.air_change(read, changes)
    air = np.array(
        [
            read.air_w_k[:, None] * change * multiple * (1 - recovery * works)
            for multiple, works in known.regimes
        ]
    )
    least = air.min(axis=0)
    joints = adapted.joints_w_k(read.joints, changes)
    (bridges,) = adapted.summed(read.joints.zone, np.ones((1, len(joints))), joints, len(zones))
    rooms = Rooms(
        np.array([each.inside_j_m2k * each.floor_m2 / SECONDS_PER_H for each in zones]),
        np.array([each.air.density_share for each in zones]),
        np.array([each.sun_convective_share for each in zones]),
        np.array([each.gains_convective_share for each in zones]),
        least + bridges,
    )
    glass_u, glass_g = adapted.glass_u_g(read.glass, changes)
    panes = _panes(read, looked, glass_u) if looked[0].likeness.glazed else None
    found = many_modes(networks(chains, panes, rooms, changes))
    acting = _acting(read, chains, glass_g, changes, own)
    fixed = _fixed(read, changes)
    return np.stack([_of_regime(found, acting, fixed, (each - least).reshape(-1)) for each in air])


def _panes(read: Columns, looked: Sequence[Looked], glass_u: Floats) -> Panes:
    glass, n = read.glass, read.count
    through = through_glass_w_k(glass.area_m2, glass_u)
    (w_k,) = adapted.summed(glass.zone, np.ones((1, len(through))), through, n)
    area = np.asarray(np.bincount(glass.zone, glass.area_m2, n), float)
    return Panes(area, np.array([each.glass_sky_m2 for each in looked]), w_k)


def _acting(
    read: Columns, chains: Sequence[Row], glass_g: Floats, changes: Changes, own: OwnSun | None
) -> Floats:
    """How the networks' inputs follow from the columns of the weather (outdoors, gains, suns,
    one): (n * p, inputs - 1, columns)."""
    n, p = read.count, changes.count
    outer = [each for each in chains if each.kind.behind == OUTDOORS]
    table = np.zeros((n, p, WALLS + len(outer) + 1, _INPUTS))
    table[..., TE, 0], table[..., ONE, -1] = 1.0, 1.0
    table[..., -1, 1] = read.gains_w[:, None] * changes.gains_scale
    lets_in = adapted.by_column(read.glass.column, read.glass.open_m2, SUN_COLUMNS)
    suns = adapted.summed(read.glass.zone, lets_in, glass_g, n)
    table[..., GLASS, 2 : 2 + SUN_COLUMNS] = suns.transpose(1, 2, 0)
    for place, chain in enumerate(outer):
        if own is None:
            table[..., WALLS + place, 2 : 2 + SUN_COLUMNS] = chain.sunny_m2[:, None]
        else:
            table[..., WALLS + place, 2 + len(own.glass) + place] = 1.0
    return table.reshape(n * p, -1, _INPUTS)


def _fixed(read: Columns, changes: Changes) -> Floats:
    """Setpoints and capacities, shape (6, n * p)."""
    shape = (read.count, changes.count)
    low, more = adapted.heating_setpoint(read, changes)
    steady = (read.cool_low_c, read.cool_more_k, read.heat_w, read.cool_w)
    wide = [np.broadcast_to(each, shape) for each in (low, more, *(e[:, None] for e in steady))]
    return np.array(wide).reshape(6, -1)


def _of_regime(found: ManyModes, acting: Floats, fixed: Floats, more_w_k: Floats) -> Floats:
    """Numbers in the order of the kernel, the air change beyond the least folded in."""
    k_air = found.air_by[:, -1]
    damped = 1 + k_air * more_w_k
    air_by = (found.air_by[:, None, :-1] @ acting)[:, 0]
    air_by[:, 0] += k_air * more_w_k
    of_modes = np.concatenate(
        [found.keep[:, :, None], found.gain[:, :, :-1] @ acting, found.gain[:, :, -1:]], axis=2
    )
    return np.concatenate(
        [
            _eight(found.air).T / damped,
            air_by.T / damped,
            [damped / k_air, 1 / damped, more_w_k],
            fixed,
            _eight(of_modes).reshape(len(k_air), -1).T,
        ]
    )


def _eight(values: Floats) -> Floats:
    """Padded to the modes the kernel moves: a small zone has fewer."""
    missing = MODE_COUNT - values.shape[1]
    if not missing:
        return values
    return np.pad(values, [(0, 0), (0, missing), *[(0, 0)] * (values.ndim - 2)])
