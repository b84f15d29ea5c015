"""A year of weather, hour by hour."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
HOURS = 8760
MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# Month 0..11 of every hour of the year.
MONTH_OF_HOUR: npt.NDArray[np.int64] = np.repeat(np.arange(12), [24 * each for each in MONTH_DAYS])
DEGREE_DAYS_INSIDE_C, DEGREE_DAYS_LIMIT_C = 20.0, 12.0


@dataclass(frozen=True, eq=False)
class Climate:
    """A year of 8760 hours without 29 February; hour 0 ends at 01:00 on 1 January, local time.

    Attributes
    ----------
    dry_bulb_c : outdoor air temperature [degC], shape (8760,)
    dni_w_m2, dhi_w_m2, ghi_w_m2 : direct normal, diffuse and global horizontal irradiance, means
        of the hour [W/m2]
    latitude_deg, longitude_deg : north and east are positive
    utc_offset_h : local standard time minus UTC
    year : calendar year by which the sun's position is found
    synthetic : made from monthly figures, not measured
    """

    name: str
    latitude_deg: float
    longitude_deg: float
    utc_offset_h: float
    altitude_m: float
    dry_bulb_c: Floats
    dni_w_m2: Floats
    dhi_w_m2: Floats
    ghi_w_m2: Floats
    year: int = 2021
    synthetic: bool = False
    source: str = ""

    @cached_property
    def digest(self) -> str:
        """SHA-256 over place and hours: the same weather has the same digest."""
        digest = hashlib.sha256()
        place = (self.latitude_deg, self.longitude_deg, self.utc_offset_h, self.year)
        digest.update(repr(place).encode())
        for each in (self.dry_bulb_c, self.dni_w_m2, self.dhi_w_m2, self.ghi_w_m2):
            digest.update(np.ascontiguousarray(each, "<f8").tobytes())
        return digest.hexdigest()

    def warmer(self, kelvin: float) -> Climate:
        """The same year with every hour warmer; the sun stays, the name says it."""
        return self.shifted((kelvin,) * 12, f"{kelvin:+g} K") if kelvin else self

    def shifted(self, month_k: Sequence[float], words: str, source: str = "") -> Climate:
        """The same year with the hours of each month warmer [K]; the sun stays. ``words`` go with
        its name wherever it is printed, ``source`` with its own."""
        by_hour = np.asarray(month_k, float)[MONTH_OF_HOUR]
        said = f"{self.source}; {source}" if source else self.source
        name = f"{self.name}, {words}"
        return replace(self, name=name, dry_bulb_c=self.dry_bulb_c + by_hour, source=said)

    @property
    def degree_days_kd(self) -> float:
        """Heating degree days 20/12: 20 degC less the mean of each day of 12 degC or colder."""
        days = self.dry_bulb_c.reshape(-1, 24).mean(axis=1)
        cold = days <= DEGREE_DAYS_LIMIT_C
        return float((DEGREE_DAYS_INSIDE_C - days[cold]).sum())

    @property
    def monthly_mean_c(self) -> Floats:
        """Mean outdoor temperature of each month [degC], shape (12,)."""
        return monthly(self.dry_bulb_c) / (24 * np.array(MONTH_DAYS))


def monthly(hourly: Floats) -> Floats:
    """Sums over each month, shape (12,)."""
    return np.asarray(np.bincount(MONTH_OF_HOUR, hourly, minlength=12), float)
