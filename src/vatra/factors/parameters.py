"""Parameters of methods: numbers that are no emission factor of a carrier, dated and sourced.

One row is ``set, parameter, key``: ``ipcc_2006, landfill.docf, food``. A parameter is looked up
through the same order of sets as a factor; sets that the city does not name come after those it
does, so that ``ipcc_2019`` is used only where ``ipcc_2006`` is silent, unless asked for first.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

_FIRST = ("override", "local")
_LAST = ("ipcc_2006", "ipcc_2019")


@dataclass(frozen=True)
class Parameter:
    """One number a method needs.

    ``name`` what it is (``landfill.docf``), ``key`` what narrows it (``food``); ``low`` and
    ``high`` the ends of the 95 % interval where published; ``value`` in ``unit``.
    """

    set: str
    name: str
    key: str
    value: float
    unit: str
    source: str
    year_from: int | None = None
    year_to: int | None = None
    low: float | None = None
    high: float | None = None
    page: str = ""
    note: str = ""
    file: str = ""
    line: int = 0

    @property
    def parameter_id(self) -> str:
        """Stable name: set, name, key and the first year it holds in."""
        years = "" if self.year_from is None else str(self.year_from)
        return "/".join(part for part in (self.set, self.name, self.key, years) if part)

    def holds_in(self, year: int | None) -> bool:
        """Whether the parameter is valid in a year; without years it always is."""
        if self.year_from is None or year is None:
            return self.year_from is None
        return self.year_from <= year <= (self.year_to or self.year_from)

    @property
    def ratios(self) -> tuple[float, float]:
        """Ends of the interval as multiples of the value; (1, 1) where none is published."""
        if not self.value or self.low is None or self.high is None:
            return (1.0, 1.0)
        return (self.low / self.value, self.high / self.value)


class MissingParameter(Exception):
    """No set has the parameter; ``known`` are the keys that exist for its name."""

    def __init__(self, name: str, key: str, year: int | None, known: Sequence[str]) -> None:
        self.name, self.key, self.year, self.known = name, key, year, tuple(known)
        super().__init__(f"{name}/{key}" if key else name)


@dataclass(frozen=True)
class ParameterBook:
    """Parameters in force: the shipped rows and the city's own, in an order of sets."""

    rows: tuple[Parameter, ...]
    sets: tuple[str, ...]
    _by_name: Mapping[tuple[str, str], list[Parameter]] = field(
        init=False, repr=False, compare=False
    )
    # What was asked before: rows ask the same thing thousands of times.
    _answers: dict[tuple[str, tuple[str, ...], int | None], Parameter | None] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        rank = {name: position for position, name in enumerate(self.sets)}
        found: dict[tuple[str, str], list[Parameter]] = {}
        for row in self.rows:
            if row.set in rank:
                found.setdefault((row.name, row.key), []).append(row)
        for rows in found.values():
            rows.sort(key=lambda each: (rank[each.set], each.year_from is None))
        object.__setattr__(self, "_by_name", found)

    @property
    def version(self) -> str:
        """SHA-256 over every row that may be used and the order of sets."""
        rows = sorted(
            [row.parameter_id, row.year_to or 0, repr(row.value), row.unit, row.source]
            for row in self.rows
            if row.set in self.sets
        )
        text = json.dumps([rows, list(self.sets)], ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def find(self, name: str, *keys: str, year: int | None = None) -> Parameter | None:
        """The parameter of the first set that has one of the keys, the first such key of it.

        ``""`` is the key of no narrowing. The set comes before the key, so that a city's own value
        without a key is taken before a default that has one.
        """
        asked = (name, keys, year)
        if asked not in self._answers:
            self._answers[asked] = self._look_up(name, keys, year)
        return self._answers[asked]

    def _look_up(self, name: str, keys: tuple[str, ...], year: int | None) -> Parameter | None:
        found = [
            (self.sets.index(row.set), place, row.year_from is None, row)
            for place, key in enumerate(keys or ("",))
            for row in self._by_name.get((name, key), ())
            if row.year_from is None or row.holds_in(year)
        ]
        return min(found, key=lambda each: each[:3])[3] if found else None

    def need(self, name: str, *keys: str, year: int | None = None) -> Parameter:
        """Like ``find``; raises ``MissingParameter`` naming the keys that exist."""
        found = self.find(name, *keys, year=year)
        if found is None:
            raise MissingParameter(name, keys[0] if keys else "", year, self.keys(name))
        return found

    def keys(self, name: str) -> tuple[str, ...]:
        """The keys that exist for a name, in order."""
        return tuple(sorted({key for each, key in self._by_name if each == name}))


@cache
def shipped_parameters() -> tuple[Parameter, ...]:
    """Every parameter that comes with Vatra: all files of ``factors/data/parameters``."""
    rows: list[Parameter] = []
    folder = resources.files("vatra.factors") / "data" / "parameters"
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if not file.name.endswith(".csv"):
            continue
        reader = csv.DictReader(file.read_text("utf-8").splitlines())
        for line, row in enumerate(reader, start=2):
            rows.append(
                Parameter(
                    set=row["set"],
                    name=row["parameter"],
                    key=row["key"],
                    value=float(row["amount"]),
                    unit=row["unit"],
                    source=row["source"],
                    year_from=_whole(row["year_from"]),
                    year_to=_whole(row["year_to"]),
                    low=_number(row["low"]),
                    high=_number(row["high"]),
                    page=row["page"],
                    note=row["note"],
                    file=f"factors/data/parameters/{file.name}",
                    line=line,
                )
            )
    return tuple(rows)


def _number(text: str) -> float | None:
    return float(text) if text else None


def _whole(text: str) -> int | None:
    return int(text) if text else None


def known_parameter_sets() -> tuple[str, ...]:
    """Ids of the sets of parameters that the book ships."""
    return tuple(dict.fromkeys(row.set for row in shipped_parameters()))


def open_parameters(sets: Sequence[str] = (), own: Iterable[Parameter] = ()) -> ParameterBook:
    """Pin the parameters: shipped rows and a city's own, the sets named first in their order.

    A city's own rows come first even where its list of sets does not name ``local``.
    """
    own = tuple(own)
    others = (*_FIRST, *_LAST, *known_parameter_sets(), *(row.set for row in own))
    rest = [each for each in sets if each != "override"]
    named = ("override", *(() if "local" in rest else ("local",)), *rest)
    return ParameterBook((*shipped_parameters(), *own), tuple(dict.fromkeys((*named, *others))))
