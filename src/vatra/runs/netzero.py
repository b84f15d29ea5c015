"""What is left, what sinks take up, what the budget allows, and whether that is net zero."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import polars as pl

from vatra.plans.budget import (
    BudgetUse,
    CarbonBudget,
    Exhaustion,
    budget_use,
    exhaustion,
    fair_share,
    read_budgets,
)
from vatra.plans.engine import Choice, Floats, Outcome, evaluate
from vatra.plans.residual import (
    Declared,
    ResidualLedger,
    read_residuals,
    residual_findings,
    residual_ledger,
)
from vatra.plans.risk import DRAWS, SEED, Sampled, default_correlations, design, sample
from vatra.plans.sinks import (
    NetZero,
    SinkLedger,
    net_zero,
    sink_ledger,
)
from vatra.runs.inventory import ROUNDING
from vatra.runs.risk import doubted
from vatra.runs.scenario import Scenario
from vatra.runs.scenario_sinks import of_actions, planted, undescribed
from vatra.tables import Finding, FindingsError, has_errors, order

PPM = 1_000_000
LEVEL_PPM = 500_000
_SCOPES = {"all": ("", "1", "2", "3"), "scope_1": ("1",), "scopes_1_2": ("1", "2")}


@dataclass(frozen=True)
class Balance:
    """Emissions against sinks, residual and budgets of a scenario, in whole milligrams of CO2e.

    Attributes
    ----------
    sinks : every planting of ``sinks.csv``, and of the actions that it does not describe
    replaced : actions whose sink the rows of ``sinks.csv`` describe in its stead
    emission_mg : what each cell emits, by year, in the order of the model's cells
    residual : what is left in the target year, by cell and cause
    budgets : the city's budgets, or default shares of the world's where it states none
    exhaustions : for each budget the probability that it is gone, where draws were made
    net_zero : the verdict on the target year
    findings : warnings of the tables behind this
    """

    scenario: Scenario
    sinks: SinkLedger
    replaced: tuple[str, ...]
    emission_mg: Mapping[int, tuple[int, ...]]
    residual: ResidualLedger
    budgets: tuple[BudgetUse, ...]
    exhaustions: tuple[Exhaustion, ...]
    net_zero: NetZero
    findings: tuple[Finding, ...]

    def gross_mg(self, year: int) -> int:
        """What is emitted in a year; cells that take up are sinks of the inventory."""
        return sum(self.emission_mg[year]) + self._standing_mg(year)

    def sinks_mg(self, year: int) -> int:
        """What the city's own sinks count in a year, above zero."""
        return self._standing_mg(year) + self.sinks.counted_mg(year)

    def net_mg(self, year: int) -> int:
        """Emitted less own sinks; no credits."""
        return self.gross_mg(year) - self.sinks_mg(year)

    def _standing_mg(self, year: int) -> int:
        """What forests and land of the inventory take up, above zero; rounding in print is none."""
        pairs = zip(self.scenario.model.base.cells, self.emission_mg[year], strict=True)
        return sum(-mass for cell, mass in pairs if mass < 0 and cell.stream != ROUNDING)


def balance(
    scenario: Scenario,
    choices: Mapping[str, Choice] | None = None,
    *,
    sampled: Sampled | None = None,
    level_ppm: int = LEVEL_PPM,
) -> Balance:
    """Hold a scenario's emissions against its sinks and budgets.

    Parameters
    ----------
    choices : other starts and levels of actions; their plantings move and shrink along
    sampled : draws of the scenario as chosen (``sampled_of``); without them nobody knows the
        probability, so that net zero cannot hold
    level_ppm : probability of net zero that is asked for [millionths]

    Raises ``FindingsError`` with every fault of ``sinks.csv``, ``residuals.csv`` and
    ``carbon_budgets.csv`` at once.
    """
    chosen = scenario.with_choices(choices) if choices else scenario
    outcome = evaluate(chosen.model)
    rows, findings = planted(scenario, choices or {})
    declared = read_residuals(scenario.pack.rows["residuals"])
    findings += residual_findings(chosen.model.base.cells, declared, "residuals.csv")
    findings += _budget_findings(scenario)
    if has_errors(findings):
        raise FindingsError(order(findings))
    replaced = tuple(sorted({each.action for each in rows if each.action}))
    findings += undescribed(chosen.model, replaced)
    grown = of_actions(chosen.model, replaced)
    ledger = sink_ledger([*rows, *grown], chosen.years)
    emission = whole_cells(outcome)
    found = Balance(
        chosen, ledger, replaced, emission, _residual(chosen, emission, declared),
        (), (), _NOTHING, tuple(order(findings)),
    )  # fmt: skip
    budgets = [_use(each, found) for each in _budgets(scenario)]
    net = None if sampled is None else _net_draws(found, outcome, sampled)
    gone = [] if net is None else [_gone(each, found, net) for each in budgets]
    return replace(
        found,
        budgets=tuple(budgets),
        exhaustions=tuple(gone),
        net_zero=_judged(found, net, level_ppm),
    )


_NOTHING = net_zero(0, 0, 0, 0)


def sinks(scenario: Scenario, choices: Mapping[str, Choice] | None = None) -> SinkLedger:
    """What a scenario's sinks take up, by planting and year; see ``balance``."""
    return balance(scenario, choices).sinks


