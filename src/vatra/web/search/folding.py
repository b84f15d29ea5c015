"""Words as they are searched: small letters, no diacritics, so that statia finds stația, staţia."""

from __future__ import annotations

import re
import unicodedata

LONGEST_WORD = 40
_WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """The text in small letters without diacritics, of every script; ``tables.fold`` keeps only
    the Latin one, and does the same to it."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in plain if not unicodedata.combining(each))


def words(text: str) -> list[str]:
    """The folded words of a text in their order."""
    return [each[:LONGEST_WORD] for each in _WORD.findall(folded(text))]


def is_hit(word: str, wanted: list[str]) -> bool:
    """Whether a word of a text begins with one that is looked for."""
    return any(each.startswith(tuple(wanted)) for each in words(word))


def marked(text: str, wanted: list[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is a hit."""
    found: list[tuple[str, bool]] = []
    end = 0
    for match in _WORD.finditer(text):
        if wanted and is_hit(match[0], wanted):
            found += [(text[end : match.start()], False), (match[0], True)]
            end = match.end()
    found.append((text[end:], False))
    return [each for each in found if each[0]]
