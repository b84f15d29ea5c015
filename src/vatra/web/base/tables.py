"""A table as pages, CSV and JSON show it: exact values inside, units in the headings."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from vatra.tables.export import shown_csv
from vatra.units import CENTS_PER_EUR, MG_PER_T, WH_PER_MWH
from vatra.words import Language, number, percent

Kind = Literal["text", "mass", "energy", "money", "rate", "share", "factor", "given"]
Value = str | int | float | None
PPM = 1_000_000
# What one unit of the reader is in units of the machine: mg, Wh, cents, parts per million.
_SIZE: dict[str, int] = {
    "mass": MG_PER_T,
    "energy": WH_PER_MWH,
    "money": CENTS_PER_EUR,
    "rate": CENTS_PER_EUR,
    "share": PPM,
}


@dataclass(frozen=True)
class Column:
    """A column: ``name`` for machines, ending in its unit; ``heading`` for people.

    ``kind`` says what its whole numbers count: mass in mg, energy in Wh, money and rates in
    cents, shares in parts per million. A factor is a decimal text. A given number is in its unit
    already. ``blank`` is the word for a missing value, by default "not given". ``width`` is for
    texts: codes need little room, sentences much.
    """

    name: str
    heading: str
    kind: Kind = "text"
    decimals: int | None = 0
    blank: str = ""
    width: Literal["", "short", "wide"] = ""

    @property
    def is_number(self) -> bool:
        """Whether its cells stand to the right."""
        return self.kind != "text"


@dataclass(frozen=True)
class Cell:
    """A value; ``number`` the path that explains it; ``note`` said beside it; ``tone`` of it."""

    value: Value
    number: str = ""
    note: str = ""
    tone: Literal["", "good", "bad"] = ""


@dataclass(frozen=True)
class Row:
    """Cells in the order of the columns; the first one names the row."""

    cells: tuple[Cell, ...]
    kind: Literal["", "total", "memo"] = ""


@dataclass(frozen=True)
class Table:
    """A table of one room; ``id`` is its address, ``title`` says what it shows.

    ``query`` belongs to the address of a table that a visitor asked for; ``numbers`` is the room
    that explains its numbers.
    """

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    room: str = "cities"
    query: str = ""
    numbers: str = "cities"

    def pairs(self) -> list[tuple[Row, list[tuple[Column, Cell]]]]:
        """Each row with its cells beside their columns, for templates."""
        return [(row, list(zip(self.columns, row.cells, strict=True))) for row in self.rows]

    def as_csv(self, synthetic: bool) -> str:
        """The table as CSV; synthetic data says so in a column of its own."""
        mark = ["synthetic_data"] if synthetic else []
        headings = [column.name for column in self.columns] + mark
        rows = [
            [plain(cell.value, column) for column, cell in cells] + ["yes"] * synthetic
            for _, cells in self.pairs()
        ]
        return shown_csv(rows, headings)

    def as_dict(self, synthetic: bool) -> dict[str, Any]:
        """The table as plain data; numbers as exact decimal texts would lose their type, so
        whole ones are integers and the others floats of at most twelve digits."""
        return {
            "id": self.id,
            "title": self.title,
            "note": self.note,
            "synthetic": synthetic,
            "columns": [
                {"name": column.name, "heading": column.heading} for column in self.columns
            ],
            "rows": [
                {column.name: plain(cell.value, column) for column, cell in cells}
                for _, cells in self.pairs()
            ],
        }


def plain(value: Value, column: Column) -> str | int | float | None:
    """A value in the unit its column's name says, as a machine reads it."""
    if value is None or value == "" or column.kind in ("text", "given"):
        return value
    exact = Decimal(value) / _SIZE.get(column.kind, 1)
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def written(value: str | int | float, column: Column, lang: Language) -> str:
    """A value as a person reads it, without the unit, which the heading says."""
    if isinstance(value, str) and column.kind != "factor":
        return value
    if column.kind == "share":
        return percent(float(value) / PPM, lang, column.decimals or 0)
    exact = Decimal(str(value)) / _SIZE.get(column.kind, 1)
    # What rounds to nothing is nothing: a zero has no sign.
    places = column.decimals if column.kind != "factor" else decimals_of(exact)
    shown = exact if places is None else round(exact, places) + 0
    return number(shown, lang, decimals_of(exact) if places is None else places)  # type: ignore[arg-type]


def decimals_of(value: Decimal) -> int:
    """How many decimals a number has."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
