"""Fuel of flights, divided into landing and take-off and cruise."""

from vatra.units import GJ_PER_MWH

KG_PER_T = 1000


def lto_t(flights_count: float, per_lto_kg: float) -> float:
    """Fuel or gas of landings and take-offs.

    ``LTO = number of LTOs x per LTO`` (IPCC 2006, Volume 2, Chapter 3, Equations 3.6.3, 3.6.4).

    Parameters
    ----------
    flights_count : departures, each with one landing and one take-off
    per_lto_kg : fuel or gas of one landing and take-off [kg]

    Returns
    -------
    Mass [t].
    """
    return flights_count * per_lto_kg / KG_PER_T


def cruise_t(
    fuel_t: float, lto_fuel_t: float, net_calorific_gj_per_t: float, factor_t_per_mwh: float
) -> float:
    """Mass of a gas from the fuel that landings and take-offs leave.

    ``E = (total fuel - LTO fuel) x EF`` (IPCC 2006, Volume 2, Chapter 3, Equation 3.6.5).

    Parameters
    ----------
    fuel_t, lto_fuel_t : fuel of the flights, and of it that of landings and take-offs [t]
    net_calorific_gj_per_t : net calorific value of the fuel [GJ/t]
    factor_t_per_mwh : mass of the gas per energy of the fuel [t/MWh]

    Returns
    -------
    Mass of the gas [t].
    """
    return (fuel_t - lto_fuel_t) * net_calorific_gj_per_t / GJ_PER_MWH * factor_t_per_mwh
