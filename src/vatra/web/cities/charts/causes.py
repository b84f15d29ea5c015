"""Which numbers make a total doubtful: the share of the variance each causes, the largest first."""

from __future__ import annotations

from vatra.contract.charts import Chart
from vatra.contract.charts.canvas import Canvas, wrapped
from vatra.contract.charts.chart import NARROW
from vatra.contract.charts.typeface import SEMIBOLD
from vatra.web.base.tables import PPM
from vatra.web.cities.charts.behind import behind
from vatra.web.cities.figures import Figures
from vatra.web.cities.ranges import Contribution
from vatra.web.cities.sources import Source, described
from vatra.web.cities.tables.doubt import contributions as contributions_table
from vatra.words import Language, percent, say

NAME = "contributions"
BY_YEAR = True
SHOWN = 8
_ROW = 48.0

Cause = tuple[Contribution, Source]


def applies(figures: Figures, year: int) -> bool:
    """Whether any number of the year has a stated doubt."""
    return bool(figures.ranges.contributions(year))


def build(figures: Figures, year: int, lang: Language) -> Chart:
    """The largest contributions to the doubt of one year."""
    found = [
        (each, described(figures, each.kind, each.source, lang))
        for each in figures.ranges.contributions(year)[:SHOWN]
    ]
    first, source = found[0]
    share = percent(first.share_ppm / PPM, lang)
    title = say("web.cities.contributions-finding", lang, what=_name(source), share=share)
    sentences = (
        f"{_name(source)}: {percent(each.share_ppm / PPM, lang, 1)}." for each, source in found
    )
    name = f"{NAME}-{year}"

    def draw(canvas: Canvas, top: float) -> float:
        return _draw(canvas, top, found, lang)

    table = behind(contributions_table(name, figures, year, lang))
    alt = " ".join((title, *sentences))
    return Chart(name, title, alt, lang, {}, table, figures.synthetic, draw)


def _name(source: Source) -> str:
    return f"{source.words} ({source.own_place})" if source.own_place else source.words


def _draw(canvas: Canvas, top: float, found: list[Cause], lang: Language) -> float:
    narrow = canvas.width < NARROW
    size = 12 if narrow else 13
    left, room = 8.0, canvas.width - 76
    widest = max(each.share_ppm for each, _ in found) or 1
    y = top + 4
    for each, source in found:
        words = wrapped(source.words, canvas.width - 16, size, SEMIBOLD, 1)[0]
        canvas.text(left, y + 12, words, "ink", size, SEMIBOLD)
        width = room * each.share_ppm / widest
        role = "river" if each.kind == "activity" else "spruce"
        canvas.rect(left, y + 19, max(width, 1), 10, role)
        share = percent(each.share_ppm / PPM, lang, 1 if each.share_ppm < PPM // 10 else 0)
        kind = say(f"web.cities.kind-{each.kind}", lang)
        said = share if narrow and width > room * 0.6 else f"{share} · {kind}"
        if width > room * 0.6:
            canvas.text(canvas.width - 8, y + 28, share, "ink", size - 1, anchor="end")
        else:
            canvas.text(left + max(width, 1) + 6, y + 28, said, "ink-soft", size - 1)
        y += _ROW
    return y
