"""Which buildings a visitor asks for: by type, by quarter, by what they need, page by page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from vatra.web.blocks.bills import bills_of
from vatra.web.blocks.folders import Held

# Lower ends of the steps of the map [kWh/m2 a]; the last one has no upper end.
STEPS_KWH_M2 = (0, 50, 80, 110, 140, 180)
PAGE_ROWS = 30
# So many pages before and after the shown one have a link.
_AROUND = 3
_MOST_LETTERS = 120


def step_of(kwh_m2: float) -> int:
    """The step of the map that a need falls into."""
    return sum(kwh_m2 >= each for each in STEPS_KWH_M2) - 1


@dataclass(frozen=True)
class Filter:
    """What is asked for; a blank field asks for everything.

    ``step`` is a step of the map, ``letter`` a class of the energy certificate.
    """

    archetype: str = ""
    quarter: str = ""
    step: str = ""
    letter: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Filter:
        """The filter of an address."""
        fields = ("type", "quarter", "need", "class")
        return cls(*(str(query.get(each, "")).strip()[:_MOST_LETTERS] for each in fields))

    @property
    def fields(self) -> Mapping[str, str]:
        """Names and values in an address, without the blank ones."""
        found = {
            "type": self.archetype,
            "quarter": self.quarter,
            "need": self.step,
            "class": self.letter,
        }
        return {name: value for name, value in found.items() if value}

    @property
    def query(self) -> str:
        """The filter as part of an address."""
        return urlencode(self.fields)

    @property
    def is_asked(self) -> bool:
        """Whether anything is left out."""
        return bool(self.fields)

    def places(self, held: Held) -> list[int]:
        """Positions of the buildings that fit, in the order of their codes."""
        tests = self._tests(held)
        return [at for at in range(len(held.zones)) if all(test(at) for test in tests)]

    def _tests(self, held: Held) -> list[Callable[[int], bool]]:
        buildings = held.stock.buildings
        found: list[Callable[[int], bool]] = []
        if self.archetype:
            found.append(lambda at: buildings[at].archetype == self.archetype)
        if self.quarter:
            found.append(lambda at: buildings[at].quarter == self.quarter)
        if self.step:
            found.append(lambda at: str(step_of(held.kwh_m2[at])) == self.step)
        if self.letter:
            letters = bills_of(held, date.today()).letters
            found.append(lambda at: letters[at] == self.letter)
        return found


@dataclass(frozen=True)
class Page:
    """One page of a long list; ``number`` from 1."""

    number: int
    count: int
    places: Sequence[int]
    first: int

    @property
    def near(self) -> list[int]:
        """Pages worth a link: the first, the last and those around this one."""
        around = range(self.number - _AROUND, self.number + _AROUND + 1)
        return sorted({1, self.count, *(each for each in around if 1 <= each <= self.count)})

    @classmethod
    def of(cls, query: QueryDict, places: Sequence[int]) -> Page:
        """The page of an address; one that does not exist is the nearest that does."""
        count = max(-(-len(places) // PAGE_ROWS), 1)
        text = str(query.get("page", ""))
        number = min(max(int(text) if text.isdecimal() and len(text) < 7 else 1, 1), count)
        first = (number - 1) * PAGE_ROWS
        return cls(number, count, places[first : first + PAGE_ROWS], first + 1)
