"""Meters as a likelihood takes them: years that can be used, their weather, and how far they err.

Nothing is scaled to a standard year here: the model is asked for the weather of the metered years
instead (heating in proportion to degree days 20/12), so that hot water within a meter stays as it
is. Twelve months of a meter of both are two readings: summer, and what is above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from vatra.plans.bills.checks import FILE, Years, sound_years
from vatra.plans.bills.reading import Floats, error_share
from vatra.plans.stock import Reading
from vatra.plans.stock.meters import MONTHS_OF_YEAR
from vatra.plans.stock.meters import SUMMER as SUMMER_MONTHS
from vatra.tables import Finding

WHOLE, SUMMER, ABOVE_SUMMER = "year", "summer", "above_summer"
SERVICES: Mapping[str, tuple[str, ...]] = {
    "heating": ("heating",),
    "hot_water": ("hot_water",),
    "heating_and_hot_water": ("heating", "hot_water"),
    "electricity": (),
    "all": (),
}
_WEATHER = ("heating", "heating_and_hot_water", "all")
_MIXED = ("heating_and_hot_water", "all")


@dataclass(frozen=True)
class Observation:
    """Mean of the usable years of one meter.

    Attributes
    ----------
    services : that it counts; none: all of the carrier
    part : ``year``, or of a meter of heating and hot water by month ``summer`` (twelve times its
        mean month) and ``above_summer``
    wh : mean of the years [Wh]
    degree_ratio : degree days of the metered years over those of the standard year; 1 where they
        are not known
    spread : standard deviation of the logarithm: meter, weather, habits and model
    by_year_wh, months_wh : of the years; of each month of those that were read by month
    """

    building: str
    carrier: str
    metered: str
    part: str
    wh: float
    degree_ratio: float
    spread: float
    years: tuple[int, ...]
    lines: tuple[int, ...]
    by_year_wh: Mapping[int, float] = field(default_factory=dict)
    months: tuple[tuple[int, int, float, float | None], ...] = ()

    @property
    def services(self) -> tuple[str, ...]:
        """Services that the meter counts; none: every one of the carrier."""
        return SERVICES[self.metered]


def observe(
    readings: Iterable[Reading], standard_kd: float, file: str = FILE
) -> tuple[dict[str, tuple[Observation, ...]], list[Finding]]:
    """What meters say, by building, and everything that is wrong with them.

    ``standard_kd`` degree days 20/12 of the climate that is simulated. Years that cannot be used
    are left out, each with a finding that names its rows.
    """
    years, findings = sound_years(readings, file)
    found: dict[str, list[Observation]] = {}
    for (building, carrier, metered), by_year in sorted(years.items()):
        found.setdefault(building, []).extend(
            _observations(building, carrier, metered, by_year, standard_kd)
        )
    return {building: tuple(each) for building, each in found.items()}, findings


def spread_of(asked: Sequence[Observation]) -> Floats:
    """Covariance of the logarithms of some meters (m, m): each errs by itself."""
    return np.diag(np.array([each.spread**2 for each in asked]))


def _observations(
    building: str, carrier: str, metered: str, by_year: Years, standard_kd: float
) -> list[Observation]:
    """Years by month and years as a whole are meters of their own where hot water is in them."""
    monthly = {year: each for year, each in by_year.items() if each[0].month}
    split = metered in _MIXED and carrier != "electricity"
    if not split or not monthly:
        parts = [(WHOLE, by_year)]
    else:
        whole = {year: each for year, each in by_year.items() if year not in monthly}
        parts = [(SUMMER, monthly), (ABOVE_SUMMER, monthly), (WHOLE, whole)]
    return [
        _observation(building, carrier, metered, part, years, standard_kd)
        for part, years in parts
        if years
    ]


def _observation(
    building: str, carrier: str, metered: str, part: str, by_year: Years, standard_kd: float
) -> Observation:
    amounts = {year: _amount(each, part) for year, each in by_year.items()}
    weather = metered in _WEATHER and part != SUMMER
    days = [known for each in by_year.values() if (known := year_kd(each)) is not None]
    known = weather and len(days) == len(by_year)
    lines = sorted(each.line for rows in by_year.values() for each in rows)
    return Observation(
        building,
        carrier,
        metered,
        part,
        float(np.mean(list(amounts.values()))),
        float(np.mean(days)) / standard_kd if known else 1.0,
        _spread(metered, part, weather, known, len(by_year)),
        tuple(sorted(by_year)),
        tuple(lines),
        amounts,
        tuple(
            (year, each.month, float(each.energy_wh), each.degree_days_kd)
            for year, rows in sorted(by_year.items())
            for each in rows
            if each.month and part != SUMMER
        ),
    )


def _amount(rows: Sequence[Reading], part: str) -> float:
    whole = float(sum(each.energy_wh for each in rows))
    if part == WHOLE:
        return whole
    summer = [each.energy_wh for each in rows if each.month in SUMMER_MONTHS]
    base = sum(summer) / len(SUMMER_MONTHS) * MONTHS_OF_YEAR
    # A meter reads at least a watt-hour of what it is there for.
    return max(base if part == SUMMER else whole - base, 1.0)


def year_kd(rows: Sequence[Reading]) -> float | None:
    """Degree days of a year; None where a heated month does not state them."""
    unknown = [r for r in rows if r.degree_days_kd is None and r.month not in SUMMER_MONTHS]
    stated = sum(each.degree_days_kd or 0.0 for each in rows)
    return None if unknown or stated <= 0 else stated


def _spread(metered: str, part: str, weather: bool, known: bool, years_count: int) -> float:
    variance = error_share("meter") ** 2 + error_share("model") ** 2
    if weather:
        name = "normalisation" if known else "unknown_weather"
        variance += error_share(name) ** 2 / years_count
    if part == SUMMER:
        variance += error_share("summer") ** 2
    if part == SUMMER or metered in ("hot_water", "electricity"):
        variance += error_share("habit") ** 2 / years_count
    return float(variance**0.5)
