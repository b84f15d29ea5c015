"""A table declared once: from it come the check, the template, the docs and the forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Literal

from vatra.units import Quantity
from vatra.words import LANGUAGES, Language, has, say, texts

Kind = Literal["text", "code", "choice", "year", "number"]


def fold(text: str) -> str:
    """Lower case without diacritics, words joined by ``_``: ``Gaze Naturale`` -> ``gaze_naturale``.

    statia, staţia and stația fold alike.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain.casefold()).strip("_")


@dataclass(frozen=True)
class Column:
    """One column of a table.

    ``name`` as it stands in files; ``becomes`` the name in the typed rows when a unit is
    converted (``amount`` in MWh becomes ``energy_wh``); ``scale`` canonical units -> integer.
    ``choices`` are codes; their labels in both languages are accepted too. ``vocabulary`` names
    the family of labels in ``texts.toml`` (``carrier`` -> ``tables.carrier-diesel``). ``above_one``
    says that less than one per cent is not to be expected: 0.62 is likely a share.
    """

    name: str
    kind: Kind = "text"
    required: bool = False
    key: bool = False
    choices: tuple[str, ...] = ()
    vocabulary: str = ""
    default: str | None = None
    quantity: Quantity | None = None
    unit_column: str = ""
    becomes: str = ""
    scale: int = 1
    may_be_negative: bool = False
    above_one: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def typed_name(self) -> str:
        """Name of the column in the typed rows."""
        return self.becomes or self.name

    def codes(self) -> tuple[str, ...]:
        """The codes declared, or those of the vocabulary where a city may add its own."""
        return self.choices or _codes(self.vocabulary)

    def accepted_words(self) -> Mapping[str, str]:
        """Folded spelling -> code, from codes and from labels in both languages."""
        return _accepted_words(self.vocabulary, self.codes())


# Texts do not change while a program runs.
@cache
def _codes(vocabulary: str) -> tuple[str, ...]:
    prefix = f"tables.{vocabulary}-"
    return tuple(key.removeprefix(prefix) for key in texts() if key.startswith(prefix))


@cache
def _accepted_words(vocabulary: str, codes: tuple[str, ...]) -> Mapping[str, str]:
    words: dict[str, str] = {}
    prefix = f"tables.{vocabulary}-"
    for code in codes:
        words[fold(code)] = code
        for lang in LANGUAGES:
            if has(prefix + code):
                words.setdefault(fold(say(prefix + code, lang)), code)
            synonyms = f"tables.{vocabulary}_synonyms-{code}"
            if has(synonyms):
                for synonym in say(synonyms, lang).split(";"):
                    words.setdefault(fold(synonym), code)
    return MappingProxyType(words)


@dataclass(frozen=True)
class Table:
    """A named table: its columns in the order a person reads them.

    ``history`` lets its years stand outside the pack's: before the base year, for waste buried
    long ago.
    """

    name: str
    columns: tuple[Column, ...]
    file_name: str
    required: bool = False
    history: bool = False
    by_name: Mapping[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if any(column.name == "line" or column.typed_name == "line" for column in self.columns):
            raise ValueError(f"{self.name}: 'line' is the line of the file and no column's name")
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})

    @property
    def keys(self) -> tuple[str, ...]:
        """Columns that together may stand only once."""
        return tuple(column.name for column in self.columns if column.key)

    def heading(self, column: Column, lang: Language) -> str:
        """Heading of a column in a language: the table's own, or what all tables share."""
        own = f"tables.{self.name}-{column.name}"
        return say(own if has(own) else f"tables.common-{column.name}", lang)

    def meaning(self, column: Column, lang: Language) -> str:
        """What belongs into a column, in one sentence: for this table, or for all that have it."""
        own = f"tables.means-{self.name}-{column.name}"
        return say(own if has(own) else f"tables.means-{column.name}", lang)

    def headings(self) -> dict[str, str]:
        """Folded heading in any language -> column name."""
        found: dict[str, str] = {}
        for column in self.columns:
            found[fold(column.name)] = column.name
            for alias in column.aliases:
                found[fold(alias)] = column.name
            for lang in LANGUAGES:
                found.setdefault(fold(self.heading(column, lang)), column.name)
        return found


def label(vocabulary: str, code: str, lang: Language) -> str:
    """Label of a code of a vocabulary, or the code itself when a city made it up."""
    key = f"tables.{vocabulary}-{code}"
    return say(key, lang) if has(key) else code.replace("_", " ")
