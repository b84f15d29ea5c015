"""Buildings told by their type and sizes, as the columns that the engines take: no zone for each.

``zone_of`` makes one building's zone; here the same figures of its type meet the sizes of many
buildings as arrays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache

import numpy as np
import polars as pl

from vatra.plans.blocks.bulk.columns import Columns, Glass, Ints, Joints, Opaque
from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.blocks.engines.drive import MEAN_ANGLE_SHARE, sky_share
from vatra.plans.blocks.engines.loads import NEVER_WARM_C
from vatra.plans.blocks.engines.rc5 import (
    AIR_J_M3K,
    MASS_AREA_SHARE,
    MASS_J_M2K,
    SECONDS_PER_H,
)
from vatra.plans.blocks.engines.rc5_fast import ENDLESS_W
from vatra.plans.blocks.sun.plane import Plane
from vatra.plans.blocks.zone.zone import Element, Zone
from vatra.plans.stock.archetypes import Archetype, BridgeRule, archetypes
from vatra.plans.stock.shape import SECTOR_DEG
from vatra.plans.stock.zone import HEATED_TO_C

SECTORS = round(360 / SECTOR_DEG)
# A turn by a right angle, in sectors: so many ways a rectangle may stand.
TURNS = SECTORS // 4
UP = Plane(0.0)
OWN_U = ("wall_u_w_m2k", "roof_u_w_m2k", "floor_u_w_m2k", "window_u_w_m2k")


@dataclass(frozen=True, eq=False)
class Sizes:
    """n buildings: ``kind`` numbers ``archetypes()``; ``outer_m2`` (n, 16) outer walls with their
    windows by bearing; ``own_u`` (n, 4) in the order of ``OWN_U``, NaN where the type's holds."""

    names: tuple[str, ...]
    kind: Ints
    heated_m2: Floats
    footprint_m2: Floats
    storeys_count: Floats
    storey_height_m: Floats
    flats_count: Floats
    outer_m2: Floats
    own_u: Floats

    def take(self, rows: Ints) -> Sizes:
        """Some of the buildings."""
        return replace(
            self,
            names=tuple(self.names[row] for row in rows),
            **{each.name: getattr(self, each.name)[rows] for each in fields(self)[1:]},
        )

    @property
    def turn(self) -> Ints:
        """How far each building is turned, in sectors, so that four bearings at right angles hold
        all its walls; -1 where they do not (n,)."""
        found = np.full(len(self.names), -1)
        for turn in reversed(range(TURNS)):
            others = np.arange(SECTORS) % TURNS != turn
            found[~(self.outer_m2[:, others] > 0).any(axis=1)] = turn
        return found


def sizes_of(frame: pl.DataFrame) -> Sizes:
    """Sizes from the columns of a stream (``runs.stream`` checks them)."""
    n, places = len(frame), list(archetypes())
    outer = np.zeros((n, SECTORS))
    sides = frame.select("facade_azimuth_deg", "facade_outer_m2").with_row_index()
    sides = sides.explode("facade_azimuth_deg", "facade_outer_m2").drop_nulls()
    azimuth = sides["facade_azimuth_deg"].to_numpy()
    sector = np.rint(azimuth / SECTOR_DEG).astype(int) % SECTORS
    np.add.at(outer, (sides["index"].to_numpy(), sector), sides["facade_outer_m2"].to_numpy())
    own = [
        frame[each].cast(pl.Float64).fill_null(np.nan).to_numpy()
        if each in frame.columns
        else np.full(n, np.nan)
        for each in OWN_U
    ]
    number = {code: place for place, code in enumerate(places)}
    names = ("heated_m2", "footprint_m2", "storeys_count", "storey_height_m", "flats_count")
    heated, footprint, storeys, height, flats = (
        frame[each].cast(pl.Float64).to_numpy() for each in names
    )
    kind = frame["archetype"].replace_strict(number, return_dtype=pl.Int64).to_numpy()
    return Sizes(tuple(frame["building"].to_list()), kind, heated, footprint, storeys, height,
                 flats, outer, np.stack(own, axis=1))  # fmt: skip


def planes_of_turn(turn: int) -> tuple[Plane, ...]:
    """The roof and the four walls of buildings turned so far."""
    walls = {Plane(90.0, (turn + TURNS * each) * SECTOR_DEG) for each in range(4)}
    return tuple(sorted({UP, *walls}))


def stock_columns(sizes: Sizes, column_of: Mapping[Plane, int]) -> Columns:
    """Buildings as columns; ``column_of`` the sun on each plane they have."""
    types, n = _types(), len(sizes.names)
    glass_m2 = types["window_share"][sizes.kind][:, None] * sizes.outer_m2
    a_t = Zone.surfaces_share * sizes.heated_m2
    height = sizes.storey_height_m - types["slab_m"][sizes.kind]
    one, none = np.ones(n), np.zeros(n)
    return Columns(
        sizes.names,
        _opaque(sizes, types, glass_m2, column_of),
        _glass(sizes, types, glass_m2, column_of),
        _joints(sizes, glass_m2),
        floor_m2=sizes.heated_m2,
        a_m_m2=types["mass_area_share"][sizes.kind] * sizes.heated_m2,
        a_t_m2=a_t,
        c_m_j_k=types["mass_j_m2k"][sizes.kind] * sizes.heated_m2,
        h_is_w_k=Zone.h_is_w_m2k * a_t,
        air_w_k=AIR_J_M3K * sizes.heated_m2 * height / SECONDS_PER_H,
        change_per_h=types["air_change_per_h"][sizes.kind],
        recovery_share=none,
        gains_w=types["gains_w_m2"][sizes.kind] * sizes.heated_m2,
        convective_share=Zone.gains_convective_share * one,
        heat_low_c=HEATED_TO_C * one,
        heat_more_k=none,
        low_moves=one,
        more_moves=none,
        cool_low_c=NEVER_WARM_C * one,
        cool_more_k=none,
        heat_w=ENDLESS_W * one,
        cool_w=ENDLESS_W * one,
    )


