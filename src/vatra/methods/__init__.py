"""One folder per method: declaration, formulas, page. Methods are blind to each other.

They are found by looking: every package of this room that has a ``METHOD`` is one.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from vatra.methods.base import ActivityMethod, Emissions, Inputs, Method, Results, Term

__all__ = [
    "ActivityMethod",
    "Emissions",
    "Inputs",
    "Method",
    "Results",
    "Term",
    "activity_methods",
    "energy_methods",
    "methods",
]


@cache
def methods() -> Mapping[str, Method | ActivityMethod]:
    """All methods by name."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        if module.ispkg:
            method = import_module(f"{__name__}.{module.name}").METHOD
            found[method.name] = method
    return found


@cache
def energy_methods() -> Mapping[str, Method]:
    """Methods that count energy: exactly one for each sector and carrier."""
    return {name: each for name, each in methods().items() if isinstance(each, Method)}


@cache
def activity_methods() -> Mapping[str, ActivityMethod]:
    """Methods that count the rows of a table of activity."""
    return {name: each for name, each in methods().items() if isinstance(each, ActivityMethod)}
