"""What a linter's report says in a language: places in a file, kinds of tables."""

from __future__ import annotations

from vatra.words import Language, has, say

_PLACES = ("line", "page", "paragraph", "row", "sheet", "table")


def place_words(place: str, lang: Language) -> str:
    """A place as a file's reader names it ("page 14, row 2") in a language."""
    said = []
    for part in place.split(", "):
        word, _, rest = part.partition(" ")
        known = word in _PLACES and rest
        said.append(say(f"runs.report-{word}", lang, at=rest) if known else part)
    return ", ".join(said)


def kind_words(kind: str, lang: Language) -> str:
    """What a table was taken for, in words."""
    key = f"runs.report-kind-{kind}"
    return say(key if has(key) else "runs.report-kind-other", lang)
