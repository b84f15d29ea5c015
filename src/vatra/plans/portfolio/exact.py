"""Many plans at once through the exact engine: what each emits and pays for energy."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from vatra.plans.engine import Floats, Inputs, Outcome, central, evaluate, with_required
from vatra.plans.portfolio.costs import Costs
from vatra.plans.portfolio.options import Ints, Options

# Floats of one array of the engine at a time; some thirty of them are alive together.
_AT_ONCE = 2_000_000


@dataclass(frozen=True)
class Measures:
    """Which figures of a plan depend on all its actions together; Q of them in a row.

    First the emission of each year, as shares of ``base_mg``; then the worth today of all energy
    bought beyond that of the base, in EUR million; then what households pay for energy in each
    year, in EUR million.
    """

    options: Options
    costs: Costs

    @cached_property
    def base_mg(self) -> float:
        """Emission of the base year: the unit of emissions inside [mg]."""
        return max(float(np.abs(self.options.model.base.emission_mg[:, 0]).sum()), 1.0)

    @property
    def span(self) -> int:
        """How many years."""
        return len(self.options.model.base.years)

    @property
    def count(self) -> int:
        """How many figures."""
        return self.span if self.costs.price_cents_per_wh is None else 2 * self.span + 1

    @cached_property
    def price(self) -> Floats:
        """EUR million per Wh of energy [C, T]; zeros for streams and where no price is known."""
        return self._prices(self.costs.price_cents_per_wh)

    def _prices(self, found: Floats | None) -> Floats:
        cells = self.options.model.base.cells
        if found is None:
            return np.zeros((len(cells), self.span))
        energy = np.array([[not cell.stream] for cell in cells])
        return np.where(energy, found, 0.0) / CENTS_PER_EUR_MILLION

    @cached_property
    def household_price(self) -> Floats:
        """The same of what households buy, with their taxes."""
        return self._prices(self.costs.household_price_cents_per_wh)

    @cached_property
    def base_worth(self) -> float:
        """Worth today of all energy bought without any action [EUR million]."""
        return float((self.options.model.base.amount * self.price * self.costs.discount).sum())

    def of(self, outcome: Outcome) -> Floats:
        """The figures [Q], or [D, Q] for draws."""
        emission = outcome.total_mg / self.base_mg
        if self.costs.price_cents_per_wh is None:
            return emission
        today = self.price * self.costs.discount
        worth = np.einsum("c...t,ct->...", outcome.amount, today) - self.base_worth
        bill = np.einsum("c...t,ct->...t", outcome.amount, self.household_price)
        return np.concatenate([emission, worth[..., None], bill], axis=-1)


CENTS_PER_EUR_MILLION = 1e8


class Oracle:
    """The exact figures of picks, remembered while they are asked for again and again."""

    def __init__(self, measures: Measures) -> None:
        self.measures = measures
        self.options = measures.options
        self.asked_count = 0
        self._inputs = central(self.options.model)

    def values(self, picks: Ints, with_requirements: bool = True) -> Floats:
        """Figures [D, Q] of picks [D, A].

        ``with_requirements`` as the engine has it: nothing begins before what it requires.
        """
        base = self.options.model.base
        step = max(_AT_ONCE // max(base.amount.size, 1), 1)
        parts = [
            self.measures.of(self._outcome(picks[at : at + step], with_requirements))
            for at in range(0, len(picks), step)
        ]
        return np.concatenate(parts) if parts else np.zeros((0, self.measures.count))

    def outcome(self, pick: Ints) -> Outcome:
        """The exact outcome of one pick [C, T]."""
        found = self._outcome(pick[None, :], with_requirements=True)
        return replace(
            found,
            amount=found.amount[:, 0],
            factor=found.factor[:, 0],
            emission_mg=found.emission_mg[:, 0],
            sink_mg=found.sink_mg[:, 0],
            exported_wh=found.exported_wh[0],
        )

    def _outcome(self, picks: Ints, with_requirements: bool) -> Outcome:
        self.asked_count += len(picks)
        if not self.options.model.actions:
            return self._nothing(len(picks))
        adoption = self.options.adoption[picks.T]
        if with_requirements:
            adoption = with_required(self.options.model.actions, adoption)
        return evaluate(self.options.model, self._with(adoption))

    def _nothing(self, count: int) -> Outcome:
        """The base for each pick of a model without actions: the engine has no draws of it."""
        found = evaluate(self.options.model)

        def many(values: Floats) -> Floats:
            return np.repeat(values[:, None], count, axis=1)

        return replace(
            found,
            amount=many(found.amount),
            factor=many(found.factor),
            emission_mg=many(found.emission_mg),
            sink_mg=many(found.sink_mg),
            exported_wh=np.repeat(found.exported_wh[None], count, axis=0),
        )

    def _with(self, adoption: Floats) -> Inputs:
        return replace(self._inputs, adoption=adoption)
