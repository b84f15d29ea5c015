"""The path of a plan year by year as its pages ask about it: whole milligrams, never floats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from vatra.plans.engine import Floats, Outcome, evaluate
from vatra.runs.scenario import Scenario


@dataclass(frozen=True)
class PlanPath:
    """A scenario evaluated: what it leaves, and what there would be without its actions."""

    scenario: Scenario

    @cached_property
    def outcome(self) -> Outcome:
        """The engine's own figures."""
        return evaluate(self.scenario.model)

    @property
    def years(self) -> tuple[int, ...]:
        """Years from the base year on."""
        return self.scenario.years

    @cached_property
    def total_mg(self) -> tuple[int, ...]:
        """What is left in each year, sinks taken off."""
        return whole(self.outcome.total_mg)

    @cached_property
    def without_mg(self) -> tuple[int, ...]:
        """What there would be without the actions."""
        return whole(self.scenario.model.base.emission_mg.sum(axis=0))

    @cached_property
    def sectors_mg(self) -> Mapping[str, tuple[int, ...]]:
        """What is left by sector, without sinks."""
        return {name: whole(each) for name, each in self.outcome.by_sector().items()}

    @cached_property
    def sinks_mg(self) -> tuple[int, ...]:
        """What sinks take up, zero or less."""
        return whole(self.outcome.sink_mg.sum(axis=0))

    @property
    def target_year(self) -> int:
        """The year of the promise."""
        return self.scenario.aim.target_year

    @property
    def base_mg(self) -> int:
        """The base year."""
        return self.scenario.base_mg

    @property
    def target_mg(self) -> int:
        """What may be left in the target year."""
        return self.scenario.target_mg

    @property
    def left_mg(self) -> int:
        """What is left in the target year."""
        return self.total_mg[self.scenario.target_at]

    @property
    def missed_mg(self) -> int:
        """How far above the target the plan ends; below it, less than zero."""
        return self.left_mg - self.target_mg

    @property
    def gap_mg(self) -> int:
        """How far the plan ends from the target, above or below."""
        return abs(self.missed_mg)

    @property
    def met(self) -> bool:
        """Whether the target is met."""
        return self.missed_mg <= 0

    @property
    def cut_ppm(self) -> int:
        """What is gone of the base year, in parts per million."""
        base = self.base_mg
        return round((base - self.left_mg) * 1_000_000 / base) if base else 0


def whole(masses: Floats) -> tuple[int, ...]:
    """Masses as whole milligrams; nine digits of a tonne hide what processors differ in."""
    return tuple(int(each) for each in np.rint(masses))
