"""The plan of a scenario as sealed data: its path year by year, its actions, their wedges."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl

from vatra.contract import path_sums, unexplained_sums
from vatra.plans.attribution import Contributions, shapley
from vatra.plans.engine import Floats, Outcome, evaluate
from vatra.runs.inventory import Inventory
from vatra.runs.pack import Pack
from vatra.runs.scenario import Scenario, scenario
from vatra.runs.sealed_actions import sealed_actions

# Figures of the engine are sealed in whole kilograms: what floating point does to a milligram is
# no figure.
_MG_PER_KG = 1_000_000
# What a plan seals, and what stands in their place in a pack without actions or measures.
EMPTY: dict[str, Any] = {
    "actions": [],
    "pathway": None,
    "wedges": None,
    "unexplained": None,
}


def has_scenario(pack: Pack) -> bool:
    """Whether a pack says enough of its plan for a path by year: a target, and what is done."""
    rows = pack.rows
    stated = not rows["actions"].is_empty() or not rows["measures"].is_empty()
    return stated and (pack.city.target_cut_ppm is not None or not rows["actions"].is_empty())


def planned_scenario(pack: Pack, counted: Inventory) -> Scenario | None:
    """The scenario of a pack that has one; raises ``FindingsError`` with every fault at once."""
    return scenario(pack, counted) if has_scenario(pack) else None


def plan_sections(built: Scenario | None, year: int | None = None) -> dict[str, Any]:
    """Sections of the sealed document that hold the plan; whole numbers and texts only.

    Actions of level 0 are options, not promises, and are left out. ``year`` is the one in which
    actions are said to cut, the target year unless given.

    ``actions`` every action with what it cuts; ``pathway`` emissions by year and sector with and
    without the actions; ``wedges`` what each action takes off each year, adding up to the joint
    cut; ``unexplained`` what a printed plan leaves less than its measures explain.
    """
    if built is None:
        return dict(EMPTY)
    built = _chosen(built)
    outcome, cut = evaluate(built.model), shapley(built.model)
    path = _pathway(built, outcome)
    wedges = _wedges(cut, path)
    return {
        "actions": sealed_actions(built, _cuts(cut, wedges, year or built.aim.target_year)),
        "pathway": path,
        "wedges": wedges,
        "unexplained": _unexplained(built, path),
    }


def _chosen(built: Scenario) -> Scenario:
    """The scenario with the actions that are done at all."""
    codes = [each.code for each in built.model.actions if each.level > 0]
    return replace(built, model=built.model.only(codes))


def kilograms(mass_mg: float) -> int:
    """A mass in milligrams, rounded to whole kilograms."""
    return round(float(mass_mg) / _MG_PER_KG) * _MG_PER_KG


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


def _wedges(cut: Contributions, path: dict[str, Any]) -> dict[str, Any]:
    """Shapley cuts by action and year; rounding goes to the largest, so that sums are exact."""
    by_action: dict[str, dict[str, int]] = {code: {} for code in cut.codes}
    joint: dict[str, int] = {}
    for place, year in enumerate(map(str, cut.years)):
        joint[year] = path["baseline_mg"][year] - path["total_mg"][year]
        whole = [kilograms(each) for each in cut.shapley_mg[:, place]]
        if whole:
            largest = max(range(len(whole)), key=lambda number: (abs(whole[number]), -number))
            whole[largest] += joint[year] - sum(whole)
        for code, each in zip(cut.codes, whole, strict=True):
            by_action[code][year] = each
    return {"by_action_mg": by_action, "joint_mg": joint, "exact": cut.exact}


def _cuts(cut: Contributions, wedges: dict[str, Any], year: int) -> list[dict[str, int]]:
    """What each action cuts in a year; its Shapley cut is its wedge."""
    at = cut.years.index(year)
    return [
        {
            "shapley_mg": wedges["by_action_mg"][code][str(year)],
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
