"""The annual report as PDF/UA-1, on the template of the contract: the same bytes everywhere."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from importlib import resources
from typing import Any

import typst

from vatra.contract.charts.typeface import font_folder
from vatra.contract.render.outline import SEAL_SHORT, Cover, Heading, Outline, Tabled, Text
from vatra.contract.render.pdf import page_data
from vatra.runs.monitor_tables import report_sentences, report_tables
from vatra.words import Language, say


def report_pdf(document: Mapping[str, Any], lang: Language) -> bytes:
    """A sealed annual report as PDF bytes."""
    return outline_pdf(report_outline(document, lang))


def outline_pdf(whole: Outline) -> bytes:
    """A document as PDF bytes."""
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


def report_outline(document: Mapping[str, Any], lang: Language) -> Outline:
    """Cover, sentences and tables of a report."""
    city, seal = document["city"], str(document["seal"]["value"])
    kind = say("runs.monitor-kind", lang)
    year = document["year"]
    facts = [
        (say("contract.render.cover-seal-short", lang), seal[:SEAL_SHORT]),
        (say("contract.render.cover-seal", lang), seal),
        (say("contract.render.cover-source", lang), city["source"]),
    ]
    sentences = [Text(each) for each in report_sentences(document, lang)]
    tables = [Tabled(each) for each in report_tables(document, lang)]
    return Outline(
        lang=lang,
        title=f"{city['name']}: {kind}",
        cover=Cover(
            city=city["name"],
            kind=kind,
            years="–" if year is None else str(year),
            facts=tuple((name, value) for name, value in facts if value),
            synthetic=say("contract.render.synthetic", lang) if city["synthetic"] else "",
        ),
        blocks=(Heading(kind), *sentences, *tables),
        seal=seal,
        footer=say("runs.monitor-footer", lang, city=city["name"], seal=seal[:SEAL_SHORT]),
    )
