"""The fifteen tables of a Climate City Contract's Investment Plan: their columns and their words.

Numbers and modules are those of the Investment Plan template of NetZeroCities (modules IP-A1 to
IP-C3), as published plans print it; ``docs/decisions/0020`` says which cells Vatra computes and
which only a city can fill. A cell that only the city knows is ``None`` and stays an empty place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from vatra.units import CENTS_PER_EUR, MG_PER_T
from vatra.words import Language, has, number, percent, say

Kind = Literal["text", "money", "millions", "number", "share", "tonnes", "year", "eur_per_t"]
# Where a city has to write: visible on the page and in print, and no figure.
EMPTY_PLACE = "…"
# Where there is nothing to say: a cost per tonne of what cuts nothing.
NOT_THERE = "–"
_ROOM = "plans.finance"
_MILLION_CENTS = 1_000_000 * CENTS_PER_EUR


@dataclass(frozen=True)
class Words:
    """A text in both languages, as packs give names."""

    en: str
    ro: str

    def of(self, lang: Language) -> str:
        """The text in a language."""
        return self.ro if lang == "ro" else self.en


@dataclass(frozen=True)
class TableColumn:
    """A column: ``money`` in cents, ``millions`` too but shown in millions, ``tonnes`` in
    milligrams, ``share`` 0 to 1.

    ``name`` is its heading as it stands (a year), else the key's text is.
    """

    key: str
    kind: Kind = "text"
    name: str = ""

    @property
    def is_number(self) -> bool:
        """Whether it is set flush right."""
        return self.kind != "text"

    def heading(self, lang: Language) -> str:
        """Heading with its unit."""
        return self.name or say(f"{_ROOM}.column-{self.key}", lang)


@dataclass(frozen=True)
class InvestmentTable:
    """One table: ``rows`` of values in the order of the columns, ``None`` for the city to fill.

    Text values are ``Words``, a key written ``@room.key``, or the text itself.
    """

    id: str
    module: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Any, ...], ...] = field(default=())

    def title(self, lang: Language) -> str:
        """Title in a language."""
        return say(f"{_ROOM}.{self.id}-title", lang)

    def next_step(self, lang: Language) -> str:
        """What the city has to do here; empty where nothing is left to it."""
        keys = [f"{_ROOM}.{self.id}-next"]
        if not self.is_complete:
            keys.append(f"{_ROOM}.{self.id}-missing")
        return " ".join(say(key, lang) for key in keys if has(key))

    @property
    def is_complete(self) -> bool:
        """Whether it has rows and no empty place."""
        return bool(self.rows) and all(value is not None for row in self.rows for value in row)

    def texts(self, row: Sequence[Any], lang: Language) -> tuple[str, ...]:
        """A row as people read it."""
        pairs = zip(self.columns, row, strict=True)
        return tuple(cell_text(value, column.kind, lang) for column, value in pairs)


def cell_text(value: Any, kind: Kind, lang: Language) -> str:
    """A value with the digits it deserves; an empty place for ``None``."""
    if value is None:
        return EMPTY_PLACE
    if isinstance(value, Words | str) or kind == "text":
        return plain_text(value, lang)
    if kind == "share":
        return percent(value, lang, 1)
    if kind == "year":
        return str(value)
    if kind == "millions":
        return number(value / _MILLION_CENTS, lang, 1)
    size = {"money": CENTS_PER_EUR, "tonnes": MG_PER_T, "eur_per_t": CENTS_PER_EUR}.get(kind, 1)
    whole = kind in ("money", "tonnes", "eur_per_t") or float(value).is_integer()
    return number(value / size, lang, 0 if whole else 2)


def plain_text(value: Any, lang: Language) -> str:
    """A text value in a language."""
    if isinstance(value, Words):
        return value.of(lang)
    text = str(value)
    return say(text[1:], lang) if text.startswith("@") and has(text[1:]) else text


def plain_value(value: Any, kind: Kind, lang: Language) -> Any:
    """A value for machines: euros, tonnes, per cent; ``None`` for an empty place."""
    if value is None or value == NOT_THERE:
        return None
    if isinstance(value, Words | str) or kind == "text":
        return plain_text(value, lang)
    if kind in ("money", "millions", "eur_per_t"):
        return value / CENTS_PER_EUR
    if kind == "tonnes":
        return value / MG_PER_T
    return round(value * 100, 6) if kind == "share" else value


_SUFFIXES: dict[Kind, str] = {
    "money": "_eur",
    "millions": "_eur",
    "tonnes": "_t",
    "share": "_percent",
    "eur_per_t": "_eur_per_t",
}


def plain_rows(table: InvestmentTable, lang: Language) -> list[dict[str, Any]]:
    """Rows as plain data, keys with the suffix of their unit."""
    keys = [
        each.key if each.key.endswith(_SUFFIXES.get(each.kind, "")) else
        f"{each.key}{_SUFFIXES[each.kind]}"
        for each in table.columns
    ]  # fmt: skip
    kinds = [each.kind for each in table.columns]
    return [
        {
            key: plain_value(value, kind, lang)
            for key, kind, value in zip(keys, kinds, row, strict=True)
        }
        for row in table.rows
    ]
