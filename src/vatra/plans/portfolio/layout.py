"""Columns and rows of the programme: what HiGHS is handed, before any tangent."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from vatra.plans.engine import Floats
from vatra.plans.portfolio.exact import CENTS_PER_EUR_MILLION
from vatra.plans.portfolio.funding import Grant, grants
from vatra.plans.portfolio.options import Ints
from vatra.plans.portfolio.problem import Goal, Problem, Row
from vatra.plans.portfolio.terms import Terms

INFINITY = float("inf")


@dataclass
class Rows:
    """Rows as HiGHS takes them."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    index: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)

    def add(self, lower: float, upper: float, entries: dict[int, float]) -> None:
        self.lower.append(lower)
        self.upper.append(upper)
        self.starts.append(len(self.index))
        for column in sorted(entries):
            if entries[column] != 0.0:
                self.index.append(column)
                self.value.append(entries[column])


class Layout:
    """One goal over one reading of the figures.

    Columns: y of each option; u and v of each exponential in use (``u = a y``, ``v >= exp(-u)``);
    what funds pay; a peak; by how much elastic limits are passed.

    Attributes
    ----------
    used : exponentials that some limit or goal needs [K']; ``u``, ``v`` their columns
    lower, upper, cost : of each column; ``offset`` what the goal has beside them
    rows : structure, limits, goals already reached, funds
    """

    def __init__(
        self, problem: Problem, terms: Terms, goal: Goal, locked: tuple[tuple[Goal, float], ...]
    ) -> None:
        self.problem, self.terms, self.goal, self.locked = problem, terms, goal, locked
        self.used = self._used()
        self.grants = grants(problem)
        self.offset = 0.0
        self._place()
        self.rows = Rows()
        self._columns()
        self._structure()
        self._limits()

    def _used(self) -> Ints:
        """Exponentials that some limit or goal needs."""
        weights = np.zeros(self.terms.coefficients.shape[0])
        asked: list[Row | Goal] = [*self.problem.rows, self.goal, *(g for g, _ in self.locked)]
        for each in asked:
            if each.figures is not None:
                weights += np.abs(each.figures)
        needed = (np.abs(self.terms.coefficients) * weights[:, None]).sum(axis=0) > 0
        return np.flatnonzero(needed)

    def _place(self) -> None:
        count = self.problem.options.count
        self.u = count + np.arange(len(self.used))
        self.v = self.u + len(self.used)
        self.g = count + 2 * len(self.used) + np.arange(len(self.grants))
        behind = count + 2 * len(self.used) + len(self.grants)
        self.peak = behind
        self.elastic = {
            row: behind + 1 + position
            for position, row in enumerate(
                r for r, row in enumerate(self.problem.rows)
                if row.family in self.goal.excess_of
            )
        }  # fmt: skip
        self.width = behind + 1 + len(self.elastic)

    def _columns(self) -> None:
        count = self.problem.options.count
        lower, upper = np.zeros(self.width), np.full(self.width, INFINITY)
        upper[:count] = 1.0
        least, most = self.range()
        lower[self.u], upper[self.u] = least, most
        lower[self.v], upper[self.v] = np.exp(-most), np.exp(-least)
        for column, grant in zip(self.g, self.grants, strict=True):
            fund = self.problem.funds[grant.fund]
            upper[int(column)] = fund.ceiling_cents / CENTS_PER_EUR_MILLION
        cost = self._weights(self.goal)
        if self.goal.peaks is not None:
            cost[self.peak] = 1.0
        for r, place in self.elastic.items():
            cost[place] = self.goal.excess_of[self.problem.rows[r].family]
        self.lower, self.upper, self.cost = lower, upper, cost

    def range(self) -> tuple[Floats, Floats]:
        """Least and most of each exponent [K']: the sum over actions of their extremes."""
        options, a = self.problem.options, self.terms.a[self.used]
        least, most = np.zeros(len(self.used)), np.zeros(len(self.used))
        for i in range(len(options.model.actions)):
            mine = a[:, options.of(i)]
            least += mine.min(axis=1)
            most += mine.max(axis=1)
        return least, most

    def _weights(self, of: Goal | Row) -> Floats:
        """Coefficients of a row or goal on all columns; sets ``offset`` aside for the goal."""
        result = np.zeros(self.width)
        count = self.problem.options.count
        if of.figures is not None:
            result[self.v] = of.figures @ self.terms.coefficients[:, self.used]
            result[:count] = of.figures @ self.terms.linear
            if of is self.goal:
                self.offset = float(of.figures @ self.terms.constant)
        if of.linear is not None:
            result[:count] += of.linear
        return result

    # rows

    def _structure(self) -> None:
        options = self.problem.options
        for i in range(len(options.model.actions)):
            mine = options.of(i)
            self.rows.add(1.0, 1.0, dict.fromkeys(range(mine.start, mine.stop), 1.0))
        for k, u in zip(self.used, self.u, strict=True):
            entries = {int(n): float(self.terms.a[k, n]) for n in np.flatnonzero(self.terms.a[k])}
            self.rows.add(0.0, 0.0, {**entries, int(u): -1.0})

    def _limits(self) -> None:
        for r, row in enumerate(self.problem.rows):
            entries = _entries(self._weights(row))
            for g, grant in zip(self.g, self.grants, strict=True):
                if r in grant.rows:
                    entries[int(g)] = -1.0
            if r in self.elastic:
                entries[self.elastic[r]] = -1.0
            constant = 0.0 if row.figures is None else float(row.figures @ self.terms.constant)
            self.rows.add(-INFINITY, row.most - constant, entries)
        for goal, most in self.locked:
            self._lock(goal, most)
        if self.goal.peaks is not None:
            self._peaks(self.goal.peaks, self.peak, 0.0)
        self._funds()

    def _lock(self, goal: Goal, most: float) -> None:
        """A goal already reached stays reached."""
        if goal.peaks is not None:
            self._peaks(goal.peaks, None, most)
            return
        constant = 0.0 if goal.figures is None else float(goal.figures @ self.terms.constant)
        self.rows.add(-INFINITY, most - constant, _entries(self._weights(goal)))

    def _peaks(self, peaks: Floats, column: int | None, most: float) -> None:
        for row in peaks:
            entries = {int(n): float(row[n]) for n in np.flatnonzero(row)}
            if column is not None:
                entries[column] = -1.0
            self.rows.add(-INFINITY, most, entries)

    def _funds(self) -> None:
        """Ceilings, the most of each sum, and never more than the whole of it."""
        by_fund: dict[int, dict[int, float]] = {}
        by_sum: dict[tuple[int, str, int], list[tuple[int, Grant]]] = {}
        for g, grant in zip(self.g, self.grants, strict=True):
            by_fund.setdefault(grant.fund, {})[int(g)] = 1.0
            by_sum.setdefault(grant.spent, []).append((int(g), grant))
            share = self.problem.funds[grant.fund].most_share
            self.rows.add(-INFINITY, 0.0, {**_entries(-share * grant.capital), int(g): 1.0})
        for fund, entries in sorted(by_fund.items()):
            ceiling = self.problem.funds[fund].ceiling_cents / CENTS_PER_EUR_MILLION
            self.rows.add(-INFINITY, ceiling, entries)
        for _, members in sorted(by_sum.items()):
            if len(members) > 1:
                entries = _entries(-members[0][1].capital)
                self.rows.add(-INFINITY, 0.0, {**entries, **{g: 1.0 for g, _ in members}})


def _entries(weights: Floats) -> dict[int, float]:
    return {int(n): float(weights[n]) for n in np.flatnonzero(weights)}
