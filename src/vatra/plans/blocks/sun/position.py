"""Where the sun stands, by the short formulas of Spencer (1971), good to about a quarter degree.

Iqbal, M.: An Introduction to Solar Radiation, Academic Press 1983, equations 1.3.1 (declination),
1.4.1 (equation of time) and 1.2.1 (eccentricity).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.blocks.climate.climate import HOURS, Climate, Floats

SOLAR_CONSTANT_W_M2 = 1361.1


@dataclass(frozen=True, eq=False)
class Position:
    """Of the sun in the middle of each hour, shape (8760,): cosine of the zenith angle, azimuth
    from north by east [deg], and what would fall on a plane facing it above the air [W/m2]."""

    cos_zenith: Floats
    azimuth_deg: Floats
    extraterrestrial_w_m2: Floats


def position(climate: Climate) -> Position:
    """The sun's position in the middle of each hour of a climate."""
    hour = np.arange(HOURS) + 0.5
    day = 2 * np.pi * np.floor(hour / 24) / 365
    declination = (
        0.006918 - 0.399912 * np.cos(day) + 0.070257 * np.sin(day)
        - 0.006758 * np.cos(2 * day) + 0.000907 * np.sin(2 * day)
        - 0.002697 * np.cos(3 * day) + 0.00148 * np.sin(3 * day)
    )  # fmt: skip
    equation_h = (229.18 / 60) * (
        0.000075 + 0.001868 * np.cos(day) - 0.032077 * np.sin(day)
        - 0.014615 * np.cos(2 * day) - 0.04089 * np.sin(2 * day)
    )  # fmt: skip
    eccentricity = (
        1.00011 + 0.034221 * np.cos(day) + 0.00128 * np.sin(day)
        + 0.000719 * np.cos(2 * day) + 0.000077 * np.sin(2 * day)
    )  # fmt: skip
    solar_h = hour % 24 + climate.longitude_deg / 15 - climate.utc_offset_h + equation_h
    angle = np.radians(15 * (solar_h - 12))
    latitude = np.radians(climate.latitude_deg)
    up = np.sin(latitude) * np.sin(declination) + np.cos(latitude) * np.cos(declination) * np.cos(
        angle
    )
    east = -np.cos(declination) * np.sin(angle)
    north = np.cos(latitude) * np.sin(declination) - np.sin(latitude) * np.cos(
        declination
    ) * np.cos(angle)
    azimuth_deg = np.degrees(np.arctan2(east, north)) % 360
    return Position(up, azimuth_deg, SOLAR_CONSTANT_W_M2 * eccentricity)
