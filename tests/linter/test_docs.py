"""The how-to page names every code, and its examples run."""

import re
from pathlib import Path

from vatra.linter import as_text, codes, lint, load

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "lint-a-contract.md"
READING_CODES = {
    "linter.number-wrong",
    "linter.number-ambiguous",
    "linter.number-mixed",
    "linter.unit-unknown",
    "linter.unit-unfit",
    "linter.copied-cell",
    "linter.no-table",
}


def test_every_code_is_on_the_page():
    named = set(re.findall(r"`(linter\.[a-z-]+)`", PAGE.read_text("utf-8")))
    assert named == set(codes()) | READING_CODES


def test_the_examples_on_the_page_are_clean():
    text = PAGE.read_text("utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    examples = [block for block in blocks if "kind:" in block]
    assert len(examples) == 2
    for example in examples:
        found = lint(load(example, "page"))
        assert found == [], as_text(found)
