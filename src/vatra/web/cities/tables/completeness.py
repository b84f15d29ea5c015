"""Completeness: each category and gas with its state, as data behind the picture."""

from __future__ import annotations

from vatra.tables.vocabulary import GASES
from vatra.web.base.tables import Cell, Column, Row, Table
from vatra.web.cities.figures import Figures
from vatra.web.cities.gaps import GridRow, grid
from vatra.web.cities.naming import category_words
from vatra.web.cities.tables.figures import figures_table
from vatra.words import Language, say


@figures_table("completeness")
def completeness(name: str, figures: Figures, year: int, lang: Language) -> Table:
    """One row a category: computed, a key, blank or impossible for each of the seven gases."""
    columns = (
        Column("category", say("web.cities.category", lang), width="short"),
        Column("name", say("web.cities.category-name", lang), width="wide"),
        Column("level", say("web.cities.level", lang)),
        *(Column(gas.lower(), gas) for gas in GASES),
    )
    rows = tuple(_row(each, lang) for each in grid(figures, year))
    title = say("web.cities.completeness-title", lang, year=str(year))
    return Table(name, title, columns, rows)


def _row(row: GridRow, lang: Language) -> Row:
    states = (Cell(each.state) for each in row.squares)
    name = category_words(row.code, lang)
    return Row((Cell(row.code), Cell(name), Cell(row.line.category.level), *states))
