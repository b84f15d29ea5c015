"""The plan of a scenario as sealed data: its path year by year, its actions, their wedges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from vatra.contract import path_sums, unexplained_sums
from vatra.plans.attribution import Contributions, shapley, wedges
from vatra.plans.engine import Floats, Model, Outcome, evaluate
from vatra.runs.finance import finance
from vatra.runs.inventory import Inventory
from vatra.runs.netzero import balance, sampled_of
from vatra.runs.pack import Pack
from vatra.runs.risk import risk
from vatra.runs.scenario import Scenario, scenario
from vatra.runs.sealed_actions import sealed_actions
from vatra.runs.sealed_balance import sealed_balance
from vatra.runs.sealed_doubt import sealed_risk
from vatra.runs.sealed_money import sealed_money
from vatra.units import kilograms

# What a plan seals, and what stands in their place in a pack without actions or measures.
EMPTY: dict[str, Any] = {
    "actions": [],
    "pathway": None,
    "wedges": None,
    "unexplained": None,
    "risk": None,
    "residual": None,
    "sinks": None,
    "carbon_budget": [],
    "net_zero": None,
    "investment": None,
}


def has_scenario(pack: Pack) -> bool:
    """Whether a pack says enough of its plan for a path by year: a target, and what is done."""
    rows = pack.rows
    stated = not rows["actions"].is_empty() or not rows["measures"].is_empty()
    return stated and (pack.city.target_cut_ppm is not None or not rows["actions"].is_empty())


def planned_scenario(pack: Pack, counted: Inventory) -> Scenario | None:
    """The scenario of a pack that has one; raises ``FindingsError`` with every fault at once."""
    return scenario(pack, counted) if has_scenario(pack) else None


def plan_sections(built: Scenario | None) -> dict[str, Any]:
    """Sections of the sealed document that hold the plan; whole numbers and texts only.

    Those of ``path_sections``; ``risk`` how sure the target is; ``residual``, ``sinks``,
    ``carbon_budget`` and ``net_zero`` what is left and what balances it; ``investment`` who pays.
    Raises ``FindingsError`` with every fault of the tables behind them.
    """
    if built is None:
        return dict(EMPTY)
    drawn = sampled_of(built) if _can_be_drawn(built) else None
    return {
        **path_sections(built),
        "risk": sealed_risk(risk(built)) if drawn is not None else None,
        **sealed_balance(balance(built, sampled=drawn)),
        "investment": sealed_money(finance(built)) if _has_costs(built) else None,
    }


def _can_be_drawn(built: Scenario) -> bool:
    """Whether a cut can be told: of a base year without emissions it cannot."""
    return bool(built.model.base.emission_mg[:, 0].sum() > 0)


def _has_costs(built: Scenario) -> bool:
    return any(each.economics is not None and each.level > 0 for each in built.model.actions)


def path_sections(built: Scenario, year: int | None = None) -> dict[str, Any]:
    """The path and what is done on it.

    ``actions`` every action with what it cuts; ``pathway`` emissions by year and sector with and
    without the actions; ``wedges`` what each action takes off each year, adding up to the joint
    cut; ``unexplained`` what a printed plan leaves less than its measures explain. Actions of
    level 0 are options, not promises, and are left out. ``year`` is the one in which actions are
    said to cut, the target year unless given.
    """
    built = _chosen(built)
    outcome, cut = evaluate(built.model), shapley(built.model)
    path = _pathway(built, outcome)
    divided = _wedges(built.model, cut, path)
    return {
        "actions": sealed_actions(built, _cuts(cut, divided, year or built.aim.target_year)),
        "pathway": path,
        "wedges": divided,
        "unexplained": _unexplained(built, path),
    }


def _chosen(built: Scenario) -> Scenario:
    """The scenario with the actions that are done at all."""
    codes = [each.code for each in built.model.actions if each.level > 0]
    return replace(built, model=built.model.only(codes))


def _by_year(years: tuple[int, ...], values: Floats) -> dict[str, int]:
    return {str(year): kilograms(each) for year, each in zip(years, values, strict=True)}


def _pathway(built: Scenario, outcome: Outcome) -> dict[str, Any]:
    """Each sector is rounded to the kilogram and the totals are their sums."""
    years, base = built.years, built.model.base
    bare = evaluate(built.model.only(()))
    before = {name: _by_year(years, each) for name, each in bare.by_sector().items()}
    after = {name: _by_year(years, each) for name, each in outcome.by_sector().items()}
    sinks = _by_year(years, outcome.sink_mg.sum(axis=0))
    path: dict[str, Any] = {
        "years": list(years),
        "base_year": base.years[0],
        "target_year": built.aim.target_year,
        "target_mg": built.target_mg,
        "baseline_by_sector_mg": before,
        "by_sector_mg": after,
        "sinks_mg": sinks,
        "a_cap_bites": outcome.binding,
    }
    return path | path_sums(path)


def _wedges(model: Model, cut: Contributions, path: dict[str, Any]) -> dict[str, Any]:
    """Shapley cuts by action and year, and what drivers and the grid did before them.

    In every year the baseline's causes lead from the base year to the path without actions, and
    the actions from there to the plan, exactly.
    """
    found = wedges(model, cut)
    years = [str(year) for year in found.years]
    level = path["baseline_mg"][years[0]]
    joint = {year: path["baseline_mg"][year] - path["total_mg"][year] for year in years}
    drift = {year: level - path["baseline_mg"][year] for year in years}
    return {
        "by_action_mg": _adding_up(found.actions_mg, years, joint),
        "baseline_mg": _adding_up(found.baseline_mg, years, drift),
        "joint_mg": joint,
        "exact": cut.exact,
    }


def _adding_up(
    parts: Mapping[str, Sequence[int]], years: Sequence[str], totals: Mapping[str, int]
) -> dict[str, dict[str, int]]:
    """Parts in whole kilograms; what rounding leaves goes to the largest of the year."""
    found: dict[str, dict[str, int]] = {name: {} for name in parts}
    for place, year in enumerate(years):
        masses = {name: kilograms(each[place]) for name, each in parts.items()}
        if masses:
            largest = max(masses, key=lambda name: (abs(masses[name]), name))
            masses[largest] += totals[year] - sum(masses.values())
        for name, mass_mg in masses.items():
            found[name][year] = mass_mg
    return found


def _cuts(cut: Contributions, divided: dict[str, Any], year: int) -> list[dict[str, int]]:
    """What each action cuts in a year; its Shapley cut is its wedge."""
    at = cut.years.index(year)
    return [
        {
            "shapley_mg": divided["by_action_mg"][code][str(year)],
            "first_in_mg": kilograms(cut.first_in_mg[number, at]),
            "last_in_mg": kilograms(cut.last_in_mg[number, at]),
            "standard_error_mg": kilograms(cut.standard_error_mg[number, at]),
        }
        for number, code in enumerate(cut.codes)
    ]


def _unexplained(built: Scenario, path: dict[str, Any]) -> dict[str, Any] | None:
    """By sector: emissions after measures as printed and as the actions give them.

    None where the pack prints none.
    """
    printed = built.pack.rows["published_emissions"].filter(
        pl.col("stage").cast(pl.String) == "after_measures"
    )
    if built.plan is None or printed.is_empty():
        return None
    year = str(built.aim.target_year)
    ours = {name: by_year[year] for name, by_year in path["by_sector_mg"].items()}
    sectors = sorted({*ours, *built.plan.after_mg})
    rows: dict[str, dict[str, int]] = {
        name: {
            "published_mg": built.plan.after_mg.get(name, 0),
            "explained_mg": ours.get(name, 0),
            "unexplained_mg": ours.get(name, 0) - built.plan.after_mg.get(name, 0),
        }
        for name in sectors
    }
    return {"by_sector": rows, "total": unexplained_sums({"by_sector": rows})["total"]}
