"""A mapping suggested from the headings of a file, for a person to complete."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Any

import yaml

from vatra.sources.limits import Limits
from vatra.sources.mapping.cells import Exact, Grid, read_grid
from vatra.sources.mapping.declaration import SKIP, ColumnMapping
from vatra.sources.mapping.headings import LINES_LOOKED_AT, headings_at
from vatra.sources.mapping.long_rows import is_blank
from vatra.sources.mapping.synonyms import bare, months, names_of, told
from vatra.sources.mapping.titles import code_in, title_in, year_in
from vatra.sources.mapping.units import unit_among
from vatra.sources.totals import is_total
from vatra.tables import Column, Finding, FindingsError, Table, fold, tables

MOST_VALUES = 60
_YEAR = re.compile(r"(?:anul |year )?((?:19|20)\d\d)")
_NUMBER = re.compile(r"[+\-−]?[\d.,\s\u00a0]*\d[\d.,\s\u00a0]*%?")
_SCOPES = {"electricity": "2", "electricity_green": "2", "district_heat": "2"}


@dataclass
class Suggestion:
    """A mapping to begin with.

    ``text`` its YAML; ``matched`` our column -> heading of theirs; ``open_columns`` those of ours
    that must still be given.
    """

    text: str
    matched: Mapping[str, str] = field(default_factory=dict)
    open_columns: Sequence[str] = ()


def suggest(
    path: Path,
    table: str = "energy",
    *,
    sheet: str | int | None = None,
    encoding: str = "",
    delimiter: str = "",
    limits: Limits | None = None,
    most_rows: int | None = None,
) -> Suggestion:
    """Suggest a mapping of a file to one of our tables; with ``most_rows`` from its beginning.

    Raises ``FindingsError`` for a file that cannot be opened. What could not be told stands in the
    suggestion with blank values, which a mapping refuses until they are filled in.
    """
    grid = read_grid(
        path,
        sheet=sheet,
        encoding=encoding,
        delimiter=delimiter,
        limits=limits,
        most_rows=most_rows,
    )
    if not grid.rows:
        raise FindingsError([Finding("sources.file-empty", "error", grid.file)])
    return Suggesting(grid, tables()[table], encoding, delimiter).run()


class Suggesting:
    """A suggestion in the making: what the cells of a file say of a table's columns."""

    def __init__(self, grid: Grid, table: Table, encoding: str, delimiter: str = "") -> None:
        self.grid, self.table, self.encoding = grid, table, encoding
        # Said by a person; what the file shows by itself need not be written down.
        self.delimiter = delimiter
        # Both are put together anew whenever asked for, which every cell would do.
        self.own = table.headings()
        self.words = {
            each.name: each.accepted_words()
            for each in table.columns
            if each.kind in ("choice", "code")
        }
        self.headings = headings_at(grid, self.heading_lines())
        every = range(len(self.headings.parts))
        lowest = [self.headings.lowest(at) for at in every]
        self.names = [
            lowest[at] if lowest.count(lowest[at]) == 1 else self.headings.whole(at) for at in every
        ]

    # headings

    def heading_line(self) -> int:
        """The line with most cells we understand; of those alike the one with most words."""
        best, best_score = self.grid.rows[0][0], (-1, -1)
        for line, cells in self.grid.rows[:LINES_LOOKED_AT]:
            known = sum(bool(self.meanings(cell) or self.wide_kind(cell)) for cell in cells)
            words = sum(bool(cell) and not _is_number(cell) for cell in cells)
            if (known, words) > best_score:
                best, best_score = line, (known, words)
        return best

    def heading_lines(self) -> tuple[int, ...]:
        """The line of headings, and the one above it where that names columns it leaves blank."""
        line = self.heading_line()
        by_line = dict(self.grid.rows)
        cells, above = by_line[line], by_line.get(line - 1, ())
        width = len(cells) - len(list(takewhile(lambda cell: not cell, reversed(cells))))
        blank = [at for at in range(width) if not cells[at]]
        named = any(at < len(above) and self.meanings(above[at]) for at in blank)
        return (line - 1, line) if named else (line,)

    def meanings(self, heading: str) -> list[str]:
        """The columns of ours that a heading may mean."""
        folded = fold(bare(heading))
        own = self.own.get(fold(heading)) or self.own.get(folded)
        return [
            each.name
            for each in self.table.columns
            if each.name == own or folded in names_of(each.name)
        ]

    def wide_kind(self, heading: str) -> str:
        """``month``, ``year`` or ``carrier`` when a heading is a value rather than a name."""
        text = bare(heading)
        folded = fold(text)
        if fold(heading) in self.own:
            return ""
        if folded.split("_")[0] in months():
            return "item"
        if _YEAR.fullmatch(text.casefold()):
            return "year"
        return "carrier" if folded in self.words.get("carrier", ()) else ""

    # the mapping

    def run(self) -> Suggestion:
        matched = self.matched()
        unpivot = self.unpivot(set(matched.values()))
        columns = {name: self.column(name, heading) for name, heading in matched.items()}
        self.tell_apart(columns, unpivot)
        open_columns = self.complete(columns, unpivot)
        data: dict[str, Any] = {"table": self.table.name, "file": self.grid.file}
        if self.grid.sheet:
            data["sheet"] = self.grid.sheet
        if self.encoding:
            data["encoding"] = self.encoding
        if self.delimiter:
            data["delimiter"] = self.delimiter
        lines = self.headings.lines
        data["heading_row"] = lines[0] if len(lines) == 1 else list(lines)
        data["columns"] = columns
        if unpivot:
            data["unpivot"] = unpivot
        text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)
        return Suggestion(text, matched, open_columns)

    def tell_apart(self, columns: dict[str, Any], unpivot: Mapping[str, Any]) -> None:
        """Several sectors of theirs that become one of ours keep their names in ``item``."""
        sector = columns.get("sector", {})
        ours = [each for each in sector.get("values", {}).values() if each not in (None, SKIP)]
        taken = {*columns, unpivot.get("into")}
        if len(ours) > len(set(ours)) and "item" in self.table.by_name.keys() - taken:
            columns["item"] = {"from": sector["from"]}

    def matched(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for name in self.names:
            meanings = [each for each in self.meanings(name) if each not in found]
            if meanings and not self.wide_kind(name):
                found[max(meanings, key=lambda each: self.understood(each, name))] = name
        return {each.name: found[each.name] for each in self.table.columns if each.name in found}

    def understood(self, column: str, heading: str) -> float:
        """Share of the values under a heading that a column of ours understands."""
        if column not in self.words:
            return 0.0
        values = self.values_under(heading)
        known = [self.value(self.table.by_name[column], text) for text in values]
        return sum(each is not None for each in known) / max(1, len(known))

    def unpivot(self, taken: set[str]) -> dict[str, Any]:
        """Columns that are values of one of ours: months, years or carriers, two at least."""
        kinds: dict[str, list[str]] = {}
        for name in self.names:
            kind = self.wide_kind(name) if name and name not in taken else ""
            if kind and kind in self.table.by_name:
                kinds.setdefault(kind, []).append(name)
        kind = max(kinds, key=lambda each: len(kinds[each]), default="")
        if not kind or len(kinds[kind]) < 2:
            return {}
        headings: dict[str, str | None] = {name: self.value_of(kind, name) for name in kinds[kind]}
        if kind == "carrier":
            headings |= dict.fromkeys(self.unknown_amounts({*taken, *headings}))
        return {"headings": headings, "into": kind, "cells": self.amount()}

    def amount(self) -> str:
        """The column that takes the cells of a wide file: the first number the table needs."""
        numbers = (each.name for each in self.table.columns if each.kind == "number")
        needed = (name for name in numbers if self.table.by_name[name].required)
        return next(needed, "amount")

    def unknown_amounts(self, known: set[str]) -> list[str]:
        """Headings beside known carriers that stand over numbers: carriers we cannot name."""
        carrier = self.table.by_name["carrier"]
        unknown = [name for name in self.names if name and name not in known]
        return [
            name
            for name in unknown
            if not is_total(name, carrier) and not self.meanings(name) and self.mostly_numbers(name)
        ]

    def mostly_numbers(self, heading: str) -> bool:
        cells = self.values_under(heading)
        return bool(cells) and sum(map(_is_number, cells)) * 2 > len(cells)

    def value_of(self, kind: str, heading: str) -> str:
        text = bare(heading)
        year = _YEAR.fullmatch(text.casefold())
        if kind == "year" and year:
            return year[1]
        return self.words.get(kind, {}).get(fold(text), text)

    def column(self, name: str, heading: str) -> dict[str, Any]:
        """Where a column comes from, its values translated as far as they are understood."""
        column = self.table.by_name[name]
        if column.kind not in ("choice", "code"):
            return {"from": heading}
        values = {text: self.value(column, text) for text in self.values_under(heading)}
        known = self.words[column.name]
        needed = {text: ours for text, ours in values.items() if fold(text) not in known}
        return {"from": heading, "values": needed} if needed else {"from": heading}

    def values_under(self, heading: str) -> list[str]:
        at = self.names.index(heading)
        below = (cells for line, cells in self.grid.rows if line > self.headings.lines[-1])
        cells = (cells[at] for cells in below if at < len(cells))
        return list(dict.fromkeys(cell for cell in cells if cell))[:MOST_VALUES]

    def value(self, column: Column, text: str) -> str | None:
        """Our code for a value of theirs, ``skip`` for a total, None where nobody can tell."""
        if column.key and is_total(text, column):
            return SKIP
        folded = fold(text)
        known = self.words[column.name]
        if folded in known:
            return known[folded]
        fits = [code for code in column.codes() if code in told(column.name, text)]
        return fits[0] if len(fits) == 1 else None

    def complete(self, columns: dict[str, Any], unpivot: Mapping[str, Any]) -> list[str]:
        """Columns we need but did not find: told from the rest of the file, or left open."""
        given = {*columns, *((unpivot["into"], unpivot["cells"]) if unpivot else ())}
        units = {each.unit_column: each for each in self.table.columns if each.unit_column}
        left = []
        for column in self.table.columns:
            if not column.required or column.name in given:
                continue
            if column.name in units and self.unit(units[column.name]):
                continue
            found = self.told(column.name, given)
            columns[column.name] = found
            if found == {"constant": None}:
                left.append(column.name)
        return left

    def told(self, name: str, given: set[str]) -> dict[str, Any]:
        if name == "year":
            return {"constant": year_in(self.above())}
        if name == "scope" and "carrier" in given | {"carrier"}:
            return {"of": "carrier", "values": dict(_SCOPES), "else": "1"}
        if name == "source":
            return {"constant": title_in(self.above()[:-2]) or self.grid.file}
        if name == "carrier":
            return {"constant": code_in(self.above(), self.words["carrier"])}
        return {"constant": None}

    def unit(self, amount: Column) -> str:
        empty = ColumnMapping(self.table.name, {})
        texts = [
            cell
            for line, cells in self.grid.rows
            if line <= self.headings.lines[-1]
            for cell in cells
        ]
        return unit_among(texts, amount, empty)

    def above(self) -> list[str]:
        """Texts above the headings, then the names of the file and the sheet."""
        first = self.headings.lines[0]
        cells = (cell for line, row in self.grid.rows if line < first for cell in row if cell)
        return [*cells, self.grid.file, self.grid.sheet]


def _is_number(text: str) -> bool:
    return isinstance(text, Exact) or is_blank(text) or bool(_NUMBER.fullmatch(text))
