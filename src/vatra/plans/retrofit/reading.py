"""Rows of this room's data: numbers, days of validity and sentences in both languages."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import resources

import numpy as np
import numpy.typing as npt
from babel.dates import format_date

from vatra.words import Language, say

ROOM = "plans.retrofit"
Row = dict[str, str]
Floats = npt.NDArray[np.float64]
Cents = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]

# Three answers, also of ten thousand packages at once. What nobody knows is never guessed.
NO, YES, UNKNOWN = 0, 1, -1
_TO_VERIFY = "to verify"


@dataclass(frozen=True)
class Said:
    """A sentence of the data in both languages."""

    en: str
    ro: str

    def text(self, lang: Language) -> str:
        """The sentence in a language."""
        return self.en if lang == "en" else self.ro


@dataclass(frozen=True)
class Validity:
    """Days on which a row holds, both included; ``None`` where there is no such end."""

    first: date | None
    last: date | None

    def holds(self, day: date) -> bool:
        """Whether the row holds on a day."""
        begun = self.first is None or self.first <= day
        return begun and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Origin:
    """Where a row comes from: article, document, and how sure it is."""

    article: str
    source: str
    doubt: str

    @property
    def is_to_verify(self) -> bool:
        """Whether nobody has read the row in the original yet."""
        return _TO_VERIFY in self.doubt


class RetrofitError(ValueError):
    """A refused question: a stable ``code`` and what its sentence needs."""

    def __init__(self, name: str, /, **params: object) -> None:
        self.code = f"{ROOM}.{name}"
        self.params = dict(params)
        super().__init__(self.text("en"))

    def text(self, lang: Language) -> str:
        """The fault and the next step, in a language."""
        told = {
            name: each.text(lang) if isinstance(each, Said) else each
            for name, each in self.params.items()
        }
        return say(self.code, lang, **told)


def rows(name: str) -> Iterator[Row]:
    """Rows of ``data/<name>.csv`` as texts, in the order of the file."""
    file = resources.files("vatra.plans.retrofit") / "data" / f"{name}.csv"
    yield from csv.DictReader(file.read_text("utf-8").splitlines())


def said(row: Row, field: str) -> Said:
    """The columns ``<field>_en`` and ``<field>_ro`` of a row."""
    return Said(row[f"{field}_en"], row[f"{field}_ro"])


def validity(row: Row, first: str = "from", last: str = "to") -> Validity:
    """The days between two columns of a row."""
    return Validity(_day(row[first]), _day(row[last]))


def origin(row: Row) -> Origin:
    """Article, source and doubt of a row."""
    return Origin(row.get("article", ""), row["source"], row["doubt"])


def day_text(day: date, lang: Language) -> str:
    """A day as people write it: ``26 June 2026``, ``26 iunie 2026``."""
    return str(format_date(day, "d MMMM y", locale=lang))


def words_of(name: str, lang: Language, /, **params: object) -> str:
    """A text of this room."""
    return say(f"{ROOM}.{name}", lang, **params)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
