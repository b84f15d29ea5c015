"""An inventory as the faces take it."""

from __future__ import annotations

from vatra.faces import Face, Report
from vatra.faces.face import RESULTS, as_declared
from vatra.faces.lines import lines_of
from vatra.runs.inventory import Inventory


def report(inventory: Inventory, years: tuple[int, ...] = ()) -> Report:
    """Everything a face shows of an inventory; ``years`` those asked for, all without."""
    return Report(
        city=inventory.pack.city,
        results=as_declared(inventory.results, RESULTS),
        lines=lines_of(inventory.gpc[year] for year in inventory.years),
        factors=inventory.factors,
        gwp=inventory.book.gwp,
        years=years,
    )


def years_of(face: Face, inventory: Inventory) -> tuple[int, ...]:
    """The years a face shows unless others are asked for: all, or the base year."""
    return () if face.every_year else (inventory.pack.city.base_year,)
