"""Which rows of a table are meant, and what is to stand in them: words of a command as data."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from vatra.plans.stock.edit_value import typed_number
from vatra.tables import Column, Finding, Table, fold

OPERATORS = ("!=", "<=", ">=", "=", "<", ">")
_CONDITION = re.compile(r"^([^=<>!]+)(!=|<=|>=|==|=|<|>)(.*)$", re.S)
Text = str | None


@dataclass(frozen=True)
class Condition:
    """One column compared with a value; a blank value means cells that are blank."""

    column: Column
    operator: str
    value: str

    def holds(self, text: Text) -> bool:
        """Whether a cell meets it; a blank cell meets only ``=`` and ``!=``."""
        if self.operator in ("=", "!="):
            return same(self.column, text, self.value or None) == (self.operator == "=")
        found, limit = typed_number(text or ""), typed_number(self.value)
        if found is None or limit is None:
            return False
        return {
            "<": found < limit,
            "<=": found <= limit,
            ">": found > limit,
            ">=": found >= limit,
        }[self.operator]


def same(column: Column, one: Text, other: Text) -> bool:
    """Whether two cells mean the same: numbers by size, codes by any of their names."""
    first, second = (one or "").strip(), (other or "").strip()
    if first == second or not first or not second:
        return first == second
    if column.kind in ("number", "year"):
        return typed_number(first) == typed_number(second)
    if column.kind in ("choice", "code"):
        words = _words(column)
        return words.get(fold(first), fold(first)) == words.get(fold(second), fold(second))
    return False


@cache
def _words(column: Column) -> Mapping[str, str]:
    return column.accepted_words()


def conditions(
    texts: Sequence[str], tables: Sequence[Table]
) -> tuple[tuple[Condition, ...], list[Finding]]:
    """Conditions as people type them: ``archetype=block_t744r_p4_1973_1982``, ``built<1990``.

    A column is looked for in the tables in their order, by any of its headings.
    """
    found: list[Condition] = []
    faults: list[Finding] = []
    for text in texts:
        parts = _CONDITION.match(text)
        if parts is None:
            params: dict[str, Any] = {"value": text, "operators": list(OPERATORS)}
            faults.append(Finding("plans.stock.edit-condition", "error", "--where", params=params))
            continue
        column = _column(parts.group(1), tables)
        if column is None:
            faults.append(_unknown("--where", parts.group(1), tables))
            continue
        operator = "=" if parts.group(2) == "==" else parts.group(2)
        value = parts.group(3).strip()
        if operator[0] in "<>" and typed_number(value) is None:
            params = {"value": text}
            faults.append(Finding("plans.stock.edit-number", "error", "--where", params=params))
            continue
        found.append(Condition(column, operator, value))
    return tuple(found), faults


def settings(texts: Sequence[str], table: Table) -> tuple[Mapping[str, Text], list[Finding]]:
    """New values by column as people type them: ``storeys_count=5``; nothing after ``=`` clears."""
    found: dict[str, Text] = {}
    faults: list[Finding] = []
    for text in texts:
        name, mark, value = text.partition("=")
        column = _column(name, (table,)) if mark else None
        if not mark:
            faults.append(
                Finding("plans.stock.edit-setting", "error", "--set", params={"value": text})
            )
        elif column is None:
            faults.append(_unknown("--set", name, (table,)))
        elif column.key:
            params = {"column": column.name}
            faults.append(Finding("plans.stock.edit-key", "error", "--set", params=params))
        elif column.name in found:
            params = {"column": column.name}
            faults.append(Finding("plans.stock.edit-twice", "error", "--set", params=params))
        else:
            found[column.name] = value.strip() or None
    return found, faults


def _column(name: str, tables: Sequence[Table]) -> Column | None:
    for table in tables:
        found = table.headings().get(fold(name))
        if found is not None:
            return table.by_name[found]
    return None


def _unknown(option: str, name: str, tables: Sequence[Table]) -> Finding:
    known = [each.name for table in tables for each in table.columns]
    params = {"column": name.strip(), "known": list(dict.fromkeys(known))}
    return Finding("plans.stock.edit-column", "error", option, params=params)
