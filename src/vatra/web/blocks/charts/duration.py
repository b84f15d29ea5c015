"""The hours of a year sorted by load: how long how much heat is needed."""

from __future__ import annotations

import numpy as np

from vatra.contract.charts import Chart, Column, RenderedTable
from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.chart import NARROW
from vatra.contract.charts.plane import coordinate, tick_step
from vatra.plans.blocks.climate.climate import HOURS, Floats
from vatra.web.blocks.folders import BlockYear
from vatra.web.blocks.queries import name_of
from vatra.words import Language, number, say

NAME = "duration"
_HEIGHT = 220.0
# Steps of the drawn curve: 146 hours each are finer than a pixel's worth of ink.
_POINTS = 240
# The table behind says the load at these shares of the year's hours.
_TOLD_H = (1, 10, 50, 100, 200, 500, 1000, 2000, 3000, 4000, 5000, 6000)


def build(year: BlockYear, lang: Language) -> Chart:
    """The duration curve of a building; hours must have been kept."""
    load_kw = np.sort((year.needs.hours or ())[0].heating_w)[::-1] / 1e3
    heated_h = int((load_kw > 0).sum())
    half_h = int((load_kw > load_kw[0] / 2).sum())
    title = say(
        "web.blocks.duration-title",
        lang,
        name=name_of(year.building),
        hours=number(heated_h, lang),
        half=number(half_h, lang),
        peak=number(float(load_kw[0]), lang, 0),
    )
    rows = tuple((hour, round(float(load_kw[hour - 1]), 1)) for hour in _TOLD_H)
    columns = (
        Column("hours", say("web.blocks.duration-hours", lang), "h", "number"),
        Column("load", say("web.blocks.duration-load", lang), "kW", "number", 1),
    )
    table = RenderedTable(NAME, say("web.blocks.duration-table", lang), columns, rows)
    alt = " ".join(
        [title, *(f"{hours}\u00a0h: {number(load, lang, 1)}\u00a0kW." for hours, load in rows)]
    )

    def draw(canvas: Canvas, top: float) -> float:
        return _draw(canvas, top, load_kw, lang)

    return Chart(NAME, title, alt, lang, {}, table, year.needs.synthetic, draw)


def _draw(canvas: Canvas, top: float, load_kw: Floats, lang: Language) -> float:
    left, right = (46.0 if canvas.width < NARROW else 60.0), canvas.width - 14.0
    top += 20
    peak = float(load_kw[0]) or 1.0
    bottom = top + _HEIGHT
    canvas.text(16, top - 10, say("web.blocks.duration-unit", lang), "ink-soft", 12)
    step = tick_step(peak, 4)
    for at in range(int(peak / step) + 1):
        y = bottom - at * step / peak * _HEIGHT
        canvas.line(left, y, right, y, "ink-soft" if at == 0 else "rule")
        canvas.text(left - 6, y + 4, number(at * step, lang), "ink-soft", 11, anchor="end")
    places = np.linspace(0, HOURS - 1, _POINTS).astype(int)
    parts = [f"M{coordinate(left)},{coordinate(bottom)}"]
    for place in places.tolist():
        x = left + place / HOURS * (right - left)
        y = bottom - float(load_kw[place]) / peak * _HEIGHT
        parts.append(f"L{coordinate(x)},{coordinate(y)}")
    canvas.path("".join([*parts, f"V{coordinate(bottom)}Z"]), "ember", 0.75)
    every = 2000 if canvas.width < NARROW else 1000
    for hours in range(0, HOURS, every):
        x = left + hours / HOURS * (right - left)
        canvas.text(x, bottom + 18, number(hours, lang), "ink", 12, anchor="middle")
    return bottom + 32
