"""One folder per method: declaration, formulas, page. Methods are blind to each other.

They are found by looking: every package of this room that has a ``METHOD`` is one.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from vatra.methods.base import Method

__all__ = ["Method", "methods"]


@cache
def methods() -> Mapping[str, Method]:
    """All methods by name."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        if module.ispkg:
            method = import_module(f"{__name__}.{module.name}").METHOD
            found[method.name] = method
    return found
