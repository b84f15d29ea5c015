"""What a zone's file may say: every key once, with what it may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from vatra.plans.blocks.zone.zone import (
    MASS_CLASSES,
    PLACES,
    USUAL_ABSORPTANCE,
    USUAL_EMISSIVITY,
)

Kind = Literal["number", "text", "choice", "truth", "day", "section", "sections"]


@dataclass(frozen=True)
class Field:
    """One key. ``low`` and ``high`` of numbers, also of those of a day; ``choices``; ``fields`` of
    a section, or of each of a list of sections; ``default`` None leaves the key out."""

    kind: Kind
    low: float = 0.0
    high: float = 0.0
    required: bool = False
    choices: tuple[str, ...] = ()
    fields: Mapping[str, Field] = field(default_factory=dict)
    default: Any = None


def _number(low: float, high: float, default: float | None = None) -> Field:
    return Field("number", low, high, default=default)


def _wanted(low: float, high: float) -> Field:
    return Field("number", low, high, required=True)


def _day(low: float, high: float) -> Field:
    return Field("day", low, high)


_SHARE = (0.0, 1.0)
# No surface takes up or sends out nothing at all.
_SURFACE = (0.01, 1.0)
_U = (0.01, 10.0)
_NAME = Field("text", required=True)

LAYER = {
    "d_m": _wanted(0.0005, 3.0),
    "k_w_mk": _wanted(0.01, 400.0),
    "rho_kg_m3": _wanted(1.0, 12_000.0),
    "c_j_kgk": _wanted(100.0, 5_000.0),
}
GROUND = {
    "perimeter_m": _wanted(0.1, 1e5),
    "wall_m": _number(0.0, 3.0, 0.3),
    "soil_w_mk": _number(0.2, 6.0, 2.0),
    "slab_m2k_w": _number(0.0, 50.0),
    "months": Field("truth", default=True),
}
ELEMENT = {
    "name": _NAME,
    "area_m2": _wanted(0.01, 1e6),
    "u_w_m2k": _number(*_U),
    "layers": Field("sections", fields=LAYER),
    "tilt_deg": _number(0.0, 180.0, 90.0),
    "azimuth_deg": _number(0.0, 360.0, 180.0),
    # One of the boundaries, or the name of a space.
    "boundary": Field("text", default="outside"),
    "b_share": _number(0.01, 1.0),
    "beyond_c": _number(-30.0, 60.0),
    "ground": Field("section", fields=GROUND),
    "absorptance_share": _number(*_SHARE, 0.6),
    "emissivity_share": _number(*_SURFACE, USUAL_EMISSIVITY),
    "inner_absorptance_share": _number(*_SURFACE, USUAL_ABSORPTANCE),
    "inner_emissivity_share": _number(*_SURFACE, USUAL_EMISSIVITY),
    "mass": Field("choice", choices=MASS_CLASSES, default="medium"),
    "place": Field("choice", choices=PLACES, default="spread"),
}
WINDOW = {
    "name": _NAME,
    "area_m2": _wanted(0.01, 1e6),
    "u_w_m2k": Field("number", 0.2, 7.0, required=True),
    "g_share": _wanted(0.01, 0.95),
    "in": Field("text"),
    "tilt_deg": _number(0.0, 180.0, 90.0),
    "azimuth_deg": _number(0.0, 360.0, 180.0),
    "frame_share": _number(0.0, 0.8, 0.3),
    "shading_share": _number(*_SHARE, 1.0),
    "angular": Field("truth", default=False),
    "height_m": _number(0.1, 30.0, 1.4),
    "width_m": _number(0.1, 100.0, 1.2),
    "overhang_depth_m": _number(0.0, 20.0, 0.0),
    "overhang_gap_m": _number(0.0, 20.0, 0.0),
    "fin_depth_m": _number(0.0, 20.0, 0.0),
    "fin_gap_m": _number(0.0, 20.0, 0.0),
    "blind_share": _number(*_SHARE, 1.0),
    "blind_w_m2": _number(0.0, 1500.0, 300.0),
}
BRIDGE = {
    "name": _NAME,
    "psi_w_mk": _wanted(-0.5, 3.0),
    "length_m": _wanted(0.0, 1e6),
    "b_share": _number(0.01, 1.0, 1.0),
}
NIGHT = {
    "change_per_h": _wanted(0.0, 50.0),
    "from_h": _number(0.0, 24.0, 22.0),
    "to_h": _number(0.0, 24.0, 6.0),
    "above_c": _number(-20.0, 60.0),
}
AIR = {
    "change_per_h": _wanted(0.0, 50.0),
    "heat_recovery_share": _number(0.0, 0.97, 0.0),
    "density_share": _number(0.5, 1.2),
    "day": _day(0.0, 20.0),
    "night": Field("section", fields=NIGHT),
}
CONTROL = {
    "setpoint_c": Field("day", -10.0, 60.0, required=True),
    "capacity_w": _number(0.0, 1e9),
}
MASS = {
    "class": Field("choice", choices=MASS_CLASSES, default="medium"),
    "c_j_m2k": _number(1_000.0, 2e6),
    "area_share": _number(0.1, 20.0),
}
_ROOM = {
    "name": _NAME,
    "floor_m2": _wanted(1.0, 1e6),
    "volume_m3": _wanted(1.0, 1e7),
    "elements": Field("sections", fields=ELEMENT, required=True),
    "windows": Field("sections", fields=WINDOW),
    "bridges": Field("sections", fields=BRIDGE),
    "air": Field("section", fields=AIR, required=True),
    "gains_w_m2": Field("day", 0.0, 500.0, default=(3.0,) * 24),
    "gains_convective_share": _number(*_SHARE, 0.5),
    "sun_convective_share": _number(*_SHARE, 0.1),
    "mass": Field("section", fields=MASS),
    "h_is_w_m2k": _number(0.5, 20.0, 3.45),
    "surfaces_share": _number(1.0, 20.0, 4.5),
    "inside_j_m2k": _number(500.0, 1e5, 10_000.0),
}
# A room without heating or cooling; nobody lives there unless somebody says so.
SPACE = {
    **_ROOM,
    "elements": Field("sections", fields=ELEMENT, default=()),
    "gains_w_m2": Field("day", 0.0, 500.0, default=(0.0,) * 24),
    "air_from_zone_m3_h": _number(0.0, 1e6, 0.0),
}
ZONE = {
    **_ROOM,
    "heating": Field("section", fields=CONTROL),
    "cooling": Field("section", fields=CONTROL),
    "spaces": Field("sections", fields=SPACE),
    "source": Field("text", default=""),
    "synthetic": Field("truth", default=False),
}
