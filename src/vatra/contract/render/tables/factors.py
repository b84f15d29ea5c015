"""The factors a contract used, as tables: values for the module, sources for the annex."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.contract.charts.table import Column, RenderedTable, Value, text_column
from vatra.contract.render.tables.cells import carrier_words, gas_words, number_column
from vatra.tables import label
from vatra.words import Language, has, say

PLACE = 90


def build(document: Mapping[str, Any], lang: Language) -> list[RenderedTable]:
    """Annex: every factor with its source."""
    columns = (
        Column("factor_id", say("contract.render.factor", lang)),
        Column("amount", say("contract.render.amount", lang)),
        Column("unit", say("contract.render.unit", lang)),
        number_column("value_t_per_mwh", say("contract.render.in-canonical", lang), "t/MWh", None),
        Column("source", say("contract.render.source", lang)),
        Column("doubt", say("contract.render.doubt", lang), blank=""),
    )
    rows = tuple(
        (
            factor["factor_id"],
            factor["amount"],
            factor["unit"],
            _number(factor["value_t_per_mwh"]),
            _source(factor, lang),
            _remarks(factor),
        )
        for factor in _in_order(document)
    )
    return [
        RenderedTable(
            "factors",
            say("contract.render.factors-table", lang),
            columns,
            rows,
            note=say(
                "contract.render.factors-note", lang, book=document["versions"]["factor_book"][:12]
            ),
        )
    ]


def factor_rows(
    document: Mapping[str, Any], lang: Language
) -> tuple[tuple[Column, ...], tuple[tuple[Value, ...], ...]]:
    """Columns and rows of the factors by source and gas, in t/MWh."""
    columns = (
        text_column("carrier", "contract.render.carrier", lang),
        text_column("gas", "contract.render.gas", lang),
        text_column("years", "contract.render.years", lang),
        number_column("factor", say("contract.render.factor", lang), "t/MWh", None),
    )
    rows = tuple(
        (
            _carrier(factor, lang),
            gas_words(factor["gas"], lang),
            _years(factor, lang),
            _number(factor["value_t_per_mwh"]),
        )
        for factor in _in_order(document)
    )
    return columns, rows


def _in_order(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return sorted(
        document["factors"],
        key=lambda f: (f["carrier"], f["gas"], f["year_from"] or 0, f["factor_id"]),
    )


def _carrier(factor: Mapping[str, Any], lang: Language) -> str:
    words = carrier_words(factor["carrier"], lang)
    if factor["end_use"] == "any":
        return words
    key = f"contract.render.end-use-{factor['end_use']}"
    use = say(key, lang) if has(key) else label("sector", factor["end_use"], lang)
    return f"{words} ({use})"


def _years(factor: Mapping[str, Any], lang: Language) -> str:
    first, last = factor["year_from"], factor["year_to"]
    if first is None and last is None:
        return say("contract.render.any-year", lang)
    if first == last:
        return str(first)
    return f"{first or ''}–{last or ''}"


def _number(text: str) -> int | float:
    # Twelve digits hide what binary fractions leave behind a converted unit.
    value = float(f"{float(text):.12g}")
    return int(value) if value == int(value) else value


def _source(factor: Mapping[str, Any], lang: Language) -> str:
    page = factor["page"]
    shown = say("contract.render.page", lang, page=page) if page else ""
    place = f"{factor['file']}:{factor['line']}"
    return "; ".join(part for part in (factor["source"], shown, place) if part)


def _remarks(factor: Mapping[str, Any]) -> str | None:
    return "; ".join(part for part in (factor["doubt"], factor["note"]) if part) or None
