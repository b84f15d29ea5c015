"""The tables of a city's pages, built from its sealed document.

They are found by looking: every function of this room that takes ``(facts, lang)`` and is
registered with ``@table("id")`` is one, and its id is its address.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from vatra.web.base.tables import Table
from vatra.web.cities.facts import Facts
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
