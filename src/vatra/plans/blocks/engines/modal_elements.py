"""Opaque elements as chains of nodes (ISO 52016-1, 6.5.7): resistances and capacities in a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from vatra.plans.blocks.engines.rc5 import MASS_J_M2K
from vatra.plans.blocks.zone.zone import (
    USUAL_ABSORPTANCE,
    USUAL_EMISSIVITY,
    Element,
    Ground,
    Layer,
    MassClass,
    Place,
    Zone,
)

# ISO 52016-1, Table B.14: heat capacity of opaque elements [J/m2K].
KAPPA_J_M2K: dict[MassClass, float] = {
    "very_light": 50e3, "light": 75e3, "medium": 110e3, "heavy": 175e3, "very_heavy": 250e3,
}  # fmt: skip
# 6.5.7.2: how the capacity lies on the five nodes, from outside to inside in the standard.
PLACE_SHARES: dict[Place, tuple[float, ...]] = {
    "inside": (1.0, 0.0, 0.0, 0.0, 0.0),
    "outside": (0.0, 0.0, 0.0, 0.0, 1.0),
    "both": (0.5, 0.0, 0.0, 0.0, 0.5),
    "spread": (1 / 8, 1 / 4, 1 / 4, 1 / 4, 1 / 8),
    "middle": (0.0, 0.0, 1.0, 0.0, 0.0),
}
# Resistance between the five nodes as a share of the element's own.
FIVE_SHARES = (1 / 6, 1 / 3, 1 / 3, 1 / 6)
# ISO 6946, Table 7 [m2K/W], by where the heat goes through the element.
R_SI_UP, R_SI_ACROSS, R_SI_DOWN = 0.10, 0.13, 0.17
R_SE = 0.04
# Conductive and radiative inside, by the same order (ISO 52016-1, Table 25) [W/m2K].
H_CI_UP, H_CI_ACROSS, H_CI_DOWN = 5.0, 2.5, 0.7
H_RI = 5.13
# Outside: convective and radiative.
H_CE, H_RE = 20.0, 4.14
# A cell of a layer is no thicker than this multiple of the depth that an hour's wave reaches.
_CELL_SHARE = 0.75
LEAST_R = 1e-4
# What holds less heat follows within seconds: without it the modes are the better known.
NO_MASS_J_M2K = 50.0
# Thin air carries less heat: turbulent natural convection goes with its density to the power of
# 2/3 (Nusselt with the third root of Grashof), forced convection to 0.8 (with Reynolds).
NATURAL_EXPONENT, FORCED_EXPONENT = 2 / 3, 0.8


@dataclass(frozen=True)
class Chain:
    """One construction from inside to outside, per m2: ``len(r)`` is ``len(c) - 1``.

    ``h_ci`` between the inner surface and the air; ``beyond_r`` from the outer node to what is
    behind (None: nothing passes), outdoors where ``outside``, else at ``beyond_c`` if that is
    steady; ``floor``: the sun falls on it first; ``parts`` are the elements it stands for.
    ``across`` names the element whose outer node is in the room ``space``, so that it stands
    alone; ``ground`` below it follows the months.
    """

    area_m2: float
    h_ci_w_m2k: float
    c_j_m2k: tuple[float, ...]
    r_m2k_w: tuple[float, ...]
    beyond_r_m2k_w: float | None
    beyond_c: float | None
    outside: bool
    floor: bool
    parts: tuple[Element, ...]
    emissivity_share: float = USUAL_EMISSIVITY
    inner_emissivity_share: float = USUAL_EMISSIVITY
    inner_absorptance_share: float = USUAL_ABSORPTANCE
    across: str = ""
    ground: Ground | None = None


def direction(tilt_deg: float) -> tuple[float, float]:
    """Surface resistance and convective coefficient inside of an element that lies so."""
    if tilt_deg < 60:
        return R_SI_UP, H_CI_UP
    return (R_SI_DOWN, H_CI_DOWN) if tilt_deg > 120 else (R_SI_ACROSS, H_CI_ACROSS)


def outer_convective(density_share: float) -> float:
    """Convective coefficient outdoors in air of this density against sea level [W/m2K]."""
    return H_CE * density_share**FORCED_EXPONENT


def chains(zone: Zone) -> list[Chain]:
    """Chains of a zone. Elements built alike are one chain: the network is linear, so they differ
    in what acts on them and not in how they answer."""
    merged: dict[Chain, Chain] = {}
    for element in zone.elements:
        made = _chain(element, zone.air.density_share)
        alike = replace(made, area_m2=0.0, parts=())
        before = merged.get(alike)
        if before is not None:
            made = replace(
                made, area_m2=before.area_m2 + made.area_m2, parts=before.parts + made.parts
            )
        merged[alike] = made
    inner = inner_structures(zone, list(merged.values()))
    return [*merged.values(), *inner]


def _chain(element: Element, density_share: float) -> Chain:
    r_si, h_ci = direction(element.plane.tilt_deg)
    h_ci *= density_share**NATURAL_EXPONENT
    capacities, resistances = _worked_on(element) if element.layers else _five(element, r_si)
    return Chain(
        element.area_m2,
        h_ci,
        capacities,
        resistances,
        _beyond_r(element, density_share),
        element.beyond_c,
        element.boundary == "outside",
        element.plane.tilt_deg > 120,
        (element,),
        element.emissivity_share,
        element.inner_emissivity_share,
        element.inner_absorptance_share,
        element.name if element.boundary == "space" else "",
        element.ground,
    )


def _worked_on(element: Element) -> tuple[tuple[float, ...], tuple[float, ...]]:
    capacities, layers = layered(element.layers)
    resistances = [each * element.layers_share for each in layers]
    resistances[-1] += element.added_m2k_w
    return capacities, tuple(resistances)


def _five(element: Element, r_si: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
    own = max(1 / element.u_w_m2k - r_si - outer_film(element), LEAST_R)
    kappa = KAPPA_J_M2K[element.mass]
    capacities = tuple(share * kappa for share in PLACE_SHARES[element.place])
    return capacities, tuple(share * own for share in FIVE_SHARES)


def outer_film(element: Element) -> float:
    """Surface resistance on the far side of an element: outdoors, or in the room behind it."""
    if element.boundary != "space":
        return R_SE
    return direction(180.0 - element.plane.tilt_deg)[0]


def _beyond_r(element: Element, density_share: float) -> float | None:
    """From the outer node to the air behind, what is unheated there included."""
    if element.boundary in ("adjacent", "space"):
        return None
    if element.boundary == "outside":
        radiative = H_RE * element.emissivity_share / USUAL_EMISSIVITY
        return 1 / (outer_convective(density_share) + radiative)
    if element.beyond_c is not None:
        return R_SE
    return R_SE + (1 / element.b_share - 1) / element.u_w_m2k


def layered(layers: Sequence[Layer]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Capacities and resistances of layers cut into cells, a node at each surface and in the
    middle of each cell; cells are thin against the depth that a wave of an hour reaches."""
    capacities, resistances, before = [0.0], [], 0.0
    for layer in layers:
        depth_m = np.sqrt(layer.k_w_mk * 3600 / (layer.rho_kg_m3 * layer.c_j_kgk * np.pi))
        count = int(min(max(np.ceil(layer.d_m / (_CELL_SHARE * depth_m)), 1), 8))
        half = layer.r_m2k_w / count / 2
        for _ in range(count):
            capacity = layer.rho_kg_m3 * layer.c_j_kgk * layer.d_m / count
            capacities.append(capacity if capacity > NO_MASS_J_M2K else 0.0)
            resistances.append(before + half)
            before = half
    return (*capacities, 0.0), (*resistances, before)


