"""Who does the work of the cut, drivers one after the other in the given order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.contract.charts.chart import Chart
from vatra.contract.charts.table import gas_words
from vatra.contract.charts.waterfall import waterfall
from vatra.words import Language, percent, say

NAME = "split_in_order"
PLACE = 30


def applies(document: Mapping[str, Any]) -> bool:
    """Whether there is a plan with a cut to split."""
    return bool(document.get("plan")) and document["plan"]["cut_mg"] > 0


def build(document: Mapping[str, Any], lang: Language) -> Chart:
    """The waterfall in the given order."""
    plan = document["plan"]
    total, cut = plan["split"]["in_order"]["total"], plan["cut_mg"]
    title = say(
        "contract.charts.split-in-order-title",
        lang,
        cut=gas_words(cut, document, lang),
        grid=percent(total["grid"] / cut, lang),
        background=percent(total["background"] / cut, lang),
        measures=percent(total["measures"] / cut, lang),
    )
    return waterfall(document, "in_order", NAME, title, lang)
