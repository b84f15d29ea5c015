"""What converting a file does to tables must not look like a slip of the town."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.linter.corpus import TOWNS
from tests.linter.corpus_tables import CONTRACTS
from vatra.linter import Document, LintTable, as_text, lint

ASKED = [town.name for town in TOWNS[::4]]
DICE = random.Random(5)


def split_by_a_page(table: LintTable) -> list[LintTable]:
    half = len(table.rows) // 2 + 1
    if len(table.rows) < 6:
        return [table]
    rest = replace(table, id=f"{table.id}-2", rows=table.rows[half:])
    return [replace(table, rows=table.rows[:half]), rest]


def blanks_lost(table: LintTable) -> list[LintTable]:
    """The cells behind a blank one move to the left."""
    rows = []
    for row in table.rows:
        kept = [cell for cell in row if cell != ""]
        short = bool(row[0]) and len(row) > 2
        rows.append([*kept, *[""] * (len(row) - len(kept))] if short else list(row))
    return [replace(table, rows=rows)]


def printed_twice(table: LintTable) -> list[LintTable]:
    return [table, replace(table, id=f"{table.id}-again")]


def with_footnotes(table: LintTable) -> list[LintTable]:
    blank = [""] * (len(table.columns) - 1)
    notes = [["Source: own calculation, 2021, p. 14", *blank], ["* Without 1,200 t", *blank]]
    return [replace(table, rows=[*table.rows, *notes])]


def labels_marked(table: LintTable) -> list[LintTable]:
    """The digit of a footnote sticks to the label."""
    rows = [
        [f"{row[0]}1" if row[0] and DICE.random() < 0.4 else row[0], *row[1:]] for row in table.rows
    ]
    return [replace(table, rows=rows)]


def labels_in_two_lines(table: LintTable) -> list[LintTable]:
    rows: list[list[object]] = []
    for row in table.rows:
        first, _, rest = str(row[0]).partition(" ")
        if rest and any(row[1:]):
            rows += [[first, *[""] * (len(row) - 1)], [rest, *row[1:]]]
        else:
            rows.append(list(row))
    return [replace(table, rows=rows)]  # type: ignore[arg-type]


def without_title(table: LintTable) -> list[LintTable]:
    return [replace(table, title="", path=())]


def without_unit(table: LintTable) -> list[LintTable]:
    return [replace(table, title=table.title.split("(")[0].split(",")[0])]


CONVERSIONS: list[Callable[[LintTable], list[LintTable]]] = [
    split_by_a_page, blanks_lost, printed_twice, with_footnotes, labels_marked,
    labels_in_two_lines, without_title, without_unit,
]  # fmt: skip


@pytest.mark.parametrize("convert", CONVERSIONS, ids=lambda each: each.__name__)
@pytest.mark.parametrize("town", ASKED)
def test_a_converted_contract_still_yields_nothing(town, convert):
    document: Document = CONTRACTS[town]
    tables = [each for table in document.tables for each in convert(table)]
    found = lint(replace(document, tables=tables))
    assert found == [], as_text(found)
