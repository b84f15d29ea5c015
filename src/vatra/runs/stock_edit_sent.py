"""New values for many rows: typed once for all of them, or a table by the keys of its rows."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import polars as pl

from vatra.plans.stock.edit import Text, settings
from vatra.plans.stock.edit_value import number_text, typed_number
from vatra.runs.stock_edit_held import Held
from vatra.sources import read
from vatra.tables import Checked, Column, Context, Finding, Table, check, fold
from vatra.tables.numbers import Style

_YEARS = (1800, 2100)
_SET = "--set"


@dataclass
class Sent:
    """New values: the same for all rows, or by the keys of a row."""

    everywhere: Mapping[str, Text] = field(default_factory=dict)
    by_row: Mapping[tuple[str, ...], Mapping[str, Text]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def typed_settings(held: Held, texts: Sequence[str]) -> Sent:
    """Values that people typed as ``column=value``, with all that is wrong with them."""
    found, faults = settings(texts, held.table)
    if not found and not faults:
        faults = [Finding("runs.stock-edit-nothing", "error", _SET)]
    columns = [held.table.by_name[name] for name in found]
    frame = pl.DataFrame(
        {name: pl.Series([text], dtype=pl.String) for name, text in found.items()}
        | {"line": pl.Series([1], dtype=pl.UInt32)}
    )
    done = _checked(held.table, columns, frame, _SET, {})
    # What is typed on one line needs no number of its row.
    faults += [replace(each, lines=()) for each in done.findings]
    return Sent(_plain(columns, found, done.styles), findings=faults)


def _checked(
    table: Table,
    columns: Sequence[Column],
    frame: pl.DataFrame,
    file: str,
    styles: Mapping[str, Style],
) -> Checked:
    """What the table's own check says of values, and how their numbers are written.

    Units stand in columns of their own and stay as they are.
    """
    bare = [replace(each, quantity=None, unit_column="", becomes="", scale=1) for each in columns]
    part = Table(table.name, tuple(bare), table.file_name, history=table.history)
    return check(part, frame, file, Context(_YEARS, styles)) if columns else Checked(frame, [])


def _plain(
    columns: Sequence[Column], row: Mapping[str, Text], styles: Mapping[str, Style]
) -> dict[str, Text]:
    """Values with their numbers spelt with a decimal point alone, whatever they were typed in."""
    found: dict[str, Text] = {}
    for column in columns:
        text = row[column.name]
        style = styles.get(column.name)
        number = typed_number(text, style) if column.kind == "number" and text else None
        found[column.name] = text if number is None else number_text(number)
    return found


def sent_table(held: Held, content: bytes, file: str) -> Sent:
    """A table of key columns and changed columns, with all that is wrong with it."""
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
        return Sent(findings=findings)
    done = _checked(held.table, columns, raw.frame, file, raw.numbers)
    findings += done.findings
    changed = [each for each in columns if each.name not in keys]
    rows = {
        key_of(held, row): _plain(changed, row, done.styles)
        for row in raw.frame.iter_rows(named=True)
    }
    return Sent(by_row=rows, findings=findings)


def key_of(held: Held, row: Mapping[str, Any]) -> tuple[str, ...]:
    """Keys as they are told apart: codes whatever their case, texts as they stand."""
    return tuple(
        fold(text) if held.table.by_name[name].kind == "code" else text.strip()
        for name in held.table.keys
        for text in [str(row.get(name) or "")]
    )