def inner_structures(zone: Zone, outer: Iterable[Chain]) -> list[Chain]:
    """Floors and walls inside the zone that nobody listed: the rest of its surfaces carries the
    rest of its mass (class of the zone), unless inner walls are listed."""
    if any(each.boundary == "adjacent" for each in zone.elements):
        return []
    known_m2 = sum(each.area_m2 for each in outer) + sum(each.area_m2 for each in zone.windows)
    area_m2 = zone.surfaces_share * zone.floor_m2 - known_m2
    capacity = (zone.mass.c_j_m2k or MASS_J_M2K[zone.mass.klass]) * zone.floor_m2
    held = sum(each.area_m2 * _reached(each.c_j_m2k) for each in outer)
    if area_m2 <= 0 or capacity <= held:
        return []
    each_m2 = (capacity - held) / area_m2
    spread = tuple(share * each_m2 for share in PLACE_SHARES["spread"])
    # Concrete of as much mass: the capacity decides over its thickness.
    own = each_m2 / (2400 * 1000) / 1.6
    five = tuple(share * own for share in FIVE_SHARES)
    h_ci = H_CI_ACROSS * zone.air.density_share**NATURAL_EXPONENT
    return [Chain(area_m2, h_ci, spread, five, None, None, False, True, ())]


def _reached(capacities: Sequence[float]) -> float:
    """The inner half of an element's capacity: what the zone's own swing reaches."""
    half = (len(capacities) - 1) / 2
    weights = [1.0 if i < half else 0.5 if i == half else 0.0 for i in range(len(capacities))]
    return float(sum(w * c for w, c in zip(weights, capacities, strict=True)))
