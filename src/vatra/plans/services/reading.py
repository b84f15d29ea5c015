"""Figures of this room's data: each with its unit, source and doubt."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from vatra.words import Language, say

ROOM = "plans.services"
ANY = "any"
Floats = npt.NDArray[np.float64]
Row = Mapping[str, str]


@dataclass(frozen=True)
class Figure:
    """One figure; ``low`` and ``high`` are None where nobody stated a range."""

    file: str
    of: str
    quantity: str
    value: float
    low: float | None
    high: float | None
    unit: str
    source: str
    doubt: str

    def name(self, lang: Language) -> str:
        """What the figure is, in a language."""
        return say(f"{ROOM}.quantity-{self.quantity}", lang)


class ServicesError(ValueError):
    """A refused question: a stable ``code`` and what its sentence needs."""

    def __init__(self, name: str, /, **params: object) -> None:
        self.code = f"{ROOM}.{name}"
        self.params = dict(params)
        super().__init__(self.text("en"))

    def text(self, lang: Language) -> str:
        """The fault and the next step, in a language."""
        return say(self.code, lang, **self.params)


@cache
def figures(file: str) -> Mapping[tuple[str, str], Figure]:
    """Every figure of ``data/<file>.csv`` by what it is of and its quantity."""
    found: dict[tuple[str, str], Figure] = {}
    for row in rows(file):
        key = row["of"], row["quantity"]
        if key in found:
            raise ValueError(f"{file}.csv: {' '.join(key)} stands twice")
        low, high = (float(row[each]) if row[each] else None for each in ("low", "high"))
        found[key] = Figure(
            file, *key, float(row["value"]), low, high, row["unit"], row["source"], row["doubt"]
        )
    return MappingProxyType(found)


def figure(file: str, quantity: str, *of: str) -> Figure:
    """The figure of the first of some names that has one, of ``any`` last.

    Raises ``KeyError`` naming the file and what it lacks.
    """
    known = figures(file)
    for each in (*of, ANY):
        if (each, quantity) in known:
            return known[each, quantity]
    raise KeyError(f"{file}.csv has no {quantity} of {' or '.join(of) or ANY}")


def value(file: str, quantity: str, *of: str) -> float:
    """The value of ``figure``."""
    return figure(file, quantity, *of).value


@cache
def uses() -> tuple[str, ...]:
    """Uses of buildings that the figures tell apart."""
    return tuple(dict.fromkeys(row["use"] for row in rows("usual")))


def rows(name: str) -> Iterator[Row]:
    """Rows of ``data/<name>.csv`` as texts, in the order of the file."""
    file = resources.files("vatra.plans.services") / "data" / f"{name}.csv"
    yield from csv.DictReader(file.read_text("utf-8").splitlines())
