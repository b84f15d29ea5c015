"""Many rows of a stock's tables changed in their own files: previewed, checked whole, then written.

Only changed cells change: columns that no table knows, order, line ends, quotes, spacing, number
style, and every other part of a workbook stay as they are.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import polars as pl

from vatra.plans.stock.edit import Condition, Text, conditions, same, settings
from vatra.plans.stock.edit_value import number_text, typed_number
from vatra.plans.stock.export import building_row
from vatra.runs.handover_files import replace_all
from vatra.runs.stock import GEOJSON, TABLES, Stock, open_stock
from vatra.runs.stock_edit_bytes import with_changes
from vatra.sources import Raw, read
from vatra.sources.city_yaml import FILE_NAME, read_city
from vatra.sources.geojson import read_footprints
from vatra.tables import Column, Context, Finding, Table, check, fold, has_errors, order, tables
from vatra.tables.numbers import Style
from vatra.tables.numbers import read as read_numbers

BUILDINGS, KEY = "buildings", "building"
_SUFFIXES = (".csv", ".xlsx")
_YEARS = (1800, 2100)
_STOCK_FILES = "building*"
_SET = "--set"
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


@dataclass(frozen=True)
class _Held:
    """A table as it lies in a folder: its file, its text rows, the style of its numbers."""

    table: Table
    path: Path
    raw: Raw
    numbers: Style | None

    def style(self, column: str) -> Style | None:
        """How numbers of a column are written."""
        known = self.raw.numbers.get(column) or self.numbers
        if known is not None or column not in self.raw.frame.columns:
            return known
        found = read_numbers(self.raw.frame.get_column(column))
        return None if found.ambiguous else found.style


@dataclass
class _Sent:
    """New values: the same for all rows, or by the keys of a row."""

    everywhere: Mapping[str, Text] = field(default_factory=dict)
    by_row: Mapping[tuple[str, ...], Mapping[str, Text]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


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
    held, findings = _held(folder, table)
    if held is None:
        return FileEdit(folder, tables()[table].file_name, findings=tuple(order(findings)))
    asked, faults = conditions(where, _tables_of(table))
    values = _typed_settings(held, setting) if sent is None else _sent(held, *sent)
    findings += [*faults, *values.findings, *_foreign(held, values, sent)]
    if has_errors(findings):
        return FileEdit(folder, held.path.name, findings=tuple(order(findings)))
    present = open_stock(folder)
    rows = _meant(held, asked, present)
    if sent is not None:
        rows = [row for row in rows if _key(held, row) in values.by_row]
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


def _held(folder: Path, name: str) -> tuple[_Held | None, list[Finding]]:
    """The file of a table; buildings may lie in a drawing alone."""
    table, numbers = tables()[name], _numbers(folder)
    stem = folder / Path(table.file_name).stem
    found = [path for each in _SUFFIXES if (path := stem.with_suffix(each)).exists()]
    if len(found) > 1:
        twice = {"first": found[0].name, "second": found[1].name}
        return None, [Finding("runs.file-twice", "error", found[0].name, params=twice)]
    if found:
        raw = read(found[0], table, numbers=numbers)
        path = found[0]
    elif name == BUILDINGS and (folder / GEOJSON).exists():
        path = folder / GEOJSON
        raw = read_footprints(path, table).raw
    else:
        params = {"file": table.file_name, "tables": list(TABLES)}
        return None, [Finding("runs.stock-edit-file", "error", table.file_name, params=params)]
    findings = list(raw.findings)
    return (None if has_errors(findings) else _Held(table, path, raw, numbers)), findings


def _numbers(folder: Path) -> Style | None:
    if not (folder / FILE_NAME).exists():
        return None
    city, _ = read_city(folder / FILE_NAME)
    return city.numbers if city else None


# what is to stand there


def _typed_settings(held: _Held, texts: Sequence[str]) -> _Sent:
    found, faults = settings(texts, held.table)
    if not found and not faults:
        faults = [Finding("runs.stock-edit-nothing", "error", _SET)]
    columns = [held.table.by_name[name] for name in found]
    frame = pl.DataFrame(
        {name: pl.Series([text], dtype=pl.String) for name, text in found.items()}
        | {"line": pl.Series([1], dtype=pl.UInt32)}
    )
    wrong = _faults(held.table, columns, frame, _SET, {})
    # What is typed on one line needs no number of its row.
    faults += [replace(each, lines=()) for each in wrong]
    return _Sent(dict(found), findings=faults)


def _faults(
    table: Table,
    columns: Sequence[Column],
    frame: pl.DataFrame,
    file: str,
    styles: Mapping[str, Style],
) -> list[Finding]:
    """What the table's own check says of values; the keys are not asked for again."""
    if not columns:
        return []
    part = Table(table.name, tuple(columns), table.file_name, history=table.history)
    return check(part, frame, file, Context(_YEARS, styles)).findings


