"""What the rows of an upload mean for those that stand in the table: new, the same, different."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

import polars as pl

from vatra.sources.city_yaml import FILE_NAME, parse_city
from vatra.sources.city_yaml import City as About
from vatra.tables import Column, Table, fold, tables
from vatra.tables.numbers import Style, as_plain, has_marks, read
from vatra.web.evidence.files import scan_rows
from vatra.web.evidence.models import Upload
from vatra.web.workspace.models import Version
from vatra.web.workspace.queries import file_of, sheet_of, text_of
from vatra.web.workspace.sheet import Sheet, one_line

Mode = Literal["add", "replace"]
EXAMPLES = 40
_FORMULA = r"^[=+\-@＝＋－＠]"
_NUMBER = r"^[+-]?\d[\d.,]*([eE][+-]?\d+)?%?$"
Row = Mapping[str, str]


@dataclass
class Merge:
    """The table's file as it would be, and how it differs from what stands there.

    ``examples`` of rows that differ: line, key and the cells before and after.
    """

    file: str
    content: bytes = b""
    origins: list[str] = field(default_factory=list)
    new_count: int = 0
    same_count: int = 0
    different_count: int = 0
    removed_count: int = 0
    examples: list[dict[str, Any]] = field(default_factory=list)

    def summary(self, head: Version | None) -> dict[str, Any]:
        """What is kept with the upload to be shown."""
        return {
            "version": head.number if head else 0,
            "new": self.new_count,
            "same": self.same_count,
            "different": self.different_count,
            "removed": self.removed_count,
            "examples": self.examples,
        }


def about_of(head: Version | None) -> About | None:
    """The city's description in a version; None where it cannot be read."""
    return parse_city(text_of(head, FILE_NAME))[0] if head else None


def merge(upload: Upload, head: Version | None, mode: Mode) -> Merge:
    """The table with an upload's rows in it.

    ``add``: rows with a key that stands there already take its place when they differ; rows that
    came from the upload which this one replaces, and are no longer in it, go. ``replace``: the
    table holds the upload's rows and no others. Raises ``Unreadable`` where the rows that stand
    there cannot be told apart.
    """
    table = tables()[upload.table]
    rows = _tidy(scan_rows(upload.mapped_sha).collect(), table)
    there = sheet_of(head, table.name) if head and file_of(head, table.name) else None
    if there is None or not there.rows:
        return _whole(upload, table, rows, None)
    rows = _styled(rows, there, about_of(head))
    if mode == "replace":
        return _whole(upload, table, rows, there)
    return _Merging(upload, there, rows).run()


