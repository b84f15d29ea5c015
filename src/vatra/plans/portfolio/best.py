"""The best plan under limits: which actions, from when and how far."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from vatra.plans.engine import Choice, Model
from vatra.plans.portfolio.costs import Costs, costs_of
from vatra.plans.portfolio.exact import Measures, Oracle
from vatra.plans.portfolio.faults import refuse_faults
from vatra.plans.portfolio.limits import Limits
from vatra.plans.portfolio.milp import GAP_SHARE, SEED, THREADS, Clock
from vatra.plans.portfolio.optimum import Binding, Objective, Optimum, Relaxation
from vatra.plans.portfolio.options import possible
from vatra.plans.portfolio.problem import Problem
from vatra.plans.portfolio.relax import relaxations
from vatra.plans.portfolio.rows import problem
from vatra.plans.portfolio.search import Found, Progress, Search

TIME_LIMIT_S = 60.0
# A limit bites when a plan uses this much of it: the next action no longer fits.
_BITES_SHARE = 0.95

Cancelled = Callable[[], bool] | threading.Event


@dataclass(frozen=True)
class Run:
    """What a search is given beside the problem: time, a listener, a way to stop, closeness."""

    time_limit_s: float = TIME_LIMIT_S
    progress: Callable[[Progress], None] | None = None
    cancelled: Cancelled | None = None
    gap_share: float = GAP_SHARE

    def clock(self) -> Clock:
        """A clock that starts now."""
        stop = self.cancelled
        asked = stop.is_set if isinstance(stop, threading.Event) else stop
        return Clock(time.monotonic() + self.time_limit_s, asked or _never)


def _never() -> bool:
    return False


def optimise(
    model: Model,
    limits: Limits | None = None,
    objectives: tuple[str, ...] = ("emissions", "capex"),
    costs: Costs | None = None,
    time_limit_s: float = TIME_LIMIT_S,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Cancelled | None = None,
    gap_share: float = GAP_SHARE,
    start: Mapping[str, Choice] | None = None,
) -> Optimum:
    """Choose a start and a level for each action, or leave it out.

    Parameters
    ----------
    objectives : in their order, each without giving up what the ones before reached; of
        ``emissions`` (of the year aimed at), ``cumulative``, ``npv`` (made as large as possible),
        ``capex``, ``peak`` (largest capital of a year), ``bill`` (of households, all years)
    costs : of the options of ``possible(model, limits)``; from the actions' economics when None
    time_limit_s : for all objectives together; as much again for the relaxations of limits that
        no plan keeps
    progress : called a few times a second with what is known
    cancelled : an event or a function; once set, the best plan until then comes back
    gap_share : when a plan counts as the best, see ``Objective``
    start : a known plan to begin with

    The same arguments give the same plan, unless the time limit or ``cancelled`` cuts the search
    short. Raises ``FindingsError`` with every fault of the limits.
    """
    limits = limits or Limits()
    refuse_faults(model, limits, objectives, costs)
    run = Run(time_limit_s, progress, cancelled, gap_share)
    began = time.monotonic()
    measures, oracle = prepared(model, limits, objectives, costs)
    whole = problem(measures, limits, objectives, oracle)
    search = Search(whole, oracle, run.clock(), progress, gap_share)
    pick = None if start is None else measures.options.pick_of(start)
    found = search.run(pick)
    eased: tuple[Relaxation, ...] = ()
    if found.status in ("infeasible", "none"):
        eased = relaxations(whole, limits, oracle, run.clock(), gap_share)
    return _optimum(whole, oracle, found, eased, gap_share, time.monotonic() - began)


def prepared(
    model: Model, limits: Limits, objectives: tuple[str, ...], costs: Costs | None
) -> tuple[Measures, Oracle]:
    """Options with their costs, and the exact engine to ask."""
    options = possible(model, limits)
    found = costs_of(options) if costs is None else costs
    if found.net_cents.shape != options.adoption.shape:
        raise ValueError(
            f"costs are of {found.net_cents.shape}, options of {options.adoption.shape}"
        )
    if found is not costs:
        refuse_faults(model, limits, objectives, found)
    measures = Measures(options, found)
    return measures, Oracle(measures)


def _optimum(
    whole: Problem,
    oracle: Oracle,
    found: Found,
    eased: tuple[Relaxation, ...],
    gap_share: float,
    seconds: float,
) -> Optimum:
    ranked = found.ranked
    blank = Optimum(
        status=found.status, choices={}, objectives=(), exact=None, difference_share=0.0,
        binding=(), relaxations=eased, bound_is_of_floor=not found.is_exact,
        rounds_count=found.rounds_count, cuts_count=found.cuts_count,
        options_count=whole.options.count, seconds=seconds, seed=SEED, threads=THREADS,
    )  # fmt: skip
    if ranked is None:
        return blank
    span = whole.measures.span
    emission = ranked.figures[:span]
    own = emission if found.surrogate is None else found.surrogate[:span]
    distance = np.abs(own - emission) / np.maximum(np.abs(emission), 1e-3)
    return replace(
        blank,
        choices=whole.options.picked(ranked.pick),
        objectives=tuple(_objectives(found, gap_share)),
        exact=oracle.outcome(ranked.pick),
        difference_share=float(distance.max()),
        binding=tuple(_binding(whole, found)),
    )


def _objectives(found: Found, gap_share: float) -> list[Objective]:
    result: list[Objective] = []
    if found.ranked is None:
        return result
    for stage, value in zip(found.stages, found.ranked.goals, strict=False):
        goal = stage.goal
        gap = stage.gap_share(float(value))
        bound = round(stage.bound * goal.unit) * goal.sign if np.isfinite(stage.bound) else None
        closed = gap is not None and gap <= max(gap_share, 1e-6)
        result.append(
            Objective(goal.name, round(float(value) * goal.unit) * goal.sign, bound, gap, closed)
        )
    return result


def _binding(whole: Problem, found: Found) -> list[Binding]:
    ranked = found.ranked
    if ranked is None:
        return []
    result = []
    for row in whole.rows:
        value = float(row.values(ranked.pick[None, :], ranked.figures[None, :])[0])
        if row.key[:1] == ("requires",):
            continue
        if row.most != 0.0 and value >= row.most - (1 - _BITES_SHARE) * abs(row.most):
            family = str(row.key[0]) if row.family == "structure" else row.family
            funded = max(value - row.most, 0.0) if row.payer_year is not None else 0.0
            own = (value - funded) * row.unit
            result.append(Binding(family, row.key, own, row.most * row.unit, funded * row.unit))
    return result
