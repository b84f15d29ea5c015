"""Plans in order: which is allowed, which is better, and which moves lead from one to a better."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.engine import Floats
from vatra.plans.portfolio.exact import CENTS_PER_EUR_MILLION, Oracle
from vatra.plans.portfolio.funding import Lightener
from vatra.plans.portfolio.milp import Clock
from vatra.plans.portfolio.options import Ints
from vatra.plans.portfolio.problem import TOLERANCE, Problem
from vatra.plans.portfolio.terms import Terms, moved_values

# Digits of goals (shares of the base, EUR million) that tell plans apart.
_DIGITS = 9
# Pairs of moves judged exactly before a plan counts as polished.
_MOST_PAIRS = 8192
_PAIRS_AT_ONCE = 2048
# Later goals weigh little when pairs of moves are ranked; below this a gain is rounding.
_NEXT_GOAL = 1e-5
_LEAST_GAIN = 1e-9


@dataclass(frozen=True)
class Ranked:
    """An allowed plan with its exact figures [Q], the values of all goals and its order."""

    pick: Ints
    figures: Floats
    goals: Floats
    key: tuple[float, ...]


class Ranking:
    """Keeps the best allowed plan offered so far, and the one nearest to being allowed."""

    def __init__(self, problem: Problem, oracle: Oracle) -> None:
        self.problem, self.oracle = problem, oracle
        self.best: Ranked | None = None
        self.nearest = problem.options.nothing
        self._nearest_key: tuple[float, ...] = (np.inf,)
        self.lightener = Lightener(problem)
        weights = problem.goals[0].excess_of if problem.goals else {}
        self.weights = np.array([weights.get(row.family, 0.0) for row in problem.rows])
        self.elastic = self.weights > 0
        self.linear = np.array([row.figures is None for row in problem.rows], dtype=bool)
        self.scale = np.array([max(abs(row.most), 1e-6) for row in problem.rows])
        capital = problem.measures.costs.capex_cents.sum(axis=(1, 2)) / CENTS_PER_EUR_MILLION
        # Between plans equal in every goal: the cheaper, then the one that does less.
        self.ties = (capital, problem.options.adoption.sum(axis=1))

    # judging

    def offer(self, picks: Ints) -> bool:
        """Judge plans [D, A] by the exact engine; whether one is the best so far."""
        picks = self._by_linear_rows(picks)
        if not len(picks):
            return False
        figures = self.oracle.values(picks)
        passed = self.problem.passed(picks, figures)
        keys = self._keys(picks, figures, passed)
        order = np.lexsort(keys.T[::-1])
        self._note_nearest(picks, passed, keys)
        for d in order:
            key = tuple(keys[d])
            if self.best is not None and key >= self.best.key:
                return False
            if self._allowed(picks[d], passed[d]):
                goals = self._goals(picks[d : d + 1], figures[d : d + 1], passed[d : d + 1])[0]
                self.best = Ranked(picks[d].copy(), figures[d], goals, key)
                return True
        return False

    def _by_linear_rows(self, picks: Ints) -> Ints:
        """Leave out plans that limits of money, staff and order forbid, whatever they emit."""
        hard = self.linear & ~self.elastic & ~self.lightener.lightens
        if self.best is None or not hard.any():
            return picks
        allowed = np.ones(len(picks), dtype=bool)
        for r in np.flatnonzero(hard):
            row = self.problem.rows[r]
            over = row.values(picks, np.zeros((len(picks), 0))) - row.most
            allowed &= over <= TOLERANCE * max(abs(row.most), 1.0)
        return picks[allowed]

    def _allowed(self, pick: Ints, passed: Floats) -> bool:
        hard = ~self.elastic
        if not passed[hard].any():
            return True
        if passed[hard & ~self.lightener.lightens].any():
            return False
        return self.lightener.excess(pick, np.where(hard, passed, 0.0)) == 0.0

    def _goals(self, picks: Ints, figures: Floats, passed: Floats) -> Floats:
        excess = self._excess(picks, passed)
        return np.stack(
            [goal.values(picks, figures, excess) for goal in self.problem.goals], axis=1
        )

    def _excess(self, picks: Ints, passed: Floats) -> Floats:
        if not (self.elastic & self.lightener.lightens).any():
            return np.asarray(passed @ self.weights)
        left = [self._left(pick, over) for pick, over in zip(picks, passed, strict=True)]
        return np.array(left) @ self.weights

    def _left(self, pick: Ints, passed: Floats) -> Floats:
        """By how much rows stay passed when funds pay what they can [R]."""
        funded = self.lightener.short(pick, np.where(self.elastic, passed, 0.0))
        return np.where(self.lightener.lightens, funded, passed)

    def _keys(self, picks: Ints, figures: Floats, passed: Floats) -> Floats:
        goals = self._goals(picks, figures, passed)
        ties = [each[picks].sum(axis=1) for each in self.ties]
        return np.round(np.column_stack([goals, *ties]), _DIGITS) + 0.0

    def _note_nearest(self, picks: Ints, passed: Floats, keys: Floats) -> None:
        if self.best is not None:
            return
        over = self._over(passed)
        d = int(np.lexsort((*keys.T[::-1], over))[0])
        key = (float(over[d]), *keys[d])
        if key < self._nearest_key:
            self._nearest_key, self.nearest = key, picks[d].copy()

    def _over(self, passed: Floats) -> Floats:
        hard = ~self.elastic
        return np.asarray((passed[:, hard] / self.scale[hard]).sum(axis=1))

    # moving

    def singles(self, pick: Ints) -> Ints:
        """All plans that differ from one in one action [N, A]."""
        options = self.problem.options
        found = np.repeat(pick[None, :], options.count, axis=0)
        found[np.arange(options.count), options.owner] = np.arange(options.count)
        return found

    def descend(self, pick: Ints, clock: Clock) -> None:
        """From a plan that passes limits, towards those it keeps; offers all on the way."""
        for _ in range(4 * len(pick)):
            if clock.over():
                return
            near = self.singles(pick)
            self.offer(near)
            figures = self.oracle.values(near)
            passed = self.problem.passed(near, figures)
            over = self._over(passed)
            keys = self._keys(near, figures, passed)
            d = int(np.lexsort((*keys.T[::-1], np.round(over, _DIGITS)))[0])
            if (near[d] == pick).all():
                return
            pick = near[d]

    def polish(self, clock: Clock, pairs: bool = True) -> None:
        """Swap, shift and change levels by the exact engine until nothing gets better."""
        while self.best is not None and not clock.over():
            if self.offer(self.singles(self.best.pick)):
                continue
            if not pairs or not self._pairs(clock):
                return

    def _pairs(self, clock: Clock) -> bool:
        """Two actions changed at once: those that promise most if their effects simply add up."""
        best = self.best
        if best is None:
            return False
        near = self.singles(best.pick)
        figures = self.oracle.values(near)
        passed = self.problem.passed(near, figures)
        moved = self._goals(near, figures, passed) - best.goals
        score = moved @ (_NEXT_GOAL ** np.arange(moved.shape[1]))
        room, used = self._room(best, near, figures)
        found: list[tuple[float, int, int]] = []
        owner = self.problem.options.owner
        for i in range(len(near)):
            if i % 256 == 0 and clock.over():
                return False
            total = score[i] + score[i + 1 :]
            fits = (total < -_LEAST_GAIN) & (owner[i + 1 :] != owner[i])
            if fits.any():
                js = np.flatnonzero(fits) + i + 1
                js = js[(used[js] + used[i] <= room).all(axis=1)]
                found += [(float(score[i] + score[j]), i, int(j)) for j in js]
        return self._offer_pairs(best, found, clock)

    def _offer_pairs(self, best: Ranked, found: list[tuple[float, int, int]], clock: Clock) -> bool:
        owner, better = self.problem.options.owner, False
        chosen = sorted(found)[:_MOST_PAIRS]
        for at in range(0, len(chosen), _PAIRS_AT_ONCE):
            if better or clock.over():
                break
            part = chosen[at : at + _PAIRS_AT_ONCE]
            picks = np.repeat(best.pick[None, :], len(part), axis=0)
            for d, (_, i, j) in enumerate(part):
                picks[d, owner[i]], picks[d, owner[j]] = i, j
            better = self.offer(picks)
        return better

    def _room(self, best: Ranked, near: Ints, figures: Floats) -> tuple[Floats, Floats]:
        """Room that a plan leaves in each row [R], and what each single move takes of it [N, R].

        Rows that depend on all actions together get some slack: the exact engine judges them.
        """
        rows = [
            row for r, row in enumerate(self.problem.rows)
            if not (self.elastic[r] or self.lightener.lightens[r])
        ]  # fmt: skip
        if not rows:
            return np.zeros(0), np.zeros((len(near), 0))
        there = np.array([row.values(best.pick[None, :], best.figures[None, :])[0] for row in rows])
        values = np.stack([row.values(near, figures) for row in rows], axis=1)
        slack = np.array([0.01 * abs(row.most) if row.figures is not None else 0.0 for row in rows])
        most = np.array([row.most for row in rows])
        return most - there + slack + TOLERANCE * np.maximum(np.abs(most), 1.0), values - there

    def greedy(self, terms: Terms, start: Ints, clock: Clock) -> Ints:
        """Best single moves by a reading of the figures, one after the other; all plans passed."""
        owner, pick, passed_by = self.problem.options.owner, start, [start]
        for _ in range(3 * len(start)):
            if clock.over():
                break
            near = self.singles(pick)
            figures = moved_values(terms, pick, owner)
            passed = self.problem.passed(near, figures)
            keys = self._keys(near, figures, passed)
            d = int(np.lexsort((*keys.T[::-1], np.round(self._over(passed), _DIGITS)))[0])
            if (near[d] == pick).all():
                break
            pick = near[d]
            passed_by.append(pick)
        return np.array(passed_by)
