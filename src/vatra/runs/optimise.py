"""The best plan of a scenario: its limits from the pack and the caller, its costs, its answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vatra.plans.attribution import shapley, wedges
from vatra.plans.engine import Action, Choice, evaluate
from vatra.plans.finance.reading import read_stated
from vatra.plans.portfolio import (
    GAP_SHARE,
    TIME_LIMIT_S,
    Costs,
    Limits,
    Optimum,
    Options,
    Progress,
    costs_of,
    optimise,
    possible,
)
from vatra.plans.portfolio.best import Cancelled
from vatra.plans.portfolio.faults import faults
from vatra.runs.optimise_asked import (
    Asked,
    limits_of,
    payers_of,
    scenario_costs,
    unknown_ceilings,
    unknown_costs,
)
from vatra.runs.scenario import Scenario
from vatra.tables import Finding, FindingsError, has_errors, order

__all__ = ["Asked", "Line", "Optimised", "optimise_scenario"]

# Without a stated target the least that can be left, as early as possible.
OBJECTIVES = ("emissions", "cumulative")
# With one: what the plan is worth, what it emits on the way, its dearest year, what homes pay.
OBJECTIVES_WITH_TARGET = ("npv", "cumulative", "peak", "bill")


@dataclass(frozen=True)
class Line:
    """One action of the best plan.

    ``cut_mg`` its part of the joint cut in the target year (Shapley); ``planned`` as in the pack.
    """

    action: Action
    choice: Choice
    planned: Choice
    capex_cents: int
    cut_mg: int


@dataclass(frozen=True)
class Optimised:
    """The best plan of a scenario.

    Attributes
    ----------
    scenario : as the pack has it; ``best`` with the choices found, None where no plan was
    objectives, limits : what was asked, after the pack
    optimum : the answer of the search
    lines : actions that are done, by start and code
    planned_mg, planned_capex_cents : target year and capital of the plan as the pack has it
    capex_cents_by_year : of the best plan, years of the pathway
    reached_year : first year in which the city's target is kept, None when in none
    findings : what is not known and therefore not counted
    """

    scenario: Scenario
    best: Scenario | None
    objectives: tuple[str, ...]
    limits: Limits
    optimum: Optimum
    lines: tuple[Line, ...]
    planned_mg: int
    planned_capex_cents: int
    capex_cents_by_year: tuple[int, ...]
    reached_year: int | None
    findings: tuple[Finding, ...]

    @property
    def emission_mg(self) -> int | None:
        """What the best plan leaves in the target year."""
        exact = self.optimum.exact
        return None if exact is None else round(float(exact.total_mg[self.scenario.target_at]))

    @property
    def capex_cents(self) -> int:
        """Capital of the best plan."""
        return sum(self.capex_cents_by_year)


def optimise_scenario(
    scenario: Scenario,
    asked: Asked | None = None,
    time_limit_s: float = TIME_LIMIT_S,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Cancelled | None = None,
    gap_share: float = GAP_SHARE,
) -> Optimised:
    """Find the best plan; raises ``FindingsError`` with every fault of limits and tables."""
    asked = asked or Asked()
    objectives = asked.objectives or (
        OBJECTIVES if asked.target_cut_ppm is None else OBJECTIVES_WITH_TARGET
    )
    stated, findings = read_stated(scenario.pack.rows, scenario.model.actions, scenario.years)
    limits = limits_of(scenario, asked, objectives, stated)
    findings += faults(scenario.model, limits, objectives, payers_of(scenario, stated))
    if has_errors(findings):
        raise FindingsError(order(findings))
    options = possible(scenario.model, limits)
    costs, unpriced = scenario_costs(scenario, options, stated, asked.discount_share)
    findings += [*unpriced, *unknown_costs(scenario), *unknown_ceilings(scenario, stated, asked)]
    optimum = optimise(
        scenario.model, limits, objectives, costs, time_limit_s, progress, cancelled, gap_share,
        start={each.code: each.choice for each in scenario.model.actions},
    )  # fmt: skip
    return _answer(scenario, objectives, limits, optimum, options, costs, findings)


# The answer


def _answer(
    scenario: Scenario,
    objectives: tuple[str, ...],
    limits: Limits,
    optimum: Optimum,
    options: Options,
    costs: Costs,
    findings: list[Finding],
) -> Optimised:
    at, span = scenario.target_at, len(scenario.years)
    planned = evaluate(scenario.model)
    planned_capex = costs_of(possible(scenario.model, _as_it_stands(scenario))).capex_cents
    best = scenario.with_choices(optimum.choices) if optimum.found else None
    pick = options.pick_of(optimum.choices)
    capex = costs.capex_cents[pick].sum(axis=1) if best else np.zeros((0, span), dtype=np.int64)
    reached = None
    if optimum.exact is not None:
        kept = np.flatnonzero(optimum.exact.total_mg <= scenario.target_mg)
        reached = scenario.years[int(kept[0])] if len(kept) else None
    return Optimised(
        scenario=scenario,
        best=best,
        objectives=objectives,
        limits=limits,
        optimum=optimum,
        lines=() if best is None else _lines(scenario, best, capex),
        planned_mg=round(float(planned.total_mg[at])),
        planned_capex_cents=int(planned_capex.sum()),
        capex_cents_by_year=tuple(int(each) for each in capex.sum(axis=0)),
        reached_year=reached,
        findings=tuple(order(findings)),
    )


def _as_it_stands(scenario: Scenario) -> Limits:
    return Limits(fixed={each.code: each.choice for each in scenario.model.actions})


def _lines(scenario: Scenario, best: Scenario, capex: npt.NDArray[np.int64]) -> tuple[Line, ...]:
    made = wedges(best.model, shapley(best.model))
    found = [
        Line(
            each,
            each.choice,
            was.choice,
            int(capex[i].sum()),
            made.actions_mg[each.code][scenario.target_at],
        )
        for i, (each, was) in enumerate(
            zip(best.model.actions, scenario.model.actions, strict=True)
        )
        if each.level > 0
    ]
    return tuple(sorted(found, key=lambda line: (line.choice.start_year, line.action.code)))
