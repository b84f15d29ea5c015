"""Sums that a sealed plan must show: a path from its sectors, wedges that are the joint cut."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

# Sections of the plan by year, in the order in which they are written.
PLAN_SECTIONS = ("actions", "pathway", "wedges", "unexplained")
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
    if document.get("unexplained"):
        found.append(("unexplained", unexplained_sums(document["unexplained"])))
    return found


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
