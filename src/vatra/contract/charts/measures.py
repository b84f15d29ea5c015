"""What each measure claims to remove, the largest first; those without tonnes are marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vatra.contract.charts.canvas import Canvas, wrapped
from vatra.contract.charts.chart import NARROW, Chart
from vatra.contract.charts.palette import sector_role
from vatra.contract.charts.table import (
    Column,
    RenderedTable,
    gas_unit,
    gas_words,
    in_sector_order,
    text_column,
    tonnes_value,
)
from vatra.contract.charts.typeface import SEMIBOLD, text_width
from vatra.tables import label
from vatra.words import Language, number, say

NAME = "measures"
PLACE = 50
# More bars than a page holds are drawn as one; the table names them all.
MOST_BARS = 28


def applies(document: Mapping[str, Any]) -> bool:
    """Whether there are measures."""
    return bool(document.get("measures"))


def build(document: Mapping[str, Any], lang: Language) -> Chart:
    """The measures chart of a contract."""
    measures = by_claim(document["measures"])
    claimed = [each for each in measures if each["claimed_mg"] is not None]
    total = sum(each["claimed_mg"] for each in claimed)
    words = {
        "count": len(measures),
        "claimed": len(claimed),
        "missing": len(measures) - len(claimed),
        "total": gas_words(total, document, lang),
    }
    if claimed:
        words |= {
            "name": claimed[0]["name"][lang],
            "most": gas_words(claimed[0]["claimed_mg"], document, lang),
        }
        title = say("contract.charts.measures-title", lang, **words)
    else:
        title = say("contract.charts.measures-title-none", lang, **words)
    alt = " ".join([title, *(f"{_spoken(each, document, lang)}." for each in measures)])
    data = {
        "unit": gas_unit(document),
        "categories": [
            {"code": each["code"], "label": each["name"][lang], "sector": each["sector"]}
            for each in measures
        ],
        "series": [
            {
                "code": "claimed",
                "name": say("contract.charts.claimed", lang),
                "values": [tonnes_value(each["claimed_mg"]) for each in measures],
            }
        ],
        "lines": [],
        "missing": say("contract.charts.not-printed", lang),
    }

    def draw(canvas: Canvas, top: float) -> float:
        return _draw(canvas, top, measures, document, lang)

    table = _table(document, measures, lang)
    synthetic = bool(document["city"].get("synthetic"))
    return Chart(NAME, title, alt, lang, data, table, synthetic, draw)


def by_claim(measures: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The largest claim first, measures without tonnes last, then by code."""
    return sorted(
        measures,
        key=lambda m: (m["claimed_mg"] is None, -(m["claimed_mg"] or 0), str(m["code"])),
    )


def _spoken(measure: Mapping[str, Any], document: Mapping[str, Any], lang: Language) -> str:
    claim = measure["claimed_mg"]
    said = (
        say("contract.charts.not-printed", lang)
        if claim is None
        else gas_words(claim, document, lang)
    )
    return f"{measure['code']} {measure['name'][lang]}: {said}"


def _table(
    document: Mapping[str, Any], measures: Sequence[Mapping[str, Any]], lang: Language
) -> RenderedTable:
    missing = say("contract.charts.not-printed", lang)
    return RenderedTable(
        "measures-claimed",
        say("contract.charts.measures-table", lang),
        (
            text_column("code", "contract.charts.code", lang),
            text_column("name", "contract.charts.measure", lang),
            text_column("sector", "contract.charts.sector", lang),
            Column(
                "claimed",
                say("contract.charts.claimed", lang),
                gas_unit(document),
                "number",
                blank=missing,
            ),
        ),
        tuple(
            (
                each["code"],
                each["name"][lang],
                label("sector", each["sector"], lang),
                tonnes_value(each["claimed_mg"]),
            )
            for each in measures
        ),
    )


def _draw(
    canvas: Canvas,
    top: float,
    measures: Sequence[Mapping[str, Any]],
    document: Mapping[str, Any],
    lang: Language,
) -> float:
    narrow = canvas.width < NARROW
    y = _key(canvas, top + 8, measures, lang)
    shown, rest = list(measures[:MOST_BARS]), measures[MOST_BARS:]
    left = 16.0 if narrow else 300.0
    right = canvas.width - (70.0 if narrow else 84.0)
    largest = max((each["claimed_mg"] or 0 for each in measures), default=0) or 1
    for each in shown:
        words = f"{each['code']} {each['name'][lang]}"
        if narrow:
            canvas.paragraph(16, y + 10, words, canvas.width - 32, "ink", 12, line_count=1)
            y += 15
        else:
            [line] = wrapped(words, left - 26, 13, line_count=1)
            canvas.text(left - 10, y + 13, line, "ink", 13, anchor="end")
        _bar(canvas, left, right, y, each, largest, lang)
        y += 24
    if rest:
        mass = sum(each["claimed_mg"] or 0 for each in rest)
        more = say(
            "contract.charts.measures-more",
            lang,
            count=len(rest),
            mass=gas_words(mass, document, lang),
        )
        canvas.text(16 if narrow else left, y + 14, more, "ink-soft", 12)
        y += 24
    return y + 6


def _bar(
    canvas: Canvas,
    left: float,
    right: float,
    y: float,
    measure: Mapping[str, Any],
    largest_mg: int,
    lang: Language,
) -> None:
    claim = measure["claimed_mg"]
    if claim is None:
        # A missing figure is a word beside an empty rim, never a bar of length zero.
        words = say("contract.charts.not-printed", lang)
        canvas.line(left, y + 1, left, y + 17, "ink-soft", 1.5, "2 2")
        canvas.text(left + 8, y + 13, words, "ink-soft", 12)
        return
    length = max(max(claim, 0) / largest_mg * (right - left), 1)
    canvas.rect(left, y, length, 18, sector_role(measure["sector"]))
    words = number(tonnes_value(claim) or 0, lang, 0) + "\u00a0t"
    canvas.text(left + length + 7, y + 13, words, "ink", 12, SEMIBOLD)


def _key(canvas: Canvas, y: float, measures: Sequence[Mapping[str, Any]], lang: Language) -> float:
    x = 16.0
    for sector in in_sector_order(each["sector"] for each in measures):
        words = label("sector", sector, lang)
        width = 20 + text_width(words, 12) + 16
        if x + width > canvas.width - 8 and x > 16:
            x, y = 16.0, y + 20
        canvas.rect(x, y - 10, 12, 12, sector_role(sector))
        canvas.text(x + 19, y, words, "ink-soft", 12)
        x += width
    return y + 18
