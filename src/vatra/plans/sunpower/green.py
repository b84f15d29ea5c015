"""What green space drinks: evapotranspiration less what rain leaves in the soil, day by day.

Allen, R. G., Pereira, L. S., Raes, D., Smith, M.: Crop evapotranspiration, FAO Irrigation and
Drainage Paper 56 (1998): reference evapotranspiration by temperature (equation 52, Hargreaves and
Samani), sun above the air (equation 21), a coefficient for what grows (equation 58), the soil as a
store that rain fills.
"""

from __future__ import annotations

import numpy as np

from vatra.plans.blocks import Climate
from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.sunpower.rainfall import DAYS, MONTH_OF_DAY
from vatra.plans.sunpower.reading import SunpowerError, value

_SOLAR_MJ_M2_MIN = 0.0820
_MM_PER_MJ_M2 = 0.408
_MINUTES = 24 * 60


def above_air_mj_m2(latitude_deg: float) -> Floats:
    """Sun above the air on a level plane, each day [MJ/m2], (365,) (equation 21)."""
    day = 2 * np.pi * np.arange(1, DAYS + 1) / DAYS
    distance = 1 + 0.033 * np.cos(day)
    declination = 0.409 * np.sin(day - 1.39)
    latitude = np.radians(latitude_deg)
    sunset = np.arccos(np.clip(-np.tan(latitude) * np.tan(declination), -1.0, 1.0))
    height = sunset * np.sin(latitude) * np.sin(declination)
    height = height + np.cos(latitude) * np.cos(declination) * np.sin(sunset)
    return np.asarray(_MINUTES / np.pi * _SOLAR_MJ_M2_MIN * distance * height)


def reference_mm(coldest_c: Floats, warmest_c: Floats, above_mj_m2: Floats) -> Floats:
    """Reference evapotranspiration of a day [mm] from its coldest and warmest air (equation 52);
    none on days of frost."""
    mean_c = (coldest_c + warmest_c) / 2
    swing_k = np.maximum(warmest_c - coldest_c, 0.0)
    found = 0.0023 * (mean_c + 17.8) * np.sqrt(swing_k) * _MM_PER_MJ_M2 * above_mj_m2
    return np.asarray(np.where(mean_c > 0, np.maximum(found, 0.0), 0.0))


def drinks_mm(climate: Climate, cover_share: float | None = None) -> Floats:
    """What a green area gives to the air each day [mm], (365,); ``cover_share`` the coefficient of
    what grows, a lawn's where not given."""
    hours = climate.dry_bulb_c.reshape(DAYS, 24)
    share = value("rain", "lawn_share") if cover_share is None else cover_share
    above = above_air_mj_m2(climate.latitude_deg)
    return share * reference_mm(hours.min(axis=1), hours.max(axis=1), above)


def irrigation_mm(rain_mm: Floats, wanted_mm: Floats, soil_mm: float | None = None) -> Floats:
    """Water to be brought each day [mm], losses of the system included, (365,).

    Rain fills the soil up to what roots can draw and leaves the rest; plants draw from the soil
    first. The year begins with a full soil and brings water in the season of ``data/rain.csv``.
    """
    most = value("rain", "soil_mm") if soil_mm is None else soil_mm
    if rain_mm.shape != (DAYS,) or wanted_mm.shape != (DAYS,) or not most >= 0:
        raise SunpowerError("days-wrong", days=DAYS)
    lacking, held = np.zeros(DAYS), most
    for day in range(DAYS):
        held = min(held + float(rain_mm[day]), most)
        drawn = min(held, float(wanted_mm[day]))
        held -= drawn
        lacking[day] = wanted_mm[day] - drawn
    month = MONTH_OF_DAY + 1
    season = (month >= value("rain", "first_month")) & (month <= value("rain", "last_month"))
    return np.where(season, lacking, 0.0) / value("rain", "irrigated_share")
