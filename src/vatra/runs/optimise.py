"""The best plan of a scenario: its limits from the pack and the caller, its costs, its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np

from vatra.plans.attribution import shapley, wedges
from vatra.plans.engine import Action, Choice, Floats, evaluate
from vatra.plans.finance.prices import Prices, bill_payer, default_rates
from vatra.plans.finance.reading import Stated, names_of, read_stated
from vatra.plans.finance.sources import Source
from vatra.plans.portfolio import (
    GAP_SHARE,
    LEVELS,
    TIME_LIMIT_S,
    Costs,
    Fund,
    GroupShare,
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
from vatra.runs.scenario import Scenario
from vatra.tables import Finding, FindingsError, has_errors, order

# Without a stated target the least that can be left, as early as possible.
OBJECTIVES = ("emissions", "cumulative")
# With one: what the plan is worth, what it emits on the way, its dearest year, what homes pay.
OBJECTIVES_WITH_TARGET = ("npv", "cumulative", "peak", "bill")
PPM = 1_000_000
_HOUSEHOLDS = "households"
_CENTS_PER_WH = 100 / 1_000_000  # of a price in EUR/MWh


@dataclass(frozen=True)
class Asked:
    """What the caller wants beyond the pack; empty and None leave it to the pack.

    Attributes
    ----------
    objectives : in their order; by default the least emission, or the best plan for a target
    target_cut_ppm : cut of the target year against the base year, instead of the city's
    targets_mg : more targets, by year
    cumulative_mg : carbon budget of all years of the pathway
    capex_total_cents : capital of all years and payers
    capex_cents_by_year : (payer, year) -> capital, instead of those of ``budgets.csv``
    uses_budgets, uses_funding : whether the tables of the pack bind
    """

    objectives: tuple[str, ...] = ()
    target_cut_ppm: int | None = None
    targets_mg: Mapping[int, int] = field(default_factory=dict)
    cumulative_mg: int | None = None
    capex_total_cents: int | None = None
    capex_cents_by_year: Mapping[tuple[str, int], int] = field(default_factory=dict)
    staff_fte_by_year: Mapping[tuple[str, int], float] = field(default_factory=dict)
    first_year: int | None = None
    levels: tuple[float, ...] = LEVELS
    fixed: Mapping[str, Choice] = field(default_factory=dict)
    minimum_pace: Mapping[tuple[str, int], float] = field(default_factory=dict)
    equity: tuple[GroupShare, ...] = ()
    bill_cents_by_year: Mapping[int, int] = field(default_factory=dict)
    uses_budgets: bool = True
    uses_funding: bool = True
    discount_share: float | None = None


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
    findings += faults(scenario.model, limits, objectives, _payers(scenario, stated))
    if has_errors(findings):
        raise FindingsError(order(findings))
    options = possible(scenario.model, limits)
    costs, unpriced = scenario_costs(scenario, options, stated, asked.discount_share)
    findings += [*unpriced, *_unknown_costs(scenario), *_unknown_ceilings(scenario, stated, asked)]
    optimum = optimise(
        scenario.model, limits, objectives, costs, time_limit_s, progress, cancelled, gap_share,
        start={each.code: each.choice for each in scenario.model.actions},
    )  # fmt: skip
    return _answer(scenario, objectives, limits, optimum, options, costs, findings)


def limits_of(
    scenario: Scenario, asked: Asked, objectives: tuple[str, ...], stated: Stated
) -> Limits:
    """Limits of the city, its budgets and its funds, with what the caller wants instead."""
    city, aim = scenario.pack.city, scenario.aim
    targets = dict(asked.targets_mg)
    cut = asked.target_cut_ppm
    if cut is None and "emissions" not in objectives[:1]:
        cut = aim.cut_ppm
    if cut is not None:
        targets[aim.target_year] = scenario.base_mg * (PPM - cut) // PPM
    budgets = dict(asked.capex_cents_by_year)
    staff = dict(asked.staff_fte_by_year)
    if asked.uses_budgets:
        budgets = budgets or _by_year(stated.budgets, scenario)
        staff = staff or _by_year(stated.staff, scenario)
    first = city.plan_start_year if asked.first_year is None else asked.first_year
    return Limits(
        targets=targets,
        cumulative_mg=asked.cumulative_mg,
        capex_cents_by_year=budgets,
        capex_total_cents=asked.capex_total_cents,
        staff_fte_by_year=staff,
        funds=funds_of(scenario, stated) if asked.uses_funding else (),
        first_year=first,
        levels=asked.levels,
        fixed=asked.fixed,
        minimum_pace=asked.minimum_pace,
        equity=asked.equity,
        bill_cents_by_year=asked.bill_cents_by_year,
        aim_year=aim.target_year,
    )


_Amount = TypeVar("_Amount", int, float)


def _by_year(
    stated: Mapping[str, Mapping[int, _Amount]], scenario: Scenario
) -> dict[tuple[str, int], _Amount]:
    return {
        (payer, year): most
        for payer, by_year in stated.items()
        for year, most in by_year.items()
        if year in scenario.years
    }


def funds_of(scenario: Scenario, stated: Stated) -> tuple[Fund, ...]:
    """Sources that are not the payers' own money, as far as their ceiling is known."""
    first, last = scenario.years[0], scenario.years[-1]
    return tuple(
        Fund(
            each.code,
            each.ceiling_cents,
            each.first_year if each.first_year is not None else first,
            each.last_year if each.last_year is not None else last,
            _eligible(scenario, each),
            frozenset(each.payers),
            each.intensity_max,
        )
        for each in stated.sources
        if not each.is_own and each.ceiling_cents is not None
    )


