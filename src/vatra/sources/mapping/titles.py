"""What the titles above a table tell of its rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from vatra.tables import fold

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SHORTEST_TITLE = 9


def title_in(texts: Iterable[str]) -> str:
    """The first text long enough to be a title, empty if none is."""
    return next((text for text in texts if len(text) >= _SHORTEST_TITLE), "")


def year_in(texts: Iterable[str]) -> str | None:
    """The one year that is named; None for none or several."""
    found = {year for text in texts for year in _YEAR.findall(text)}
    return found.pop() if len(found) == 1 else None


def code_in(texts: Iterable[str], words: Mapping[str, str]) -> str | None:
    """The code of the longest of some words that stands whole in a text, None if none does."""
    folded = [f"_{fold(text)}_" for text in texts]
    fits = [
        (len(word), code)
        for word, code in words.items()
        if any(f"_{word}_" in text for text in folded)
    ]
    return max(fits)[1] if fits else None
