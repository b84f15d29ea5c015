"""The figures a reader asks for first, one a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vatra.contract.charts.table import (
    PPM_PER_PERCENT,
    RenderedTable,
    Value,
    gas_unit,
    text_column,
    tonnes_value,
)
from vatra.contract.render.tables.cells import number_column
from vatra.words import Language, say

PLACE = 10


def build(document: Mapping[str, Any], lang: Language) -> list[RenderedTable]:
    """Total, target, residual, cut and its split."""
    return [
        RenderedTable(
            "summary",
            say("contract.render.summary", lang, city=document["city"]["name"]),
            (
                text_column("figure", "contract.render.figure", lang),
                number_column("value", say("contract.render.value", lang), "", None),
                text_column("unit", "contract.render.unit", lang),
            ),
            tuple(_rows(document, lang)),
        )
    ]


def _rows(document: Mapping[str, Any], lang: Language) -> Iterator[tuple[Value, ...]]:
    city, plan, unit = document["city"], document.get("plan"), gas_unit(document)
    base_year, target_year = str(city["base_year"]), str(city["target_year"])

    def words(key: str) -> str:
        return say(f"contract.render.summary-{key}", lang, base=base_year, target=target_year)

    def tonnes(key: str, mass_mg: int) -> tuple[Value, ...]:
        return words(key), round(tonnes_value(mass_mg) or 0), unit

    base_mg = document["totals"]["all"].get(base_year)
    if base_mg is not None:
        yield tonnes("base", base_mg)
    if not plan:
        return
    yield tonnes("before", plan["before_total_mg"])
    yield tonnes("residual", plan["residual_mg"])
    yield words("residual-share"), round(plan["residual_ppm"] / PPM_PER_PERCENT, 2), "%"
    yield words("limit-share"), plan["residual_limit_ppm"] / PPM_PER_PERCENT, "%"
    yield tonnes("target", plan["target_mg"])
    yield words("target-share"), plan["cut_ppm"] / PPM_PER_PERCENT, "%"
    yield tonnes("cut", plan["cut_mg"])
    for kind in ("in_order", "symmetric"):
        for driver in ("grid", "background", "measures"):
            mass_mg = plan["split"][kind]["total"][driver]
            named = say(
                f"contract.render.summary-{kind.replace('_', '-')}",
                lang,
                driver=say(f"contract.render.driver-{driver}", lang),
            )
            yield named, round(tonnes_value(mass_mg) or 0), unit
