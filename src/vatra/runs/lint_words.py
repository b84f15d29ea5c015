"""What a linter's report says in a language: places in a file, kinds of tables."""

from __future__ import annotations

from dataclasses import replace

from vatra.linter import LintFinding
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


def message_words(finding: LintFinding, lang: Language) -> str:
    """The message of a finding, with the place of a passage in words of the language."""
    place = str(finding.params.get("place", ""))
    if not place:
        return finding.message(lang)
    params = {**finding.params, "place": place_words(place, lang)}
    return replace(finding, params=params).message(lang)


def kind_words(kind: str, lang: Language) -> str:
    """What a table was taken for, in words."""
    key = f"runs.report-kind-{kind}"
    return say(key if has(key) else "runs.report-kind-other", lang)
