"""Modules B-2, B-3 and C: the portfolio of actions, an outline of each, indicators, enablers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vatra.contract.charts.table import (
    PPM_PER_PERCENT,
    RenderedTable,
    Value,
    euro_value,
    gas_unit,
    in_sector_order,
    text_column,
    tonnes_value,
)
from vatra.contract.render.tables.action_words import (
    EMPTY_PLACE,
    benefit_words,
    effect_words,
    mechanism_words,
    outline_rows,
)
from vatra.contract.render.tables.cells import number_column
from vatra.contract.render.tables.path_years import milestones
from vatra.tables import label
from vatra.words import Language, say

PLACE = 64
_TECHNOLOGY = "technology"
_SOCIAL = ("social_innovation", "democracy_participation", "learning_capabilities")


def build(document: Mapping[str, Any], lang: Language) -> list[RenderedTable]:
    """Nothing without actions."""
    actions = document.get("actions") or []
    if not actions:
        return []
    return [
        _portfolio(document, actions, lang),
        _outlines(document, actions, lang),
        _indicators(document, lang),
        _metadata(document, lang),
        _enabling("c-1.1", [a for a in actions if _is_governance(a)], lang),
        _enabling("c-2.1", [a for a in actions if a["lever"] in _SOCIAL], lang),
    ]


def _is_governance(action: Mapping[str, Any]) -> bool:
    return action["lever"] not in ("", _TECHNOLOGY, *_SOCIAL)


def _portfolio(
    document: Mapping[str, Any], actions: Sequence[Mapping[str, Any]], lang: Language
) -> RenderedTable:
    year, unit = str(document["pathway"]["target_year"]), gas_unit(document)
    rows: list[tuple[Value, ...]] = [
        (
            each["code"],
            each["name"][lang],
            label("field", each["field"], lang),
            mechanism_words(each, lang),
            str(each["start_year"]),
            each["level_ppm"] / PPM_PER_PERCENT,
            euro_value(each["cost_cents"]),
            tonnes_value(each["shapley_mg"]),
            tonnes_value(each["first_in_mg"]),
            tonnes_value(each["last_in_mg"]),
        )
        for each in actions
    ]
    costs = [each["cost_cents"] for each in actions if each["cost_cents"] is not None]
    joint = sum(each["shapley_mg"] for each in actions)
    rows.append(
        (
            say("contract.render.total", lang), "", "", "", "", None,
            euro_value(sum(costs)) if costs else None, tonnes_value(joint), None, None,
        )
    )  # fmt: skip
    columns = (
        text_column("code", "contract.render.code", lang),
        text_column("name", "contract.render.action", lang),
        text_column("field", "contract.render.field", lang),
        text_column("mechanism", "contract.render.mechanism", lang),
        text_column("start", "contract.render.start", lang),
        number_column("level", say("contract.render.level", lang), "%"),
        number_column("cost", say("contract.render.cost", lang), "EUR"),
        number_column("shapley", say("contract.render.shapley", lang), unit),
        number_column("first_in", say("contract.render.first-in", lang), unit),
        number_column("last_in", say("contract.render.last-in", lang), unit),
    )
    missing = sum(each["cost_cents"] is None for each in actions)
    return RenderedTable(
        "b-2.1",
        say("contract.render.b-2.1", lang, year=year),
        columns,
        tuple(rows),
        say("contract.render.b-2.1-note", lang, count=len(actions), missing=missing),
        totals=frozenset({len(rows) - 1}),
    )


def _outlines(
    document: Mapping[str, Any], actions: Sequence[Mapping[str, Any]], lang: Language
) -> RenderedTable:
    """All outlines under each other, for spreadsheets; on paper each is a table of its own."""
    rows = tuple(
        (each["code"], item, value)
        for each in actions
        for item, value in outline_rows(each, document, lang)
    )
    columns = (
        text_column("code", "contract.render.code", lang),
        text_column("item", "contract.render.outline-item", lang),
        text_column("value", "contract.render.outline-value", lang),
    )
    note = say("contract.render.outlines-note", lang)
    title = say("contract.render.b-2.2-outlines", lang)
    return RenderedTable("b-2.2-outlines", title, columns, rows, note)


def outline_tables(document: Mapping[str, Any], lang: Language) -> Iterator[RenderedTable]:
    """One outline for each action, as the template has them."""
    for each in document.get("actions") or []:
        yield RenderedTable(
            f"b-2.2-{each['code']}",
            say("contract.render.outline-title", lang, code=each["code"], name=each["name"][lang]),
            (
                text_column("item", "contract.render.outline-item", lang),
                text_column("value", "contract.render.outline-value", lang),
            ),
            tuple(outline_rows(each, document, lang)),
        )


# Indicators


def _indicators(document: Mapping[str, Any], lang: Language) -> RenderedTable:
    path, unit = document["pathway"], gas_unit(document)
    years = milestones(path)
    series = [
        (label("sector", each, lang), path["by_sector_mg"][each])
        for each in in_sector_order(path["by_sector_mg"])
    ]
    if any(path["sinks_mg"].values()):
        series.append((say("contract.render.path-sinks", lang), path["sinks_mg"]))
    series.append((say("contract.render.indicator-net", lang), path["total_mg"]))
    rows = tuple(
        (f"I{number}", name, unit, *(tonnes_value(masses[year]) for year in years))
        for number, (name, masses) in enumerate(series, start=1)
    )
    columns = (
        text_column("number", "contract.render.indicator-number", lang),
        text_column("name", "contract.render.indicator", lang),
        text_column("unit", "contract.render.unit", lang),
        *(number_column(year, year, "") for year in years),
    )
    title, note = say("contract.render.b-3.1", lang), say("contract.render.b-3.1-note", lang)
    last = frozenset({len(rows) - 1})
    return RenderedTable("b-3.1", title, columns, rows, note, totals=last)


def _metadata(document: Mapping[str, Any], lang: Language) -> RenderedTable:
    """What B-3.2 asks of an indicator; who is responsible only the city knows."""
    facts = {
        "name": say("contract.render.indicator-net", lang),
        "unit": gas_unit(document),
        "definition": say("contract.render.metadata-definition-text", lang),
        "calculation": say("contract.render.metadata-calculation-text", lang),
        "source": str(document["city"].get("source", "")),
        "frequency": say("contract.render.metadata-frequency-text", lang),
        "responsible": EMPTY_PLACE,
    }
    rows = tuple(
        (say(f"contract.render.metadata-{key}", lang), each) for key, each in facts.items()
    )
    columns = (
        text_column("item", "contract.render.outline-item", lang),
        text_column("value", "contract.render.outline-value", lang),
    )
    note = say("contract.render.b-3.2-note", lang)
    return RenderedTable("b-3.2", say("contract.render.b-3.2", lang), columns, rows, note)


# Module C


def _enabling(id: str, actions: Sequence[Mapping[str, Any]], lang: Language) -> RenderedTable:
    """Actions that change rules, habits or skills; an empty place where the plan has none."""
    rows = [
        (
            f"{each['code']} {each['name'][lang]}",
            each["about"].get(lang) or effect_words(each, lang),
            str(each["start_year"]),
            EMPTY_PLACE,
            EMPTY_PLACE,
            benefit_words(each, lang) or EMPTY_PLACE,
        )
        for each in actions
    ] or [(EMPTY_PLACE,) * 6]
    columns = tuple(
        text_column(key, f"contract.render.enabling-{key}", lang)
        for key in ("name", "about", "start", "responsible", "involved", "impact")
    )
    note = say(f"contract.render.{id}-next", lang)
    return RenderedTable(id, say(f"contract.render.{id}", lang), columns, tuple(rows), note)
