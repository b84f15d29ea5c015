"""The sun of a zone that shares none: glass that looks at the angle, shades, many bearings.

Its columns are sums over what works change alike. Windows of one U and one g are replaced
together, walls of one U insulated together, so in every state a column counts as one number.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from vatra.plans.blocks.bulk.changes import kind_of
from vatra.plans.blocks.bulk.columns import Columns
from vatra.plans.blocks.climate.climate import HOURS, Floats
from vatra.plans.blocks.engines.asked import Engine
from vatra.plans.blocks.engines.drive import Surroundings, through_glass_w
from vatra.plans.blocks.engines.groups import SUN_COLUMNS
from vatra.plans.blocks.engines.modal_elements import chains
from vatra.plans.blocks.engines.modal_network import absorbed_w
from vatra.plans.blocks.zone.zone import Zone

Places = list[int]


@dataclass(frozen=True)
class OwnSun:
    """Places of windows, and of outer elements in 5R1C, by column. In modes each outer chain has
    a column of its own after those of the glass."""

    glass: tuple[Places, ...]
    walls: tuple[Places, ...]


def own_sun(zone: Zone, engine: Engine, kept: bool) -> OwnSun | None:
    """The columns of a zone; None where there are more than the kernel has. ``kept``: for the one
    state in which nothing changes, where all glass and all walls are one column each."""
    glass = _alike(
        [
            (place, () if kept else (each.u_w_m2k, each.g_share))
            for place, each in enumerate(zone.windows)
            if each.area_m2 * each.g_share > 0
        ]
    )
    if engine == "modal":
        count = len(glass) + sum(each.outside for each in chains(zone))
        return OwnSun(glass, ()) if count <= SUN_COLUMNS else None
    walls = _alike(
        [
            (place, () if kept else (each.u_w_m2k, kind_of(each.plane)))
            for place, each in enumerate(zone.elements)
            if each.boundary == "outside" and each.area_m2 > 0
        ]
    )
    return OwnSun(glass, walls) if len(glass) + len(walls) <= SUN_COLUMNS else None


def _alike(keyed: Sequence[tuple[int, Hashable]]) -> tuple[Places, ...]:
    found: dict[Hashable, Places] = {}
    for place, key in keyed:
        found.setdefault(key, []).append(place)
    return tuple(found.values())


def own_hours(zone: Zone, around: Surroundings, own: OwnSun, engine: Engine) -> Floats:
    """The columns, shape (8760, columns): sun through glass where the first window's g were one,
    sun on walls where the first one's U counts [W]."""
    columns = [np.zeros(HOURS) for _ in (*own.glass, *own.walls)]
    for column, places in zip(columns, own.glass, strict=False):
        first = zone.windows[places[0]].g_share
        for place in places:
            window = zone.windows[place]
            on = around.sun[window.plane]
            column += through_glass_w(replace(window, g_share=window.g_share / first), on)
    for column, places in zip(columns[len(own.glass) :], own.walls, strict=True):
        first = zone.elements[places[0]].u_w_m2k
        for place in places:
            each = zone.elements[place]
            taken_m2 = each.absorptance_share * each.area_m2 * each.u_w_m2k / first
            column += taken_m2 * around.sun[each.plane].total_w_m2
    if engine == "modal":
        columns += [absorbed_w(each, around) for each in chains(zone) if each.outside]
    return np.stack(columns, axis=1) if columns else np.zeros((HOURS, 0))


def with_own_sun(read: Columns, own: OwnSun) -> Columns:
    """Columns of that one zone, in which the first of each group counts for all of it."""
    opened, glass_column = np.zeros(len(read.glass.zone)), np.zeros(len(read.glass.zone), int)
    for column, places in enumerate(own.glass):
        opened[places[0]], glass_column[places[0]] = 1.0, column
    sunny, wall_column = np.zeros(len(read.opaque.zone)), np.zeros(len(read.opaque.zone), int)
    for column, places in enumerate(own.walls, start=len(own.glass)):
        sunny[places[0]], wall_column[places[0]] = 1 / read.opaque.area_m2[places[0]], column
    return replace(
        read,
        glass=replace(read.glass, open_m2=opened, column=glass_column),
        opaque=replace(read.opaque, sunny_share=sunny, column=wall_column),
    )
