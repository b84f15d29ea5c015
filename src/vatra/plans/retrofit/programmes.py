"""Programmes that pay for retrofit, as dated data: who, for what, when, how much, with what else.

Nothing about a programme stands in code. A new call, a changed condition, a moved date is a row in
``data/``: ``programmes``, ``windows``, ``conditions``, ``shares``, ``ceilings``, ``stacking``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import TypeVar

from vatra.plans.retrofit.reading import (
    Origin,
    RetrofitError,
    Row,
    Said,
    Validity,
    origin,
    rows,
    said,
    validity,
)

T = TypeVar("T")

GRANT, LOAN = "grant", "loan"
SUSPENDED, CLOSING_UNKNOWN = "suspended", "closing_unknown"
OWNERS = "owners"
# Paid by public budgets or by owners: the data does not say how it is parted.
NATIONAL = "national"


@dataclass(frozen=True)
class Window:
    """Days on which applications were or are taken, or on which the programme is suspended.

    ``state`` ``open``, ``suspended``, or ``closing_unknown`` for a call of which only the opening
    is known.
    """

    id: str
    state: str
    days: Validity
    origin: Origin


@dataclass(frozen=True)
class Condition:
    """One condition: a field against a value. ``text`` the rule, ``no`` why not ({value})."""

    id: str
    field: str
    operator: str
    value: str
    unit: str
    validity: Validity
    text: Said
    no: Said
    origin: Origin


@dataclass(frozen=True)
class Share:
    """What a payer bears of the accepted costs, in hundredths of a per cent."""

    payer: str
    basis_points: int
    validity: Validity
    origin: Origin


@dataclass(frozen=True)
class Ceiling:
    """The most that is accepted per ``built_m2`` or ``project``, where ``when`` holds."""

    when: Condition
    amount: float
    currency: str
    basis: str
    text: Said
    origin: Origin


@dataclass(frozen=True)
class Programme:
    """A programme; ``covers`` are the groups of costs that it pays for.

    ``owners_known`` whether the data says what is left to the owners; ``vat`` says who bears it.
    """

    id: str
    name: Said
    kind: str
    covers: tuple[str, ...]
    owners_known: bool
    authority: Said
    vat: Said
    windows: tuple[Window, ...]
    conditions: tuple[Condition, ...]
    shares: tuple[Share, ...]
    ceilings: tuple[Ceiling, ...]
    origin: Origin


@dataclass(frozen=True)
class Stacking:
    """Whether two programmes may pay for the same block, and by which rule."""

    together: bool
    text: Said
    origin: Origin


@cache
def programmes() -> Mapping[str, Programme]:
    """Every programme by id, in the order of its file."""
    windows = _by_programme("windows", _window)
    conditions = _by_programme("conditions", _condition)
    shares = _by_programme("shares", _share)
    ceilings = _by_programme("ceilings", _ceiling)
    found = {}
    for row in rows("programmes"):
        name = row["id"]
        found[name] = Programme(
            name,
            said(row, "name"),
            row["kind"],
            tuple(row["covers"].split(";")),
            row["owners"] == "known",
            said(row, "authority"),
            said(row, "vat"),
            tuple(windows.get(name, ())),
            tuple(conditions.get(name, ())),
            tuple(shares.get(name, ())),
            tuple(ceilings.get(name, ())),
            origin(row),
        )
    return MappingProxyType(found)


def programme(name: str) -> Programme:
    """One programme; ``RetrofitError`` lists those that exist."""
    if name not in programmes():
        raise RetrofitError("no-programme", name=name, known=list(programmes()))
    return programmes()[name]


@cache
def _stacking() -> Mapping[tuple[str, str], Stacking]:
    return {
        (row["first"], row["second"]): Stacking(
            row["together"] == "yes", said(row, "text"), origin(row)
        )
        for row in rows("stacking")
    }


def stacking(one: str, other: str) -> Stacking | None:
    """Whether two programmes go together; ``None`` where the data does not say."""
    return _stacking().get((min(one, other), max(one, other)))


@cache
def rates() -> tuple[tuple[str, float, Validity, Origin], ...]:
    """Every dated rate: name, value, days, origin."""
    return tuple(
        (row["name"], float(row["value"]), validity(row), origin(row)) for row in rows("rates")
    )


def rate(name: str, on_date: date) -> float:
    """A rate (``vat`` [%], ``ron_per_eur``) on a day; ``RetrofitError`` where none is known."""
    for known, value, days, _ in rates():
        if known == name and days.holds(on_date):
            return value
    raise RetrofitError("no-rate", name=name, day=on_date.isoformat())


def _by_programme(name: str, make: Callable[[Row], T]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for row in rows(name):
        found.setdefault(row["programme"], []).append(make(row))
    return found


def _window(row: Row) -> Window:
    days = validity(row, "opens", "closes")
    return Window(row["id"], row["state"], days, origin(row))


def _condition(row: Row) -> Condition:
    return Condition(
        row["id"],
        row["field"],
        row["operator"],
        row["value"],
        row["unit"],
        validity(row),
        said(row, "text"),
        said(row, "no"),
        origin(row),
    )


def _share(row: Row) -> Share:
    points = round(float(row["share_percent"]) * 100)
    return Share(row["payer"], points, validity(row), origin(row))


def _ceiling(row: Row) -> Ceiling:
    text = said(row, "text")
    when = Condition(
        row["id"],
        row["field"],
        row["operator"],
        row["value"],
        "",
        validity(row),
        text,
        text,
        origin(row),
    )
    amount = float(row["amount"])
    return Ceiling(when, amount, row["currency"], row["basis"], text, origin(row))
