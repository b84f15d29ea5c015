"""The table that the Global Protocol asks for: a line per category with gases, keys and quality."""

from __future__ import annotations

from vatra.plans.gpc import GpcLine
from vatra.tables import label
from vatra.tables.vocabulary import GASES, MIXTURE
from vatra.web.base.tables import Cell, Column, Row, Table, Value
from vatra.web.cities.figures import Figures
from vatra.web.cities.naming import category_words
from vatra.web.cities.tables.figures import figures_table
from vatra.words import Language, say

_ALL_GASES = (*GASES, MIXTURE)
# Families and mixtures have no mass of their own: their species weigh differently.
_WITH_MASS = ("CO2", "CH4", "N2O", "SF6", "NF3")


@figures_table("gpc")
def gpc(name: str, figures: Figures, year: int, lang: Language) -> Table:
    """All categories; a gas without a figure stands blank, never as a zero."""
    rows = [_row(each, year, lang) for each in figures.table(year).lines]
    title = say("web.cities.gpc-title", lang, year=str(year))
    note = say("web.cities.gpc-note", lang, gwp=figures.inventory.pack.city.gwp_set)
    return Table(name, title, _columns(lang), tuple(rows), note)


def _columns(lang: Language) -> tuple[Column, ...]:
    masses = (
        Column(f"{gas.lower()}_t", f"{label('gas', gas, lang)}, t", "mass", 3) for gas in _WITH_MASS
    )
    gases = (
        Column(f"{gas.lower()}_t_co2e", f"{label('gas', gas, lang)}, t CO₂e", "mass", 1)
        for gas in _ALL_GASES
    )
    return (
        Column("category", say("web.cities.category", lang), width="short"),
        Column("name", say("web.cities.category-name", lang), width="wide"),
        Column("scope", say("web.cities.scope-heading", lang)),
        Column("level", say("web.cities.level", lang)),
        *masses,
        *gases,
        Column("total_t_co2e", say("web.cities.tonnes-co2e", lang), "mass", 1),
        Column("biogenic_t", say("web.cities.biogenic-heading", lang), "mass", 1),
        Column("notation", say("web.cities.notation", lang)),
        Column("included_in", say("web.cities.included-in", lang)),
        Column("explanation", say("web.cities.explanation", lang), width="wide"),
        Column("quality_activity", say("web.cities.quality-activity", lang)),
        Column("quality_factor", say("web.cities.quality-factor", lang)),
        Column("methods", say("web.cities.methods", lang)),
        Column("rows_count", say("web.cities.rows-count", lang), "given"),
    )


def _row(line: GpcLine, year: int, lang: Language) -> Row:
    place = line.category
    masses = (Cell(line.by_gas_mg.get(gas)) for gas in _WITH_MASS)
    gases = (Cell(line.by_gas_co2e_mg.get(gas)) for gas in _ALL_GASES)
    number = f"{place.code}.{year}" if line.co2e_mg is not None else ""
    texts: tuple[Value, ...] = (
        *_keys(line),
        line.quality_activity,
        line.quality_factor,
        "; ".join(line.methods),
        line.rows_count,
    )
    return Row(
        (
            Cell(place.code),
            Cell(category_words(place.code, lang)),
            Cell(str(place.scope)),
            Cell(place.level),
            *masses,
            *gases,
            Cell(line.co2e_mg, number),
            Cell(line.biogenic_mg or None),
            *map(Cell, texts),
        )
    )


def _keys(line: GpcLine) -> tuple[str, str, str]:
    """Key, where it is included, and why; keys of single gases each with the gas."""
    parts = [(gas, each) for gas, each in line.notations.items()]
    return (
        "; ".join(f"{each.key} ({gas})" if gas else each.key for gas, each in parts),
        "; ".join(dict.fromkeys(each.where for _, each in parts if each.where)),
        "; ".join(dict.fromkeys(each.explanation for _, each in parts)),
    )
