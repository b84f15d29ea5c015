"""Money by year: what the plan asks for as frames, what was spent filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.contract.charts import Chart
from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.chart import NARROW
from vatra.contract.charts.table import euro_value
from vatra.contract.charts.typeface import SEMIBOLD
from vatra.runs.monitor_frozen_tables import spending_table
from vatra.web.progress.charts.axes import Axes, around
from vatra.words import Language, euros, say

_HEIGHT = 240.0
_EUR_PER_MILLION = 1_000_000
_WIDEST = 34.0


def money_chart(document: Mapping[str, Any], lang: Language, name: str) -> Chart:
    """Planned, committed and spent by year."""
    money = document["spending"]
    last = money["last_year"]
    table = spending_table(document, lang)
    said: dict[str, Any] = {"whole": euros(sum(money["planned_cents"].values()), lang)}
    if last is not None:
        until = {
            key: sum(cents for year, cents in money[f"{key}_cents"].items() if int(year) <= last)
            for key in ("planned", "spent")
        }
        said |= {key: euros(cents, lang) for key, cents in until.items()}
        said["year"] = str(last)
    title = say(f"web.progress.chart-money{'' if last is not None else '-planned'}", lang, **said)
    names = {
        key: say(f"web.progress.money-{key}", lang) for key in ("planned", "committed", "spent")
    }
    years = [int(year) for year, cents in money["planned_cents"].items() if cents]
    years += [int(year) for key in ("committed", "spent") for year in money[f"{key}_cents"]]
    span = (min(years), max(years))
    values = {
        key: {
            int(year): (euro_value(cents) or 0) / _EUR_PER_MILLION
            for year, cents in money[f"{key}_cents"].items()
        }
        for key in names
    }

    def draw(canvas: Canvas, top: float) -> float:
        return _draw(canvas, top, values, names, span, last, lang)

    data = {"unit": "EUR", "categories": [], "series": [], "lines": []}
    synthetic = bool(document["city"]["synthetic"])
    return Chart(name, title, title, lang, data, table, synthetic, draw)


def _draw(
    canvas: Canvas,
    top: float,
    values: Mapping[str, Mapping[int, float]],
    names: Mapping[str, str],
    span: tuple[int, int],
    last: int | None,
    lang: Language,
) -> float:
    every = [amount for by_year in values.values() for amount in by_year.values()] or [0.0]
    low, high = around(every, with_zero=True)
    narrow = canvas.width < NARROW
    axes = Axes(
        58.0, canvas.width - 16, top + 46, top + 46 + _HEIGHT, span[0] - 0.6, span[1] + 0.6,
        low, high,
    )  # fmt: skip
    _legend(canvas, 14, top + 8, names, narrow)
    axes.grid(canvas, lang, say("web.progress.millions", lang))
    wide = min((axes.x(1) - axes.x(0)) * 0.72, _WIDEST)
    for year in range(span[0], span[1] + 1):
        x = axes.x(year)
        _bar(canvas, axes, x, wide, values["planned"].get(year), "planned")
        _bar(canvas, axes, x - wide * 0.18, wide * 0.34, values["committed"].get(year), "committed")
        _bar(canvas, axes, x + wide * 0.18, wide * 0.34, values["spent"].get(year), "spent")
    if last is not None and not narrow:
        x = axes.x(last + 0.5)
        canvas.line(x, axes.top - 8, x, axes.bottom, "ink-soft", 1, "2 3")
        words = say("web.progress.reported-until", lang, year=str(last))
        canvas.text(x + 5, axes.top - 2, words, "ink-soft", 11, halo=True)
    return axes.bottom + 30


_FILLS = {"planned": ("ink-soft", 0.22), "committed": ("river", 1.0), "spent": ("spruce", 1.0)}


def _bar(
    canvas: Canvas, axes: Axes, middle: float, wide: float, amount: float | None, kind: str
) -> None:
    if amount is None:
        return
    y = axes.y(amount)
    role, opacity = _FILLS[kind]
    canvas.rect(middle - wide / 2, y, wide, axes.y(0) - y, role, opacity, outline=kind == "planned")


def _legend(canvas: Canvas, x: float, y: float, names: Mapping[str, str], narrow: bool) -> None:
    step = 96.0 if narrow else 130.0
    for place, (kind, words) in enumerate(names.items()):
        role, opacity = _FILLS[kind]
        at = x + place * step
        canvas.rect(at, y - 9, 11, 11, role, opacity, outline=kind == "planned")
        canvas.text(at + 17, y, words, "ink", 12, SEMIBOLD)
