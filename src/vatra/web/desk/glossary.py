"""The words of the field, each with one meaning: a table beside the code."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from vatra.tables import fold
from vatra.words import LANGUAGES, Language


@dataclass(frozen=True)
class Term:
    """A term and its meaning in every language; ``source`` of a definition that is not ours."""

    key: str
    names: Mapping[Language, str]
    meanings: Mapping[Language, str]
    source: str

    def name(self, lang: Language) -> str:
        """The term in a language."""
        return self.names[lang]

    def meaning(self, lang: Language) -> str:
        """One or two sentences in a language."""
        return self.meanings[lang]


@cache
def terms() -> Mapping[str, Term]:
    """All terms by key."""
    text = resources.files("vatra.web.desk").joinpath("glossary.csv").read_text("utf-8")
    return {row["key"]: _term(row) for row in csv.DictReader(text.splitlines())}


def in_order(lang: Language) -> list[Term]:
    """All terms as a dictionary of the language has them."""
    return sorted(terms().values(), key=lambda each: fold(each.name(lang)))


def _term(row: Mapping[str, str]) -> Term:
    names: dict[Language, str] = {each: row[f"term_{each}"] for each in LANGUAGES}
    meanings: dict[Language, str] = {each: row[f"meaning_{each}"] for each in LANGUAGES}
    return Term(row["key"], names, meanings, row["source"])
