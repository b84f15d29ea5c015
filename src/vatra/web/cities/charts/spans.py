"""How far each sub-sector's figure may be wrong: its value, and the middle 95 % of its draws."""

from __future__ import annotations

from vatra.contract.charts import Chart
from vatra.contract.charts.canvas import Canvas, wrapped
from vatra.contract.charts.chart import NARROW
from vatra.contract.charts.palette import sector_role
from vatra.contract.charts.typeface import SEMIBOLD
from vatra.tables import label
from vatra.tables.gpc import categories
from vatra.web.cities.charts.behind import behind
from vatra.web.cities.charts.shapes import hatched, whisker
from vatra.web.cities.figures import Figures
from vatra.web.cities.ranges import Range
from vatra.web.cities.tables.doubt import ranges as ranges_table
from vatra.words import Language, percent, say, tonnes

NAME = "ranges"
BY_YEAR = True
_ROW = 46.0


def applies(figures: Figures, year: int) -> bool:
    """Whether the year has figures."""
    return bool(_found(figures, year))


def _found(figures: Figures, year: int) -> list[tuple[str, Range]]:
    found = [
        (key, each)
        for key in figures.ranges.keys("sub_sector", year)
        if key and (each := figures.ranges.find("sub_sector", year, key))
    ]
    return sorted(found, key=lambda each: (-each[1].total_mg, each[0]))


def build(figures: Figures, year: int, lang: Language) -> Chart:
    """The ranges of one year."""
    found = _found(figures, year)
    name = f"{NAME}-{year}"
    title = _title(found, year, lang)
    sentences = (f"{_name(key, lang)}: {_words(each, lang)}." for key, each in found)
    table = behind(ranges_table(name, figures, year, lang))

    def draw(canvas: Canvas, top: float) -> float:
        return _draw(canvas, top, found, lang)

    alt = " ".join((title, *sentences))
    return Chart(name, title, alt, lang, {}, table, figures.synthetic, draw)


def _title(found: list[tuple[str, Range]], year: int, lang: Language) -> str:
    told = [each for each in found if each[1].is_told]
    if not told:
        return say("web.cities.ranges-none", lang, year=str(year))
    key, widest = max(told, key=lambda each: (each[1].high_mg - each[1].low_mg, each[0]))
    return say(
        "web.cities.ranges-finding",
        lang,
        name=_name(key, lang),
        low=tonnes(widest.low_mg, lang),
        high=tonnes(widest.high_mg, lang),
        year=str(year),
    )


def _name(key: str, lang: Language) -> str:
    return f"{key} {label('sub_sector', key, lang)}"


def _words(each: Range, lang: Language) -> str:
    total = tonnes(each.total_mg, lang)
    if not each.is_told:
        unknown = percent(each.unknown_ppm / 1_000_000, lang)
        return say("web.cities.range-words-unknown", lang, total=total, unknown=unknown)
    ends = {"low": tonnes(each.low_mg, lang), "high": tonnes(each.high_mg, lang)}
    return say("web.cities.range-words", lang, total=total, **ends)


def _draw(canvas: Canvas, top: float, found: list[tuple[str, Range]], lang: Language) -> float:
    narrow = canvas.width < NARROW
    size = 12 if narrow else 13
    ends = [each.total_mg for _, each in found]
    ends += [end for _, each in found if each.is_told for end in (each.low_mg, each.high_mg)]
    low, high = min(0, *ends), max(0, *ends)
    left, right = 8.0, canvas.width - 12
    scale = (right - left) / ((high - low) or 1)

    def at(mass: int) -> float:
        return left + (mass - low) * scale

    canvas.line(at(0), top + 4, at(0), top - 2 + _ROW * len(found), "ink-soft")
    y = top + 6
    for key, each in found:
        role = sector_role(_sector(key))
        words = wrapped(
            _name(key, lang), canvas.width - (150 if narrow else 260), size, SEMIBOLD, 1
        )
        canvas.text(left, y + 12, words[0], "ink", size, SEMIBOLD, halo=True)
        said = tonnes(each.total_mg, lang) if narrow else _words(each, lang)
        canvas.text(right, y + 12, said, "ink-soft", size - 1, anchor="end")
        start, end = sorted((at(0), at(each.total_mg)))
        canvas.rect(start, y + 19, max(end - start, 1), 12, role, 0.45)
        if each.is_told:
            whisker(canvas, at(each.low_mg), at(each.high_mg), y + 25, "ink")
        else:
            hatched(canvas, start, y + 19, max(end - start, 1), 12)
        y += _ROW
    return y


def _sector(sub_sector: str) -> str:
    found = (each for each in categories().values() if each.sub_sector == sub_sector)
    return next(found).ccc_sector
