"""The numbers behind a picture: a page's table as the charts know tables."""

from __future__ import annotations

from vatra.contract.charts import Column, RenderedTable
from vatra.web.base.tables import PPM, Table, plain
from vatra.web.base.tables import Column as PageColumn


def behind(table: Table) -> RenderedTable:
    """The same rows; masses in tonnes, shares in per cent."""
    columns = tuple(
        Column(
            each.name,
            each.heading,
            "%" if each.kind == "share" else "",
            "number" if each.is_number else "text",
            each.decimals,
            each.blank or "–",
        )
        for each in table.columns
    )
    rows = tuple(
        tuple(_value(cell.value, column) for column, cell in cells) for _, cells in table.pairs()
    )
    totals = frozenset(at for at, row in enumerate(table.rows) if row.kind == "total")
    return RenderedTable(table.id, table.title, columns, rows, table.note, totals=totals)


def _value(value: str | int | float | None, column: PageColumn) -> str | int | float | None:
    if column.kind == "share" and isinstance(value, int | float):
        return value * 100 / PPM
    return plain(value, column)