_VALUES = ("slab_m", "window_u_w_m2k", "window_g_share", "frame_share", "shading_share",
           "air_change_per_h", "gains_w_m2", "floor_b_share", "roof_b_share")  # fmt: skip


@cache
def _types() -> Mapping[str, Floats]:
    """Figures of every type, arrays over ``archetypes()``."""
    kinds = list(archetypes().values())
    found = {name: np.array([each.of(name) for each in kinds]) for name in _VALUES}
    found["window_share"] = np.array([each.window_share for each in kinds])
    found["mass_area_share"] = np.array([MASS_AREA_SHARE[each.mass] for each in kinds])
    found["mass_j_m2k"] = np.array([MASS_J_M2K[each.mass] for each in kinds])
    for name in ("wall", "roof", "floor"):
        made = [getattr(each, name) for each in kinds]
        found[f"{name}_u_w_m2k"] = np.array([each.u_w_m2k for each in made])
        found[f"{name}_outside"] = np.array([float(each.behind == "outside") for each in made])
    return found


def own_or_type(sizes: Sizes, name: str) -> Floats:
    """U of a kind of element: the building's own, or that of its type."""
    own = sizes.own_u[:, OWN_U.index(f"{name}_u_w_m2k")]
    return np.where(np.isnan(own), _types()[f"{name}_u_w_m2k"][sizes.kind], own)


def _opaque(
    sizes: Sizes, types: Mapping[str, Floats], glass_m2: Floats, column_of: Mapping[Plane, int]
) -> Opaque:
    row, sector = np.nonzero(sizes.outer_m2 - glass_m2 > 0)
    every = np.arange(len(sizes.names))
    wall_column = np.array([column_of.get(Plane(90.0, s * SECTOR_DEG), 0) for s in range(SECTORS)])
    parts = (
        (0, row, (sizes.outer_m2 - glass_m2)[row, sector], "wall", wall_column[sector]),
        (1, every, sizes.footprint_m2, "roof", np.full(len(every), column_of[UP])),
        (2, every, sizes.footprint_m2, "floor", np.zeros(len(every), int)),
    )
    zone = np.concatenate([each[1] for each in parts])
    kind = np.concatenate([np.full(len(each[1]), each[0]) for each in parts])
    tables = [types[f"{each[3]}_outside"][sizes.kind][each[1]] for each in parts]
    outside = np.concatenate(tables)
    shares = [np.ones(len(row)), types["roof_b_share"][sizes.kind],
              types["floor_b_share"][sizes.kind]]  # fmt: skip
    sky = np.array([sky_share(Plane(tilt)) for tilt in (90.0, 0.0, 180.0)])
    nothing = np.zeros(len(zone))
    return Opaque(
        zone=zone,
        area_m2=np.concatenate([each[2] for each in parts]),
        u_w_m2k=np.concatenate([own_or_type(sizes, each[3])[each[1]] for each in parts]),
        kind=kind,
        counts=np.where(outside > 0, 1.0, np.concatenate(shares)),
        steady=nothing,
        beyond_c=nothing,
        sunny_share=Element.absorptance_share * outside,
        sky_share=sky[kind] * outside,
        column=np.concatenate([each[4] for each in parts]),
    )


def _glass(
    sizes: Sizes, types: Mapping[str, Floats], glass_m2: Floats, column_of: Mapping[Plane, int]
) -> Glass:
    row, sector = np.nonzero(glass_m2 > 0)
    area, kind = glass_m2[row, sector], sizes.kind[row]
    column = np.array([column_of.get(Plane(90.0, s * SECTOR_DEG), 0) for s in range(SECTORS)])
    clear = (1 - types["frame_share"][kind]) * types["shading_share"][kind]
    u, g = own_or_type(sizes, "window")[row], types["window_g_share"][kind]
    return Glass(row, area, u, g, MEAN_ANGLE_SHARE * area * clear, column[sector])


def _joints(sizes: Sizes, glass_m2: Floats) -> Joints:
    outer_m2 = sizes.outer_m2.sum(axis=1)
    basis = {
        "perimeter_storeys": outer_m2 / sizes.storey_height_m,
        "facade_m2": outer_m2,
        "window_m2": glass_m2.sum(axis=1),
        "flats": sizes.flats_count,
    }
    zone, w_k, name = [], [], []
    names: dict[str, int] = {}
    for place, rule in _rules():
        rows = np.nonzero(sizes.kind == place)[0]
        zone.append(rows)
        w_k.append(rule.psi_w_mk * rule.length_m * basis[rule.rule][rows])
        name.append(np.full(len(rows), names.setdefault(rule.code, len(names))))
    return Joints(np.concatenate(zone), np.concatenate(w_k), np.concatenate(name), tuple(names))


@cache
def _rules() -> tuple[tuple[int, BridgeRule], ...]:
    kinds: list[Archetype] = list(archetypes().values())
    return tuple((place, rule) for place, each in enumerate(kinds) for rule in each.bridges)
