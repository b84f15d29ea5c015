"""One package for each block of a quarter: the best that meets all demands, and how sure it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from vatra.plans.quarter.aim import Aim
from vatra.plans.quarter.chosen import Chosen, tidied, whole_of
from vatra.plans.quarter.demands import Problem, problem_of
from vatra.plans.quarter.errors import QuarterError
from vatra.plans.quarter.exact import MOST_NODES, Solved, left_over, nearest, solve
from vatra.plans.quarter.lagrange import Priced, price
from vatra.plans.quarter.menu import Ints, Menu
from vatra.plans.quarter.repair import Repair

EXACT, QUICK, PLAIN = "exact", "lagrange", "highs"
METHODS = (EXACT, QUICK, PLAIN)
# Of the money, or of what is saved: near enough to call a choice the best.
GAP_SHARE = 1e-4


class Impossible(QuarterError):
    """No choice meets all demands; ``vatra.plans.quarter.shortfalls`` says which and by how much.

    ``proved``: it was shown, and not only not found.
    """

    def __init__(self, proved: bool) -> None:
        self.proved = proved
        super().__init__("impossible" if proved else "not-found")


def choose(
    menu: Menu,
    aim: Aim,
    *,
    method: str = EXACT,
    gap_share: float = GAP_SHARE,
    most_nodes: int = MOST_NODES,
) -> Chosen:
    """Choose one package per block (a multiple-choice knapsack with several rows).

    Parameters
    ----------
    method : ``exact`` prices the demands, leaves out what cannot be part of a better choice and
        hands the rest to HiGHS; ``lagrange`` ends before HiGHS (thousands of blocks in a moment,
        the bound as valid); ``highs`` hands over everything (slow: to compare with)
    gap_share : when a choice counts as proved to be the best; 0 to the last cent
    most_nodes : of HiGHS's search

    Raises ``Impossible`` where no choice meets all demands, ``QuarterError`` for an aim without
    meaning.
    """
    if method not in METHODS:
        raise QuarterError("aim-word", names=[method], known=list(METHODS))
    problem = problem_of(menu, aim)

    def whole(value: float) -> float:
        return whole_of(menu, aim, value)

    package, bound, count = search(problem, whole, gap_share, most_nodes, method)
    package = tidied(menu, problem, package)
    value = problem.value(package)
    made = Chosen(menu, aim, package, value, min(bound, value), False, method, count)
    rounding = 1e-9 * max(1.0, abs(value))
    return replace(made, proved=value - bound <= gap_share * whole(value) + rounding)


def search(
    problem: Problem,
    whole: Callable[[float], float],
    gap_share: float,
    most_nodes: int,
    method: str = EXACT,
) -> tuple[Ints, float, int]:
    """Packages, the bound, and how many packages HiGHS was given.

    ``whole`` says what ``gap_share`` is a share of where the goal has some value. Raises
    ``Impossible``.
    """
    if not problem.open.any(axis=1).all():
        raise Impossible(proved=True)
    if method == PLAIN:
        keep = problem.open
        size = whole(float(np.abs(problem.goal).max(axis=1).sum()) / 2)
        solved = solve(problem, keep, None, gap_share, size, most_nodes)
        return (*_taken(solved, None, float("-inf"), problem), int(keep.sum()))
    priced = price(problem)
    if priced.impossible:
        raise Impossible(proved=True)
    known = Repair(problem, priced).best(gap_share * whole(priced.bound))
    if method == QUICK:
        if known is None:
            raise Impossible(proved=False)
        return known, priced.bound, 0
    value = None if known is None else problem.value(known)
    size = whole(priced.bound if value is None else value)
    room = gap_share * size
    if known is not None:
        known, value = _polished(problem, priced, known, room, most_nodes)
        if value - priced.bound <= room:
            return known, priced.bound, 0
    keep = left_over(problem, priced, value)
    solved = solve(problem, keep, known, gap_share, size, most_nodes)
    return (*_taken(solved, known, priced.bound, problem), int(keep.sum()))


def _polished(
    problem: Problem, priced: Priced, known: Ints, room: float, most_nodes: int
) -> tuple[Ints, float]:
    """A known choice made better among the least dear packages alone: a small programme, and often
    enough of one."""
    value = problem.value(known)
    if value - priced.bound <= room:
        return known, value
    keep = nearest(problem, priced, known)
    found = solve(problem, keep, known, room, 1.0, most_nodes // 10).package
    if found is None or problem.value(found) >= value:
        return known, value
    return found, problem.value(found)


def _taken(
    solved: Solved, known: Ints | None, bound: float, problem: Problem
) -> tuple[Ints, float]:
    """The better of what was known and what was solved, and the higher bound."""
    if solved.package is None and known is None:
        raise Impossible(proved=solved.impossible)
    found = [each for each in (known, solved.package) if each is not None]
    package = min(found, key=problem.value)
    # What was left out is no better than what was known.
    return package, max(bound, min(solved.bound, problem.value(package)))
