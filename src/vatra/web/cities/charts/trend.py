"""All years by sector, at their places in time; years without figures stay empty."""

from __future__ import annotations

from collections.abc import Sequence

from vatra.contract.charts import Chart
from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.chart import NARROW
from vatra.contract.charts.palette import sector_role
from vatra.contract.charts.typeface import SEMIBOLD, text_width
from vatra.tables import label
from vatra.web.cities.charts.behind import behind
from vatra.web.cities.charts.shapes import hatched
from vatra.web.cities.figures import Figures
from vatra.web.cities.tables.years import (
    missing_years,
    partial_words,
    partial_years,
    spans_words,
)
from vatra.web.cities.tables.years import years as years_table
from vatra.words import Language, percent, say, tonnes

NAME = "years"
BY_YEAR = False
_HEIGHT = 260.0


def applies(figures: Figures, year: int) -> bool:
    """Whether there is more than one year."""
    return len(figures.years) > 1


def build(figures: Figures, year: int, lang: Language) -> Chart:
    """The trend over all years."""
    title = _title(figures, lang)
    sentences = (
        f"{each}: {tonnes(figures.total_mg(each), lang)} "
        f"({'; '.join(_parts(figures, each, lang))})."
        for each in figures.years
    )
    missing = missing_years(figures.years)
    gap = say("web.cities.years-missing", lang, years=spans_words(missing)) if missing else ""

    def draw(canvas: Canvas, top: float) -> float:
        return _draw(canvas, top, figures, lang)

    table = behind(years_table(NAME, figures, year, lang))
    alt = " ".join((title, *sentences, gap, partial_words(figures, lang))).strip()
    return Chart(NAME, title, alt, lang, {}, table, figures.synthetic, draw)


def _title(figures: Figures, lang: Language) -> str:
    first, last = figures.years[0], figures.years[-1]
    base, end = figures.total_mg(first), figures.total_mg(last)
    key = "web.cities.years-fall" if end <= base else "web.cities.years-rise"
    change = percent(abs(base - end) / base, lang) if base else "–"
    said = {"first": str(first), "last": str(last), "change": change}
    return say(key, lang, **said, base=tonnes(base, lang), end=tonnes(end, lang))


def _parts(figures: Figures, year: int, lang: Language) -> list[str]:
    masses = ((each, figures.sector_mg(year, each)) for each in figures.sectors)
    return [f"{label('sector', e, lang)} {tonnes(m, lang)}" for e, m in masses if m is not None]


def _draw(canvas: Canvas, top: float, figures: Figures, lang: Language) -> float:
    narrow = canvas.width < NARROW
    first, last = figures.years[0], figures.years[-1]
    names = 30 + max(text_width(label("sector", each, lang), 12) for each in figures.sectors)
    slot = (canvas.width - names - 16) / (last - first + 1)
    bar = min(slot * 0.78, 64.0)
    above = max(_stack(figures, year)[0] for year in figures.years)
    below = max(_stack(figures, year)[1] for year in figures.years)
    scale = _HEIGHT / ((above + below) or 1)
    zero = top + 22 + above * scale
    bottom = zero + below * scale

    def left(year: int) -> float:
        return 8 + (year - first) * slot + (slot - bar) / 2

    for start, end in _runs(missing_years(figures.years)):
        x = 8 + (start - first) * slot
        width = (end - start + 1) * slot
        hatched(canvas, x + 2, bottom - 40, width - 4, 40)
    for year in figures.years:
        _bar(canvas, figures, year, left(year), bar, zero, scale)
        mark = " *" if year in partial_years(figures) else ""
        words = tonnes(figures.total_mg(year), lang) + mark
        y = zero - _stack(figures, year)[0] * scale - 7
        _above(canvas, left(year), bar, y, words, narrow)
        canvas.text(left(year) + bar / 2, bottom + 18, str(year), "ink", 12, SEMIBOLD, "middle")
    canvas.line(8, zero, canvas.width - names - 4, zero, "ink-soft")
    _names(canvas, figures, lang, left(last) + bar + 8, zero, scale)
    return _gap_words(canvas, figures, lang, bottom + 26)


def _above(canvas: Canvas, x: float, bar: float, y: float, words: str, narrow: bool) -> None:
    """The total of a year over its bar, kept inside the picture."""
    size = 11 if narrow else 13
    anchor = "start" if x < 40 else "middle"
    at = x if anchor == "start" else x + bar / 2
    canvas.text(at, y, words, "ink", size, SEMIBOLD, anchor, halo=True)  # type: ignore[arg-type]


def _stack(figures: Figures, year: int) -> tuple[int, int]:
    """What stands above zero and below it, as positive masses [mg]."""
    masses = [figures.sector_mg(year, each) or 0 for each in figures.sectors]
    return sum(m for m in masses if m > 0), -sum(m for m in masses if m < 0)


def _bar(
    canvas: Canvas, figures: Figures, year: int, x: float, bar: float, zero: float, scale: float
) -> None:
    up = down = 0.0
    for sector in figures.sectors:
        height = (figures.sector_mg(year, sector) or 0) * scale
        if height >= 0:
            up += height
            canvas.rect(x, zero - up, bar, height, sector_role(sector))
        else:
            canvas.rect(x, zero + down, bar, -height, sector_role(sector), 0.5, outline=True)
            down -= height


def _names(
    canvas: Canvas, figures: Figures, lang: Language, x: float, zero: float, scale: float
) -> None:
    """Names of the sectors beside the last bar, in its order, kept apart from each other."""
    year, reached = figures.years[-1], 0.0
    wanted = []
    for sector in figures.sectors:
        height = (figures.sector_mg(year, sector) or 0) * scale
        if height > 0:
            wanted.append((zero - reached - height / 2 + 4, sector))
            reached += height
    y = zero + 6
    for at, sector in wanted:
        y = min(at, y - 16)
        canvas.rect(x, y - 9, 9, 9, sector_role(sector))
        canvas.text(x + 14, y, label("sector", sector, lang), "ink", 12, halo=True)


def _gap_words(canvas: Canvas, figures: Figures, lang: Language, y: float) -> float:
    missing = missing_years(figures.years)
    gap = say("web.cities.years-missing", lang, years=spans_words(missing)) if missing else ""
    words = f"{gap} {partial_words(figures, lang)}".strip()
    if not words:
        return y
    return canvas.paragraph(8, y + 16, words, canvas.width - 16, "ink-soft", 12)


def _runs(years: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for year in years:
        if runs and runs[-1][1] == year - 1:
            runs[-1] = (runs[-1][0], year)
        else:
            runs.append((year, year))
    return runs
