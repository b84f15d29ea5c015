"""The rules, one file each, found by looking.

A rule module has ``CODES`` and either ``equations(contract)``, the identities that must hold (the
linter finds the cell that explains the ones that fail), or ``find(contract)``, findings of its own.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from typing import cast

from vatra.linter.contract import Contract
from vatra.linter.equations import Equation
from vatra.linter.findings import LintFinding

Equations = Callable[[Contract], Iterable[Equation]]
Find = Callable[[Contract], Iterable[LintFinding]]


@cache
def _modules() -> tuple[object, ...]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(import_module(f"{__name__}.{name}") for name in names)


def equations(contract: Contract) -> list[Equation]:
    """All identities of all rules."""
    found: list[Equation] = []
    for module in _modules():
        rule = cast(Equations | None, getattr(module, "equations", None))
        if rule is not None:
            found.extend(rule(contract))
    return found


def find(contract: Contract) -> list[LintFinding]:
    """The findings of all rules that are no identities."""
    found: list[LintFinding] = []
    for module in _modules():
        rule = cast(Find | None, getattr(module, "find", None))
        if rule is not None:
            found.extend(rule(contract))
    return found


def codes() -> list[str]:
    """All codes the rules can report."""
    return sorted({code for module in _modules() for code in getattr(module, "CODES", ())})
