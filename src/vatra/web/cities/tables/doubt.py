"""Ranges by sector and sub-sector, and the numbers that make a total doubtful."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from vatra.tables import label
from vatra.web.base.tables import Cell, Column, Row, Table
from vatra.web.cities.figures import Figures
from vatra.web.cities.ranges import Contribution, Range
from vatra.web.cities.sources import described
from vatra.web.cities.tables.figures import figures_table
from vatra.words import Language, say

CONTRIBUTIONS_SHOWN = 20


@figures_table("ranges")
def ranges(name: str, figures: Figures, year: int, lang: Language) -> Table:
    """Each sub-sector with the middle 95 % of its draws, the largest first."""
    found = {
        f"{key} {label('sub_sector', key, lang)}": each
        for key in figures.ranges.keys("sub_sector", year)
        if key and (each := figures.ranges.find("sub_sector", year, key))
    }
    heading = Column("sub_sector", say("web.cities.sub-sector", lang), width="wide")
    title = say("web.cities.ranges-title", lang, year=str(year))
    return _ranges(name, title, heading, found, figures, year, lang)


@figures_table("sector-ranges")
def sector_ranges(name: str, figures: Figures, year: int, lang: Language) -> Table:
    """Each sector with the middle 95 % of its draws, the largest first."""
    found = {
        label("sector", key, lang): each
        for key in figures.ranges.keys("sector", year)
        if (each := figures.ranges.find("sector", year, key))
    }
    heading = Column("sector", say("web.cities.sector", lang))
    title = say("web.cities.sector-ranges-title", lang, year=str(year))
    return _ranges(name, title, heading, found, figures, year, lang)


def _ranges(
    name: str,
    title: str,
    heading: Column,
    found: Mapping[str, Range],
    figures: Figures,
    year: int,
    lang: Language,
) -> Table:
    order = sorted(found.items(), key=lambda each: (-each[1].total_mg, each[0]))
    rows = [_range_row(words, each) for words, each in order]
    whole = figures.ranges.total(year)
    if whole:
        rows.append(_range_row(say("web.cities.total", lang), whole, "total"))
    unknown = say("web.cities.range-unknown", lang)
    columns = (
        heading,
        Column("emissions_t_co2e", say("web.cities.tonnes-co2e", lang), "mass"),
        Column("low_t_co2e", say("web.cities.range-low", lang), "mass", blank=unknown),
        Column("high_t_co2e", say("web.cities.range-high", lang), "mass", blank=unknown),
        Column("without_doubt_share", say("web.cities.without-doubt", lang), "share"),
        Column("partial_doubt_share", say("web.cities.partial-doubt", lang), "share"),
    )
    return Table(name, title, columns, tuple(rows), _how(figures, lang))


def _range_row(words: str, each: Range, kind: str = "") -> Row:
    ends = (each.low_mg, each.high_mg) if each.is_told else (None, None)
    cells = (each.total_mg, *ends, each.unknown_ppm, each.partial_ppm)
    return Row((Cell(words), *map(Cell, cells)), kind)  # type: ignore[arg-type]


def _how(figures: Figures, lang: Language) -> str:
    drawn = say("web.cities.ranges-note", lang, draws=figures.ranges.draws_count)
    return f"{drawn} {say('web.cities.seed', lang, seed=str(figures.ranges.seed))}"


@figures_table("contributions")
def contributions(name: str, figures: Figures, year: int, lang: Language) -> Table:
    """The numbers behind the doubt of a year's total, the largest first."""
    columns = (
        Column("rank", say("web.cities.rank", lang), width="short"),
        Column("source", say("web.cities.doubtful-number", lang), width="wide"),
        Column("kind", say("web.cities.doubt-kind", lang)),
        Column("place", say("web.cities.place", lang), blank=say("web.cities.in-book", lang)),
        Column("variance_share", say("web.cities.variance-share", lang), "share", 1),
        Column("low_move_t_co2e", say("web.cities.move-low", lang), "mass"),
        Column("high_move_t_co2e", say("web.cities.move-high", lang), "mass"),
        Column("id", say("web.cities.identifier", lang), width="wide"),
    )
    rows = [_row(figures, each, lang) for each in figures.ranges.contributions(year)]
    title = say("web.cities.contributions-title", lang, year=str(year))
    note = say("web.cities.contributions-note", lang)
    return Table(name, title, columns, tuple(rows), note)


def first_contributions(figures: Figures, year: int, lang: Language) -> Table:
    """The largest contributions for a page; the files hold them all."""
    whole = contributions(f"contributions-{year}", figures, year, lang)
    if len(whole.rows) <= CONTRIBUTIONS_SHOWN:
        return whole
    left = say(
        "web.cities.contributions-more", lang, shown=CONTRIBUTIONS_SHOWN, count=len(whole.rows)
    )
    return replace(whole, rows=whole.rows[:CONTRIBUTIONS_SHOWN], note=f"{whole.note} {left}")


def _row(figures: Figures, each: Contribution, lang: Language) -> Row:
    source = described(figures, each.kind, each.source, lang)
    return Row(
        (
            Cell(str(each.rank)),
            Cell(source.words),
            Cell(say(f"web.cities.kind-{each.kind}", lang)),
            Cell(source.own_place or None),
            Cell(each.share_ppm),
            Cell(each.low_move_mg),
            Cell(each.high_move_mg),
            Cell(each.source),
        )
    )
