"""The factors behind the figures: value, source, doubt and where the row lies."""

from __future__ import annotations

from vatra.tables import label
from vatra.web.base.tables import Cell, Column, Row, Table
from vatra.web.cities.facts import Facts
from vatra.web.cities.tables.registry import table
from vatra.words import Language, say


@table("factors")
def factors(facts: Facts, lang: Language) -> Table:
    """One row a factor that was used."""
    columns = (
        Column("carrier", say("web.cities.carrier", lang)),
        Column("gas", say("web.cities.gas", lang)),
        Column("years", say("web.cities.years", lang)),
        Column("factor_t_per_mwh", say("web.cities.factor-value", lang), "factor"),
        Column("published", say("web.cities.as-published", lang)),
        Column("source", say("web.cities.source", lang), width="wide"),
        Column(
            "doubt",
            say("web.cities.doubt", lang),
            blank=say("web.cities.doubt-none", lang),
            width="wide",
        ),
        Column("place", say("web.cities.place", lang)),
    )
    rows = tuple(
        Row(
            (
                Cell(label("carrier", each["carrier"], lang)),
                Cell(label("gas", each["gas"], lang)),
                Cell(_years(each["year_from"], each["year_to"], lang)),
                Cell(_short(each["value_t_per_mwh"])),
                Cell(f"{each['amount']} {each['unit']}"),
                Cell(" · ".join(part for part in (each["source"], each["page"]) if part)),
                Cell("; ".join(part for part in (each["doubt"], each["note"]) if part) or None),
                Cell(f"{each['file']}:{each['line']}" if each["file"] else None),
            )
        )
        for each in facts.document["factors"]
    )
    return Table("factors", say("web.cities.factors-title", lang), columns, rows)


def _short(value: str | float) -> str:
    """Twelve digits: what a conversion of units leaves behind them is no figure."""
    return f"{float(value):.12g}"


def _years(first: int | None, last: int | None, lang: Language) -> str:
    if first is None:
        return say("web.cities.every-year", lang)
    return str(first) if last in (None, first) else f"{first}–{last}"
