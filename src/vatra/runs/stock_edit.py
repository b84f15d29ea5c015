"""Many buildings changed at once: a table of some columns -> differences, faults, the new file."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from vatra.runs.stock import GEOJSON, Stock, open_stock
from vatra.sources import Raw, read
from vatra.sources.city_yaml import FILE_NAME, read_city
from vatra.sources.geojson import read_footprints
from vatra.tables import Context, Finding, Table, check, has_errors, order, tables
from vatra.tables.export import write_csv
from vatra.tables.numbers import Style

KEY = "building"
FILE = "buildings.csv"
_SUFFIXES = (".csv", ".xlsx")
_YEARS = (1800, 2100)
# What belongs to the stock of a folder, by the beginning of its name.
_STOCK_FILES = "building*"
_GROUP_DIGITS = 3
Value = str | int | float | None


@dataclass(frozen=True)
class Change:
    """One cell that differs; ``line`` of the table that was handed in."""

    building: str
    column: str
    before: Value
    after: Value
    line: int


@dataclass(frozen=True, eq=False)
class Edit:
    """What a table would change.

    Attributes
    ----------
    columns : that were handed in, in the order of the table
    changes : cells that differ, by line and column; cells alike are none
    rows : the whole table after the change, typed; None where faults of the handed-in table keep
        it from being made
    findings : of the table handed in, and of the stock as it would be
    stock : as it would be; None where there are no ``rows``
    """

    sent_count: int
    columns: tuple[str, ...]
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    rows: pl.DataFrame | None = None
    stock: Stock | None = None
    numbers: Style | None = None

    @property
    def ok(self) -> bool:
        """Whether the new file can be used as it is."""
        return self.rows is not None and not has_errors(self.findings)

    def csv(self) -> str:
        """``buildings.csv`` after the change, numbers in the style of the folder."""
        if self.rows is None:
            return ""
        return _written(self.rows, [each.name for each in _table().columns], self.numbers)


@dataclass
class _Base:
    """The buildings' rows as they lie in a folder, from whichever file has them."""

    rows: pl.DataFrame
    numbers: Style | None = None
    findings: list[Finding] = field(default_factory=list)


def editable_columns() -> tuple[str, ...]:
    """Columns that a table of changes may hold beside the building's code."""
    return tuple(each.name for each in _table().columns if each.name != KEY)


def chosen_csv(folder: Path, columns: Sequence[str], codes: Sequence[str]) -> str:
    """Some columns of some buildings as they stand, to be changed and handed in again.

    Raises ``ValueError`` naming columns that do not exist.
    """
    foreign = [each for each in columns if each not in editable_columns()]
    if foreign:
        raise ValueError(f"no columns {', '.join(foreign)}")
    base = _base(folder)
    rows = base.rows.filter(pl.col(KEY).is_in(list(codes))).sort(KEY)
    return _written(rows, [KEY, *columns], base.numbers)


def edit_buildings(folder: Path, content: bytes, file: str = FILE) -> Edit:
    """What a table of changed columns would make of a folder's buildings.

    Parameters
    ----------
    content : CSV with the column ``building`` and the columns to change; a blank cell makes a
        value unknown, a column that is absent stays
    file : its name, for findings

    Never raises for what stands in the table: all faults are in ``Edit.findings``.
    """
    base, raw = _base(folder), _raw(content, file)
    if not raw.ok or KEY not in raw.frame.columns:
        found = raw.findings or [Finding("runs.stock-edit-key", "error", file)]
        return Edit(0, (), (), tuple(order(found)))
    table, names = _table(), set(raw.frame.columns)
    part = Table(
        table.name, tuple(c for c in table.columns if c.name in names), table.file_name,
        history=table.history,
    )  # fmt: skip
    done = check(part, raw.frame, file, Context(_YEARS, raw.numbers))
    columns = tuple(c.name for c in part.columns if c.name != KEY)
    findings = [*raw.findings, *done.findings, *_unknown(done.rows, base.rows, file)]
    if not columns:
        findings.append(Finding("runs.stock-edit-columns", "error", file))
    if has_errors(findings):
        return Edit(len(raw.frame), columns, (), tuple(order(findings)))
    changes = tuple(_changes(base.rows, done.rows, columns))
    rows = _changed(base.rows, changes)
    stock = _stock(folder, rows, base.numbers)
    return Edit(
        len(raw.frame), columns, changes, tuple(order([*findings, *stock.findings])), rows, stock,
        base.numbers,
    )  # fmt: skip


