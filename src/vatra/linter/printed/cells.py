"""What one printed cell holds once the marks of its file are taken off."""

from __future__ import annotations

import re

from vatra.linter.document import Value
from vatra.linter.numbers import is_absent_word, token

_BREAKS = re.compile(r"<br\s*/?>|\\n|[\r\n\t\u00a0\u202f\u2009]+", re.IGNORECASE)
_MARKUP = re.compile(r"\*\*|__|`|</?(?:b|i|em|strong|sup|sub|p|span)[^>]*>", re.IGNORECASE)
# A number torn apart behind its mark: "12, 345" and "12 ,345".
_TORN = re.compile(r"(?<=\d)\s?([.,])\s(?=\d{3}(?!\d))|(?<=\d)\s([.,])(?=\d{3}(?!\d))")
_FOOTNOTE = re.compile(r"(?<=[\d%])\s*(?:\[\d{1,2}\]|\(\d{1,2}\)|\*+)$")
# The digit of a footnote behind a word: "Total1", "Transport2)".
_MARKED_WORD = re.compile(r"(?<=[a-zăâîșț]{4})\d{1,2}\)?$|(?<=[A-Z]{4})\d$")
_YEAR = re.compile(r"(19|20)\d\d")
_ORDINAL = re.compile(r"^\(?\d{1,2}\)?[.)]?$")


def clean(value: Value) -> str:
    """The text of a cell on one line, without marks of markup and of footnotes."""
    if value is None:
        return ""
    text = _MARKUP.sub("", _BREAKS.sub(" ", str(value)))
    text = re.sub(r"\s+", " ", text).strip()
    if re.search(r"\d", text):
        text = _FOOTNOTE.sub("", text)
        text = _TORN.sub(lambda found: found[1] or found[2], text)
        text = _MARKED_WORD.sub("", text)
    return text


def is_number(text: str) -> bool:
    """Whether a number stands in the cell, with its unit or without."""
    return bool(token(text).body)


def is_figure(text: str) -> bool:
    """Whether the number can be an amount: no year, no running number."""
    return is_number(text) and not _YEAR.fullmatch(text) and not _ORDINAL.fullmatch(text)


def is_blank(text: str) -> bool:
    """Whether nothing is given: blank, a dash, or a notation key."""
    return not re.search(r"\w", text) or is_absent_word(text)


def is_words(text: str) -> bool:
    """Whether the cell holds words rather than a number or nothing."""
    return bool(text) and not is_number(text) and not is_blank(text)


def year_of(text: str) -> int | None:
    """The year a cell consists of."""
    found = _YEAR.fullmatch(text.strip())
    return int(found[0]) if found else None