def sampled_of(scenario: Scenario, draws: int = DRAWS, seed: int = SEED) -> Sampled:
    """Draws of a scenario with the default doubts and correlations, as ``runs.risk`` makes them."""
    found = doubted(scenario)
    ties = default_correlations(found)
    return sample(scenario.model, found, design(draws, seed), scenario.aim.target_year, ties)


def whole_cells(outcome: Outcome) -> dict[int, tuple[int, ...]]:
    """What each cell emits in each year, in whole milligrams."""
    years = outcome.base.years
    whole = np.rint(outcome.emission_mg).astype(np.int64)
    return {year: tuple(whole[:, n].tolist()) for n, year in enumerate(years)}


# Residual and budgets


def _residual(
    scenario: Scenario, emission: Mapping[int, Sequence[int]], declared: Sequence[Declared]
) -> ResidualLedger:
    year = scenario.aim.target_year
    return residual_ledger(
        year,
        scenario.model.base.cells,
        emission[year],
        declared,
        scenario.base_mg,
        scenario.aim.residual_limit_ppm,
        signed=(ROUNDING,),
    )


def _budget_findings(scenario: Scenario) -> list[Finding]:
    """Budgets that begin after the pathway ends."""
    last = scenario.years[-1]
    return [
        Finding("runs.budget-late", "error", "carbon_budgets.csv", (each.line,), "from_year",
                {"year": str(each.from_year), "last": str(last)})
        for each in read_budgets(scenario.pack.rows["carbon_budgets"])
        if each.from_year > last
    ]  # fmt: skip


def _budgets(scenario: Scenario) -> list[CarbonBudget]:
    """The city's own, or default shares of what the world may still emit."""
    stated = read_budgets(scenario.pack.rows["carbon_budgets"])
    if stated:
        return stated
    found = []
    people = persons(scenario)
    if people:
        found.append(fair_share("by_population", people))
    if scenario.base_mg > 0:
        found.append(fair_share("by_emissions", scenario.base_mg))
    return found


def persons(scenario: Scenario) -> int | None:
    """Persons of the city in its base year, where ``drivers.csv`` or ``stocks.csv`` says so."""
    driver = scenario.drivers.path("population", "", "", scenario.years)
    if driver is not None:
        return round(float(driver[0]))
    stocks = scenario.pack.rows["stocks"].filter(pl.col("stock").cast(pl.String) == "persons_count")
    return round(stocks["amount_parameter"][0]) if len(stocks) else None


def _use(budget: CarbonBudget, found: Balance) -> BudgetUse:
    scopes = _SCOPES[budget.scope]
    counts = [cell.scope in scopes for cell in found.scenario.model.base.cells]
    net = {
        year: sum(each for each, counted in zip(masses, counts, strict=True) if counted)
        - found.sinks.counted_mg(year)
        for year, masses in found.emission_mg.items()
    }
    return budget_use(budget, net)


def _gone(use: BudgetUse, found: Balance, net: Floats) -> Exhaustion:
    """When the draws use up a budget; draws of all scopes, in the proportion of what counts."""
    years = found.scenario.years
    central_mg = dict(zip(use.years, use.emission_mg, strict=True))
    counted = np.array([float(central_mg.get(year, 0)) for year in years])
    whole = np.array([float(found.net_mg(year)) for year in years])
    part = np.divide(counted, whole, out=np.zeros_like(whole), where=whole > 0)
    ahead = [year for year in use.years if year < years[0]]
    draws = net * np.where(whole > 0, part, 1.0)
    # Years before the base year are held at its figure, draw by draw.
    held = np.repeat(draws[:, :1], len(ahead), axis=1)
    return exhaustion(use.budget, (*ahead, *years), np.concatenate([held, draws], axis=1))


# Net zero


def _net_draws(found: Balance, outcome: Outcome, sampled: Sampled) -> Floats:
    """Net emissions of every draw [D, T], plantings of ``sinks.csv`` in place of their actions'."""
    model = found.scenario.model
    instead = [model.codes[code] for code in found.replaced]
    dropped = -outcome.sink_mg[instead].sum(axis=0)
    rows = [
        sum(each.counted_mg for each in found.sinks.lines
            if each.year == year and each.sink.kind not in ("", "credit"))
        for year in found.scenario.years
    ]  # fmt: skip
    return sampled.total_mg + dropped - np.array(rows, dtype=np.float64)


def _judged(found: Balance, net: Floats | None, level_ppm: int) -> NetZero:
    year = found.scenario.aim.target_year
    allowed = found.sinks.credits_mg(year, within_cap=True)
    probability = None
    if net is not None:
        met = net[:, found.scenario.target_at] - allowed <= 0
        probability = round(Fraction(int(met.sum()) * PPM, len(met)))
    cap = found.scenario.base_mg * found.scenario.aim.residual_limit_ppm // PPM
    return net_zero(
        year,
        found.gross_mg(year),
        found.sinks_mg(year),
        cap,
        credits_mg=found.sinks.credits_mg(year),
        allowed_mg=allowed,
        probability_ppm=probability,
        level_ppm=level_ppm,
    )
