"""What people wrote, as sections of the sealed document; a pack without any has none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from vatra.contract.document import decimal_text
from vatra.runs.narrative import narrative_findings, narrative_of, sealed_narrative
from vatra.runs.narrative_figures import Figures
from vatra.runs.pack import Pack
from vatra.tables import Finding


@dataclass(frozen=True)
class WrittenSections:
    """Sections for the document, and the findings about them."""

    sections: Mapping[str, Any]
    findings: tuple[Finding, ...] = ()


def written_sections(pack: Pack, content: Mapping[str, Any]) -> WrittenSections:
    """``participation``, ``commitments`` and ``narrative`` of a pack that has them.

    ``content`` is the rest of the document, whose figures the text may name.
    """
    sections: dict[str, Any] = {}
    findings: list[Finding] = []
    if len(pack.rows["participation"]):
        sections["participation"] = _participation(pack)
        findings += _dates(pack)
    if len(pack.rows["commitments"]):
        sections["commitments"] = _commitments(pack)
    if pack.texts:
        figures = Figures({**content, **sections})
        narrative = narrative_of(pack.texts)
        sections["narrative"] = sealed_narrative(narrative, figures)
        findings += narrative_findings(narrative, figures, pack.city.languages)
    return WrittenSections(sections, tuple(findings))


def _participation(pack: Pack) -> list[dict[str, Any]]:
    """By day, then as the file has them."""
    rows = pack.rows["participation"].sort("date", "line")
    return [
        {
            "date": row["date"],
            "kind": str(row["kind"]),
            "organiser": row["organiser"],
            "participants_count": _whole(row["participants_count"]),
            "groups": row["groups"] or "",
            "topic": {"ro": row["topic_ro"], "en": row["topic_en"] or ""},
            "outcome": {"ro": row["outcome_ro"] or "", "en": row["outcome_en"] or ""},
            "source": row["source"] or "",
            "line": row["line"],
        }
        for row in rows.iter_rows(named=True)
    ]


def _commitments(pack: Pack) -> list[dict[str, Any]]:
    return [
        {
            "code": row["code"],
            "who": row["who"],
            "what": {"ro": row["what_ro"], "en": row["what_en"] or ""},
            "until_year": row["until_year"],
            "amount": None
            if row["promised_indicator"] is None
            else decimal_text(float(row["promised_indicator"])),
            "unit": row["unit"] or "",
            "action": row["action"] or "",
            "source": row["source"] or "",
            "line": row["line"],
        }
        for row in pack.rows["commitments"].sort("line").iter_rows(named=True)
    ]


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def _dates(pack: Pack) -> list[Finding]:
    """Days that are none, each with its line."""
    file = pack.evidence["participation"].file
    return [
        Finding(
            "runs.participation-date",
            "error",
            file,
            (row["line"],),
            "date",
            {"value": row["date"][:40]},
        )
        for row in pack.rows["participation"].iter_rows(named=True)
        if not _is_day(row["date"])
    ]


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
