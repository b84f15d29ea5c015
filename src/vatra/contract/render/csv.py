"""A table as CSV: a number has a decimal point and no grouping, a missing value is empty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.contract.charts.table import RenderedTable
from vatra.contract.render.mark import marked
from vatra.tables.export import shown_csv
from vatra.words import Language

# Spreadsheets take a file for UTF-8 by its first three bytes, and ș for something else without.
ENCODING = "utf-8-sig"


def csv(table: RenderedTable, document: Mapping[str, Any], lang: Language) -> bytes:
    """The table as CSV bytes, headings with units, texts that no spreadsheet runs."""
    whole = marked(table, document, lang)
    return shown_csv(whole.rows, whole.headings).encode(ENCODING)
