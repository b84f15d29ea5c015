"""What stands in a cell: a number, a mark for none, a unit, or words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vatra.linter.files.blocks import Cell
from vatra.linter.numbers import is_absent_word, token
from vatra.linter.quantities import unit

_YEAR = re.compile(r"(?:19|20)\d\d")
_GROUPED = re.compile(r"[-−+(]?\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?\)?\s?%?|[-−+(]?\d+[.,]\d+\)?\s?%?")
_THOUSANDS = re.compile(r"[-−+(]?\d{1,3}(?:[.,]\d{3})+")
_ONLY_NUMBER = re.compile(r"[-−+(]?[\d.,\s]*\d[\d.,\s]*\)?\s*%?")
_DASHES = re.compile(r"[-–—−.…/\s]+")
_ORDINAL = re.compile(r"[(\[]?(\d{1,2}|[a-zA-Z])[)\]]?\s*(=.*)?")
_FORMULA = re.compile(
    r"[(\[]?\w{1,2}[)\]]?\s*=\s*[(\[]?\w{1,2}[)\]]?(\s*[-−–+*x/:]\s*[(\[]?\w{1,3}[)\]]?)+"
)
_MARKS = re.compile(r"[\s*†‡⁰¹²³⁴-⁹]+$")  # fmt: skip


def text_of(cell: Cell) -> str:
    """A cell as one line of text."""
    return " ".join(str(cell).split()) if cell is not None else ""


def is_data(cell: Cell) -> bool:
    """Whether a cell is what rows hold: a number with or without unit, or a mark for none."""
    if not isinstance(cell, str):
        return cell is not None
    text = text_of(cell)
    if not text:
        return False
    if _DASHES.fullmatch(text):
        return True
    if is_absent_word(text):
        return bool(re.search(r"[^\W\d_]", text)) and not text.startswith(("(", "["))
    if is_year(text) or is_ordinal(text):
        return False
    each = token(text)
    return bool(each.body) or each.odd or bool(_ONLY_NUMBER.fullmatch(text))


def is_number(cell: Cell) -> bool:
    """Whether a cell holds a number, years among them."""
    if not isinstance(cell, str):
        return cell is not None
    text = text_of(cell)
    return bool(text) and (bool(token(text).body) or bool(_ONLY_NUMBER.fullmatch(text)))


def is_year(text: str) -> bool:
    return bool(_YEAR.fullmatch(_MARKS.sub("", text)))


def is_ordinal(text: str) -> bool:
    """Whether a text numbers a column: ``(1)``, ``(3)=(1)-(2)``, ``c=a-b``."""
    return bool(_FORMULA.fullmatch(text)) or bool(
        re.fullmatch(r"[(\[](\d{1,2}|[a-z])[)\]](\s*=.*)?", text)
    )


def is_unit(text: str) -> bool:
    """Whether a text is nothing but a unit, with or without brackets: ``(MWh)``, ``%``."""
    bare = text.strip().strip("()[]").strip()
    return bool(bare) and not bare[0].isdigit() and len(bare) < 30 and unit(bare) is not None


def numbers_columns(texts: Sequence[str]) -> bool:
    """Whether a row only counts the columns: ``0 1 2 3=1-2``, with or without its label."""
    found = [text for text in texts if text]
    matches = [_ORDINAL.fullmatch(text) for text in found]
    if len(found) < 3 or not all(matches):
        return False
    marks = [each[1].lower() for each in matches if each]
    first = marks[0]
    if first.isdigit():
        counted = [str(int(first) + place) for place in range(len(marks))]
        return int(first) <= 2 and marks == counted
    return marks == [chr(ord(first) + place) for place in range(len(marks))]


def mend(cell: Cell) -> Cell:
    """Put a number together again that was broken over the lines of a narrow cell."""
    if not isinstance(cell, str) or "\n" not in cell:
        return cell
    if not _ONLY_NUMBER.fullmatch(cell):
        return cell
    parts = cell.split("\n")
    joined = "".join(part.strip() for part in parts)
    whole = [bool(_GROUPED.fullmatch(part.strip())) or part.strip().isdigit() for part in parts]
    torn = bool(_THOUSANDS.fullmatch(joined)) and not _THOUSANDS.fullmatch(parts[0].strip())
    if _GROUPED.fullmatch(joined) and (torn or not all(whole)):
        return joined
    spaced = " ".join(part.strip() for part in parts)
    if re.fullmatch(r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?\s?%?", spaced):
        return spaced
    return joined if parts[-1].strip() in ("%", ")") else cell


def heading_text(cell: Cell) -> str:
    """A heading as one line; a word broken at a hyphen is put together again."""
    text = re.sub(r"(?<=[^\W\d_])-\n(?=[a-zăâîșț])", "", str(cell if cell is not None else ""))
    return " ".join(text.split())
