"""Which block of another quarter is like which kind of block of a blueprint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from vatra.plans.quarter import Menu
from vatra.plans.retrofit import LETTERS
from vatra.plans.stock import Archetype, archetypes
from vatra.runs.blueprint_state import Kind

Row = Mapping[str, Any]
# How alike a block is, the most alike first.
SAME, OTHER_CLASS, OTHER_HEAT, NEAR, NONE = "same", "class", "heat", "near", "none"
LEVELS = (SAME, OTHER_CLASS, OTHER_HEAT, NEAR, NONE)
# A storey more or less counts like so many years.
_YEARS_PER_STOREY = 5.0
_PPM = 1_000_000


@dataclass(frozen=True)
class Match:
    """A block's kind and the kind of the blueprint that it is taken for; None where there is none.

    ``level`` says how alike they are.
    """

    kind: Kind
    taken_for: Kind | None
    level: str


def matches(here: Sequence[Kind], there: Sequence[Kind]) -> tuple[Match, ...]:
    """The best match of each block among the kinds of a blueprint."""
    found: dict[Kind, Match] = {}
    for kind in sorted(set(here)):
        found[kind] = _match(kind, sorted(set(there)))
    return tuple(found[kind] for kind in here)


def _match(kind: Kind, there: Sequence[Kind]) -> Match:
    same_type = [each for each in there if each.archetype == kind.archetype]
    same_heat = [each for each in same_type if each.heat == kind.heat]
    if kind in same_heat:
        return Match(kind, kind, SAME)
    for level, some in ((OTHER_CLASS, same_heat), (OTHER_HEAT, same_type)):
        if some:
            return Match(kind, _closest_class(kind, some), level)
    nearest = _nearest_type(kind.archetype, sorted({each.archetype for each in there}))
    if nearest is None:
        return Match(kind, None, NONE)
    like = [each for each in there if each.archetype == nearest]
    heated = [each for each in like if each.heat == kind.heat]
    return Match(kind, _closest_class(kind, heated or like), NEAR)


def _closest_class(kind: Kind, some: Sequence[Kind]) -> Kind:
    def distance(each: Kind) -> tuple[int, Kind]:
        return abs(LETTERS.index(each.energy_class) - LETTERS.index(kind.energy_class)), each

    return min(some, key=distance)


def _nearest_type(code: str, known: Sequence[str]) -> str | None:
    """The type of the same use whose years and storeys lie nearest."""
    types = archetypes()
    mine = types[code]
    alike = [each for each in known if each in types and types[each].use == mine.use]
    return min(alike, key=lambda each: (_distance(mine, types[each]), each), default=None)


def _distance(one: Archetype, other: Archetype) -> float:
    years = abs(sum(one.years) - sum(other.years)) / 2
    storeys = abs(sum(one.storeys) - sum(other.storeys)) / 2
    return years + _YEARS_PER_STOREY * storeys


def copied(
    menu: Menu, found: Sequence[Match], rows: Sequence[Row], place_of: Mapping[str, int]
) -> np.ndarray[Any, np.dtype[np.int64]]:
    """A package for each block [n]: those of its kind in their shares of the floor area.

    Of blocks of one kind the one that needs most per m2 gets the package that saves most, until
    the package's share is used up. ``place_of`` the place in the menu by package.
    """
    package = np.full(menu.count, menu.kept, np.int64)
    need = menu.before("heating_kwh") / np.maximum(menu.floor_m2, 1e-9)
    by_kind: dict[Kind, list[int]] = {}
    for place, each in enumerate(found):
        if each.taken_for is not None:
            by_kind.setdefault(each.taken_for, []).append(place)
    for kind, members in sorted(by_kind.items()):
        own = [row for row in rows if _kind(row) == kind]
        own.sort(key=lambda row: (row["heating_after_wh_m2"], row["package"]))
        members.sort(key=lambda place: (-need[place], menu.blocks[place]))
        _deal(package, members, own, menu, place_of)
    return package


def _deal(
    package: np.ndarray[Any, np.dtype[np.int64]],
    members: Sequence[int],
    rows: Sequence[Row],
    menu: Menu,
    place_of: Mapping[str, int],
) -> None:
    area = float(menu.floor_m2[list(members)].sum())
    ends = np.cumsum([row["area_ppm"] for row in rows]) / _PPM * area
    reached = 0.0
    for place in members:
        middle = reached + float(menu.floor_m2[place]) / 2
        row = rows[min(int(np.searchsorted(ends, middle)), len(rows) - 1)]
        package[place] = place_of[row["package"]]
        reached += float(menu.floor_m2[place])


def _kind(row: Row) -> Kind:
    return Kind(row["archetype"], row["heat"], row["energy_class"])
