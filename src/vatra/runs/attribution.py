"""Who does the work in a scenario: cuts by action and year, wedges that add up, cost curves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import polars as pl

from vatra.plans.attribution import (
    PAIRS,
    SEED,
    ActionCost,
    BestPlan,
    Contributions,
    CurveStep,
    FrontierStep,
    Wedges,
    annual_costs,
    chains,
    contributions,
    optimal_curve,
    sequential_curve,
    static_curve,
    steady_mg,
    total_mg,
    wedges,
)
from vatra.plans.attribution.products import Bools
from vatra.plans.engine import Choice, Floats, central, evaluate
from vatra.plans.finance.bills import bills
from vatra.plans.finance.prices import Prices, default_rates
from vatra.runs.scenario import Scenario

_KEYS = ("code", "name_en", "name_ro", "sector", "field")


@dataclass(frozen=True)
class Attribution:
    """Cuts of the actions of a scenario, and what a tonne costs.

    Attributes
    ----------
    scenario : with the choices that were asked for
    found : cuts as floats, by action and year
    wedges : the same in whole milligrams that add up, with drivers and grid
    year : of the cost curves
    discount_share : real rate a year that capital is spread with
    costs : of the actions on the curves, in that year
    static, sequential, optimal : the three curves; actions that are not begun in the year are on
        none of them
    pairs_count, seed : of orders drawn where caps bind on more than a dozen actions
    """

    scenario: Scenario
    found: Contributions
    wedges: Wedges
    year: int
    discount_share: float
    costs: tuple[ActionCost, ...]
    static: tuple[CurveStep, ...]
    sequential: tuple[CurveStep, ...]
    optimal: tuple[FrontierStep, ...]
    seed: int

    @property
    def exact(self) -> bool:
        """Whether every figure is exact; else ``standard_error_mg`` says how sure it is."""
        return self.found.exact

    @property
    def by_action(self) -> pl.DataFrame:
        """One row for each action and year.

        ``code``, ``name_en``, ``name_ro``, ``sector``, ``field``, ``year``, ``first_in_mg``,
        ``last_in_mg`` (neither adds up), ``shapley_mg`` (adds up to the joint cut of the year),
        ``standard_error_mg``.
        """
        rows = []
        for i, action in enumerate(self.scenario.model.actions):
            keys = {name: getattr(action, name) for name in _KEYS}
            for t, year in enumerate(self.found.years):
                rows.append(
                    keys
                    | {
                        "year": year,
                        "first_in_mg": steady_mg(float(self.found.first_in_mg[i, t])),
                        "last_in_mg": steady_mg(float(self.found.last_in_mg[i, t])),
                        "shapley_mg": self.wedges.actions_mg[action.code][t],
                        "standard_error_mg": steady_mg(float(self.found.standard_error_mg[i, t])),
                    }
                )
        return pl.DataFrame(rows, schema=_BY_ACTION)

    @property
    def by_year(self) -> pl.DataFrame:
        """One row for each year, from the base year's level down to what is left.

        ``level_mg - drivers_mg - grid_mg - factors_mg - actions_mg = total_mg``, exactly.
        """
        found = self.wedges
        parts = {f"{name}_mg": values for name, values in found.baseline_mg.items()}
        joint = [found.joint_mg(at) for at in range(len(found.years))]
        columns = {"year": found.years, "level_mg": [found.level_mg] * len(joint), **parts,
                   "actions_mg": joint, "total_mg": found.total_mg}  # fmt: skip
        return pl.DataFrame(
            {name: pl.Series(each, dtype=pl.Int64) for name, each in columns.items()}
        )

    def curve(self, name: str) -> pl.DataFrame:
        """``static``, ``sequential`` or ``optimal`` as a table; raises ``KeyError`` for others."""
        steps: Mapping[str, Sequence[CurveStep | FrontierStep]] = {
            "static": self.static,
            "sequential": self.sequential,
            "optimal": self.optimal,
        }
        schema = _FRONTIER if name == "optimal" else _CURVE
        return pl.DataFrame([_row(each) for each in steps[name]], schema=schema)


_BY_ACTION = {
    **dict.fromkeys(_KEYS, pl.String),
    **dict.fromkeys(
        ("year", "first_in_mg", "last_in_mg", "shapley_mg", "standard_error_mg"), pl.Int64
    ),
}
_CURVE: dict[str, Any] = {
    "code": pl.String,
    "ground": pl.String,
    "cut_mg": pl.Int64,
    "annual_cents": pl.Int64,
    "npv_cents": pl.Int64,
    "eur_per_t": pl.Float64,
    "sum_cut_mg": pl.Int64,
    "sum_cents": pl.Int64,
    "needed_by": pl.String,
}
_FRONTIER: dict[str, Any] = {
    "annual_cents": pl.Int64,
    "cut_mg": pl.Int64,
    "codes": pl.List(pl.String),
    "eur_per_t": pl.Float64,
}


def _row(step: CurveStep | FrontierStep) -> dict[str, Any]:
    row = asdict(step)
    return row | ({"codes": list(row["codes"])} if "codes" in row else {})


def attribution(
    scenario: Scenario,
    choices: Mapping[str, Choice] | None = None,
    *,
    year: int | None = None,
    discount: float | None = None,
    best: Iterable[Mapping[str, Choice]] = (),
    pairs: int = PAIRS,
    seed: int = SEED,
) -> Attribution:
    """Divide the cut of a scenario among its actions.

    Parameters
    ----------
    choices : other starts and levels of actions
    year : of the cost curves, the target year when not given
    discount : real rate a year instead of the financial one of the data (0.04 is 4 %)
    best : choices of the best plans that an optimiser found, for the optimal curve; they are
        priced and evaluated here, in the year and at the rate of the other curves
    pairs, seed : of orders drawn where caps bind on more than a dozen actions

    Raises ``KeyError`` for a choice of an unknown action, ``ValueError`` for a year outside the
    pathway or a rate below zero.
    """
    if choices:
        scenario = scenario.with_choices(choices)
    model = scenario.model
    year = scenario.aim.target_year if year is None else year
    at = model.base.at(year)
    rate = default_rates(discount=discount).discount
    found = contributions(chains(model), pairs, seed)
    drawn = wedges(model, found)
    costs = _costs(scenario, year, rate)
    written = chains(model, years=[year])
    begun = [i for i in range(len(model.actions)) if written.inputs.adoption[i, at] > 0]
    shown = tuple(costs[i] for i in begun)
    first = {found.codes[i]: steady_mg(float(found.first_in_mg[i, at])) for i in begun}
    cuts = _cuts(drawn, at, lambda acting: total_mg(written, acting)[:, 0], begun, len(costs))
    needs = [[begun.index(j) for j in written.needs[i]] for i in begun]
    return Attribution(
        scenario=scenario,
        found=found,
        wedges=drawn,
        year=year,
        discount_share=rate,
        costs=shown,
        static=static_curve(first, shown),
        sequential=sequential_curve([found.codes[i] for i in begun], shown, cuts, needs),
        optimal=optimal_curve([_best(scenario, each, drawn, year, rate) for each in best]),
        seed=seed,
    )


def _costs(scenario: Scenario, year: int, rate: float) -> tuple[ActionCost, ...]:
    """Cost of every action, with what it saves on bills at prices without taxes and ETS2."""
    model = scenario.model
    prices = Prices(scenario.years, scenario.drivers)
    saved = bills(model, prices, default_rates(discount=rate)).net
    total = np.zeros((len(model.actions), len(scenario.years)))
    for each in saved.values():
        total += each
    return annual_costs(model, year, rate, total[:, model.base.at(year)])


def _best(
    scenario: Scenario, choices: Mapping[str, Choice], drawn: Wedges, year: int, rate: float
) -> BestPlan:
    """Cut and cost of a plan in a year; an action without a stated cost adds none."""
    chosen = scenario.with_choices(choices)
    at = chosen.model.base.at(year)
    left = steady_mg(float(evaluate(chosen.model).total_mg[at]))
    costs = _costs(chosen, year, rate)
    begun = central(chosen.model).adoption[:, at] > 0
    codes = [each.code for each, on in zip(chosen.model.actions, begun.tolist(), strict=True) if on]
    annual = sum(each.annual_cents or 0 for each in costs)
    position = drawn.years.index(year)
    return BestPlan(annual, drawn.without_actions_mg(position) - left, tuple(codes))


def _cuts(
    drawn: Wedges, at: int, total: Callable[[Bools], Floats], begun: Sequence[int], count: int
) -> Callable[[Bools], list[int]]:
    """Joint cut of sets of the actions begun; none cuts nothing, all cut what the wedges do."""
    none = drawn.without_actions_mg(at)

    def cuts(sets: Bools) -> list[int]:
        acting = np.zeros((len(sets), count), dtype=bool)
        acting[:, list(begun)] = sets
        found = [none - steady_mg(float(each)) for each in total(acting)]
        whole = [bool(row.all()) for row in sets]
        return [drawn.joint_mg(at) if all_ else cut for cut, all_ in zip(found, whole, strict=True)]

    return cuts
