"""Zones in many states as the numbers of the 5R1C kernel."""

from __future__ import annotations

import numpy as np

from vatra.plans.blocks.bulk import adapted
from vatra.plans.blocks.bulk.changes import Changes
from vatra.plans.blocks.bulk.columns import Columns
from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.blocks.engines.drive import H_R_OUTSIDE_W_M2K, R_SE_M2K_W, SKY_COLDER_K
from vatra.plans.blocks.engines.groups import SUN_COLUMNS, Shared
from vatra.plans.blocks.engines.rc5 import H_MS_W_M2K, Step
from vatra.plans.blocks.engines.rc5_fast import LINEAR, linear

_FIXED = 11


def numbers(zones: Columns, changes: Changes, known: Shared) -> Floats:
    """The kernel's numbers of zones in every state, zone after zone: shape (regimes, 23,
    n * states).

    Raises ``ValueError`` where opaque elements conduct more than a zone's mass takes up.
    """
    shape = (zones.count, changes.count)
    found = np.empty((len(known.regimes), LINEAR + _FIXED, *shape))
    opaque = _opaque(zones, changes)
    glass_u, glass_g = adapted.glass_u_g(zones.glass, changes)
    joints = adapted.joints_w_k(zones.joints, changes)
    (h_w,) = adapted.summed(zones.glass.zone, zones.glass.area_m2[None], glass_u, zones.count)
    (bridges,) = adapted.summed(zones.joints.zone, np.ones((1, len(joints))), joints, zones.count)
    lets_in = adapted.by_column(zones.glass.column, zones.glass.open_m2, SUN_COLUMNS)
    glass_sun = adapted.summed(zones.glass.zone, lets_in, glass_g, zones.count)
    h_op, h_steady, beyond, sky_w = opaque[0] + bridges, *opaque[1:4]
    h_ms = H_MS_W_M2K * zones.a_m_m2[:, None]
    _refuse(zones, h_op, h_ms)
    some = np.where(h_op != 0, h_op, 1.0)
    h_em = np.where(h_op != 0, 1 / (1 / some - 1 / h_ms), 0.0)
    change, recovery = adapted.air_change(zones, changes)
    full = zones.air_w_k[:, None] * change
    gains_w = zones.gains_w[:, None] * changes.gains_scale
    a_m, a_t, c_m, h_is, convective = (
        each[:, None]
        for each in (zones.a_m_m2, zones.a_t_m2, zones.c_m_j_k, zones.h_is_w_k,
                     zones.convective_share)
    )  # fmt: skip
    for place, (multiple, works) in enumerate(known.regimes):
        h_ve = full * multiple * (1 - recovery * works)
        step = Step(h_w, h_em, h_ve, h_is, h_ms, a_m, a_t, c_m, convective)
        outside, steady = h_em * (1 - h_steady / some), h_em * beyond / some
        for row, values in enumerate(linear(step, outside, steady, sky_w, gains_w)):
            found[place, row] = values
    for row, values in enumerate(_fixed(zones, changes, glass_sun + opaque[4:])):
        found[:, LINEAR + row] = values
    return found.reshape(*found.shape[:2], -1)


def _opaque(zones: Columns, changes: Changes) -> Floats:
    """Of each zone in each state: conductance, that to steady temperatures, those times the
    temperature, loss to the sky, and what is taken of each column of sun."""
    parts = zones.opaque
    through = parts.area_m2 * parts.counts
    outer = R_SE_M2K_W * parts.area_m2
    sky = outer * H_R_OUTSIDE_W_M2K * SKY_COLDER_K * parts.sky_share
    sunny = adapted.by_column(parts.column, outer * parts.sunny_share, SUN_COLUMNS)
    weights = np.array([through, through * parts.steady,
                        through * parts.steady * parts.beyond_c, sky, *sunny])  # fmt: skip
    return adapted.summed(parts.zone, weights, adapted.opaque_u(parts, changes), zones.count)


def _fixed(zones: Columns, changes: Changes, sun: Floats) -> list[Floats]:
    """Numbers that no regime changes: suns, setpoints, capacities."""
    limits = [zones.cool_low_c, zones.cool_more_k, zones.heat_w, zones.cool_w]
    low, more = adapted.heating_setpoint(zones, changes)
    return [*sun, low, more, *(each[:, None] for each in limits)]


def _refuse(zones: Columns, h_op: Floats, h_ms: Floats) -> None:
    wrong = np.nonzero((h_op >= h_ms).any(axis=1))[0]
    if len(wrong):
        names = ", ".join(zones.names[place] for place in wrong[:5])
        raise ValueError(f"{names}: {h_op[wrong[0]].max():.0f} W/K through opaque elements")
