"""Participation and commitments as tables that are filled in a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from vatra.tables import Column, Finding, Table, check, label, tables
from vatra.web.workspace.changes import CellChange
from vatra.web.workspace.sheet import Sheet, one_line
from vatra.words import Language

RECORDS = ("participation", "commitments")
BLANK_ROWS = 2
MOST_LETTERS = 2000
WIDE = ("topic_ro", "topic_en", "outcome_ro", "outcome_en", "what_ro", "what_en")


@dataclass(frozen=True)
class Entry:
    """A field of a row: its name in the form, what stands in it and what it may be."""

    name: str
    column: Column
    heading: str
    value: str
    choices: tuple[tuple[str, str], ...] = ()
    fault: str = ""

    @property
    def is_wide(self) -> bool:
        """Whether sentences stand in it."""
        return self.column.name in WIDE

    @property
    def words(self) -> str:
        """What stands in it, as people say it."""
        return dict(self.choices).get(self.value, self.value)

    @property
    def kind(self) -> str:
        """The kind of its input."""
        return "date" if self.column.name == "date" else "text"


@dataclass(frozen=True)
class RecordRow:
    """A row of the form; ``line`` 0 is a new one."""

    place: str
    line: int
    entries: tuple[Entry, ...]
    faults: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What the row is called: its first texts."""
        return " · ".join(each.words for each in self.entries[:3] if each.value)


def rows_of(
    found: Sheet, lang: Language, given: Mapping[str, str], faults: Mapping[str, list[Finding]]
) -> list[RecordRow]:
    """Rows of the form: those of the sheet, then blank ones; ``given`` what was typed already."""
    places = [(f"r{line}", line) for line in found.lines]
    places += [(f"n{number}", 0) for number in range(BLANK_ROWS)]
    texts = dict(zip(found.lines, found.rows, strict=True))
    return [
        _row(found.table, lang, place, line, texts.get(line, {}), given, faults.get(place, []))
        for place, line in places
    ]


def _row(
    table: Table,
    lang: Language,
    place: str,
    line: int,
    texts: Mapping[str, str],
    given: Mapping[str, str],
    faults: list[Finding],
) -> RecordRow:
    entries = []
    for column in table.columns:
        name = f"{place}-{column.name}"
        value = given.get(name, texts.get(column.name, ""))
        own = [each.message(lang) for each in faults if each.column == column.name]
        entries.append(
            Entry(
                name,
                column,
                table.heading(column, lang),
                value,
                _choices(column, value, lang),
                " ".join(own),
            )
        )
    rest = tuple(each.message(lang) for each in faults if each.column not in table.by_name)
    return RecordRow(place, line, tuple(entries), rest)


def _choices(column: Column, value: str, lang: Language) -> tuple[tuple[str, str], ...]:
    if column.kind != "choice":
        return ()
    known = tuple((each, label(column.vocabulary, each, lang)) for each in column.choices)
    return known if value in ("", *column.choices) else (*known, (value, value))


def changes_of(found: Sheet, given: Mapping[str, str]) -> list[CellChange]:
    """What a form changes: cells, rows that go, rows that come."""
    wanted: list[CellChange] = []
    for line, row in zip(found.lines, found.rows, strict=True):
        place = f"r{line}"
        if given.get(f"{place}-remove"):
            wanted.append(CellChange("remove", line, row={k: v for k, v in row.items() if v}))
            continue
        for column in found.table.columns:
            after = _given(given, place, column, row.get(column.name, ""))
            before = row.get(column.name, "")
            if after != one_line(before):
                wanted.append(CellChange("change", line, column.name, before, after))
    for number in range(BLANK_ROWS):
        new = {
            each.name: value
            for each in found.table.columns
            if (value := _given(given, f"n{number}", each, ""))
        }
        if new:
            wanted.append(CellChange("add", row=new))
    return wanted


def _given(given: Mapping[str, str], place: str, column: Column, otherwise: str) -> str:
    text = one_line(given.get(f"{place}-{column.name}", otherwise))[:MOST_LETTERS]
    return _as_day(text) if column.name == "date" else text


def _as_day(text: str) -> str:
    """A day as 2026-03-31, also where it was typed as people write it: 31.03.2026."""
    try:
        return datetime.strptime(text, "%d.%m.%Y").date().isoformat()
    except ValueError:
        return text


def faults_of(found: Sheet, given: Mapping[str, str]) -> dict[str, list[Finding]]:
    """What is wrong with the rows of a form by their place, before anything is stored."""
    places = [f"r{line}" for line in found.lines if not given.get(f"r{line}-remove")]
    old = dict(zip(found.lines, found.rows, strict=True))
    rows = [
        {
            each.name: _given(given, place, each, old[int(place[1:])].get(each.name, ""))
            for each in found.table.columns
        }
        for place in places
    ]
    for number in range(BLANK_ROWS):
        row = {each.name: _given(given, f"n{number}", each, "") for each in found.table.columns}
        if any(row.values()):
            places.append(f"n{number}")
            rows.append(row)
    return _checked(found.table, rows, places)


def _checked(
    table: Table, rows: list[dict[str, str]], places: list[str]
) -> dict[str, list[Finding]]:
    schema: dict[str, type[pl.DataType]] = {each.name: pl.String for each in table.columns}
    frame = pl.DataFrame(rows, schema=schema).with_columns(
        pl.Series("line", range(1, len(rows) + 1), pl.Int64)
    )
    found: dict[str, list[Finding]] = {}
    for each in [*check(table, frame, table.file_name).findings, *_days(table, rows)]:
        if each.severity != "error":
            continue
        for line in each.lines:
            alone = Finding(each.code, each.severity, "", (), each.column, each.params)
            found.setdefault(places[line - 1], []).append(alone)
    return found


def _days(table: Table, rows: list[dict[str, str]]) -> list[Finding]:
    if "date" not in table.by_name:
        return []
    found = []
    for number, row in enumerate(rows, 1):
        if row["date"] and not _is_day(row["date"]):
            params = {"value": row["date"][:40]}
            found.append(Finding("runs.participation-date", "error", "", (number,), "date", params))
    return found


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def table_of(name: str) -> Table:
    """The declaration of a record."""
    return tables()[name]
