"""Pictures of a quarter's plan: before and after with doubt, money against CO2, works by year."""

from __future__ import annotations

from collections.abc import Sequence

from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.chart import NARROW, Chart
from vatra.contract.charts.table import Column, RenderedTable, text_column
from vatra.contract.charts.typeface import SEMIBOLD
from vatra.runs.quarter import QuarterRun
from vatra.runs.quarter_map import map_chart
from vatra.runs.quarter_rows import Row, front_rows, totals
from vatra.runs.quarter_works_chart import ticks, works
from vatra.words import Language, euros, number, percent, say

_T_PER_G, _GWH_PER_WH, _EUR_MILLION_PER_CENT = 1e-6, 1e-9, 1e-8
_ROW = 58.0


def quarter_charts(run: QuarterRun, lang: Language) -> list[Chart]:
    """Every picture of a plan; a map only where geometry can be drawn."""
    drawn = [map_chart(run, lang), before_after(run, lang), front(run, lang), works(run, lang)]
    return [each for each in drawn if each is not None]


# before and after


def before_after(run: QuarterRun, lang: Language) -> Chart:
    """Bars before and after of heat, primary energy, CO2 and bills; P10 to P90 where drawn."""
    whole = totals(run)
    rows = _pairs(whole, lang)
    cut = 1 - whole["after_co2_g"] / whole["before_co2_g"] if whole["before_co2_g"] else 0.0
    spread = whole["ranges"]
    low, _, high = (each * _T_PER_G for each in spread["co2_saved_g"])
    title = say(
        "runs.quarter-bars-title",
        lang,
        cut=percent(cut, lang, 0),
        low=number(low, lang, 0),
        high=number(high, lang, 0),
    )
    columns = (
        text_column("figure", "runs.quarter-figure", lang),
        text_column("unit", "runs.quarter-unit", lang),
        Column("before", say("runs.quarter-before", lang), "", "number", 2),
        Column("after", say("runs.quarter-after", lang), "", "number", 2),
    )
    table = RenderedTable(
        "quarter-bars", say("runs.quarter-bars-table", lang), columns,
        tuple((each[0], each[1], each[2], each[3]) for each in rows),
    )  # fmt: skip
    alt = " ".join(
        [title]
        + [f"{name}: {number(a, lang, 2)} → {number(b, lang, 2)} {unit}."
           for name, unit, a, b, *_ in rows]
    )  # fmt: skip
    data = {"categories": [each[0] for each in rows],
            "series": [{"code": "before", "values": [each[2] for each in rows]},
                       {"code": "after", "values": [each[3] for each in rows]}]}  # fmt: skip

    def draw(canvas: Canvas, top: float) -> float:
        return _draw_pairs(canvas, top, rows, lang)

    return Chart("quarter-bars", title, alt, lang, data, table, run.synthetic, draw)


Ends = tuple[float, float]
Pair = tuple[str, str, float, float, Ends, Ends]


def _pairs(whole: Row, lang: Language) -> list[Pair]:
    """Name, unit, before, after and their P10 to P90."""
    spread = whole["ranges"]

    def ends(name: str, scale: float) -> Ends:
        low, _, high = spread[name]
        return low * scale, high * scale

    found: list[Pair] = []
    for name, unit, scale in (
        ("heating_wh", "GWh", _GWH_PER_WH),
        ("primary_wh", "GWh", _GWH_PER_WH),
        ("co2_g", "t", _T_PER_G),
        ("bill_cents", say("runs.quarter-eur-million", lang), _EUR_MILLION_PER_CENT),
    ):
        drawn, suffix = name.rsplit("_", 1)
        found.append(
            (
                say(f"runs.quarter-{drawn}", lang),
                unit,
                whole[f"before_{name}"] * scale,
                whole[f"after_{name}"] * scale,
                ends(f"{drawn}_before_{suffix}", scale),
                ends(f"{drawn}_after_{suffix}", scale),
            )
        )
    return found


