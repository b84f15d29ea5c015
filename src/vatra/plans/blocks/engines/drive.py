"""What acts on a zone hour by hour, the same for every engine: sun through glass and on walls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from vatra.plans.blocks.climate.climate import HOURS, Climate, Floats
from vatra.plans.blocks.sun.plane import OnPlane, Plane
from vatra.plans.blocks.zone.zone import Day, Element, Shade, Window, Zone

Sun = Callable[[Climate, tuple[Plane, ...]], Mapping[Plane, OnPlane]]
# EN ISO 13790, 11.4.2: mean of glass over all angles against right angles.
MEAN_ANGLE_SHARE = 0.9
# EN ISO 13790, 11.4.6 and ISO 6946: outer surface, radiation to a sky 11 K colder than the air.
R_SE_M2K_W = 0.04
R_SI_M2K_W = 0.13
H_R_OUTSIDE_W_M2K = 4.5
SKY_COLDER_K = 11.0
# What counts as a wall where light is spread about it.
_WALL_FROM_DEG, _WALL_TO_DEG = 60.0, 120.0


@dataclass(frozen=True, eq=False)
class Surroundings:
    """A climate and its sun on the planes of some zones."""

    climate: Climate
    sun: Mapping[Plane, OnPlane]


def planes_of(zone: Zone) -> tuple[Plane, ...]:
    """Every plane on which the sun matters to a zone."""
    outer = {each.plane for each in zone.elements if each.boundary == "outside"}
    outer |= {each.plane for each in zone.windows if not each.space}
    return tuple(outer.union(*(planes_of(each.room) for each in zone.spaces)))


def through_glass_w(window: Window, on: OnPlane) -> Floats:
    """Sun that enters through a window, hourly means [W]."""
    beam = on.beam_w_m2 * lit_share(window, on)
    sky, ground = seen_shares(window)
    diffuse = sky * on.sky_w_m2 + ground * on.ground_w_m2
    if window.angular:
        beam = beam * angle_share(np.arccos(np.clip(on.cos_angle, 0, 1)))
    else:
        beam, diffuse = MEAN_ANGLE_SHARE * beam, MEAN_ANGLE_SHARE * diffuse
    glass_m2 = window.area_m2 * (1 - window.frame_share)
    open_share = np.where(on.total_w_m2 > window.shade.blind_w_m2, window.shade.blind_share, 1.0)
    entered = glass_m2 * window.g_share * window.shading_share * (beam + diffuse)
    return np.asarray(entered * open_share, float)


def angle_share(angle_rad: Floats) -> Floats:
    """How much beam clear double glass lets in at an angle, against right angles."""
    share = 1 - 0.189 * angle_rad + 0.644 * angle_rad**2 - 0.596 * angle_rad**3
    return np.clip(share, 0.0, None)


def lit_share(window: Window, on: OnPlane) -> Floats:
    """Share of the glass that the beam reaches past an overhang and fins, each without end."""
    shade = window.shade
    if not shade.overhang_depth_m and not shade.fin_depth_m:
        return np.ones(HOURS)
    aside = np.radians(on.sun_azimuth_deg - window.plane.azimuth_deg)
    before = np.cos(aside)
    sunny = (on.cos_angle > 0) & (before > 1e-3)
    safe = np.where(sunny, before, 1.0)
    drop_m = shade.overhang_depth_m * np.tan(np.radians(on.sun_height_deg)) / safe
    reach_m = shade.fin_depth_m * np.abs(np.sin(aside)) / safe
    upright = _unshaded(drop_m - shade.overhang_gap_m, window.height_m)
    across = _unshaded(reach_m - shade.fin_gap_m, window.width_m)
    return np.where(sunny, upright * across, 0.0)


def seen_shares(window: Window) -> tuple[float, float]:
    """Share of the diffuse light from the sky and from the ground that reaches a window past an
    overhang and fins; only in walls, elsewhere they cast the shadow of the beam alone.

    By the view factors of strips at right angles without end (crossed strings). An overhang hides
    sky, of which a wall sees half of all directions; fins hide as much of it as of the ground.
    """
    shade = window.shade
    if not _WALL_FROM_DEG <= window.plane.tilt_deg <= _WALL_TO_DEG:
        return 1.0, 1.0
    above = hidden_share(shade.overhang_depth_m, shade.overhang_gap_m, window.height_m)
    aside = 1 - 2 * hidden_share(shade.fin_depth_m, shade.fin_gap_m, window.width_m)
    return (1 - 2 * above) * aside, aside


def hidden_share(depth_m: float, gap_m: float, size_m: float) -> float:
    """View factor from a strip of a wall to one that stands out of it by ``depth_m``, beginning
    ``gap_m`` beside it; at most a half."""
    far = gap_m + size_m
    ends = float(np.hypot(gap_m, depth_m) - np.hypot(far, depth_m))
    return (ends + size_m) / (2 * size_m)


def _unshaded(shadow_m: Floats, size_m: float) -> Floats:
    return 1 - np.clip(shadow_m, 0.0, size_m) / size_m


def sky_share(plane: Plane) -> float:
    """How much of the sky a plane sees: 1 looking up, 0.5 a wall."""
    return float((1 + np.cos(np.radians(plane.tilt_deg))) / 2)


def absorbed_w_m2(element: Element, on: OnPlane) -> Floats:
    """Sun taken up by an outer surface less what it radiates to the cold sky [W/m2]."""
    lost = sky_share(element.plane) * H_R_OUTSIDE_W_M2K * SKY_COLDER_K
    return element.absorptance_share * on.total_w_m2 - lost


def hourly(day: Day, off: float = np.nan) -> Floats:
    """Values of a day repeated through the year; ``off`` where there is none."""
    return np.tile([off if each is None else each for each in day], HOURS // 24)


def shade_free(shade: Shade) -> bool:
    """Whether nothing stands before the window."""
    return not (shade.overhang_depth_m or shade.fin_depth_m or shade.blind_share < 1)
