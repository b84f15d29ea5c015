"""Parameters of methods that the inventory used, each with its interval and source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.contract.charts.table import RenderedTable, text_column
from vatra.contract.render.tables.cells import number_column
from vatra.words import Language, say

PLACE = 95


def build(document: Mapping[str, Any], lang: Language) -> list[RenderedTable]:
    """One row per parameter; nothing for a contract of energy alone."""
    rows = tuple(
        (
            each["parameter_id"],
            _number(each["value"]),
            _number(each["low"]),
            _number(each["high"]),
            each["unit"],
            _source(each, lang),
        )
        for each in document.get("parameters") or []
    )
    columns = (
        text_column("parameter", "contract.render.parameter", lang),
        number_column("value", say("contract.render.value", lang), "", None),
        number_column("low", say("contract.render.parameter-low", lang), "", None),
        number_column("high", say("contract.render.parameter-high", lang), "", None),
        text_column("unit", "contract.render.unit", lang),
        text_column("source", "contract.render.source", lang),
    )
    title = say("contract.render.parameters", lang)
    return [RenderedTable("parameters", title, columns, rows)]


def _number(text: str | None) -> float | None:
    return None if text is None else float(f"{float(text):.12g}")


def _source(row: Mapping[str, Any], lang: Language) -> str:
    shown = say("contract.render.page", lang, page=row["page"]) if row["page"] else ""
    place = f"{row['file']}:{row['line']}" if row["file"] else ""
    return "; ".join(part for part in (row["source"], shown, place) if part)
