"""What takes how much off, from the base year's level to what a sealed plan leaves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.contract.charts.chart import Chart
from vatra.contract.charts.table import gas_unit
from vatra.contract.charts.wedges import Stack, Wedge, wedge_chart
from vatra.words import Language, say

NAME = "wedges"
PLACE = 48
# What happens without actions, from the top.
_BASELINE = ("drivers", "grid", "factors")


def applies(document: Mapping[str, Any]) -> bool:
    """Whether the plan divides its cut among its actions."""
    return bool(document.get("wedges")) and bool(document.get("pathway"))


def build(document: Mapping[str, Any], lang: Language) -> Chart:
    """The wedges of a contract."""
    path, parts = document["pathway"], document["wedges"]
    years = [str(year) for year in path["years"]]
    baseline = [
        Wedge(
            cause,
            say(f"contract.render.wedge-{cause}", lang),
            [parts["baseline_mg"][cause][year] for year in years],
        )
        for cause in _BASELINE
        if any(parts["baseline_mg"].get(cause, {}).values())
    ]
    actions = [
        Wedge(
            each["code"],
            each["name"][lang],
            [parts["by_action_mg"][each["code"]][year] for year in years],
            each["sector"],
        )
        for each in document["actions"]
    ]
    stack = Stack(
        name=NAME,
        city=document["city"]["name"],
        unit=gas_unit(document),
        first_year=path["years"][0],
        target_year=path["target_year"],
        level_mg=path["baseline_mg"][years[0]],
        baseline=baseline,
        actions=actions,
        total_mg=[path["total_mg"][year] for year in years],
        synthetic=bool(document["city"].get("synthetic")),
    )
    return wedge_chart(stack, lang)
