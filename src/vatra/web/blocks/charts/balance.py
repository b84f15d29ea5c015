"""Where the heat of a building goes on its heated days, and where it comes from, as bars."""

from __future__ import annotations

from collections.abc import Sequence

from vatra.contract.charts import Chart, Column, RenderedTable
from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.chart import NARROW
from vatra.contract.charts.typeface import SEMIBOLD
from vatra.web.blocks.folders import BlockYear
from vatra.web.blocks.heat import HeatBalance, heat_balance
from vatra.web.blocks.queries import name_of
from vatra.words import Language, number, percent, say

NAME = "heat-balance"
_BAR = 15.0
_ROW = 40.0
Bars = Sequence[tuple[str, int, str]]


def build(year: BlockYear, lang: Language) -> Chart:
    """The balance of a building's heated days."""
    found = heat_balance(year)
    out = _bars("part", found.out_wh, "river", lang)
    come = _bars("from", found.in_wh, "ember", lang)
    largest = max(found.out_wh, key=lambda name: found.out_wh[name])
    title = say(
        "web.blocks.balance-title",
        lang,
        name=name_of(year.building),
        part=say(f"web.blocks.through-{largest}", lang),
        share=percent(found.out_wh[largest] / (found.lost_wh or 1), lang),
    )
    table = _table(found, lang)
    alt = " ".join([title, *(f"{words}: {_mwh(wh, lang)}." for words, wh, _ in (*out, *come))])

    def draw(canvas: Canvas, top: float) -> float:
        y = _group(canvas, top, say("web.blocks.balance-out", lang), out, found.lost_wh, lang)
        whole = sum(found.in_wh.values())
        return _group(canvas, y + 10, say("web.blocks.balance-in", lang), come, whole, lang)

    return Chart(NAME, title, alt, lang, {}, table, year.needs.synthetic, draw)


def _bars(kind: str, values: dict[str, int], role: str, lang: Language) -> Bars:
    found = [(say(f"web.blocks.{kind}-{name}", lang), wh, role) for name, wh in values.items()]
    return sorted(found, key=lambda each: -each[1])


def _mwh(energy_wh: int, lang: Language) -> str:
    return f"{number(energy_wh / 1e6, lang, 1)}\u00a0MWh"


def _table(found: HeatBalance, lang: Language) -> RenderedTable:
    rows = [(say(f"web.blocks.part-{name}", lang), round(wh / 1e6, 3), round(wh / found.lost_wh * 100, 1)) for name, wh in found.out_wh.items()]  # noqa: E501  # fmt: skip
    whole = sum(found.in_wh.values()) or 1
    come = [(say(f"web.blocks.from-{name}", lang), round(wh / 1e6, 3), round(wh / whole * 100, 1)) for name, wh in found.in_wh.items()]  # noqa: E501  # fmt: skip
    columns = (
        Column("part", say("web.blocks.balance-part", lang)),
        Column("energy", say("web.blocks.balance-energy", lang), "MWh", "number", 1),
        Column("share", say("web.blocks.balance-share", lang), "%", "number", 1),
    )
    return RenderedTable(
        NAME, say("web.blocks.balance-table", lang), columns, tuple(rows + come),
        say("web.blocks.balance-note", lang, days=found.days_count),
    )  # fmt: skip


def _group(
    canvas: Canvas, top: float, heading: str, bars: Bars, whole_wh: int, lang: Language
) -> float:
    narrow = canvas.width < NARROW
    size = 12 if narrow else 13
    y = top + 16
    canvas.text(8, y, heading, "ink", size, SEMIBOLD)
    room = canvas.width - 150
    widest = max((abs(wh) for _, wh, _ in bars), default=1) or 1
    y += 8
    for words, wh, role in bars:
        canvas.text(8, y + 13, words, "ink", size)
        width = max(abs(wh) / widest * room, 1)
        canvas.rect(8, y + 19, width, _BAR, role, 1.0 if wh >= 0 else 0.3)
        share = percent(wh / whole_wh if whole_wh else 0.0, lang)
        canvas.text(8 + width + 6, y + 31, f"{_mwh(wh, lang)} · {share}", "ink-soft", size - 1)
        y += _ROW
    return y + 4
