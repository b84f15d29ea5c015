"""Tables and charts' numbers of the contract, as pages show tables."""

from __future__ import annotations

from typing import Literal

from vatra.contract.charts import RenderedTable
from vatra.web.base.tables import Cell, Column, Row, Table


def as_page_table(given: RenderedTable, room: str = "cities") -> Table:
    """The same table with the same values, ready for a page, CSV and JSON."""
    columns = tuple(
        Column(
            each.key,
            each.heading,
            "given" if each.kind == "number" else "text",
            each.decimals,
            blank="" if each.blank in ("", "–") else each.blank,
            width=_width(given, place),
        )
        for place, each in enumerate(given.columns)
    )
    rows = tuple(
        Row(
            tuple(
                Cell(value, tone="bad" if (place, column) in given.marks else "")
                for column, value in enumerate(row)
            ),
            "total" if place in given.totals else "",
        )
        for place, row in enumerate(given.rows)
    )
    return Table(given.id, given.title, columns, rows, given.note, room)


def _width(given: RenderedTable, place: int) -> Literal["", "short", "wide"]:
    """On a phone a code takes little room and stays beside its name while figures pass."""
    if given.columns[0].key != "code" or place > 1 or given.columns[place].kind == "number":
        return ""
    return "wide" if place else "short"
