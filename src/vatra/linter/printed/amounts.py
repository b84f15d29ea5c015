"""Amounts with units inside running text: ``70,000 t CO2e/year; EUR 180 million; 2,571 EUR/t``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from vatra.linter.numbers import Number, Style, number, token, vote
from vatra.linter.quantities import Unit, unit

_NUMBER = re.compile(
    r"(?<![\w.,/–-])(?P<sign>[-−–]?)"
    r"(?P<body>\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?:[.,]\d+)?(?![\d.,]*\d)|\d+(?:[.,]\d+)*)"
    r"(?P<percent>\s?%)?"
)
_BEFORE = re.compile(r"(€|\bEUR|\bEuro|\beuro|\bRON|\blei)\s*$")
_MULTIPLE = re.compile(
    r"\s*(million|mil\.|mil|mio\.?|mln\.?|milioane(?: de)?|billion|bn|mld\.?|miliarde(?: de)?"
    r"|thousand|mii(?: de)?|M|k)(?![a-zăâîșțA-Z€])",
    re.IGNORECASE,
)
_PER_TONNE = re.compile(
    r"\s*(?:/|per|pe)\s*(?:t\b|ton\b|tons\b|tonne\b|tonnes\b|tona\b|tonă\b|tCO2)", re.IGNORECASE
)
LONGEST_UNIT = 6
_WORD = re.compile(r"\s*([^\s;:()]+)")


@dataclass(frozen=True)
class Amount:
    """A number in a text with the unit that follows or leads it.

    ``start`` and ``end`` bound the number with its unit; ``body`` is the number as printed and
    ``unit`` what one of it means, multiples such as "million" included.
    """

    start: int
    end: int
    body: str
    unit: Unit
    negative: bool = False

    def number(self, style: Style) -> Number | None:
        """The number in a style, without its unit."""
        found = number(token(self.body), style)
        if found is None or not self.negative:
            return found
        return Number(-found.value, found.half, found.decimals)

    @property
    def says_style(self) -> Style | None:
        """The style the digits themselves say, None when they could be either."""
        said = vote(token(self.body))
        return said if said in ("en", "ro") else None

    def text(self) -> str:
        """The amount as a cell would print it."""
        return f"{'-' if self.negative else ''}{self.body} {self.unit.text}"


def amounts(text: str) -> list[Amount]:
    """All numbers of a text that have a unit this room knows, from left to right."""
    return list(_amounts(text))


def _amounts(text: str) -> Iterator[Amount]:
    for found in _NUMBER.finditer(text):
        before = text[: found.start()].rstrip()
        if re.search(r"\d\s*%?\s*(?:[-–—]|\b(?:to|la|până la))$", before):
            continue  # The upper end of a range is no amount of its own.
        negative = bool(found["sign"]) and not before[-1:].isdigit()
        if found["percent"]:
            percent = unit("%")
            assert percent is not None
            yield Amount(found.start(), found.end(), found["body"], percent, negative)
            continue
        read = _money(text, found.start(), found.end()) or _following(text, found.end())
        if read is not None:
            size, start, end = read
            yield Amount(start if start >= 0 else found.start(), end, found["body"], size, negative)


def _money(text: str, start: int, end: int) -> tuple[Unit, int, int] | None:
    """A currency in front of the number, with the multiple behind it."""
    before = _BEFORE.search(text[:start])
    if before is None:
        return None
    spelling = before[1]
    multiple = _MULTIPLE.match(text, end)
    end = multiple.end() if multiple else end
    read = unit(f"{multiple[1].strip()} {spelling}" if multiple else spelling)
    per = _PER_TONNE.match(text, end)
    if per is not None and not multiple:
        word = _WORD.match(text, end)
        read, end = unit(f"{spelling}/t"), max(per.end(), word.end() if word else per.end())
    return None if read is None else (read, before.start(), end)


def _following(text: str, end: int) -> tuple[Unit, int, int] | None:
    """The longest run of words right behind the number that is a unit."""
    ends: list[int] = []
    at = end
    while len(ends) < LONGEST_UNIT and (word := _WORD.match(text, at)) is not None:
        ends.append(word.end())
        at = word.end()
    for stop in reversed(ends):
        words = text[end:stop].strip().rstrip(".,;")
        read = unit(words) if words else None
        if read is not None and read.quantity != "count":
            return read, -1, stop
    return None


def canonical(amount: Amount, style: Style) -> Decimal | None:
    """The amount in canonical units; None when its digits make no number."""
    found = amount.number(style)
    return None if found is None else found.value * amount.unit.size
