"""Sums of products: every emission as terms in which each action either acts or does not.

A term is ``coefficient * prod_p (on_p if action p acts else off_p)``. Whatever a pathway does with
an action can be written so, because an action that acts twice is one that acts: the product of two
terms multiplies what an action leaves when it acts, and what it leaves when it does not. Of such a
sum the Shapley value is known in closed form. When every action acts with probability ``u``, all
independently, the expected value is ``prod_p ((1 - u) off_p + u on_p)`` (the multilinear extension:
G. Owen, Multilinear extensions of games, Management Science 18 (1972) 64-79), and

    Shapley of p = integral_0^1 coefficient (on_p - off_p) prod_{j != p} f_j du,
    f_j = (1 - u) off_j + u on_j,

a polynomial in u of degree n - 1 that Gauss-Legendre nodes, half as many as actions, integrate
exactly. The step of the first to act is the same expression at u = 0, that of the last at u = 1.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

# Numbers held at a time while nodes or sets are worked through.
_BLOCK = 1_000_000
_FIRST_AND_LAST = np.array([0.0, 1.0])


@dataclass(frozen=True)
class Products:
    """A sum of K products over P actions in T years.

    Attributes
    ----------
    players : positions of the actions, rising
    coefficient : [K, T]
    off, on : [P, K, T] what stands in the product while the action does not act, and when it does
    low, high : [T] bounds that the sum never leaves, whoever acts
    clipped : whether a limit was left out that some set of actions may reach
    """

    players: tuple[int, ...]
    coefficient: Floats
    off: Floats
    on: Floats
    low: Floats
    high: Floats
    clipped: bool = False

    def scaled(self, by: Floats | float) -> Products:
        """The sum times a number, or one of each year [T]."""
        low, high = self.low * by, self.high * by
        return Products(
            self.players,
            self.coefficient * by,
            self.off,
            self.on,
            np.minimum(low, high),
            np.maximum(low, high),
            self.clipped,
        )

    def spread(self, players: tuple[int, ...]) -> tuple[Floats, Floats]:
        """``off`` and ``on`` for more actions; those that are not in the sum leave it as it is."""
        if players == self.players:
            return self.off, self.on
        shape = (len(players), *self.coefficient.shape)
        off, on = np.ones(shape), np.ones(shape)
        where = [players.index(each) for each in self.players]
        off[where], on[where] = self.off, self.on
        return off, on

    def among(self, players: Collection[int]) -> Products:
        """The same sum, said to be moved by further actions too."""
        everyone = tuple(sorted({*self.players, *players}))
        off, on = self.spread(everyone)
        return replace(self, players=everyone, off=off, on=on)

    def times(self, other: Products) -> Products:
        """The product of two sums, without terms that are nothing whoever acts."""
        if not other.players and len(other.coefficient) == 1:
            return self.scaled(other.coefficient[0])
        if not self.players and len(self.coefficient) == 1:
            return other.scaled(self.coefficient[0])
        players = tuple(sorted({*self.players, *other.players}))
        shape = (len(self.coefficient), len(other.coefficient), self.coefficient.shape[1])
        factors = np.ones((2, len(players), *shape))
        mine = [players.index(each) for each in self.players]
        theirs = [players.index(each) for each in other.players]
        for both, one, two in zip(factors, (self.off, self.on), (other.off, other.on), strict=True):
            both[mine] = one[:, :, None]
            both[theirs] *= two[:, None]
        factors.shape = (2, len(players), -1, shape[-1])
        low, high = _bounds(self, other)
        found = Products(
            players,
            (self.coefficient[:, None] * other.coefficient).reshape(-1, shape[-1]),
            factors[0],
            factors[1],
            low,
            high,
            self.clipped or other.clipped,
        )
        return found.without_nothing() if len(found.coefficient) > 1 else found

    def without_nothing(self) -> Products:
        """The same sum without terms that are zero in every year whoever acts."""
        dead = ((self.off == 0) & (self.on == 0)).any(axis=0) | (self.coefficient == 0)
        kept = ~dead.all(axis=1)
        if kept.all():
            return self
        return replace(
            self,
            coefficient=self.coefficient[kept],
            off=self.off[:, kept],
            on=self.on[:, kept],
        )

    def value(self, acting: Bools) -> Floats:
        """The sum for sets of actions.

        Parameters
        ----------
        acting : [M, A] whether each of all actions acts

        Returns
        -------
        [M, T]
        """
        found = np.empty((len(acting), self.coefficient.shape[1]))
        size = max(1, _BLOCK // max(self.coefficient.size, 1))
        for start in range(0, len(acting), size):
            block = acting[start : start + size]
            term = np.broadcast_to(self.coefficient, (len(block), *self.coefficient.shape))
            for player, off, on in zip(self.players, self.off, self.on, strict=True):
                term = term * np.where(block[:, player, None, None], on, off)
            found[start : start + size] = term.sum(axis=1)
        return found

    def step(self, nodes: Floats) -> Floats:
        """Expected step [Q, P, T] of each action when each other one acts with ``nodes`` [Q]."""
        if not self.players:
            return np.zeros((len(nodes), 0, self.coefficient.shape[1]))
        found = np.empty((len(nodes), len(self.players), self.coefficient.shape[1]))
        change = self.on - self.off
        size = max(1, _BLOCK // max(self.on.size, 1))
        for start in range(0, len(nodes), size):
            u = nodes[start : start + size, None, None, None]
            others = _product_of_others(self.off + u * change)
            found[start : start + size] = (others * (change * self.coefficient)).sum(axis=2)
        return found

    def ends(self) -> Floats:
        """The sum when no action acts and when all do [2, T]."""
        found = np.empty((2, self.coefficient.shape[1]))
        for end, factors in zip(found, (self.off, self.on), strict=True):
            end[:] = (factors.prod(axis=0) * self.coefficient).sum(axis=0)
        return found

    def values(self) -> tuple[Floats, Floats, Floats]:
        """Shapley value, first and last step of each action [P, T], exactly."""
        nodes, weights = unit_nodes((len(self.players) + 1) // 2 or 1)
        steps = self.step(np.concatenate([nodes, _FIRST_AND_LAST]))
        return (steps[:-2] * weights[:, None, None]).sum(axis=0), steps[-2], steps[-1]


def _bounds(one: Products, two: Products) -> tuple[Floats, Floats]:
    """Bounds of a product, whatever the signs of its members."""
    first, last = one.low * two.low, one.high * two.high
    mixed, other = one.low * two.high, one.high * two.low
    return (
        np.minimum(np.minimum(first, last), np.minimum(mixed, other)),
        np.maximum(np.maximum(first, last), np.maximum(mixed, other)),
    )


def _product_of_others(factors: Floats) -> Floats:
    """Product over axis 1 without each of its members; a zero among them does no harm."""
    before, after = np.ones_like(factors), np.ones_like(factors)
    np.cumprod(factors[:, :-1], axis=1, out=before[:, 1:])
    np.cumprod(factors[:, :0:-1], axis=1, out=after[:, -2::-1])
    before *= after
    return before


def constant(value: Floats | float, years: int) -> Products:
    """A number of each year that no action moves."""
    coefficient = np.broadcast_to(np.asarray(value, dtype=np.float64), (1, years)).copy()
    nothing = np.empty((0, 1, years))
    return Products((), coefficient, nothing, nothing, coefficient[0], coefficient[0])


def single(player: int, off: Floats | float, on: Floats | float, years: int) -> Products:
    """What one action leaves: ``off`` while it does not act, ``on`` when it does."""
    both = np.empty((2, 1, 1, years))
    both[0], both[1] = off, on
    return Products(
        (player,), np.ones((1, years)), both[0], both[1],
        both.min(axis=0)[0, 0], both.max(axis=0)[0, 0],
    )  # fmt: skip


def added(sums: Iterable[Products], years: int) -> Products:
    """Several sums as one; none of them gives a sum without terms."""
    parts = [each for each in sums if len(each.coefficient)]
    if len(parts) == 1:
        return parts[0]
    players = tuple(sorted({player for each in parts for player in each.players}))
    if not parts:
        nothing, zero = np.empty((0, 0, years)), np.zeros(years)
        return Products((), np.empty((0, years)), nothing, nothing, zero, zero)
    spread = [each.spread(players) for each in parts]
    return Products(
        players,
        np.concatenate([each.coefficient for each in parts]),
        np.concatenate([off for off, _ in spread], axis=1),
        np.concatenate([on for _, on in spread], axis=1),
        np.sum([each.low for each in parts], axis=0),
        np.sum([each.high for each in parts], axis=0),
        any(each.clipped for each in parts),
    )


def multiplied(sums: Sequence[Products], years: int) -> Products:
    """The product of several sums; of none, one."""
    if not sums:
        return constant(1.0, years)
    found = sums[0]
    for each in sums[1:]:
        found = found.times(each)
    return found


@cache
def unit_nodes(count: int) -> tuple[Floats, Floats]:
    """Gauss-Legendre nodes and weights on [0, 1]: exact for polynomials to degree 2 count - 1."""
    nodes, weights = np.polynomial.legendre.leggauss(count)
    found = (nodes + 1.0) / 2.0, weights / 2.0
    for each in found:
        each.flags.writeable = False
    return found
