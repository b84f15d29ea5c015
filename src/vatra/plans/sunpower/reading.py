"""Rows of this room's data, and its refusals."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from vatra.words import Language, say

ROOM = "plans.sunpower"
_TO_VERIFY = "to verify"


@dataclass(frozen=True)
class Figure:
    """A number of the data with where it comes from and how sure it is."""

    name: str
    value: float
    source: str
    doubt: str

    @property
    def is_to_verify(self) -> bool:
        """Whether nobody has read it in the original yet."""
        return _TO_VERIFY in self.doubt


class SunpowerError(ValueError):
    """A refused question: a stable ``code`` and what its sentence needs."""

    def __init__(self, name: str, /, **params: object) -> None:
        self.code = f"{ROOM}.{name}"
        self.params = dict(params)
        super().__init__(self.text("en"))

    def text(self, lang: Language) -> str:
        """The fault and the next step, in a language."""
        return say(self.code, lang, **self.params)


def rows(name: str) -> Iterator[dict[str, str]]:
    """Rows of ``data/<name>.csv`` as texts, in the order of the file."""
    file = resources.files("vatra.plans.sunpower") / "data" / f"{name}.csv"
    yield from csv.DictReader(file.read_text("utf-8").splitlines())


@cache
def figures(name: str) -> Mapping[str, Figure]:
    """Figures of a file of ``name,value,source,doubt`` by name."""
    return {
        row["name"]: Figure(row["name"], float(row["value"]), row["source"], row["doubt"])
        for row in rows(name)
    }


def value(file: str, name: str) -> float:
    """One figure of a file."""
    return figures(file)[name].value