def _draw_pairs(canvas: Canvas, top: float, rows: Sequence[Pair], lang: Language) -> float:
    narrow = canvas.width < NARROW
    left = 16.0 if narrow else 190.0
    right = canvas.width - 108.0
    y = top + 8
    for name, unit, before, after, around, beyond in rows:
        most = max(before, after, around[1], beyond[1]) or 1.0
        if narrow:
            canvas.text(16, y + 10, name, "ink", 13)
            y += 18
        else:
            canvas.text(16, y + 24, name, "ink", 13)
        per_unit = (right - left) / most
        for value, role, ends in ((before, "other", around), (after, "spruce", beyond)):
            canvas.rect(left, y, value * per_unit, 17, role)
            reach = max(value, ends[1]) * per_unit
            _whisker(canvas, left, y + 8.5, ends[0] * per_unit, ends[1] * per_unit)
            words = f"{_short(value, lang)} {unit}"
            canvas.text(left + reach + 6, y + 13, words, "ink", 12)
            y += 20
        y += _ROW - 40
    for role, key in (("other", "before"), ("spruce", "after")):
        canvas.rect(left, y - 2, 12, 12, role)
        canvas.text(left + 18, y + 8, say(f"runs.quarter-{key}", lang), "ink-soft", 12)
        left += 90
    _whisker(canvas, left, y + 4, 0, 26)
    canvas.text(left + 34, y + 8, say("runs.quarter-range", lang), "ink-soft", 12)
    return y + 18


def _whisker(canvas: Canvas, left: float, y: float, low: float, high: float) -> None:
    canvas.line(left + low, y, left + high, y, "ink", 1.5)
    for end in (low, high):
        canvas.line(left + end, y - 5, left + end, y + 5, "ink", 1.5)


def _short(value: float, lang: Language) -> str:
    return number(value, lang, 0 if abs(value) >= 100 else 1)


# money against CO2


def front(run: QuarterRun, lang: Language) -> Chart:
    """What each more euro saves, and where the choice stands."""
    rows, chosen = front_rows(run), run.chosen
    before = chosen.before("co2_kg") / 1e3
    here = (chosen.cost_cents * _EUR_MILLION_PER_CENT, before - chosen.after("co2_kg") / 1e3)
    points = [
        (each["cost_cents"] * _EUR_MILLION_PER_CENT, before - each["co2_g"] * _T_PER_G)
        for each in rows
    ]
    title = say(
        "runs.quarter-front-title",
        lang,
        money=euros(chosen.cost_cents, lang),
        saved=number(here[1], lang, 0),
        share=percent(here[1] / before if before else 0.0, lang, 0),
    )
    columns = (
        Column("cost", say("runs.quarter-cost", lang), say("runs.quarter-eur-million", lang),
               "number", 1),
        Column("saved", say("runs.quarter-saved-co2", lang), "t", "number"),
    )  # fmt: skip
    table = RenderedTable(
        "quarter-front", say("runs.quarter-front-table", lang), columns, tuple(points)
    )
    data = {"series": [{"code": "front", "values": [list(each) for each in points]},
                       {"code": "chosen", "values": [list(here)]}]}  # fmt: skip

    def draw(canvas: Canvas, top: float) -> float:
        return _draw_front(canvas, top, points, here, lang)

    return Chart("quarter-front", title, title, lang, data, table, run.synthetic, draw)


def _draw_front(
    canvas: Canvas,
    top: float,
    points: Sequence[tuple[float, float]],
    here: tuple[float, float],
    lang: Language,
) -> float:
    left, right, height = 74.0, canvas.width - 26.0, 260.0
    bottom = top + 26 + height
    most_x = max([*(x for x, _ in points), here[0]]) or 1.0
    most_y = max([*(y for _, y in points), here[1]]) or 1.0

    def at(point: tuple[float, float]) -> tuple[float, float]:
        x = left + (right - left) * point[0] / most_x
        return x, bottom - height * point[1] / (1.08 * most_y)

    canvas.text(16, top + 12, say("runs.quarter-front-up", lang), "ink-soft", 12)
    for level in ticks(most_y, 5):
        y = at((0, level))[1]
        canvas.line(left, y, right, y, "ink-soft" if level == 0 else "rule")
        canvas.text(left - 8, y + 4, number(level, lang, 0), "ink-soft", 11, anchor="end")
    for level in ticks(most_x, 5 if canvas.width >= NARROW else 3):
        x = at((level, 0))[0]
        canvas.line(x, bottom, x, bottom + 4, "ink-soft")
        canvas.text(x, bottom + 18, number(level, lang), "ink-soft", 11, anchor="middle")
    canvas.text(right, bottom + 36, say("runs.quarter-front-right", lang), "ink-soft", 12,
                anchor="end")  # fmt: skip
    if len(points) > 1:
        canvas.polyline([at(each) for each in points], "river", 2)
    for each in points:
        x, y = at(each)
        canvas.rect(x - 2.5, y - 2.5, 5, 5, "river")
    x, y = at(here)
    canvas.rect(x - 5, y - 5, 10, 10, "ember")
    is_left = x > (left + right) / 2
    canvas.text(x - 10 if is_left else x + 10, y - 10, say("runs.quarter-chosen", lang), "ember",
                13, SEMIBOLD, "end" if is_left else "start", halo=True)  # fmt: skip
    return bottom + 44
