"""Pictures of one building: its load through the year, sorted, and where its heat goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from vatra.contract.charts import Chart
from vatra.runs.blocks_picture import NAME as LOAD
from vatra.runs.blocks_picture import load_curve
from vatra.web.blocks.charts import balance, bill, duration
from vatra.web.blocks.folders import BlockYear
from vatra.web.blocks.queries import name_of
from vatra.words import Language, say


def _load(year: BlockYear, lang: Language) -> Chart:
    """The load day by day, under the name that people know."""
    found = load_curve(year.needs, lang)
    code, name = year.building.code, name_of(year.building)
    title = found.title.replace(code, name, 1)
    return Chart(
        LOAD,
        say("web.blocks.load-title", lang, title=title),
        found.alt.replace(code, name, 1),
        lang,
        found.data,
        found.table,
        found.synthetic,
        found.draw,
    )


__all__ = ["CHARTS", "bill", "building_chart"]
CHARTS: Mapping[str, Callable[[BlockYear, Language], Chart]] = {
    LOAD: _load,
    duration.NAME: duration.build,
    balance.NAME: balance.build,
}


def building_chart(name: str, year: BlockYear, lang: Language) -> Chart | None:
    """A picture of a building by name, or None where there is none."""
    return CHARTS[name](year, lang) if name in CHARTS else None
