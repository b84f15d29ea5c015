"""What changes do to the columns of zones: transmittances, air change, setpoints of every state."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from vatra.plans.blocks.bulk.changes import KINDS, WINDOW, Changes
from vatra.plans.blocks.bulk.columns import Columns, Glass, Ints, Joints, Opaque
from vatra.plans.blocks.climate.climate import Floats


def opaque_u(opaque: Opaque, changes: Changes) -> Floats:
    """U of elements in every state [W/m2K], shape (elements, states)."""
    one, none = np.ones(changes.count), np.zeros(changes.count)
    scales = np.array([*(changes.scale(kind) for kind in KINDS), one])
    added = np.array([*(changes.added_m2k_w(kind) for kind in KINDS), none])
    scaled = opaque.u_w_m2k[:, None] * scales[opaque.kind]
    return np.asarray(1 / (1 / scaled + added[opaque.kind]))


def glass_u_g(glass: Glass, changes: Changes) -> tuple[Floats, Floats]:
    """U and g of windows in every state, each of shape (windows, states)."""
    present = glass.u_w_m2k[:, None] * changes.scale(WINDOW)
    u, g = changes.window_u_w_m2k, changes.window_g_share
    better = u < present
    replaced = (better | np.isnan(u)) & ~np.isnan(g)
    return np.where(better, u, present), np.where(replaced, g, glass.g_share[:, None])


def joints_w_k(joints: Joints, changes: Changes) -> Floats:
    """Conductance of bridges in every state [W/K], shape (bridges, states)."""
    if not joints.names:
        return np.zeros((0, changes.count))
    shares = np.array([changes.bridge(name) for name in joints.names])
    return np.asarray(joints.w_k[:, None] * shares[joints.name])


def air_change(zones: Columns, changes: Changes) -> tuple[Floats, Floats]:
    """Air change [1/h] and share of heat recovered in every state, shape (n, states)."""
    stated, kept = changes.air_change_per_h, changes.heat_recovery_share
    change = np.where(np.isnan(stated), zones.change_per_h[:, None], stated) * changes.air_scale
    return change, np.where(np.isnan(kept), zones.recovery_share[:, None], kept)


def heating_setpoint(zones: Columns, changes: Changes) -> tuple[Floats, Floats]:
    """Low of the setpoint and what the pattern adds at most in every state, (n, states)."""
    low = zones.heat_low_c[:, None] + zones.low_moves[:, None] * changes.inside_k
    return low, zones.heat_more_k[:, None] + zones.more_moves[:, None] * changes.inside_k


def summed(zone: Ints, weights: Floats, values: Floats, count: int) -> Floats:
    """Sums over the parts of each zone: ``weights`` (kinds of sum, parts), ``values`` (parts,
    states); shape (kinds of sum, count, states)."""
    kinds, parts = weights.shape
    rows = (np.arange(kinds)[:, None] * count + zone).ravel()
    places = np.tile(np.arange(parts), kinds)
    table = sp.csr_matrix((weights.ravel(), (rows, places)), shape=(kinds * count, parts))
    table.eliminate_zeros()
    return np.asarray(table @ values).reshape(kinds, count, -1)


def by_column(column: Ints, weights: Floats, count: int) -> Floats:
    """Weights of parts as one row for each column of sun, shape (count, parts)."""
    return np.where(np.arange(count)[:, None] == column, weights, 0.0)
