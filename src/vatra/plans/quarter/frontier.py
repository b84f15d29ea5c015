"""The best choices from doing nothing to doing everything: money against what is saved."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vatra.plans.quarter.aim import FIGURES, Aim
from vatra.plans.quarter.choose import QUICK, Impossible, choose
from vatra.plans.quarter.errors import QuarterError
from vatra.plans.quarter.menu import Menu

POINTS = 15


@dataclass(frozen=True)
class Point:
    """A choice: what it costs, what is left of the figure, and the least any choice for as much
    money leaves (``bound``)."""

    cost_cents: int
    left: float
    bound: float


def frontier(menu: Menu, aim: Aim, of: str = "co2", points: int = POINTS) -> tuple[Point, ...]:
    """Points by rising cost, none beaten by another; budgets and targets of the aim are left out.

    What the aim demands of single blocks and groups stays. Empty where even all the money is not
    enough. Raises ``QuarterError`` for figures that are not known.
    """
    if of not in FIGURES:
        raise QuarterError("aim-word", names=[of], known=list(FIGURES))
    free = replace(aim, objective=of, budget_cents=None, target_share={})
    try:
        most = choose(menu, free, method=QUICK).cost_cents
        least = choose(menu, replace(free, objective="cost"), method=QUICK).cost_cents
    except Impossible:
        return ()
    found = []
    for place in range(points):
        budget = least + (most - least) * place // (points - 1)
        try:
            chosen = choose(menu, replace(free, budget_cents=budget), method=QUICK)
        except Impossible:
            continue
        found.append(Point(chosen.cost_cents, chosen.value, chosen.bound))
    return _front(found)


def _front(points: list[Point]) -> tuple[Point, ...]:
    front: list[Point] = []
    for each in sorted(points, key=lambda point: (point.cost_cents, point.left)):
        if not front or each.left < front[-1].left:
            front.append(each)
    return tuple(front)