def _sent(held: _Held, content: bytes, file: str) -> _Sent:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / held.table.file_name
        path.write_bytes(content)
        raw = read(path, held.table)
    findings = [replace(each, file=file) for each in raw.findings]
    # What the table does not know is lost on the way in, so it is no warning here.
    findings = [
        replace(each, severity="error") if each.code == "tables.column-unknown" else each
        for each in findings
    ]
    keys = held.table.keys
    there = set(raw.frame.columns)
    missing = [name for name in keys if name not in there]
    columns = [each for each in held.table.columns if each.name in there]
    if raw.ok and (missing or len(columns) == len(keys)):
        params = {"keys": list(keys), "missing": missing}
        code = "runs.stock-edit-keys" if missing else "runs.stock-edit-columns"
        findings.append(Finding(code, "error", file, params=params))
    if missing or not raw.ok:
        return _Sent(findings=findings)
    findings += _faults(held.table, columns, raw.frame, file, raw.numbers)
    rows = {
        tuple(str(row[name] or "") for name in keys): {
            each.name: row[each.name] for each in columns if each.name not in keys
        }
        for row in raw.frame.iter_rows(named=True)
    }
    return _Sent(by_row={_folded(held.table, key): row for key, row in rows.items()},
                 findings=findings)  # fmt: skip


def _folded(table: Table, key: Sequence[str]) -> tuple[str, ...]:
    """Keys as they are told apart: codes whatever their case, texts as they stand."""
    kinds = [table.by_name[name].kind for name in table.keys]
    return tuple(
        fold(each) if kind == "code" else each.strip()
        for each, kind in zip(key, kinds, strict=True)
    )


def _key(held: _Held, row: Mapping[str, Any]) -> tuple[str, ...]:
    return _folded(held.table, [str(row.get(name) or "") for name in held.table.keys])


def _foreign(held: _Held, values: _Sent, sent: tuple[bytes, str] | None) -> list[Finding]:
    """Rows of the table handed in that the folder does not have."""
    if sent is None:
        return []
    known = {_key(held, row) for row in held.raw.frame.iter_rows(named=True)}
    foreign = sorted("/".join(key) for key in values.by_row if key not in known)
    if not foreign:
        return []
    params = {"rows": foreign[:10], "count": str(len(foreign))}
    return [Finding("runs.stock-edit-rows", "error", sent[1], params=params)]


# which rows are meant


def _meant(held: _Held, asked: Sequence[Condition], stock: Stock) -> list[dict[str, Any]]:
    if not asked:
        return list(held.raw.frame.iter_rows(named=True))
    known = {each.code: building_row(each) for each in stock.buildings}
    return [
        row
        for row in held.raw.frame.iter_rows(named=True)
        if all(each.holds(_cell(row, each.column.name, known)) for each in asked)
    ]


def _cell(row: Mapping[str, Any], column: str, known: Mapping[str, Mapping[str, Any]]) -> Text:
    """A cell as it stands, else what the stock makes of it: the type of a period, say."""
    if row.get(column) is not None:
        return str(row[column])
    value = known.get(fold(str(row.get(KEY) or "")), {}).get(column)
    return None if value is None else str(value)


# what changes


def _drawn(held: _Held, changes: Sequence[CellChange], stock: Stock) -> list[Finding]:
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


def _changes(held: _Held, rows: Sequence[Mapping[str, Any]], values: _Sent) -> list[CellChange]:
    found = []
    for row in rows:
        new = {**values.everywhere, **values.by_row.get(_key(held, row), {})}
        name = "/".join(str(row.get(each) or "") for each in held.table.keys)
        for column, text in new.items():
            before = row.get(column)
            if not same(held.table.by_name[column], before, text):
                after = _written(held, column, text)
                found.append(CellChange(name, column, before, after, int(row["line"])))
    return sorted(found, key=lambda each: (each.line, each.column))


def _written(held: _Held, column: str, text: Text) -> Text:
    """A value in the style of the file."""
    if text is None or held.table.by_name[column].kind != "number":
        return text
    number = typed_number(text)
    return text if number is None else number_text(number, held.style(column))


def _made(done: FileEdit, held: _Held) -> FileEdit:
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


def _numeric(held: _Held) -> set[str]:
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
