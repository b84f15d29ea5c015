"""A repair written as its cell writes numbers: ``5.463`` becomes ``4.563``, not ``4,563``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vatra.linter import Repair, Shown

_MINUS = ("-", "\u2212", "\u2013")
# How numbers are written: the sign between thousands, the sign before decimals.
Style = tuple[str, str]
_STYLES: tuple[Style, ...] = (
    (",", "."), (".", ","), (" ", ","), (" ", "."), ("'", "."), ("", "."), ("", ","),
)  # fmt: skip
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009", " "))


@dataclass(frozen=True)
class Change:
    """The part of a cell that is wrong and what it should be; ``start`` is where it begins."""

    start: int
    old: str
    new: str


def styles_of(texts: Iterable[str]) -> list[Style]:
    """The ways to write numbers, the one that most cells of a table use first.

    A number below a thousand says nothing of how its table groups thousands.
    """
    spaced = [text.translate(_SPACES) for text in texts]
    used = {style: sum(bool(_like(style).search(text)) for text in spaced) for style in _STYLES}
    return sorted(_STYLES, key=lambda style: -used[style])


def _like(style: Style) -> re.Pattern[str]:
    """Numbers that only this style, or one with the same signs, writes."""
    grouping, decimal = (re.escape(sign) for sign in style)
    grouped = rf"(?<![\d.,])\d{{1,3}}(?:{grouping}\d{{3}})+(?:{decimal}\d+)?(?![\d.,]*\d)"
    return re.compile(grouped if grouping else rf"(?<![\d.,])\d+{decimal}\d{{1,2}}(?![\d.,])")


def change(text: str, repair: Repair, styles: Sequence[Style] = _STYLES) -> Change | None:
    """The change of a cell's text; None where its number is not found, or found twice."""
    spaced = text.translate(_SPACES)
    for old, new in _pairs(repair.printed, repair.suggested, styles):
        if spaced.count(old) == 1 and _stands_alone(spaced, old):
            start = spaced.index(old)
            return Change(start, text[start : start + len(old)], new)
    return None


def _pairs(printed: Shown, suggested: Shown, styles: Sequence[Style]) -> Iterator[tuple[str, str]]:
    """Both numbers in every style, signed ones first."""
    same_sign = (printed.value < 0) == (suggested.value < 0)
    for grouping, decimal in styles:
        old, new = (_digits(each, grouping, decimal) for each in (printed, suggested))
        if printed.value < 0:
            for minus in _MINUS:
                yield minus + old, (minus if same_sign else "") + new
        elif suggested.value < 0:
            yield old, _MINUS[1] + new
        else:
            yield old, new
    if printed.value < 0 and same_sign:
        # A cut printed without its sign: only the digits change.
        for grouping, decimal in styles:
            yield _digits(printed, grouping, decimal), _digits(suggested, grouping, decimal)


def _digits(shown: Shown, grouping: str, decimal: str) -> str:
    text = f"{abs(shown.value):,.{shown.decimals}f}"
    return text.replace(",", "\0").replace(".", decimal).replace("\0", grouping)


def _stands_alone(text: str, old: str) -> bool:
    """Whether no further digit belongs to the number: it is no part of a longer one."""
    start = text.index(old)
    before, after = text[:start], text[start + len(old) :]
    return not re.search(r"\d[.,']?$", before) and not re.match(r"[.,']?\d", after)
