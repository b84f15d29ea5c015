"""A week of winter and a week of summer: what serves the load, and where the panels' power goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from babel.dates import format_date, get_month_names

from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.chart import NARROW, Chart
from vatra.contract.charts.plane import coordinate, tick_step
from vatra.contract.charts.table import Column, RenderedTable, text_column
from vatra.contract.charts.typeface import text_width
from vatra.plans.blocks.climate.climate import Floats
from vatra.runs.sunpower import SunRun
from vatra.runs.sunpower_rows import month_rows, summary
from vatra.words import Language, number, percent, say

NAME = "sun-weeks"
_HEIGHT, _GAP = 150.0, 46.0
_W_PER_KW = 1000.0
_HOURS = 7 * 24
# Days of the year on which the weeks begin: 14 January and 14 July.
WEEKS = ((1, 14, 13), (7, 14, 194))
# From the line of zero upwards: what serves the load, then what the panels make beyond it.
LAYERS = (
    ("direct", "spruce", 1.0),
    ("out", "river", 1.0),
    ("bought", "other", 0.55),
    ("in", "river", 0.35),
    ("fed", "ember", 0.45),
)


@dataclass(frozen=True, eq=False)
class _Week:
    """Hours of one week [kW] by layer, and the load over them."""

    title: str
    layers: dict[str, Floats]
    load_kw: Floats

    @property
    def top_kw(self) -> float:
        return float(np.sum(list(self.layers.values()), axis=0).max())


def weeks(run: SunRun, lang: Language) -> Chart:
    """Two weeks of all blocks together, before blocks share with each other."""
    whole = summary(run)
    parts = {"covered": whole["covered_share"] or 0.0, "own": whole["own_share"] or 0.0}
    said = {name: percent(each, lang) for name, each in parts.items()}
    key = "sun-title-block" if run.building else "sun-title-quarter"
    title = say(f"runs.{key}", lang, building=run.building or "", **said)
    table = _table(run, lang)
    alt = " ".join([title, *(_row_words(table, row) for row in table.rows)])
    both = [_week(run, *each, lang) for each in WEEKS]

    def draw(canvas: Canvas, top: float) -> float:
        return _draw(canvas, top, both, lang)

    data = {
        "unit": "kW",
        "weeks": [
            {"title": each.title, "load": each.load_kw.tolist(),
             **{name: values.tolist() for name, values in each.layers.items()}}
            for each in both
        ],
    }  # fmt: skip
    # Hours of flats are made up even where buildings and weather are not.
    return Chart(NAME, title, alt, lang, data, table, True, draw)


def _row_words(table: RenderedTable, row: tuple[object, ...]) -> str:
    cells = zip(table.columns[1:], row[1:], strict=True)
    return f"{row[0]}: " + ", ".join(f"{column.title} {cell}" for column, cell in cells) + "."


def _table(run: SunRun, lang: Language) -> RenderedTable:
    names = get_month_names("abbreviated", locale=lang)
    keys = ("load_wh", "made_wh", "own_wh", "shared_wh", "fed_wh", "bought_wh", "lost_wh")
    rows = tuple(
        (str(names[row["month"]]), *(round(row[key] / 1e3) for key in keys))
        for row in month_rows(run)
    )
    columns = (
        text_column("month", "runs.sun-month", lang),
        *(
            Column(key, say(f"runs.sun-{key.removesuffix('_wh')}", lang), "kWh", "number")
            for key in keys
        ),
    )
    return RenderedTable(NAME, say("runs.sun-months", lang), columns, rows)


def _week(run: SunRun, month: int, day: int, first_day: int, lang: Language) -> _Week:
    hours = slice(24 * first_day, 24 * first_day + _HOURS)

    def kw(name: str) -> Floats:
        values = [getattr(each.flow, f"{name}_w")[hours] for each in run.blocks]
        return np.asarray(np.maximum(np.sum(values, axis=0), 0.0) / _W_PER_KW)

    begin, end = (date(run.climate.year, month, each) for each in (day, day + 6))
    words = f"{begin.day}–{format_date(end, 'd MMMM', locale=lang)}"
    return _Week(words, {name: kw(name) for name, _, _ in LAYERS}, kw("load"))


def _draw(canvas: Canvas, top: float, both: list[_Week], lang: Language) -> float:
    left, right = (46.0 if canvas.width < NARROW else 60.0), canvas.width - 14.0
    y = _key(canvas, top + 8, right, lang)
    most = max(each.top_kw for each in both) or 1.0
    for week in both:
        canvas.text(left, y + 4, week.title, "ink", 13)
        _plot(canvas, week, (left, right, y + 14), most, lang)
        y += _HEIGHT + _GAP
    canvas.text(left, y - 10, say("runs.sun-unit", lang), "ink-soft", 12)
    return y


def _plot(
    canvas: Canvas, week: _Week, place: tuple[float, float, float], most_kw: float, lang: Language
) -> None:
    left, right, top = place
    zero, per_kw = top + _HEIGHT, _HEIGHT / most_kw
    step = tick_step(most_kw, 4)
    for at in range(int(most_kw / step) + 1):
        level = zero - at * step * per_kw
        canvas.line(left, level, right, level, "ink-soft" if at == 0 else "rule")
        canvas.text(left - 6, level + 4, number(at * step, lang), "ink-soft", 11, anchor="end")
    width = (right - left) / _HOURS
    below = np.zeros(_HOURS)
    for name, role, opacity in LAYERS:
        above = below + week.layers[name]
        if week.layers[name].max() > 0:
            outline = _band(zero - below * per_kw, zero - above * per_kw, left, width)
            canvas.path(outline, role, opacity)
        below = above
    points = [(left + (hour + 0.5) * width, zero - float(each) * per_kw)
              for hour, each in enumerate(week.load_kw)]  # fmt: skip
    canvas.polyline(points, "ink", 1.4)


def _band(low: Floats, high: Floats, left: float, width: float) -> str:
    """Hours as steps between two edges."""
    ends = [coordinate(left + (hour + 1) * width) for hour in range(len(low))]
    parts = [f"M{coordinate(left)},{coordinate(float(low[0]))}"]
    parts += [f"V{coordinate(float(y))}H{x}" for y, x in zip(high, ends, strict=True)]
    starts = [coordinate(left + hour * width) for hour in range(len(low))]
    back = zip(low[::-1], starts[::-1], strict=True)
    parts += [f"V{coordinate(float(y))}H{x}" for y, x in back]
    return "".join([*parts, "Z"])


def _key(canvas: Canvas, y: float, right: float, lang: Language) -> float:
    """Colours by name, as many in a line as there is room."""
    x = 16.0
    for name, role, opacity in (*LAYERS, ("load", "ink", 1.0)):
        words = say(f"runs.sun-layer-{name}", lang)
        width = 19 + text_width(words, 12) + 16
        if x > 16 and x + width > right:
            x, y = 16.0, y + 18
        if name == "load":
            canvas.line(x, y - 4, x + 12, y - 4, role, 1.6)
        else:
            canvas.rect(x, y - 10, 12, 12, role, opacity)
        canvas.text(x + 19, y, words, "ink-soft", 12)
        x += width
    return y + 24
