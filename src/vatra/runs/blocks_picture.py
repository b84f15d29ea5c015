"""The load of zones through the year as a picture: the mean of each day, heat above, cold below."""

from __future__ import annotations

from babel.dates import get_month_names
from numpy import float64
from numpy.typing import NDArray

from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.chart import NARROW, Chart
from vatra.contract.charts.plane import coordinate, tick_step
from vatra.contract.charts.table import Column, RenderedTable, text_column
from vatra.plans.blocks import Needs
from vatra.plans.blocks.climate.climate import MONTH_DAYS
from vatra.words import Language, number, say

NAME = "load"
_HEIGHT = 260.0
_W_PER_KW = 1000.0
Days = NDArray[float64]


def load_curve(needs: Needs, lang: Language) -> Chart:
    """The load of all zones together, day by day; hours must have been asked for.

    Raises ``ValueError`` where no hours were kept.
    """
    if not needs.hours:
        raise ValueError("no hours were kept: simulate with hourly=True")
    heat, cold = (
        sum((getattr(each, name) for each in needs.hours[1:]), getattr(needs.hours[0], name))
        for name in ("heating_w", "cooling_w")
    )
    days = tuple(each.reshape(365, 24).mean(axis=1) / _W_PER_KW for each in (heat, cold))
    said = {
        "heat": number(float(heat.max()) / _W_PER_KW, lang, 1),
        "cold": number(float(cold.max()) / _W_PER_KW, lang, 1),
        "zones": ", ".join(needs.names[:3]) + (" …" if len(needs.names) > 3 else ""),
    }
    key = "load-title-cold" if cold.max() > 0 else "load-title"
    title = say(f"runs.blocks-{key}", lang, **said)
    table = _table(needs, lang)
    alt = " ".join([title, *(f"{row[0]}: {row[1]}; {row[2]}." for row in table.rows)])

    def draw(canvas: Canvas, top: float) -> float:
        return _draw(canvas, top, days, lang)

    data = {"unit": "kW", "heating_kw": days[0].tolist(), "cooling_kw": days[1].tolist()}
    return Chart(NAME, title, alt, lang, data, table, needs.synthetic, draw)


def _months(lang: Language) -> list[str]:
    names = get_month_names("abbreviated", locale=lang)
    return [str(names[month]) for month in range(1, 13)]


def _table(needs: Needs, lang: Language) -> RenderedTable:
    cooling = needs.heating_wh * 0 if needs.cooling_wh is None else needs.cooling_wh
    heat, cold = ((each.sum(axis=0) / 1e3).round().tolist() for each in (needs.heating_wh, cooling))
    rows = tuple(zip(_months(lang), map(int, heat), map(int, cold), strict=True))
    columns = (
        text_column("month", "runs.blocks-load-month", lang),
        Column("heating", say("runs.blocks-load-heating", lang), "kWh", "number"),
        Column("cooling", say("runs.blocks-load-cooling", lang), "kWh", "number"),
    )
    return RenderedTable(NAME, say("runs.blocks-load-table", lang), columns, rows)


def _draw(canvas: Canvas, top: float, days: tuple[Days, ...], lang: Language) -> float:
    left, right = (46.0 if canvas.width < NARROW else 60.0), canvas.width - 14.0
    y = _key(canvas, top + 8, lang)
    high, low = float(days[0].max()), float(days[1].max())
    span = (high + low) or 1.0
    per_kw = _HEIGHT / span
    zero = y + high * per_kw
    step = tick_step(span, 6)
    for at in range(-int(low / step), int(high / step) + 1):
        level = zero - at * step * per_kw
        canvas.line(left, level, right, level, "ink-soft" if at == 0 else "rule")
        canvas.text(left - 6, level + 4, number(abs(at) * step, lang), "ink-soft", 11,
                    anchor="end")  # fmt: skip
    day_width = (right - left) / 365
    for values, sign, role in ((days[0], -1, "ember"), (days[1], 1, "river")):
        if values.max() > 0:
            canvas.path(_outline(values * sign * per_kw, left, zero, day_width), role)
    begin = 0
    for month, count in enumerate(MONTH_DAYS):
        middle = left + (begin + count / 2) * day_width
        words = _months(lang)[month].rstrip(".")
        shown = words[:1].upper() if canvas.width < NARROW else words
        canvas.text(middle, y + _HEIGHT + 20, shown, "ink", 12, anchor="middle")
        begin += count
    return y + _HEIGHT + 34


def _outline(heights: Days, left: float, zero: float, day_width: float) -> str:
    """Days as steps between the line of zero and their heights."""
    parts = [f"M{coordinate(left)},{coordinate(zero)}"]
    for day, height in enumerate(heights.tolist()):
        level = coordinate(zero + height)
        parts.append(f"V{level}H{coordinate(left + (day + 1) * day_width)}")
    return "".join([*parts, f"V{coordinate(zero)}Z"])


def _key(canvas: Canvas, y: float, lang: Language) -> float:
    x = 16.0
    for name, role in (("heating", "ember"), ("cooling", "river")):
        canvas.rect(x, y - 10, 12, 12, role)
        canvas.text(x + 19, y, say(f"runs.blocks-load-{name}", lang), "ink-soft", 12)
        x += 110
    canvas.text(x, y, say("runs.blocks-load-unit", lang), "ink-soft", 12)
    return y + 20
