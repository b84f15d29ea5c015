"""One indicator: the straight line to its target, and what was measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.contract.charts import Chart, Column, RenderedTable
from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.chart import NARROW
from vatra.contract.charts.table import Value
from vatra.contract.charts.typeface import SEMIBOLD
from vatra.runs.monitor_frozen import unit_of
from vatra.runs.monitor_frozen_tables import period, shown
from vatra.web.progress.charts.axes import Axes, around, dot
from vatra.words import Language, say

_HEIGHT = 190.0
_COLOURS = {"on_track": "spruce", "behind": "ember", "no_data": "ink-soft"}
# Of a range that is small beside its values, zero would leave nothing to see.
_ZERO_WITHIN = 4.0


def indicator_chart(
    each: Mapping[str, Any], document: Mapping[str, Any], lang: Language, name: str
) -> Chart:
    """The line from the baseline through the milestones, and the values beside it."""
    title = finding(each, lang)
    line = [(point["year"], float(point["value"])) for point in _line(each)]
    values = [(_moment(one), float(one["value"])) for one in each["values"]]

    def draw(canvas: Canvas, top: float) -> float:
        return _draw(canvas, top, each, line, values, lang)

    data = {"unit": unit_of(each, lang), "categories": [], "series": [], "lines": []}
    synthetic = bool(document["city"]["synthetic"])
    return Chart(name, title, title, lang, data, _table(each, lang, name), synthetic, draw)


def finding(each: Mapping[str, Any], lang: Language) -> str:
    """What the values say, in a sentence."""
    target = each["milestones"][-1]
    unit = f"\u00a0{unit_of(each, lang)}".rstrip()
    said = {
        "name": each["names"][lang],
        "target": shown(target["value"], lang) + unit,
        "year": str(target["year"]),
    }
    if not each["values"]:
        return say("web.progress.indicator-unmeasured", lang, **said)
    last = each["values"][-1]
    said |= {"value": shown(last["value"], lang) + unit, "period": period(last, lang)}
    if each["expected"] is None:
        return say("web.progress.indicator-no-line", lang, **said)
    said["expected"] = shown(f"{float(each['expected']):.3g}", lang) + unit
    key = "indicator-on-track" if each["verdict"] == "on_track" else "indicator-behind"
    return say(f"web.progress.{key}", lang, **said)


def _line(each: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    start = [] if each["baseline"] is None else [each["baseline"]]
    return [*start, *each["milestones"]]


def _moment(one: Mapping[str, Any]) -> float:
    return float(one["year"]) if one["quarter"] is None else one["year"] - 1 + one["quarter"] / 4


def _table(each: Mapping[str, Any], lang: Language, name: str) -> RenderedTable:
    unit = unit_of(each, lang)
    columns = (
        Column("period", say("web.progress.period", lang)),
        Column("value", say("web.progress.value", lang), unit, "number", None),
        Column("expected", say("web.progress.expected", lang), unit, "number", None),
        Column("source", say("web.progress.source", lang)),
        Column("note", say("web.progress.note", lang)),
    )
    rows: list[tuple[Value, ...]] = [
        (
            period(one, lang),
            float(one["value"]),
            None if one["expected"] is None else float(one["expected"]),
            one["source"],
            one["note"],
        )
        for one in each["values"]
    ]
    rows += [
        (str(point["year"]), None, float(point["value"]), each["source"],
         say("web.progress.milestone", lang))
        for point in each["milestones"]
    ]  # fmt: skip
    return RenderedTable(name, each["names"][lang], columns, tuple(rows))


def _draw(
    canvas: Canvas,
    top: float,
    each: Mapping[str, Any],
    line: list[tuple[int, float]],
    values: list[tuple[float, float]],
    lang: Language,
) -> float:
    narrow = canvas.width < NARROW
    moments = [float(year) for year, _ in line] + [moment for moment, _ in values]
    amounts = [value for _, value in (*line, *values)]
    spread = max(amounts) - min(amounts)
    with_zero = spread * _ZERO_WITHIN >= max(abs(value) for value in amounts)
    first, last = min(moments), max(moments)
    if first == last:
        first -= 1
    axes = Axes(
        60.0, canvas.width - (20.0 if narrow else 120.0), top + 30, top + 30 + _HEIGHT, first, last,
        *around(amounts, with_zero),
    )  # fmt: skip
    axes.grid(canvas, lang, unit_of(each, lang))
    points = [(axes.x(year), axes.y(value)) for year, value in line]
    if len(points) > 1:
        canvas.polyline(points, "ink-soft", 1.5, "6 4")
    _ends(canvas, axes, each, line, lang, narrow)
    role = _COLOURS[each["verdict"]]
    measured = [(axes.x(moment), axes.y(value)) for moment, value in values]
    if len(measured) > 1:
        canvas.polyline(measured, role, 2.5)
    for x, y in measured:
        dot(canvas, x, y, role, 9)
    if measured:
        x, y = measured[-1]
        above = -10 if y - axes.top > 24 else 20
        words = shown(each["values"][-1]["value"], lang)
        canvas.text(x, y + above, words, "ink", 12, SEMIBOLD, "middle", halo=True)
    return axes.bottom + 30


def _ends(
    canvas: Canvas,
    axes: Axes,
    each: Mapping[str, Any],
    line: list[tuple[int, float]],
    lang: Language,
    narrow: bool,
) -> None:
    """Each milestone as a small frame, the target named beside the last."""
    for year, value in line[0 if each["baseline"] is None else 1 :]:
        x, y = axes.x(year), axes.y(value)
        canvas.rect(x - 4, y - 4, 8, 8, "paper", outline=False)
        canvas.line(x - 5, y, x + 5, y, "ink", 2)
    year, value = line[-1]
    words = say("web.progress.target-of", lang, value=shown(each["milestones"][-1]["value"], lang))
    if narrow:
        canvas.text(axes.x(year), axes.y(value) - 9, words, "ink", 12, SEMIBOLD, "end", halo=True)
        return
    room = canvas.width - axes.right - 12
    canvas.paragraph(axes.x(year) + 11, axes.y(value) + 4, words, room, "ink", 12, SEMIBOLD)
