"""The faces of one inventory: the tables others ask for, each read back to the same rows.

Faces are found by looking: every module of this room that has a ``FACE`` is one.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from vatra.faces.face import Face, Report

__all__ = ["Face", "Report", "faces"]


@cache
def faces() -> Mapping[str, Face]:
    """All faces by name."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        face = getattr(import_module(f"{__name__}.{module.name}"), "FACE", None)
        if isinstance(face, Face):
            found[face.name] = face
    return found
