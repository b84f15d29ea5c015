"""The plan of a city as its pages ask about it; each part is computed once and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from vatra.plans.engine import Inputs, central
from vatra.runs.attribution import Attribution, attribution
from vatra.runs.netzero import Balance, balance, sampled_of
from vatra.runs.risk import Risk, risk
from vatra.runs.scenario import Scenario
from vatra.tables import Finding, FindingsError
from vatra.web.cities.folders import kept_with_folder
from vatra.web.cities.models import City
from vatra.web.pathways.folders import Built, scenario_of
from vatra.web.pathways.path import PlanPath
from vatra.web.pathways.saved import SavedPlan, saved_plans
from vatra.web.pathways.trial import Draws

FIGURES_KEPT = 8
# Enough for the moment a budget is gone to a few months.
BALANCE_DRAWS = 2048


@dataclass(frozen=True)
class PlanFigures:
    """A scenario with actions, and what follows from it; ``folder`` holds what was saved."""

    scenario: Scenario
    folder: Path

    @cached_property
    def path(self) -> PlanPath:
        """What is left year by year."""
        return PlanPath(self.scenario)

    @cached_property
    def risk(self) -> Risk:
        """How sure the plan is, with the default doubts where it states none."""
        return risk(self.scenario)

    @cached_property
    def inputs(self) -> Inputs:
        """What the plan is evaluated with: every number at its mean."""
        return central(self.scenario.model)

    @cached_property
    def attribution(self) -> Attribution:
        """Who does the work, and what a tonne costs."""
        return attribution(self.scenario, best=[each.choices for each in self.saved])

    @cached_property
    def saved(self) -> Sequence[SavedPlan]:
        """Best plans that lie in the folder."""
        return saved_plans(self.folder, self.scenario)

    @cached_property
    def balance(self) -> Balance | None:
        """What is left against sinks and budgets; None where ``balance_faults`` tell why."""
        try:
            return balance(self.scenario, sampled=sampled_of(self.scenario, BALANCE_DRAWS))
        except FindingsError:
            return None

    @cached_property
    def balance_faults(self) -> Sequence[Finding]:
        """What stands in the way of the balance."""
        if self.balance is not None:
            return ()
        try:
            balance(self.scenario)
        except FindingsError as problem:
            return [each for each in problem.findings if each.severity == "error"]
        return ()

    @cached_property
    def draws(self) -> Draws:
        """The few hundred draws that trials are judged by."""
        return Draws(self.scenario)

    @property
    def name(self) -> str:
        """Name of the city."""
        return self.scenario.pack.city.name

    @property
    def synthetic(self) -> bool:
        """Whether its data is made up."""
        return self.scenario.pack.city.synthetic

    @property
    def unit(self) -> str:
        """What the tonnes are of."""
        return "CO₂" if list(self.scenario.pack.city.gases) == ["CO2"] else "CO₂e"


def built(city: City) -> Built:
    """The scenario of a city, or what stands in its way."""
    return scenario_of(Path(city.folder), city.run_id)


def plan_figures(city: City) -> PlanFigures | None:
    """The plan of a city that has actions; None where it has none or they cannot be built."""
    return _figures_of(Path(city.folder), city.run_id)


@kept_with_folder(FIGURES_KEPT)
def _figures_of(folder: Path, run_id: str) -> PlanFigures | None:
    found = scenario_of(folder, run_id).scenario
    return PlanFigures(found, folder) if found is not None and found.model.actions else None
