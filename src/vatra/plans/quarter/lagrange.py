"""A bound that holds for any choice: demands on all blocks turned into prices.

With a price on every row, each block chooses for itself, and what they choose together costs no
more than any choice that meets the rows: a lower bound. The best prices are sought by cutting
planes within a box around the best so far (Kelley 1960; Marsten, Hogan, Blankenship, "The boxstep
method for large-scale optimization", Operations Research 23, 1975). As each block has one package
and no more, the best bound is that of the linear programme.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from vatra.plans.quarter.demands import Problem
from vatra.plans.quarter.menu import Floats, Ints

_MOST_ROUNDS = 300
_CLOSE = 1e-10
# What rounding of floats may do to a bound, as a share of the sizes added.
_ROUNDING = 1e-12
_FIRST_BOX, _WIDER, _NARROWER, _WIDEST = 1.0, 2.0, 0.5, 1e12


@dataclass(frozen=True, eq=False)
class Priced:
    """``bound`` of the goal, ``dear`` [n, p] what each package costs above the best of its block at
    the best prices, ``picks`` what blocks chose on the way, the last first.

    ``impossible``: no choice meets the rows, proved by the bound.
    """

    bound: float
    dear: Floats
    picks: tuple[Ints, ...]
    impossible: bool
    rounds_count: int


@dataclass
class _Scaled:
    """Goal and rows in sizes about one; what is closed is infinitely dear."""

    problem: Problem
    unit: float = field(init=False)
    units: Floats = field(init=False)

    def __post_init__(self) -> None:
        of = self.problem
        self.shut = ~of.open
        self.unit = _size(of.goal)
        self.units = np.asarray([_size(row.values) for row in of.rows])
        self.goal = of.goal / self.unit
        self.rows = [row.values / unit for row, unit in zip(of.rows, self.units, strict=True)]
        most = [row.most + row.tolerance for row in of.rows]
        self.most = np.asarray(most) / self.units
        self.at = np.arange(len(of.goal))

    def choose(self, prices: Floats) -> tuple[float, Floats, Ints]:
        """The bound at prices [R], priced costs [n, p] and what each block takes [n]."""
        priced = self.goal.copy()
        for price, row in zip(prices, self.rows, strict=True):
            if price:
                priced += price * row
        priced[self.shut] = np.inf
        pick = priced.argmin(axis=1)
        least = priced[self.at, pick]
        return float(least.sum() - prices @ self.most), priced, pick

    def parts(self, pick: Ints) -> tuple[float, Floats]:
        """The goal of a pick and by how much it passes each row [R]."""
        over = np.asarray([row[self.at, pick].sum() for row in self.rows]) - self.most
        return float(self.goal[self.at, pick].sum()), over

    def ceiling(self) -> float:
        """More than any choice can come to."""
        return float(np.where(self.shut, -np.inf, self.goal).max(axis=1).sum())


def price(problem: Problem) -> Priced:
    """The best prices of a problem's rows; every block must have something open."""
    scaled = _Scaled(problem)
    count = len(problem.rows)
    best = np.zeros(count)
    value, priced, pick = scaled.choose(best)
    model, picks, box, rounds = _Model(count), [pick], _FIRST_BOX, 0
    model.cut(*scaled.parts(pick))
    ceiling, impossible = scaled.ceiling(), False
    # Without rows each block's own best is the answer.
    while count and rounds < _MOST_ROUNDS and not impossible:
        rounds += 1
        hoped, prices = model.solve(best, box)
        if hoped - value <= _CLOSE * max(1.0, abs(value)):
            break
        tried, found, pick = scaled.choose(prices)
        model.cut(*scaled.parts(pick))
        picks.append(pick)
        if tried > value:
            far = bool(np.isclose(np.abs(prices - best).max(), box))
            best, value, priced = prices, tried, found
            box = min(box * _WIDER, _WIDEST) if far else box
        else:
            box = max(box * _NARROWER, 1e-9)
        impossible = value > ceiling + 1e-6 * max(1.0, abs(ceiling))
    dear = (priced - priced.min(axis=1, keepdims=True)) * scaled.unit
    slack = _ROUNDING * float(np.abs(scaled.goal).max(axis=1).sum() + np.abs(best) @ np.abs(
        scaled.most
    ))  # fmt: skip
    return Priced((value - slack) * scaled.unit, dear, tuple(_distinct(picks)), impossible, rounds)


def _distinct(picks: list[Ints]) -> list[Ints]:
    found = {each.tobytes(): each for each in reversed(picks)}
    return list(found.values())


def _size(values: Floats) -> float:
    return float(np.abs(values).mean()) or 1.0


class _Model:
    """What the cuts so far know: the concave bound from above, over prices zero or more."""

    def __init__(self, count: int) -> None:
        from highspy import Highs

        solver: Any = Highs
        self.highs: Any = solver()
        for name, value in (("output_flag", False), ("threads", 1), ("random_seed", 1)):
            self.highs.setOptionValue(name, value)
        self.count = count
        infinity = self.highs.getInfinity()
        cost = np.zeros(count + 1)
        cost[0] = -1.0
        lower = np.concatenate([[-infinity], np.zeros(count)])
        upper = np.full(count + 1, infinity)
        self.highs.addCols(count + 1, cost, lower, upper, 0, [], [], [])
        self.infinity = infinity

    def cut(self, goal: float, over: Floats) -> None:
        """``theta <= goal + prices . over``."""
        index = np.arange(self.count + 1, dtype=np.int32)
        value = np.concatenate([[1.0], -over])
        self.highs.addRow(-self.infinity, goal, len(index), index, value)

    def solve(self, centre: Floats, box: float) -> tuple[float, Floats]:
        """The highest the bound may be within a box around prices, and where."""
        index = np.arange(1, self.count + 1, dtype=np.int32)
        low, high = np.maximum(centre - box, 0.0), centre + box
        self.highs.changeColsBounds(self.count, index, low, high)
        self.highs.run()
        values = np.asarray(self.highs.getSolution().col_value)
        return float(values[0]), np.maximum(values[1:], 0.0)
