"""How far each total may be wrong: its 95 % interval, and how much of it has no stated doubt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.contract.charts.table import (
    PPM_PER_PERCENT,
    RenderedTable,
    Value,
    gas_unit,
    in_sector_order,
    text_column,
    tonnes_value,
)
from vatra.contract.render.tables.cells import number_column
from vatra.tables import label
from vatra.words import Language, say

PLACE = 45
_PPM = 1_000_000


def build(document: Mapping[str, Any], lang: Language) -> list[RenderedTable]:
    """Totals with their ranges, by year and sector; nothing for a contract sealed without."""
    rows = (document.get("doubt") or {}).get("rows") or []
    if not rows:
        return []
    unit = gas_unit(document)
    columns = (
        text_column("year", "contract.render.doubt-year", lang),
        text_column("sector", "contract.render.sector", lang),
        number_column("total_t", say("contract.render.total", lang), unit),
        number_column("low_t", say("contract.render.doubt-low", lang), unit),
        number_column("high_t", say("contract.render.doubt-high", lang), unit),
        number_column("unknown_percent", say("contract.render.doubt-unknown", lang), "%", 1),
    )
    found = [_row(each, lang) for each in _ordered(rows)]
    sums = frozenset(place for place, each in enumerate(_ordered(rows)) if not each["sector"])
    return [
        RenderedTable(
            "doubt",
            say("contract.render.doubt-title", lang),
            columns,
            tuple(found),
            note=say("contract.render.doubt-note", lang),
            totals=sums,
        )
    ]


def _ordered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sectors as contracts print them, each year's total last."""
    order = [*in_sector_order({row["sector"] for row in rows if row["sector"]}), ""]
    return sorted(rows, key=lambda row: (row["year"], order.index(row["sector"])))


def _row(row: Mapping[str, Any], lang: Language) -> tuple[Value, ...]:
    """Without any stated doubt there is no interval: the ends stay blank, not equal."""
    known = row["unknown_ppm"] < _PPM
    sector = row["sector"]
    return (
        str(row["year"]),
        label("sector", sector, lang) if sector else say("contract.render.total", lang),
        tonnes_value(row["total_mg"]),
        tonnes_value(row["low_mg"]) if known else None,
        tonnes_value(row["high_mg"]) if known else None,
        row["unknown_ppm"] / PPM_PER_PERCENT,
    )
