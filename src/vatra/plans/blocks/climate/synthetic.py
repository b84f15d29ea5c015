"""A year of weather for a Romanian zone, made from its monthly and yearly figures.

No measured hours of Romania may be given away with the program. What is made here meets the
place's mean temperature, degree days 20/12, design temperature and monthly sun; single hours mean
nothing. Every answer that rests on it says *synthetic*.

Days: the yearly wave of Iasi's monthly means, stretched, and an autoregressive deviation of days
(lag-one correlation 0.75); hours: a wave that peaks at 15:00. Sun: the day's clearness deviates
likewise; within a day it follows the sun's height, the diffuse share Erbs et al. (Solar Energy 28
(1982) 293-302).
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from vatra.plans.blocks.climate.climate import (
    DEGREE_DAYS_INSIDE_C,
    DEGREE_DAYS_LIMIT_C,
    HOURS,
    MONTH_DAYS,
    Climate,
    Floats,
)

SEED = 20260131
# Monthly means of Iasi [degC] and how its yearly sun falls to the months.
WAVE_C = (-3.0, -1.0, 4.0, 10.5, 16.0, 19.5, 21.5, 21.0, 16.0, 10.0, 3.5, -1.0)
SUN_SHARES = (0.028, 0.043, 0.075, 0.103, 0.133, 0.143, 0.147, 0.128, 0.090, 0.058, 0.030, 0.022)
# Half of what a day's temperature swings, January and July [K].
_SWING_WINTER_K, _SWING_SUMMER_K = 2.5, 5.5
_PERSISTENCE = 0.75
# Deviations are as large as this in summer against winter.
_CALM_SUMMER_SHARE = 0.4
# How much a day's clearness deviates from its month's.
_CLEARNESS_DEVIATION = 0.45


@dataclass(frozen=True)
class Place:
    """What a synthetic year must meet: yearly mean and degree days 20/12, the design temperature,
    which the coldest hour meets, and yearly sun on the level."""

    code: str
    name: str
    zone: str
    latitude_deg: float
    longitude_deg: float
    altitude_m: float
    design_c: float
    degree_days_kd: float
    mean_c: float
    sun_kwh_m2: float
    source: str
    doubt: str


@cache
def places() -> dict[str, Place]:
    """Places by code; a zone's number stands for its first place."""
    file = resources.files("vatra.plans.blocks.climate").joinpath("places.csv")
    found: dict[str, Place] = {}
    for row in csv.DictReader(file.read_text("utf-8").splitlines()):
        numbers = {
            key: float(row[key])
            for key in row
            if key.endswith(("_deg", "_m", "_c", "_kd", "_kwh_m2"))
        }
        words = {key: row[key] for key in ("code", "name", "zone", "source", "doubt")}
        found[row["code"]] = Place(**words, **numbers)  # type: ignore[arg-type]
    first = {each.zone: each for each in reversed(found.values())}
    return found | {zone: first[zone] for zone in sorted(first)}


def synthetic_climate(code: str, warmer_k: float = 0.0) -> Climate:
    """The synthetic year of a place or zone (``iasi``, ``III``); ``warmer_k`` shifts every hour.

    Raises ``KeyError`` for a place that is not known.
    """
    return _year(code).warmer(warmer_k)


@cache
def _year(code: str) -> Climate:
    place = places()[code]
    shell = Climate(
        place.name, place.latitude_deg, place.longitude_deg, 2.0, place.altitude_m,
        np.zeros(HOURS), np.zeros(HOURS), np.zeros(HOURS), np.zeros(HOURS),
    )  # fmt: skip
    # The old generator: its numbers are the same in every version of numpy.
    random = np.random.RandomState(SEED)
    dry_bulb = _temperatures(place, _persistent(random))
    ghi, dhi, dni = _sun(place, shell, _persistent(random))
    return Climate(
        place.name,
        place.latitude_deg,
        place.longitude_deg,
        2.0,
        place.altitude_m,
        dry_bulb,
        dni,
        dhi,
        ghi,
        synthetic=True,
        source=place.source,
    )


def _persistent(random: np.random.RandomState) -> Floats:
    """365 values of deviation 1, each leaning on the one before, of mean 0 in every month."""
    noise = random.standard_normal(365)
    values = np.zeros(365)
    values[0] = noise[0]
    for day in range(1, 365):
        values[day] = _PERSISTENCE * values[day - 1]
        values[day] += np.sqrt(1 - _PERSISTENCE**2) * noise[day]
    # Within a month they cancel: its mean is the place's.
    begin = 0
    for days in MONTH_DAYS:
        values[begin : begin + days] -= values[begin : begin + days].mean()
        begin += days
    return np.asarray(values / values.std())


def _days_of_months(monthly: Floats) -> Floats:
    """A smooth year through monthly values, each in the middle of its month."""
    ends = np.cumsum(MONTH_DAYS)
    middles = ends - np.array(MONTH_DAYS) / 2
    around = np.concatenate([middles[-1:] - 365, middles, middles[:1] + 365])
    values = np.concatenate([monthly[-1:], monthly, monthly[:1]])
    return np.interp(np.arange(365) + 0.5, around, values)


