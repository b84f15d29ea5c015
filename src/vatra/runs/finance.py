"""Who pays for a scenario, out of which sources, what is missing, and what it is worth to whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from vatra.plans.attribution import shapley, wedges
from vatra.plans.engine import Choice, Model, evaluate
from vatra.plans.finance.actors import Actor, Society
from vatra.plans.finance.benefits import CoBenefit, co_benefits
from vatra.plans.finance.bills import Bills, bills
from vatra.plans.finance.cents import Cents, Floats
from vatra.plans.finance.costs import Costs, costs, uses_of
from vatra.plans.finance.fixing import fitted, fixed_amounts, unplaced
from vatra.plans.finance.owing import Cover, Debt, cover, debt_of
from vatra.plans.finance.paying import (
    Capital,
    Paid,
    capital_of,
    pay,
    with_known_ceilings,
    with_own_money,
)
from vatra.plans.finance.prices import Prices, Rates, default_rates
from vatra.plans.finance.purses import Purse, actors, for_society, staff_needed
from vatra.plans.finance.reading import Stated, read_stated
from vatra.plans.finance.sources import Source, Use
from vatra.runs.finance_findings import (
    gaps_of_knowledge,
    lifetimes,
    price_units,
    short_of_staff,
    without_size,
)
from vatra.runs.scenario import Scenario
from vatra.tables import Finding, FindingsError, has_errors, order


@dataclass(frozen=True)
class Finance:
    """The money of a scenario; A actions, U uses, S sources, T years.

    Attributes
    ----------
    scenario : with the choices that were asked for
    rates : whether amounts are nominal, the price year, discount rates, inflation, tax
    uses : action and payer of each use
    sources : in the order in which they are asked, ceilings as stated
    capital : new and again [A, T] real; ``need`` [U, T] as shown
    paid : ``amount`` [S, U, T], ``gap`` [U, T] as shown; ``need = amount.sum(0) + gap``
    costs, bills : in real euros, by action
    debt : schedules in the money of each year
    covers : debt service cover of everybody who owes
    actors, society : streams and worths
    shadow, ets2 : price paths [EUR/t of the price year, T]
    co_benefits : their own ledger
    staff_needed, staff_budget : by payer [T], and by payer and year
    findings : warnings and notes
    """

    scenario: Scenario
    rates: Rates
    uses: tuple[Use, ...]
    sources: tuple[Source, ...]
    stated: Stated
    costs: Costs
    capital: Capital
    paid: Paid
    bills: Bills
    debt: Debt
    covers: tuple[Cover, ...]
    actors: tuple[Actor, ...]
    society: Society
    shadow: Floats
    ets2: Floats
    carbon_mg: Cents
    co_benefits: tuple[CoBenefit, ...]
    staff_needed: Mapping[str, Floats]
    findings: tuple[Finding, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """Years of the plan, the base year first."""
        return self.scenario.years

    @property
    def model(self) -> Model:
        """Base and actions."""
        return self.scenario.model

    @property
    def payers(self) -> tuple[str, ...]:
        """Everybody who pays, sorted."""
        return tuple(sorted({use.payer for use in self.uses}))

    @property
    def total_cents(self) -> int:
        """All capital of the plan."""
        return int(self.capital.need.sum())

    @property
    def gap_cents(self) -> int:
        """What no source pays."""
        return int(self.paid.gap.sum())

    @property
    def first_gap_year(self) -> int | None:
        """The first year in which money is missing."""
        years = np.flatnonzero(self.paid.gap.sum(axis=0))
        return self.years[int(years[0])] if len(years) else None

    @property
    def present(self) -> int:
        """Position of the first year of spending, to which values are brought."""
        spent = np.flatnonzero(self.capital.need.sum(axis=0))
        return int(spent[0]) if len(spent) else 0

    @cached_property
    def cuts_mg(self) -> Mapping[str, int]:
        """What each action cuts in the target year [mg]: its wedge, adding up to the joint cut."""
        target = self.scenario.aim.target_year
        made = wedges(self.model, shapley(self.model, years=[target]))
        return {code: by_year[0] for code, by_year in made.actions_mg.items()}

    def need_of(self, payer: str) -> Cents:
        """What a payer has to find in each year [T]."""
        return np.asarray(self.capital.need[self._mine(payer)].sum(axis=0))

    def gap_of(self, payer: str) -> Cents:
        """What a payer does not find in each year [T]."""
        return np.asarray(self.paid.gap[self._mine(payer)].sum(axis=0))

    def source_of(self, number: int, payer: str = "") -> Cents:
        """What a source pays in each year, for everybody or for one payer [T]."""
        mine = self._mine(payer) if payer else list(range(len(self.uses)))
        return np.asarray(self.paid.amount[number][mine].sum(axis=0))

    def _mine(self, payer: str) -> list[int]:
        return [n for n, use in enumerate(self.uses) if use.payer == payer]


def finance(
    scenario: Scenario,
    choices: Mapping[str, Choice] | None = None,
    *,
    nominal: bool = False,
    discount: float | None = None,
) -> Finance:
    """Pay for a scenario.

    Parameters
    ----------
    choices : other starts and levels of actions
    nominal : amounts in the money of each year instead of that of the price year
    discount : real financial discount rate instead of that of the data (0.04 is 4 %)

    Raises ``FindingsError`` with every fault of the three tables at once; ``ValueError`` for a
    discount rate of -100 % or less.
    """
    if choices:
        scenario = scenario.with_choices(choices)
    model, years = scenario.model, scenario.years
    rates = default_rates(nominal, discount)
    stated, findings = read_stated(scenario.pack.rows, model.actions, years)
    findings += [*price_units(scenario), *lifetimes(model)]
    _stop(findings)
    cost = costs(model)
    uses, weights = uses_of(model, stated.shares)
    capital = capital_of(cost, weights, years, rates)
    sources = with_own_money(stated.sources, uses, stated.budgets)
    by_action = _by_action(uses, capital.nominal)
    rows, freed = fitted(stated.fixed, _changed(scenario), by_action, sources)
    fixed, wrong = fixed_amounts(rows, by_action, sources)
    findings += [*freed, *wrong]
    _stop(findings)
    known = with_known_ceilings(sources, fixed)
    paid = pay(capital, uses, known, fixed, stated.budgets, years, rates)
    findings += unplaced(fixed, paid.allocation.unplaced)
    prices = Prices(years, scenario.drivers)
    bill = bills(model, prices, rates)
    debt = debt_of(paid.allocation)
    purse = Purse(years, model.actions, uses, weights, cost, capital, paid, debt, bill, rates)
    found = actors(purse)
    carbon_mg = _carbon(model)
    findings += gaps_of_knowledge(model, cost, uses, stated, bill, years)
    findings += without_size(paid, stated)
    people = staff_needed(cost, sorted({use.payer for use in uses}), purse)
    findings += short_of_staff(people, stated, years)
    return Finance(
        scenario=scenario,
        rates=rates,
        uses=uses,
        sources=_as_stated(paid, sources),
        stated=stated,
        costs=cost,
        capital=capital,
        paid=paid,
        bills=bill,
        debt=debt,
        covers=_covers(found, debt),
        actors=found,
        society=for_society(purse, carbon_mg, prices.shadow()),
        shadow=prices.shadow(),
        ets2=prices.ets2(),
        carbon_mg=carbon_mg,
        co_benefits=co_benefits(model, cost),
        staff_needed=people,
        findings=tuple(order(findings)),
    )


def _changed(scenario: Scenario) -> set[str]:
    """Codes of actions that start in another year, or go to another level, than their rows say."""
    stated = {
        code: Choice(start, percent / 100)
        for code, start, percent in scenario.pack.rows["actions"]
        .select("code", "start_year", "level_percent")
        .iter_rows()
    }
    first = scenario.pack.city.first_plan_year
    printed = Choice(first, 1.0)
    return {
        each.code for each in scenario.model.actions
        if each.choice != stated.get(each.code, printed)
    }  # fmt: skip


def _stop(findings: Sequence[Finding]) -> None:
    if has_errors(findings):
        raise FindingsError(findings)


def _as_stated(paid: Paid, sources: Sequence[Source]) -> tuple[Source, ...]:
    """Sources in the order in which they were asked; a ceiling that nobody states stays unknown."""
    by_code = {each.code: each for each in sources}
    return tuple(by_code[each.code] for each in paid.allocation.sources)


def _by_action(uses: Sequence[Use], need: Cents) -> dict[str, int]:
    found: dict[str, int] = {}
    for use, by_year in zip(uses, need, strict=True):
        found[use.action] = found.get(use.action, 0) + int(by_year.sum())
    return found


def _carbon(model: Model) -> Cents:
    """CO2e not emitted because of the plan in each year [mg, T]."""
    before = model.base.emission_mg.sum(axis=0)
    return np.rint(before - evaluate(model).total_mg).astype(np.int64)


def _covers(found: Sequence[Actor], debt: Debt) -> tuple[Cover, ...]:
    return tuple(
        cover(each.name, each.flows.cash, each.flows.of("service"))
        for each in found
        if each.name in debt.payers
    )
