"""What sentences around the tables say about the city's emissions, where they say it plainly.

Only a sentence, or a part of a list, with one number, one quantity and one year is understood; one
that speaks of a part, of another place or of a bound is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from vatra.linter import headings
from vatra.linter.document import Passage
from vatra.linter.intervals import Interval
from vatra.linter.numbers import Style
from vatra.linter.printed.amounts import Amount, amounts
from vatra.tables import fold
from vatra.tables.vocabulary import SECTORS

TEN = Decimal(10)
HEDGED_SHARE = Decimal("0.03")
LONGEST_SENTENCE = 400
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-ZȘȚÎĂÂ(])")
_CLAUSE = re.compile(r"[,;:]\s|\s(?:and|și|iar|while|whereas|with|cu|of which|din care)\s")
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]*\d)")


@dataclass(frozen=True)
class Statement:
    """One number a sentence prints.

    ``about`` is total, sector, share, residual, gap or reduction; ``year`` None where none is said;
    ``hedged`` where it says "about".
    """

    about: str
    sector: str
    year: int | None
    amount: Amount
    hedged: bool
    text: str
    place: str

    def interval(self, style: Style) -> Interval | None:
        """What the number can stand for, canonical units; None when it is no number so read."""
        number = self.amount.number(style)
        if number is None:
            return None
        half = number.half * _coarse(number.value, number.decimals)
        middle = abs(number.value)
        half = max(half, middle * HEDGED_SHARE) if self.hedged else half
        return Interval.around(middle, half).scaled(self.amount.unit.size)


def _coarse(value: Decimal, decimals: int) -> Decimal:
    """A whole number that ends in zeros may be rounded to them."""
    if decimals or not value:
        return Decimal(1)
    digits = str(abs(int(value)))
    return TEN ** (len(digits) - len(digits.rstrip("0")))


def statements(passages: Sequence[Passage]) -> list[Statement]:
    """Everything the passages plainly say, in their order."""
    found: list[Statement] = []
    for passage in passages:
        for sentence in _SENTENCE.split(passage.text):
            found += _statement(sentence, passage.place)
    return found


def base_years(passages: Sequence[Passage]) -> set[int]:
    """Years that stand right beside the words for the base year."""
    words = "|".join(each.replace("_", " ") for each in headings.phrases("sentence")["base"])
    near = re.compile(rf"(?:{words})(?:\W+\w+){{0,4}}?\W+((?:19|20)\d\d)(?!\d)")
    behind = re.compile(rf"(?<!\d)((?:19|20)\d\d)(?:\W+\w+){{0,4}}?\W+(?:{words})")
    found: set[int] = set()
    for passage in passages:
        for sentence in _SENTENCE.split(passage.text):
            text = fold(sentence).replace("_", " ")
            told = {int(each[1]) for each in near.finditer(text)}
            found |= told or {int(each[1]) for each in behind.finditer(text)}
    return found


def speaks_of_a_base(passages: Sequence[Passage]) -> bool:
    """Whether a passage sets a year beside a word for what emissions are counted from."""
    return any(
        _YEAR.search(passage.text) and _says(f"_{fold(passage.text)}_", "base", "inventory")
        for passage in passages
    )


def _statement(sentence: str, place: str) -> Iterable[Statement]:
    folded = f"_{fold(sentence)}_"
    if len(sentence) > LONGEST_SENTENCE or not _says(folded, "emissions"):
        return
    if _says(folded, "elsewhere", "countries"):
        return
    told = len(_amounts(sentence))
    whole = not _says(folded, "bound") and (told == 1 or not _says(folded, "cut", "residual"))
    if whole:
        # In a list each part names its own sector; what is cut or left is told in whole sentences.
        clauses = [sentence] if told == 1 else _CLAUSE.split(sentence)
        yield from _of_clauses(sentence, clauses, place)
    elif told > 1:
        for clause in _CLAUSE.split(sentence):
            own = f"_{fold(clause)}_"
            if _says(own, "emissions") and not _says(own, "bound", "reduce"):
                yield from _of_clauses(clause, [clause], place)


def _of_clauses(sentence: str, clauses: Sequence[str], place: str) -> Iterable[Statement]:
    """What the parts of a sentence say, each with one number."""
    folded = f"_{fold(sentence)}_"
    years = {int(each) for each in _YEAR.findall(sentence)}
    for clause in clauses:
        found = _amounts(clause)
        own = f"_{fold(clause)}_"
        sectors = _sectors(own)
        alone = clause is sentence
        if len(found) != 1 or not (alone or sectors or _says(own, "total")):
            continue
        about = _about(folded if sectors or alone else own, found[0], sectors)
        year = _year(folded, about, years)
        if about and year is not None:
            yield Statement(
                about,
                sectors[0] if sectors else "",
                year or None,
                found[0],
                _says(own, "hedge"),
                sentence.strip(),
                place,
            )


def _amounts(text: str) -> list[Amount]:
    return [each for each in amounts(text) if each.unit.quantity in ("emission", "percent")]


def _says(folded: str, *codes: str) -> bool:
    return any(
        f"_{stem}" in folded for code in codes for stem in headings.phrases("sentence")[code]
    )


def _sectors(folded: str) -> list[str]:
    words = headings.phrases("sentence")
    return [
        sector for sector in SECTORS if any(f"_{phrase}_" in folded for phrase in words[sector])
    ]


def _about(folded: str, amount: Amount, sectors: Sequence[str]) -> str:
    """What the number of a sentence is: empty where that is not plain."""
    percent = amount.unit.quantity == "percent"
    if len(sectors) > 1:
        return ""
    if sectors:
        if _says(folded, "cut", "residual"):
            return ""
        if not percent:
            return "sector"
        return "share" if _says(folded, "share") else ""
    if _says(folded, "gap"):
        return "" if percent or _says(folded, "residual", "reduce") else "gap"
    if _says(folded, "residual"):
        return "" if _says(folded, "reduce") or percent else "residual"
    if percent:
        return "reduction" if _says(folded, "reduce") else ""
    return "total" if _says(folded, "total") and not _says(folded, "cut") else ""


def _year(folded: str, about: str, years: set[int]) -> int | None:
    """The year a statement holds for; 0 where it says none and none is needed, None if unclear."""
    if about == "reduction":
        return max(years) if 1 <= len(years) <= 2 else None
    if len(years) == 1:
        return next(iter(years))
    base = _says(folded, "base")
    return 0 if not years and (base or about in ("share", "residual", "gap")) else None
