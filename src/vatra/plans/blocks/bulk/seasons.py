"""The seasonal method of many zones in many states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vatra.plans.blocks.bulk import adapted
from vatra.plans.blocks.bulk.changes import Changes
from vatra.plans.blocks.bulk.columns import Columns, columns
from vatra.plans.blocks.climate.climate import MONTH_OF_HOUR, Climate, Floats
from vatra.plans.blocks.engines.drive import Surroundings
from vatra.plans.blocks.engines.seasonal import (
    HEATING_BELOW_C,
    J_PER_WH,
    UNHEATED_C,
    Season,
    cold_hours,
    seasonal,
)
from vatra.plans.blocks.zone.rooms import alone
from vatra.plans.blocks.zone.zone import Zone


@dataclass(frozen=True, eq=False)
class Means:
    """Means of the day of n zones: heating setpoint [degC] (``heated`` 0 where there is none),
    gains [W/m2], multiple of the air change."""

    inside_c: Floats
    heated: Floats
    gains_w_m2: Floats
    air_share: Floats


def need_wh(zones: Sequence[Zone], changes: Changes, around: Surroundings) -> Floats:
    """Heating need by month [Wh], shape (n, states, 12)."""
    zones = [alone(zone) for zone in zones]
    planes = {plane: place for place, plane in enumerate(sorted(around.sun))}
    cold = cold_hours(around.climate)
    sun_wh_m2 = np.array([around.sun[plane].total_w_m2[cold].sum() for plane in planes])
    return columns_need_wh(columns(zones, planes), _means(zones), sun_wh_m2, changes,
                           around.climate)  # fmt: skip


def columns_need_wh(
    read: Columns, means: Means, sun_wh_m2: Floats, changes: Changes, climate: Climate
) -> Floats:
    """The same of columns; ``sun_wh_m2`` on each column's plane over the heating days."""
    season = season_of_columns(read, means, sun_wh_m2, changes, climate)
    yearly_wh = 1e3 * seasonal(season).heating_kwh_m2 * read.floor_m2[:, None]
    shape = (read.count, changes.count)
    inside, places = np.unique(np.broadcast_to(season.inside_c, shape), return_inverse=True)
    return yearly_wh[..., None] * month_shares_of(climate, inside)[places.reshape(shape)]


def season_of_columns(
    read: Columns, means: Means, sun_wh_m2: Floats, changes: Changes, climate: Climate
) -> Season:
    """The season of every zone in every state, arrays (n, states)."""
    n, floor, opaque = read.count, read.floor_m2[:, None], read.opaque
    through = (opaque.area_m2 * opaque.counts)[None]
    (h_op,) = adapted.summed(opaque.zone, through, adapted.opaque_u(opaque, changes), n)
    joints = adapted.joints_w_k(read.joints, changes)
    (bridges,) = adapted.summed(read.joints.zone, np.ones((1, len(joints))), joints, n)
    glass_u, glass_g = adapted.glass_u_g(read.glass, changes)
    (h_w,) = adapted.summed(read.glass.zone, read.glass.area_m2[None], glass_u, n)
    lets_in = read.glass.open_m2 * sun_wh_m2[read.glass.column]
    (sun_wh,) = adapted.summed(read.glass.zone, lets_in[None], glass_g, n)
    change, recovery = adapted.air_change(read, changes)
    air = read.air_w_k[:, None] * change * means.air_share[:, None] * (1 - recovery)
    cold, steady = cold_hours(climate), np.ones((n, changes.count))
    days = cold.sum() / 24
    outside = climate.dry_bulb_c[cold].mean() if days else HEATING_BELOW_C
    return Season(
        h_tr_w_m2k=(h_op + bridges + h_w) / floor,
        h_ve_w_m2k=air / floor,
        inside_c=means.inside_c[:, None] + means.heated[:, None] * changes.inside_k,
        outside_c=outside * steady,
        days=days * steady,
        f_red_at_1=steady,
        f_red_at_4=steady,
        sun_kwh_m2=sun_wh / 1e3 / floor,
        gains_w_m2=means.gains_w_m2[:, None] * changes.gains_scale,
        mass_wh_m2k=(read.c_m_j_k / read.floor_m2 / J_PER_WH)[:, None] * steady,
    )


def _means(zones: Sequence[Zone]) -> Means:
    rows = np.array([_of_day(zone) for zone in zones]).reshape(-1, 4).T
    return Means(*rows)


def _of_day(zone: Zone) -> tuple[float, float, float, float]:
    on = [each for each in zone.heating.day_c if each is not None]
    return (
        sum(on) / len(on) if on else UNHEATED_C,
        float(bool(on)),
        sum(each or 0.0 for each in zone.gains_w_m2) / 24,
        sum(1.0 if each is None else each for each in zone.air.day) / 24,
    )


def month_shares_of(climate: Climate, inside_c: Floats) -> Floats:
    """How the season's need falls to the months by degree days of the heating days, for many
    temperatures indoors: shape (len(inside_c), 12)."""
    cold = cold_hours(climate)
    found = np.zeros((len(inside_c), 12))
    for month in range(12):
        outside = np.sort(climate.dry_bulb_c[cold & (month == MONTH_OF_HOUR)])
        colder = np.searchsorted(outside, inside_c)
        found[:, month] = inside_c * colder - np.concatenate([[0.0], np.cumsum(outside)])[colder]
    total = found.sum(axis=1, keepdims=True)
    return np.where(total > 0, found / np.where(total > 0, total, 1.0), 0.0)
