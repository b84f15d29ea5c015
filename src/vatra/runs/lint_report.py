"""What the linter understood of a document and what it found, as plain data for pages and files.

A report says of every table whether it was checked, so that silence is not mistaken for praise.
Its texts stand in every language; nothing of the document is in it but the tables in which
findings stand, and those only around the cells that count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import vatra
from vatra.linter import CellName, Document, LintFinding, LintTable, families, lint, rules
from vatra.linter.contract import Contract
from vatra.linter.labels import full_rows
from vatra.linter.printed import survey
from vatra.linter.reading import read
from vatra.runs.lint_cell_text import change, styles_of
from vatra.runs.lint_cells import HEADING_ROW, Finder, Spot
from vatra.runs.lint_words import message_words, place_words
from vatra.words import LANGUAGES

FORMAT = "vatra-lint-report/1"
# Of a long table the rows around marked cells are drawn; of a long cell its beginning.
FIRST_ROW_COUNT = 4
ROWS_AROUND_COUNT = 2
WHOLE_ROW_COUNT = 60
LARGEST_ROW_COUNT = 240
LARGEST_COLUMN_COUNT = 60
LONGEST_CELL = 400
LARGEST_FINDING_COUNT = 300
LARGEST_CELL_COUNT = 300
LONGEST_ARITHMETIC = 1200


def lint_report(document: Document, found: Sequence[LintFinding] | None = None) -> dict[str, Any]:
    """What was understood and found.

    Parameters
    ----------
    document : tables as printed
    found : the findings of ``vatra.linter.lint``; looked for when None

    Returns
    -------
    dict
        ``tables`` in the order of the document, each with ``state``: "findings" where one stands,
        "part" where a cell of another table's finding stands, "holds" where ``held_count``
        identities hold and nothing was found, "unheld" where the table is understood and prints
        nothing that must agree, "unknown" where its numbers mean nothing to the rules. Tables of
        the first two states hold ``columns`` and ``rows``. ``findings`` by table and there the
        gravest first, their ``cells`` by number of table, row and column; texts by language.

    Raises
    ------
    FindingsError
        As ``vatra.linter.lint`` does.
    """
    return _Report(document, lint(document) if found is None else found).as_dict()


class _Report:
    def __init__(self, document: Document, found: Sequence[LintFinding]) -> None:
        self.document = document
        self.places = {table.id: place for place, table in enumerate(document.tables)}
        self.left_out_count = max(0, len(found) - LARGEST_FINDING_COUNT)
        # A reader goes through the document from its beginning; so do the numbers.
        self.found = sorted(found[:LARGEST_FINDING_COUNT], key=self._order)
        self.finders = [Finder(table) for table in document.tables]
        self.kinds = [each.kind for each in survey(document)]
        self.held = _held(document)
        self.spots = [self._spots(each) for each in self.found]
        self.homes = [self._home(each) for each in self.found]

    def as_dict(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "made_with": vatra.__version__,
            "name": self.document.name,
            "tables": [self._table(place) for place in range(len(self.document.tables))],
            "findings": [self._finding(place) for place in range(len(self.found))],
            "left_out_count": self.left_out_count,
            "notes": [_said(each.message) for each in self.document.notes],
        }

    def _spots(self, finding: LintFinding) -> list[tuple[int, Spot | None, CellName]]:
        found = []
        for name in finding.cells:
            table = self.places.get(name.table)
            if table is not None:
                found.append((table, self.finders[table].spot(name), name))
        return found

    def _order(self, finding: LintFinding) -> int:
        home = self._home(finding)
        return -1 if home is None else home

    def _home(self, finding: LintFinding) -> int | None:
        """The table a finding is shown at: that of its first cell."""
        first = finding.cells[0].table if finding.cells else finding.table
        return self.places.get(first, self.places.get(finding.table))

    def _state(self, place: int) -> str:
        if place in self.homes:
            return "findings"
        if any(table == place for spots in self.spots for table, _, _ in spots):
            return "part"
        if self.held[self.document.tables[place].id]:
            return "holds"
        return "unknown" if self.kinds[place] in ("other", "skipped") else "unheld"

    def _table(self, place: int) -> dict[str, Any]:
        table = self.document.tables[place]
        state = self._state(place)
        about = {
            "id": table.id,
            "title": table.title,
            "path": list(table.path),
            "place": _said_place(table.place),
            "kind": self.kinds[place],
            "state": state,
            "held_count": self.held[table.id],
            "row_count": len(full_rows(table)),
        }
        drawn = state in ("findings", "part")
        return about | (self._drawn(table, place) if drawn else {"columns": [], "rows": []})

    def _drawn(self, table: LintTable, place: int) -> dict[str, Any]:
        rows = full_rows(table)
        marked = {
            spot.row for spots in self.spots for at, spot, _ in spots if at == place and spot
        } - {HEADING_ROW}
        return {
            "columns": [_text(each) for each in table.columns[:LARGEST_COLUMN_COUNT]],
            "rows": [
                {
                    "row": at,
                    "place": _said_place(table.rows_at[at] if at < len(table.rows_at) else ""),
                    "cells": [_text(each) for each in rows[at][:LARGEST_COLUMN_COUNT]],
                }
                for at in _kept(len(rows), marked)
            ],
        }

    def _finding(self, place: int) -> dict[str, Any]:
        finding, spots, home = self.found[place], self.spots[place], self.homes[place]
        first = finding.cells[0] if finding.cells else CellName(finding.table, "", "")
        return {
            "number": place + 1,
            "code": finding.code,
            "severity": finding.severity,
            "table": home,
            "table_id": first.table,
            "row": first.row,
            "column": first.column,
            "place": self._place(finding, home),
            "cells": _cells(spots),
            "message": {lang: message_words(finding, lang) for lang in LANGUAGES},
            "arithmetic": {lang: _short(finding.arithmetic(lang)) for lang in LANGUAGES},
            "repair": self._repair(finding),
            "passage": self._passage(finding),
            "also": list(finding.also),
        }

    def _place(self, finding: LintFinding, home: int | None) -> dict[str, str]:
        """Where the first cell stands: its row where the file says it, else its table."""
        if home is None or not finding.cells:
            return _said_place("")
        return _said_place(self.finders[home].place(finding.cells[0]))

    def _repair(self, finding: LintFinding) -> dict[str, Any] | None:
        if finding.repair is None:
            return None
        name = finding.repair.cell
        table = self.places.get(name.table)
        spot = None if table is None else self.finders[table].spot(name)
        found: dict[str, Any] = {"kind": finding.repair.kind, "text": _said(finding.repair.text)}
        found |= {"printed": str(finding.repair.printed.value)}
        found |= {"suggested": str(finding.repair.suggested.value)}
        if table is None or spot is None:
            return found | {"cell": None, "change": None}
        cell = {"table": table, "row": spot.row, "column": spot.column}
        styles = styles_of(_text(each) for row in self._rows(table) for each in row)
        changed = change(self._text_at(table, spot), finding.repair, styles)
        data = changed and {"start": changed.start, "old": changed.old, "new": changed.new}
        return found | {"cell": cell, "change": data}

    def _rows(self, place: int) -> list[Sequence[Any]]:
        return full_rows(self.document.tables[place])[:LARGEST_ROW_COUNT]

    def _text_at(self, place: int, spot: Spot) -> str:
        table = self.document.tables[place]
        row = table.columns if spot.row == HEADING_ROW else full_rows(table)[spot.row]
        return _text(row[spot.column]) if spot.column < len(row) else ""

    def _passage(self, finding: LintFinding) -> dict[str, Any] | None:
        """The words of the text that a table contradicts, and where they stand."""
        quote = finding.params.get("quote")
        if not quote:
            return None
        return {"quote": str(quote), "place": _said_place(str(finding.params.get("place", "")))}


def _held(document: Document) -> Counter[str]:
    """How many identities hold that count cells of a table, by table."""
    contract = Contract(document, read(document).grids, families())
    held: Counter[str] = Counter()
    for equation in rules.equations(contract):
        if equation.holds({}):
            held.update({cell.name.table for cell in equation.cells})
    for table in {cell.name.table for _, cell in contract.factor_cells}:
        # Each factor was held against the range of published ones.
        held[table] += 1
    return held


def _cells(
    spots: Iterable[tuple[int, Spot | None, CellName]],
) -> list[dict[str, Any]]:
    """Every cell that was found, once, the first one first."""
    each_once = dict.fromkeys((table, spot) for table, spot, _ in spots if spot is not None)
    return [
        {"table": table, "row": spot.row, "column": spot.column}
        for table, spot in list(each_once)[:LARGEST_CELL_COUNT]
    ]


def _kept(row_count: int, marked: Iterable[int]) -> list[int]:
    """The rows of a table that are drawn, top down."""
    if row_count <= WHOLE_ROW_COUNT:
        return list(range(row_count))
    near = {
        row
        for each in sorted(marked)
        for row in range(each - ROWS_AROUND_COUNT, each + ROWS_AROUND_COUNT + 1)
        if 0 <= row < row_count
    }
    first = set(range(FIRST_ROW_COUNT)) | {row_count - 1}
    return sorted(first | near)[:LARGEST_ROW_COUNT]


def _text(value: Any) -> str:
    """A cell as text, cut where it is no table cell any more."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        text = format(value, "f")
    elif isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        text = str(int(value))
    else:
        text = str(value)
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}…"


def _short(calculation: str) -> str:
    """A calculation of very many cells by its beginning and its end."""
    if len(calculation) <= LONGEST_ARITHMETIC:
        return calculation
    half = LONGEST_ARITHMETIC // 2
    return f"{calculation[:half]} … {calculation[-half:]}"


def _said(text: Any) -> dict[str, str]:
    """A text in every language."""
    return {lang: str(text(lang)) for lang in LANGUAGES}


def _said_place(place: str) -> dict[str, str]:
    return {lang: place_words(place, lang) for lang in LANGUAGES}
