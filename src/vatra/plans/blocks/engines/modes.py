"""A network told in its own modes: few of them move, the quick ones follow at once.

``T = V z``, each z on its own: ``dz/dt = -rate z + drive u``. Within an hour in which u is steady
that is exact. Modes that the air hardly feels beyond the hour are kept in the steady state, so
that a steady climate gives the same as the whole network.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.blocks.engines.modal_network import Nodes

MODE_COUNT = 8
LEAST_RATE = 1e-9


@dataclass(frozen=True, eq=False)
class Modes:
    """Coefficients of an hour for ``m`` modes and ``i`` inputs, the last of which is the heat to
    the air.

    ``keep`` (m): what remains of a mode after the hour; ``gain`` (m, i): what inputs add to it;
    ``air`` (m), ``air_by`` (i): mean air of the hour from the modes at its begin and the inputs;
    ``lost`` (m), ``lost_by`` (i): heat lost; ``held`` (m): heat held by the mass [Wh], none
    by quick modes.
    """

    keep: Floats
    gain: Floats
    air: Floats
    air_by: Floats
    lost: Floats
    lost_by: Floats
    held: Floats


def modes(network: Nodes, mode_count: int = MODE_COUNT, weights: Floats | None = None) -> Modes:
    """The modes of a network that matter most to its air.

    ``weights``: how much each input moves, shape (inputs,); by default a climate of 10 K and heats
    that balance it.
    """
    heavy = network.c > 0
    back, direct, k, b = _without_mass(network, heavy)
    root = np.sqrt(network.c[heavy])
    rates, vectors = np.linalg.eigh(k / np.outer(root, root))
    # A zone that nothing leads out of has a mode that never fades.
    rates = np.maximum(rates, LEAST_RATE)
    shapes = vectors / root[:, None]
    drive = shapes.T @ b
    everywhere = back @ shapes
    moves = default_weights(network) if weights is None else weights
    order = _by_weight(rates, everywhere[0], drive, moves)
    kept, quick = np.sort(order[:mode_count]), order[mode_count:]
    reading = np.stack([everywhere[0], network.lost @ everywhere, network.c @ everywhere])
    by = np.stack([direct[0], network.lost @ direct - network.lost_by])
    by += (reading[:2, quick] / rates[quick]) @ drive[quick]
    return _hour(rates[kept], drive[kept], reading[:, kept], by)


def _without_mass(network: Nodes, heavy: np.ndarray) -> tuple[Floats, Floats, Floats, Floats]:
    """All temperatures from those with mass (``back``) and the inputs (``direct``); the network of
    the nodes with mass."""
    count = len(network.c)
    back, direct = np.zeros((count, heavy.sum())), np.zeros((count, network.input_count))
    back[heavy] = np.eye(heavy.sum())
    light = ~heavy
    k_light = network.k[np.ix_(light, light)]
    to_heavy = network.k[np.ix_(light, heavy)]
    back[light] = -np.linalg.solve(k_light, to_heavy)
    direct[light] = np.linalg.solve(k_light, network.b[light])
    k = network.k[np.ix_(heavy, heavy)] + to_heavy.T @ back[light]
    b = network.b[heavy] - to_heavy.T @ direct[light]
    return back, direct, k, b


def default_weights(network: Nodes) -> Floats:
    """How much each input moves where nobody says: 10 K outdoors, and heats that balance them."""
    heat_w = 10 * network.lost.sum() / 3
    weights = np.full(network.input_count, heat_w)
    weights[0] = 10.0
    # A steady input moves nothing.
    weights[1] = 0.0
    return weights


def _by_weight(rates: Floats, air: Floats, drive: Floats, weights: Floats) -> np.ndarray:
    """Modes by what the air would miss if they followed at once: their share of the answer, as
    far as it is not over within the hour."""
    slow = (1 - np.exp(-rates)) / rates
    missed = np.abs(air)[:, None] * np.abs(drive) * weights / rates[:, None] * slow[:, None]
    return np.argsort(-missed.sum(axis=1), kind="stable")


def _hour(rates: Floats, drive: Floats, reading: Floats, by: Floats) -> Modes:
    keep = np.exp(-rates)
    slow = -np.expm1(-rates) / rates
    gain = slow[:, None] * drive
    # Mean over the hour: of what was there, and of what comes in.
    mean, mean_by = slow, ((1 - slow) / rates)[:, None] * drive
    air_by, lost_by = (by[n] + reading[n] @ mean_by for n in (0, 1))
    return Modes(
        keep,
        gain,
        reading[0] * mean,
        air_by,
        reading[1] * mean,
        lost_by,
        reading[2],
    )
