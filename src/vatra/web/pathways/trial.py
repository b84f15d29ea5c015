"""A plan as a visitor changes it: evaluated at once, with a quick look at its doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from vatra.plans.engine import Base, Choice, Floats
from vatra.plans.pathway import PPM, PRINTED_CUT_HALF_STEP_PPM
from vatra.plans.risk import (
    Assembly,
    Drawn,
    chance,
    default_correlations,
    design,
    evaluated,
)
from vatra.plans.risk.drawing import draw
from vatra.runs.risk import doubted
from vatra.runs.scenario import Scenario
from vatra.units import MG_PER_WH_AT_ONE_T_PER_MWH
from vatra.web.pathways.choices import Wished, electricity_cells, planned_electricity
from vatra.web.pathways.path import PlanPath

# Enough to tell 30 from 35 %; the draws are made once, so that only their evaluation is waited for.
QUICK_DRAWS = 512
_CENTS = 100


@dataclass(frozen=True)
class Draws:
    """The draws of a plan with every action in it, made once and used for every trial."""

    scenario: Scenario

    @cached_property
    def drawn(self) -> Drawn:
        """Values of every doubted number, actions that the plan leaves out included."""
        chosen = {
            each.code: Choice(each.adoption.start_year, each.level or 1.0)
            for each in self.scenario.model.actions
        }
        found = doubted(self.scenario.with_choices(chosen))
        return draw(found, design(QUICK_DRAWS), default_correlations(found))


@dataclass(frozen=True)
class Trial:
    """The plan under other choices."""

    plan: Scenario
    wished: Wished
    draws: Draws

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario under the choices and the grid that were asked for."""
        changed = self.plan.with_choices(self.wished.choices(self.plan))
        if self.wished.electricity is None:
            return changed
        base = with_electricity(self.plan, float(self.wished.electricity))
        return replace(changed, model=replace(changed.model, base=base))

    @cached_property
    def path(self) -> PlanPath:
        """What is left year by year."""
        return PlanPath(self.scenario)

    @cached_property
    def chance_ppm(self) -> int | None:
        """How likely the target is met, by a few hundred draws; None without a base."""
        drawn = self.draws.drawn
        assembly = Assembly(self.scenario.model, drawn.quantities, self.plan.aim.target_year)
        total, base, _ = evaluated(assembly, drawn.values)
        if not bool((base > 0).all()):
            return None
        allowed = 1.0 - (self.plan.aim.cut_ppm - PRINTED_CUT_HALF_STEP_PPM) / PPM
        met = total[:, self.plan.target_at] / base <= allowed
        return round(chance(met, drawn.how).share * PPM)

    @property
    def capex_cents(self) -> int:
        """Capital of all that is chosen, at its mean."""
        return capex_cents(self.scenario)

    @cached_property
    def sectors_mg(self) -> Mapping[str, int]:
        """What is left by sector in the target year."""
        at = self.plan.target_at
        return {name: masses[at] for name, masses in self.path.sectors_mg.items()}


def capex_cents(scenario: Scenario) -> int:
    """Capital of the first round of all that is chosen, at its mean [cents]."""
    return round(
        sum(
            each.level * each.economics.capex_total_eur
            for each in scenario.model.actions
            if each.economics is not None
        )
        * _CENTS
    )


def with_electricity(scenario: Scenario, target_t_per_mwh: float) -> Base:
    """The base with another factor of electricity in the target year.

    From the year before the plan begins, the path bends evenly towards it; after the target year
    it keeps its ratio to the plan's path. A grid without emissions in the plan gets the new factor
    in proportion to the years that have passed.
    """
    base = scenario.model.base
    planned = float(planned_electricity(scenario) or 0.0)
    grown = _grown(scenario)
    factor = base.factor.copy()
    for n in electricity_cells(scenario):
        if planned > 0:
            factor[n] *= 1.0 + (target_t_per_mwh / planned - 1.0) * grown
        else:
            wanted = target_t_per_mwh * MG_PER_WH_AT_ONE_T_PER_MWH
            factor[n] += (wanted - factor[n]) * grown
    return replace(base, factor=factor)


def _grown(scenario: Scenario) -> Floats:
    """How far the new path has come in each year, 0 before the plan begins [T]."""
    years = np.asarray(scenario.years, dtype=np.float64)
    begin = min(scenario.pack.city.first_plan_year, scenario.aim.target_year) - 1
    span = max(scenario.aim.target_year - begin, 1)
    return np.asarray(np.clip((years - begin) / span, 0.0, 1.0))
