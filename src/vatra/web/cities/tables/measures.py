"""Measures: cost, claimed tonnes, what their energy implies, and the part nobody claims."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from vatra.tables import label
from vatra.web.base.tables import Cell, Column, Row, Table
from vatra.web.cities.facts import Facts
from vatra.web.cities.tables.pathway import plan_of
from vatra.web.cities.tables.registry import table
from vatra.words import Language, has, say


@table("measures", needs_plan=True)
def measures(facts: Facts, lang: Language) -> Table:
    """One row a measure, the printed figures beside those that follow from them."""
    columns = (
        Column("code", say("web.cities.code", lang), width="short"),
        Column("measure", say("web.cities.measure", lang), width="wide"),
        Column("sector", say("web.cities.sector", lang)),
        Column("cost_eur", say("web.cities.cost", lang), "money"),
        Column("claimed_t_co2e", say("web.cities.claimed", lang, gas=facts.unit), "mass"),
        Column("implied_t_co2e", say("web.cities.implied", lang, gas=facts.unit), "mass"),
        Column("cost_eur_per_t", say("web.cities.per-tonne", lang), "rate"),
        Column("printed_eur_per_t", say("web.cities.per-tonne-printed", lang), "given", None),
        Column(
            "remarks",
            say("web.cities.remarks", lang),
            blank=say("web.cities.no-remarks", lang),
            width="wide",
        ),
    )
    listed = facts.document["measures"]
    rows = [_row(facts, each, lang) for each in listed]
    claimed = sum(each["claimed_mg"] or 0 for each in listed)
    implied = sum(each["implied_mg"] or 0 for each in listed)
    rows.append(
        Row(
            (
                Cell(say("web.cities.total", lang)),
                Cell(""),
                Cell(""),
                Cell(facts.cost_cents),
                Cell(claimed),
                Cell(implied),
                Cell(""),
                Cell(""),
                Cell(""),
            ),
            "total",
        )
    )
    return Table(
        "measures",
        say("web.cities.measures-title", lang),
        columns,
        tuple(rows),
        say("web.cities.measures-note", lang),
    )


def _row(facts: Facts, measure: Any, lang: Language) -> Row:
    found = findings_of(facts, measure, lang)
    codes = {each["code"].rpartition(".")[2] for each in found}
    printed = measure["printed_eur_per_t"]
    return Row(
        (
            Cell(measure["code"]),
            Cell(measure["name"][lang]),
            Cell(label("sector", measure["sector"], lang)),
            Cell(measure["cost_cents"]),
            Cell(measure["claimed_mg"]),
            Cell(measure["implied_mg"], tone="bad" if "measure-energy" in codes else ""),
            Cell(measure["cents_per_t"]),
            Cell(
                None if printed is None else _plain(printed),
                tone="bad" if "cost-per-tonne" in codes else "",
            ),
            Cell("; ".join(dict.fromkeys(remark(each, lang) for each in found)) or None),
        )
    )


def findings_of(facts: Facts, measure: Any, lang: Language) -> list[Any]:
    """The linter's findings that name this measure as its table prints it: code and name."""
    printed = f"{measure['code']} {measure['name'][lang]}"
    return [each for each in facts.document.get("lint", ()) if printed in each["message"][lang]]


def remark(finding: Any, lang: Language) -> str:
    """A finding in a few words; the findings' page has its arithmetic."""
    key = "web.cities.remark-" + finding["code"].rpartition(".")[2]
    return say(key, lang) if has(key) else str(finding["message"][lang])


def _plain(text: str) -> int | float:
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else float(value)


@table("unclaimed", needs_plan=True)
def unclaimed(facts: Facts, lang: Language) -> Table:
    """By sector: what measures shall cut, what they claim, and what no measure has tonnes for."""
    plan = plan_of(facts)
    columns = (
        Column("sector", say("web.cities.sector", lang)),
        Column("cut_by_measures_t_co2e", say("web.cities.cut-by-measures", lang), "mass"),
        Column("claimed_t_co2e", say("web.cities.claimed", lang, gas=facts.unit), "mass"),
        Column("unclaimed_t_co2e", say("web.cities.unclaimed", lang), "mass"),
    )
    rows = []
    sums = [0, 0, 0]
    for sector in facts.sectors:
        cut = plan["before_mg"].get(sector, 0) - plan["after_mg"].get(sector, 0)
        left = plan["unattributed_mg"].get(sector, 0)
        values = (cut, cut - left, left)
        sums = [total + value for total, value in zip(sums, values, strict=True)]
        tone = "bad" if left else ""
        cells = (Cell(cut), Cell(cut - left), Cell(left, tone=tone))  # type: ignore[arg-type]
        rows.append(Row((Cell(label("sector", sector, lang)), *cells)))
    rows.append(Row((Cell(say("web.cities.total", lang)), *map(Cell, sums)), "total"))
    title = say("web.cities.unclaimed-title", lang)
    return Table("unclaimed", title, columns, tuple(rows), say("web.cities.unclaimed-note", lang))
