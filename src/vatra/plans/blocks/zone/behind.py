"""What is behind the elements of a zone's file: outdoors, ground, unheated rooms, spaces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vatra.plans.blocks.engines.ground import slab_u_w_m2k, swing_w_k
from vatra.plans.blocks.zone.zone import Boundary, Element, Ground, Layer, Space, Window, Zone

# What is behind an element, where nothing is said (EN ISO 13790, as national practice has it).
_B_SHARE = {"outside": 1.0, "ground": 0.5, "unheated": 0.5, "adjacent": 1.0, "space": 1.0}
# What may be said apart from the names of spaces.
PLAIN: tuple[Boundary, ...] = ("outside", "ground", "unheated", "adjacent")
_R_SE = 0.04
# EN ISO 13789: heat capacity of air, per volume [Wh/m3K].
_AIR_WH_M3K = 0.33
_LEAST_B = 0.01
# ISO 52016-1: soil that takes part in the hours, 2 MJ/m3K (EN ISO 13370, Table 1).
_SOIL_M, _SOIL_KG_M3, _SOIL_J_KGK = 0.5, 1600.0, 1250.0


def boundary_of(values: Mapping[str, Any]) -> tuple[Boundary, str]:
    """The kind of what is behind an element, and the name of the space if it is one."""
    said = values["boundary"]
    return (said, "") if said in PLAIN else ("space", said)


def b_share_of(values: Mapping[str, Any]) -> float:
    """How much of the difference to outdoors is behind an element, by what is said."""
    if values.get("ground"):
        return 1.0
    return float(values.get("b_share", _B_SHARE[boundary_of(values)[0]]))


def r_si(tilt_deg: float) -> float:
    """Inner surface resistance of ISO 6946 by where the heat goes [m2K/W]."""
    return 0.10 if tilt_deg < 60 else 0.17 if tilt_deg > 120 else 0.13


def far_film(values: Mapping[str, Any]) -> float:
    """Surface resistance on the far side: that of a room where there is one [m2K/W]."""
    inside = boundary_of(values)[0] == "space"
    return r_si(180.0 - values["tilt_deg"]) if inside else _R_SE


def slab_u(values: Mapping[str, Any], layers_m2k_w: float) -> float:
    """U of a slab on ground by what is said of the ground (EN ISO 13370) [W/m2K]."""
    said = values["ground"]
    return slab_u_w_m2k(
        values["area_m2"],
        said["perimeter_m"],
        said["wall_m"],
        said["soil_w_mk"],
        said.get("slab_m2k_w", layers_m2k_w),
    )


def ground_of(values: Mapping[str, Any], layers_m2k_w: float) -> Ground | None:
    """The ground behind an element; with ``months: false`` it keeps the year's mean."""
    said = values.get("ground")
    if said is None:
        return None
    if not said["months"]:
        return Ground(0.0)
    slab = said.get("slab_m2k_w", layers_m2k_w)
    return Ground(swing_w_k(said["perimeter_m"], said["wall_m"], said["soil_w_mk"], slab))


def on_soil(
    values: Mapping[str, Any], layers: tuple[Layer, ...], u_w_m2k: float
) -> tuple[tuple[Layer, ...], float]:
    """Layers of a slab with half a metre of soil, and what is left of the resistance of the ground
    below it [m2K/W] (ISO 52016-1, 6.5.8)."""
    said = values.get("ground")
    if said is None or not layers:
        return layers, 0.0
    soil = Layer(_SOIL_M, said["soil_w_mk"], _SOIL_KG_M3, _SOIL_J_KGK)
    known = r_si(values["tilt_deg"]) + sum(each.r_m2k_w for each in (*layers, soil)) + _R_SE
    left = 1 / u_w_m2k - known
    return ((*layers, soil), left) if left > 0 else (layers, 0.0)


def b_of_spaces(zone: Zone) -> dict[str, float]:
    """How much of the difference to outdoors is behind elements towards each space, by steady
    conductances (EN ISO 13789, 6.2): what leads outdoors from it over all that leads from it."""
    return {each.name: _b_of(each, zone) for each in zone.spaces}


def _b_of(space: Space, zone: Zone) -> float:
    room = space.room
    own = [each for each in room.elements if each.boundary != "space"]
    outwards = _conducts(own, room.windows)
    outwards += sum(each.psi_w_mk * each.length_m * each.b_share for each in room.bridges)
    outwards += _AIR_WH_M3K * room.air.density_share * room.air.change_per_h * room.volume_m3
    inwards = _conducts(
        [each for each in zone.elements if each.space == room.name],
        [each for each in zone.windows if each.space == room.name],
    )
    inwards += _AIR_WH_M3K * room.air.density_share * space.air_m3_h
    total = inwards + outwards
    return max(outwards / total, _LEAST_B) if total else 1.0


def _conducts(elements: Sequence[Element], windows: Sequence[Window]) -> float:
    solid = sum(
        each.area_m2 * each.u_w_m2k * (1.0 if each.boundary == "space" else each.b_share)
        for each in elements
        if each.boundary != "adjacent"
    )
    return solid + sum(each.area_m2 * each.u_w_m2k for each in windows)
