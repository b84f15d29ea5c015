"""Electricity by the hour: what flats and common parts take (synthetic), and heat pumps."""

from __future__ import annotations

import numpy as np

from vatra.plans.blocks.climate.climate import HOURS, MONTH_OF_HOUR, Climate, monthly
from vatra.plans.services.buy import load_share
from vatra.plans.services.electricity import yearly_wh
from vatra.plans.services.generation import Asked, Place, pump_electricity
from vatra.plans.services.heat_pump import PUMPS
from vatra.plans.services.heating import HEATING
from vatra.plans.services.heating import way_of as way_of_heating
from vatra.plans.services.hot_water import shares_by_month
from vatra.plans.services.hot_water import way_of as way_of_hot_water
from vatra.plans.services.profile import year_shape
from vatra.plans.services.reading import Floats, ServicesError
from vatra.plans.services.served import Served
from vatra.plans.services.systems import System, Systems
from vatra.plans.services.weather import (
    MONTH_HOURS,
    heat_by_class,
    hourly_weather,
    year_of_hours,
)


def electricity_w(
    flats_count: float,
    floor_m2: float,
    climate: Climate,
    *,
    use: str = "block",
    storeys_count: float | None = None,
) -> Floats:
    """Synthetic load of flats and common parts in each hour of the climate's year [W], [8760].

    Its months are the electricity of appliances, cooking, lighting and common parts in ``bought``.
    """
    served = Served(
        np.zeros((1, 12)),
        None,
        np.zeros(1),
        np.array([float(floor_m2)]),
        np.array([float(flats_count)]),
        np.zeros(1, np.bool_),
        use,
        None if storeys_count is None else np.array([float(storeys_count)]),
    )
    total = np.zeros(HOURS)
    for part, yearly in yearly_wh(served).items():
        total += float(yearly[0]) * year_shape(part, climate)
    return total


def heat_pump_w(
    climate: Climate, served: Served, systems: Systems, *, peak_before_w: float | None = None
) -> Floats:
    """Electricity of a building's heat pumps in each hour, heaters with them [W], [8760].

    ``served`` in one state, else ``ServicesError``. Heat falls to the hours as in ``bought``, whose
    months are these but for the classes of temperature; circulation pumps are left out.
    """
    if served.count != 1:
        raise ServicesError("one-state", count=served.count)
    place = Place(climate, hourly_weather(climate))
    before = served.peak_heating_w if peak_before_w is None else np.array([peak_before_w])
    share = load_share(served.peak_heating_w, before)
    by_hour = heat_by_class(served.heating_wh, place.around)
    asked = [
        (each, way_of_heating(served, each, by_hour, place, share).asked)
        for each in systems
        if each.service == HEATING and each.system in PUMPS
    ]
    asked += [
        (each, way_of_hot_water(served, each, place, shares).asked)
        for each, shares in shares_by_month(systems, climate)
        if each.system in PUMPS
    ]
    total = np.zeros(HOURS)
    for system, heat in asked:
        total += year_of_hours(_electricity(system, heat, place)[0], place.around)
    return total


def heat_pump_shape(
    climate: Climate, served: Served, systems: Systems, *, peak_before_w: float | None = None
) -> Floats:
    """How each month's electricity of heat pumps falls to its hours, [8760]; months sum to 1.

    Evenly in months in which nothing is taken.
    """
    watts = heat_pump_w(climate, served, systems, peak_before_w=peak_before_w)
    months = monthly(watts)
    even = 1.0 / MONTH_HOURS[MONTH_OF_HOUR]
    by_hour = months[MONTH_OF_HOUR]
    return np.divide(watts, by_hour, out=even, where=by_hour > 0)


def _electricity(system: System, asked: Asked, place: Place) -> Floats:
    if system.efficiency is not None:
        return np.asarray(asked.heat_wh / system.efficiency)
    pump, heater = pump_electricity(system, asked, place)
    return np.asarray(pump + heater)
