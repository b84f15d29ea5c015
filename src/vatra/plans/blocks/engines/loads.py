"""A zone's year as arrays: weather, sun, gains, air change and setpoints of every hour."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vatra.plans.blocks.climate.climate import HOURS, Floats
from vatra.plans.blocks.engines.drive import R_SE_M2K_W, Surroundings, hourly, through_glass_w
from vatra.plans.blocks.engines.modal_elements import chains
from vatra.plans.blocks.engines.rc5 import air_w_k, network
from vatra.plans.blocks.engines.surfaces import Surface, kept_share
from vatra.plans.blocks.zone.zone import Zone

# Setpoints where heating or cooling is off: never reached.
NEVER_COLD_C, NEVER_WARM_C = -200.0, 300.0
# Mechanical recovery is bypassed on days whose mean is at least this warm.
BYPASS_C = 15.0


@dataclass(frozen=True, eq=False)
class Loads:
    """What acts on one zone, every array of shape (8760,).

    ``glass_w`` sun through windows, as far as it stays in the room; ``wall_w`` sun and sky on
    opaque elements as it counts inside by EN ISO 13790 (R_se U A); ``h_ve_w_k`` at each hour,
    ``h_night_w_k`` what is added by night, with ``night_above_c`` only while the zone is warmer.
    """

    te_c: Floats
    gains_w: Floats
    glass_w: Floats
    wall_w: Floats
    h_ve_w_k: Floats
    h_night_w_k: Floats
    night_above_c: float | None
    heat_c: Floats
    cool_c: Floats
    heat_w: float
    cool_w: float


def loads(zone: Zone, around: Surroundings) -> Loads:
    """The year of one zone."""
    glass = np.zeros(HOURS)
    for window in zone.windows:
        if not window.space:
            glass += through_glass_w(window, around.sun[window.plane])
    return Loads(
        te_c=around.climate.dry_bulb_c,
        gains_w=hourly(zone.gains_w_m2, 0.0) * zone.floor_m2,
        glass_w=glass * _kept_share(zone),
        wall_w=_wall_w(zone, around),
        h_ve_w_k=air_hours_w_k(zone, around),
        h_night_w_k=night_hours_w_k(zone),
        night_above_c=zone.air.night.above_c if zone.air.night else None,
        heat_c=hourly(zone.heating.day_c, NEVER_COLD_C),
        cool_c=hourly(zone.cooling.day_c, NEVER_WARM_C),
        heat_w=zone.heating.capacity_w,
        cool_w=zone.cooling.capacity_w,
    )


def _kept_share(zone: Zone) -> float:
    """How much of the sun that came in stays, against a room of usual surfaces."""
    if not zone.is_particular:
        return 1.0
    inner = [Surface(0, each.area_m2, each) for each in chains(zone)]
    glass_m2 = sum(each.area_m2 for each in zone.windows)
    return kept_share([*inner, Surface(0, glass_m2)] if glass_m2 else inner)


def night_w_k(year: Loads, hour: int, air_c: float) -> float:
    """What night air adds in an hour; windows open while it is warm inside and colder outdoors."""
    above_c = year.night_above_c
    if above_c is not None and air_c <= max(above_c, float(year.te_c[hour])):
        return 0.0
    return float(year.h_night_w_k[hour])


def _wall_w(zone: Zone, around: Surroundings) -> Floats:
    absorbed = np.full(HOURS, -network(zone).sky_w)
    for each in zone.elements:
        if each.boundary == "outside":
            sunny = each.absorptance_share * around.sun[each.plane].total_w_m2
            absorbed += R_SE_M2K_W * each.u_w_m2k * each.area_m2 * sunny
    return absorbed


def air_hours_w_k(zone: Zone, around: Surroundings) -> Floats:
    """Conductance of the air change at each hour, recovery taken off on cold days [W/K]."""
    full = air_w_k(zone, zone.air.change_per_h) * hourly(zone.air.day, 0.0)
    return full * (1 - zone.air.heat_recovery_share * cold_days(around.climate.dry_bulb_c))


def night_hours_w_k(zone: Zone) -> Floats:
    """Conductance that open windows add at each hour [W/K]."""
    night = zone.air.night
    if night is None:
        return np.zeros(HOURS)
    open_hours = [1.0 if night.holds(hour) else 0.0 for hour in range(24)]
    return air_w_k(zone, night.change_per_h) * np.tile(open_hours, HOURS // 24)


def cold_days(te_c: Floats) -> npt.NDArray[np.float64]:
    """1 on days on which recovery works, 0 on those on which it is bypassed."""
    means = te_c.reshape(-1, 24).mean(axis=1)
    return np.repeat((means < BYPASS_C).astype(float), 24)
