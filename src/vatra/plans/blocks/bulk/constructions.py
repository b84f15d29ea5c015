"""Constructions of zones as rows of numbers: zones built of the same kinds of chains side by side.

What ``modal_elements`` tells of one zone is told here of many: elements built alike are one chain,
and each chain's numbers stand in one row a zone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from vatra.plans.blocks.bulk.changes import KINDS, kind_of
from vatra.plans.blocks.bulk.columns import WITHIN
from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.blocks.engines.drive import sky_share
from vatra.plans.blocks.engines.groups import SUN_COLUMNS
from vatra.plans.blocks.engines.modal_elements import (
    KAPPA_J_M2K,
    NATURAL_EXPONENT,
    PLACE_SHARES,
    Chain,
    direction,
    inner_structures,
    layered,
)
from vatra.plans.blocks.sun.plane import Plane
from vatra.plans.blocks.zone.zone import Element, Layer, Zone

# What is behind a chain: nothing that heat passes to, outdoors, a steady temperature, or a room
# or ground of which a share of the difference counts.
NOTHING, OUTDOORS, STEADY, SHARED = range(4)
_BEHIND = {"adjacent": NOTHING, "outside": OUTDOORS}


@dataclass(frozen=True)
class Kind:
    """What chains must have in common so that zones lie side by side."""

    heavy: tuple[bool, ...]
    kind: int
    behind: int
    floor: bool
    layered: bool
    r_si_m2k_w: float


@dataclass(frozen=True, eq=False)
class Row:
    """The numbers of a chain in each of n zones; capacities and resistances per m2, shape
    (n, nodes) and (n, nodes - 1); ``sunny_m2`` (n, columns)."""

    kind: Kind
    area_m2: Floats
    sky_m2: Floats
    u_w_m2k: Floats
    h_ci_w_m2k: Floats
    b_share: Floats
    beyond_c: Floats
    layers_share: Floats
    added_m2k_w: Floats
    sunny_m2: Floats
    c_j_m2k: Floats
    r_m2k_w: Floats


@dataclass(frozen=True)
class Built:
    """The chains of one zone: their kinds, and their numbers in the order of ``Row``."""

    kinds: tuple[Kind, ...]
    numbers: tuple[tuple[float, ...], ...]


def built(zone: Zone, column_of: Mapping[Plane, int]) -> Built:
    """The chains of a zone; ``column_of`` the sun on each plane, 0 where a zone shares none."""
    natural = zone.air.density_share**NATURAL_EXPONENT
    merged: dict[tuple[object, ...], list[Element]] = {}
    for each in zone.elements:
        merged.setdefault(_alike(each), []).append(each)
    found = [_numbers(parts, natural, column_of) for parts in merged.values()]
    outer = [_as_chain(kind, row) for kind, row in found]
    found += [_of_inner(each) for each in inner_structures(zone, outer)]
    return Built(tuple(each[0] for each in found), tuple(each[1] for each in found))


def _as_chain(kind: Kind, row: tuple[float, ...]) -> Chain:
    """As much of a chain as tells how much mass it holds."""
    capacities = row[_CAPACITIES : _CAPACITIES + len(kind.heavy)]
    return Chain(row[0], 0.0, capacities, (), None, None, False, False, ())


def rows(many: Sequence[Built]) -> list[Row]:
    """Chains of zones that have kinds in common, chain by chain."""
    found = []
    for place, kind in enumerate(many[0].kinds):
        table = np.array([each.numbers[place] for each in many])
        ends = [_SUNNY, _CAPACITIES, _CAPACITIES + len(kind.heavy)]
        single, sunny, capacities, resistances = np.split(table, ends, axis=1)
        area, sky, u, h_ci, b_share, beyond_c, share, added = single.T
        found.append(Row(kind, area, sky, u, h_ci, b_share, beyond_c, share, added,
                         sunny, capacities, resistances))  # fmt: skip
    return found


# Where suns and capacities begin among the numbers of a chain.
_SUNNY = 8
_CAPACITIES = _SUNNY + SUN_COLUMNS


def _alike(element: Element) -> tuple[object, ...]:
    """What elements that are one chain have in common."""
    behind, with_layers = _behind(element), bool(element.layers)
    # Which way the heat goes tells kind and floor, too.
    way = direction(element.plane.tilt_deg)
    made: tuple[object, ...] = (
        (element.layers, element.layers_share, element.added_m2k_w)
        if with_layers
        else (element.mass, element.place)
    )
    u = None if with_layers and behind != SHARED else element.u_w_m2k
    b_share = element.b_share if behind == SHARED else 1.0
    return (way, behind, b_share, element.beyond_c, u, made)


def _behind(element: Element) -> int:
    if element.boundary not in _BEHIND and element.beyond_c is not None:
        return STEADY
    return _BEHIND.get(element.boundary, SHARED)


def _numbers(
    parts: Sequence[Element], natural: float, column_of: Mapping[Plane, int]
) -> tuple[Kind, tuple[float, ...]]:
    one, sunny = parts[0], [0.0] * SUN_COLUMNS
    behind = _behind(one)
    area, sky = 0.0, 0.0
    for each in parts:
        area += each.area_m2
        if behind == OUTDOORS:
            sky += each.area_m2 * sky_share(each.plane)
            sunny[column_of.get(each.plane, 0)] += each.absorptance_share * each.area_m2
    tilt = one.plane.tilt_deg
    r_si, h_ci = direction(tilt)
    capacities, resistances = _mass(one.layers) if one.layers else _five(one)
    kind = WITHIN if behind == NOTHING else KINDS.index(kind_of(one.plane))
    heavy = tuple(each > 0 for each in capacities)
    row = (area, sky, one.u_w_m2k, h_ci * natural, one.b_share, one.beyond_c or 0.0,
           one.layers_share, one.added_m2k_w, *sunny, *capacities, *resistances)  # fmt: skip
    return Kind(heavy, kind, behind, tilt > 120, bool(one.layers), r_si), row


@lru_cache(maxsize=1024)
def _mass(layers: tuple[Layer, ...]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    capacities, resistances = layered(layers)
    return tuple(map(float, capacities)), tuple(map(float, resistances))


def _five(element: Element) -> tuple[tuple[float, ...], tuple[float, ...]]:
    kappa = KAPPA_J_M2K[element.mass]
    return tuple(share * kappa for share in PLACE_SHARES[element.place]), (0.0,) * 4


def _of_inner(chain: Chain) -> tuple[Kind, tuple[float, ...]]:
    """Inner walls and floors: nothing of them changes, so their resistances stand as they are."""
    heavy = tuple(each > 0 for each in chain.c_j_m2k)
    row = (chain.area_m2, 0.0, 1.0, chain.h_ci_w_m2k, 1.0, 0.0, 1.0, 0.0,
           *[0.0] * SUN_COLUMNS, *chain.c_j_m2k, *chain.r_m2k_w)  # fmt: skip
    return Kind(heavy, WITHIN, NOTHING, chain.floor, True, 0.0), row
