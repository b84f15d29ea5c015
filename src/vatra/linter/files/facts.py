"""What a contract states about itself in its text: base year, target year, city, country."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from babel import Locale

from vatra.linter import headings
from vatra.tables import fold

_YEAR = r"(?P<year>(?:19[89]|20[0-4])\d)"
_BASE = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:base|baseline|reference)[ -]year(?:\s+(?:is|was|of|for|as))*"
        rf"\s*[:=(–-]?\s*{_YEAR}\b",
        rf"\b{_YEAR}\s+(?:is|was|as)\s+(?:the\s+|our\s+|a\s+)?(?:base|baseline|reference)[ -]year",
        rf"\b{_YEAR}\s*\(\s*(?:the\s+)?(?:base|baseline|reference)[ -]year\s*\)",
        rf"\banul(?:ui)?\s+de\s+(?:bază|baza|referință|referinta)"
        rf"(?:\s+(?:este|a fost|fiind|ales))*\s*[:=(,–-]?\s*{_YEAR}\b",
        rf"\b{_YEAR}\s*\(\s*an(?:ul)?\s+de\s+(?:bază|baza|referință)\s*\)",
    )
]
_TARGET = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bclimate[ -]neutral(?:ity)?(?:\s+(?:city|target|goal))?\s+(?:by|in|until)\s+{_YEAR}\b",
        rf"\bneutralit\w+\s+climatic\w+\s+(?:până\s+în|pana\s+in|în|in)\s+(?:anul\s+)?{_YEAR}\b",
        rf"\btarget[ -]year\s*[:=(]?\s*{_YEAR}\b",
        rf"\banul[ -]țintă\s*[:=(]?\s*{_YEAR}\b",
    )
]
_NAME = r"(?P<city>[A-ZÀ-ÖØ-ÞĂÂÎȘȚŞŢ][\w'’.-]+(?:[ -][A-ZÀ-ÖØ-ÞĂÂÎȘȚŞŢ][\w'’.-]+){0,3})"
_CITY = [
    re.compile(pattern)
    for pattern in (
        rf"(?:Climate City Contract|CLIMATE CITY CONTRACT)\s*(?:of|for|[-–:|])\s*"
        rf"(?:the\s+)?(?:(?:City|Municipality|Town)\s+of\s+)?{_NAME}\s*$",
        rf"^{_NAME}\s*(?:[-–:|]|['’]s)?\s*(?:2030\s+)?"
        rf"(?:Climate City Contract|CLIMATE CITY CONTRACT)",
        rf"(?i:contract(?:ul)?\s+(?:climatic|de\s+oraș\s+climatic|pentru\s+orașul\s+climatic)\s+"
        rf"(?:al\s+)?(?:orașului|municipiului))\s+{_NAME}",
        rf"\b(?i:city|municipality|town)\s+of\s+{_NAME}",
        rf"\b(?i:municipiul(?:ui)?|primăria)\s+{_NAME}",
    )
]
# The countries of Europe and around it whose cities sign climate contracts.
_COUNTRIES = (
    "AL", "AT", "BA", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR",
    "HR", "HU", "IE", "IL", "IS", "IT", "LT", "LU", "LV", "MD", "ME", "MK", "MT", "NL", "NO", "PL",
    "PT", "RO", "RS", "SE", "SI", "SK", "TR", "UA", "XK",
)  # fmt: skip
_NOT_CITIES = {"Climate", "City", "The", "A", "EU", "European", "Mission", "Template", "Net"}
_TIMES_MORE = 5
_FEWEST = 2
_SAMPLE_SIGNS = 20_000


def base_year(texts: Sequence[str]) -> int | None:
    """The base year all statements of the text agree on."""
    return _agreed(texts, _BASE)


def target_year(texts: Sequence[str]) -> int | None:
    """The year of climate neutrality all statements agree on."""
    return _agreed(texts, _TARGET)


def _agreed(texts: Sequence[str], patterns: Sequence[re.Pattern[str]]) -> int | None:
    found = {
        int(match["year"])
        for text in texts
        for pattern in patterns
        for match in pattern.finditer(text)
    }
    return found.pop() if len(found) == 1 else None


def city(texts: Sequence[str]) -> str:
    """The city's name, where the text gives it in one way only or in one far more often."""
    found: Counter[str] = Counter()
    for text in texts:
        for pattern in _CITY:
            for match in pattern.finditer(text):
                name = match["city"].strip(" .-–")
                if name.split()[0] not in _NOT_CITIES:
                    found[name.title() if name.isupper() else name] += 1
    return _leading(found, fewest=1)


def country(texts: Sequence[str], lang: str) -> str:
    """The ISO code of the country that the text names far more often than any other."""
    counts: Counter[str] = Counter()
    pattern, codes = _country_names()
    for text in texts:
        for match in pattern.finditer(text):
            counts[codes[fold(match[0])]] += 1
    found = _leading(counts, fewest=_FEWEST)
    return found or ("RO" if lang == "ro" and not counts["MD"] else "")


def language(texts: Sequence[str]) -> str:
    """ "ro" or "en" from the words of the text; empty for others."""
    sample = ""
    for text in texts:
        sample += " " + text
        if len(sample) > _SAMPLE_SIGNS:
            break
    return headings.language(sample)


def _leading(counts: Counter[str], fewest: int) -> str:
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < fewest:
        return ""
    if len(ranked) == 2 and ranked[0][1] < _TIMES_MORE * ranked[1][1]:
        return ""
    return ranked[0][0]


@cache
def _country_names() -> tuple[re.Pattern[str], dict[str, str]]:
    codes = {
        fold(Locale(lang).territories[code]): code for lang in ("en", "ro") for code in _COUNTRIES
    }
    names = [Locale(lang).territories[code] for lang in ("en", "ro") for code in _COUNTRIES]
    choices = "|".join(sorted(map(re.escape, set(names)), key=len, reverse=True))
    return re.compile(rf"\b(?:{choices})\b"), codes
