"""The contract's own tables and findings, as pages show tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.contract.render.tables import table as rendered_table
from vatra.contract.render.tables import tables as rendered_tables
from vatra.web.base.tables import Cell, Column, Row, Table
from vatra.web.cities.rendered import as_page_table
from vatra.words import Language, say

ROOM = "contracts"
FINDINGS = "findings"


def contract_tables(document: Mapping[str, Any], lang: Language) -> list[Table]:
    """All tables of the contract, as PDF, DOCX and XLSX print them."""
    return [as_page_table(each, ROOM) for each in rendered_tables(document, lang)]


def contract_table(name: str, document: Mapping[str, Any], lang: Language) -> Table | None:
    """One of them, or the table of findings; None for a name that is neither."""
    if name == FINDINGS:
        return findings_table(document, lang)
    found = rendered_table(name, document, lang)
    return as_page_table(found, ROOM) if found else None


def table_names(document: Mapping[str, Any], lang: Language) -> list[str]:
    """Ids of all tables that have an address."""
    return [FINDINGS, *(each.id for each in rendered_tables(document, lang))]


def findings_table(document: Mapping[str, Any], lang: Language) -> Table:
    """Findings of the check of the pack and of the linter, as one table."""
    columns = (
        Column("severity", say("web.contracts.severity", lang)),
        Column("code", say("web.contracts.code", lang)),
        Column("place", say("web.contracts.place", lang)),
        Column("message", say("web.contracts.message", lang), width="wide"),
        Column("arithmetic", say("web.contracts.arithmetic", lang)),
        Column("repair", say("web.contracts.repair", lang)),
    )
    rows = tuple(
        Row(
            (
                Cell(each["severity"]),
                Cell(each["code"]),
                Cell(each["place"] or None),
                Cell(each["message"]),
                Cell(each["arithmetic"] or None),
                Cell(each["repair"] or None),
            )
        )
        for each in findings(document, lang)
    )
    title = say("web.contracts.findings-title", lang)
    return Table(FINDINGS, title, columns, rows, room=ROOM)


def findings(document: Mapping[str, Any], lang: Language) -> list[dict[str, str]]:
    """Findings of the check and of the linter in one language, the gravest first."""
    found = [
        {
            "severity": each["severity"],
            "code": each["code"],
            "place": _place(each, lang),
            "message": each["message"][lang],
            "arithmetic": (each.get("arithmetic") or {}).get(lang, ""),
            "repair": ((each.get("repair") or {}).get("text") or {}).get(lang, ""),
        }
        for each in (*document["findings"], *document.get("lint", ()))
    ]
    order = {"error": 0, "warning": 1, "note": 2}
    return sorted(found, key=lambda each: order.get(each["severity"], 3))


def _place(finding: Mapping[str, Any], lang: Language) -> str:
    """The table of a linter's finding, or file and line of one of the check."""
    table = finding.get("table")
    if isinstance(table, Mapping):
        return str(table.get(lang, ""))
    if table:
        return str(table)
    lines = finding.get("lines") or [""]
    return ":".join(str(part) for part in (finding.get("file", ""), lines[0]) if part)
