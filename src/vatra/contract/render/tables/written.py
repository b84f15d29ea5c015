"""What people wrote, as tables: the text by section, its figures, who was heard, who promises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from vatra.contract.charts.table import RenderedTable, text_column
from vatra.contract.narrative import OUTLINE
from vatra.contract.narrative_markdown import plain
from vatra.contract.render.tables.cells import number_column
from vatra.tables import label
from vatra.words import LANGUAGES, Language, number, say

PLACE = 75


def build(document: Mapping[str, Any], lang: Language) -> list[RenderedTable]:
    """Nothing for a contract without text, participation or commitments."""
    return [
        RenderedTable(
            "participation",
            say("contract.render.participation-table", lang),
            (
                text_column("date", "contract.render.heard-date", lang),
                text_column("kind", "contract.render.heard-kind", lang),
                text_column("organiser", "contract.render.heard-organiser", lang),
                number_column("participants", say("contract.render.heard-participants", lang), ""),
                text_column("groups", "contract.render.heard-groups", lang),
                text_column("topic", "contract.render.heard-topic", lang),
                text_column("outcome", "contract.render.heard-outcome", lang),
                text_column("source", "contract.render.heard-source", lang),
            ),
            tuple(_heard(each, lang) for each in document.get("participation") or ()),
            note=say("contract.render.participation-note", lang),
        ),
        RenderedTable(
            "commitments",
            say("contract.render.commitments-table", lang),
            (
                text_column("code", "contract.render.promise-code", lang),
                text_column("who", "contract.render.promise-who", lang),
                text_column("what", "contract.render.promise-what", lang),
                text_column("until", "contract.render.promise-until", lang),
                text_column("amount", "contract.render.promise-amount", lang),
                text_column("action", "contract.render.promise-action", lang),
                text_column("source", "contract.render.heard-source", lang),
            ),
            tuple(_promised(each, lang) for each in document.get("commitments") or ()),
        ),
        RenderedTable(
            "narrative",
            say("contract.render.narrative-table", lang),
            (
                text_column("section", "contract.render.narrative-section", lang),
                text_column("text", "contract.render.narrative-text", lang),
            ),
            tuple(_texts(document, lang)),
        ),
        RenderedTable(
            "narrative-figures",
            say("contract.render.narrative-figures-table", lang),
            (
                text_column("section", "contract.render.narrative-section", lang),
                text_column("figure", "contract.render.narrative-figure", lang),
                text_column("path", "contract.render.narrative-path", lang),
            ),
            tuple(_figures(document, lang)),
        ),
    ]


def in_language(texts: Mapping[str, str], lang: Language) -> str:
    """A text of people in a language, or in the other one where it was not translated."""
    return next((texts[each] for each in (lang, *LANGUAGES) if texts.get(each)), "")


def _heard(each: Mapping[str, Any], lang: Language) -> tuple[str | int | None, ...]:
    return (
        each["date"],
        label("participation_kind", each["kind"], lang),
        each["organiser"],
        each["participants_count"],
        each["groups"],
        in_language(each["topic"], lang),
        in_language(each["outcome"], lang),
        each["source"],
    )


def _promised(each: Mapping[str, Any], lang: Language) -> tuple[str | None, ...]:
    amount = "" if each["amount"] is None else number(Decimal(each["amount"]), lang)  # type: ignore[arg-type]
    return (
        each["code"],
        each["who"],
        in_language(each["what"], lang),
        str(each["until_year"]),
        f"{amount} {each['unit']}".strip(),
        each["action"],
        each["source"],
    )


def _texts(document: Mapping[str, Any], lang: Language) -> Iterator[tuple[str, str]]:
    written = (document.get("narrative") or {}).get(lang) or {}
    for section in OUTLINE:
        if section.key in written:
            yield section.title(lang), plain(written[section.key]["text"])


def _figures(document: Mapping[str, Any], lang: Language) -> Iterator[tuple[str, str, str]]:
    written = (document.get("narrative") or {}).get(lang) or {}
    for section in OUTLINE:
        for each in (written.get(section.key) or {}).get("figures", ()):
            yield section.title(lang), each["words"], each["path"]
