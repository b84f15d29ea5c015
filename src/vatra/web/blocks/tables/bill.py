"""What one building buys by service and carrier, with what serves it and who says so."""

from __future__ import annotations

from datetime import date

from vatra.tables import label
from vatra.web.base.tables import Cell, Column, Row, Table
from vatra.web.blocks.bills import Bills, bills_of, household_eur_per_mwh, price_source
from vatra.web.blocks.folders import Held
from vatra.web.blocks.tables.stock import ROOM
from vatra.web.blocks.wording import service_words
from vatra.words import Language, say

NAME = "bill"


def bill_table(held: Held, at: int, lang: Language) -> Table:
    """One row a service and carrier, and their sum."""
    code, bills = held.stock.buildings[at].code, bills_of(held, date.today())
    prices = household_eur_per_mwh()
    rows = []
    for (service, carrier), kwh in bills.metered(at).items():
        price = prices.get(carrier)
        rows.append(
            Row(
                (
                    Cell(service_words(service, lang)),
                    Cell(label("carrier", carrier, lang)),
                    Cell(_served_by(bills, at, service, lang)),
                    Cell(round(kwh)),
                    Cell(None if price is None else round(price, 1)),
                    Cell(None if price is None else round(kwh / 1e3 * price)),
                    Cell(price_source(carrier)),
                )
            )
        )
    whole = (sum(bills.metered(at).values()), bills.euros(at))
    total = (Cell(say("web.blocks.together", lang)), Cell(""), Cell(""), Cell(round(whole[0])),
             Cell(""), Cell(round(whole[1]), f"{code}.bill"), Cell(""))  # fmt: skip
    rows.append(Row(total, "total"))
    note = "bill-note" if bills.stated[at] else "bill-note-usual"
    return Table(
        NAME,
        say("web.blocks.table-bill", lang),
        (
            Column("service", say("web.blocks.service", lang)),
            Column("carrier", say("web.blocks.carrier", lang)),
            Column("system", say("web.blocks.system", lang)),
            Column("bought_kwh", say("web.blocks.bought-kwh", lang), "given"),
            Column("price_eur_per_mwh", say("web.blocks.price", lang), "given", 0),
            Column("bill_eur", say("web.blocks.bill-eur", lang), "given"),
            Column("price_source", say("web.blocks.price-source", lang), width="wide"),
        ),
        tuple(rows),
        say(f"web.blocks.{note}", lang),
        ROOM,
        f"building={code}",
        ROOM,
    )


def _served_by(bills: Bills, at: int, service: str, lang: Language) -> str:
    """What serves a service; blank where it is the flats' own lamps and cookers."""
    found = [each for each in bills.systems[at] if each.service == service]
    return ", ".join(dict.fromkeys(label("building_system", each.system, lang) for each in found))
