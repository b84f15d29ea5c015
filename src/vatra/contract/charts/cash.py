"""The money of a plan year by year: what each kind of source pays, and what nobody pays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.chart import NARROW, Chart
from vatra.contract.charts.plane import tick_step
from vatra.contract.charts.table import Column, RenderedTable, euro_value, text_column
from vatra.contract.charts.typeface import text_width
from vatra.words import Language, euros, number, say

NAME = "cash"
PLACE = 70
_HEIGHT = 240.0
# Kinds of money from the ground up, the instruments of each, and its colour.
KINDS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "own": (("own_budget", "owners_fund"), "spruce"),
    "grants": (("eu_grant", "national_grant"), "river"),
    "debt": (("loan", "bond"), "driver-grid"),
    "others": (("esco", "ppp", "private", "carbon_revenue"), "driver-background"),
}
GAP, GAP_ROLE = "gap", "ember"


@dataclass(frozen=True)
class Cash:
    """Cents by kind of money and year; ``gap`` the last kind, what nobody pays."""

    years: tuple[str, ...]
    by_kind: Mapping[str, tuple[int, ...]]

    @property
    def totals(self) -> list[int]:
        """What is needed in each year."""
        return [sum(each[at] for each in self.by_kind.values()) for at in range(len(self.years))]


def applies(document: Mapping[str, Any]) -> bool:
    """Whether there is anything to pay."""
    money = document.get("investment")
    return money is not None and money["total_cents"] > 0


def build(document: Mapping[str, Any], lang: Language) -> Chart:
    """The cash chart of a contract."""
    money = document["investment"]
    found = cash_of(money)
    title = _title(money, found, lang)
    names = {kind: say(f"contract.charts.cash-{kind}", lang) for kind in found.by_kind}
    spoken = [
        f"{year}: {euros(total, lang)}."
        for year, total in zip(found.years, found.totals, strict=True)
    ]
    columns = (
        text_column("year", "contract.charts.cash-year", lang),
        *(Column(kind, name, "EUR", "number") for kind, name in names.items()),
        Column("total", say("contract.charts.cash-total", lang), "EUR", "number"),
    )
    rows = tuple(
        (
            year,
            *(euro_value(each[at]) for each in found.by_kind.values()),
            euro_value(found.totals[at]),
        )
        for at, year in enumerate(found.years)
    )
    data = {
        "unit": "EUR",
        "categories": [{"code": year, "label": year} for year in found.years],
        "series": [
            {"code": kind, "name": names[kind], "values": [euro_value(each) for each in values]}
            for kind, values in found.by_kind.items()
        ],
        "lines": [],
    }

    def draw(canvas: Canvas, top: float) -> float:
        return _draw(canvas, top, found, names, lang)

    table = RenderedTable("cash", say("contract.charts.cash-table", lang), columns, rows)
    synthetic = bool(document["city"].get("synthetic"))
    return Chart(NAME, title, " ".join([title, *spoken]), lang, data, table, synthetic, draw)


def cash_of(money: Mapping[str, Any]) -> Cash:
    """Sources put together by kind, years without any money at either end left out."""
    years = [str(year) for year in money["years"]]
    gap = {year: sum(each[year] for each in money["gap_cents"].values()) for year in years}
    by_kind = {
        kind: {
            year: sum(
                each["paid_cents"][year]
                for each in money["sources"]
                if each["instrument"] in instruments
            )
            for year in years
        }
        for kind, (instruments, _) in KINDS.items()
    } | {GAP: gap}
    paid = [at for at, year in enumerate(years) if any(each[year] for each in by_kind.values())]
    shown = years[paid[0] : paid[-1] + 1] if paid else years
    return Cash(
        tuple(shown),
        {
            kind: tuple(each[year] for year in shown)
            for kind, each in by_kind.items()
            if any(each.values())
        },
    )


def _title(money: Mapping[str, Any], found: Cash, lang: Language) -> str:
    largest = max(range(len(found.years)), key=lambda at: (found.totals[at], -at))
    said = {
        "total": euros(money["total_cents"], lang),
        "peak": euros(found.totals[largest], lang),
        "year": found.years[largest],
    }
    if not money["total_gap_cents"]:
        return say("contract.charts.cash-title-covered", lang, **said)
    missing = euros(money["total_gap_cents"], lang)
    first = str(money["first_gap_year"])
    return say("contract.charts.cash-title", lang, **said, missing=missing, first=first)


def _draw(
    canvas: Canvas, top: float, found: Cash, names: Mapping[str, str], lang: Language
) -> float:
    narrow = canvas.width < NARROW
    y = _key(canvas, top + 8, names)
    left, right = (58.0 if narrow else 74.0), canvas.width - 14.0
    bottom = y + _HEIGHT
    most = max(found.totals) / 100 or 1.0
    size, unit = (1e9, "bn") if most >= 2e9 else (1e6, "m")
    step = tick_step(most / size, 5)
    high = most / size * 1.04

    def height(amount: float) -> float:
        return amount / high * (_HEIGHT - 14)

    for at in range(int(high / step) + 1):
        level = bottom - height(at * step)
        canvas.line(left, level, right, level, "ink-soft" if at == 0 else "rule")
        canvas.text(left - 6, level + 4, number(at * step, lang), "ink-soft", 11, anchor="end")
    canvas.text(left, y + 2, say(f"contract.charts.cash-unit-{unit}", lang), "ink-soft", 11)
    slot = (right - left) / len(found.years)
    shown = max(1, -(-34 // int(slot))) if slot < 34 else 1
    for at, year in enumerate(found.years):
        x, level = left + at * slot + slot * 0.14, bottom
        for kind, values in found.by_kind.items():
            tall = height(values[at] / 100 / size)
            level -= tall
            _block(canvas, x, level, slot * 0.72, tall, kind)
        if (len(found.years) - 1 - at) % shown == 0:
            canvas.text(left + (at + 0.5) * slot, bottom + 17, year, "ink", 12, anchor="middle")
    return bottom + 30


def _block(canvas: Canvas, x: float, y: float, width: float, tall: float, kind: str) -> None:
    """What nobody pays is an empty frame in pale ember, not a block like the others."""
    if tall <= 0:
        return
    if kind == GAP:
        canvas.rect(x, y, width, tall, GAP_ROLE, 0.18, outline=True)
    else:
        canvas.rect(x, y, width, tall, KINDS[kind][1])


def _key(canvas: Canvas, y: float, names: Mapping[str, str]) -> float:
    x = 16.0
    for kind, words in names.items():
        width = 20 + text_width(words, 12) + 16
        if x + width > canvas.width - 8 and x > 16:
            x, y = 16.0, y + 20
        _block(canvas, x, y - 10, 12, 12, kind)
        canvas.text(x + 19, y, words, "ink-soft", 12)
        x += width
    return y + 20
