"""The node network of many zones in many states: the matrices of ``modal_network`` side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from vatra.plans.blocks.bulk.changes import KINDS, Changes
from vatra.plans.blocks.bulk.constructions import NOTHING, OUTDOORS, STEADY, Row
from vatra.plans.blocks.bulk.renovated import LEAST_LAYERS_M2K_W
from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.blocks.engines.drive import SKY_COLDER_K
from vatra.plans.blocks.engines.modal_elements import (
    FIVE_SHARES,
    H_CI_ACROSS,
    H_RE,
    H_RI,
    LEAST_R,
    NATURAL_EXPONENT,
    R_SE,
    R_SI_ACROSS,
    outer_convective,
)
from vatra.plans.blocks.engines.modal_network import GLASS, LEAST_GLASS_R, ONE, TE, WALLS
from vatra.plans.blocks.engines.rc5 import SECONDS_PER_H

# The sun falls on the floor first, which takes up its absorptance of it.
_FLOOR_TAKES_SHARE = 0.6


@dataclass(frozen=True, eq=False)
class Panes:
    """All windows of n zones as one plate: area and sky that it sees (n,), their conductance from
    surface to surface in every state [W/K] (n, p)."""

    area_m2: Floats
    sky_m2: Floats
    through_w_k: Floats


@dataclass(frozen=True, eq=False)
class Rooms:
    """What else a zone's network is made of: (n,) each, air change and bridges (n, p)."""

    inside_wh_k: Floats
    density_share: Floats
    sun_convective_share: Floats
    gains_convective_share: Floats
    to_air_w_k: Floats


@dataclass(frozen=True, eq=False)
class Networks:
    """``c`` (n, nodes) [Wh/K], ``k`` (n, p, nodes, nodes) [W/K], ``b`` (n, p, nodes, inputs) as in
    ``modal_network.Nodes``; ``lost_w_k`` (n, p) is all that leads out; ``heavy`` (nodes,)."""

    c: Floats
    k: Floats
    b: Floats
    lost_w_k: Floats
    heavy: Any


class _Builder:
    def __init__(self, n: int, p: int, nodes: int, inputs: int) -> None:
        self.c = np.zeros((n, nodes))
        self.k = np.zeros((n, p, nodes, nodes))
        self.b = np.zeros((n, p, nodes, inputs))
        self.lost = np.zeros((n, p))

    def between(self, one: int, other: int, w_k: Floats) -> None:
        """Join two nodes by conductances (n, p) or (n, 1)."""
        self.k[..., one, one] += w_k
        self.k[..., other, other] += w_k
        self.k[..., one, other] -= w_k
        self.k[..., other, one] -= w_k

    def behind(self, node: int, w_k: Floats, steady_c: Floats | None = None) -> None:
        """Join a node to the outdoor air, or to a steady temperature."""
        self.k[..., node, node] += w_k
        self.lost += w_k
        if steady_c is None:
            self.b[..., node, TE] += w_k
        else:
            self.b[..., node, ONE] += w_k * steady_c


def networks(
    chains: Sequence[Row], panes: Panes | None, rooms: Rooms, changes: Changes
) -> Networks:
    """The networks of zones whose chains are of the same kinds."""
    n, p = len(rooms.inside_wh_k), changes.count
    outer = [each for each in chains if each.kind.behind == OUTDOORS]
    heavy = [bool(rooms.inside_wh_k[0] > 0), *(held for each in chains for held in each.kind.heavy)]
    heavy += [False, False] if panes else []
    build = _Builder(n, p, len(heavy), WALLS + len(outer) + 2)
    build.c[:, 0] = rooms.inside_wh_k
    build.behind(0, rooms.to_air_w_k)
    inner: list[tuple[int, Floats, bool]] = []
    first, wall = 1, WALLS
    for chain in chains:
        inner.append((first, chain.area_m2[:, None], chain.kind.floor))
        last = _add_chain(build, chain, first, changes, rooms.density_share[:, None])
        if chain.kind.behind == OUTDOORS:
            build.b[..., last, wall] += 1.0
            build.b[..., last, ONE] -= chain.sky_m2[:, None] * H_RE * SKY_COLDER_K
            wall += 1
        first = last + 1
    if panes:
        inner.append((first, panes.area_m2[:, None], False))
        _add_glass(build, panes, rooms.density_share[:, None], first)
    _radiate(build, inner)
    _spread_gains(build, rooms, inner)
    return Networks(build.c, build.k, build.b, build.lost, np.array(heavy))


