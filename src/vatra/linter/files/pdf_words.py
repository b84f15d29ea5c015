"""The words of a PDF page as lines and cells; raised digits kept apart from numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from vatra.linter.files.aligned import Line, Segment
from vatra.linter.files.inline import raised, tidy

# A mark is smaller than the word it stands at by at least this share, and higher.
SMALLER_SHARE = 0.85
RAISED_SHARE = 0.12
# Gaps in sizes of the letters: within a word, and between the cells of a line.
WORD_GAP = 0.12
CELL_GAP = 0.7
WORD_SPACE = 0.3
CELL_PADDING = 4.0


@dataclass(frozen=True)
class Word:
    """A word with its box in points from the top left of its page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool

    @property
    def middle(self) -> float:
        """The height of the middle of the word."""
        return (self.top + self.bottom) / 2


def words_of(page: Any) -> list[Word]:
    """The words of a page, upright ones only."""
    found = page.extract_words(
        x_tolerance=1.5, y_tolerance=2, keep_blank_chars=False, extra_attrs=["size", "fontname"]
    )
    return [
        Word(
            text=str(each["text"]),
            left=float(each["x0"]),
            right=float(each["x1"]),
            top=float(each["top"]),
            bottom=float(each["bottom"]),
            size=float(each["size"]),
            bold=any(mark in str(each["fontname"]).lower() for mark in ("bold", "black", "heavy")),
        )
        for each in found
        if each.get("upright", True)
    ]


def lines_of(words: Iterable[Word]) -> list[list[Word]]:
    """Words that stand beside each other, from the top down, each line from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda each: (each.middle, each.left)):
        if lines and _beside(lines[-1], word):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda each: each.left) for line in lines]


def _beside(line: Sequence[Word], word: Word) -> bool:
    tallest = max(line, key=lambda each: each.size)
    reach = min(tallest.bottom, word.bottom) - max(tallest.top, word.top)
    return reach > 0.5 * min(tallest.bottom - tallest.top, word.bottom - word.top)


def text_of(line: Sequence[Word]) -> str:
    """The text of a line: words that touch are one, raised digits are marks."""
    parts: list[str] = []
    before: Word | None = None
    for word in line:
        text = word.text
        if before is not None:
            gap = word.left - before.right
            if gap > WORD_GAP * max(word.size, before.size):
                parts.append(" ")
            if _is_raised(before, word) and text[:1].isdigit():
                text = raised(text) or text
        parts.append(text)
        if before is None or word.size > SMALLER_SHARE * before.size:
            before = word
        else:
            before = Word(before.text, before.left, word.right, before.top, before.bottom,
                          before.size, before.bold)  # fmt: skip
    # A hyphen at the end of a line is a soft one in some files.
    return tidy(re.sub("[\u00ad\u2010]$", "-", "".join(parts)))


def _is_raised(before: Word, word: Word) -> bool:
    if word.size > SMALLER_SHARE * before.size:
        return False
    return before.bottom - word.bottom > RAISED_SHARE * before.size


def cell_text(words: Iterable[Word], right: float) -> str:
    """The text of a cell that ends at ``right``; only lines that its writer broke stay apart."""
    lines = lines_of(words)
    texts = [text_of(line) for line in lines]
    if not re.search(r"[^\W\d_]", "".join(texts)):
        # A number may be broken anywhere; what its parts mean is not settled here.
        return "\n".join(texts)
    found = texts[0] if texts else ""
    for above, line, text in zip(lines, lines[1:], texts[1:], strict=False):
        room = right - above[-1].right - CELL_PADDING
        if room > line[0].right - line[0].left + WORD_SPACE * line[0].size:
            found += "\n" + text
        elif re.search(r"[^\W\d_]-$", found) and text[:1].islower():
            found = found[:-1] + text
        else:
            found += " " + text
    return found


def segments_of(line: Sequence[Word], place: str) -> Line:
    """A line as segments with wide gaps between them."""
    groups: list[list[Word]] = []
    for word in line:
        if groups and word.left - groups[-1][-1].right <= CELL_GAP * max(word.size, 6.0):
            groups[-1].append(word)
        else:
            groups.append([word])
    return Line(
        tuple(Segment(group[0].left, group[-1].right, text_of(group)) for group in groups), place
    )
