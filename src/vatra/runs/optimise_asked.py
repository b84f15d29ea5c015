"""What the caller asks of the best plan, and what the pack adds: limits, funds, costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np

from vatra.plans.engine import Choice, Floats
from vatra.plans.finance.prices import Prices, bill_payer, default_rates
from vatra.plans.finance.reading import Stated, names_of
from vatra.plans.finance.sources import Source
from vatra.plans.portfolio import LEVELS, Costs, Fund, GroupShare, Limits, Options, costs_of
from vatra.runs.scenario import Scenario
from vatra.tables import Finding

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


def payers_of(scenario: Scenario, stated: Stated) -> tuple[str, ...]:
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


def unknown_costs(scenario: Scenario) -> list[Finding]:
    """Actions without a cost look like gifts: said, not hidden."""
    codes = [each.code for each in scenario.model.actions if each.economics is None]
    return [_note("optimise-uncosted", names=codes)] if codes else []


def unknown_ceilings(scenario: Scenario, stated: Stated, asked: Asked) -> list[Finding]:
    codes = [each.code for each in stated.sources if not each.is_own and each.ceiling_cents is None]
    return [_note("optimise-ceiling", names=codes)] if codes and asked.uses_funding else []


def _note(code: str, **params: object) -> Finding:
    return Finding(f"plans.portfolio.{code}", "warning", params=params)
