"""Where tables of the inventory enter themselves: each for one year, or for all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vatra.web.base.tables import Table
from vatra.web.cities.figures import Figures
from vatra.words import Language

Build = Callable[[str, Figures, int, Language], Table]


@dataclass(frozen=True)
class FiguresBuilder:
    """How a table is built, and whether there is one for each year."""

    build: Build
    by_year: bool


FIGURES_BUILDERS: dict[str, FiguresBuilder] = {}


def figures_table(name: str, by_year: bool = True) -> Callable[[Build], Build]:
    """Enter a function ``(id, figures, year, lang)`` as the builder of the table ``name``."""

    def enter(build: Build) -> Build:
        FIGURES_BUILDERS[name] = FiguresBuilder(build, by_year)
        return build

    return enter
