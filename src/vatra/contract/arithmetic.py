"""Sums that a sealed plan must show: a path from its sectors, wedges that are the joint cut."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

PPM = 1_000_000
# Sections of the plan by year, in the order in which they are written.
PLAN_SECTIONS = (
    "actions",
    "pathway",
    "wedges",
    "unexplained",
    "risk",
    "residual",
    "sinks",
    "carbon_budget",
    "net_zero",
    "investment",
)
_STAGES = ("published_mg", "explained_mg", "unexplained_mg")


def expected_of_plan(document: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Sections of a document and what their own parts say their sums are."""
    found: list[tuple[str, dict[str, Any]]] = []
    path, wedges = document.get("pathway"), document.get("wedges")
    if path:
        found.append(("pathway", path_sums(path)))
    if path and wedges:
        joint = {year: path["baseline_mg"][year] - path["total_mg"][year] for year in _years(path)}
        found.append(("wedges", {"joint_mg": joint}))
        found.append(("wedges", {"joint_mg": by_year(wedges["by_action_mg"].values())}))
        found.append(("pathway", {"baseline_mg": _drifted(path, wedges)}))
    if document.get("unexplained"):
        found.append(("unexplained", unexplained_sums(document["unexplained"])))
    if document.get("residual"):
        found.append(("residual", balance_sums(document["residual"])))
    if document.get("net_zero"):
        zero = document["net_zero"]
        net = zero["gross_mg"] - zero["sinks_mg"] - zero["allowed_mg"]
        found.append(("net_zero", {"net_mg": net}))
    if document.get("investment"):
        found.append(("investment", money_sums(document["investment"])))
    return found


def _drifted(path: Mapping[str, Any], wedges: Mapping[str, Any]) -> dict[str, int]:
    """The path without actions: the base year less what drivers and the grid took off."""
    level = path["baseline_mg"][str(path["base_year"])]
    drift = by_year(wedges["baseline_mg"].values())
    return {year: level - drift[year] for year in _years(path)}


def _years(path: Mapping[str, Any]) -> list[str]:
    return [str(year) for year in path["years"]]


def by_year(parts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """The sum of several series, year by year."""
    found: dict[str, int] = {}
    for part in parts:
        for year, mass_mg in part.items():
            found[year] = found.get(year, 0) + mass_mg
    return found


def path_sums(path: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """Totals of a path: of its sectors without actions, with them, and less its sinks."""
    gross = by_year(path["by_sector_mg"].values())
    return {
        "baseline_mg": by_year(path["baseline_by_sector_mg"].values()),
        "gross_mg": gross,
        "total_mg": {year: gross[year] + path["sinks_mg"][year] for year in gross},
    }


def unexplained_sums(unexplained: Mapping[str, Any]) -> dict[str, Any]:
    """What is printed less than explained, by sector and altogether."""
    rows = unexplained["by_sector"]
    differences = {
        name: {"unexplained_mg": each["explained_mg"] - each["published_mg"]}
        for name, each in rows.items()
    }
    total = {stage: sum(each[stage] for each in rows.values()) for stage in _STAGES}
    return {"by_sector": differences, "total": total}


def balance_sums(residual: Mapping[str, Any]) -> dict[str, Any]:
    """What is left, altogether and by cause; and its share of the base year."""
    causes: dict[str, int] = {}
    for line in residual["lines"]:
        causes[line["cause"]] = causes.get(line["cause"], 0) + line["emission_mg"]
    left, base = sum(causes.values()), residual["base_mg"]
    share = round(Fraction(left * PPM, base)) if base else 0
    return {"residual_mg": left, "residual_ppm": share, "by_cause_mg": causes}


def money_sums(money: Mapping[str, Any]) -> dict[str, Any]:
    """Totals of an investment plan, and its gaps: what is needed less what sources pay."""
    need, gap = by_year(money["need_cents"].values()), by_year(money["gap_cents"].values())
    paid = by_year(each["paid_cents"] for each in money["sources"])
    missing = sum(need.values()) - sum(paid.values())
    short = [year for year in sorted(gap) if gap[year]]
    return {
        "total_cents": sum(need.values()),
        "total_gap_cents": missing,
        "first_gap_year": int(short[0]) if short else None,
    }
