"""What the linter hands back: the fault, its cells, the arithmetic, and a repair where unique."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from vatra.tables.findings import SEVERITIES, Severity
from vatra.words import Language, has, number, say

# Quotients of slips can grow beyond what anyone would write out.
LARGEST_WRITTEN = Decimal(10) ** 15

RepairKind = Literal["digit", "transposition", "sign", "unit", "copied-cell", "value"]


@dataclass(frozen=True, order=True)
class CellName:
    """Where a cell stands: table, row label and column heading as printed."""

    table: str
    row: str
    column: str


@dataclass(frozen=True)
class Shown:
    """A number to be written in the reader's language, with as many decimals as it was printed."""

    value: Decimal
    decimals: int = 0

    def text(self, lang: Language) -> str:
        """The number as the language writes it."""
        if abs(self.value) >= LARGEST_WRITTEN:
            return f"{self.value:.3E}"
        return number(self.value, lang, self.decimals)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Calculation:
    """A calculation as tokens: numbers, signs, and words written ``@linter.word``."""

    tokens: tuple[Shown | str, ...] = ()

    def text(self, lang: Language) -> str:
        """The calculation as a person writes it: ``14,087 + 16,119 = 30,206, printed 35,206``."""
        return "".join(
            token.text(lang)
            if isinstance(token, Shown)
            else say(token[1:], lang)
            if token.startswith("@")
            else token
            for token in self.tokens
        )


@dataclass(frozen=True)
class Repair:
    """The one small change that makes the table whole.

    ``kind`` says which: one digit, two neighbouring digits exchanged, a sign, a unit step, a cell
    copied from another row, or the value that the other cells give. ``printed`` and ``suggested``
    are in the unit of the cell. ``others`` are the cells that would do as well if the parts, not
    their sum, were wrong.
    """

    kind: RepairKind
    cell: CellName
    printed: Shown
    suggested: Shown
    others: tuple[CellName, ...] = ()
    same_as: CellName | None = None

    def text(self, lang: Language) -> str:
        """The repair as a sentence."""
        same = self.same_as.row if self.same_as else ""
        return say(
            f"linter.repair-{self.kind}",
            lang,
            row=self.cell.row,
            column=self.cell.column,
            printed=self.printed.text(lang),
            suggested=self.suggested.text(lang),
            same=same,
        ) + (say("linter.repair-if-parts", lang) if self.others else "")

    def as_dict(self, lang: Language) -> dict[str, Any]:
        """Plain data for JSON output."""
        return {
            "kind": self.kind,
            "row": self.cell.row,
            "column": self.cell.column,
            "printed": _plain(self.printed.value),
            "suggested": _plain(self.suggested.value),
            "others": [{"row": each.row, "column": each.column} for each in self.others],
            "text": self.text(lang),
        }


@dataclass(frozen=True)
class LintFinding:
    """One thing that does not add up.

    ``code`` is stable and is the key of its text (``linter.row-sum``); ``cells`` are the cells
    that show it, the one to look at first in front; ``also`` the codes of further rules that the
    same slip breaks.
    """

    code: str
    severity: Severity
    table: str
    cells: tuple[CellName, ...] = ()
    calculation: Calculation = field(default_factory=Calculation)
    repair: Repair | None = None
    also: tuple[str, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict)

    def message(self, lang: Language) -> str:
        """What is wrong and what to do next."""
        first = self.cells[0] if self.cells else CellName(self.table, "", "")
        filled = {"table": self.table, "row": first.row, "column": first.column}
        return say(self.code, lang, **filled, **self._texts(lang))

    def arithmetic(self, lang: Language = "en") -> str:
        """The calculation that shows it, empty when there is none."""
        return self.calculation.text(lang)

    def place(self) -> str:
        """Table, row and column of the first cell as a person points at them."""
        first = self.cells[0] if self.cells else CellName(self.table, "", "")
        return " / ".join(part for part in (self.table, first.row, first.column) if part)

    def _texts(self, lang: Language) -> dict[str, Any]:
        return {name: _said(value, lang) for name, value in self.params.items()}

    def as_dict(self, lang: Language) -> dict[str, Any]:
        """Plain data for JSON output, texts in ``lang``."""
        return {
            "code": self.code,
            "severity": self.severity,
            "table": self.table,
            "cells": [
                {"table": each.table, "row": each.row, "column": each.column} for each in self.cells
            ],
            "message": self.message(lang),
            "arithmetic": self.arithmetic(lang),
            "repair": self.repair.as_dict(lang) if self.repair else None,
            "also": list(self.also),
        }


def _said(value: Any, lang: Language) -> Any:
    if isinstance(value, Shown):
        return value.text(lang)
    if isinstance(value, Calculation):
        return value.text(lang)
    if isinstance(value, str) and value.startswith("@"):
        # Words of the shared vocabulary that only contracts use stand in this room's own texts.
        own = value[1:].replace("tables.", "linter.", 1)
        return say(value[1:] if has(value[1:]) else own, lang)
    if isinstance(value, tuple | list):
        return ", ".join(str(_said(each, lang)) for each in value)
    return value


def _plain(value: Decimal) -> int | float:
    whole = value.to_integral_value()
    return int(whole) if whole == value else float(value)


def order(findings: Iterable[LintFinding], tables: Iterable[str] = ()) -> list[LintFinding]:
    """Errors first, then by table as the document has them, then by code and cell."""
    places = {name: place for place, name in enumerate(tables)}
    return sorted(
        findings,
        key=lambda each: (
            SEVERITIES.index(each.severity),
            places.get(each.table, len(places)),
            each.table,
            each.code,
            each.cells,
            str(sorted(each.params.items(), key=lambda pair: pair[0])),
        ),
    )


def as_text(findings: Iterable[LintFinding], lang: Language = "en") -> str:
    """All findings as text for a terminal, one block each; a sentence when there are none."""
    blocks = []
    for each in findings:
        lines = [f"{say(f'linter.severity-{each.severity}', lang)}: {each.place()} [{each.code}]"]
        lines += [f"  {each.message(lang)}"]
        if each.arithmetic(lang):
            lines.append(f"  {each.arithmetic(lang)}")
        if each.repair is not None:
            lines.append(f"  {each.repair.text(lang)}")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) if blocks else say("linter.nothing", lang)
