"""All years by sector, at their places in time; years without figures stay empty."""

from __future__ import annotations

from collections.abc import Sequence

from vatra.contract.charts import Chart
from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.chart import NARROW
from vatra.contract.charts.palette import sector_role
from vatra.contract.charts.typeface import SEMIBOLD, text_width
from vatra.tables import label
from vatra.tables.vocabulary import SECTORS
from vatra.web.cities.charts.behind import behind
from vatra.web.cities.charts.shapes import hatched
from vatra.web.cities.course import Course
from vatra.web.cities.figures import Figures
from vatra.web.cities.tables.years import (
    filled,
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
    """The trend over all years that have rows."""
    return drawn(NAME, figures, Course.of(figures, interpolate=False), lang)


def drawn(name: str, figures: Figures, course: Course, lang: Language) -> Chart:
    """The trend of a course; what was made in between is drawn pale and said so."""
    title = _title(figures, lang)
    sentences = (
        f"{each}: {tonnes(course.total(each), lang)} ({'; '.join(_parts(course, each, lang))})."
        for each in course.years
    )
    note = _note(figures, course, lang)

    def draw(canvas: Canvas, top: float) -> float:
        return _draw(canvas, top, figures, course, lang)

    table = behind((filled if course.made else years_table)(name, figures, 0, lang))
    alt = " ".join((title, *sentences, note)).strip()
    return Chart(name, title, alt, lang, {}, table, figures.synthetic, draw)


def _note(figures: Figures, course: Course, lang: Language) -> str:
    """What is missing, or what was made in its place."""
    if course.made:
        return say("web.cities.years-made", lang)
    missing = missing_years(figures.years)
    gap = say("web.cities.years-missing", lang, years=spans_words(missing)) if missing else ""
    return f"{gap} {partial_words(figures, lang)}".strip()


def _title(figures: Figures, lang: Language) -> str:
    first, last = figures.years[0], figures.years[-1]
    base, end = figures.total_mg(first), figures.total_mg(last)
    key = "web.cities.years-fall" if end <= base else "web.cities.years-rise"
    change = percent(abs(base - end) / base, lang) if base else "–"
    said = {"first": str(first), "last": str(last), "change": change}
    return say(key, lang, **said, base=tonnes(base, lang), end=tonnes(end, lang))


def _parts(course: Course, year: int, lang: Language) -> list[str]:
    masses = {name: mass for (each, name), mass in course.masses.items() if each == year}
    return [
        f"{label('sector', name, lang)} {tonnes(masses[name], lang)}"
        for name in SECTORS
        if name in masses
    ]


def _draw(canvas: Canvas, top: float, figures: Figures, course: Course, lang: Language) -> float:
    first, last = figures.years[0], figures.years[-1]
    names = 30 + max(text_width(label("sector", each, lang), 12) for each in figures.sectors)
    slot = (canvas.width - names - 16) / (last - first + 1)
    bar = min(slot * 0.78, 64.0)
    above = max(_stack(course, year)[0] for year in course.years)
    below = max(_stack(course, year)[1] for year in course.years)
    scale = _HEIGHT / ((above + below) or 1)
    zero = top + 22 + above * scale
    bottom = zero + below * scale

    def left(year: int) -> float:
        return 8 + (year - first) * slot + (slot - bar) / 2

    for start, end in _runs(missing_years(course.years)):
        x = 8 + (start - first) * slot
        width = (end - start + 1) * slot
        hatched(canvas, x + 2, bottom - 40, width - 4, 40)
    for year in course.years:
        _bar(canvas, figures, course, year, left(year), bar, zero, scale)
    for year in figures.years:
        mark = " *" if year in partial_years(figures) and not course.made else ""
        y = zero - _stack(course, year)[0] * scale - 7
        words = tonnes(course.total(year), lang) + mark
        _above(canvas, left(year), bar, y, words, canvas.width < NARROW)
        canvas.text(left(year) + bar / 2, bottom + 18, str(year), "ink", 12, SEMIBOLD, "middle")
    canvas.line(8, zero, canvas.width - names - 4, zero, "ink-soft")
    _names(canvas, figures, lang, left(last) + bar + 8, zero, scale)
    note = _note(figures, course, lang)
    y = bottom + 26
    return canvas.paragraph(8, y + 16, note, canvas.width - 16, "ink-soft", 12) if note else y


def _above(canvas: Canvas, x: float, bar: float, y: float, words: str, narrow: bool) -> None:
    """The total of a year over its bar, kept inside the picture."""
    size = 11 if narrow else 13
    anchor = "start" if x < 40 else "middle"
    at = x if anchor == "start" else x + bar / 2
    canvas.text(at, y, words, "ink", size, SEMIBOLD, anchor, halo=True)  # type: ignore[arg-type]


def _stack(course: Course, year: int) -> tuple[int, int]:
    """What stands above zero and below it, as positive masses [mg]."""
    masses = [mass for (each, _), mass in course.masses.items() if each == year]
    return sum(m for m in masses if m > 0), -sum(m for m in masses if m < 0)


def _bar(
    canvas: Canvas,
    figures: Figures,
    course: Course,
    year: int,
    x: float,
    bar: float,
    zero: float,
    scale: float,
) -> None:
    up = down = 0.0
    for sector in figures.sectors:
        height = (course.mass(year, sector) or 0) * scale
        made, role = course.is_made(year, sector), sector_role(sector)
        opacity = 0.3 if made else 1.0 if height >= 0 else 0.5
        if height >= 0:
            up += height
            canvas.rect(x, zero - up, bar, height, role, opacity, outline=made)
        else:
            canvas.rect(x, zero + down, bar, -height, role, opacity, outline=True)
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


def _runs(years: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for year in years:
        if runs and runs[-1][1] == year - 1:
            runs[-1] = (runs[-1][0], year)
        else:
            runs.append((year, year))
    return runs
