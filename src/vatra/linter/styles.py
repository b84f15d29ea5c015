"""How each number of a column in a written contract is written: ``1.234`` can be two numbers.

Nobody declared a style there, and one contract mixes several. A number whose digits leave it open
is read as the others of its column are; where those leave it open too, as its sum needs it; then
as most of its table and document are; else its mark groups thousands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from vatra.linter.numbers import Style, Token, number, vote

NEAR_SHARE = Decimal("0.005")
MOST = 4
FEWEST_PARTS = 2


def styles(
    tokens: Sequence[Token],
    parts: Sequence[int],
    total: int | None,
    *votes: Mapping[Style, int],
) -> list[Style]:
    """The style of every cell of a column.

    ``parts`` and ``total`` are the rows that a sum would be made of; ``votes`` how often each
    style is the only possible one in the table, then in the document.
    """
    likely = _by_column(tokens) or _by_votes(tokens, votes)
    grouped = [_grouped(each) or style for each, style in zip(tokens, likely, strict=True)]
    decimal = [_decimal(each) or style for each, style in zip(tokens, likely, strict=True)]
    # A mark that groups thousands elsewhere in the column is no decimal mark here.
    groups = any(_told(each) and each.body.count(mark) > 1 for each in tokens for mark in ".,")
    for reading in (likely, grouped) if groups else (likely, grouped, decimal):
        if _adds_up(tokens, reading, parts, total):
            return reading
    return likely


def _open(each: Token) -> bool:
    return not each.plain and vote(each) == "ambiguous"


def _grouped(each: Token) -> Style | None:
    """The style in which the mark of an open number groups thousands."""
    if not _open(each):
        return None
    return "ro" if "." in each.body else "en"


def _decimal(each: Token) -> Style | None:
    if not _open(each):
        return None
    return "en" if "." in each.body else "ro"


def _by_column(tokens: Sequence[Token]) -> list[Style] | None:
    """The styles as the other numbers of the column decide them; None where none does."""
    told = Counter(said for each in tokens if (said := _told(each)) is not None)
    marks = {mark for each in tokens if _open(each) for mark in ".," if mark in each.body}
    if not told:
        # Two kinds of marks, each before three digits: both group thousands.
        return [_grouped(each) or "en" for each in tokens] if len(marks) == 2 else None
    style = told.most_common(1)[0][0]
    if any(_has_fraction(each) for each in tokens):
        return [style for _ in tokens]
    return [_grouped(each) or style for each in tokens]


def _told(each: Token) -> Style | None:
    said = None if each.plain else vote(each)
    return said if said in ("en", "ro") else None


def _has_fraction(each: Token) -> bool:
    """Whether a number that leaves no doubt has digits behind its decimal mark."""
    said = _told(each)
    return said is not None and ("." if said == "en" else ",") in each.body


def _by_votes(tokens: Sequence[Token], votes: Sequence[Mapping[Style, int]]) -> list[Style]:
    for found in votes:
        english, romanian = found.get("en", 0), found.get("ro", 0)
        if max(english, romanian) > MOST * min(english, romanian):
            style: Style = "en" if english > romanian else "ro"
            return [style for _ in tokens]
    return [_grouped(each) or "en" for each in tokens]


def _adds_up(
    tokens: Sequence[Token], reading: Sequence[Style], parts: Sequence[int], total: int | None
) -> bool:
    """Whether the parts nearly give the total under a reading."""
    if total is None or not tokens[total].body:
        return False
    read = [number(tokens[place], reading[place]) for place in (*parts, total)]
    values = [each.value for each in read if each is not None]
    if read[-1] is None or len(values) <= FEWEST_PARTS:
        return False
    missing = abs(sum(values[:-1], Decimal(0)) - values[-1])
    return missing <= abs(values[-1]) * NEAR_SHARE
