"""Cost against emissions: the cheapest plan for each step between doing nothing and the most."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from vatra.plans.engine import Choice, Model
from vatra.plans.portfolio.best import TIME_LIMIT_S, Cancelled, Run, optimise
from vatra.plans.portfolio.costs import Costs
from vatra.plans.portfolio.limits import Limits
from vatra.plans.portfolio.milp import GAP_SHARE
from vatra.plans.portfolio.optimum import Optimum
from vatra.plans.portfolio.search import Progress

POINTS = 8


@dataclass(frozen=True)
class FrontierPoint:
    """The cheapest plan found that leaves no more than ``most_mg`` in the year aimed at.

    ``emission_mg`` what it leaves by the exact engine, ``cost_cents`` and its ``bound_cents`` and
    gap; ``choices`` by code.
    """

    most_mg: int
    emission_mg: int
    cost_cents: int
    bound_cents: int | None
    gap_share: float | None
    choices: Mapping[str, Choice]


def frontier(
    model: Model,
    limits: Limits | None = None,
    points: int = POINTS,
    cost: str = "capex",
    costs: Costs | None = None,
    time_limit_s: float = TIME_LIMIT_S,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Cancelled | None = None,
    gap_share: float = GAP_SHARE,
) -> list[FrontierPoint]:
    """Plans from the one that costs least to the one that emits least, under the same limits.

    ``cost`` is ``capex`` or ``npv`` (then costs are net: below zero where the plan earns).
    ``time_limit_s`` is shared by all points. No points when the limits cannot be kept.
    """
    limits = limits or Limits()
    clock = Run(time_limit_s, progress, cancelled).clock()
    aim = limits.aim_year or max(limits.targets, default=model.base.years[-1])
    at = model.base.at(aim)

    def solved(
        names: tuple[str, ...], most: Limits, waiting: int, start: Optimum | None
    ) -> Optimum:
        return optimise(
            model, replace(most, aim_year=aim), names, costs, clock.left_s() / waiting, progress,
            cancelled, gap_share, None if start is None else start.choices,
        )  # fmt: skip

    least = solved(("emissions", cost), limits, points + 1, None)
    cheapest = solved((cost, "emissions"), limits, points, least)
    if least.exact is None or cheapest.exact is None:
        return []
    low, high = (float(each.exact.total_mg[at]) for each in (least, cheapest) if each.exact)
    found = [_point(least, 1, at, round(low))]
    known = least
    for step in range(1, points - 1):
        if clock.over():
            break
        most = round(low + (high - low) * step / (points - 1))
        under = min(most, limits.targets.get(aim, most))
        eased = replace(limits, targets={**limits.targets, aim: under})
        known = solved((cost, "emissions"), eased, points - step, known)
        if known.found:
            found.append(_point(known, 0, at, most))
    found.append(_point(cheapest, 0, at, round(high)))
    return _without_worse(found)


def _point(plan: Optimum, position: int, at: int, most_mg: int) -> FrontierPoint:
    exact, objective = plan.exact, plan.objectives[position]
    if exact is None:
        raise ValueError("a point of the frontier needs a plan")
    sign = -1 if objective.name == "npv" else 1
    bound = None if objective.bound is None else sign * objective.bound
    emission = round(float(exact.total_mg[at]))
    return FrontierPoint(
        most_mg, emission, sign * objective.value, bound, objective.gap_share, plan.choices
    )


def _without_worse(points: list[FrontierPoint]) -> list[FrontierPoint]:
    """From the least emission to the least cost, without plans that another beats in both."""
    kept: list[FrontierPoint] = []
    for point in sorted(points, key=lambda each: (each.emission_mg, each.cost_cents)):
        if not kept or point.cost_cents < kept[-1].cost_cents:
            kept.append(point)
    return kept
