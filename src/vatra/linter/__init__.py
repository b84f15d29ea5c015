"""The linter: read the tables of any Climate City Contract and say what does not add up.

>>> document = load("contract.yaml")          # doctest: +SKIP
>>> print(as_text(lint(document), "en"))      # doctest: +SKIP

``load`` reads YAML, JSON or CSV (``docs/how-to/lint-a-contract.md``); ``Document`` and
``LintTable`` can be built in code as well. A clean document yields no finding.
"""

from __future__ import annotations

from vatra.linter.document import KINDS, Document, LintTable, Passage
from vatra.linter.families import Family, families
from vatra.linter.findings import (
    Calculation,
    CellName,
    LintFinding,
    Repair,
    Shown,
    as_text,
    order,
)
from vatra.linter.lint import lint
from vatra.linter.load import load, load_bytes
from vatra.linter.rules import codes

__all__ = [
    "KINDS",
    "Calculation",
    "CellName",
    "Document",
    "Family",
    "LintFinding",
    "LintTable",
    "Passage",
    "Repair",
    "Shown",
    "as_text",
    "codes",
    "families",
    "lint",
    "load",
    "load_bytes",
    "order",
]
