"""From what prices suggest to a choice that meets every demand, move by move."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from vatra.plans.quarter.demands import Problem
from vatra.plans.quarter.lagrange import Priced
from vatra.plans.quarter.menu import Floats, Ints

# How many packages of a block are looked at, the least dear first; how many picks are repaired.
_NEAR, _STARTS = 8, 6


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
        self.rows = np.asarray([row.values[rows, self.near] for row in of.rows])
        self.rows = self.rows.reshape(len(of.rows), *self.near.shape)
        self.most = np.asarray([row.most + row.tolerance for row in of.rows])

    def best(self) -> Ints | None:
        """The best choice that the picks on the way lead to, or None."""
        found: Ints | None = None
        for start in self.priced.picks[:_STARTS]:
            pick = self.feasible(start.copy())
            if pick is None:
                continue
            pick = self.improved(pick)
            if found is None or self.problem.value(pick) < self.problem.value(found):
                found = pick
        return found

    def feasible(self, pick: Ints) -> Ints | None:
        """Move blocks until no row is passed, each time where it helps most for its price."""
        passed = self._passed(self._totals(pick)[:, None, None])[0, 0]
        for _ in range(4 * len(pick)):
            if passed <= 0:
                break
            after = self._passed(self._after(pick))
            gain = passed - after
            dear = self.dear - self.priced.dear[self.at, pick][:, None]
            score = np.where(gain > 1e-12, gain / np.maximum(dear, 1e-9), -np.inf)
            score[self.shut] = -np.inf
            block, place = np.unravel_index(int(score.argmax()), score.shape)
            if not np.isfinite(score[block, place]):
                return None
            pick[block] = self.near[block, place]
            passed = self._passed(self._totals(pick)[:, None, None])[0, 0]
        return pick if self.problem.holds(pick) else None

    def improved(self, pick: Ints) -> Ints:
        """Move single blocks as long as the goal falls and every row holds."""
        for _ in range(4 * len(pick)):
            fall = self.problem.goal[self.at, pick][:, None] - self.goal
            fall[self.shut | (self._passed(self._after(pick)) > 0)] = -np.inf
            block, place = np.unravel_index(int(fall.argmax()), fall.shape)
            if fall[block, place] <= 1e-9 * max(1.0, abs(self.problem.goal).max()):
                break
            moved = pick.copy()
            moved[block] = self.near[block, place]
            if not self.problem.holds(moved):
                break
            pick = moved
        return pick

    def _totals(self, pick: Ints) -> Floats:
        return np.asarray([row.total(pick) for row in self.problem.rows])

    def _after(self, pick: Ints) -> Floats:
        """Totals of rows after each single move [R, n, near]."""
        own = np.asarray([row.values[self.at, pick] for row in self.problem.rows])
        own = own.reshape(len(self.rows), len(pick))
        return self._totals(pick)[:, None, None] + self.rows - own[:, :, None]

    def _passed(self, totals: Floats) -> Floats:
        """By how much rows are passed together, each in its own size."""
        over = np.maximum(totals - self.most[:, None, None], 0.0)
        return np.asarray((over / self.units[:, None, None]).sum(axis=0))
