"""What a row means: tables declared once, the check that types them, the findings it reports.

Tables are found by looking: every module of this room that has a ``TABLE`` is one.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from vatra.tables.check import Checked, Context, check
from vatra.tables.columns import Column, Table, fold, label
from vatra.tables.findings import Finding, FindingsError, Severity, has_errors, order

__all__ = [
    "Checked",
    "Column",
    "Context",
    "Finding",
    "FindingsError",
    "Severity",
    "Table",
    "check",
    "fold",
    "has_errors",
    "label",
    "order",
    "tables",
]


@cache
def tables() -> Mapping[str, Table]:
    """All declared tables by name."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        table = getattr(import_module(f"{__name__}.{module.name}"), "TABLE", None)
        if isinstance(table, Table):
            found[table.name] = table
    return found
