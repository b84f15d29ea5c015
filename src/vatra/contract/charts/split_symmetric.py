"""Who does the work of the cut, the same parts whatever the order of the drivers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.contract.charts import split_in_order
from vatra.contract.charts.chart import Chart
from vatra.contract.charts.table import gas_words
from vatra.contract.charts.waterfall import waterfall
from vatra.words import Language, percent, say

NAME = "split_symmetric"
PLACE = 40

applies = split_in_order.applies


def build(document: Mapping[str, Any], lang: Language) -> Chart:
    """The waterfall of the symmetric split; a driver may add emissions."""
    plan = document["plan"]
    total, cut = plan["split"]["symmetric"]["total"], plan["cut_mg"]
    background = total["background"]
    key = "adds" if background < 0 else "removes"
    title = say(
        f"contract.charts.split-symmetric-title-{key}",
        lang,
        grid=percent(total["grid"] / cut, lang),
        measures=percent(total["measures"] / cut, lang),
        background=percent(background / cut, lang),
        added=gas_words(abs(background), document, lang),
    )
    return waterfall(document, "symmetric", NAME, title, lang)
