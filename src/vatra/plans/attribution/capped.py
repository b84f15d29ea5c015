"""What caps change in the value of each action: exact for a dozen actions, sampled for more.

On the cells of a ``Part`` the engine and the sum of products differ where a cap binds. That
difference is a game of its own, among the actions that move those cells only. Up to twelve of them,
every set is evaluated. For more, orders are drawn in pairs, each with its reverse (antithetic), and
each action is credited with its mean step; the closed form of the products is the control, so that
only the difference is uncertain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import factorial

import numpy as np
import numpy.typing as npt

from vatra.plans.attribution.chains import Chains, Part
from vatra.plans.attribution.products import Bools, Floats
from vatra.plans.engine import evaluate

Integers = npt.NDArray[np.int64]

ENUMERATED_MAX = 12
PAIRS = 64
SEED = 20260104

# Numbers that an evaluation of many sets holds for each of its arrays.
_BLOCK = 500_000


@dataclass(frozen=True)
class Difference:
    """What caps on one part change in the emission an action adds [mg CO2e], P actions, T years.

    ``shapley``, ``first_in``, ``last_in``, ``standard_error`` [P, T]; the error is zero where
    every set was evaluated; ``joint`` [T] of all of them; ``pairs_count`` pairs of orders drawn,
    0 for none.
    """

    players: tuple[int, ...]
    shapley: Floats
    first_in: Floats
    last_in: Floats
    standard_error: Floats
    joint: Floats
    pairs_count: int


def differences(chains: Chains, pairs: int = PAIRS, seed: int = SEED) -> list[Difference]:
    """What caps change, part by part.

    Parameters
    ----------
    pairs : of orders to draw where more than ``ENUMERATED_MAX`` actions move a part, 2 or more
    seed : of the drawing
    """
    return [
        _enumerated(chains, part)
        if len(part.players) <= ENUMERATED_MAX
        else _sampled(chains, part, pairs, seed)
        for part in chains.parts
    ]


def _enumerated(chains: Chains, part: Part) -> Difference:
    players = part.players
    count = len(players)
    numbers = np.arange(2**count)
    sets = (numbers[:, None] >> np.arange(count)[None] & 1).astype(bool)
    gap = _gap(chains, part, sets)
    sizes = sets.sum(axis=1)
    weight_of_size = [
        factorial(size) * factorial(count - size - 1) / factorial(count) for size in range(count)
    ]
    shape = (count, gap.shape[1])
    value, first, last = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for p in range(count):
        without = numbers[~sets[:, p]]
        step = gap[without | 1 << p] - gap[without]
        weights = np.array(weight_of_size)[sizes[without]]
        value[p] = (step * weights[:, None]).sum(axis=0)
        first[p], last[p] = step[0], step[-1]
    return Difference(players, value, first, last, np.zeros(shape), gap[-1] - gap[0], 0)


def _sampled(chains: Chains, part: Part, pairs: int, seed: int) -> Difference:
    if pairs < 2:
        raise ValueError(f"{pairs} pairs of orders have no standard error; draw at least 2")
    players = part.players
    count = len(players)
    drawn = np.random.Generator(np.random.PCG64(seed)).random((pairs, count))
    forward = np.argsort(drawn, axis=1, kind="stable")
    steps = (_steps(chains, part, forward) + _steps(chains, part, forward[:, ::-1])) / 2
    error = steps.std(axis=0, ddof=1) / np.sqrt(pairs)
    alone = np.eye(count, dtype=bool)
    none = np.zeros((1, count), dtype=bool)
    ends = _gap(chains, part, np.concatenate([none, ~none, alone, ~alone]))
    first, last = ends[2 : count + 2] - ends[0], ends[1] - ends[count + 2 :]
    joint = ends[1] - ends[0]
    return Difference(players, steps.mean(axis=0), first, last, error, joint, pairs)


def _steps(chains: Chains, part: Part, orders: Integers) -> Floats:
    """Step of each action in each order [orders, P, T]."""
    pairs, count = orders.shape
    place = np.argsort(orders, axis=1)
    # Set number k of an order holds the actions that stand before place k.
    sets = place[:, None, :] < np.arange(count + 1)[None, :, None]
    gap = _gap(chains, part, sets.reshape(-1, count)).reshape(pairs, count + 1, -1)
    steps = np.diff(gap, axis=1)
    return np.take_along_axis(steps, place[:, :, None], axis=1)


def _gap(chains: Chains, part: Part, sets: Bools) -> Floats:
    """Engine less products on the cells of a part [M, T], for sets of its players [M, P]."""
    acting = np.zeros((len(sets), len(chains.needs)), dtype=bool)
    acting[:, part.players] = sets
    found = np.empty((len(sets), len(chains.at)))
    for start, block in _blocks(chains, acting):
        engine = evaluated_mg(chains, block, part.cells)
        found[start : start + len(block)] = engine - part.value(block)
    return found


def _blocks(chains: Chains, acting: Bools) -> Iterator[tuple[int, Bools]]:
    base = chains.model.base
    size = max(1, _BLOCK // max(base.amount.size, 1))
    for start in range(0, len(acting), size):
        yield start, acting[start : start + size]


def evaluated_mg(chains: Chains, acting: Bools, cells: tuple[int, ...]) -> Floats:
    """What the engine gives for sets of actions: emission of some cells [M, T].

    Parameters
    ----------
    acting : [M, A]
    cells : which to add
    """
    able = acting.copy()
    for i, needs in enumerate(chains.needs):
        able[:, i] &= acting[:, needs].all(axis=1)
    adoption = np.where(able.T[:, :, None], chains.inputs.adoption[:, None, :], 0.0)
    scales = (_beside(chains.inputs.amount_scale), _beside(chains.inputs.factor_scale))
    inputs = replace(
        chains.inputs, adoption=adoption, amount_scale=scales[0], factor_scale=scales[1]
    )
    emission = evaluate(chains.model, inputs).emission_mg
    return np.asarray(emission[list(cells)].sum(axis=0)[:, list(chains.at)])


def total_mg(chains: Chains, acting: Bools) -> Floats:
    """Emissions less sinks for sets of actions [M, T], caps included; ``acting`` is [M, A]."""
    found = np.zeros((len(acting), len(chains.at)))
    for each in chains.exact:
        found += each.value(acting)
    cells = tuple(n for part in chains.parts for n in part.cells)
    if cells:
        for start, block in _blocks(chains, acting):
            found[start : start + len(block)] += evaluated_mg(chains, block, cells)
    return found


def _beside(scale: Floats | float) -> Floats | float:
    """A scale of each cell [C, T] or year [T] made to spread over sets."""
    return scale[:, None, :] if isinstance(scale, np.ndarray) and scale.ndim == 2 else scale
