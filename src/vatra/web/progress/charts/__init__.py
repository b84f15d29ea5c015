"""Pictures of progress by name: the path, the money, one of each indicator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.contract.charts import Chart
from vatra.tables import fold
from vatra.web.progress.charts.indicator import indicator_chart
from vatra.web.progress.charts.money import money_chart
from vatra.web.progress.charts.path import path_chart
from vatra.words import Language

PATH, MONEY = "progress", "spending"


def chart_names(document: Mapping[str, Any]) -> list[str]:
    """Names of all pictures that the document has data for."""
    names = [PATH]
    if any(document["spending"]["planned_cents"].values()):
        names.append(MONEY)
    return [*names, *indicator_names(document)]


def indicator_names(document: Mapping[str, Any]) -> list[str]:
    """Name of each indicator's picture, in their order: its code as an address can hold it."""
    names: list[str] = []
    for place, each in enumerate(document["indicators"], 1):
        name = "indicator-" + (fold(each["code"]).replace("_", "-") or str(place))
        names.append(f"{name}-{place}" if name in names else name)
    return names


def chart_of(name: str, document: Mapping[str, Any], lang: Language) -> Chart | None:
    """A picture by name; None for one that does not exist."""
    if name == PATH:
        return path_chart(document, lang, name)
    if name == MONEY and name in chart_names(document):
        return money_chart(document, lang, name)
    indicators = indicator_names(document)
    if name not in indicators:
        return None
    return indicator_chart(document["indicators"][indicators.index(name)], document, lang, name)
