"""What caps change in the value of each action: exact for a dozen actions, sampled for more.

What a cap leaves, beyond the sum of products, is a game of its own, among the actions that move its
cells only; where it has no closed form, the engine is asked. Up to twelve actions, every set is
evaluated. For more, orders are drawn in pairs, each with its reverse (antithetic), and each action
is credited with its mean step; the closed form of the products is the control, so that only the
difference is uncertain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from math import factorial

import numpy as np
import numpy.typing as npt

from vatra.plans.attribution.chains import Chains
from vatra.plans.attribution.parts import Part
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
    """What caps change in the emission an action adds [mg CO2e], P actions, T years.

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
    """What caps change, cap by cap.

    Parameters
    ----------
    pairs : of orders to draw where more than ``ENUMERATED_MAX`` actions move a cap, 2 or more
    seed : of the drawing
    """
    games = []
    for part in chains.parts:
        games += [Game(chains, each.players, each.excess) for each in part.caps]
        if part.players:
            games.append(Game(chains, part.players, partial(_gap, chains, part)))
    return [
        enumerated(each) if len(each.players) <= ENUMERATED_MAX else sampled(each, pairs, seed)
        for each in games
    ]


@dataclass(frozen=True)
class Game:
    """A figure [M, T] for sets of all actions [M, A] that only ``players`` move."""

    chains: Chains
    players: tuple[int, ...]
    figure: Callable[[Bools], Floats]

    def __call__(self, sets: Bools) -> Floats:
        """The figure for sets of the players [M, P]."""
        acting = np.zeros((len(sets), len(self.chains.needs)), dtype=bool)
        acting[:, self.players] = sets
        found = np.empty((len(sets), len(self.chains.at)))
        for start, block in _blocks(self.chains, acting):
            found[start : start + len(block)] = self.figure(block)
        return found


def enumerated(game: Game) -> Difference:
    """Divide a game by every set of its players."""
    count = len(game.players)
    numbers = np.arange(2**count)
    sets = (numbers[:, None] >> np.arange(count)[None] & 1).astype(bool)
    figure = game(sets)
    sizes = sets.sum(axis=1)
    weight_of_size = np.array(
        [factorial(size) * factorial(count - size - 1) / factorial(count) for size in range(count)]
    )
    shape = (count, figure.shape[1])
    value, first, last = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for p in range(count):
        without = numbers[~sets[:, p]]
        step = figure[without | 1 << p] - figure[without]
        value[p] = (step * weight_of_size[sizes[without]][:, None]).sum(axis=0)
        first[p], last[p] = step[0], step[-1]
    joint = figure[-1] - figure[0]
    return Difference(game.players, value, first, last, np.zeros(shape), joint, 0)


def sampled(game: Game, pairs: int, seed: int) -> Difference:
    """Divide a game by pairs of an order and its reverse.

    A pair is exact where actions meet two by two only; the error is that of the mean over pairs.
    Raises ``ValueError`` for fewer than two pairs.
    """
    if pairs < 2:
        raise ValueError(f"{pairs} pairs of orders have no standard error; draw at least 2")
    count = len(game.players)
    drawn = np.random.Generator(np.random.PCG64(seed)).random((pairs, count))
    forward = np.argsort(drawn, axis=1, kind="stable")
    steps = (_steps(game, forward) + _steps(game, forward[:, ::-1])) / 2
    error = steps.std(axis=0, ddof=1) / np.sqrt(pairs)
    alone = np.eye(count, dtype=bool)
    none = np.zeros((1, count), dtype=bool)
    ends = game(np.concatenate([none, ~none, alone, ~alone]))
    first, last = ends[2 : count + 2] - ends[0], ends[1] - ends[count + 2 :]
    joint = ends[1] - ends[0]
    return Difference(game.players, steps.mean(axis=0), first, last, error, joint, pairs)


def _steps(game: Game, orders: Integers) -> Floats:
    """Step of each action in each order [orders, P, T]."""
    pairs, count = orders.shape
    place = np.argsort(orders, axis=1)
    # Set number k of an order holds the actions that stand before place k.
    sets = place[:, None, :] < np.arange(count + 1)[None, :, None]
    figure = game(sets.reshape(-1, count)).reshape(pairs, count + 1, -1)
    return np.take_along_axis(np.diff(figure, axis=1), place[:, :, None], axis=1)


def _gap(chains: Chains, part: Part, acting: Bools) -> Floats:
    """Engine less what is known in closed form, on the cells of a part [M, T]."""
    return evaluated_mg(chains, acting, part.cells) - part.value(acting)


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
    for part in chains.parts:
        if not part.players:
            found += part.value(acting)
    cells = tuple(n for part in chains.parts if part.players for n in part.cells)
    if cells:
        for start, block in _blocks(chains, acting):
            found[start : start + len(block)] += evaluated_mg(chains, block, cells)
    return found


def _beside(scale: Floats | float) -> Floats | float:
    """A scale of each cell [C, T] or year [T] made to spread over sets."""
    return scale[:, None, :] if isinstance(scale, np.ndarray) and scale.ndim == 2 else scale
