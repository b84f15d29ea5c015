"""Geometry is optional: shapely and pyproj come with the extra ``buildings``."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any


class ShapesMissingError(ImportError):
    """Footprints were asked for and the packages that read them are not installed."""


@cache
def shapely() -> Any:
    """The package; ``ShapesMissingError`` says what to install."""
    return _found("shapely")


@cache
def pyproj() -> Any:
    """The package; ``ShapesMissingError`` says what to install."""
    return _found("pyproj")


def _found(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise ShapesMissingError(
            f"footprints need {name}: pip install 'vatra[buildings]'"
        ) from None
