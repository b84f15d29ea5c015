"""Sectors before and after the factor switch, as pairs of bars; it belongs to an address."""

from __future__ import annotations

from vatra.contract.charts import Chart
from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.chart import NARROW
from vatra.contract.charts.palette import sector_role
from vatra.contract.charts.typeface import SEMIBOLD
from vatra.tables import label
from vatra.web.cities.charts.behind import behind
from vatra.web.cities.figures import Figures
from vatra.web.cities.switch import Switch, compare_sectors
from vatra.words import Language, percent, say, tonnes

_ROW = 62.0
_WORDS = 160.0


def compare_chart(before: Figures, after: Figures, switch: Switch, lang: Language) -> Chart:
    """The picture of one switch; its title says what it moves."""
    title = _title(before, after, switch, lang)
    sectors = [
        (each, before.sector_mg(switch.year, each) or 0, after.sector_mg(switch.year, each) or 0)
        for each in before.sectors
    ]
    sentences = (
        f"{label('sector', name, lang)}: {tonnes(one, lang)} → {tonnes(other, lang)}."
        for name, one, other in sectors
    )

    def draw(canvas: Canvas, top: float) -> float:
        return _draw(canvas, top, sectors, lang)

    table = behind(compare_sectors(before, after, switch, lang))
    alt = " ".join((title, *sentences))
    return Chart("compare", title, alt, lang, {}, table, before.synthetic, draw)


def _title(before: Figures, after: Figures, switch: Switch, lang: Language) -> str:
    one, other = before.total_mg(switch.year), after.total_mg(switch.year)
    key = "same" if one == other else "lower" if other < one else "higher"
    said = {"year": str(switch.year), "before": tonnes(one, lang), "after": tonnes(other, lang)}
    moved = {"moved": tonnes(abs(other - one), lang)}
    share = {"share": percent(abs(other - one) / abs(one), lang, 1) if one else "–"}
    return say(f"web.cities.compare-{key}", lang, **said, **moved, **share)


def _draw(canvas: Canvas, top: float, sectors: list[tuple[str, int, int]], lang: Language) -> float:
    narrow = canvas.width < NARROW
    size = 11.5 if narrow else 13
    masses = [mass for _, one, other in sectors for mass in (one, other)]
    low, high = min(0, *masses), max(0, *masses)
    room = canvas.width - (_WORDS - 30 if narrow else _WORDS) - 16
    scale = room / ((high - low) or 1)
    zero = 8 - low * scale
    y = top + 4
    for name, one, other in sectors:
        canvas.text(8, y + 12, label("sector", name, lang), "ink", size, SEMIBOLD)
        for at, (mass, key) in enumerate(((one, "before"), (other, "after"))):
            start = zero + min(mass, 0) * scale
            width = max(abs(mass) * scale, 1)
            opacity = 0.35 if key == "before" else 1.0
            bar_y = y + 18 + at * 18
            canvas.rect(start, bar_y, width, 13, sector_role(name), opacity, outline=True)
            words = f"{tonnes(mass, lang)} {say(f'web.cities.{key}-short', lang)}"
            canvas.text(zero + max(mass, 0) * scale + 6, bar_y + 11, words, "ink-soft", size - 1)
        y += _ROW
    return y
