"""The mark of synthetic data in tables that travel alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from vatra.contract.charts.table import Column, RenderedTable
from vatra.words import Language, say


def marked(table: RenderedTable, document: Mapping[str, Any], lang: Language) -> RenderedTable:
    """The table with a last column that says so when the data are synthetic."""
    if not document["city"].get("synthetic"):
        return table
    column = Column("data", say("contract.render.data", lang))
    words = say("contract.render.synthetic-short", lang)
    return replace(
        table,
        columns=(*table.columns, column),
        rows=tuple((*row, words) for row in table.rows),
    )
