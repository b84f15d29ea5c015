"""The best choice with proof: what cannot be part of it is left out, HiGHS solves the rest.

A package that is dearer, at the best prices, than the distance of a known choice from the bound can
stand in no better choice (reduced-cost fixing). What remains is a small programme.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from vatra.plans.quarter.demands import Problem
from vatra.plans.quarter.lagrange import Priced
from vatra.plans.quarter.menu import Flags, Ints

SEED, THREADS = 1, 1
# Nodes and not seconds, so that the same input gives the same choice on every machine.
MOST_NODES = 20_000
# So many packages beside the best of each block are tried first, for each demand.
_PER_ROW = 60
_SHRINKS = (0.0, 1e-9, 1e-7, 1e-5)


@dataclass(frozen=True, eq=False)
class Solved:
    """``package`` [n] or None, ``bound`` of the programme, whether it has no solution at all."""

    package: Ints | None
    bound: float
    impossible: bool


def left_over(problem: Problem, priced: Priced, known: float | None) -> Flags:
    """What may be part of a choice better than a known one [n, p]."""
    is_open = problem.open
    if known is None:
        return is_open
    room = known - priced.bound
    return is_open & (priced.dear <= room + 1e-9 * max(1.0, abs(known)))


def nearest(problem: Problem, priced: Priced, known: Ints) -> Flags:
    """The least dear packages, and those of a known choice [n, p]: a few for each demand."""
    dear = np.where(problem.open, priced.dear, np.inf)
    blocks = len(known)
    count = min(blocks + _PER_ROW * (1 + len(problem.rows)), dear.size)
    most = np.partition(dear.ravel(), count - 1)[count - 1]
    keep = np.asarray(dear <= most) & problem.open
    keep[np.arange(blocks), known] = True
    return keep


def solve(
    problem: Problem,
    keep: Flags,
    start: Ints | None,
    gap_share: float,
    whole: float,
    most_nodes: int = MOST_NODES,
) -> Solved:
    """The best choice among what is kept.

    ``whole`` is what ``gap_share`` is a share of, in units of the goal. Rows are met exactly: a
    choice that rounding of the solver lets pass is refused and the rows drawn in a little.
    """
    bound = -np.inf
    for shrink in _SHRINKS:
        found = _Programme(problem, keep, shrink).run(start, gap_share * whole, most_nodes)
        # Drawn in, the rows no longer give a bound of what was asked.
        bound = found.bound if shrink == 0.0 else bound
        if found.package is None:
            return Solved(None, bound, found.impossible and shrink == 0.0)
        if problem.holds(found.package):
            return Solved(found.package, bound, False)
    return Solved(None, bound, False)


class _Programme:
    """One binary for each package kept; blocks with a single one are constants."""

    def __init__(self, problem: Problem, keep: Flags, shrink: float) -> None:
        from highspy import Highs

        self.problem = problem
        counts = keep.sum(axis=1)
        self.broken = bool((counts == 0).any())
        self.settled = np.flatnonzero(counts == 1)
        self.fixed = keep.argmax(axis=1)
        self.blocks, self.packages = np.nonzero(keep & (counts > 1)[:, None])
        solver: Any = Highs
        self.highs: Any = solver()
        for name, value in (
            ("output_flag", False),
            ("random_seed", SEED),
            ("threads", THREADS),
            ("parallel", "off"),
            ("mip_feasibility_tolerance", 1e-9),
            ("primal_feasibility_tolerance", 1e-9),
        ):
            self.highs.setOptionValue(name, value)
        self._columns()
        self._rows(shrink)

    def _columns(self) -> None:
        from highspy import HighsVarType

        goal = self.problem.goal[self.blocks, self.packages]
        self.base = float(self.problem.goal[self.settled, self.fixed[self.settled]].sum())
        # About one, so that the solver's tolerances mean something.
        self.unit = float(np.abs(goal).mean()) if len(goal) else 1.0
        self.unit = self.unit or 1.0
        count = len(goal)
        self.highs.addCols(count, goal / self.unit, np.zeros(count), np.ones(count), 0, [], [], [])
        kinds = np.full(count, int(HighsVarType.kInteger), dtype=np.uint8)
        self.highs.changeColsIntegrality(count, np.arange(count, dtype=np.int32), kinds)

    def _rows(self, shrink: float) -> None:
        order = np.arange(len(self.blocks), dtype=np.int32)
        starts = np.flatnonzero(np.diff(self.blocks, prepend=-1)).astype(np.int32)
        ones = np.ones(len(starts))
        if len(starts):
            self.highs.addRows(
                len(starts), ones, ones, len(order), starts, order, np.ones(len(order))
            )
        infinity = self.highs.getInfinity()
        for row in self.problem.rows:
            used = float(row.values[self.settled, self.fixed[self.settled]].sum())
            values = row.values[self.blocks, self.packages]
            some = values != 0
            unit = float(np.abs(values).mean()) if some.any() else 1.0
            most = row.most + row.tolerance - used
            if not some.any():
                self.broken |= most < 0
                continue
            most -= shrink * float(np.abs(values).max())
            self.highs.addRow(
                -infinity, most / unit, int(some.sum()), order[some], values[some] / unit
            )

    def run(self, start: Ints | None, gap: float, most_nodes: int) -> Solved:
        """Solve; the start counts where it lies within what was kept."""
        from highspy import HighsModelStatus

        if self.broken:
            return Solved(None, np.inf, True)
        if not len(self.blocks):
            return Solved(self.fixed, self.base, False)
        for name, value in (
            ("mip_abs_gap", max(gap / self.unit, 0.0)),
            ("mip_rel_gap", 0.0),
            ("mip_max_nodes", most_nodes),
        ):
            self.highs.setOptionValue(name, value)
        if start is not None:
            inside = (start[self.blocks] == self.packages).astype(np.float64)
            count = len(inside)
            self.highs.setSolution(count, np.arange(count, dtype=np.int32), inside)
        self.highs.run()
        status = self.highs.getModelStatus()
        if status in (HighsModelStatus.kInfeasible, HighsModelStatus.kUnboundedOrInfeasible):
            return Solved(None, np.inf, True)
        bound = float(self.highs.getInfo().mip_dual_bound) * self.unit + self.base
        solution = self.highs.getSolution()
        if not solution.value_valid:
            return Solved(None, bound, False)
        return Solved(self._package(np.asarray(solution.col_value)), bound, False)

    def _package(self, values: Any) -> Ints:
        package = self.fixed.copy()
        taken = values > 0.5
        package[self.blocks[taken]] = self.packages[taken]
        return package
