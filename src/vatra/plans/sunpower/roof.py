"""How many panels a roof takes."""

from __future__ import annotations

import math
from typing import Literal

from vatra.plans.blocks import Plane
from vatra.plans.sunpower.panels import EAST_WEST, SOUTH, TERRACE, Mount
from vatra.plans.sunpower.reading import SunpowerError, value

Layout = Literal["terrace", "east_west", "pitched"]
LAYOUTS: tuple[Layout, ...] = ("terrace", "east_west", "pitched")
# How panels lie on each, and how air reaches them.
PLANES: dict[Layout, tuple[Plane, ...]] = {
    "terrace": TERRACE,
    "east_west": EAST_WEST,
    "pitched": SOUTH,
}
MOUNTS: dict[Layout, Mount] = {"terrace": "rack", "east_west": "flat", "pitched": "roof"}
_OBLIQUITY_DEG = 23.44
_W_PER_KW = 1000.0


def row_pitch_m(latitude_deg: float, tilt_deg: float, side_m: float | None = None) -> float:
    """From front edge to front edge of rows that leave each other in the sun at noon of the
    shortest day [m].

    ``side_m`` length of a panel up the slope. The sun then stands at ``90 - latitude - 23.44``
    degrees; a row of height ``s sin t`` throws ``s sin t / tan(height)`` behind its top edge.
    Raises ``SunpowerError`` where that sun stays below the horizon or the tilt is no tilt.
    """
    side = value("panels", "module_side_m") if side_m is None else side_m
    height_deg = 90 - abs(latitude_deg) - _OBLIQUITY_DEG
    if not (height_deg > 0 and 0 <= tilt_deg < 90 and side > 0):
        raise SunpowerError("rows-impossible", latitude=latitude_deg, tilt=tilt_deg)
    tilt = math.radians(tilt_deg)
    return side * (math.cos(tilt) + math.sin(tilt) / math.tan(math.radians(height_deg)))


def ground_share(layout: Layout, latitude_deg: float, tilt_deg: float | None = None) -> float:
    """Panels' area over the roof's they stand on: rows with gaps, east-west racks with paths, a
    pitched roof without gaps."""
    if layout == "pitched":
        return 1.0
    if layout == "east_west":
        tilt = PLANES["east_west"][0].tilt_deg if tilt_deg is None else tilt_deg
        return (1 - value("panels", "paths_share")) / math.cos(math.radians(tilt))
    tilt = value("panels", "rack_tilt_deg") if tilt_deg is None else tilt_deg
    return value("panels", "module_side_m") / row_pitch_m(latitude_deg, tilt)


def roof_kwp(
    footprint_m2: float,
    layout: Layout = "terrace",
    *,
    latitude_deg: float = 46.0,
    tilt_deg: float | None = None,
    cover_share: float | None = None,
) -> float:
    """Peak power that fits on a roof [kWp].

    Parameters
    ----------
    footprint_m2 : of the building
    layout : ``terrace`` rows to the south, ``east_west`` pairs, ``pitched`` the side to the sun
    tilt_deg : the usual of the layout where not given
    cover_share : roof that can be used, 0 to 1: the usual where not given, less parapets, lifts
        and chimneys

    ``footprint x cover x panels' area over the roof's x peak power per m2 of panel``. Raises
    ``SunpowerError`` for a footprint below zero or a cover that is no share.
    """
    usual = "sloped_share" if layout == "pitched" else "roof_share"
    cover = value("panels", usual) if cover_share is None else cover_share
    if not (math.isfinite(footprint_m2) and footprint_m2 >= 0 and 0 <= cover <= 1):
        raise SunpowerError("roof-wrong", footprint=footprint_m2, cover=cover)
    area_m2 = footprint_m2 * cover * ground_share(layout, latitude_deg, tilt_deg)
    return area_m2 * value("panels", "module_w_m2") / _W_PER_KW
