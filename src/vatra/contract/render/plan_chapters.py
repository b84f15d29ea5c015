"""Chapters of the plan: modules B and C of the contract, and its Investment Plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vatra.contract.charts import Chart
from vatra.contract.charts.table import RenderedTable
from vatra.contract.render.blocks import Block, Heading, Tabled, Text, pictures, tabled
from vatra.contract.render.narrative import has_text, keys_of, narrative
from vatra.contract.render.tables.actions import outline_tables
from vatra.contract.render.tables.investment import PARTS, part_of
from vatra.words import Language, euros, say


def plan_chapters(
    document: Mapping[str, Any],
    written: Mapping[str, RenderedTable],
    drawn: Mapping[str, Chart],
    lang: Language,
) -> Iterator[Block]:
    """What a contract has of modules B and C and of the Investment Plan."""
    yield from _module_b(document, written, drawn, lang)
    yield from _module_c(document, written, lang)
    yield from _investment(document, written, drawn, lang)


def _module_b(
    document: Mapping[str, Any],
    written: Mapping[str, RenderedTable],
    drawn: Mapping[str, Chart],
    lang: Language,
) -> Iterator[Block]:
    told = keys_of("action", "B")
    if not {"b-1", "b-2.2"} & written.keys() and not has_text(document, lang, *told):
        return
    yield Heading(say("contract.render.chapter-b", lang), page=True)
    yield from narrative(document, lang, *told)
    if "b-1" in written:
        yield Heading(say("contract.render.section-b-1", lang), 2)
        for name in ("fan", "wedges"):
            yield from pictures(drawn, (name,))
        yield from tabled(
            written, "b-1", "b-1-wedges", "b-1-unexplained", "b-1-tornado", "b-1-next"
        )
        yield Heading(say("contract.render.section-b-left", lang), 2)
        yield from tabled(written, "b-1-residual", "b-1-sinks", "b-1-budget", "b-1-net-zero")
    if "b-2.1" in written:
        yield Heading(say("contract.render.section-b-2", lang), 2)
        yield from tabled(written, "b-2.1")
        yield Heading(say("contract.render.section-b-2.2", lang), 2)
        yield from (Tabled(each) for each in outline_tables(document, lang))
    if "b-2.2" in written:
        yield Heading(say("contract.render.section-b-printed", lang), 2)
        yield from pictures(drawn, ("measures",))
        yield from tabled(written, "b-2.2", "b-2.2-energy")
    if "b-3.1" in written:
        yield Heading(say("contract.render.section-b-3", lang), 2)
        yield from tabled(written, "b-3.1", "b-3.2")


def _module_c(
    document: Mapping[str, Any], written: Mapping[str, RenderedTable], lang: Language
) -> Iterator[Block]:
    told = (*keys_of("action", "C"), "outlook")
    if "c-1.1" not in written and not has_text(document, lang, *told):
        return
    yield Heading(say("contract.render.chapter-c", lang), page=True)
    yield from narrative(document, lang, *told)
    yield from tabled(written, "c-1.1", "c-2.1")


def _investment(
    document: Mapping[str, Any],
    written: Mapping[str, RenderedTable],
    drawn: Mapping[str, Chart],
    lang: Language,
) -> Iterator[Block]:
    money = document.get("investment")
    if not money:
        yield from _told_investment(document, lang)
        return
    yield Heading(say("contract.render.chapter-ip", lang), page=True)
    if "cash" not in drawn:
        yield Text(money_sentence(money, lang))
    yield from pictures(drawn, ("cash",))
    yield from tabled(written, "ip-uses", "ip-sources", "ip-actors")
    templates = [each for id, each in written.items() if id.startswith("ip-t")]
    for part in PARTS:
        yield Heading(say(f"contract.render.ip-part-{part}", lang), 2)
        yield from narrative(document, lang, *keys_of("investment", part))
        yield from (Tabled(each) for each in templates if part_of(each) == part)


def _told_investment(document: Mapping[str, Any], lang: Language) -> Iterator[Block]:
    """The text of the Investment Plan of a contract that has no costs."""
    told = keys_of("investment")
    if has_text(document, lang, *told):
        yield Heading(say("contract.render.chapter-ip", lang), page=True)
        yield from narrative(document, lang, *told)


def money_sentence(money: Mapping[str, Any], lang: Language) -> str:
    """What the plan needs, what its sources pay, and from when on money is missing."""
    total, gap = money["total_cents"], money["total_gap_cents"]
    key = "contract.render.ip-answer" if gap else "contract.render.ip-answer-covered"
    return say(
        key,
        lang,
        total=euros(total, lang),
        found=euros(total - gap, lang),
        gap=euros(gap, lang),
        first=str(money["first_gap_year"]),
        year=str(money["years"][-1]),
    )
