"""The node network of ISO 52016-1 as matrices, nodes without mass taken out exactly.

``C dT/dt = B u - K T`` with the inputs u: outdoor temperature [degC], one (steady temperatures and
the sky), sun through glass [W], sun on each outer construction [W], internal gains [W], heat to
the air [W]. Times are hours: conductances in W/K, capacities in Wh/K.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vatra.plans.blocks.climate.climate import HOURS, Floats
from vatra.plans.blocks.engines.drive import SKY_COLDER_K, Surroundings, sky_share
from vatra.plans.blocks.engines.modal_elements import (
    H_CI_ACROSS,
    H_RE,
    H_RI,
    NATURAL_EXPONENT,
    R_SE,
    R_SI_ACROSS,
    Chain,
    chains,
    outer_convective,
)
from vatra.plans.blocks.engines.rc5 import SECONDS_PER_H
from vatra.plans.blocks.engines.surfaces import Surface, sun_shares
from vatra.plans.blocks.zone.zone import USUAL_EMISSIVITY, Zone

TE, ONE, GLASS, WALLS = 0, 1, 2, 3
LEAST_GLASS_R = 1e-3


@dataclass(frozen=True, eq=False)
class Nodes:
    """Matrices of a zone: ``k`` [W/K] and ``b`` over all nodes, ``c`` [Wh/K] zero where a node has
    no mass, node 0 the air. ``outer`` constructions have an input each, after ``WALLS``; then
    come gains and heat to the air. ``lost`` [W/K] leads from nodes to what is behind, ``lost_by``
    are the losses that each input takes back; ``inner`` are the surfaces of the room."""

    c: Floats
    k: Floats
    b: Floats
    lost: Floats
    lost_by: Floats
    outer: tuple[Chain, ...]
    inner: tuple[Surface, ...] = ()

    @property
    def input_count(self) -> int:
        """How many inputs there are."""
        return int(self.b.shape[1])


class _Builder:
    """Collects conductances and inputs node by node."""

    def __init__(self, node_count: int, input_count: int) -> None:
        self.c = np.zeros(node_count)
        self.k = np.zeros((node_count, node_count))
        self.b = np.zeros((node_count, input_count))
        self.lost = np.zeros(node_count)
        self.lost_by = np.zeros(input_count)

    def between(self, one: int, other: int, w_k: float) -> None:
        """Join two nodes."""
        self.k[[one, other], [one, other]] += w_k
        self.k[one, other] -= w_k
        self.k[other, one] -= w_k

    def behind(self, node: int, w_k: float, steady_c: float | None) -> None:
        """Join a node to the outdoor air, or to a steady temperature."""
        self.k[node, node] += w_k
        self.lost[node] += w_k
        column, factor = (TE, 1.0) if steady_c is None else (ONE, steady_c)
        self.b[node, column] += w_k * factor
        self.lost_by[column] += w_k * factor


def nodes(zone: Zone, h_ve_w_k: float, made: Sequence[Chain] | None = None) -> Nodes:
    """The network of a zone whose air change is steady at ``h_ve_w_k``; more goes to the air
    hour by hour. ``made`` are its constructions, where they are not those of its elements."""
    made = chains(zone) if made is None else made
    outer = tuple(each for each in made if each.outside)
    glass_m2 = sum(each.area_m2 for each in zone.windows)
    count = 1 + sum(len(each.c_j_m2k) for each in made) + 2 * (glass_m2 > 0)
    build = _Builder(count, WALLS + len(outer) + 2)
    build.c[0] = zone.inside_j_m2k * zone.floor_m2 / SECONDS_PER_H
    bridges = sum(each.psi_w_mk * each.length_m * each.b_share for each in zone.bridges)
    build.behind(0, h_ve_w_k + bridges, None)
    inner: list[Surface] = []
    first = 1
    for chain in made:
        wall = WALLS + outer.index(chain) if chain.outside else None
        inner.append(Surface(first, chain.area_m2, chain))
        first = _add_chain(build, chain, first, wall)
    if glass_m2:
        inner.append(Surface(first, glass_m2))
        _add_glass(build, zone, first)
    _radiate(build, inner)
    _spread_gains(build, zone, inner)
    return Nodes(build.c, build.k, build.b, build.lost, build.lost_by, outer, tuple(inner))


def _add_chain(build: _Builder, chain: Chain, first: int, wall: int | None) -> int:
    """Nodes of one construction from ``first`` on; returns the next free node."""
    area, last = chain.area_m2, first + len(chain.c_j_m2k) - 1
    build.between(0, first, chain.h_ci_w_m2k * area)
    for place, capacity in enumerate(chain.c_j_m2k):
        build.c[first + place] = capacity * area / SECONDS_PER_H
    for place, r_m2k_w in enumerate(chain.r_m2k_w):
        build.between(first + place, first + place + 1, area / r_m2k_w)
    if chain.beyond_r_m2k_w is not None:
        build.behind(last, area / chain.beyond_r_m2k_w, chain.beyond_c)
    if wall is not None:
        build.b[last, wall] += 1.0
        sky = sum(each.area_m2 * sky_share(each.plane) for each in chain.parts)
        radiative = H_RE * chain.emissivity_share / USUAL_EMISSIVITY
        build.b[last, ONE] -= sky * radiative * SKY_COLDER_K
    return last + 1


def _add_glass(build: _Builder, zone: Zone, first: int) -> None:
    """All windows as one plate without mass: an inner and an outer node."""
    area = sum(each.area_m2 for each in zone.windows)
    outside = outer_convective(zone.air.density_share) + H_RE
    build.between(0, first, H_CI_ACROSS * zone.air.density_share**NATURAL_EXPONENT * area)
    for window in zone.windows:
        own = max(1 / window.u_w_m2k - R_SI_ACROSS - R_SE, LEAST_GLASS_R)
        build.between(first, first + 1, window.area_m2 / own)
    build.behind(first + 1, outside * area, None)
    sky = sum(each.area_m2 * sky_share(each.plane) for each in zone.windows)
    build.b[first + 1, ONE] -= sky * H_RE * SKY_COLDER_K


def _radiate(build: _Builder, inner: Sequence[Surface]) -> None:
    """Every inner surface radiates to the mean of all, weighted by area and emissivity
    (6.5.6.3.3)."""
    total = sum(each.radiant_m2 for each in inner)
    for place, one in enumerate(inner):
        for other in inner[place + 1 :]:
            build.between(one.node, other.node, H_RI * one.radiant_m2 * other.radiant_m2 / total)


def _spread_gains(build: _Builder, zone: Zone, inner: Sequence[Surface]) -> None:
    gains, air = build.b.shape[1] - 2, build.b.shape[1] - 1
    total = sum(each.radiant_m2 for each in inner)
    build.b[0, air] = 1.0
    build.b[0, GLASS] = zone.sun_convective_share
    build.b[0, gains] = zone.gains_convective_share
    for each, share in zip(inner, sun_shares(inner), strict=True):
        build.b[each.node, GLASS] += (1 - zone.sun_convective_share) * share
        build.b[each.node, gains] += (1 - zone.gains_convective_share) * each.radiant_m2 / total


def absorbed_w(chain: Chain, around: Surroundings) -> Floats:
    """Sun that the outer surface of a construction takes up [W], shape (8760,)."""
    total = np.zeros(HOURS)
    for part in chain.parts:
        sun = around.sun[part.plane].total_w_m2
        total += part.absorptance_share * part.area_m2 * sun
    return total


def inputs(network: Nodes, around: Surroundings, glass_w: Floats, gains_w: Floats) -> Floats:
    """Every input but the heat to the air, shape (8760, inputs - 1)."""
    walls = [absorbed_w(chain, around) for chain in network.outer]
    steady = [around.climate.dry_bulb_c, np.ones(HOURS), glass_w]
    return np.stack([*steady, *walls, gains_w], axis=1)