def _winter_share() -> Floats:
    """1 in the middle of January, 0 in July."""
    return (1 + np.cos(2 * np.pi * (np.arange(365) - 15) / 365)) / 2


def _temperatures(place: Place, deviation: Floats) -> Floats:
    wave = _days_of_months(np.array(WAVE_C))
    wave = wave - wave.mean()
    size = _CALM_SUMMER_SHARE + (1 - _CALM_SUMMER_SHARE) * _winter_share() ** 2
    restless = size * deviation
    stretch, deviates_k = 1.0, 4.0
    # Each figure answers to one number almost alone, so that a few rounds settle both.
    for _ in range(12):
        stretch = _stretch(place, wave, deviates_k * restless)
        deviates_k = _deviation_k(place, stretch * wave, restless)
    days = place.mean_c + stretch * wave + deviates_k * restless
    return _hours(days)


def _stretch(place: Place, wave: Floats, restless: Floats) -> float:
    """How much the yearly wave is stretched so that the degree days hold."""
    return _solve(
        lambda x: _degree_days(place, x * wave + restless), place.degree_days_kd, 0.3, 2.5
    )


def _deviation_k(place: Place, wave: Floats, restless: Floats) -> float:
    """How far days deviate so that the design temperature is as rare as it should be."""
    return _solve(lambda x: -_coldest(place, wave + x * restless), -place.design_c, 0.5, 12.0)


def _hours(days: Floats) -> Floats:
    winter = _winter_share()
    swing = _SWING_SUMMER_K + (_SWING_WINTER_K - _SWING_SUMMER_K) * winter
    hour = np.arange(24) + 0.5
    daily = np.cos(2 * np.pi * (hour - 15) / 24)
    return np.asarray((days[:, None] + swing[:, None] * daily).ravel())


def _degree_days(place: Place, around_mean: Floats) -> float:
    days = place.mean_c + around_mean
    # Days near the limit count in part, so that the figure moves without jumps.
    cold = np.clip(DEGREE_DAYS_LIMIT_C + 0.5 - days, 0.0, 1.0)
    return float((cold * (DEGREE_DAYS_INSIDE_C - days)).sum())


def _coldest(place: Place, around_mean: Floats) -> float:
    return float(_hours(place.mean_c + around_mean).min())


def _solve(of: Callable[[float], float], wanted: float, low: float, high: float) -> float:
    """Where a rising function meets a value, by halving; an end where it does not."""
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if of(middle) < wanted else (low, middle)
    return (low + high) / 2


def _sun(place: Place, shell: Climate, deviation: Floats) -> tuple[Floats, Floats, Floats]:
    """Global, diffuse and direct normal irradiance [W/m2] that meet each month's sun."""
    from vatra.plans.blocks.sun.position import position

    where = position(shell)
    up = np.maximum(where.cos_zenith, 0.0)
    above = where.extraterrestrial_w_m2 * up
    clear = np.repeat(np.clip(1 + _CLEARNESS_DEVIATION * deviation, 0.15, 1.7), 24)
    # Collares-Pereira and Rabl: the middle of the day is clearer than its ends.
    shape = (
        above * clear * (0.55 + 0.45 * up / np.maximum(up.reshape(-1, 24).max(1).repeat(24), 1e-9))
    )
    ghi = np.zeros(HOURS)
    begin = 0
    for days, share in zip(MONTH_DAYS, SUN_SHARES, strict=True):
        month = slice(24 * begin, 24 * (begin + days))
        wanted_wh = 1000 * place.sun_kwh_m2 * share / sum(SUN_SHARES)
        ghi[month] = _scaled(shape[month], 0.8 * above[month], wanted_wh)
        begin += days
    kt = np.divide(ghi, above, out=np.zeros(HOURS), where=above > 1.0)
    dhi = ghi * _erbs(kt)
    low_sun = up < 0.05
    dhi[low_sun] = ghi[low_sun]
    dni = np.divide(ghi - dhi, up, out=np.zeros(HOURS), where=~low_sun)
    return ghi, dhi, dni


def _scaled(shape: Floats, most: Floats, wanted: float) -> Floats:
    """A shape scaled to a sum, no value above its most."""
    factor = 1.0
    for _ in range(60):
        factor *= wanted / np.minimum(factor * shape, most).sum()
    return np.minimum(factor * shape, most)


def _erbs(kt: Floats) -> Floats:
    """Diffuse share of global irradiance by clearness (Erbs et al. 1982, equation 1)."""
    middle = 0.9511 - 0.1604 * kt + 4.388 * kt**2 - 16.638 * kt**3 + 12.336 * kt**4
    return np.where(kt <= 0.22, 1 - 0.09 * kt, np.where(kt <= 0.8, middle, 0.165))
