"""Where the base year's emissions arise: sectors as bars, scopes as their parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.chart import NARROW, Chart
from vatra.contract.charts.palette import sector_role
from vatra.contract.charts.table import (
    Column,
    RenderedTable,
    gas_unit,
    gas_words,
    in_sector_order,
    percent_value,
    text_column,
    tonnes_value,
)
from vatra.contract.charts.typeface import SEMIBOLD, text_width
from vatra.tables import label
from vatra.words import Language, number, percent, say

NAME = "sectors_scopes"
PLACE = 20
_NO_SCOPE = "none"
# Scope 1 stands full, scope 2 half, scope 3 and what has no scope paler, each with a rim.
_OPACITY = {"1": 1.0, "2": 0.55, "3": 0.22, _NO_SCOPE: 0.08}


def applies(document: Mapping[str, Any]) -> bool:
    """Whether the base year has emissions."""
    return bool(_masses(document))


def build(document: Mapping[str, Any], lang: Language) -> Chart:
    """The sectors and scopes chart of a contract."""
    masses = _masses(document)
    sectors = in_sector_order(masses)
    scopes = _scopes(masses)
    city, year = document["city"], str(document["city"]["base_year"])
    totals = {sector: sum(masses[sector].values()) for sector in sectors}
    whole = sum(totals.values())
    largest = max(sectors, key=lambda sector: totals[sector])
    by_scope = {scope: sum(masses[s].get(scope, 0) for s in sectors) for scope in scopes}
    title = say(
        "contract.charts.sectors-title",
        lang,
        sector=label("sector", largest, lang),
        part=gas_words(totals[largest], document, lang),
        whole=gas_words(whole, document, lang),
        share=percent(totals[largest] / whole if whole else 0, lang),
        year=year,
    )
    alt = " ".join(
        [
            title,
            *(
                f"{label('sector', sector, lang)}: "
                + "; ".join(
                    f"{_scope_words(scope, lang)} {gas_words(mass, document, lang)}"
                    for scope, mass in sorted(masses[sector].items())
                )
                + "."
                for sector in sectors
            ),
            *(
                f"{_scope_words(scope, lang)}: {gas_words(mass, document, lang)}."
                for scope, mass in by_scope.items()
            ),
        ]
    )
    data = {
        "unit": gas_unit(document),
        "categories": [
            {"code": sector, "label": label("sector", sector, lang)} for sector in sectors
        ],
        "series": [
            {
                "code": f"scope_{scope}",
                "name": _scope_words(scope, lang),
                "opacity_percent": round(_OPACITY[scope] * 100),
                "values": [tonnes_value(masses[sector].get(scope)) for sector in sectors],
            }
            for scope in scopes
        ],
        "lines": [],
    }

    def draw(canvas: Canvas, top: float) -> float:
        return _draw(canvas, top, document, lang, sectors, scopes)

    table = _table(document, sectors, scopes, lang)
    return Chart(NAME, title, alt, lang, data, table, bool(city.get("synthetic")), draw)


def _masses(document: Mapping[str, Any]) -> Mapping[str, Mapping[str, int]]:
    year = str(document["city"]["base_year"])
    return document["totals"].get("by_sector_scope", {}).get(year, {})


def _scopes(masses: Mapping[str, Mapping[str, int]]) -> list[str]:
    found = {scope for parts in masses.values() for scope in parts}
    return ["1", "2", "3"] + ([_NO_SCOPE] if _NO_SCOPE in found else [])


def _scope_words(scope: str, lang: Language) -> str:
    return say(f"contract.charts.scope-{scope}", lang)


def _table(
    document: Mapping[str, Any], sectors: list[str], scopes: list[str], lang: Language
) -> RenderedTable:
    masses, unit = _masses(document), gas_unit(document)
    parts = [(label("sector", s, lang), masses[s]) for s in sectors]
    summed = {
        scope: sum(masses[s].get(scope, 0) for s in sectors)
        for scope in scopes
        if any(scope in masses[s] for s in sectors)
    }
    whole = sum(summed.values())
    rows = tuple(
        (
            name,
            *(tonnes_value(part.get(scope)) for scope in scopes),
            tonnes_value(sum(part.values())),
            percent_value(sum(part.values()), whole),
        )
        for name, part in [*parts, (say("contract.charts.total", lang), summed)]
    )
    return RenderedTable(
        "sectors-scopes",
        say("contract.charts.sectors-table", lang, year=str(document["city"]["base_year"])),
        (
            text_column("sector", "contract.charts.sector", lang),
            *(
                Column(f"scope_{s}", say(f"contract.charts.scope-{s}-short", lang), unit, "number")
                for s in scopes
            ),
            Column("total", say("contract.charts.total", lang), unit, "number"),
            Column("share", say("contract.charts.share", lang), "%", "number", 2),
        ),
        rows,
        totals=frozenset({len(rows) - 1}),
    )


def _draw(
    canvas: Canvas,
    top: float,
    document: Mapping[str, Any],
    lang: Language,
    sectors: list[str],
    scopes: list[str],
) -> float:
    masses = _masses(document)
    narrow = canvas.width < NARROW
    left = 16.0 if narrow else 148.0
    right = canvas.width - (16.0 if narrow else 132.0)
    used = [scope for scope in scopes if any(scope in masses[s] for s in sectors)]
    y = _key(canvas, top + 8, used, lang, left)
    totals = {sector: sum(masses[sector].values()) for sector in sectors}
    whole = sum(totals.values())
    longest = max(max(totals.values()), 1)
    for sector in sectors:
        total = tonnes_value(totals[sector]) or 0
        words = number(total, lang, 0) + "\u00a0t"
        share = percent(totals[sector] / whole if whole else 0, lang)
        if narrow:
            canvas.text(left, y + 2, label("sector", sector, lang), "ink", 13, SEMIBOLD)
            canvas.text(right, y + 2, f"{words} · {share}", "ink", 13, anchor="end")
            y += 9
        else:
            canvas.text(left - 12, y + 17, label("sector", sector, lang), "ink", 13, anchor="end")
        x = left
        for scope in used:
            mass = masses[sector].get(scope, 0)
            length = max(mass, 0) / longest * (right - left)
            if length > 0:
                canvas.rect(
                    x,
                    y,
                    max(length - 1, 1),
                    24,
                    sector_role(sector),
                    _OPACITY[scope],
                    outline=_OPACITY[scope] < 1,
                )
            x += length
        if not narrow:
            canvas.text(x + 8, y + 17, words, "ink", 13, SEMIBOLD)
            canvas.text(x + 14 + text_width(words, 13, SEMIBOLD), y + 17, share, "ink-soft", 13)
        parts = " · ".join(
            f"{_short(scope, lang)}: {number(tonnes_value(masses[sector][scope]) or 0, lang, 0)}"
            for scope in used
            if scope in masses[sector]
        )
        canvas.text(left, y + 40, parts, "ink-soft", 12)
        y += 58 if not narrow else 66
    return y


def _short(scope: str, lang: Language) -> str:
    return say(f"contract.charts.scope-{scope}-short", lang)


def _key(canvas: Canvas, y: float, scopes: list[str], lang: Language, left: float) -> float:
    """What the tints mean, in words, beside a swatch of each."""
    x = left
    for scope in scopes:
        words = _scope_words(scope, lang)
        width = 20 + text_width(words, 12) + 18
        if x + width > canvas.width - 8 and x > left:
            x, y = left, y + 20
        canvas.rect(x, y - 10, 12, 12, "other", _OPACITY[scope], outline=True)
        canvas.text(x + 19, y, words, "ink-soft", 12)
        x += width
    return y + 22
