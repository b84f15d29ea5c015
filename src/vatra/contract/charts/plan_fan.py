"""The path of a sealed plan with its band and its target."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.contract.charts.chart import Chart
from vatra.contract.charts.fan import Course, fan
from vatra.contract.charts.table import gas_unit
from vatra.words import Language

NAME = "fan"
PLACE = 46


def applies(document: Mapping[str, Any]) -> bool:
    """Whether the plan says where it goes year by year."""
    return bool(document.get("pathway"))


def build(document: Mapping[str, Any], lang: Language) -> Chart:
    """The fan of a contract; without draws the path alone."""
    city, path, risk = document["city"], document["pathway"], document.get("risk") or {}
    years = [str(year) for year in path["years"]]
    drawn = risk.get("fan") or {}
    planned = {year: drawn[year]["mean_mg"] for year in years} if drawn else path["total_mg"]
    return fan(
        Course(
            name=NAME,
            city=city["name"],
            unit=gas_unit(document),
            first_year=path["years"][0],
            target_year=path["target_year"],
            without_mg=[path["baseline_mg"][year] for year in years],
            planned_mg=[planned[year] for year in years],
            target_mg=path["target_mg"],
            cut_ppm=city["target_cut_ppm"],
            low_mg=[drawn[year]["p10_mg"] for year in years] if drawn else (),
            high_mg=[drawn[year]["p90_mg"] for year in years] if drawn else (),
            chance_ppm=risk.get("probability_ppm"),
            synthetic=bool(city.get("synthetic")),
        ),
        lang,
    )
