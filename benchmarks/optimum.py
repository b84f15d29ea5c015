"""The best plan of forty actions over fifteen years, and the relaxation that bounds it."""

from __future__ import annotations

import time

import numpy as np

from vatra.plans.distributions import fixed
from vatra.plans.engine import Action, Adoption, Base, Cell, Economics, Effect, Model, evaluate
from vatra.plans.portfolio import Limits, costs_of, optimise, possible
from vatra.plans.portfolio.exact import Measures, Oracle
from vatra.plans.portfolio.milp import Clock, Programme
from vatra.plans.portfolio.problem import Problem
from vatra.plans.portfolio.rows import problem
from vatra.plans.portfolio.terms import terms_of

ACTIONS = 40
YEARS = tuple(range(2020, 2036))
SEED = 20261104
# Cells: use, sector, sub-sector, carrier, scope, energy a year [TWh] and factor [g/kWh].
_CELLS = (
    ("residential", "buildings", "I.1", "natural_gas", "1", 0.8, 202.0),
    ("residential", "buildings", "I.1", "electricity", "2", 0.2, 300.0),
    ("residential", "buildings", "I.1", "district_heat", "2", 0.3, 250.0),
    ("tertiary", "buildings", "I.2", "natural_gas", "1", 0.2, 202.0),
    ("tertiary", "buildings", "I.2", "electricity", "2", 0.15, 300.0),
    ("cars", "transport", "II.1", "gasoline", "1", 0.4, 249.0),
    ("buses", "transport", "II.1", "diesel", "1", 0.05, 267.0),
)
_WH_PER_TWH = 1e12
_BUDGET_CENTS = 25_000_000_000  # EUR 250 m a year


def model() -> Model:
    """Forty actions that save, avoid and clean, of EUR 5 m to 300 m each."""
    generator = np.random.default_rng(SEED)
    cells = tuple(Cell(*each[:5]) for each in _CELLS)
    amount = np.repeat([[each[5] * _WH_PER_TWH] for each in _CELLS], len(YEARS), axis=1)
    factor = np.repeat([[each[6]] for each in _CELLS], len(YEARS), axis=1)
    actions = tuple(_action(i, generator) for i in range(ACTIONS))
    return Model(Base(YEARS, cells, amount, factor), actions)


def _action(i: int, generator: np.random.Generator) -> Action:
    effect = _effect(generator)
    return Action(
        f"a{i:02d}", f"Action {i}", f"Acțiunea {i}", "buildings", "energy_systems", (effect,),
        Adoption(YEARS[1], int(generator.integers(1, 6)), ("linear", "logistic")[i % 2]),
        economics=Economics(
            1.0, fixed(float(generator.uniform(5e6, 300e6))), payer=("city", "households")[i % 2]
        ),
    )  # fmt: skip


def _effect(generator: np.random.Generator) -> Effect:
    kind = int(generator.integers(0, len(_CELLS) + 2))
    if kind < len(_CELLS):
        use, carrier = _CELLS[kind][0], _CELLS[kind][3]
        share = fixed(float(generator.uniform(0.03, 0.3)))
        return Effect("efficiency", use, carrier, strength=share)
    share = fixed(float(generator.uniform(0.05, 0.3)))
    if kind == len(_CELLS):
        return Effect("clean_supply", "", "electricity", strength=share)
    return Effect("avoid", "cars", strength=share)


def limits(with_carbon_budget: bool) -> Limits:
    """EUR 250 m a year; and four fifths of what would be emitted over all years."""
    yearly = {("", year): _BUDGET_CENTS for year in YEARS[1:]}
    if not with_carbon_budget:
        return Limits(capex_cents_by_year=yearly)
    emitted = float(evaluate(model().only(())).total_mg.sum())
    return Limits(capex_cents_by_year=yearly, cumulative_mg=round(emitted * 0.8))


def best(with_carbon_budget: bool, time_limit_s: float) -> float:
    """Search for so long at most; return the gap in points of the base year's emission."""
    wanted = limits(with_carbon_budget)
    found = optimise(model(), wanted, ("emissions",), time_limit_s=time_limit_s)
    gap = found.objectives[0].gap_share
    return 100.0 if gap is None else gap * 100


def greedy(with_carbon_budget: bool) -> float:
    """A peer: always the allowed step that cuts most, by the exact engine; its distance from the
    relaxation in points of the base year's emission."""
    whole, oracle = _problem(with_carbon_budget)
    options = whole.options
    pick, best_yet = options.nothing, np.inf
    while True:
        near = np.repeat(pick[None, :], options.count, axis=0)
        near[np.arange(options.count), options.owner] = np.arange(options.count)
        figures = oracle.values(near)
        # The carbon budget is kept only at the end of the way, the yearly budgets on all of it.
        money = np.array([row.family == "capex" for row in whole.rows])
        allowed = ~whole.passed(near, figures)[:, money].any(axis=1)
        values = np.where(allowed, figures[:, len(YEARS) - 1], np.inf)
        if values.min() >= best_yet - 1e-12:
            return float(best_yet - relaxation(with_carbon_budget)) * 100
        best_yet, pick = float(values.min()), near[int(values.argmin())]


def relaxation(with_carbon_budget: bool) -> float:
    """The same programme with parts of actions allowed: the least that a bound can cost."""
    whole, _ = _problem(with_carbon_budget)
    programme = Programme(whole, terms_of(whole.measures), whole.goals[0])
    return programme.relaxed(Clock(time.monotonic() + 60.0, lambda: False))


def _problem(with_carbon_budget: bool) -> tuple[Problem, Oracle]:
    plan, wanted = model(), limits(with_carbon_budget)
    options = possible(plan, wanted)
    measures = Measures(options, costs_of(options))
    oracle = Oracle(measures)
    return problem(measures, wanted, ("emissions",), oracle), oracle


def warm_up() -> None:
    """Load the solver, so that loading it is in neither figure."""
    optimise(model().only({"a00", "a01"}), Limits(levels=(1.0,)), ("emissions",))
