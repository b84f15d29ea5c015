"""What the sun sends to a plane: beam, sky and ground apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.blocks.climate.climate import Climate, Floats
from vatra.plans.blocks.sun.position import position

ALBEDO_SHARE = 0.2
_FACING_LEAST = 0.0


@dataclass(frozen=True, order=True)
class Plane:
    """How a surface lies: 0 looks up, 90 is a wall; azimuth from north by east (180 is south)."""

    tilt_deg: float
    azimuth_deg: float = 180.0


SOUTH_WALL = Plane(90.0, 180.0)


@dataclass(frozen=True, eq=False)
class OnPlane:
    """Irradiance on one plane, means of the hour [W/m2], shape (8760,); ``cos_angle`` between sun
    and the plane's normal, zero while the sun is behind it; the sun's height and bearing."""

    beam_w_m2: Floats
    sky_w_m2: Floats
    ground_w_m2: Floats
    cos_angle: Floats
    sun_height_deg: Floats
    sun_azimuth_deg: Floats

    @property
    def total_w_m2(self) -> Floats:
        """All of it."""
        return self.beam_w_m2 + self.sky_w_m2 + self.ground_w_m2


def isotropic(climate: Climate, planes: tuple[Plane, ...]) -> dict[Plane, OnPlane]:
    """An equally bright sky and short formulas for the sun: needs numpy alone, the reference.

    Liu, B. Y. H., Jordan, R. C.: Solar Energy 7 (1963) 53-74.
    """
    sun = position(climate)
    height_deg = np.degrees(np.arcsin(np.clip(sun.cos_zenith, -1, 1)))
    return {
        plane: _isotropic(climate, plane, height_deg, sun.azimuth_deg) for plane in sorted(planes)
    }


def cos_incidence(plane: Plane, height_deg: Floats, azimuth_deg: Floats) -> Floats:
    """Cosine of the angle between the sun and the plane's normal; zero when either is behind."""
    tilt, facing = np.radians(plane.tilt_deg), np.radians(azimuth_deg - plane.azimuth_deg)
    height = np.radians(height_deg)
    cosine = np.sin(height) * np.cos(tilt) + np.cos(height) * np.sin(tilt) * np.cos(facing)
    return np.where(height > 0, np.maximum(cosine, _FACING_LEAST), 0.0)


def ground_w_m2(climate: Climate, plane: Plane) -> Floats:
    """What the ground throws back on the plane."""
    share = ALBEDO_SHARE * (1 - np.cos(np.radians(plane.tilt_deg))) / 2
    return climate.ghi_w_m2 * share


def _isotropic(climate: Climate, plane: Plane, height_deg: Floats, azimuth_deg: Floats) -> OnPlane:
    cosine = cos_incidence(plane, height_deg, azimuth_deg)
    sky = climate.dhi_w_m2 * (1 + np.cos(np.radians(plane.tilt_deg))) / 2
    return OnPlane(
        climate.dni_w_m2 * cosine, sky, ground_w_m2(climate, plane), cosine, height_deg, azimuth_deg
    )
