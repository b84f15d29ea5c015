"""What tells one kind of block from another when a quarter is copied: type, heat, class."""

from __future__ import annotations

from dataclasses import dataclass

from vatra.plans.quarter import Menu
from vatra.plans.retrofit import LETTERS
from vatra.plans.services import systems_of, usual_systems
from vatra.plans.stock import Building
from vatra.runs.stock import Stock


@dataclass(frozen=True, order=True)
class Kind:
    """Blocks that are copied alike: their type, what heats them, and their class before works."""

    archetype: str
    heat: str
    energy_class: str


def kinds(stock: Stock, menu: Menu, usual_heat: str) -> tuple[Kind, ...]:
    """The kind of every block of a stock, in its order."""
    classes = menu.before("energy_class")
    return tuple(
        Kind(each.archetype, heat_of(stock, each, usual_heat), LETTERS[int(classes[place])])
        for place, each in enumerate(stock.buildings)
    )


def heat_of(stock: Stock, building: Building, usual_heat: str) -> str:
    """The system that gives most of a building's heat."""
    use = building.use if building.use in ("block", "house") else "block"
    systems = systems_of(building.code, stock.systems, usual_systems(use, usual_heat))
    heating = [each for each in systems if each.service == "heating"]
    return max(heating, key=lambda each: each.share).system if heating else ""
