"""Which words of a handed-in PDF are not those of the sealed one."""

from __future__ import annotations

import difflib
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pdfplumber

from vatra.web.publication.unfit import Unfit

MAX_PAGES = 150
MAX_SHOWN = 50
MAX_WORDS = 200


@dataclass(frozen=True)
class Difference:
    """On ``page``, counted from 1, it says ``written`` where the sealed one says ``sealed``."""

    page: int
    written: str
    sealed: str

    def plain(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)


def differing_words(content: bytes, sealed: Sequence[bytes]) -> list[Difference]:
    """Words that differ from the nearest of the sealed ones; raises ``Unfit``.

    Page by page, the first ``MAX_SHOWN``. The handed-in one is read once, whatever the number of
    languages: taking its words from the pages is most of the work.
    """
    handed = _pages(content)
    return min((_differing(handed, _pages(each)) for each in sealed), key=_weight, default=[])


def _weight(differences: list[Difference]) -> int:
    return sum(len(each.written) + len(each.sealed) for each in differences)


def _differing(handed: list[list[str]], ours: list[list[str]]) -> list[Difference]:
    found: list[Difference] = []
    for place in range(max(len(handed), len(ours))):
        theirs = handed[place] if place < len(handed) else []
        right = ours[place] if place < len(ours) else []
        found += _on_page(place + 1, theirs, right)
        if len(found) >= MAX_SHOWN:
            break
    return found[:MAX_SHOWN]


def _pages(content: bytes) -> list[list[str]]:
    try:
        with pdfplumber.open(io.BytesIO(content)) as opened:
            if len(opened.pages) > MAX_PAGES:
                raise Unfit("pdf-unreadable")
            return [(each.extract_text() or "").split() for each in opened.pages]
    except Unfit:
        raise
    except Exception as problem:
        raise Unfit("pdf-unreadable") from problem


def _on_page(page: int, written: list[str], sealed: list[str]) -> list[Difference]:
    if written == sealed:
        return []
    compared = difflib.SequenceMatcher(None, written, sealed, autojunk=False)
    return [
        Difference(page, _words(written[a:b]), _words(sealed[c:d]))
        for kind, a, b, c, d in compared.get_opcodes()
        if kind != "equal"
    ]


def _words(words: list[str]) -> str:
    return " ".join(words)[:MAX_WORDS]
