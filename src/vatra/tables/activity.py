"""Columns that every table of activity ends with: how good a row is and where it comes from."""

from __future__ import annotations

from vatra.tables.columns import Column, Table
from vatra.tables.vocabulary import QUALITIES

YEAR = Column("year", "year", required=True, key=True, aliases=("an",))
LOCALITY = Column("locality", "code", key=True)
ITEM = Column("item", "text", key=True)
# Half the width of the 95 % interval of the activity, in per cent of it.
ABOUT = (
    Column("quality", "choice", choices=QUALITIES, vocabulary="quality"),
    Column("doubt_percent", "number"),
    Column("source", "text", required=True),
    Column("note", "text"),
)


def category(*codes: str, default: str = "") -> Column:
    """The GPC category of a row, one of those the table is about."""
    return Column(
        "category",
        "choice",
        key=True,
        required=True,
        choices=codes,
        vocabulary="category",
        default=default or codes[0],
    )


def activity_table(name: str, *columns: Column, history: bool = False) -> Table:
    """A table of activity: year, its own columns, then ``item`` and ``ABOUT``.

    ``history`` lets years stand before the base year (waste buried long ago).
    """
    return Table(
        name=name,
        file_name=f"{name}.csv",
        columns=(YEAR, *columns, ITEM, *ABOUT),
        history=history,
    )
