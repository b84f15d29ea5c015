"""The modes of many networks at once: ``modes.modes`` over stacks of matrices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from vatra.plans.blocks.bulk.networks import Networks
from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.blocks.engines.modes import LEAST_RATE, MODE_COUNT


@dataclass(frozen=True, eq=False)
class ManyModes:
    """As ``modes.Modes`` of m networks: ``keep``, ``air`` (m, modes), ``gain`` (m, modes, inputs),
    ``air_by`` (m, inputs)."""

    keep: Floats
    gain: Floats
    air: Floats
    air_by: Floats


def many_modes(found: Networks) -> ManyModes:
    """The modes of every zone in every state, zone after zone."""
    n, p, nodes, inputs = found.b.shape
    all_k, all_b = found.k.reshape(n * p, nodes, nodes), found.b.reshape(n * p, nodes, inputs)
    k, b, air_from, direct = _without_mass(all_k, all_b, found.heavy)
    root = np.repeat(np.sqrt(found.c[:, found.heavy]), p, axis=0)
    rates, vectors = np.linalg.eigh(k / (root[:, :, None] * root[:, None, :]))
    rates = np.maximum(rates, LEAST_RATE)
    shapes = vectors / root[:, :, None]
    drive = shapes.swapaxes(1, 2) @ b
    air = (air_from[:, None, :] @ shapes)[:, 0]
    slow = -np.expm1(-rates) / rates
    order = _by_weight(rates, slow, air, drive, found.lost_w_k.reshape(-1))
    kept = np.sort(order[:, :MODE_COUNT], axis=1)
    quick = np.ones(rates.shape)
    np.put_along_axis(quick, kept, 0.0, axis=1)
    by = direct + ((air * quick / rates)[:, None, :] @ drive)[:, 0]
    return _hour(kept, rates, slow, drive, air, by)


def _without_mass(k: Floats, b: Floats, heavy: Any) -> tuple[Floats, Floats, Floats, Floats]:
    """Networks of the nodes with mass; the air from them (m, heavy) and from the inputs."""
    light = ~heavy
    to_heavy = k[:, light][:, :, heavy]
    solved = np.linalg.solve(
        k[:, light][:, :, light], np.concatenate([to_heavy, b[:, light]], axis=2)
    )
    back, direct = solved[..., : to_heavy.shape[2]], solved[..., to_heavy.shape[2] :]
    across = to_heavy.swapaxes(1, 2)
    heavy_k = k[:, heavy][:, :, heavy] - across @ back
    heavy_b = b[:, heavy] - across @ direct
    if not heavy[0]:
        return heavy_k, heavy_b, -back[:, 0], direct[:, 0]
    air = np.zeros((len(k), int(heavy.sum())))
    air[:, 0] = 1.0
    return heavy_k, heavy_b, air, np.zeros((len(k), b.shape[2]))


def _by_weight(rates: Floats, slow: Floats, air: Floats, drive: Floats, lost: Floats) -> Any:
    """Modes in the order of what the air would miss if they followed at once."""
    weights = np.repeat((10 * lost / 3)[:, None], drive.shape[2], axis=1)
    weights[:, 0], weights[:, 1] = 10.0, 0.0
    acting = (np.abs(drive) @ weights[:, :, None])[..., 0]
    return np.argsort(-(np.abs(air) * acting / rates * slow), axis=1, kind="stable")


def _hour(
    kept: Any, rates: Floats, slow: Floats, drive: Floats, air: Floats, by: Floats
) -> ManyModes:
    rates, slow, air = (np.take_along_axis(each, kept, axis=1) for each in (rates, slow, air))
    drive = np.take_along_axis(drive, kept[:, :, None], axis=1)
    mean_by = (air * (1 - slow) / rates)[:, None, :] @ drive
    return ManyModes(np.exp(-rates), slow[:, :, None] * drive, air * slow, by + mean_by[:, 0])
