"""Several effects on one factor: what is left of it, and through which effect the rest went.

Effects on the same factor are players that leave one after the other. What is left does not depend
on the order; the share that leaves through each is the mean over all orders, so that nothing is
counted twice and no order has to be invented.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from vatra.plans.engine.actions import Effect
from vatra.plans.engine.base import Floats


@dataclass(frozen=True)
class Combined:
    """``left`` of the factor, 0 to 1; ``gone`` through each effect, in their order.

    ``left + sum(gone) = 1``. ``clipped`` when shares that exclude each other summed to more than 1.
    """

    left: Floats
    gone: list[Floats]
    clipped: bool = False


def combined(effects: Sequence[Effect], shares: Sequence[Floats], split: bool = True) -> Combined:
    """Combine the shares that effects remove of one factor.

    Parameters
    ----------
    effects : their ``group``, ``combine`` and ``potential_share`` say how they meet
    shares : of each effect, 0 to 1, of one shape
    split : whether to work out through which effect the rest went; ``gone`` is empty otherwise
    """
    if len(effects) == 1 and effects[0].combine != "capped":
        return Combined(1.0 - shares[0], [shares[0]] if split else [])
    groups = _groups(effects)
    found = [
        _group([effects[i] for i in each], [shares[i] for i in each], split) for each in groups
    ]
    left = np.prod([each.left for each in found], axis=0)
    clipped = any(each.clipped for each in found)
    if not split:
        return Combined(left, [], clipped)
    wholes = competing([1.0 - each.left for each in found])
    gone: list[Floats] = [shares[0]] * len(effects)
    for members, part, whole in zip(groups, found, wholes, strict=True):
        own = 1.0 - part.left
        scale = np.divide(whole, own, out=np.zeros_like(own), where=own > 0)
        for member, share in zip(members, part.gone, strict=True):
            gone[member] = share * scale
    return Combined(left, gone, clipped)


def _groups(effects: Sequence[Effect]) -> list[list[int]]:
    """Positions of effects that meet in a group; every other one stands alone."""
    named: dict[str, list[int]] = {}
    for position, effect in enumerate(effects):
        alone = effect.combine == "product" or not effect.group
        named.setdefault(f"\0{position}" if alone else effect.group, []).append(position)
    return list(named.values())


def _group(effects: Sequence[Effect], shares: Sequence[Floats], split: bool) -> Combined:
    how = effects[0].combine
    if how == "capped":
        return _capped(min(each.potential_share for each in effects), shares)
    if len(effects) == 1:
        return Combined(1.0 - shares[0], [shares[0]])
    if how == "exclusive":
        return _exclusive(shares)
    if how == "nested":
        return _nested(shares, split)
    gone = competing(shares) if split else []
    return Combined(np.prod([1.0 - each for each in shares], axis=0), gone)


def _exclusive(shares: Sequence[Floats]) -> Combined:
    """They serve different parts of one stock; together never more than all of it."""
    total = np.sum(shares, axis=0)
    over = np.maximum(total, 1.0)
    gone = [each / over for each in shares]
    return Combined(1.0 - total / over, gone, bool((total > 1.0 + 1e-12).any()))


def _nested(shares: Sequence[Floats], split: bool) -> Combined:
    """The smaller lies within the larger; a layer is shared by all that cover it.

    The sharing is the Shapley value of the airport game (Littlechild and Owen 1973).
    """
    left = 1.0 - np.max(shares, axis=0)
    if not split:
        return Combined(left, [])
    stacked = np.stack(shares)
    order = np.argsort(stacked, axis=0, kind="stable")
    ranked = np.take_along_axis(stacked, order, axis=0)
    steps = np.diff(ranked, axis=0, prepend=np.zeros_like(ranked[:1]))
    covering = np.arange(len(shares), 0, -1).reshape(-1, *[1] * (ranked.ndim - 1))
    owed = np.cumsum(steps / covering, axis=0)
    gone = np.empty_like(stacked)
    np.put_along_axis(gone, order, owed, axis=0)
    return Combined(left, list(gone))


def _capped(potential: float, shares: Sequence[Floats]) -> Combined:
    """All of them address the same part P of the factor: 1 - P + P prod(1 - x / P)."""
    if potential <= 0:
        return Combined(np.ones_like(shares[0]), [np.zeros_like(each) for each in shares])
    inner = [np.minimum(each / potential, 1.0) for each in shares]
    left = 1.0 - potential + potential * np.prod([1.0 - each for each in inner], axis=0)
    clipped = any(bool((each > potential * (1 + 1e-12)).any()) for each in shares)
    return Combined(left, [potential * each for each in competing(inner)], clipped)


def competing(shares: Sequence[Floats]) -> list[Floats]:
    """Share that leaves through each when all orders of leaving are equally likely.

    ``w_i = x_i * integral over u of prod_{j != i} (1 - u x_j)``, a polynomial of degree n - 1,
    which Gauss-Legendre nodes integrate exactly; the sum is ``1 - prod(1 - x_j)``.
    """
    if len(shares) == 1:
        return [shares[0]]
    if len(shares) == 2:
        first, second = shares
        overlap = 0.5 * first * second
        return [first - overlap, second - overlap]
    gone = [np.zeros_like(each) for each in shares]
    for node, weight in zip(*unit_nodes((len(shares) + 1) // 2), strict=True):
        stays = [1.0 - node * each for each in shares]
        whole = np.prod(stays, axis=0)
        for position, stay in enumerate(stays):
            gone[position] += weight * whole / stay
    return [share * each for share, each in zip(shares, gone, strict=True)]


@cache
def unit_nodes(count: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Gauss-Legendre nodes and weights on [0, 1]: exact to degree ``2 count - 1``."""
    nodes, weights = np.polynomial.legendre.leggauss(count)
    return tuple((nodes + 1.0) / 2.0), tuple(weights / 2.0)
