"""The tables of a contract, the same for PDF, DOCX, XLSX, CSV, JSON and the web.

Tables are found by looking: every module of this room with ``PLACE`` and
``build(document, lang) -> list[RenderedTable]`` gives some.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from vatra.contract.charts.table import Column, RenderedTable, Value, cell_text
from vatra.words import Language

__all__ = ["Column", "RenderedTable", "Value", "cell_text", "table", "tables"]


@cache
def _builders() -> tuple[ModuleType, ...]:
    modules = (import_module(f"{__name__}.{each.name}") for each in pkgutil.iter_modules(__path__))
    return tuple(sorted((m for m in modules if hasattr(m, "PLACE")), key=lambda m: m.PLACE))


def tables(document: Mapping[str, Any], lang: Language) -> list[RenderedTable]:
    """All tables that a contract has rows for, in the order a reader meets them."""
    return [each for module in _builders() for each in module.build(document, lang) if each.rows]


def table(id: str, document: Mapping[str, Any], lang: Language) -> RenderedTable | None:
    """One table by its id, or None when the contract has no rows for it."""
    return next((each for each in tables(document, lang) if each.id == id), None)
