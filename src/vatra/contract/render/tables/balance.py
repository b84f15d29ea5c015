"""What is left in the target year and why, what takes it up, and what the budget still allows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.contract.charts.table import (
    PPM_PER_PERCENT,
    RenderedTable,
    Value,
    gas_unit,
    in_sector_order,
    percent_value,
    text_column,
    tonnes_value,
)
from vatra.contract.render.tables.cells import carrier_words, number_column
from vatra.tables import label
from vatra.tables.residuals import CAUSES
from vatra.words import Language, has, say

PLACE = 62


def build(document: Mapping[str, Any], lang: Language) -> list[RenderedTable]:
    """Residual by cell and cause, sinks, carbon budgets, conditions of net zero."""
    return [
        *_residual(document, lang),
        *_sinks(document, lang),
        *_budgets(document, lang),
        *_net_zero(document, lang),
    ]


def _residual(document: Mapping[str, Any], lang: Language) -> list[RenderedTable]:
    found = document.get("residual")
    if not found:
        return []
    order = in_sector_order(each["sector"] for each in found["lines"])
    lines = sorted(
        found["lines"],
        key=lambda each: (order.index(each["sector"]), CAUSES.index(each["cause"]),
                          -each["emission_mg"], each["use"], each["carrier"], each["stream"]),
    )  # fmt: skip
    rows: list[tuple[Value, ...]] = [
        (
            label("sector", each["sector"], lang),
            _cell_words(each, lang),
            label("residual_cause", each["cause"], lang),
            tonnes_value(each["emission_mg"]),
            percent_value(each["emission_mg"], found["base_mg"]),
            each["why"].get(lang, ""),
        )
        for each in lines
    ]
    whole = found["residual_mg"]
    rows.append(
        (
            say("contract.render.total", lang), "", "",
            tonnes_value(whole), percent_value(whole, found["base_mg"]), "",
        )
    )  # fmt: skip
    columns = (
        text_column("sector", "contract.render.sector", lang),
        text_column("cell", "contract.render.residual-cell", lang),
        text_column("cause", "contract.render.residual-cause", lang),
        number_column("emission", say("contract.render.residual-mass", lang), gas_unit(document)),
        number_column("share", say("contract.render.residual-share", lang), "%", 2),
        text_column("why", "contract.render.residual-why", lang),
    )
    held = "held" if found["rule_held"] else "broken"
    note = say(
        f"contract.render.residual-note-{held}", lang, limit=found["limit_ppm"] / PPM_PER_PERCENT
    )
    title = say("contract.render.residual", lang, year=str(found["year"]))
    last = frozenset({len(rows) - 1})
    return [RenderedTable("b-1-residual", title, columns, tuple(rows), note, totals=last)]


def _cell_words(line: Mapping[str, Any], lang: Language) -> str:
    """A use and its carrier, or the stream."""
    use = label("use", line["use"], lang) if has(f"tables.use-{line['use']}") else line["use"]
    return f"{use}, {carrier_words(line['carrier'], lang)}" if line["carrier"] else str(use)


def _sinks(document: Mapping[str, Any], lang: Language) -> list[RenderedTable]:
    found = document.get("sinks") or {}
    path = document.get("pathway")
    if not path or not found.get("plantings"):
        return []
    plantings: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for each in found["plantings"]:
        kind = say(f"contract.render.sink-{'credit' if each['is_credit'] else 'own'}", lang)
        key = (each["code"], each["name"][lang], kind, each["source"])
        plantings.setdefault(key, []).append(each)
    rows = tuple(
        (
            code,
            name,
            _years_words([each["planted_year"] for each in planted]),
            kind,
            tonnes_value(sum(each["target_mg"] for each in planted)),
            source,
        )
        for (code, name, kind, source), planted in plantings.items()
    )
    columns = (
        text_column("code", "contract.render.code", lang),
        text_column("name", "contract.render.sink", lang),
        text_column("planted", "contract.render.sink-planted", lang),
        text_column("kind", "contract.render.sink-kind", lang),
        number_column("target", str(path["target_year"]), gas_unit(document)),
        text_column("source", "contract.render.source", lang),
    )
    year = str(path["target_year"])
    title = say("contract.render.sinks", lang, year=year)
    return [
        RenderedTable("b-1-sinks", title, columns, rows, say("contract.render.sinks-note", lang))
    ]


def _years_words(years: list[int]) -> str:
    """One year, or the first and the last of several."""
    first, last = min(years), max(years)
    return str(first) if first == last else f"{first}–{last}"


def _budgets(document: Mapping[str, Any], lang: Language) -> list[RenderedTable]:
    rows = tuple(
        (
            f"{each['name']} ({each['version']})",
            say(f"contract.render.budget-{each['method']}", lang),
            label("budget_scope", each["scope"], lang),
            f"{each['from_year']}–{each['to_year']}",
            tonnes_value(each["budget_mg"]),
            tonnes_value(each["used_mg"]),
            tonnes_value(each["left_mg"]),
            _decimal(each["exhausted_in"], lang),
            None if each["gone_ppm"] is None else each["gone_ppm"] / PPM_PER_PERCENT,
        )
        for each in document.get("carbon_budget") or []
    )
    unit = gas_unit(document)
    columns = (
        text_column("name", "contract.render.budget", lang),
        text_column("method", "contract.render.budget-method", lang),
        text_column("scope", "contract.render.budget-scope", lang),
        text_column("years", "contract.render.budget-years", lang),
        number_column("budget", say("contract.render.budget-amount", lang), unit),
        number_column("used", say("contract.render.budget-used", lang), unit),
        number_column("left", say("contract.render.budget-left", lang), unit),
        text_column("gone", "contract.render.budget-gone", lang),
        number_column("chance", say("contract.render.budget-chance", lang), "%", 0),
    )
    title = say("contract.render.carbon-budget", lang)
    note = say("contract.render.carbon-budget-note", lang)
    return [RenderedTable("b-1-budget", title, columns, rows, note)]


def _decimal(moment: str | None, lang: Language) -> str:
    if moment is None:
        return say("contract.render.budget-lasts", lang)
    return moment.replace(".", ",") if lang == "ro" else moment


def _net_zero(document: Mapping[str, Any], lang: Language) -> list[RenderedTable]:
    found = document.get("net_zero")
    if not found:
        return []
    rows = tuple(
        (
            say(f"contract.render.net-zero-{each['name']}", lang),
            say(f"contract.render.net-zero-{_verdict(each)}", lang),
            each["text"][lang],
        )
        for each in found["conditions"]
    )
    columns = (
        text_column("condition", "contract.render.net-zero-condition", lang),
        text_column("verdict", "contract.render.net-zero-verdict", lang),
        text_column("text", "contract.render.net-zero-text", lang),
    )
    key = "holds" if found["holds"] else "fails"
    title = say(f"contract.render.net-zero-title-{key}", lang, year=str(found["year"]))
    return [RenderedTable("b-1-net-zero", title, columns, rows)]


def _verdict(condition: Mapping[str, Any]) -> str:
    return "met" if condition["met"] else "unmet" if condition["known"] else "unknown"
