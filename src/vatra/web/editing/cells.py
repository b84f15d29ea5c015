"""One cell: how people read it, and what they write it with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

import polars as pl

from vatra.plans.catalogue import catalogue
from vatra.tables import Column, Table, fold, label
from vatra.tables.numbers import Style, read
from vatra.web.base.tables import decimals_of
from vatra.words import Language, number, say

LONGEST = 2_000
# A vocabulary this long is searched, not scrolled.
MOST_OPTIONS = 400
Kind = Literal["select", "text", "year", "number", "words"]
STYLE_OF: dict[Language, Style] = {"ro": "ro", "en": "en"}


@dataclass(frozen=True)
class Input:
    """What a cell is written with; ``options`` (code, words) of a list or of suggestions."""

    kind: Kind
    options: tuple[tuple[str, str], ...] = ()
    required: bool = False


def shown(column: Column, text: str, style: Style | None, lang: Language) -> str:
    """The text of a cell as people read it; what cannot be read stands as it was written."""
    clean = text.strip()
    if not clean:
        return ""
    if column.vocabulary == "catalogue" and clean in catalogue():
        return catalogue()[clean].name(lang)
    if column.kind in ("choice", "code") and column.vocabulary:
        code = _accepted(column).get(fold(clean))
        return label(column.vocabulary, code, lang) if code else clean
    if column.kind == "number":
        value = _value(clean, style)
        return clean if value is None else number(value, lang, _places(clean, value))
    return clean


@lru_cache(256)
def _accepted(column: Column) -> Mapping[str, str]:
    """Made once: a page asks for each of its cells."""
    return column.accepted_words()


def _places(text: str, value: float) -> int:
    return min(decimals_of(Decimal(repr(value))), 9)


def _value(text: str, style: Style | None) -> float | None:
    found = read(pl.Series([text], dtype=pl.String), style).values[0]
    return None if found is None else float(found)


def input_of(table: Table, column: Column, lang: Language) -> Input:
    """The input of a column: a list for closed choices, suggestions for open ones."""
    required = column.required and column.default is None
    if column.kind == "choice":
        return Input("select", _options(column, lang), required)
    if column.kind == "code":
        return Input("text", _options(column, lang), required)
    if column.kind == "year":
        return Input("year", (), required)
    if column.kind == "number":
        return Input("number", (), required)
    units = unit_options(table, column)
    if units:
        return Input("text", units, required)
    return Input("words" if column.name in ("note", "explanation") else "text", (), required)


def _options(column: Column, lang: Language) -> tuple[tuple[str, str], ...]:
    if column.vocabulary == "catalogue":
        return tuple((each.id, each.name(lang)) for each in catalogue().values())
    codes = column.codes()[:MOST_OPTIONS]
    if not column.vocabulary:
        return tuple((each, each) for each in codes)
    named = ((each, label(column.vocabulary, each, lang)) for each in codes)
    return tuple((code, _words(code, words)) for code, words in named)


def _words(code: str, words: str) -> str:
    """Categories are known by their number: it stands before the words."""
    return f"{code} {words}" if "." in code and not words.startswith(code) else words


def unit_options(table: Table, column: Column) -> tuple[tuple[str, str], ...]:
    """Units that the number of this column may be in."""
    found = [each for each in table.columns if each.unit_column == column.name and each.quantity]
    units = dict.fromkeys(unit for each in found for unit in each.quantity.accepted)  # type: ignore[union-attr]
    return tuple((each, each) for each in units)


@dataclass(frozen=True)
class Typed:
    """A text as it goes into the file, or why it cannot be told what it means."""

    text: str
    fault: str = ""


def typed(column: Column, given: str, style: Style | None, lang: Language) -> Typed:
    """What a person typed, in the style of the file.

    People type numbers as their language writes them. Where the file's own reading says something
    else (1.234 is a little more than one, or over a thousand), nothing is guessed.
    """
    text = " ".join(given.split())
    if len(text) > LONGEST:
        return Typed(text, say("web.editing.too-long", lang, most=LONGEST))
    if not text.isprintable():
        return Typed("", say("web.editing.unprintable", lang))
    if column.kind != "number" or not text:
        return Typed(text)
    of_file, of_page = _value(text, style or "plain"), _value(text, STYLE_OF[lang])
    if of_page is None or of_page == of_file:
        return Typed(text)
    if of_file is not None:
        choices = [in_style(each, STYLE_OF[lang]) for each in (of_file, of_page)]
        fault = say("web.editing.two-readings", lang, value=text, one=choices[0], other=choices[1])
        return Typed(text, fault)
    return Typed(in_style(of_page, style or "plain"))


def in_style(value: float, style: Style) -> str:
    """A number without grouping, as a file of this style holds it."""
    text = f"{Decimal(repr(value)).normalize():f}"
    return text.replace(".", ",") if style == "ro" else text
