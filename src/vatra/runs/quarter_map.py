"""The quarter on a plan, block by block: what each needs before the works and after them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.chart import NARROW, Chart
from vatra.contract.charts.plane import coordinate
from vatra.contract.charts.table import Column, RenderedTable, text_column
from vatra.contract.charts.typeface import SEMIBOLD
from vatra.plans.quarter.menu import Floats
from vatra.plans.stock import layout
from vatra.plans.stock.footprints import to_metres
from vatra.runs.quarter import QuarterRun
from vatra.sources.shapes import ShapesMissingError
from vatra.tables import label
from vatra.words import Language, number, say

NAME = "quarter-map"
# Heat for the rooms a year [kWh/m2]: up to each step, and how dark it is drawn.
STEPS_KWH_M2 = (25.0, 50.0, 75.0, 100.0, 150.0)
_SHADES = (0.12, 0.28, 0.45, 0.62, 0.8, 1.0)
_GAP = 16.0


def map_chart(run: QuarterRun, lang: Language) -> Chart | None:
    """Both maps as one picture; None where the packages for geometry are not installed."""
    try:
        bodies = _bodies(run)
    except ShapesMissingError:
        return None
    area = np.maximum(run.menu.floor_m2, 1e-9)
    per_m2 = (
        run.menu.before("heating_kwh") / area,
        run.menu.of("heating_kwh", run.chosen.package) / area,
    )
    whole = float(run.menu.floor_m2.sum())
    title = say(
        "runs.quarter-map-title",
        lang,
        before=number(run.chosen.before("heating_kwh") / whole, lang, 0),
        after=number(run.chosen.after("heating_kwh") / whole, lang, 0),
    )
    table = _table(run, per_m2, lang)
    alt = " ".join([title, *(f"{row[0]}: {row[1]}, {row[2]}." for row in table.rows)])
    made_up = not run.stock.footprints
    data = {
        "unit": "kWh/m2",
        "categories": list(run.menu.blocks),
        "series": [
            {"code": name, "values": [round(float(each), 1) for each in values]}
            for name, values in zip(("before", "after"), per_m2, strict=True)
        ],
    }

    def draw(canvas: Canvas, top: float) -> float:
        return _draw(canvas, top, bodies, per_m2, made_up, lang)

    return Chart(NAME, title, alt, lang, data, table, run.synthetic, draw)


def _bodies(run: QuarterRun) -> list[Any | None]:
    """Footprints in metres in the order of the blocks; made-up blocks on a made-up plan."""
    buildings = run.stock.buildings
    drawn: Mapping[str, Any] = run.stock.footprints
    if not drawn:
        drawn = layout(buildings, run.climate.longitude_deg, run.climate.latitude_deg)
    codes = [each.code for each in buildings if each.code in drawn]
    metres = dict(zip(codes, to_metres([drawn[each] for each in codes]), strict=True))
    return [metres.get(each.code) for each in buildings]


def _table(run: QuarterRun, per_m2: Sequence[Floats], lang: Language) -> RenderedTable:
    """Mean need by type, before and after."""
    rows: list[tuple[str, float, float]] = []
    for code in sorted({each.archetype for each in run.stock.buildings}):
        own = np.asarray([each.archetype == code for each in run.stock.buildings])
        area = run.menu.floor_m2[own]
        before, after = (float((values[own] * area).sum() / area.sum()) for values in per_m2)
        rows.append((label("archetype", code, lang), before, after))
    columns = (
        text_column("type", "runs.quarter-type", lang),
        Column("before", say("runs.quarter-before", lang), "kWh/m²", "number"),
        Column("after", say("runs.quarter-after", lang), "kWh/m²", "number"),
    )
    return RenderedTable(NAME, say("runs.quarter-map-table", lang), columns, tuple(rows))


def shade(kwh_m2: float) -> float:
    """How dark a need is drawn."""
    return _SHADES[int(np.searchsorted(STEPS_KWH_M2, kwh_m2))]


def _draw(
    canvas: Canvas,
    top: float,
    bodies: Sequence[Any | None],
    per_m2: Sequence[Floats],
    made_up: bool,
    lang: Language,
) -> float:
    narrow = canvas.width < NARROW
    width = canvas.width - 2 * _GAP if narrow else (canvas.width - 3 * _GAP) / 2
    y = _key(canvas, top + 10, lang)
    left = _GAP
    bottom = y
    for name, values in zip(("before", "after"), per_m2, strict=True):
        canvas.text(left, y + 16, say(f"runs.quarter-{name}", lang), "ink", 14, SEMIBOLD)
        bottom = _plan(canvas, left, y + 26, width, bodies, values)
        if narrow:
            y = bottom + _GAP
        else:
            left += width + _GAP
    if made_up:
        note = say("runs.quarter-map-layout", lang)
        bottom = canvas.paragraph(_GAP, bottom + 22, note, canvas.width - 2 * _GAP, "ink-soft", 12)
    return bottom + 6


def _plan(
    canvas: Canvas, left: float, top: float, width: float, bodies: Sequence[Any | None],
    values: Floats,
) -> float:  # fmt: skip
    boxes = np.asarray([each.bounds for each in bodies if each is not None])
    west, south = boxes[:, :2].min(axis=0)
    east, north = boxes[:, 2:].max(axis=0)
    scale = width / max(float(east - west), 1.0)
    height = scale * float(north - south)
    for body, value in zip(bodies, values, strict=True):
        if body is not None:
            outline = "".join(
                _ring(ring, left, top, scale, float(west), float(north)) for ring in _rings(body)
            )
            canvas.path(outline, "ember", shade(float(value)))
    return top + height


def _rings(body: Any) -> list[Any]:
    return [each.exterior for each in getattr(body, "geoms", [body])]


def _ring(ring: Any, left: float, top: float, scale: float, west: float, north: float) -> str:
    points = [
        f"{coordinate(left + (x - west) * scale)},{coordinate(top + (north - y) * scale)}"
        for x, y, *_ in list(ring.coords)[:-1]
    ]
    return f"M{'L'.join(points)}Z"


def _key(canvas: Canvas, y: float, lang: Language) -> float:
    """Shades with their steps."""
    bounds = [number(each, lang, 0) for each in STEPS_KWH_M2]
    words = [
        f"≤\u00a0{bounds[0]}",
        *(f"{low}–{high}" for low, high in pairwise(bounds)),
        f">\u00a0{bounds[-1]}",
    ]
    row_count = 2 if canvas.width < NARROW else 1
    each_row = len(words) // row_count
    step = min(84.0, (canvas.width - 2 * _GAP) / each_row)
    for place, (opacity, each) in enumerate(zip(_SHADES, words, strict=True)):
        line, column = divmod(place, each_row)
        x, at = _GAP + column * step, y + 18 * line
        canvas.rect(x, at - 10, 12, 12, "ember", opacity)
        canvas.text(x + 16, at, each, "ink-soft", 11)
    y += 18 * row_count
    canvas.text(_GAP, y, say("runs.quarter-map-unit", lang), "ink-soft", 11)
    return y + 8
