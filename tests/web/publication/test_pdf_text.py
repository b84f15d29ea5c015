"""A PDF that was handed in is read once, and held against the language it is nearest to."""

from __future__ import annotations

import subprocess
import sys

import pytest

from vatra.web.publication import pdf_text
from vatra.web.publication.pdf_text import Difference, differing_words

PAGES = {
    b"handed": [["We", "emit", "9", "t"]],
    b"ro": [["Emitem", "8", "tone"]],
    b"en": [["We", "emit", "8", "t"]],
}


def test_the_nearest_language_is_chosen_and_nothing_is_read_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[bytes] = []

    def pages(content: bytes) -> list[list[str]]:
        read.append(content)
        return PAGES[content]

    monkeypatch.setattr(pdf_text, "_pages", pages)
    assert differing_words(b"handed", [b"ro", b"en"]) == [Difference(1, "9", "8")]
    assert sorted(read) == [b"en", b"handed", b"ro"]
    assert differing_words(b"handed", []) == []


def test_reading_words_loads_neither_signatures_nor_the_science() -> None:
    """Each change of a PDF starts a process: what it loads is paid for each time."""
    code = "import sys, vatra.web.publication.worker, vatra.web.publication.pdf_text; "
    code += "print(sorted({'pyhanko', 'vatra.contract', 'django'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