def _add_chain(
    build: _Builder, chain: Row, first: int, changes: Changes, density_share: Floats
) -> int:
    """Nodes of one construction from ``first`` on; returns the last of them."""
    area = chain.area_m2[:, None]
    last = first + len(chain.kind.heavy) - 1
    build.between(0, first, chain.h_ci_w_m2k[:, None] * area)
    build.c[:, first : last + 1] = chain.c_j_m2k * area / SECONDS_PER_H
    scaled, u, added = _transmittance(chain, changes)
    for place, r_m2k_w in enumerate(_resistances(chain, scaled, u, added)):
        build.between(first + place, first + place + 1, area / r_m2k_w)
    if chain.kind.behind == OUTDOORS:
        build.behind(last, area * (outer_convective_of(density_share) + H_RE))
    elif chain.kind.behind == STEADY:
        build.behind(last, area / R_SE, chain.beyond_c[:, None])
    elif chain.kind.behind != NOTHING:
        build.behind(last, area / (R_SE + (1 / chain.b_share[:, None] - 1) / u))
    return last


def _transmittance(chain: Row, changes: Changes) -> tuple[Floats, Floats, Floats]:
    """U scaled, U after works and what they add, each of shape (n, p)."""
    own = chain.u_w_m2k[:, None]
    if chain.kind.kind >= len(KINDS):
        return own, own, np.zeros((1, 1))
    kind = KINDS[chain.kind.kind]
    scaled, added = own * changes.scale(kind), changes.added_m2k_w(kind)[None, :]
    return scaled, 1 / (1 / scaled + added), added


def _resistances(chain: Row, scaled: Floats, u: Floats, added: Floats) -> list[Floats]:
    """Between neighbouring nodes, from inside to outside, (n, p) or (n, 1) each."""
    if not chain.kind.layered:
        own = np.maximum(1 / u - chain.kind.r_si_m2k_w - R_SE, LEAST_R)
        return [share * own for share in FIVE_SHARES]
    whole = chain.r_m2k_w.sum(axis=1)[:, None]
    kept = np.maximum(whole + 1 / scaled - 1 / chain.u_w_m2k[:, None], LEAST_LAYERS_M2K_W)
    share = chain.layers_share[:, None] * kept / whole
    found = [each[:, None] * share for each in chain.r_m2k_w.T]
    found[-1] = found[-1] + chain.added_m2k_w[:, None] + added
    return found


def outer_convective_of(density_share: Floats) -> Floats:
    """``outer_convective`` of arrays."""
    return np.asarray(outer_convective(density_share))  # type: ignore[arg-type]


def _add_glass(build: _Builder, panes: Panes, density_share: Floats, first: int) -> None:
    area = panes.area_m2[:, None]
    build.between(0, first, H_CI_ACROSS * density_share**NATURAL_EXPONENT * area)
    build.between(first, first + 1, panes.through_w_k)
    build.behind(first + 1, (outer_convective_of(density_share) + H_RE) * area)
    build.b[..., first + 1, ONE] -= panes.sky_m2[:, None] * H_RE * SKY_COLDER_K


def _radiate(build: _Builder, inner: Sequence[tuple[int, Floats, bool]]) -> None:
    total = sum(area for _, area, _ in inner)
    for place, (one, one_m2, _) in enumerate(inner):
        for other, other_m2, _ in inner[place + 1 :]:
            build.between(one, other, H_RI * one_m2 * other_m2 / total)


def _spread_gains(build: _Builder, rooms: Rooms, inner: Sequence[tuple[int, Floats, bool]]) -> None:
    gains, air = build.b.shape[-1] - 2, build.b.shape[-1] - 1
    total = sum(area for _, area, _ in inner)
    below = sum(area for _, area, floor in inner if floor)
    first = _FLOOR_TAKES_SHARE if any(floor for _, _, floor in inner) else 0.0
    sun, heat = rooms.sun_convective_share[:, None], rooms.gains_convective_share[:, None]
    build.b[..., 0, air] = 1.0
    build.b[..., 0, GLASS] = sun
    build.b[..., 0, gains] = heat
    for node, area, floor in inner:
        share = (1 - first) * area / total + (first * area / below if floor else 0.0)
        build.b[..., node, GLASS] += (1 - sun) * share
        build.b[..., node, gains] += (1 - heat) * area / total


def through_glass_w_k(area_m2: Floats, u_w_m2k: Floats) -> Floats:
    """From surface to surface of windows [W/K]."""
    own = np.maximum(1 / u_w_m2k - R_SI_ACROSS - R_SE, LEAST_GLASS_R)
    return np.asarray(area_m2[:, None] / own)
