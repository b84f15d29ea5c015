"""Charts of a contract: each states its finding, speaks its numbers and draws itself as SVG.

Charts are found by looking: every module of this room that has ``NAME``, ``PLACE``, ``applies``
and ``build`` is one; ``PLACE`` is its place in the order.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from vatra.contract.charts.chart import Chart
from vatra.contract.charts.table import Column, RenderedTable
from vatra.words import Language

__all__ = ["Chart", "Column", "RenderedTable", "chart", "charts"]


@cache
def _builders() -> tuple[ModuleType, ...]:
    modules = (import_module(f"{__name__}.{each.name}") for each in pkgutil.iter_modules(__path__))
    return tuple(sorted((m for m in modules if hasattr(m, "PLACE")), key=lambda m: m.PLACE))


def charts(document: Mapping[str, Any], lang: Language) -> list[Chart]:
    """All charts that a contract has data for, in order."""
    return [each.build(document, lang) for each in _builders() if each.applies(document)]


def chart(name: str, document: Mapping[str, Any], lang: Language) -> Chart | None:
    """One chart by name, or None when the contract has no data for it."""
    for each in _builders():
        if name == each.NAME and each.applies(document):
            built: Chart = each.build(document, lang)
            return built
    return None