def _table() -> Table:
    return tables()["buildings"]


def _base(folder: Path) -> _Base:
    found = _Base(check(_table(), pl.DataFrame(schema={"line": pl.UInt32}), FILE).rows)
    if (folder / FILE_NAME).exists():
        city, _ = read_city(folder / FILE_NAME)
        found.numbers = city.numbers if city else None
    raw = _own_raw(folder, found.numbers)
    if raw is not None and len(raw.frame):
        found.rows = check(_table(), raw.frame, raw.file, Context(_YEARS, raw.numbers)).rows
    return found


def _own_raw(folder: Path, numbers: Style | None) -> Raw | None:
    for suffix in _SUFFIXES:
        path = (folder / FILE).with_suffix(suffix)
        if path.exists():
            return read(path, _table(), numbers=numbers)
    if (folder / GEOJSON).exists():
        raw = read_footprints(folder / GEOJSON, _table()).raw
        if "source" in raw.frame.columns:
            return raw
        frame = raw.frame.with_columns(pl.lit(raw.file).alias("source"))
        return Raw(frame, raw.file, findings=raw.findings, numbers=raw.numbers)
    return None


def _raw(content: bytes, file: str) -> Raw:
    """The table as text rows; what a spreadsheet puts on the clipboard has tabs and is read too."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        path.write_bytes(content)
        raw = read(path, _table())
    findings = [_of_file(each, file) for each in raw.findings]
    return Raw(raw.frame, file, findings=findings, numbers=raw.numbers)


def _of_file(finding: Finding, file: str) -> Finding:
    return Finding(
        finding.code, finding.severity, file, finding.lines, finding.column, finding.params,
        finding.line_count,
    )  # fmt: skip


def _unknown(sent: pl.DataFrame, base: pl.DataFrame, file: str) -> Iterator[Finding]:
    """Buildings that the folder does not list."""
    foreign = sent.filter(~pl.col(KEY).is_in(base.get_column(KEY).to_list()))
    if len(foreign):
        lines = tuple(int(each) for each in foreign.get_column("line"))
        params = {"buildings": foreign.get_column(KEY).to_list()[:10]}
        yield Finding("runs.stock-edit-unknown", "error", file, lines[:100], KEY, params,
                      len(lines))  # fmt: skip


def _changes(base: pl.DataFrame, sent: pl.DataFrame, columns: Sequence[str]) -> Iterator[Change]:
    before = {row[KEY]: row for row in base.iter_rows(named=True)}
    for row in sent.sort("line").iter_rows(named=True):
        for name in columns:
            old = before[row[KEY]][name]
            if old != row[name]:
                yield Change(row[KEY], name, old, row[name], int(row["line"]))


def _changed(base: pl.DataFrame, changes: Sequence[Change]) -> pl.DataFrame:
    by_cell = {(each.building, each.column): each.after for each in changes}
    touched = {each.column for each in changes}
    rows = list(base.iter_rows(named=True))
    series = [
        pl.Series(
            name,
            [by_cell.get((row[KEY], name), row[name]) for row in rows],
            base.schema[name],
        )
        for name in base.columns
        if name in touched
    ]
    return base.with_columns(series)


def _stock(folder: Path, rows: pl.DataFrame, numbers: Style | None) -> Stock:
    """The folder's stock as it would be, with whatever hangs on its buildings."""
    with tempfile.TemporaryDirectory() as other:
        into = Path(other)
        for file in (*folder.glob(_STOCK_FILES), *folder.glob(FILE_NAME)):
            if file.is_file() and file.stem != Path(FILE).stem:
                shutil.copy(file, into)
        if (folder / GEOJSON).exists():
            shutil.copy(folder / GEOJSON, into)
        names = [each.name for each in _table().columns]
        (into / FILE).write_text(_written(rows, names, numbers), "utf-8")
        return open_stock(into)


def _written(rows: pl.DataFrame, names: Sequence[str], numbers: Style | None) -> str:
    return write_csv(
        ([_cell(row, name, numbers) for name in names] for row in rows.iter_rows(named=True)),
        names,
    )


def _cell(row: Mapping[str, Any], name: str, numbers: Style | None) -> Value:
    value: Value = row[name]
    if not isinstance(value, float):
        return value
    if value == int(value):
        return int(value)
    text = repr(value)
    # 64.792 could be read as sixty-four thousand; 64.7920 cannot.
    text += "0" * (len(text.partition(".")[2]) == _GROUP_DIGITS)
    return text.replace(".", ",") if numbers == "ro" else text
