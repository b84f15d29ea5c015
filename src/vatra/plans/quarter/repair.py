"""From what prices suggest to a choice that meets every demand, move by move."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from vatra.plans.quarter.demands import Problem
from vatra.plans.quarter.lagrange import Priced
from vatra.plans.quarter.menu import Floats, Ints

# How many packages of a block are looked at, the least dear first; how many picks are repaired.
_NEAR, _STARTS = 8, 6
# Each round moves any number of blocks; a few are usual.
_MOST_ROUNDS = 200


@dataclass
class Repair:
    """Moves of single blocks within the packages that prices find least dear."""

    problem: Problem
    priced: Priced
    at: Ints = field(init=False)

    def __post_init__(self) -> None:
        of, dear = self.problem, self.priced.dear
        count = min(_NEAR, dear.shape[1])
        self.near = np.argpartition(dear, count - 1, axis=1)[:, :count]
        self.at = np.arange(len(dear))
        rows = self.at[:, None]
        self.shut = ~np.isfinite(dear[rows, self.near])
        self.goal = of.goal[rows, self.near]
        self.dear = np.where(self.shut, np.inf, dear[rows, self.near])
        self.units = np.asarray([np.abs(row.values).mean() or 1.0 for row in of.rows])
        self.own = np.asarray([row.values for row in of.rows]).reshape(-1, *dear.shape)
        self.rows = self.own[:, rows, self.near]
        self.most = np.asarray([row.most + row.tolerance for row in of.rows])

    def best(self, close: float = 0.0) -> Ints | None:
        """The best choice that the picks on the way lead to, or None; ``close`` to the bound is
        near enough."""
        found: Ints | None = None
        for start in self.priced.picks[:_STARTS]:
            pick = self.feasible(start.copy())
            if pick is None:
                continue
            pick = self.improved(pick)
            if found is None or self.problem.value(pick) < self.problem.value(found):
                found = pick
            if self.problem.value(found) - self.priced.bound <= close:
                break
        return found

    def feasible(self, pick: Ints) -> Ints | None:
        """Move blocks until no row is passed, first where it helps most for its price."""
        for _ in range(_MOST_ROUNDS):
            totals = self._totals(pick)
            passed = self._passed(totals)
            if passed <= 0:
                break
            gain = passed - self._passed_after(pick)
            dear = self.dear - self.priced.dear[self.at, pick][:, None]
            score = np.where(gain > 1e-12, gain / np.maximum(dear, 1e-9), -np.inf)
            score[self.shut] = -np.inf
            if not self._take(pick, totals, score, feasible=False):
                return None
        return pick if self.problem.holds(pick) else None

    def improved(self, pick: Ints) -> Ints:
        """Move single blocks as long as the goal falls and every row holds."""
        least = 1e-9 * max(1.0, float(np.abs(self.problem.goal).max()))
        for _ in range(_MOST_ROUNDS):
            fall = self.problem.goal[self.at, pick][:, None] - self.goal
            fall[self.shut | (fall <= least) | (self._passed_after(pick) > 0)] = -np.inf
            moved = pick.copy()
            if not self._take(moved, self._totals(pick), fall, feasible=True):
                break
            if not self.problem.holds(moved):
                break
            pick = moved
        return pick

    def _take(self, pick: Ints, totals: Floats, score: Floats, *, feasible: bool) -> bool:
        """The best move of each block in the order of their scores, one after the other.

        To improve, moves are taken that pass no row; to become feasible, those that lower what is
        passed, until nothing is. Whether any was taken.
        """
        places = score.argmax(axis=1)
        best = score[self.at, places]
        passed, taken = self._passed(totals), False
        for block in np.argsort(-best, kind="stable"):
            if not np.isfinite(best[block]) or (not feasible and passed <= 0):
                break
            place = int(places[block])
            own = self.own[:, block, pick[block]]
            tried = totals + self.rows[:, block, place] - own
            then = self._passed(tried)
            if then > 0 if feasible else then >= passed:
                continue
            pick[block], totals, passed, taken = self.near[block, place], tried, then, True
        return taken

    def _totals(self, pick: Ints) -> Floats:
        return self.own[:, self.at, pick].sum(axis=1)

    def _passed(self, totals: Floats) -> float:
        """By how much rows are passed together, each in its own size."""
        return float((np.maximum(totals - self.most, 0.0) / self.units).sum())

    def _passed_after(self, pick: Ints) -> Floats:
        """What is passed after each single move [n, near]."""
        room = self._totals(pick) - self.most
        found = np.zeros(self.near.shape)
        for place in range(len(self.rows)):
            moved = self.rows[place] - self.own[place, self.at, pick][:, None]
            found += np.maximum(moved + room[place], 0.0) / self.units[place]
        return found
