"""A quarter's plan as people are handed it: sentences, pictures, tables; PDF/UA and DOCX."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any

import typst

from vatra.contract.charts.typeface import font_folder
from vatra.contract.render.docx import docx_of
from vatra.contract.render.outline import (
    SEAL_SHORT,
    Block,
    Cover,
    Heading,
    Outline,
    Pictures,
    Tabled,
    Text,
)
from vatra.contract.render.pdf import page_data
from vatra.runs.blueprint_apply import Applied
from vatra.runs.quarter import QuarterRun
from vatra.runs.quarter_charts import quarter_charts
from vatra.runs.quarter_rows import totals
from vatra.runs.quarter_tables import (
    blocks_table,
    carriers_table,
    classes_table,
    figures_table,
    measure_table,
    packages_table,
    payers_table,
    published_table,
    years_table,
)
from vatra.words import Language, euros, number, percent, say

_G_PER_T, _EUR = 1e6, 100


def report_pdf(
    run: QuarterRun, sealed: Mapping[str, Any], lang: Language, applied: Applied | None = None
) -> bytes:
    """The plan as PDF/UA-1 bytes, the same on every machine; ``sealed`` is its blueprint."""
    whole = report_outline(run, sealed, lang, applied)
    data = json.dumps(page_data(whole), ensure_ascii=False, sort_keys=True)
    source = (resources.files("vatra.contract.render") / "contract.typ").read_bytes()
    with tempfile.TemporaryDirectory() as root:
        compiler = typst.Compiler(  # type: ignore[misc]
            source, root=root, font_paths=[str(font_folder())], ignore_system_fonts=True
        )
        made = compiler.compile(
            format="pdf", sys_inputs={"data": data}, timestamp=0, pdf_standards=["ua-1"]
        )
    if made is None:
        raise RuntimeError("typst gave no document back")
    return made if isinstance(made, bytes) else made[0]


def report_docx(
    run: QuarterRun, sealed: Mapping[str, Any], lang: Language, applied: Applied | None = None
) -> bytes:
    """The plan as DOCX bytes."""
    return docx_of(report_outline(run, sealed, lang, applied))


def report_outline(
    run: QuarterRun, sealed: Mapping[str, Any], lang: Language, applied: Applied | None = None
) -> Outline:
    """Cover, answer, pictures, tables, what to measure, and the blocks one by one."""
    seal = str(sealed["seal"]["value"])
    kind = say("runs.quarter-kind", lang)
    name = quarter_name(run, lang)
    years = f"{run.order.years[0]}–{run.order.years[-1]}"
    facts = (
        (say("runs.quarter-climate", lang), run.climate.name),
        (say("runs.quarter-day", lang), run.question.asked.on_date.isoformat()),
        (say("contract.render.cover-seal", lang), seal),
    )
    synthetic = say("contract.render.synthetic", lang) if run.synthetic else ""
    return Outline(
        lang=lang,
        title=f"{name}: {kind}",
        cover=Cover(name, kind, years, facts, synthetic),
        blocks=tuple(_blocks(run, lang, applied)),
        seal=seal,
        footer=say("runs.quarter-footer", lang, name=name, seal=seal[:SEAL_SHORT]),
    )


def quarter_name(run: QuarterRun, lang: Language) -> str:
    """The quarter by name, or as what it is."""
    return run.name.replace("_", " ") or say("runs.quarter-unnamed", lang)


def _blocks(run: QuarterRun, lang: Language, applied: Applied | None) -> Iterator[Block]:
    drawn = {chart.name: chart for chart in quarter_charts(run, lang)}

    def pictures(name: str) -> Iterator[Block]:
        if name in drawn:
            yield Pictures((drawn[name],))

    yield Heading(say("runs.quarter-chapter-answer", lang), page=True)
    yield from (Text(each) for each in sentences(run, lang, applied))
    yield from pictures("quarter-bars")
    yield Tabled(figures_table(run, lang))
    yield from pictures("quarter-map")
    yield Heading(say("runs.quarter-chapter-choice", lang), page=True)
    yield from pictures("quarter-front")
    yield from (Tabled(make(run, lang)) for make in (packages_table, payers_table, classes_table,
                                                     carriers_table))  # fmt: skip
    yield Heading(say("runs.quarter-chapter-works", lang), page=True)
    yield from pictures("quarter-works")
    yield Tabled(years_table(run, lang))
    if applied is not None:
        yield Heading(say("runs.quarter-chapter-measure", lang), page=True)
        yield Tabled(measure_table(applied.measure, lang))
    yield Heading(say("runs.quarter-chapter-published", lang), page=True)
    yield Text(say("runs.quarter-published-words", lang))
    yield Tabled(published_table(lang))
    yield Heading(say("runs.quarter-chapter-blocks", lang), page=True)
    yield Tabled(blocks_table(run, lang))


def sentences(run: QuarterRun, lang: Language, applied: Applied | None = None) -> list[str]:
    """The answer first: what is done, saved and paid, how sure, and what was left out."""
    whole = totals(run)
    before, after = whole["before_co2_g"], whole["after_co2_g"]
    _, _, high = whole["ranges"]["co2_saved_g"]
    low = whole["ranges"]["co2_saved_g"][0]
    said = [
        say(
            "runs.quarter-first",
            lang,
            name=quarter_name(run, lang),
            blocks=whole["blocks_with_works_count"],
            all=whole["blocks_count"],
            flats=whole["flats_with_works_count"],
            cost=euros(whole["cost_cents"], lang),
            cut=percent(1 - after / before if before else 0.0, lang, 1),
            saved=number((before - after) / _G_PER_T, lang, 0),
            low=number(low / _G_PER_T, lang, 0),
            high=number(high / _G_PER_T, lang, 0),
        )
    ]
    if whole["cost_p10_cents"] is not None:
        said.append(
            say(
                "runs.quarter-money",
                lang,
                low=euros(whole["cost_p10_cents"], lang),
                high=euros(whole["cost_p90_cents"], lang),
            )
        )
    said += _owners(whole, lang)
    said.append(_proof(run, lang))
    said += _network(run, lang)
    said += _sun(run, lang)
    said += _left(run, lang)
    return [*said, *(applied_sentences(applied, lang) if applied else [])]


def _owners(whole: Mapping[str, Any], lang: Language) -> list[str]:
    flat = whole["owners_flat"]
    if flat["median_cents"] is None:
        return []
    low, middle, high = (euros(flat[f"{name}_cents"], lang) for name in ("least", "median", "most"))
    return [say("runs.quarter-owners", lang, low=low, middle=middle, high=high)]


def _proof(run: QuarterRun, lang: Language) -> str:
    if run.chosen.method == "copied":
        return say("runs.quarter-copied", lang)
    key = "runs.quarter-proved" if run.chosen.proved else "runs.quarter-bounded"
    return say(key, lang, gap=percent(run.chosen.gap_share, lang, 3))


def _network(run: QuarterRun, lang: Language) -> list[str]:
    view = run.network
    if view is None:
        return []
    if view.after is None:
        return [say("runs.quarter-network-ends", lang, count=len(view.left))]
    said = {
        "left": len(view.left),
        "stay": view.after.blocks_count,
        "lost_before": percent(view.before.lost_share, lang, 1),
        "lost_after": percent(view.after.lost_share, lang, 1),
        "return_before": number(view.before.return_c or 0.0, lang, 1),
        "return_after": number(view.after.return_c or 0.0, lang, 1),
        "price_before": number(view.before.eur_mwh or 0.0, lang, 0),
        "price_after": number(view.after.eur_mwh or 0.0, lang, 0),
    }
    found = [say("runs.quarter-network", lang, **said)]
    if said["price_after"] != said["price_before"]:
        key = "left" if view.left else "less"
        found.append(say(f"runs.quarter-network-{key}", lang, **said))
    return found


def _sun(run: QuarterRun, lang: Language) -> list[str]:
    if run.sun is None:
        return []
    made = run.sun.made_wh or 1
    return [
        say(
            "runs.quarter-sun",
            lang,
            kwp=number(run.sun.panels_kwp, lang, 0),
            made=number(run.sun.made_wh / 1e9, lang, 2),
            alone=percent(run.sun.alone_wh / made, lang),
            shared=percent(run.sun.shared_wh / made, lang),
            fed=percent(run.sun.fed_wh / made, lang),
        )
    ]


def _left(run: QuarterRun, lang: Language) -> list[str]:
    if not run.order.left:
        return []
    codes = [run.menu.blocks[each] for each in run.order.left]
    return [say("runs.quarter-left", lang, count=len(codes), blocks=codes[:10])]


def applied_sentences(applied: Applied, lang: Language) -> list[str]:
    """What the blueprint was of, how alike the blocks are, and what the rules would choose here."""
    about = applied.document["about"]
    alike = sum(each.level == "same" for each in applied.found)
    said = [
        say(
            "runs.quarter-applied",
            lang,
            there=str(about["name"]).replace("_", " "),
            day=about["on_date"],
            alike=alike,
            count=len(applied.found),
        )
    ]
    if applied.own is not None:
        before = applied.own.before("co2_kg")
        cut = 1 - applied.own.after("co2_kg") / before if before else 0.0
        said.append(
            say(
                "runs.quarter-own",
                lang,
                cost=euros(applied.own.cost_cents, lang),
                cut=percent(cut, lang, 1),
            )
        )
    elif applied.short is not None:
        said.append(
            say("runs.quarter-own-short", lang, reasons=" ".join(applied.short.texts(lang)))
        )
    return said
