"""Small problems that brute force can check, and a large one; the same for the same seed."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tests.plans.engine.models import NAMES, action, base, effects_of, efficiency
from vatra.plans.distributions import fixed
from vatra.plans.engine import Action, Adoption, Economics, Effect, Floats, Model, evaluate
from vatra.plans.portfolio.costs import costs_of
from vatra.plans.portfolio.exact import Measures, Oracle
from vatra.plans.portfolio.limits import Limits
from vatra.plans.portfolio.milp import Clock
from vatra.plans.portfolio.options import possible
from vatra.plans.portfolio.problem import Problem
from vatra.plans.portfolio.ranking import Ranked, Ranking
from vatra.plans.portfolio.rows import problem

SHAPES = ("linear", "logistic", "step", "cohort")
PRICE_CENTS_PER_WH = 8e-6  # 80 EUR/MWh
T = 1e9  # mg
MILLION = 100_000_000  # cents


def money(
    capex_m_eur: float, payer: str = "city", opex_m_eur: float = 0.0, **fields: float
) -> Economics:
    """Economics of one unit, in EUR million."""
    return Economics(
        1.0,
        fixed(capex_m_eur * 1e6),
        payer=payer,
        opex_eur=fixed(opex_m_eur * 1e6),
        **fields,  # type: ignore[arg-type]
    )


def beyond_products(rng: np.random.Generator) -> list[Effect]:
    """Effects that no product of factors describes: capped, printed, generated, planted."""
    return [
        Effect("own_generation", "tertiary", amount=fixed(rng.uniform(0.2, 2) * 1e11),
               strength=fixed(0.5)),
        Effect("observed_tonnes", "buildings", amount=fixed(rng.uniform(0.1, 1) * 4e13)),
        Effect("observed_energy", "residential", "natural_gas", amount=fixed(5e10)),
        Effect("sink", curve=(0.0, 1e12, 3e12)),
        efficiency(0.30, "residential", group="g", combine="capped", potential_share=0.4),
        efficiency(0.25, "residential", group="g", combine="capped", potential_share=0.4),
        efficiency(0.30, "tertiary", group="n", combine="nested"),
        efficiency(0.20, "tertiary", group="n", combine="nested"),
        efficiency(0.30, "tertiary", group="x", combine="exclusive"),
        efficiency(0.70, "tertiary", group="x", combine="exclusive"),
    ]  # fmt: skip


def small_model(seed: int) -> tuple[Model, np.random.Generator]:
    """Three to six actions over three years, of every operator."""
    rng = np.random.default_rng(seed)
    pool = effects_of({name: float(rng.uniform(0.05, 0.9)) for name in NAMES})
    pool += beyond_products(rng)
    actions = [
        action(
            f"m{i}",
            *(pool[j] for j in rng.choice(len(pool), size=int(rng.integers(1, 3)), replace=False)),
            adoption=Adoption(2022, int(rng.integers(1, 4)), SHAPES[int(rng.integers(4))]),  # type: ignore[arg-type]
            reach_share=float(rng.uniform(0.2, 1)),
            requires=(f"m{i - 1}",) if i and rng.random() < 0.2 else (),
            economics=money(
                float(rng.uniform(1, 100)),
                ("city", "homes")[int(rng.integers(2))],
                float(rng.uniform(-8, 4)),
                staff_fte=float(rng.uniform(1, 10)),
            ),
        )
        for i in range(int(rng.integers(3, 7 if seed % 5 == 0 else 6)))
    ]
    cleaner = float(rng.uniform(0, 0.6))
    return Model(base((2021, 2022, 2023, 2024), cleaner_grid=cleaner), tuple(actions)), rng


def small_problem(seed: int) -> tuple[Problem, Oracle]:
    """A small model under one of six kinds of limits and objectives."""
    model, _ = small_model(seed)
    whole = sum(each.economics.capex_total_eur for each in model.actions if each.economics) * 100
    emission = evaluate(model.only(())).total_mg
    levels = (1.0,) if len(model.actions) > 4 else (0.5, 1.0)
    years = (2022, 2023, 2024)
    kinds: list[tuple[Limits, tuple[str, ...]]] = [
        (Limits(capex_cents_by_year={("", y): int(whole * 0.25) for y in years}, levels=levels),
         ("emissions", "capex")),
        (Limits(capex_cents_by_year={("city", y): int(whole * 0.1) for y in years}, levels=levels,
                staff_fte_by_year={("", 2023): 12.0, ("", 2024): 15.0}), ("emissions", "capex")),
        (Limits(targets={2024: int(emission[3] * 0.85)}, levels=levels), ("capex", "emissions")),
        (Limits(cumulative_mg=int(emission.sum() * 0.93), levels=levels), ("npv", "emissions")),
        (Limits(capex_total_cents=int(whole * 0.5), levels=levels), ("cumulative", "peak")),
        (Limits(targets={2024: int(emission[3] * 0.9)}, levels=levels,
                capex_cents_by_year={("", y): int(whole * 0.4) for y in years}), ("peak", "npv")),
    ]  # fmt: skip
    limits, objectives = kinds[seed % len(kinds)]
    return built(model, limits, objectives)


def built(
    model: Model, limits: Limits, objectives: tuple[str, ...] = ("emissions",)
) -> tuple[Problem, Oracle]:
    """A problem with prices of energy, homes paying for the residential cells."""
    options = possible(model, limits)
    price = np.full(model.base.amount.shape, PRICE_CENTS_PER_WH)
    homes = price * np.array([[cell.use == "residential"] for cell in model.base.cells])
    measures = Measures(options, costs_of(options, None, price, homes))
    oracle = Oracle(measures)
    return problem(measures, limits, objectives, oracle), oracle


def all_picks(whole: Problem) -> np.ndarray:
    """Every combination of options [D, A]."""
    options = whole.options
    ranges = [range(options.of(i).start, options.of(i).stop)
              for i in range(len(options.model.actions))]  # fmt: skip
    return np.array(list(itertools.product(*ranges)), dtype=np.int64)


def brute_force(whole: Problem, oracle: Oracle) -> Ranked | None:
    """The best of all combinations by the exact engine."""
    ranking, picks = Ranking(whole, oracle), all_picks(whole)
    for at in range(0, len(picks), 8000):
        ranking.offer(picks[at : at + 8000])
    return ranking.best


def clock(seconds: float = 60.0, cancelled: Callable[[], bool] = lambda: False) -> Clock:
    """A clock that starts now."""
    return Clock(time.monotonic() + seconds, cancelled)


@dataclass(frozen=True)
class Large:
    """A model of a city's size and its yearly budgets."""

    model: Model
    limits: Limits


