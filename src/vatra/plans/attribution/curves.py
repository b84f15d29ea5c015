"""Three cost curves, and what each may be used for.

*Static*: every action alone, as if no other were there. Its cuts do not add up and must not be
summed. *Sequential*: one action after the other, and after each pick what is left is ranked anew by
what it would still cut; its cuts add up to the joint cut. *Optimal*: least cost for each cut, from
an optimiser that chooses among all plans; picking the cheapest next action does not lead there.

Actions that pay for themselves come first, by net present value: below zero, fewer tonnes make a
"better" price per tonne (on this fault see S. Taylor, The ranking of negative-cost emissions
reduction measures, Energy Policy 48 (2012) 430-438). The others follow by price per tonne.
Actions that cut nothing, and those without a stated cost, have no price and come last.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from vatra.plans.attribution.costs import ActionCost, by_code, eur_per_t
from vatra.plans.attribution.products import Bools

Ground = Literal["saves", "costs", "cuts_nothing", "no_cost"]
GROUNDS: tuple[Ground, ...] = ("saves", "costs", "cuts_nothing", "no_cost")
# Cut [mg, whole] of each set of actions [M, A] together.
Cuts = Callable[[Bools], Sequence[int]]


@dataclass(frozen=True)
class CurveStep:
    """One action on a curve.

    ``ground`` why it stands where it does; ``cut_mg`` a year; ``annual_cents``, ``npv_cents`` as
    stated; ``eur_per_t`` only of what costs and cuts: a negative price would rank wrongly.
    ``sum_cut_mg``, ``sum_cents`` of all steps so far, ``None`` where they must not be summed.
    ``needed_by`` the action for whose sake it stands here, where it is ranked with one that needs
    it.
    """

    code: str
    ground: Ground
    cut_mg: int
    annual_cents: int | None
    npv_cents: int | None
    eur_per_t: float | None
    sum_cut_mg: int | None = None
    sum_cents: int | None = None
    needed_by: str = ""


def static_curve(cuts_mg: Mapping[str, int], costs: Sequence[ActionCost]) -> tuple[CurveStep, ...]:
    """Every action by what it would cut alone; the cuts do not add up.

    Parameters
    ----------
    cuts_mg : first-in cut of each action [mg a year]
    costs : of the same actions
    """
    known = by_code(costs)
    steps = [_step(code, cut, known[code]) for code, cut in cuts_mg.items()]
    return tuple(sorted(steps, key=_rank))


def sequential_curve(
    codes: Sequence[str],
    costs: Sequence[ActionCost],
    cuts: Cuts,
    needs: Sequence[Sequence[int]] | None = None,
) -> tuple[CurveStep, ...]:
    """One action after the other, ranked anew after each by what it still cuts.

    Parameters
    ----------
    codes : of the A actions
    costs : of each, the same whatever stands beside it
    cuts : joint cut of sets of actions
    needs : of each action, those that must stand before it; they are ranked as one with it

    Returns
    -------
    All actions; the sum of their cuts is the joint cut of all.
    """
    known = by_code(costs)
    walk = _Walk(tuple(codes), tuple(known[code] for code in codes), cuts, needs)
    while walk.left:
        walk.take(walk.best())
    return tuple(walk.steps)


@dataclass
class _Walk:
    codes: tuple[str, ...]
    costs: tuple[ActionCost, ...]
    cuts: Cuts
    needs: Sequence[Sequence[int]] | None

    def __post_init__(self) -> None:
        self.acting = np.zeros(len(self.codes), dtype=bool)
        self.left = list(range(len(self.codes)))
        self.steps: list[CurveStep] = []
        self.cut_mg = 0
        self.cents = 0

    def packages(self) -> list[list[int]]:
        """Each action that is left, after what it needs and has not yet."""
        needed = self.needs or [()] * len(self.codes)
        return [[j for j in needed[i] if not self.acting[j]] + [i] for i in self.left]

    def best(self) -> list[int]:
        """The package to take next."""
        packages = self.packages()
        sets = np.repeat(self.acting[None], len(packages), axis=0)
        for row, package in zip(sets, packages, strict=True):
            row[package] = True
        found = self.cuts(sets)
        ranked = [
            (_rank(self._as_one(package, cut - self.cut_mg)), package)
            for package, cut in zip(packages, found, strict=True)
        ]
        return min(ranked)[1]

    def _as_one(self, package: list[int], cut_mg: int) -> CurveStep:
        costs = [self.costs[i] for i in package]
        annual = [each.annual_cents for each in costs if each.annual_cents is not None]
        npv = [each.npv_cents for each in costs if each.npv_cents is not None]
        whole = len(annual) == len(npv) == len(package)
        code = self.codes[package[-1]]
        cost = ActionCost(code, sum(annual) if whole else None, sum(npv) if whole else None)
        return _step(code, cut_mg, cost)

    def take(self, package: list[int]) -> None:
        """Put a package on the curve, action by action."""
        order = sorted(package[:-1], key=lambda i: (len((self.needs or ())[i]), i))
        for i in [*order, package[-1]]:
            self.acting[i] = True
            cut = self.cuts(self.acting[None])[0]
            step = _step(self.codes[i], cut - self.cut_mg, self.costs[i])
            self.cut_mg, self.cents = cut, self.cents + (step.annual_cents or 0)
            self.steps.append(
                CurveStep(
                    step.code, step.ground, step.cut_mg, step.annual_cents, step.npv_cents,
                    step.eur_per_t, self.cut_mg, self.cents,
                    "" if i == package[-1] else self.codes[package[-1]],
                )
            )  # fmt: skip
            self.left.remove(i)


def _step(code: str, cut_mg: int, cost: ActionCost) -> CurveStep:
    ground = _ground(cut_mg, cost)
    price = eur_per_t(cost.annual_cents or 0, cut_mg) if ground == "costs" else None
    return CurveStep(code, ground, cut_mg, cost.annual_cents, cost.npv_cents, price)


def _ground(cut_mg: int, cost: ActionCost) -> Ground:
    if cost.annual_cents is None or cost.npv_cents is None:
        return "no_cost"
    if cut_mg <= 0:
        return "cuts_nothing"
    return "saves" if cost.annual_cents < 0 else "costs"


def _rank(step: CurveStep) -> tuple[int, float, str]:
    worth = -float(step.npv_cents or 0)
    by = {"saves": worth, "costs": step.eur_per_t or 0.0, "cuts_nothing": worth, "no_cost": 0.0}
    return GROUNDS.index(step.ground), by[step.ground], step.code


@dataclass(frozen=True)
class BestPlan:
    """A plan that an optimiser found: what it costs and cuts in a year, and its actions."""

    annual_cents: int
    cut_mg: int
    codes: tuple[str, ...]


@dataclass(frozen=True)
class FrontierStep:
    """From one best plan to the next.

    ``annual_cents`` and ``cut_mg`` of the whole plan, ``codes`` its actions; ``eur_per_t`` the
    price of the tonnes added since the plan before, ``None`` where they cost nothing.
    """

    annual_cents: int
    cut_mg: int
    codes: tuple[str, ...]
    eur_per_t: float | None


def optimal_curve(plans: Sequence[BestPlan]) -> tuple[FrontierStep, ...]:
    """The frontier of plans that an optimiser found, dearer plans with deeper cuts after cheaper.

    A plan that costs as much as another or more and cuts no more is not on the frontier. The first
    step has a price only where it costs something.
    """
    kept: list[FrontierStep] = []
    for each in sorted(plans, key=lambda plan: (plan.annual_cents, -plan.cut_mg, plan.codes)):
        if kept and each.cut_mg <= kept[-1].cut_mg:
            continue
        cost, cut = (kept[-1].annual_cents, kept[-1].cut_mg) if kept else (0, 0)
        added = each.annual_cents - cost
        price = eur_per_t(added, each.cut_mg - cut) if added >= 0 else None
        kept.append(FrontierStep(each.annual_cents, each.cut_mg, each.codes, price))
    return tuple(kept)
