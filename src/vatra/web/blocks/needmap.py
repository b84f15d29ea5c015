"""The map of need: footprints coloured in steps, drawn on the server, with a link each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from vatra.contract.charts import Chart, Column, RenderedTable
from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.chart import NARROW
from vatra.contract.charts.plane import tick_step
from vatra.plans.stock import Building
from vatra.web.blocks.filters import STEPS_KWH_M2, step_of
from vatra.web.blocks.folders import Held
from vatra.web.blocks.outline import Sheet, sheet_of
from vatra.web.blocks.queries import name_of, sums
from vatra.web.blocks.view import Box
from vatra.words import Language, number, say

NAME = "need-map"
# So many names fit on the map side by side.
_NAMED = 30
# More links than these make a page that a phone opens slowly.
MOST_LINKED = 1_500
# How strongly each step is filled where a drawing has one colour only.
_STRENGTH = (0.08, 0.24, 0.42, 0.6, 0.8, 1.0)


@dataclass(frozen=True)
class LegendEntry:
    """A step of the map: its words, and how many buildings fall into it."""

    step: int
    words: str
    count: int


def step_words(step: int, lang: Language) -> str:
    """``80 to 110`` kWh/m²."""
    low = STEPS_KWH_M2[step]
    if step + 1 == len(STEPS_KWH_M2):
        return say("web.blocks.step-above", lang, low=low)
    if not step:
        return say("web.blocks.step-below", lang, high=STEPS_KWH_M2[1])
    return say("web.blocks.step-between", lang, low=low, high=STEPS_KWH_M2[step + 1])


def legend(held: Held, places: Sequence[int], lang: Language) -> list[LegendEntry]:
    """Every step with its buildings among those shown."""
    steps = [step_of(held.kwh_m2[at]) for at in places]
    return [
        LegendEntry(step, step_words(step, lang), steps.count(step))
        for step in range(len(STEPS_KWH_M2))
    ]


def whole_box(sheet: Sheet, held: Held, places: Sequence[int], is_asked: bool) -> Box:
    """What the map shows before one looks nearer: everything, or what was asked for."""
    codes = [held.stock.buildings[at].code for at in places]
    return sheet.box(codes if is_asked else ())


def page_map(held: Held, places: Sequence[int], box: Box, city: str, lang: Language) -> SafeString:
    """The map as SVG of the page: colours by class, each building a link with its figures.

    What lies outside the box is left out. Links stand outside the order of the tabulator key: the
    list beside the map holds them all. More than ``MOST_LINKED`` buildings are drawn without
    links, until one looks nearer.
    """
    sheet, shown = sheet_of(held), set(places)
    seen = [at for at in range(len(held.zones)) if _is_in(sheet, held.stock.buildings[at], box)]
    kept = [at for at in seen if at in shown]
    others = [held.stock.buildings[at].code for at in seen if at not in shown]
    parts = [f'<path class="map-other" d="{sheet.path(code)}"/>' for code in others]
    if len(kept) > MOST_LINKED:
        parts += _by_step(sheet, held, kept)
    else:
        parts += [_linked(sheet, held, at, city, lang) for at in kept]
    if len(kept) <= _NAMED:
        parts += _names(sheet, [held.stock.buildings[at] for at in kept], box)
    parts.append(_scale(box, lang))
    left, top, width, height = box
    title = escape(map_title(held, places, lang))
    return mark_safe(
        f'<svg class="need-map" viewBox="{left:.1f} {top:.1f} {width:.1f} {height:.1f}"'
        f' role="group" aria-label="{title}">{"".join(parts)}</svg>'
    )


def _is_in(sheet: Sheet, building: Building, box: Box) -> bool:
    """Whether any corner of a building lies in a box."""
    left, top, width, height = box
    return any(
        left <= x <= left + width and top <= y <= top + height
        for ring in sheet.rings.get(building.code, ())
        for x, y in ring
    )


def _linked(sheet: Sheet, held: Held, at: int, city: str, lang: Language) -> str:
    """A building that opens its page and tells its need when pointed at."""
    code = held.stock.buildings[at].code
    url = escape(reverse("blocks:building", args=[lang, city, code]))
    words = escape(_words(held, at, lang))
    return (
        f'<a href="{url}" tabindex="-1" aria-label="{words}">'
        f'<path class="map-building need-{step_of(held.kwh_m2[at])}" d="{sheet.path(code)}">'
        f"<title>{words}</title></path></a>"
    )


def _by_step(sheet: Sheet, held: Held, places: Sequence[int]) -> list[str]:
    """All buildings of a step as one outline."""
    outlines: dict[int, list[str]] = {}
    for at in places:
        outline = sheet.path(held.stock.buildings[at].code)
        outlines.setdefault(step_of(held.kwh_m2[at]), []).append(outline)
    return [
        f'<path class="map-building need-{step}" d="{"".join(outlines[step])}"/>'
        for step in sorted(outlines)
    ]


def _names(sheet: Sheet, buildings: Sequence[Building], box: Box) -> list[str]:
    size = box[2] / 55
    found = []
    for building in buildings:
        x, y = _middle(sheet, building.code)
        found.append(
            f'<text class="map-name" x="{x:.1f}" y="{y + size / 3:.1f}" font-size="{size:.1f}">'
            f"{escape(name_of(building)[:12])}</text>"
        )
    return found


def _words(held: Held, at: int, lang: Language) -> str:
    building = held.stock.buildings[at]
    need = number(held.kwh_m2[at], lang, 0)
    return f"{name_of(building)}: {need}\u00a0kWh/m²"


def _middle(sheet: Sheet, code: str) -> tuple[float, float]:
    ring = sheet.rings[code][0]
    return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)


def _scale(box: Box, lang: Language) -> str:
    """A bar of a round length at the lower left."""
    left, top, width, height = box
    length = tick_step(width / 10, 1)
    size = width / 45
    x, y = left + width / 50, top + height - width / 60
    return (
        f'<path class="map-scale" d="M{x:.1f} {y:.1f}h{length:.1f}"/>'
        f'<text class="map-name map-scale-words" x="{x:.1f}" y="{y - size * 0.5:.1f}"'
        f' font-size="{size:.1f}">{number(length, lang, 0)}\u00a0m</text>'
    )


def map_title(held: Held, places: Sequence[int], lang: Language) -> str:
    """What the map shows, as a finding."""
    found = sums(held, places)
    worst = sum(held.kwh_m2[at] >= STEPS_KWH_M2[-2] for at in places)
    return say(
        "web.blocks.map-title",
        lang,
        count=len(places),
        worst=number(worst, lang),
        limit=number(STEPS_KWH_M2[-2], lang),
        mean=number(found.kwh_m2, lang, 0),
    )


def map_chart(held: Held, places: Sequence[int], is_asked: bool, lang: Language) -> Chart:
    """The map as a picture to take along, and the numbers behind it."""
    sheet = sheet_of(held)
    box = whole_box(sheet, held, places, is_asked)
    columns = (
        Column("building", say("web.blocks.building", lang)),
        Column("need", say("web.blocks.per-area", lang), "", "number", 1),
    )
    rows = tuple((name_of(held.stock.buildings[at]), round(held.kwh_m2[at], 1)) for at in places)
    table = RenderedTable(NAME, say("web.blocks.table-list", lang), columns, rows)
    title = map_title(held, places, lang)

    def draw(canvas: Canvas, top: float) -> float:
        return _draw(canvas, top, sheet, held, places, box, lang)

    return Chart(NAME, title, title, lang, {}, table, held.synthetic, draw)


def _draw(
    canvas: Canvas,
    top: float,
    sheet: Sheet,
    held: Held,
    places: Sequence[int],
    box: Box,
    lang: Language,
) -> float:
    left, upper, width, height = box
    scale = (canvas.width - 32) / width
    for at in places:
        code = held.stock.buildings[at].code
        rings = sheet.rings.get(code, ())
        outline = "".join(
            "M"
            + "L".join(
                f"{16 + (x - left) * scale:.1f} {top + (y - upper) * scale:.1f}" for x, y in ring
            )
            + "Z"
            for ring in rings
        )
        if outline:
            canvas.path(outline, "ember", _STRENGTH[step_of(held.kwh_m2[at])])
            for ring in rings:
                around = [(16 + (x - left) * scale, top + (y - upper) * scale) for x, y in ring]
                canvas.polyline([*around, around[0]], "ink-soft", 0.6)
    y = top + height * scale + 22
    return _key(canvas, y, held, places, lang)


def _key(canvas: Canvas, y: float, held: Held, places: Sequence[int], lang: Language) -> float:
    x, step_x = 16.0, (170.0 if canvas.width >= NARROW else 160.0)
    for each in legend(held, places, lang):
        if x + step_x > canvas.width:
            x, y = 16.0, y + 20
        canvas.rect(x, y - 10, 12, 12, "ember", _STRENGTH[each.step], outline=True)
        canvas.text(x + 18, y, f"{each.words}: {each.count}", "ink-soft", 12)
        x += step_x
    y += 20
    canvas.text(16, y, say("web.blocks.map-unit", lang), "ink-soft", 12)
    return y + 14
