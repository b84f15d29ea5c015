"""The anisotropic sky of Perez, once per climate and plane.

Perez, R. et al.: Modeling daylight availability and irradiance components from direct and global
irradiance. Solar Energy 44 (1990) 271-289. Sun and sky come from pvlib (extra ``buildings``).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from vatra.plans.blocks.climate.climate import HOURS, Climate, Floats
from vatra.plans.blocks.sun.plane import OnPlane, Plane, cos_incidence, ground_w_m2

_KEPT: dict[tuple[str, Plane], OnPlane] = {}
_MOST_KEPT = 256


def perez(climate: Climate, planes: tuple[Plane, ...]) -> dict[Plane, OnPlane]:
    """Irradiance on planes; what was asked before of the same climate is kept.

    Raises ``ImportError`` without the extra ``buildings``.
    """
    # Threads share what is kept, and any of them may clear it: the answer is held here.
    asked = {each: _KEPT.get((climate.digest, each)) for each in sorted(planes)}
    found = {plane: kept for plane, kept in asked.items() if kept is not None}
    missing = [each for each in asked if each not in found]
    if len(_KEPT) + len(missing) > _MOST_KEPT:
        _KEPT.clear()
    if missing:
        sky = _sky(climate)
        found |= {plane: sky.on(plane) for plane in missing}
        _KEPT.update({(climate.digest, plane): found[plane] for plane in missing})
    return {each: found[each] for each in asked}


class _Sky:
    """Sun and sky of a climate, worked out once for all planes."""

    def __init__(self, climate: Climate) -> None:
        import pandas as pd  # type: ignore[import-untyped]
        import pvlib  # type: ignore[import-untyped]

        self.climate = climate
        begin = pd.Timestamp(f"{climate.year}-01-01 00:30") - pd.Timedelta(
            hours=climate.utc_offset_h
        )
        # A leap year's 29 February is in no climate.
        times = pd.date_range(begin, periods=HOURS + 48, freq="h", tz="UTC")
        local = times + pd.Timedelta(hours=climate.utc_offset_h)
        kept = times[~((local.month == 2) & (local.day == 29))][:HOURS]
        sun = pvlib.solarposition.get_solarposition(
            kept, climate.latitude_deg, climate.longitude_deg, climate.altitude_m
        )
        self.zenith_deg = sun["apparent_zenith"].to_numpy()
        self.azimuth_deg = sun["azimuth"].to_numpy()
        self.extra_w_m2 = pvlib.irradiance.get_extra_radiation(kept.day_of_year.to_numpy())
        airmass = pvlib.atmosphere.get_relative_airmass(self.zenith_deg)
        self.airmass = np.where(np.isnan(airmass), 0.0, airmass)

    def on(self, plane: Plane) -> OnPlane:
        """Irradiance on one plane."""
        height_deg: Floats = 90 - self.zenith_deg
        cosine = cos_incidence(plane, height_deg, self.azimuth_deg)
        return OnPlane(
            self.climate.dni_w_m2 * cosine,
            self._diffuse(plane),
            ground_w_m2(self.climate, plane),
            cosine,
            height_deg,
            self.azimuth_deg,
        )

    def _diffuse(self, plane: Plane) -> Floats:
        import pvlib

        found = pvlib.irradiance.perez(
            plane.tilt_deg,
            plane.azimuth_deg,
            self.climate.dhi_w_m2,
            self.climate.dni_w_m2,
            self.extra_w_m2,
            self.zenith_deg,
            self.azimuth_deg,
            self.airmass,
        )
        return np.maximum(np.nan_to_num(np.asarray(found, float)), 0.0)


@lru_cache(maxsize=4)
def _sky(climate: Climate) -> _Sky:
    return _Sky(climate)
