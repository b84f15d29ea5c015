"""Where tables enter themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vatra.web.base.tables import Table
from vatra.web.cities.facts import Facts
from vatra.words import Language

Build = Callable[[Facts, Language], Table]


@dataclass(frozen=True)
class Builder:
    """How a table is built, and whether it speaks of the plan."""

    build: Build
    needs_plan: bool


BUILDERS: dict[str, Builder] = {}


def table(name: str, needs_plan: bool = False) -> Callable[[Build], Build]:
    """Enter a function as the builder of the table ``name``."""

    def enter(build: Build) -> Build:
        BUILDERS[name] = Builder(build, needs_plan)
        return build

    return enter