def _eligible(scenario: Scenario, source: Source) -> frozenset[str]:
    return frozenset(
        each.code
        for each in scenario.model.actions
        if not source.eligible or set(names_of(each)) & set(source.eligible)
    )


def _payers(scenario: Scenario, stated: Stated) -> tuple[str, ...]:
    named = {each.economics.payer for each in scenario.model.actions if each.economics}
    return tuple(sorted(named | {name for each in stated.shares.values() for name in each}))


# Costs


def scenario_costs(
    scenario: Scenario, options: Options, stated: Stated, discount_share: float | None = None
) -> tuple[Costs, list[Finding]]:
    """Costs of all options at the prices of the pack, and the carriers without a price."""
    rates = default_rates(discount=discount_share)
    prices = Prices(scenario.years, scenario.drivers)
    cells = scenario.model.base.cells
    price = np.zeros(scenario.model.base.amount.shape)
    homes, unpriced = np.zeros(price.shape), set()
    for n, cell in enumerate(cells):
        if cell.stream:
            continue
        payer = bill_payer(cell.use, cell.sector)
        found = prices.energy(cell.use, cell.carrier, payer.price_class)
        if found is None:
            unpriced.add(cell.carrier)
            continue
        price[n] = found * _CENTS_PER_WH
        if payer.payer == _HOUSEHOLDS:
            homes[n] = price[n] / (1.0 - rates.vat_of(payer.payer))
    made = costs_of(options, stated.shares, price, homes, rates.discount)
    found_costs = replace(made, net_cents=made.net_cents - _printed_savings(options, prices))
    return found_costs, [_note("optimise-unpriced", names=sorted(unpriced))] if unpriced else []


def _printed_savings(options: Options, prices: Prices) -> Floats:
    """Worth of energy that is printed beside observed tonnes and that no cell loses [N, T]."""
    result = np.zeros(options.adoption.shape)
    for i, action in enumerate(options.model.actions):
        for carrier, amount_wh in (action.economics.energy_wh if action.economics else {}).items():
            payer = bill_payer(action.sector, action.sector)
            price = prices.energy(action.sector, carrier, payer.price_class)
            if price is not None:
                worth = price * _CENTS_PER_WH * amount_wh
                result[options.of(i)] += options.adoption[options.of(i)] * worth
    return result


def _unknown_costs(scenario: Scenario) -> list[Finding]:
    """Actions without a cost look like gifts: said, not hidden."""
    codes = [each.code for each in scenario.model.actions if each.economics is None]
    return [_note("optimise-uncosted", names=codes)] if codes else []


def _unknown_ceilings(scenario: Scenario, stated: Stated, asked: Asked) -> list[Finding]:
    codes = [each.code for each in stated.sources if not each.is_own and each.ceiling_cents is None]
    return [_note("optimise-ceiling", names=codes)] if codes and asked.uses_funding else []


def _note(code: str, **params: object) -> Finding:
    return Finding(f"plans.portfolio.{code}", "warning", params=params)


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


def _lines(scenario: Scenario, best: Scenario, capex: np.ndarray) -> tuple[Line, ...]:
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
