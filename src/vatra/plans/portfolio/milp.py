"""The mixed-integer programme: options as binaries, exponentials from below by tangents."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from vatra.plans.engine import Floats
from vatra.plans.portfolio.layout import INFINITY, Layout, Rows
from vatra.plans.portfolio.options import Ints
from vatra.plans.portfolio.problem import Goal, Problem
from vatra.plans.portfolio.terms import Terms

SEED = 1
THREADS = 1
# A tangent is added where the sum of a figure is off by more than this share of the base.
_CLOSE = 1e-7
# Of the base year's emission, or of the figure itself: near enough to call a plan the best.
GAP_SHARE = 1e-3
_MOST_CUTTING_ROUNDS = 12
_TANGENTS = 6


@dataclass(frozen=True)
class Clock:
    """When to stop: a moment of ``time.monotonic`` or when the caller says so."""

    deadline: float
    cancelled: Callable[[], bool]

    def left_s(self) -> float:
        """Seconds left, not below zero."""
        return max(self.deadline - time.monotonic(), 0.0)

    def over(self) -> bool:
        """Whether to stop now."""
        return self.cancelled() or self.left_s() <= 0

    def until(self, seconds: float) -> Clock:
        """The same with no more than some seconds from now."""
        return Clock(min(self.deadline, time.monotonic() + seconds), self.cancelled)


@dataclass(frozen=True)
class Solved:
    """``pick`` or None; ``bound`` of the programme; ``status`` optimal, infeasible or stopped."""

    pick: Ints | None
    bound: float
    status: str
    cuts_count: int


Report = Callable[[float], None]


class Programme:
    """One goal over one reading of the figures, solved again and again as tangents are added."""

    def __init__(
        self,
        problem: Problem,
        terms: Terms,
        goal: Goal,
        locked: tuple[tuple[Goal, float], ...] = (),
        gap_share: float = GAP_SHARE,
        most_nodes: int | None = None,
    ) -> None:
        from highspy import Highs

        self.problem, self.terms, self.goal = problem, terms, goal
        self.gap_share = gap_share
        solver: Any = Highs
        self.highs: Any = solver()
        self._settings()
        if most_nodes is not None:
            self.highs.setOptionValue("mip_max_nodes", most_nodes)
        self.layout = layout = Layout(problem, terms, goal, locked)
        self.highs.addCols(layout.width, layout.cost, layout.lower, layout.upper, 0, [], [], [])
        self.rows = layout.rows
        self._flush()
        self.cuts_count = 0
        self._first_tangents()

    # the solver

    def _settings(self) -> None:
        for name, value in (
            ("output_flag", False),
            ("random_seed", SEED),
            ("threads", THREADS),
            ("parallel", "off"),
            ("mip_allow_restart", False),
            ("mip_rel_gap", self.gap_share),
            ("mip_abs_gap", self._absolute_gap()),
            ("mip_feasibility_tolerance", 1e-9),
            ("primal_feasibility_tolerance", 1e-9),
        ):
            self.highs.setOptionValue(name, value)

    def _absolute_gap(self) -> float:
        """Emissions of a year are shares of the base: their gap is in points of it."""
        return self.gap_share if self.goal.name == "emissions" else 1e-9

    def _flush(self) -> None:
        rows = self.rows
        if rows.lower:
            self.highs.addRows(
                len(rows.lower), np.array(rows.lower), np.array(rows.upper), len(rows.index),
                np.array(rows.starts, dtype=np.int32), np.array(rows.index, dtype=np.int32),
                np.array(rows.value),
            )  # fmt: skip
        self.rows = Rows()

    # tangents

    def _first_tangents(self) -> None:
        least, most = self.layout.range()
        for part in np.linspace(0.0, 1.0, _TANGENTS):
            self._tangents(
                least + part * (most - least), np.ones(len(self.layout.used), dtype=bool)
            )
        self._flush()

    def _tangents(self, at: Floats, where: np.ndarray[Any, Any]) -> None:
        """``v >= exp(-u0) (1 - (u - u0))``, scaled so that no coefficient vanishes."""
        for position in np.flatnonzero(where):
            u0 = float(at[position])
            slope = float(np.exp(-u0))
            self.rows.add(
                slope * (1.0 + u0), INFINITY,
                {int(self.layout.v[position]): 1.0, int(self.layout.u[position]): slope},
            )  # fmt: skip
            self.cuts_count += 1

    def _cut(self, values: Floats) -> bool:
        """Add tangents where the exponentials of a solution are above its v; whether any was."""
        y = values[: self.problem.options.count]
        u = self.terms.a[self.layout.used] @ y
        short = np.exp(-u) - values[self.layout.v]
        scale = np.abs(self.terms.coefficients[:, self.layout.used]).max(axis=0, initial=0.0)
        where = short * scale > _CLOSE / 4
        self._tangents(u, where)
        self._flush()
        return bool(where.any())

    # solving

    def solve(
        self, clock: Clock, start: Ints | None = None, report: Report | None = None
    ) -> Solved:
        """Tangents around the relaxation first, then the integers until nothing is left to cut."""
        bound = self.relaxed(clock)
        if report is not None:
            report(bound)
        self._whole(True)
        self._listen(clock, report)
        pick, status = start, "stopped"
        for _ in range(200):
            if clock.over():
                break
            status, values = self._run(clock, pick)
            if status == "infeasible":
                return Solved(None, INFINITY, status, self.cuts_count)
            info = self.highs.getInfo()
            bound = max(bound, float(info.mip_dual_bound) + self.layout.offset)
            if values is None:
                break
            pick = self._pick(values)
            if status == "stopped" or not self._cut(values):
                break
        return Solved(pick, bound, status, self.cuts_count)

    def near(self, pick: Ints, free: Ints, clock: Clock) -> Ints | None:
        """The best plan by this reading in which only some actions may differ from a known one."""
        options = self.problem.options
        upper = np.isin(options.owner, free).astype(np.float64)
        upper[pick] = 1.0
        columns = np.arange(options.count, dtype=np.int32)
        self.highs.changeColsBounds(options.count, columns, np.zeros(options.count), upper)
        self._whole(True)
        status, values = self._run(clock, pick)
        if values is not None:
            self._cut(values)
        self.highs.changeColsBounds(
            options.count, columns, np.zeros(options.count), np.ones(options.count)
        )
        return None if status == "infeasible" or values is None else self._pick(values)

    def relaxed(self, clock: Clock) -> float:
        """The bound when parts of options may be chosen; tangents are added on the way."""
        self._whole(False)
        bound = -INFINITY
        for _ in range(_MOST_CUTTING_ROUNDS):
            if clock.over():
                break
            status, values = self._run(clock, None)
            if status != "optimal" or values is None:
                break
            bound = float(self.highs.getObjectiveValue()) + self.layout.offset
            if not self._cut(values):
                break
        return bound

    def _whole(self, whole: bool) -> None:
        from highspy import HighsVarType

        count = self.problem.options.count
        kind = HighsVarType.kInteger if whole else HighsVarType.kContinuous
        self.highs.changeColsIntegrality(
            count, np.arange(count, dtype=np.int32), np.full(count, int(kind), dtype=np.uint8)
        )

    def _run(self, clock: Clock, start: Ints | None) -> tuple[str, Floats | None]:
        from highspy import HighsModelStatus

        self.highs.setOptionValue("time_limit", float(self.highs.getRunTime() + clock.left_s()))
        if start is not None:
            self._warm(start)
        self.highs.run()
        status = self.highs.getModelStatus()
        if status in (HighsModelStatus.kInfeasible, HighsModelStatus.kUnboundedOrInfeasible):
            return "infeasible", None
        solution = self.highs.getSolution()
        values = np.array(solution.col_value) if solution.value_valid else None
        if values is not None and not len(values):
            values = None
        return ("optimal" if status == HighsModelStatus.kOptimal else "stopped"), values

    def _warm(self, pick: Ints) -> None:
        """Start from the options of a known plan; the rest follows from them."""
        y = np.zeros(self.problem.options.count)
        y[pick] = 1.0
        columns = np.arange(len(y), dtype=np.int32)
        self.highs.setSolution(len(y), columns, y)

    def _pick(self, values: Floats) -> Ints:
        options = self.problem.options
        return np.array(
            [
                int(options.first[i]) + int(values[options.of(i)].argmax())
                for i in range(len(options.model.actions))
            ],
            dtype=np.int64,
        )

    def _listen(self, clock: Clock, report: Report | None) -> None:
        def watch(event: Any) -> None:
            if clock.over():
                event.interrupt()
            elif report is not None:
                report(float(event.data_out.mip_dual_bound) + self.layout.offset)

        self.highs.cbMipInterrupt += watch
