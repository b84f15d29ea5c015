"""Meters against the model, before they were read and after: a strip each."""

from __future__ import annotations

from dataclasses import dataclass

from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.chart import NARROW, Chart
from vatra.contract.charts.plane import tick_step
from vatra.contract.charts.table import Column, RenderedTable, text_column
from vatra.runs.calibrate import Calibration
from vatra.runs.calibrate_block import OWN, Calibrated, MeterSpan
from vatra.runs.calibrate_rows import main_meter
from vatra.tables import label
from vatra.words import Language, number, say

NAME = "meters"
# More strips than this nobody reads; those that lie furthest from the model are drawn.
MOST_STRIPS = 24
_STEP = 26.0


@dataclass(frozen=True)
class _Strip:
    """One meter [kWh/m2 a year]."""

    name: str
    metered: float
    error: float
    before: tuple[float, ...]
    after: tuple[float, ...]
    fitted: bool


def meters_chart(found: Calibration, lang: Language) -> Chart:
    """What meters read and what the model holds possible, before and after; of one block every
    meter, of many the heat of each.

    Raises ``ValueError`` where nothing is metered.
    """
    strips = _strips(found, lang)
    if not strips:
        raise ValueError("no meters to draw")
    title = _title(found, strips, lang)
    columns = (
        text_column("meter", "runs.calibrate-meter", lang),
        *(
            Column(each, say(f"runs.calibrate-{each}", lang), "kWh/m²", "number")
            for each in ("metered", "before", "after")
        ),
        *(
            Column(f"after_{end}", f"{say('runs.calibrate-after', lang)}, {end.upper()}",
                   "kWh/m²", "number")
            for end in ("p10", "p90")
        ),
    )  # fmt: skip
    rows = tuple(
        (each.name, round(each.metered, 1), round(each.before[1], 1), round(each.after[1], 1),
         round(each.after[0], 1), round(each.after[2], 1))
        for each in strips
    )  # fmt: skip
    table = RenderedTable(NAME, say("runs.calibrate-table", lang), columns, rows)
    words = [
        f"{row[0]}: {columns[1].title} {row[1]}, {columns[2].title} {row[2]}, "
        f"{columns[3].title} {row[3]}."
        for row in rows
    ]

    def draw(canvas: Canvas, top: float) -> float:
        return _draw(canvas, top, strips, lang)

    data = {"unit": "kWh/m²", "strips": [vars(each) for each in strips]}
    return Chart(NAME, title, " ".join([title, *words]), lang, data, table, found.synthetic, draw)


def _title(found: Calibration, strips: list[_Strip], lang: Language) -> str:
    if len(found.blocks) == 1:
        first = strips[0]
        return say(
            "runs.calibrate-title-one" if first.fitted else "runs.calibrate-title-apart",
            lang,
            building=found.blocks[0].subject.building.code,
            metered=number(first.metered, lang, 0),
            before=number(first.before[1], lang, 0),
            after=number(first.after[1], lang, 0),
        )
    own = [each for each in found.blocks if each.origin == OWN]
    widths = [
        sum(_width(each, after) for each in own) / max(len(own), 1) for after in (False, True)
    ]
    return say(
        "runs.calibrate-title",
        lang,
        blocks=number(len(own), lang),
        before=number(widths[0], lang, 0),
        after=number(widths[1], lang, 0),
    )


def _width(found: Calibrated, after: bool) -> float:
    """P10 to P90 of the need for heat [kWh/m2]."""
    span = found.figures["heating_wh"]
    low, _, high = span.after if after else span.before
    return (high - low) / 1e3 / found.subject.building.heated_m2


def _strips(found: Calibration, lang: Language) -> list[_Strip]:
    if len(found.blocks) == 1:
        (block,) = found.blocks
        kept = [(_meter_name(each, lang), each, block) for each in block.meters]
        return [_strip(*each) for each in kept]
    strips = [
        _strip(block.subject.building.code, meter, block)
        for block in found.blocks
        if (meter := main_meter(block)) is not None
    ]
    furthest = sorted(strips, key=lambda each: -abs(each.metered / each.before[1] - 1))
    return sorted(furthest[:MOST_STRIPS], key=lambda each: -each.metered)


def _strip(name: str, meter: MeterSpan, block: Calibrated) -> _Strip:
    area = 1e3 * block.subject.building.heated_m2
    metered = meter.metered_wh / area
    return _Strip(
        name,
        metered,
        metered * meter.observation.spread,
        tuple(each / area for each in meter.span.before),
        tuple(each / area for each in meter.span.after),
        meter.fitted,
    )


def _meter_name(meter: MeterSpan, lang: Language) -> str:
    asked = meter.observation
    metered, carrier = label("metered", asked.metered, lang), label("carrier", asked.carrier, lang)
    if asked.metered == "electricity":
        return metered
    return f"{metered}, {carrier}{say(f'runs.calibrate-part-{asked.part}', lang)}"


def _draw(canvas: Canvas, top: float, strips: list[_Strip], lang: Language) -> float:
    narrow = canvas.width < NARROW
    left, right = 14.0, canvas.width - 16.0
    y = _legend(canvas, top + 12, lang)
    most = max(max(each.metered + each.error, each.before[2], each.after[2]) for each in strips)
    most *= 1.04

    def x(value: float) -> float:
        return left + (right - left) * value / most

    first = y + 6
    step = tick_step(most, 4 if narrow else 7)
    ticks = [at * step for at in range(int(most / step) + 1)]
    bottom = first + (_STEP + 8) * len(strips)
    for tick in ticks:
        canvas.line(x(tick), first, x(tick), bottom, "rule")
        canvas.text(x(tick), bottom + 16, number(tick, lang), "ink-soft", 11, anchor="middle")
    y = first
    for each in strips:
        canvas.text(left, y + 11, each.name, "ink", 11 if narrow else 12, halo=True)
        _one(canvas, y + 15, each, x)
        y += _STEP + 8
    canvas.text(right, bottom + 34, say("runs.calibrate-axis", lang), "ink-soft", 12, anchor="end")
    return bottom + 42


def _one(canvas: Canvas, y: float, strip: _Strip, x: object) -> None:
    def place(value: float) -> float:
        return float(x(value))  # type: ignore[operator]

    low, middle, high = strip.before
    canvas.rect(place(low), y, place(high) - place(low), 6, "ink-soft", 0.35)
    canvas.line(place(middle), y, place(middle), y + 6, "ink", 1.5)
    if strip.fitted:
        low, middle, high = strip.after
        canvas.rect(place(low), y + 7, place(high) - place(low), 6, "spruce")
        canvas.line(place(middle), y + 7, place(middle), y + 13, "ink", 1.5)
    canvas.line(place(strip.metered), y - 2, place(strip.metered), y + 15, "ember", 2.5)
    ends = place(strip.metered - strip.error), place(strip.metered + strip.error)
    canvas.line(ends[0], y + 6.5, ends[1], y + 6.5, "ember", 1)


def _legend(canvas: Canvas, y: float, lang: Language) -> float:
    x = 14.0
    for role, key in (("ink-soft", "before"), ("spruce", "after"), ("ember", "metered")):
        words = say(f"runs.calibrate-legend-{key}", lang)
        if x + 20 + 7 * len(words) > canvas.width:
            x, y = 14.0, y + 20
        canvas.rect(x, y - 9, 12, 10, role, 0.35 if role == "ink-soft" else 1.0)
        canvas.text(x + 18, y, words, "ink-soft", 12)
        x += 32 + 6.8 * len(words)
    return y + 10
