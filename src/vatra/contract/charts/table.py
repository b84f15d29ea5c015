"""A table as people are handed it: headings with units, cells as numbers or texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from vatra.tables.vocabulary import SECTORS
from vatra.words import Language, number, say

Value = str | int | float | None
Kind = Literal["text", "number"]
MG_PER_T = 1_000_000_000
WH_PER_MWH = 1_000_000
CENTS_PER_EUR = 100
PPM_PER_PERCENT = 10_000


@dataclass(frozen=True)
class Column:
    """One column: ``key`` for machines, ``title`` for people, ``unit`` as written in the heading.

    ``decimals`` is how many digits people are shown, None all that a value has; the value itself
    keeps them all. ``blank`` is the word for a missing value, which never reads like a zero.
    """

    key: str
    title: str
    unit: str = ""
    kind: Kind = "text"
    decimals: int | None = 0
    blank: str = "–"

    @property
    def heading(self) -> str:
        """Title with the unit: ``Claimed cut, t CO₂``."""
        return f"{self.title}, {self.unit}" if self.unit else self.title


@dataclass(frozen=True)
class RenderedTable:
    """A table of a contract in one language.

    ``id`` is stable and names its file; ``title`` names the table and, for CCC tables, its
    generation; ``note`` says in words what is not obvious. ``rows`` hold one value per column:
    numbers as numbers in the unit of the column, a missing value as None. ``totals`` are the
    positions of rows that add up others; ``marks`` the cells (row, column) to look at.
    """

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    note: str = ""
    generation: str = ""
    totals: frozenset[int] = frozenset()
    marks: frozenset[tuple[int, int]] = field(default=frozenset())

    def __post_init__(self) -> None:
        wrong = [row for row in self.rows if len(row) != len(self.columns)]
        if wrong:
            raise ValueError(f"table {self.id}: {len(wrong)} rows do not have a value per column")

    @property
    def units(self) -> tuple[str, ...]:
        """Unit of each column, empty for texts."""
        return tuple(column.unit for column in self.columns)

    @property
    def headings(self) -> tuple[str, ...]:
        """Heading of each column with its unit."""
        return tuple(column.heading for column in self.columns)

    def texts(self, lang: Language) -> list[list[str]]:
        """Every cell as a person reads it in a language."""
        return [
            [
                cell_text(value, column, lang)
                for value, column in zip(row, self.columns, strict=True)
            ]
            for row in self.rows
        ]

    def as_dict(self, lang: Language) -> dict[str, Any]:
        """Plain data for JSON: columns with units, rows as values."""
        return {
            "id": self.id,
            "title": self.title,
            "note": self.note,
            "generation": self.generation,
            "lang": lang,
            "columns": [
                {"key": each.key, "title": each.title, "unit": each.unit, "kind": each.kind}
                for each in self.columns
            ],
            "rows": [list(row) for row in self.rows],
            "totals": sorted(self.totals),
        }


def cell_text(value: Value, column: Column, lang: Language) -> str:
    """One value as a person reads it."""
    if value is None:
        return column.blank
    if isinstance(value, str):
        return value
    if column.decimals is None:
        return number(value, lang, decimals_of(value))
    # Half a tonne of difference to print reads 0, and a zero has no sign.
    return number(round(value, column.decimals) + 0, lang, column.decimals)


def decimals_of(value: int | float) -> int:
    """How many digits a value has behind its decimal point."""
    exponent = Decimal(repr(value)).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) and value != int(value) else 0


def scaled(amount: int | None, per_unit: int) -> int | float | None:
    """A whole amount in a larger unit, whole where it divides: 641750000000000 mg -> 641750 t."""
    if amount is None:
        return None
    whole, rest = divmod(amount, per_unit)
    return whole if rest == 0 else float(Decimal(amount) / Decimal(per_unit))


def tonnes_value(mass_mg: int | None) -> int | float | None:
    """Milligrams as tonnes."""
    return scaled(mass_mg, MG_PER_T)


def mwh_value(energy_wh: int | None) -> int | float | None:
    """Watt-hours as megawatt-hours."""
    return scaled(energy_wh, WH_PER_MWH)


def euro_value(amount_cents: int | None) -> int | float | None:
    """Cents as euros."""
    return scaled(amount_cents, CENTS_PER_EUR)


def percent_value(part: int, whole: int) -> float | None:
    """A part of a whole in per cent; None when the whole is zero."""
    return part * 100 / whole if whole else None


def gas_unit(document: Mapping[str, Any]) -> str:
    """``t CO₂`` where the inventory counts carbon dioxide alone, else ``t CO₂e``."""
    only = set(document["city"].get("gases") or ()) == {"CO2"}
    return "t CO₂" if only else "t CO₂e"


def gas_words(mass_mg: int, document: Mapping[str, Any], lang: Language) -> str:
    """A mass with its unit: ``1,167,223 t CO₂``."""
    amount = number(scaled(mass_mg, MG_PER_T) or 0, lang, 0)
    return amount + "\u00a0" + gas_unit(document).replace(" ", "\u00a0")


def in_sector_order(sectors: Iterable[str]) -> list[str]:
    """Sectors as contract tables print them, those of a city's own making after them.

    A contract read from its file has its keys sorted, one fresh from the run has not: figures
    are always taken in this order, so both give the same pages.
    """
    known = {sector: place for place, sector in enumerate(SECTORS)}
    return sorted(set(sectors), key=lambda sector: (known.get(sector, len(known)), sector))


def text_column(key: str, room_key: str, lang: Language, blank: str = "") -> Column:
    """A column of texts whose title stands in ``texts.toml``."""
    return Column(key, say(room_key, lang), blank=blank)


def listed(words: Iterable[str]) -> str:
    """Words with commas."""
    return ", ".join(words)
