"""Whether the elements of an envelope keep the transmittance that the law allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from vatra.plans.retrofit.reading import (
    NO,
    UNKNOWN,
    YES,
    Origin,
    RetrofitError,
    Validity,
    origin,
    rows,
    validity,
    words_of,
)
from vatra.words import Language

MAJOR, NEW = "major", "new"
_WORDS = {YES: "u-kept", NO: "u-above", UNKNOWN: "u-unknown"}


@dataclass(frozen=True)
class ULimit:
    """The greatest corrected transmittance of an element [W/m2K].

    ``level``: ``major`` for a major renovation, ``new`` for a new building of nearly zero energy.
    """

    level: str
    element: str
    u_max_w_m2k: float
    validity: Validity
    origin: Origin


@dataclass(frozen=True)
class ElementCheck:
    """One element against its limit; ``verdict`` 1 kept, 0 above it, -1 not known."""

    limit: ULimit
    u_w_m2k: float | None
    verdict: int

    def text(self, lang: Language) -> str:
        """The finding as a sentence."""
        return words_of(
            _WORDS[self.verdict],
            lang,
            element=words_of(f"element-{self.limit.element}", lang),
            u=self.u_w_m2k if self.u_w_m2k is not None else 0,
            limit=self.limit.u_max_w_m2k,
        )


@cache
def u_limits() -> tuple[ULimit, ...]:
    """Every limit of ``data/u_limits.csv``."""
    return tuple(
        ULimit(row["level"], row["element"], float(row["u_max_w_m2k"]), validity(row), origin(row))
        for row in rows("u_limits")
    )


def check_elements(
    u_by_element: Mapping[str, float | None], level: str, on_date: date
) -> tuple[ElementCheck, ...]:
    """Each element of a building against the limits of a level on a day.

    Parameters
    ----------
    u_by_element : corrected transmittance, linear bridges included [W/m2K], by ``wall``,
        ``window``, ``roof``, ``basement`` or ``ground``; ``None`` where it is not known. Elements
        that the building does not have are left out.
    level : ``major`` or ``new``

    Raises ``RetrofitError`` for a level or elements without a limit, and for values below zero.
    """
    limits = {
        each.element: each
        for each in u_limits()
        if each.level == level and each.validity.holds(on_date)
    }
    foreign = sorted(set(u_by_element) - set(limits))
    if foreign or not limits:
        raise RetrofitError(
            "no-u-limit",
            elements=foreign,
            level=level,
            day=on_date.isoformat(),
            known=sorted(limits),
        )
    wrong = sorted(each for each, u in u_by_element.items() if u is not None and not u > 0)
    if wrong:
        raise RetrofitError("u-not-positive", elements=wrong)
    return tuple(
        ElementCheck(limit, u_by_element[name], _verdict(u_by_element[name], limit))
        for name, limit in limits.items()
        if name in u_by_element
    )


def _verdict(u_w_m2k: float | None, limit: ULimit) -> int:
    if u_w_m2k is None:
        return UNKNOWN
    return YES if u_w_m2k <= limit.u_max_w_m2k else NO
