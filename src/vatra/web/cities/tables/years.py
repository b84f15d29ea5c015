"""All years by sector, and the change between two of them."""

from __future__ import annotations

from collections.abc import Sequence

from vatra.tables import label
from vatra.web.base.tables import Cell, Column, Row, Table
from vatra.web.cities.course import Course
from vatra.web.cities.facts import share_ppm
from vatra.web.cities.figures import Figures
from vatra.web.cities.tables.figures import figures_table
from vatra.words import Language, say


@figures_table("years", by_year=False)
def years(name: str, figures: Figures, year: int, lang: Language) -> Table:
    """A column a year; a sector without rows in a year stands blank."""
    blank = say("web.cities.no-rows", lang)
    columns = [Column("sector", say("web.cities.sector", lang))]
    columns += [
        Column(
            f"emissions_{each}_t_co2e",
            say("web.cities.emissions-of", lang, year=str(each), gas=figures.unit),
            "mass",
            blank=blank,
        )
        for each in figures.years
    ]
    rows = []
    for sector in figures.sectors:
        masses = [figures.sector_mg(each, sector) for each in figures.years]
        linked = [
            Cell(mass, f"{sector}.{each}" if mass else "")
            for each, mass in zip(figures.years, masses, strict=True)
        ]
        rows.append(Row((Cell(label("sector", sector, lang)), *linked)))
    sums = [Cell(figures.total_mg(each), str(each)) for each in figures.years]
    rows.append(Row((Cell(say("web.cities.total", lang)), *sums), "total"))
    title = say("web.cities.years-title", lang)
    missing = missing_years(figures.years)
    gap = say("web.cities.years-missing", lang, years=spans_words(missing)) if missing else ""
    note = f"{gap} {partial_words(figures, lang)}".strip()
    return Table(name, title, tuple(columns), tuple(rows), note)


@figures_table("years-filled", by_year=False)
def filled(name: str, figures: Figures, year: int, lang: Language) -> Table:
    """Every year and sector, those on a line between two years with rows marked in each row."""
    course = Course.of(figures, interpolate=True)
    columns = (
        Column("sector", say("web.cities.sector", lang)),
        Column("year", say("web.cities.year", lang), "given", None),
        Column("emissions_t_co2e", say("web.cities.tonnes-co2e", lang), "mass"),
        Column("interpolated", say("web.cities.interpolated", lang)),
    )
    rows = tuple(
        Row(
            (
                Cell(label("sector", sector, lang)),
                Cell(str(at)),
                Cell(course.mass(at, sector)),
                Cell(
                    say("web.cities.yes" if course.is_made(at, sector) else "web.cities.no", lang)
                ),
            )
        )
        for sector in figures.sectors
        for at in course.years
        if course.mass(at, sector) is not None
    )
    title = say("web.cities.years-filled-title", lang)
    return Table(name, title, columns, rows, say("web.cities.years-made", lang))


def missing_years(found: Sequence[int]) -> list[int]:
    """Years between the first and the last that have no figures."""
    return [year for year in range(found[0], found[-1] + 1) if year not in found]


def partial_years(figures: Figures) -> dict[int, list[str]]:
    """Years in which a sector that others have is without rows: their totals do not compare."""
    found = {
        year: [each for each in figures.sectors if figures.sector_mg(year, each) is None]
        for year in figures.years
    }
    return {year: sectors for year, sectors in found.items() if sectors}


def partial_words(figures: Figures, lang: Language) -> str:
    """A sentence for each year whose total is not whole."""
    return " ".join(
        say(
            "web.cities.years-partial",
            lang,
            year=str(year),
            sectors=", ".join(label("sector", each, lang) for each in sectors),
        )
        for year, sectors in partial_years(figures).items()
    )


def spans_words(found: Sequence[int]) -> str:
    """Years in a row as first–last: ``2022–2025, 2027``."""
    spans: list[list[int]] = []
    for year in found:
        if spans and spans[-1][-1] == year - 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    return ", ".join(str(s[0]) if len(s) == 1 else f"{s[0]}–{s[-1]}" for s in spans)


def change(figures: Figures, first: int, last: int, lang: Language) -> Table:
    """What each sector gained or lost between two years."""
    columns = (
        Column("sector", say("web.cities.sector", lang)),
        Column(f"emissions_{first}_t_co2e", str(first), "mass"),
        Column(f"emissions_{last}_t_co2e", str(last), "mass"),
        Column("change_t_co2e", say("web.cities.change", lang), "mass"),
        Column("change_share", say("web.cities.change-share", lang), "share", 1),
    )
    rows = []
    for sector in figures.sectors:
        one, other = figures.sector_mg(first, sector), figures.sector_mg(last, sector)
        rows.append(_change_row(label("sector", sector, lang), one, other))
    whole = (figures.total_mg(first), figures.total_mg(last))
    rows.append(_change_row(say("web.cities.total", lang), *whole, "total"))
    title = say("web.cities.change-title", lang, first=str(first), last=str(last))
    query = f"from={first}&to={last}"
    return Table("change", title, columns, tuple(rows), query=query)


def _change_row(name: str, one: int | None, other: int | None, kind: str = "") -> Row:
    """A change only where both years have figures: missing is not zero."""
    known = one is not None and other is not None
    moved = other - one if one is not None and other is not None else None
    share = share_ppm(moved, one) if known and one and moved is not None else None
    return Row((Cell(name), Cell(one), Cell(other), Cell(moved), Cell(share)), kind)  # type: ignore[arg-type]
