"""The totals of a year: BASIC, BASIC+, territorial, each with its range; biogenic CO2 apart."""

from __future__ import annotations

from vatra.tables import label
from vatra.tables.vocabulary import BIOGENIC
from vatra.web.base.tables import Cell, Column, Row, Table
from vatra.web.cities.figures import Figures
from vatra.web.cities.ranges import Range
from vatra.web.cities.tables.figures import figures_table
from vatra.words import Language, say


@figures_table("totals")
def totals(name: str, figures: Figures, year: int, lang: Language) -> Table:
    """One row a total; a range only where a doubt is stated for most of it."""
    rows = [
        _total(figures, year, lang, "basic", "BASIC", figures.ranges.level(year, "BASIC")),
        _total(figures, year, lang, "plus", "BASIC+", figures.ranges.level(year, "BASIC+")),
        _total(figures, year, lang, "territorial", "TERRITORIAL", figures.ranges.territorial(year)),
    ]
    rounding = figures.rounding_mg(year)
    if rounding:
        whole = figures.ranges.total(year)
        rows.append(_beside(say("methods.print_rounding", lang), rounding))
        rows.append(
            _row(say("web.cities.total-printed", lang), figures.total_mg(year), whole, str(year))
        )
    biogenic = figures.biogenic_mg(year)
    if biogenic is not None:
        words = label("gas", BIOGENIC, lang)
        path = f"{BIOGENIC.lower()}.{year}"
        rows.append(_beside(words, biogenic, path, "memo"))
    title = say("web.cities.totals-title", lang, year=str(year))
    note = say("web.cities.totals-note", lang, draws=figures.ranges.draws_count)
    seed = say("web.cities.seed", lang, seed=str(figures.ranges.seed))
    return Table(name, title, _columns(lang), tuple(rows), f"{note} {seed}")


def _columns(lang: Language) -> tuple[Column, ...]:
    unknown = say("web.cities.range-unknown", lang)
    return (
        Column("total", say("web.cities.total", lang)),
        Column("emissions_t_co2e", say("web.cities.tonnes-co2e", lang), "mass"),
        Column("low_t_co2e", say("web.cities.range-low", lang), "mass", blank=unknown),
        Column("high_t_co2e", say("web.cities.range-high", lang), "mass", blank=unknown),
        Column("without_doubt_share", say("web.cities.without-doubt", lang), "share"),
        Column("partial_doubt_share", say("web.cities.partial-doubt", lang), "share"),
    )


def _total(
    figures: Figures, year: int, lang: Language, key: str, level: str, found: Range | None
) -> Row:
    words = say(f"web.cities.total-{key}", lang)
    # The year explained is that of the contract: BASIC+ where nothing was rounded in print.
    path = str(year) if level == "BASIC+" and not figures.rounding_mg(year) else ""
    return _row(words, figures.table(year).total_mg(level), found, path)


def _row(name: str, mass_mg: int, found: Range | None, path: str = "", kind: str = "") -> Row:
    """A total with its range, which is missing where nobody stated a doubt."""
    ends = (found.low_mg, found.high_mg) if found and found.is_told else (None, None)
    shares = (found.unknown_ppm, found.partial_ppm) if found else ("", "")
    cells = (Cell(name), Cell(mass_mg, path), *map(Cell, ends), *map(Cell, shares))
    return Row(cells, kind)  # type: ignore[arg-type]


def _beside(name: str, mass_mg: int, path: str = "", kind: str = "") -> Row:
    """A mass beside the totals that has no range of its own."""
    empty = (Cell(""), Cell(""), Cell(""), Cell(""))
    return Row((Cell(name), Cell(mass_mg, path), *empty), kind)  # type: ignore[arg-type]
