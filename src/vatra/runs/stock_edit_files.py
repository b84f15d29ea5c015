"""Many rows of a stock's tables changed in their own files: previewed, checked whole, then written.

Only changed cells change: columns that no table knows, order, line ends, quotes, spacing, number
style, and every other part of a workbook stay as they are.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vatra.plans.stock.edit import Condition, Text, conditions, same
from vatra.plans.stock.edit_value import number_text, typed_number
from vatra.plans.stock.export import building_row
from vatra.runs.handover_files import replace_all
from vatra.runs.stock import GEOJSON, Stock, open_stock
from vatra.runs.stock_edit_bytes import with_changes
from vatra.runs.stock_edit_held import BUILDINGS, Held, held_table
from vatra.runs.stock_edit_sent import Sent, key_of, sent_table, typed_settings
from vatra.sources.city_yaml import FILE_NAME
from vatra.tables import Finding, Table, fold, has_errors, order, tables

KEY = "building"
_STOCK_FILES = "building*"
# What a footprint says better than a row.
_OF_DRAWING = ("perimeter_m", "party_m", "azimuth_degrees")


@dataclass(frozen=True)
class CellChange:
    """One cell that differs: where it is, what it says and what it is to say.

    ``row`` the keys of its row joined by ``/``; ``line`` of the file (of a GeoJSON the number of
    the feature).
    """

    row: str
    column: str
    before: Text
    after: Text
    line: int


@dataclass(frozen=True, eq=False)
class FileEdit:
    """What would become of one file of a folder.

    Attributes
    ----------
    rows_count : rows that are meant
    changes : cells that differ, by line and column; cells alike are none
    findings : of the question, and of the whole stock as it would be
    data : the new file; None where faults keep it from being made
    stock : as it would be
    """

    folder: Path
    file: str
    rows_count: int = 0
    changes: tuple[CellChange, ...] = ()
    findings: tuple[Finding, ...] = ()
    data: bytes | None = None
    stock: Stock | None = None

    @property
    def ok(self) -> bool:
        """Whether the new file may be written."""
        return self.data is not None and not has_errors(self.findings)


def edit_files(
    folder: Path,
    *,
    table: str = BUILDINGS,
    where: Sequence[str] = (),
    setting: Sequence[str] = (),
    sent: tuple[bytes, str] | None = None,
) -> FileEdit:
    """What some new values would make of a folder's table; nothing is written.

    Parameters
    ----------
    where : conditions that all must hold; columns of buildings may be named for other tables too
    setting : ``column=value`` for every row that is meant
    sent : a CSV of key columns and changed columns, and its name; a blank cell clears

    Never raises for what stands in files or conditions: all faults are in ``FileEdit.findings``.
    """
    held, findings = held_table(folder, table)
    if held is None:
        return FileEdit(folder, tables()[table].file_name, findings=tuple(order(findings)))
    asked, faults = conditions(where, _tables_of(table))
    values = typed_settings(held, setting) if sent is None else sent_table(held, *sent)
    findings += [*faults, *values.findings, *_foreign(held, values, sent)]
    if has_errors(findings):
        return FileEdit(folder, held.path.name, findings=tuple(order(findings)))
    present = open_stock(folder)
    rows = _meant(held, asked, present)
    if sent is not None:
        rows = [row for row in rows if key_of(held, row) in values.by_row]
    changes = tuple(_changes(held, rows, values))
    findings += _drawn(held, changes, present)
    return _made(FileEdit(folder, held.path.name, len(rows), changes, tuple(order(findings))), held)


def write_edit(done: FileEdit, into: Path | None = None) -> Path:
    """Write the changed file: in its place, or into a folder with a copy of the stock's files.

    Raises ``ValueError`` for an edit that is not ``ok``, ``FileExistsError`` for a folder that has
    such a file.
    """
    if not done.ok or done.data is None:
        raise ValueError("an edit with faults is not written")
    if into is None:
        replace_all(done.folder, {done.file: done.data})
        return done.folder / done.file
    into.mkdir(parents=True, exist_ok=True)
    if any(into.iterdir()):
        raise FileExistsError(str(into))
    for each in _stock_files(done.folder):
        if each.name != done.file:
            shutil.copy2(each, into)
    replace_all(into, {done.file: done.data})
    return into / done.file


def _tables_of(table: str) -> tuple[Table, ...]:
    mine = tables()[table]
    return (mine,) if table == BUILDINGS else (mine, tables()[BUILDINGS])


def _foreign(held: Held, values: Sent, sent: tuple[bytes, str] | None) -> list[Finding]:
    """Rows of the table handed in that the folder does not have."""
    if sent is None:
        return []
    known = {key_of(held, row) for row in held.raw.frame.iter_rows(named=True)}
    foreign = sorted("/".join(key) for key in values.by_row if key not in known)
    if not foreign:
        return []
    params = {"rows": foreign[:10], "count": str(len(foreign))}
    return [Finding("runs.stock-edit-rows", "error", sent[1], params=params)]


# which rows are meant


def _meant(held: Held, asked: Sequence[Condition], stock: Stock) -> list[dict[str, Any]]:
    if not asked:
        return list(held.raw.frame.iter_rows(named=True))
    known = {each.code: building_row(each) for each in stock.buildings}
    return [
        row
        for row in held.raw.frame.iter_rows(named=True)
        if all(each.holds(_cell(held, row, each.column.name, known)) for each in asked)
    ]


def _cell(
    held: Held, row: Mapping[str, Any], column: str, known: Mapping[str, Mapping[str, Any]]
) -> Text:
    """A cell as it stands, else what the stock makes of it: the type of a period, say."""
    if row.get(column) is not None:
        return held.plain(column, str(row[column]))
    value = known.get(fold(str(row.get(KEY) or "")), {}).get(column)
    return None if value is None else str(value)


# what changes


def _drawn(held: Held, changes: Sequence[CellChange], stock: Stock) -> list[Finding]:
    """Sizes that a row states and a drawing overrules: their change changes nothing."""
    if held.table.name != BUILDINGS or held.path.name == GEOJSON:
        return []
    idle = [each for each in changes if each.column in _OF_DRAWING and each.after is not None
            and fold(each.row) in stock.footprints]  # fmt: skip
    if not idle:
        return []
    lines = tuple(dict.fromkeys(each.line for each in idle))
    params = {"columns": sorted({each.column for each in idle}), "file": GEOJSON}
    return [Finding("runs.stock-edit-drawn", "warning", held.path.name, lines[:100],
                    params=params, line_count=len(lines))]  # fmt: skip


def _changes(held: Held, rows: Sequence[Mapping[str, Any]], values: Sent) -> list[CellChange]:
    found = []
    for row in rows:
        new = {**values.everywhere, **values.by_row.get(key_of(held, row), {})}
        name = "/".join(str(row.get(each) or "") for each in held.table.keys)
        for column, text in new.items():
            before = row.get(column)
            if not same(held.table.by_name[column], held.plain(column, before), text):
                after = _written(held, column, text)
                found.append(CellChange(name, column, before, after, int(row["line"])))
    return sorted(found, key=lambda each: (each.line, each.column))


def _written(held: Held, column: str, text: Text) -> Text:
    """A value in the style of the file."""
    if text is None or held.table.by_name[column].kind != "number":
        return text
    number = typed_number(text)
    return text if number is None else number_text(number, held.styles[column])


def _made(done: FileEdit, held: Held) -> FileEdit:
    """The new file, and the whole stock as it would be with it."""
    cells = {(each.line, each.column): each.after for each in done.changes}
    data = held.path.read_bytes()
    if cells:
        made = with_changes(data, held.path, held.table, cells, numeric=_numeric(held))
        if isinstance(made, Finding):
            return replace(done, findings=tuple(order([*done.findings, made])))
        data = made
    with tempfile.TemporaryDirectory() as other:
        into = Path(other)
        for each in _stock_files(done.folder):
            shutil.copy(each, into)
        (into / held.path.name).write_bytes(data)
        stock = open_stock(into)
    findings = tuple(order([*done.findings, *stock.findings]))
    return replace(done, data=data, stock=stock, findings=findings)


def _numeric(held: Held) -> set[str]:
    """Columns whose cells are numbers in a workbook or a drawing, not texts of numbers."""
    return {
        each.name
        for each in held.table.columns
        if each.kind in ("number", "year")
        and (each.kind == "year" or held.raw.numbers.get(each.name, "plain") == "plain")
    }


def _stock_files(folder: Path) -> list[Path]:
    found = [*folder.glob(_STOCK_FILES), *folder.glob(FILE_NAME)]
    return sorted(each for each in found if each.is_file())
