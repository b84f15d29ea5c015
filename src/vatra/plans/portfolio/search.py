"""The search: bounds from the floor, rounds around the best plan, polish by exact moves."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from vatra.plans.engine import Floats
from vatra.plans.portfolio.exact import Oracle
from vatra.plans.portfolio.milp import GAP_SHARE, SEED, Clock, Programme
from vatra.plans.portfolio.optimum import Status
from vatra.plans.portfolio.options import Ints
from vatra.plans.portfolio.problem import Goal, Problem
from vatra.plans.portfolio.ranking import Ranked, Ranking
from vatra.plans.portfolio.terms import Terms, is_exact, moved_values, terms_of

_MOST_ROUNDS = 8
# A reading that is not exact is solved again anyway: no need to prove its last digit. Counted in
# nodes and not in seconds, so that the same input gives the same plan on every machine.
_MOST_NODES = 500
# How often actions are freed around the best plan; how many at first, and after how many tries that
# found nothing there are two more.
_NEARBY, _FREED, _PATIENCE = 80, 8, 8
# How much of a goal already reached may be given up for the next one.
_YIELD_SHARE = 1e-7


@dataclass(frozen=True)
class Progress:
    """What a search knows so far; ``incumbent`` and ``bound`` of the goal it works on.

    ``gap_share`` the distance of the two; None while there is no plan. In natural units: mg, cents.
    """

    goal: str
    incumbent: float | None
    bound: float | None
    gap_share: float | None
    seconds: float
    rounds_count: int


@dataclass
class Stage:
    """What is known of one goal: the best exact value and the bound, in its inner unit."""

    goal: Goal
    bound: float = -np.inf

    def gap_share(self, value: float) -> float | None:
        """Distance of a value from the bound; of emissions in points of the base year."""
        if not np.isfinite(self.bound):
            return None
        whole = 1.0 if self.goal.name == "emissions" else max(abs(value), 1e-9)
        return max(value - self.bound, 0.0) / whole


@dataclass
class Found:
    """What a search ends with; ``status`` optimal, feasible, infeasible, none or cancelled."""

    ranked: Ranked | None
    stages: list[Stage]
    status: Status
    rounds_count: int
    cuts_count: int
    is_exact: bool
    surrogate: Floats | None = None


@dataclass
class Search:
    """One search over one problem; ``run`` once."""

    problem: Problem
    oracle: Oracle
    clock: Clock
    report: Callable[[Progress], None] | None = None
    gap_share: float = GAP_SHARE
    began: float = field(default_factory=time.monotonic)
    rounds_count: int = 0
    cuts_count: int = 0

    def __post_init__(self) -> None:
        self.ranking = Ranking(self.problem, self.oracle)
        self.floor = terms_of(self.problem.measures)
        self.exact = is_exact(self.problem.measures) and bool((self.floor.coefficients >= 0).all())
        self.reading = self.floor
        self.read_around = self.problem.options.nothing
        self.stages: list[Stage] = []
        self.surrogate: Floats | None = None

    def run(self, start: Ints | None = None) -> Found:
        """All goals in their order, each without giving up what the ones before reached."""
        self.ranking.offer(self.problem.options.nothing[None, :])
        if start is not None:
            self.ranking.offer(start[None, :])
        self._greedy()
        for number, goal in enumerate(self.problem.goals):
            self.stages.append(Stage(goal))
            waiting = len(self.problem.goals) - number
            if not self._stage(goal, self.clock.until(self.clock.left_s() / waiting)):
                return self._found("infeasible")
        self.ranking.polish(self.clock)
        if not self.exact and self.problem.goals:
            self._confirm(self.problem.goals[-1], self.clock)
        return self._found(self._status())

    def _status(self) -> Status:
        if self.ranking.best is None:
            return "none"
        if self.clock.cancelled():
            return "cancelled"
        return "optimal" if all(self._closed(each) for each in self.stages) else "feasible"

    def _found(self, status: Status) -> Found:
        best = self.ranking.best
        self._remember(best)
        return Found(
            best, self.stages, status, self.rounds_count, self.cuts_count, self.exact,
            self.surrogate,
        )  # fmt: skip

    # one goal

    def _stage(self, goal: Goal, clock: Clock) -> bool:
        """Bound, then rounds; false only when the floor itself has no plan."""
        share = 0.5 if self.exact else 0.4
        solved = self._solve(self.floor, goal, clock.until(clock.left_s() * share))
        if solved is None:
            # A floor within the limits of a plan that exists cannot be without one.
            return self.ranking.best is not None
        if self.exact:
            self._nearby(goal, clock)
        else:
            self._rounds(goal, clock)
        return True

    def _solve(self, terms: Terms, goal: Goal, clock: Clock, bounds: bool = True) -> Ints | None:
        """Solve one reading of the figures; offer its plan; None when it has none."""
        self.rounds_count += 1
        self.reading = terms
        nodes = None if self.exact else _MOST_NODES
        locked = self._locked(goal)
        programme = Programme(self.problem, terms, goal, locked, self.gap_share, nodes)
        best = self.ranking.best
        start = None if best is None else best.pick
        stage = self.stages[-1]

        def report(bound: float) -> None:
            if bounds and np.isfinite(bound):
                stage.bound = max(stage.bound, bound)
            self._tell(goal)

        solved = programme.solve(clock, start, report)
        self.cuts_count += programme.cuts_count
        if solved.status == "infeasible":
            return None
        if bounds:
            stage.bound = max(stage.bound, solved.bound)
        pick = self.problem.options.nothing if solved.pick is None else solved.pick
        self.ranking.offer(pick[None, :])
        self._tell(goal)
        return pick

    def _rounds(self, goal: Goal, clock: Clock) -> None:
        """Read the pathway around a plan, solve, read it around what came out.

        The best plan comes first, then what a programme proposed; the end is a reading around the
        best plan that knows no better one.
        """
        pick = self.ranking.nearest if self.ranking.best is None else self.ranking.best.pick
        seen: set[bytes] = set()
        for _ in range(_MOST_ROUNDS):
            if clock.over():
                return
            seen.add(pick.tobytes())
            found = self._around(pick, goal, clock)
            best = self.ranking.best
            if best is not None and best.pick.tobytes() not in seen:
                pick = best.pick
            elif found is not None and found.tobytes() not in seen:
                pick = found
            else:
                break
        self._confirm(goal, clock)

    def _around(self, pick: Ints, goal: Goal, clock: Clock) -> Ints | None:
        """One round: what the programme around a plan proposes, improved by exact moves."""
        terms = around(self.problem, self.oracle, pick)
        self.read_around = pick
        found = self._solve(terms, goal, clock.until(clock.left_s() / 2), bounds=False)
        self.ranking.descend(pick if found is None else found, clock)
        self.ranking.polish(clock, pairs=False)
        return found

    def _confirm(self, goal: Goal, clock: Clock) -> None:
        """End with the reading around the best plan, as long as that finds better ones."""
        for _ in range(_MOST_ROUNDS):
            best = self.ranking.best
            if best is None or clock.over() or (best.pick == self.read_around).all():
                return
            self._around(best.pick, goal, clock)

    def _nearby(self, goal: Goal, clock: Clock) -> None:
        """While the gap is open: free some actions, keep the others, solve, and so on.

        Which are freed is drawn with a stored seed; each part is small enough to be solved.
        """
        stage, best = self.stages[-1], self.ranking.best
        if best is None or self._closed(stage) or clock.over():
            return
        generator = np.random.default_rng(SEED)
        count = len(self.problem.options.model.actions)
        programme = Programme(
            self.problem, self.floor, goal, self._locked(goal), self.gap_share / 10, _MOST_NODES
        )
        programme.relaxed(clock)
        failed, freed = 0, _FREED
        for _ in range(_NEARBY):
            best = self.ranking.best
            if best is None or clock.over() or self._closed(stage):
                break
            free = generator.permutation(count)[:freed]
            found = programme.near(best.pick, free, clock.until(clock.left_s() / 4))
            better = found is not None and self.ranking.offer(found[None, :])
            failed = 0 if better else failed + 1
            if failed >= _PATIENCE:
                failed, freed = 0, freed + 2
            self._tell(goal)
        self.cuts_count += programme.cuts_count

    def _locked(self, goal: Goal) -> tuple[tuple[Goal, float], ...]:
        """The goals before this one, each at the best value reached."""
        best = self.ranking.best
        if best is None:
            return ()
        locked = []
        for each, value in zip(self.problem.goals, best.goals, strict=True):
            if each is goal:
                break
            locked.append((each, float(value) + _YIELD_SHARE * max(abs(float(value)), 1e-3)))
        return tuple(locked)

    def _closed(self, stage: Stage) -> bool:
        gap = self._gap(stage)
        return gap is not None and gap <= max(self.gap_share, 1e-6)

    def _gap(self, stage: Stage) -> float | None:
        best = self.ranking.best
        if best is None:
            return None
        return stage.gap_share(float(best.goals[self.problem.goals.index(stage.goal)]))

    def _remember(self, best: Ranked | None) -> None:
        """The optimiser's own figures of the best plan, to be held against the exact ones.

        When time ran out before a round around the best plan, it is read there once more.
        """
        if best is None:
            return
        if not self.exact and not (best.pick == self.read_around).all():
            self.reading = around(self.problem, self.oracle, best.pick)
        self.surrogate = self.reading.values(best.pick[None, :])[0]

    # helpers

    def _greedy(self) -> None:
        """A first plan before any programme: single moves by the reading around nothing."""
        nothing = self.problem.options.nothing
        terms = terms_of(self.problem.measures, self.oracle.outcome(nothing))
        picks = self.ranking.greedy(terms, nothing, self.clock)
        self.ranking.offer(picks)

    def _tell(self, goal: Goal) -> None:
        if self.report is None:
            return
        best, stage = self.ranking.best, self.stages[-1]
        value = None
        if best is not None:
            value = float(best.goals[self.problem.goals.index(goal)]) * goal.unit * goal.sign
        bound = stage.bound * goal.unit * goal.sign if np.isfinite(stage.bound) else None
        seconds = time.monotonic() - self.began
        self.report(Progress(goal.name, value, bound, self._gap(stage), seconds, self.rounds_count))


def around(problem: Problem, oracle: Oracle, pick: Ints) -> Terms:
    """The reading around a plan: exact for it and for all that differ from it in one action."""
    options = problem.options
    terms = terms_of(problem.measures, oracle.outcome(pick))
    singles = np.repeat(pick[None, :], options.count, axis=0)
    singles[np.arange(options.count), options.owner] = np.arange(options.count)
    mine, there = terms.values(pick[None, :])[0], oracle.values(pick[None, :], False)[0]
    off = oracle.values(singles, False) - moved_values(terms, pick, options.owner)
    off = (off - (there - mine)).T
    off[:, pick] = 0.0
    return terms.moved(off, there - mine)
