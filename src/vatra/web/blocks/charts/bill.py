"""What a building pays in a year, service by service, as bars."""

from __future__ import annotations

from datetime import date

from vatra.contract.charts import Chart, Column, RenderedTable
from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.chart import NARROW
from vatra.tables import label
from vatra.web.blocks.bills import bills_of, household_eur_per_mwh
from vatra.web.blocks.folders import Held
from vatra.web.blocks.queries import name_of
from vatra.web.blocks.wording import euro_words, service_words
from vatra.words import Language, number, percent, say

NAME = "bill"
_ROW = 40.0
Line = tuple[str, float, float]


def build(held: Held, at: int, lang: Language) -> Chart:
    """The bill of a building by service; carriers of a service together."""
    bills, prices = bills_of(held, date.today()), household_eur_per_mwh()
    lines: dict[str, tuple[float, float]] = {}
    rows = []
    for (service, carrier), kwh in bills.metered(at).items():
        euros = kwh / 1e3 * prices.get(carrier, 0.0)
        before = lines.get(service, (0.0, 0.0))
        lines[service] = before[0] + kwh, before[1] + euros
        words = service_words(service, lang)
        rows.append((words, label("carrier", carrier, lang), round(kwh), round(euros)))
    listed = sorted(
        ((service_words(name, lang), *values) for name, values in lines.items()),
        key=lambda each: -each[2],
    )
    whole = sum(euros for _, _, euros in listed)
    title = say(
        "web.blocks.bill-title",
        lang,
        name=name_of(held.stock.buildings[at]),
        euros=euro_words(whole, lang),
        service=listed[0][0] if listed else "–",
        share=percent(listed[0][2] / whole if whole else 0.0, lang),
    )
    columns = (
        Column("service", say("web.blocks.service", lang)),
        Column("carrier", say("web.blocks.carrier", lang)),
        Column("energy", say("web.blocks.bought", lang), "kWh", "number"),
        Column("bill", say("web.blocks.bill", lang), "EUR", "number"),
    )
    table = RenderedTable(NAME, say("web.blocks.table-bill", lang), columns, tuple(rows))
    alt = " ".join([title, *(f"{name}: {euro_words(eur, lang)}." for name, _, eur in listed)])

    def draw(canvas: Canvas, top: float) -> float:
        return _draw(canvas, top, listed, lang)

    return Chart(NAME, title, alt, lang, {}, table, held.synthetic, draw)


def _draw(canvas: Canvas, top: float, lines: list[Line], lang: Language) -> float:
    size = 12 if canvas.width < NARROW else 13
    widest = max((euros for _, _, euros in lines), default=1.0) or 1.0
    room, y = canvas.width - 190, top + 4
    for name, kwh, euros in lines:
        canvas.text(8, y + 13, name, "ink", size)
        width = max(euros / widest * room, 1)
        canvas.rect(8, y + 19, width, 15, "river")
        words = f"{euro_words(euros, lang)} · {number(kwh / 1e3, lang, 1)}\u00a0MWh"
        canvas.text(8 + width + 6, y + 31, words, "ink-soft", size - 1)
        y += _ROW
    return y + 4
