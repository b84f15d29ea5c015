"""What belongs to the page and not to the contract: page numbers and running lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from vatra.tables import fold

_PAGE = re.compile(
    r"""^[\s\-–—|*_#=\[\](){}<>.:~•]*
    (?:(?:page|pagina|pag|p|pg|slide|folie|seite)\b[.:\s#]*)?
    (?:\d{1,4}|[ivxl]{1,6})?
    (?:\s*(?:of|din|/|from|\|)\s*\d{1,4})?
    [\s\-–—|*_#=\[\](){}<>.:~•]*$""",
    re.IGNORECASE | re.VERBOSE,
)
_MARKER = re.compile(r"page[ _-]?(break|number|header|footer)|pagebreak|new page", re.IGNORECASE)
_NUMBERED = re.compile(r"^\d{1,4}\b(?![.,)]\d)|(?<![.,\d])\b\d{1,4}$")
MOST_RUNNING_SIGNS = 140
FEWEST_REPEATS = 3
# What returns below every table and belongs to it.
BELONGS = re.compile(r"(?:source|sursa|surse|note|notă|nota)\b", re.IGNORECASE)


def is_page_mark(text: str) -> bool:
    """Whether a line is only a page number, a rule or a mark of a page break."""
    return not text.strip() or bool(_PAGE.match(text)) or bool(_MARKER.search(text[:40]))


def running_key(text: str) -> str:
    """What a running header or footer keeps from page to page: its words without numbers."""
    if len(text) > MOST_RUNNING_SIGNS:
        return ""
    return re.sub(r"_?\d+_?", "_", fold(text)).strip("_")


def running_keys(texts: Iterable[str], fewest: int = FEWEST_REPEATS) -> set[str]:
    """The keys of lines that return again and again; with a page's number twice is enough."""
    found = list(texts)
    counts = Counter(key for text in found if (key := running_key(text)))
    numbered = Counter(
        key for text in set(found) if _NUMBERED.search(text) and (key := running_key(text))
    )
    return {key for key, count in counts.items() if count >= fewest or numbered[key] > 1}
