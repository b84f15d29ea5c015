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
from vatra.plans.finance.fixing import fixed_amounts, unplaced
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
from vatra.plans.finance.reading import BUDGETS, FUNDING, UNSTATED, Stated, read_stated
from vatra.plans.finance.sources import Source, Use
from vatra.runs.scenario import Scenario
from vatra.tables import Finding, FindingsError, has_errors, order
from vatra.tables.budgets import PAYERS
from vatra.units import CENTS_PER_EUR

_UNITS = {"price": ("EUR/MWh",), "ets2_price": ("EUR/t",), "carbon_price": ("EUR/t",)}


@dataclass(frozen=True)
class Finance:
    """The money of a scenario; A actions, U uses, S sources, T years.

    Attributes
    ----------
    scenario : with the choices that were asked for
    rates : whether amounts are nominal, the price year, discount rates, inflation, tax
    uses : action and payer of each use
    sources : in the order in which they are asked
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
    findings += [*_price_units(scenario), *_lifetimes(model)]
    _stop(findings)
    cost = costs(model)
    uses, weights = uses_of(model, stated.shares)
    capital = capital_of(cost, weights, years, rates)
    sources = with_own_money(stated.sources, uses, stated.budgets)
    fixed, wrong = fixed_amounts(stated.fixed, _by_action(uses, capital.nominal), sources)
    findings += wrong
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
    findings += _gaps_of_knowledge(model, cost, uses, stated, bill, years)
    findings += _without_size(paid, stated)
    people = staff_needed(cost, sorted({use.payer for use in uses}), purse)
    findings += _short_of_staff(people, stated, years)
    return Finance(
        scenario=scenario,
        rates=rates,
        uses=uses,
        sources=paid.allocation.sources,
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


def _stop(findings: Sequence[Finding]) -> None:
    if has_errors(findings):
        raise FindingsError(findings)


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


# Faults and gaps of knowledge


def _price_units(scenario: Scenario) -> list[Finding]:
    found = []
    for row in scenario.pack.rows["drivers"].iter_rows(named=True):
        known = _UNITS.get(str(row["driver"]))
        if known and row["unit"].strip() not in known:
            params = {"unit": row["unit"], "known": list(known)}
            found.append(
                Finding("plans.finance.price-unit", "error", "drivers.csv", (row["line"],),
                        "unit", params)
            )  # fmt: skip
    return found


def _lifetimes(model: Model) -> list[Finding]:
    return [
        Finding(
            "plans.finance.lifetime",
            "error",
            each.file,
            (each.line,) if each.line else (),
            "lifetime_years",
            {"action": each.code, "value": f"{each.economics.lifetime_years:g}"},
        )
        for each in model.actions
        if each.economics is not None and not each.economics.lifetime_years > 0
    ]


def _gaps_of_knowledge(
    model: Model,
    cost: Costs,
    uses: Sequence[Use],
    stated: Stated,
    bill: Bills,
    years: Sequence[int],
) -> list[Finding]:
    """What is not known and therefore not counted, or counted on nobody."""
    found = []
    if cost.without:
        codes = [model.actions[n].code for n in cost.without]
        found.append(_note("cost-unknown", model.actions[cost.without[0]].file, actions=codes))
    unstated = sorted({use.action for use in uses if use.payer == UNSTATED})
    if unstated:
        found.append(_note("payer-unstated", "financing.csv", actions=unstated))
    if bill.unpriced:
        found.append(_note("price-unknown", "drivers.csv", carriers=list(bill.unpriced)))
    spending = [int(n) for n in np.flatnonzero((cost.capital > 0).any(axis=0))]
    for payer, budget in stated.budgets.items():
        missing = [str(years[n]) for n in spending if years[n] not in budget]
        if missing and any(use.payer == payer for use in uses):
            label = f"@tables.payer-{payer}" if payer in PAYERS else payer
            found.append(_note("budget-years", BUDGETS, payer=label, years=missing))
    return found


def _short_of_staff(
    needed: Mapping[str, Floats], stated: Stated, years: Sequence[int]
) -> list[Finding]:
    """Years in which a payer needs more people than its budget has."""
    found = []
    for payer, there in stated.staff.items():
        by_year = dict(zip(years, needed.get(payer, np.zeros(len(years))), strict=True))
        short = [year for year in sorted(there) if by_year.get(year, 0.0) > there[year] + 1e-9]
        if short:
            most = max(by_year[year] - there[year] for year in short)
            label = f"@tables.payer-{payer}" if payer in PAYERS else payer
            names = [str(year) for year in short]
            found.append(_note("staff-short", BUDGETS, payer=label, years=names, most=float(most)))
    return found


def _without_size(paid: Paid, stated: Stated) -> list[Finding]:
    """Sources of which nobody says how much there is."""
    used = {each.code: int(paid.amount[n].sum()) for n, each in enumerate(paid.allocation.sources)}
    found = []
    for each in stated.sources:
        limited = each.payers and all(payer in stated.budgets for payer in each.payers)
        if each.ceiling_cents is not None or limited:
            continue
        code = "own-unlimited" if each.is_own else "ceiling-unknown"
        params = {"funding": each.code, "amount": used[each.code] / CENTS_PER_EUR}
        found.append(
            Finding(
                f"plans.finance.{code}", "warning", FUNDING, (each.line,), "ceiling_eur", params
            )
        )
    return found


def _note(code: str, file: str, **params: object) -> Finding:
    return Finding(f"plans.finance.{code}", "warning", file or FUNDING, params=params)
