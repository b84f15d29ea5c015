"""What the check and the linter found, with the arithmetic and the suggested repair."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.contract.charts.table import RenderedTable, Value, text_column
from vatra.words import Language, has, say

PLACE = 80


def build(document: Mapping[str, Any], lang: Language) -> list[RenderedTable]:
    """One table of the linter's findings, one of the check's."""
    return [_lint(document, lang), _check(document, lang)]


def in_language(text: Any, lang: Language) -> str:
    """A text that is said in both languages, or in one that serves both."""
    if isinstance(text, Mapping):
        return str(text.get(lang) or text.get("en") or "")
    return "" if text is None else str(text)


def severity_words(severity: str, lang: Language) -> str:
    """``error`` and the like in the reader's language."""
    key = f"contract.render.severity-{severity}"
    return say(key, lang) if has(key) else severity


def _lint(document: Mapping[str, Any], lang: Language) -> RenderedTable:
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            severity_words(each["severity"], lang),
            each["code"].removeprefix("linter."),
            in_language(each.get("table"), lang),
            in_language(each["message"], lang),
            in_language(each.get("arithmetic"), lang) or None,
            in_language((each.get("repair") or {}).get("text"), lang) or None,
        )
        for each in document.get("lint") or ()
    )
    return RenderedTable(
        "findings-lint",
        say("contract.render.findings-lint", lang),
        (
            text_column("severity", "contract.render.severity", lang),
            text_column("code", "contract.render.rule", lang),
            text_column("table", "contract.render.table", lang),
            text_column("message", "contract.render.message", lang),
            text_column("arithmetic", "contract.render.arithmetic", lang),
            text_column("repair", "contract.render.repair", lang),
        ),
        rows,
        note=say("contract.render.findings-note", lang),
    )


def _check(document: Mapping[str, Any], lang: Language) -> RenderedTable:
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            severity_words(each["severity"], lang),
            each["code"],
            each["file"],
            ", ".join(str(line) for line in each["lines"]),
            in_language(each["message"], lang),
        )
        for each in document.get("findings") or ()
    )
    return RenderedTable(
        "findings-check",
        say("contract.render.findings-check", lang),
        (
            text_column("severity", "contract.render.severity", lang),
            text_column("code", "contract.render.rule", lang),
            text_column("file", "contract.render.file", lang),
            text_column("rows", "contract.render.rows", lang),
            text_column("message", "contract.render.message", lang),
        ),
        rows,
    )
