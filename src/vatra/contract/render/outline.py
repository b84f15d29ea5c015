"""What a contract document holds and in which order: the same for PDF and DOCX."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vatra.contract.charts import Chart, charts
from vatra.contract.charts.table import RenderedTable, gas_words, listed
from vatra.contract.render.answer import answer
from vatra.contract.render.blocks import (
    Answered,
    Block,
    Heading,
    Pictures,
    Prose,
    Signatures,
    Tabled,
    Text,
    pictures,
    tabled,
)
from vatra.contract.render.narrative import keys_of, narrative
from vatra.contract.render.plan_chapters import plan_chapters
from vatra.contract.render.tables import tables
from vatra.tables import label
from vatra.words import Language, say

__all__ = [
    "Answered",
    "Block",
    "Cover",
    "Heading",
    "Outline",
    "Pictures",
    "Prose",
    "Signatures",
    "Tabled",
    "Text",
    "outline",
]

SEAL_SHORT = 12


@dataclass(frozen=True)
class Cover:
    """What stands on the first page."""

    city: str
    kind: str
    years: str
    facts: tuple[tuple[str, str], ...]
    synthetic: str


@dataclass(frozen=True)
class Outline:
    """A whole document in one language."""

    lang: Language
    title: str
    cover: Cover
    blocks: tuple[Block, ...]
    seal: str
    footer: str


def outline(document: Mapping[str, Any], lang: Language) -> Outline:
    """Cover and blocks of a contract."""
    drawn = {chart.name: chart for chart in charts(document, lang)}
    written = {table.id: table for table in tables(document, lang)}
    blocks = [
        *_answer(document, drawn, written, lang),
        *_module_a(document, written, drawn, lang),
        *_work(written, drawn, lang),
        *plan_chapters(document, written, drawn, lang),
        *_commitments(document, written, lang),
        *_annexes(document, written, lang),
    ]
    city = document["city"]
    kind = say("contract.render.kind", lang)
    return Outline(
        lang=lang,
        title=f"{city['name']}: {kind}",
        cover=_cover(document, kind, lang),
        blocks=tuple(blocks),
        seal=_seal(document),
        footer=_footer(document, lang),
    )


def _footer(document: Mapping[str, Any], lang: Language) -> str:
    name = document["city"]["name"]
    if document.get("draft"):
        return say("contract.render.footer-draft", lang, city=name)
    return say("contract.render.footer", lang, city=name, seal=_seal(document)[:SEAL_SHORT])


def _seal(document: Mapping[str, Any]) -> str:
    return str((document.get("seal") or {}).get("value", ""))


def _cover(document: Mapping[str, Any], kind: str, lang: Language) -> Cover:
    city = document["city"]
    gases = listed(label("gas", gas, lang) for gas in city.get("gases") or ())
    seal = _seal(document)
    facts = [
        (say("contract.render.cover-seal-short", lang), seal[:SEAL_SHORT]),
        (say("contract.render.cover-seal", lang), seal),
        (say("contract.render.cover-gases", lang), gases),
        (say("contract.render.cover-gwp", lang), str(city.get("gwp_set", ""))),
        (say("contract.render.cover-source", lang), str(city.get("source", ""))),
    ]
    if city.get("overrides"):
        facts.append((say("contract.render.cover-overrides", lang), listed(city["overrides"])))
    return Cover(
        city=city["name"],
        kind=kind,
        years=f"{city['base_year']}–{city['target_year']}",
        facts=tuple((name, value) for name, value in facts if value),
        synthetic=_mark(document, lang),
    )


def _mark(document: Mapping[str, Any], lang: Language) -> str:
    """What every page must say: that it is a draft, that its data are invented, or both."""
    said = [
        say("contract.render.draft", lang) if document.get("draft") else "",
        say("contract.render.synthetic", lang) if document["city"].get("synthetic") else "",
    ]
    return " · ".join(each for each in said if each)


def _answer(
    document: Mapping[str, Any],
    drawn: Mapping[str, Chart],
    written: Mapping[str, RenderedTable],
    lang: Language,
) -> Iterator[Block]:
    yield Heading(say("contract.render.chapter-answer", lang), page=True)
    yield Answered(answer(document, lang))
    yield from pictures(drawn, ("pathway",))
    yield from tabled(written, "pathway")


def _module_a(
    document: Mapping[str, Any],
    written: Mapping[str, RenderedTable],
    drawn: Mapping[str, Chart],
    lang: Language,
) -> Iterator[Block]:
    yield Heading(say("contract.render.chapter-a", lang), page=True)
    yield from narrative(document, lang, *keys_of("action", "A"))
    yield Heading(say("contract.render.section-a-1", lang), 2)
    yield Text(say("contract.render.two-generations", lang))
    yield from pictures(drawn, ("sectors_scopes",))
    for generation in ("V1", "V2"):
        of_generation = [t for t in written.values() if t.generation == generation]
        if of_generation:
            yield Heading(say(f"contract.render.section-{generation}", lang), 2)
        yield from (Tabled(table) for table in of_generation)
    yield from tabled(written, "doubt")
    if "a-2.3" in written:
        yield Heading(say("contract.render.section-a-2", lang), 2)
        yield from tabled(written, "a-2.3")


def _work(
    written: Mapping[str, RenderedTable], drawn: Mapping[str, Chart], lang: Language
) -> Iterator[Block]:
    if "split-in-order" not in written:
        return
    yield Heading(say("contract.render.chapter-work", lang), page=True)
    yield Text(say("contract.render.work-explained", lang))
    yield from pictures(drawn, ("split_in_order", "split_symmetric"))
    yield from tabled(written, "split-in-order", "split-symmetric")


def _commitments(
    document: Mapping[str, Any], written: Mapping[str, RenderedTable], lang: Language
) -> Iterator[Block]:
    city, plan = document["city"], document.get("plan")
    yield Heading(say("contract.render.chapter-commitments", lang), page=True)
    yield from narrative(document, lang, *keys_of("commitments"))
    yield from tabled(written, "participation", "commitments")
    if plan:
        yield Text(
            say(
                "contract.render.commitment",
                lang,
                city=city["name"],
                base=gas_words(plan["base_total_mg"], document, lang),
                base_year=str(plan["base_year"]),
                target=gas_words(plan["target_mg"], document, lang),
                target_year=str(plan["target_year"]),
            )
        )
    else:
        yield Text(
            say(
                "contract.render.commitment-inventory",
                lang,
                city=city["name"],
                year=str(city["base_year"]),
            )
        )
    if not document.get("draft"):
        yield Text(say("contract.render.commitment-seal", lang, seal=_seal(document)[:SEAL_SHORT]))
    headings = ("sign-name", "sign-role", "sign-date", "sign-signature")
    yield Signatures(tuple(say(f"contract.render.{key}", lang) for key in headings), 8)


def _annexes(
    document: Mapping[str, Any], written: Mapping[str, RenderedTable], lang: Language
) -> Iterator[Block]:
    yield Heading(say("contract.render.chapter-findings", lang), page=True)
    if {"findings-lint", "findings-check"} & written.keys():
        yield from tabled(written, "findings-lint", "findings-check")
    else:
        linted = document.get("lint") is not None
        key = "no-findings" if linted else "not-linted"
        yield Text(say(f"contract.render.{key}", lang))
    yield Heading(say("contract.render.chapter-evidence", lang))
    yield from tabled(written, "target-activity", "factors", "parameters", "files", "methods")
    if document.get("draft"):
        return
    yield Heading(say("contract.render.chapter-verify", lang))
    yield Text(say("contract.render.verify-seal", lang))
    yield Text("vatra verify contract.json", "code")
    yield Text(say("contract.render.verify-pack", lang))
    yield Text(say("contract.render.verify-full", lang, seal=_seal(document)), "soft")
