"""Numbers inside the text of a distribution: a decimal point, nothing else, never misread."""

from __future__ import annotations

import re
from decimal import Decimal

from vatra.plans.distributions.error import DistributionError

# No figure of a plan is larger; beyond it, ranges and squares would run out of floating point.
LARGEST = 1e100

_NUMBER = re.compile(
    r"(?P<number>[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,9})?)"
    r"(?P<percent>[ \u00a0\u202f]?%)?"
)
_NOT_FINITE = frozenset({"nan", "inf", "infinity"})


def read_number(text: str) -> float:
    """Return the number that a text spells: ``0.35``, ``1e-3``, ``-2.5e6``, ``35%``.

    Raises ``DistributionError`` for a blank, for what is not finite, for a decimal comma, and for
    a number that floating point would turn into infinity or nought.
    """
    text = text.strip()
    if not text:
        raise DistributionError("blank")
    if text.lower().lstrip("+-") in _NOT_FINITE:
        raise DistributionError("not-finite", text=text)
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise DistributionError("number", text=text)
    value = float(found["number"])
    if abs(value) > LARGEST or (
        value == 0 and re.search("[1-9]", found["number"].lower().split("e")[0])
    ):
        raise DistributionError("size", text=text)
    if found["percent"]:
        value = float(Decimal(found["number"]) / 100)
    return value + 0.0  # no negative nought


def write_number(value: float) -> str:
    """The shortest spelling that reads back to the same number: ``0.35``, ``3``, ``1e-05``."""
    return repr(float(value) + 0.0).removesuffix(".0")
