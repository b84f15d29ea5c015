"""Whether a city still stands by the figures that its pages show.

Rooms above keep the editions; the one that does enters itself at the start. Every page, list,
frame and address of the API that shows a city's figures asks here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from vatra.web.cities.models import City


@dataclass(frozen=True)
class Withdrawal:
    """The city took back the edition whose figures are shown: when, and why in its own words."""

    slug: str
    edition: int
    on: datetime
    reason: str


class Register(Protocol):
    """A room that knows what became of editions."""

    def withdrawn(self, cities: Sequence[City]) -> Mapping[int, Withdrawal]:
        """Those cities, by key, that took back the edition of the seal they show."""

    def number(self, city: City) -> int | None:
        """The number of the edition of the seal that a city shows."""


REGISTERS: list[Register] = []


def withdrawals(cities: Sequence[City]) -> dict[int, Withdrawal]:
    """Cities, by key, whose shown figures were taken back; asked once for a whole list."""
    return {key: each for room in REGISTERS for key, each in room.withdrawn(cities).items()}


def shown_edition(city: City) -> int | None:
    """The number of the edition that a city shows, None for a folder that was only registered."""
    return next((found for room in REGISTERS if (found := room.number(city)) is not None), None)


def withdrawal_of(city: City) -> Withdrawal | None:
    """That a city took back what its pages show, or None where it stands by it."""
    return withdrawals([city]).get(city.pk)
