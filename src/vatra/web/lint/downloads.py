"""Findings as files: JSON with everything, CSV with a line a finding."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from vatra.tables.export import shown_csv
from vatra.words import Language

COLUMNS = (
    "number", "severity", "code", "table", "row", "column", "place", "message", "arithmetic",
    "repair", "printed", "suggested", "quote",
)  # fmt: skip


def as_json(report: Mapping[str, Any]) -> str:
    """The report with texts in every language."""
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def as_csv(report: Mapping[str, Any], lang: Language) -> str:
    """One line a finding; texts that a spreadsheet would run are written as texts."""
    return shown_csv([_row(each, lang) for each in report["findings"]], COLUMNS)


def _row(finding: Mapping[str, Any], lang: Language) -> Sequence[object]:
    repair = finding["repair"] or {"text": {lang: ""}, "printed": "", "suggested": ""}
    passage = finding["passage"] or {"quote": ""}
    return (
        finding["number"],
        finding["severity"],
        finding["code"],
        finding["table_id"],
        finding["row"],
        finding["column"],
        finding["place"][lang],
        finding["message"][lang],
        finding["arithmetic"][lang],
        repair["text"][lang],
        repair["printed"],
        repair["suggested"],
        passage["quote"],
    )
