"""When no plan keeps all limits: how little of each kind alone would have to give way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from vatra.plans.portfolio.exact import Oracle
from vatra.plans.portfolio.funding import Lightener
from vatra.plans.portfolio.limits import Limits
from vatra.plans.portfolio.milp import Clock
from vatra.plans.portfolio.optimum import Relaxation
from vatra.plans.portfolio.problem import Goal, Problem
from vatra.plans.portfolio.rows import problem
from vatra.plans.portfolio.search import Found, Search

# An excess below this share of its limit is rounding.
_NOTHING = 1e-7
# Kinds that are often short together: money of a year, of all years, and people.
RESOURCES = ("capex", "capex_total", "staff")


def relaxations(
    whole: Problem, limits: Limits, oracle: Oracle, clock: Clock, gap_share: float
) -> tuple[Relaxation, ...]:
    """One relaxation for each kind of limit, and the years by which targets come later."""
    families = whole.families()
    waiting = len(families) + bool(limits.targets)
    found = []
    for family in families:
        share = clock.until(clock.left_s() / max(waiting, 1))
        found.append(_least(whole, family, oracle, share, gap_share))
        waiting -= 1
    short = [family for family in RESOURCES if family in families]
    alone = [each for each in found if each.family in short and each.is_possible]
    if len(short) > 1 and not alone:
        # None of them alone is enough: all of them together, each by shares of its largest limit.
        share = clock.until(clock.left_s() / 2)
        found.append(_least(whole, "resources", oracle, share, gap_share, tuple(short)))
    if limits.targets:
        found.append(_later(whole, limits, oracle, clock, gap_share))
    return tuple(found)


def _least(
    whole: Problem,
    name: str,
    oracle: Oracle,
    clock: Clock,
    gap_share: float,
    families: tuple[str, ...] = (),
) -> Relaxation:
    families = families or (name,)
    found = _search(whole, families, oracle, clock, gap_share)
    if found.ranked is None:
        return Relaxation(name, {}, False, found.status == "infeasible")
    pick, figures = found.ranked.pick[None, :], found.ranked.figures[None, :]
    passed = whole.passed(pick, figures)[0]
    funded = Lightener(whole).short(pick[0], passed)
    excess = {
        row.key if len(families) == 1 else (row.family, *row.key): row.unit
        * float(funded[r] if row.payer_year is not None else passed[r])
        for r, row in enumerate(whole.rows)
        if row.family in families
    }
    excess = {key: over for key, over in excess.items() if over > 0}
    value, bound = float(found.ranked.goals[0]), found.stages[0].bound
    return Relaxation(name, excess, True, value - bound <= max(gap_share * value, 1e-6))


def _search(
    whole: Problem, families: tuple[str, ...], oracle: Oracle, clock: Clock, gap_share: float
) -> Found:
    """The plan that passes the limits of some families least, all others kept."""
    weights = {
        family: 1.0 if len(families) == 1 else 1.0 / max(_largest(whole, family), 1.0)
        for family in families
    }
    unit = next(row.unit for row in whole.rows if row.family == families[0])
    goal = Goal(f"excess-{'-'.join(families)}", unit, excess_of=weights)
    # Gaps of an excess are of the excess itself: points of the base year would be too coarse.
    return Search(whole.with_goals([goal]), oracle, clock, None, gap_share).run()


def _largest(whole: Problem, family: str) -> float:
    return max(abs(row.most) for row in whole.rows if row.family == family)


def _later(
    whole: Problem, limits: Limits, oracle: Oracle, clock: Clock, gap_share: float
) -> Relaxation:
    """The fewest years later in which all targets can be kept."""
    proved = True
    for years, moved in _postponed(whole, limits):
        if clock.over():
            return Relaxation("year", {}, False, False)
        names = tuple(goal.name for goal in whole.goals)
        later = problem(whole.measures, moved, names, oracle)
        if any(row.family == "target" for row in later.rows):
            found = _search(later, ("target",), oracle, clock.until(clock.left_s() / 2), gap_share)
            best = found.ranked
            if best is not None and float(best.goals[0]) <= _NOTHING:
                return Relaxation("year", {("years",): float(years)}, True, proved)
            proved = proved and _impossible(found)
    return Relaxation("year", {}, False, proved)


def _impossible(found: Found) -> bool:
    """Whether it is proved that the targets cannot be kept."""
    if found.status == "infeasible":
        return True
    return (
        bool(found.stages)
        and bool(np.isfinite(found.stages[0].bound))
        and (found.stages[0].bound > _NOTHING)
    )


def _postponed(whole: Problem, limits: Limits) -> Iterator[tuple[int, Limits]]:
    last = whole.options.model.base.years[-1]
    for years in range(1, last - max(limits.targets) + 1):
        targets = {year + years: most for year, most in limits.targets.items()}
        yield years, replace(limits, targets=targets, aim_year=max(targets))
