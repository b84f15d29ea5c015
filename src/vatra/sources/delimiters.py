"""Which sign parts the fields of a CSV file, told from its first lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

# What people call them, on pages and in the terminal.
NAMED = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
DELIMITERS = tuple(NAMED.values())
LINES_LOOKED_AT = 50
# Enough for so many lines of any file that people keep.
_SIGNS_LOOKED_AT = 200_000
_QUOTED = re.compile(r'(^|[,;\t|])[ ]*"[^"]*(?:""[^"]*)*"', re.MULTILINE)
_NUMBER = r"[ ]*[-+\u2212]?\d[\d .\u00a0]*,\d+[ %]*"
_DECIMAL = re.compile(rf"(?<=[;\t|]){_NUMBER}(?=[;\t|]|$)|^{_NUMBER}(?=[;\t|])")
_ALONE = re.compile(_NUMBER)


def guess(text: str) -> str:
    """The mark that parts most lines into as many fields as the next line; a comma if none does.

    What stands in quotes parts nothing, nor does the decimal comma of a number that other marks
    enclose (``;1,5;``), nor a mark with a space behind it in a line that has others without one
    (``Homes, shops;1``). A line ``sep=;`` says it outright.
    """
    beginning = _QUOTED.sub(r"\1", text.removeprefix("\ufeff")[:_SIGNS_LOOKED_AT])
    lines = [line.rstrip() for line in beginning.split("\n") if line.strip(" \t,;|\r")]
    said = declared(lines[0]) if lines else ""
    if said:
        return said
    if _is_one_column(lines):
        # Any mark but the comma, which would take the numbers apart.
        return ";"
    counts = [_marks(line) for line in lines[:LINES_LOOKED_AT]]

    def steadiness(mark: str) -> tuple[int, int]:
        found = [each.get(mark, 0) for each in counts]
        return sum(a == b > 0 for a, b in pairwise(found)), sum(found)

    return max(DELIMITERS, key=steadiness)


def of_headings(line: str, below: str) -> str:
    """The delimiter of a file with headings on its first line: the only mark there, else the one
    that the rows below agree on; a comma where it has none."""
    bare = _QUOTED.sub(r"\1", line)
    marks = [mark for mark in DELIMITERS if mark in bare]
    if len(marks) > 1:
        return guess(f"{line}\n{below}")
    return marks[0] if marks else ","


def declared(line: str) -> str:
    """The mark that a line ``sep=;`` of a spreadsheet names; empty for other lines."""
    text = line.strip("\r\n")
    is_said = text.casefold().startswith("sep=") and len(text) == 5
    return text[4] if is_said and text[4] in DELIMITERS else ""


def _marks(line: str) -> dict[str, int]:
    """How often each mark parts a line."""
    bare = _DECIMAL.sub("", line)
    tight = {mark: bare.count(mark) - bare.count(f"{mark} ") for mark in DELIMITERS}
    return tight if any(tight.values()) else {mark: bare.count(mark) for mark in DELIMITERS}


def _is_one_column(lines: Sequence[str]) -> bool:
    """Whether every line with a mark is a number with a decimal comma."""
    marked = [line for line in lines if any(mark in line for mark in DELIMITERS)]
    return bool(marked) and len(marked) < len(lines) and all(map(_ALONE.fullmatch, marked))
