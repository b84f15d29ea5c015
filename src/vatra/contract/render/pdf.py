"""The contract as PDF/UA-1: tagged, with alternative texts, the same bytes on every machine.

Typst compiles ``contract.typ`` from memory; texts, tables and charts reach it as one JSON, so
that no name of a city or a measure is ever read as markup. Only the shipped fonts are used.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import Any

import typst

from vatra.contract.charts import Chart
from vatra.contract.charts.chart import HALF_WIDTH, WIDTH
from vatra.contract.charts.table import RenderedTable
from vatra.contract.charts.typeface import font_folder, writable
from vatra.contract.narrative_markdown import Grid, Items, Paragraph, Piece, Span
from vatra.contract.render.outline import (
    Answered,
    Block,
    Heading,
    Outline,
    Pictures,
    Prose,
    Signatures,
    Tabled,
    Text,
    outline,
)
from vatra.contract.render.widths import breakable, fit, heading_groups
from vatra.words import Language, say

STANDARD = "ua-1"
# Stands before the seal among the keywords of the file.
SEAL_MARK = "vatra-seal:"
# A4 less two margins of 2 cm.
TEXT_WIDTH_PT = 481.8
PROSE_PT = 9.5


def pdf(document: Mapping[str, Any], lang: Language) -> bytes:
    """The contract as PDF/UA-1 bytes."""
    compiled = _compile(document, lang, "pdf", pdf_standards=[STANDARD])
    return compiled if isinstance(compiled, bytes) else compiled[0]


def page_images(
    document: Mapping[str, Any], lang: Language, dots_per_inch: int = 80
) -> list[bytes]:
    """Every page as PNG, to be looked at."""
    compiled = _compile(document, lang, "png", ppi=dots_per_inch)
    return [compiled] if isinstance(compiled, bytes) else list(compiled)


def _compile(
    document: Mapping[str, Any], lang: Language, format: str, **options: Any
) -> bytes | list[bytes]:
    data = json.dumps(page_data(outline(document, lang)), ensure_ascii=False, sort_keys=True)
    source = (resources.files("vatra.contract.render") / "contract.typ").read_bytes()
    with tempfile.TemporaryDirectory() as root:
        compiler = typst.Compiler(  # type: ignore[misc]
            source, root=root, font_paths=[str(font_folder())], ignore_system_fonts=True
        )
        result = compiler.compile(
            format=format,  # type: ignore[arg-type]
            sys_inputs={"data": data},
            timestamp=0,
            **options,
        )
    if result is None:
        raise RuntimeError("typst gave no document back")
    return result


def page_data(whole: Outline) -> dict[str, Any]:
    """The outline as plain data for the template; every text in characters the font has."""
    synthetic = whole.cover.synthetic
    return _written(
        {
            "lang": whole.lang,
            "title": whole.title,
            "footer": whole.footer,
            # So that who is handed the file alone finds the contract it was printed from.
            "keywords": [f"{SEAL_MARK}{whole.seal}"] if whole.seal else [],
            "synthetic": synthetic,
            "synthetic_short": synthetic.split(":")[0],
            "contents": say("contract.render.contents", whole.lang),
            "page": say("contract.render.page-of", whole.lang),
            "cover": {
                "city": breakable(whole.cover.city, 34),
                "kind": whole.cover.kind,
                "years": whole.cover.years,
                "facts": [list(fact) for fact in whole.cover.facts],
            },
            "blocks": [_block(each, whole.lang) for each in whole.blocks],
        }
    )


def _block(block: Block, lang: Language) -> dict[str, Any]:
    match block:
        case Heading(text, level, page):
            return {"is": "heading", "text": text, "level": level, "page": page}
        case Text(text, look):
            return {"is": "text", "text": text, "look": look}
        case Answered(answer):
            verdicts = [{"words": each.words, "kept": each.kept} for each in answer.verdicts]
            return {"is": "answer", "sentence": answer.sentence, "verdicts": verdicts}
        case Pictures(charts):
            width = WIDTH if len(charts) == 1 else HALF_WIDTH
            return {"is": "pictures", "charts": [_chart(each, width) for each in charts]}
        case Tabled(table):
            return _table(table, lang)
        case Signatures(headings, line_count):
            return {"is": "signatures", "headings": list(headings), "lines": line_count}
        case Prose(piece):
            return _prose(piece)


def _prose(piece: Piece) -> dict[str, Any]:
    match piece:
        case Paragraph(spans, heading):
            return {"is": "prose", "spans": _spans(spans), "heading": heading}
        case Items(items):
            listed = [{"depth": d, "mark": m, "spans": _spans(s)} for d, m, s in items]
            return {"is": "items", "items": listed}
        case Grid(rows):
            cells = [[_spans(cell) for cell in row] for row in rows]
            return {"is": "grid", "columns": max(len(row) for row in rows), "rows": cells}


def _spans(spans: Iterable[Span]) -> list[dict[str, Any]]:
    return [
        {
            "text": breakable(each.text, PROSE_PT),
            "strong": each.strong,
            "emphasis": each.emphasis,
            "link": each.link,
        }
        for each in spans
    ]


def _chart(chart: Chart, width: float) -> dict[str, str]:
    svg = chart.svg("light", width, heading=False, ground=False)
    return {"title": chart.title, "alt": chart.alt, "svg": svg}


def _table(table: RenderedTable, lang: Language) -> dict[str, Any]:
    fitted = fit(table, lang, TEXT_WIDTH_PT)
    groups = [
        {"title": each.title, "units": list(each.units), "number": each.number}
        for each in heading_groups(table)
    ]
    return {
        "is": "table",
        "title": table.title,
        "note": table.note,
        "size": fitted.size_pt,
        "widths": list(fitted.widths_pt),
        "left": list(fitted.left_pt),
        "groups": groups,
        "grouped": any(len(each.units) > 1 for each in heading_groups(table)),
        "numbers": [column.kind == "number" for column in table.columns],
        "rows": [
            [breakable(cell, fitted.size_pt) if _long(cell) else cell for cell in row]
            for row in table.texts(lang)
        ],
        "totals": sorted(table.totals),
        "marks": [list(mark) for mark in sorted(table.marks)],
    }


def _long(cell: str) -> bool:
    """Whether a word may have to be broken; a hash never is."""
    return not re.fullmatch(r"[0-9a-f]{64}", cell)


def _written(content: Any) -> Any:
    """All texts with only the characters that the font has; a picture is written already."""
    if isinstance(content, str):
        return writable(content)
    if isinstance(content, list):
        return [_written(each) for each in content]
    if isinstance(content, dict):
        return {k: v if k == "svg" else _written(v) for k, v in content.items()}
    return content
