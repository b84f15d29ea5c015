"""Reads of a city's buildings; ``access_building`` is the only door to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.urls import reverse

from vatra.plans.stock import Building
from vatra.web.base.errors import Choice, NotHere
from vatra.web.blocks.folders import BlockYear, Held, Opened, block_year, stock_of
from vatra.web.cities.models import City
from vatra.words import Language

_SHOWN = 8


def opened(city: City) -> Opened:
    """The stock of a city, or what stands in its way."""
    return stock_of(Path(city.folder), city.run_id, city.slug)


def needed(city: City, lang: Language) -> Held:
    """The stock of a city; 404 with the page that says how to give one where there is none."""
    held = opened(city).held
    if held is None:
        url = reverse("blocks:buildings", args=[lang, city.slug])
        raise NotHere("web.blocks.none", [Choice(city.name, url)], city=city.name)
    return held


def access_building(city: City, code: str, lang: Language) -> BlockYear:
    """A building hour by hour; 404 with some that exist for a code that names none."""
    held = needed(city, lang)
    year = block_year(Path(city.folder), city.run_id, city.slug, code)
    if year is None:
        exist = [
            Choice(name_of(each), reverse("blocks:building", args=[lang, city.slug, each.code]))
            for each in held.stock.buildings[:_SHOWN]
        ]
        raise NotHere("web.blocks.building-unknown", exist, code=code, city=city.name)
    return year


def name_of(building: Building) -> str:
    """What people call a building."""
    return building.name or building.code


def quarter_words(code: str) -> str:
    """A quarter or an association as people write it: ``model_nord`` -> ``Model nord``."""
    words = code.replace("_", " ")
    return words[:1].upper() + words[1:]


@dataclass(frozen=True)
class Sums:
    """Buildings together."""

    buildings_count: int
    flats_count: int
    heated_m2: float
    heating_wh: int
    peak_w: int

    @property
    def kwh_m2(self) -> float:
        """Heat per heated area and year."""
        return self.heating_wh / 1e3 / self.heated_m2 if self.heated_m2 else 0.0


def sums(held: Held, places: Sequence[int]) -> Sums:
    """Sums over some buildings; peaks add up as if they came in the same hour."""
    buildings = [held.stock.buildings[at] for at in places]
    return Sums(
        len(buildings),
        sum(each.flats_count for each in buildings),
        sum(each.heated_m2 for each in buildings),
        sum(held.heating_wh[at] for at in places),
        sum(held.peak_w[at] for at in places),
    )


def grouped(held: Held, places: Sequence[int], column: str) -> dict[str, list[int]]:
    """Positions by the value of a column of the buildings, sorted."""
    found: dict[str, list[int]] = {}
    for at in places:
        found.setdefault(getattr(held.stock.buildings[at], column), []).append(at)
    return {key: found[key] for key in sorted(found)}