def _tidy(rows: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Cells of one line each, that no spreadsheet takes for formulas."""
    names = [each.name for each in table.columns if each.name in rows.columns]
    texts = [
        pl.col(name).cast(pl.String).fill_null("").str.replace_all(r"\s+", " ").str.strip_chars()
        for name in names
    ]
    plain = rows.select(*texts, pl.col("line").cast(pl.Int64))
    return plain.with_columns(
        pl.when(pl.col(name).str.contains(_FORMULA) & ~pl.col(name).str.contains(_NUMBER))
        .then("'" + pl.col(name))
        .otherwise(pl.col(name))
        .alias(name)
        for name in names
    )


def _styled(rows: pl.DataFrame, there: Sheet, about: About | None) -> pl.DataFrame:
    """Numbers as those of the table are written, where the city declares no way for all."""
    if about is not None and about.numbers is not None:
        return rows
    changed = []
    for column in there.table.columns:
        if column.kind == "number" and column.name in rows.columns:
            old = pl.Series([row.get(column.name) or None for row in there.rows], dtype=pl.String)
            if has_marks(old) and read(old).style == "ro":
                changed.append(pl.col(column.name).str.replace(".", ",", literal=True))
    return rows.with_columns(changed)


def _origins(upload: Upload, rows: pl.DataFrame) -> list[str]:
    return [f"{upload.origin}{line}" for line in rows.get_column("line").to_list()]


def _whole(upload: Upload, table: Table, rows: pl.DataFrame, there: Sheet | None) -> Merge:
    """The upload's rows and no others; texts only, no row of Python for each of a million."""
    shown = rows.drop("line")
    shown = shown.select(
        name
        for name in shown.columns
        if table.by_name[name].required or not bool((shown.get_column(name) == "").all())
    )
    found = Merge(table.file_name, shown.write_csv().encode(), _origins(upload, rows))
    found.new_count = len(rows)
    if there is not None:
        compared = _Merging(upload, there, rows)
        compared.compare()
        found.new_count, found.same_count = len(compared.added), compared.result.same_count
        found.different_count = len(compared.changed)
        found.removed_count = len(there.rows) - len(compared.met)
        found.examples = compared.result.examples
    return found


class _Merging:
    def __init__(self, upload: Upload, there: Sheet, rows: pl.DataFrame) -> None:
        self.upload, self.there, self.rows = upload, there, rows
        self.table = there.table
        self.result = Merge(there.file)
        self.changed: dict[int, dict[str, str]] = {}
        self.added: list[tuple[Row, str]] = []
        self.met: dict[int, str] = {}
        self.columns = [each for each in self.table.columns if each.name in rows.columns]
        self.old, self.new = self._meanings()

    def run(self) -> Merge:
        """Rows in place, rows at the end, rows that go."""
        self.compare()
        gone = self._gone()
        found = self.result
        origins = [
            self._origin(position)
            for position in range(len(self.there.rows))
            if position not in set(gone)
        ]
        sheet = self.there.with_rows(self.changed, gone, self.added)
        found.content = sheet.data()
        found.origins = [*origins, *(origin for _, origin in self.added)]
        found.new_count, found.different_count = len(self.added), len(self.changed)
        found.removed_count = len(gone)
        return found

    def compare(self) -> None:
        """Find each row of the upload among those that stand there."""
        keys = self.table.keys or tuple(each.name for each in self.table.columns)
        waiting: dict[tuple[str, ...], list[int]] = {}
        for position in range(len(self.there.rows)):
            waiting.setdefault(_key(self.old, position, keys), []).append(position)
        lines = self.rows.get_column("line").to_list()
        for at, row in enumerate(self.rows.drop("line").iter_rows(named=True)):
            origin = f"{self.upload.origin}{lines[at]}"
            same = waiting.get(_key(self.new, at, keys))
            if same:
                self._meet(same.pop(0), at, row, origin, lines[at])
            else:
                self.added.append((row, origin))

    def _meet(self, position: int, at: int, row: Row, origin: str, line: int) -> None:
        before = self.there.rows[position]
        cells = {
            each.name: row[each.name]
            for each in self.columns
            if self.new[each.name][at] != _meaning_at(self.old, each.name, position)
        }
        self.met[position] = origin if cells or self._is_replaced(position) else ""
        if not cells:
            self.result.same_count += 1
            return
        self.changed[position] = cells
        if len(self.result.examples) < EXAMPLES:
            shown = [[name, before.get(name, ""), after] for name, after in cells.items()]
            key = " · ".join(part for part in self.there.key_of(position) if part)
            self.result.examples.append({"line": line, "key": key, "cells": shown})

    def _origin(self, position: int) -> str:
        return self.met.get(position) or self.there.origins[position]

    def _is_replaced(self, position: int) -> bool:
        earlier = self.upload.replaces
        return earlier is not None and self.there.origins[position].startswith(earlier.origin)

    def _gone(self) -> list[int]:
        """Rows of the replaced upload that the new one does not have."""
        return [
            position
            for position in range(len(self.there.rows))
            if position not in self.met and self._is_replaced(position)
        ]

    def _meanings(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        """What each cell says, whatever way it is written: column -> a text a row."""
        old: dict[str, list[str]] = {}
        new: dict[str, list[str]] = {}
        for column in self.table.columns:
            before = [row.get(column.name, "") for row in self.there.rows]
            after = (
                self.rows.get_column(column.name).to_list()
                if column.name in self.rows.columns
                else [""] * len(self.rows)
            )
            say = _sayer(column)
            if column.kind == "number":
                said = _numbers([*before, *after])
                old[column.name], new[column.name] = said[: len(before)], said[len(before) :]
            else:
                old[column.name] = [say(text) for text in before]
                new[column.name] = [say(text) for text in after]
        return old, new


def _key(meanings: Mapping[str, Sequence[str]], at: int, keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(meanings[name][at] for name in keys)


def _meaning_at(meanings: Mapping[str, Sequence[str]], name: str, at: int) -> str:
    return meanings[name][at]


def _sayer(column: Column) -> Callable[[str], str]:
    """A text of a cell -> what it means: the same code for every spelling of it."""
    words = column.accepted_words() if column.kind in ("choice", "code") else {}
    seen: dict[str, str] = {}

    def say(text: str) -> str:
        if text not in seen:
            plain = one_line(text) or (column.default or "")
            seen[text] = words.get(fold(plain), fold(plain)) if words else plain
        return seen[text]

    return say


def _numbers(texts: list[str], style: Style | None = None) -> list[str]:
    """Numbers in one way; what is none stays as it is."""
    plain = as_plain(pl.Series([text or None for text in texts], dtype=pl.String), style) or texts
    return [_number(text or "") for text in plain]


def _number(text: str) -> str:
    try:
        value = Decimal(text).normalize()
    except InvalidOperation:
        return one_line(text)
    return f"{value:f}" if value else "0"
