"""The Investment Plan: uses and sources by year, worth to each actor, and tables T1 to T15."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from vatra.contract.charts.table import (
    PPM_PER_PERCENT,
    Column,
    Kind,
    RenderedTable,
    Value,
    euro_value,
    text_column,
    tonnes_value,
)
from vatra.contract.render.tables.cells import number_column
from vatra.plans.finance.investment import EMPTY_PLACE
from vatra.tables import label
from vatra.words import Language, has, say

PLACE = 70
PARTS = ("A", "B", "C")


def build(document: Mapping[str, Any], lang: Language) -> list[RenderedTable]:
    """Nothing without costs."""
    money = document.get("investment")
    if not money:
        return []
    return [
        _uses(money, lang),
        _sources(money, lang),
        _actors(money, lang),
        *(template_table(each, lang) for each in money["tables"]),
    ]


def payer_words(payer: str, lang: Language) -> str:
    """Label of a payer; the text itself where a pack made it up."""
    return label("payer", payer, lang) if has(f"tables.payer-{payer}") else payer


def spending_years(money: Mapping[str, Any]) -> list[str]:
    """Years in which anybody has to find money."""
    return [
        year
        for year in map(str, money["years"])
        if any(by_year[year] for by_year in money["need_cents"].values())
    ]


def _uses(money: Mapping[str, Any], lang: Language) -> RenderedTable:
    """What each payer has to find in each year, and what of it nobody pays."""
    payers = sorted(money["need_cents"])
    rows: list[tuple[Value, ...]] = []
    for year in spending_years(money):
        needs = [money["need_cents"][each][year] for each in payers]
        missing = sum(each[year] for each in money["gap_cents"].values())
        values = (*needs, sum(needs), sum(needs) - missing, missing)
        rows.append((year, *(_millions(each) for each in values)))
    totals = [sum(money["need_cents"][each].values()) for each in payers]
    gap = money["total_gap_cents"]
    whole = (*totals, sum(totals), sum(totals) - gap, gap)
    rows.append((say("contract.render.total", lang), *(_millions(each) for each in whole)))
    unit = say("contract.render.millions", lang)
    columns = (
        text_column("year", "contract.render.year", lang),
        *(number_column(each, payer_words(each, lang), unit, 2) for each in payers),
        *(
            number_column(key, say(f"contract.render.money-{key}", lang), unit, 2)
            for key in ("needed", "found", "gap")
        ),
    )
    title = say("contract.render.ip-uses", lang)
    note = say("contract.render.ip-prices", lang, year=str(money["price_year"]))
    last = frozenset({len(rows) - 1})
    return RenderedTable("ip-uses", title, columns, tuple(rows), note, totals=last)


def _millions(cents: int) -> float:
    """Cents as millions of euros, every digit kept."""
    return float(Decimal(cents).scaleb(-8))


def _sources(money: Mapping[str, Any], lang: Language) -> RenderedTable:
    """What each source pays in all, of what there is."""
    rows: list[tuple[Value, ...]] = [
        (
            each["name"][lang],
            label("instrument", each["instrument"], lang),
            euro_value(each["ceiling_cents"]),
            euro_value(sum(each["paid_cents"].values())),
            each["source"],
        )
        for each in money["sources"]
    ]
    missing = say("contract.render.money-gap", lang)
    rows.append((missing, "", None, euro_value(money["total_gap_cents"]), ""))
    whole = say("contract.render.total", lang)
    rows.append((whole, "", None, euro_value(money["total_cents"]), ""))
    columns = (
        text_column("source", "contract.render.money-source", lang),
        text_column("instrument", "contract.render.instrument", lang),
        number_column("ceiling", say("contract.render.ceiling", lang), "EUR"),
        number_column("paid", say("contract.render.paid", lang), "EUR"),
        text_column("origin", "contract.render.source", lang),
    )
    last = frozenset({len(rows) - 1})
    title = say("contract.render.ip-sources", lang)
    return RenderedTable("ip-sources", title, columns, tuple(rows), totals=last)


def _actors(money: Mapping[str, Any], lang: Language) -> RenderedTable:
    """What the plan is worth to each actor, and to society with and without its carbon."""
    society = money["society"]
    found = [(payer_words(each["actor"], lang), each["investment"]) for each in money["actors"]]
    found += [
        (say(f"contract.render.society-{name.replace('_', '-')}", lang), society[name])
        for name in ("without_carbon", "with_carbon")
    ]
    rows = tuple(
        (
            name,
            euro_value(worth["npv_cents"]),
            _rate(worth),
            None if worth["payback_years"] is None else float(worth["payback_years"]),
            None if worth["benefit_cost_ppm"] is None else worth["benefit_cost_ppm"] / 1e6,
        )
        for name, worth in found
    )
    columns = (
        text_column("actor", "contract.render.actor", lang),
        number_column("npv", say("contract.render.npv", lang), "EUR"),
        number_column("irr", say("contract.render.irr", lang), "%", 1),
        number_column("payback", say("contract.render.payback", lang), "", 1),
        number_column("bcr", say("contract.render.bcr", lang), "", 2),
    )
    note = say(
        "contract.render.ip-actors-note",
        lang,
        discount=money["discount_ppm"] / PPM_PER_PERCENT,
        social=money["social_discount_ppm"] / PPM_PER_PERCENT,
    )
    return RenderedTable("ip-actors", say("contract.render.ip-actors", lang), columns, rows, note)


def _rate(worth: Mapping[str, Any]) -> float | None:
    return worth["irr_ppm"][0] / PPM_PER_PERCENT if worth["irr_kind"] == "one" else None


# The template's own tables


def template_table(table: Mapping[str, Any], lang: Language) -> RenderedTable:
    """One of T1 to T15; an empty place where only the city knows, and what to do there."""
    columns = tuple(_column(each, lang) for each in table["columns"])
    rows = tuple(
        tuple(
            _value(value, _kind(each), lang)
            for value, each in zip(row, table["columns"], strict=True)
        )
        for row in table["rows"]
    )
    title = say(f"plans.finance.{table['id']}-title", lang)
    next_step = f"plans.finance.{table['id']}-next"
    return RenderedTable(
        f"ip-{table['id'].lower()}",
        f"{table['id']} ({table['module']}): {title}",
        columns,
        rows or (tuple(EMPTY_PLACE for _ in columns),),
        say(next_step, lang) if has(next_step) else "",
    )


def _kind(column: Mapping[str, Any]) -> str:
    """Money of a single year stands in millions: many years have to fit beside each other."""
    kind = str(column["kind"])
    return "millions" if kind == "money" and column["name"].isdecimal() else kind


def _column(column: Mapping[str, Any], lang: Language) -> Column:
    """A year is its own heading; others say their unit in it."""
    kind = _kind(column)
    heading = column["name"] or say(f"plans.finance.column-{column['key']}", lang)
    heading = heading[:1].upper() + heading[1:]
    unit = say("contract.render.millions", lang) if kind == "millions" else ""
    shown: Kind = "text" if kind in ("text", "year") else "number"
    decimals = {"share": 1, "number": None, "millions": 2}.get(kind, 0)
    return Column(column["key"], heading, unit, shown, decimals, EMPTY_PLACE)


def _value(value: Any, kind: str, lang: Language) -> Value:
    if isinstance(value, Mapping):
        return str(value[lang])
    if value is None:
        return None
    match kind:
        case "millions":
            return _millions(value)
        case "money" | "eur_per_t":
            return euro_value(value)
        case "tonnes":
            return tonnes_value(value)
        case "share":
            return float(value) / PPM_PER_PERCENT
        case "year":
            return str(value)
    return float(value) if isinstance(value, str) else value


def part_of(table: RenderedTable) -> str:
    """The part of the plan that a template table belongs to: ``A``, ``B`` or ``C``."""
    return table.title.split("IP-")[1][:1] if "IP-" in table.title else ""
