"""The tables of a city's pages: from its sealed document, and from the inventory behind it.

They are found by looking: every function of this room that takes ``(facts, lang)`` and is
registered with ``@table("id")`` is one, and its id is its address. Those of the inventory take
``(id, figures, year, lang)`` and are registered with ``@figures_table("stem")``: a table of a year
is named ``gpc-2021``, one of all years ``years``.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from vatra.web.base.tables import Table
from vatra.web.cities.facts import Facts
from vatra.web.cities.figures import Figures
from vatra.web.cities.tables.figures import FIGURES_BUILDERS
from vatra.web.cities.tables.registry import BUILDERS
from vatra.words import Language


@cache
def names() -> tuple[str, ...]:
    """Ids of all tables, sorted."""
    for module in pkgutil.iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return tuple(sorted(BUILDERS))


def available(facts: Facts) -> list[str]:
    """Ids of the tables that this city has: those of the plan only where there is one."""
    return [name for name in names() if facts.plan or not BUILDERS[name].needs_plan]


def build(name: str, facts: Facts, lang: Language) -> Table:
    """One table; raises ``KeyError`` for an id that does not exist."""
    names()
    return BUILDERS[name].build(facts, lang)


def figures_names(figures: Figures) -> list[str]:
    """Ids of the tables that an inventory has, sorted."""
    names()
    found = []
    for stem, builder in FIGURES_BUILDERS.items():
        found += [f"{stem}-{year}" for year in figures.years] if builder.by_year else [stem]
    return sorted(found)


def figures_build(name: str, figures: Figures, lang: Language) -> Table:
    """A table of the inventory by its id; raises ``KeyError`` for one that does not exist."""
    if name not in figures_names(figures):
        raise KeyError(name)
    stem, _, year = name.rpartition("-")
    if stem in FIGURES_BUILDERS and year.isdecimal():
        return FIGURES_BUILDERS[stem].build(name, figures, int(year), lang)
    return FIGURES_BUILDERS[name].build(name, figures, figures.first_shown, lang)
