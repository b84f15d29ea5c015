"""One balance over the heating season: EN ISO 13790 as TABULA applies it.

Loga, T., Diefenbach, N.: TABULA Calculation Method - Energy Use for Heating and Domestic Hot
Water. Institut Wohnen und Umwelt, Darmstadt 2013, section 2. Arrays of one value per variant, all
per m2 of reference area; millions of rows at a time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.blocks.climate.climate import Climate, Floats, monthly
from vatra.plans.blocks.engines.drive import MEAN_ANGLE_SHARE, Surroundings
from vatra.plans.blocks.engines.rc5 import MASS_J_M2K, air_w_k, network
from vatra.plans.blocks.zone.rooms import alone
from vatra.plans.blocks.zone.zone import Zone

KWH_PER_W_DAY = 0.024
# h_tr at which the two temperature reductions hold [W/m2K].
_REDUCED_FROM, _REDUCED_TO, _UNREDUCED_BELOW = 1.0, 4.0, 0.5
# EN ISO 13790, 12.2.1.1: seasonal method.
A_0, TAU_0_H = 0.8, 30.0
# TABULA boundary conditions for blocks of flats and for single houses, Table 2.
F_RED_AT_1, F_RED_AT_4 = 0.95, 0.85
HEATING_BELOW_C = 12.0
# Stands for "not heated": below every outdoor temperature nothing is lost, so nothing is needed.
UNHEATED_C = -273.15
J_PER_WH = 3600.0


@dataclass(frozen=True, eq=False)
class Season:
    """What the method takes, arrays of one shape.

    Attributes
    ----------
    h_tr_w_m2k, h_ve_w_m2k : transmission and air change per reference area
    inside_c, outside_c, days : mean temperatures over the heating days, and their number
    f_red_at_1, f_red_at_4 : reduction of the temperature in space and time at h_tr of 1 and 4
    sun_kwh_m2 : sun through glass over the heating days per reference area
    gains_w_m2 : internal heat
    mass_wh_m2k : effective capacity
    """

    h_tr_w_m2k: Floats
    h_ve_w_m2k: Floats
    inside_c: Floats
    outside_c: Floats
    days: Floats
    f_red_at_1: Floats
    f_red_at_4: Floats
    sun_kwh_m2: Floats
    gains_w_m2: Floats
    mass_wh_m2k: Floats


@dataclass(frozen=True, eq=False)
class Need:
    """Heat lost, reduction applied, gains used and heating need [kWh/m2], arrays as given."""

    lost_kwh_m2: Floats
    f_red_share: Floats
    used_share: Floats
    heating_kwh_m2: Floats


def seasonal(season: Season) -> Need:
    """Heating need of every variant."""
    f_red = reduction(season.h_tr_w_m2k, season.f_red_at_1, season.f_red_at_4)
    degree_days = (season.inside_c - season.outside_c) * season.days
    h_all = season.h_tr_w_m2k + season.h_ve_w_m2k
    lost = KWH_PER_W_DAY * h_all * f_red * degree_days
    gains = season.sun_kwh_m2 + KWH_PER_W_DAY * season.gains_w_m2 * season.days
    # Where nothing is lost, as in a climate without heating days, nothing is needed either.
    gamma = np.divide(gains, lost, out=np.ones(np.shape(lost)), where=lost > 0)
    used = utilisation(gamma, season.mass_wh_m2k / h_all)
    return Need(lost, f_red, used, np.maximum(lost - used * gains, 0.0))


def reduction(h_tr_w_m2k: Floats, at_1: Floats, at_4: Floats) -> Floats:
    """How much of the difference of temperatures counts: rooms that are unheated or cooler, more
    so in leaky buildings."""
    above = at_1 + (at_4 - at_1) * (np.clip(h_tr_w_m2k, _REDUCED_FROM, _REDUCED_TO) - 1) / 3
    below = at_1 + (1 - h_tr_w_m2k) / _UNREDUCED_BELOW * (1 - at_1)
    # The published table lets very tight buildings count for a little more than all of it.
    return np.where(h_tr_w_m2k < 1, below, above)


def utilisation(gamma: Floats, tau_h: Floats) -> Floats:
    """Share of the gains that is of use: ``(1 - gamma^a) / (1 - gamma^(a+1))``."""
    a = A_0 + tau_h / TAU_0_H
    even = np.isclose(gamma, 1.0, rtol=0, atol=1e-12)
    safe = np.where(even, 0.5, gamma)
    return np.where(even, a / (a + 1), (1 - safe**a) / (1 - safe ** (a + 1)))


def season_of(zones: tuple[Zone, ...], around: Surroundings) -> Season:
    """The season of zones in one climate: days colder than 12 degC, their mean, their sun."""
    cold = cold_hours(around.climate)
    days = cold.sum() / 24
    outside = around.climate.dry_bulb_c[cold].mean() if days else HEATING_BELOW_C
    rows = np.array([_row(alone(zone), around, cold) for zone in zones]).T
    steady = np.ones(len(zones))
    return Season(
        h_tr_w_m2k=rows[0],
        h_ve_w_m2k=rows[1],
        inside_c=rows[2],
        outside_c=outside * steady,
        days=days * steady,
        f_red_at_1=steady,
        f_red_at_4=steady,
        sun_kwh_m2=rows[3],
        gains_w_m2=rows[4],
        mass_wh_m2k=rows[5],
    )


def cold_hours(climate: Climate) -> np.ndarray:
    """Which hours are on days colder than 12 degC."""
    means = climate.dry_bulb_c.reshape(-1, 24).mean(axis=1)
    return np.repeat(means < HEATING_BELOW_C, 24)


def month_shares(climate: Climate, inside_c: float) -> Floats:
    """How the season's need falls to the months: by degree days of the heating days."""

    cold = cold_hours(climate)
    difference = np.where(cold, np.maximum(inside_c - climate.dry_bulb_c, 0.0), 0.0)
    total = difference.sum()
    return monthly(difference) / total if total else np.zeros(12)


def _row(zone: Zone, around: Surroundings, cold: np.ndarray) -> tuple[float, ...]:
    net = network(zone)
    steady = [each for each in zone.heating.day_c if each is not None]
    inside = sum(steady) / len(steady) if steady else UNHEATED_C
    sun_wh = 0.0
    for each in zone.windows:
        glass_m2 = each.area_m2 * (1 - each.frame_share) * each.g_share * MEAN_ANGLE_SHARE
        total = around.sun[each.plane].total_w_m2[cold].sum()
        sun_wh += glass_m2 * each.shading_share * float(total)
    share = np.mean([1.0 if each is None else each for each in zone.air.day])
    h_ve = air_w_k(zone, zone.air.change_per_h) * share * (1 - zone.air.heat_recovery_share)
    gains = np.mean([each or 0.0 for each in zone.gains_w_m2])
    mass = zone.mass.c_j_m2k or MASS_J_M2K[zone.mass.klass]
    figures = ((net.h_op_w_k + net.h_w_w_k) / zone.floor_m2, h_ve / zone.floor_m2, inside,
               sun_wh / 1e3 / zone.floor_m2, gains, mass / J_PER_WH)  # fmt: skip
    return tuple(float(each) for each in figures)