def large(count: int = 40, span: int = 15, seed: int = 1, with_shifts: bool = False) -> Large:
    """``count`` actions over ``span`` years after the base year, EUR 250 m a year to spend."""
    rng = np.random.default_rng(seed)
    actions = tuple(_action(i, rng, with_shifts) for i in range(count))
    model = Model(base(tuple(range(2020, 2021 + span))), actions)
    budgets = {("", year): 250 * MILLION for year in model.base.years[1:]}
    return Large(model, Limits(capex_cents_by_year=budgets))


_PLACES = (
    ("residential", "natural_gas"), ("residential", "electricity"), ("residential", ""),
    ("residential", "district_heat"), ("tertiary", "natural_gas"), ("tertiary", "electricity"),
    ("tertiary", ""), ("cars", "gasoline"), ("buses", "diesel"),
)  # fmt: skip


def _action(i: int, rng: np.random.Generator, with_shifts: bool) -> Action:
    kind = int(rng.integers(0, 12))
    if kind < len(_PLACES):
        use, carrier = _PLACES[kind]
        effect = efficiency(float(rng.uniform(0.03, 0.3)), use, carrier)
    elif kind == 9:
        effect = Effect("clean_supply", "", "electricity", strength=fixed(rng.uniform(0.1, 0.4)))
    elif kind == 10:
        effect = Effect("non_energy", "wastewater", strength=fixed(0.3))
    else:
        use = ("cars", "landfill")[i % 2]
        effect = Effect("avoid", use, strength=fixed(rng.uniform(0.05, 0.2)))
    if with_shifts and i % 4 == 0:
        effect = _shift(i // 4 % 3, rng)
    return action(
        f"a{i:02d}",
        effect,
        adoption=Adoption(2021, int(rng.integers(1, 6)), ("linear", "logistic")[i % 2]),  # type: ignore[arg-type]
        economics=money(
            float(rng.uniform(5, 300)),
            ("city", "homes")[i % 2],
            float(rng.uniform(-10, 5)),
            staff_fte=float(rng.uniform(1, 20)),
        ),
    )


def _shift(kind: int, rng: np.random.Generator) -> Effect:
    share = fixed(float(rng.uniform(0.05, 0.3)))
    if kind == 0:
        return Effect("shift_carrier", "residential", "natural_gas", to_carrier="electricity",
                      strength=share, ratio=fixed(3.0))  # fmt: skip
    if kind == 1:
        return Effect("shift_activity", "cars", to_use="buses", strength=share)
    return Effect("own_generation", "tertiary", amount=fixed(3e10), strength=fixed(0.5))


def greedy(whole: Problem, oracle: Oracle) -> Floats | None:
    """The first goal by always taking the allowed single move that gains most."""
    options = whole.options
    pick, best = options.nothing, None
    while True:
        near = np.repeat(pick[None, :], options.count, axis=0)
        near[np.arange(options.count), options.owner] = np.arange(options.count)
        figures = oracle.values(near)
        allowed = ~whole.passed(near, figures).any(axis=1)
        if not allowed.any():
            return best
        values = whole.goals[0].values(near, figures, np.zeros(len(near)))
        chosen = int(np.flatnonzero(allowed)[values[allowed].argmin()])
        if best is not None and values[chosen] >= best - 1e-12:
            return best
        best, pick = values[chosen], near[chosen]
