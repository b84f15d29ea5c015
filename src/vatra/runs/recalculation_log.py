"""The log of base-year recalculations in a pack: read, checked, and written without a loss."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from vatra.plans.recalculation import Recalculation, recalculation
from vatra.runs.pack import Pack
from vatra.sources import read
from vatra.sources.headings import match
from vatra.tables import Finding, FindingsError
from vatra.tables.export import safe_cell
from vatra.tables.recalculations import TABLE
from vatra.units import MG_PER_T


def changes(rows: pl.DataFrame) -> list[Recalculation]:
    """The log of a pack in the order of its dates; the log keeps totals, not sectors."""
    ordered = rows.with_columns(pl.col("reason").cast(pl.String)).sort("date", "line")
    return [
        recalculation(
            row["base_year"], {"": row["old_mg"]}, {"": row["new_mg"]}, row["reason"],
            row["note"], row["date"],
        )
        for row in ordered.iter_rows(named=True)
    ]  # fmt: skip


def log_findings(rows: pl.DataFrame, file: str) -> list[Finding]:
    """A warning for dates of the log that are none: their rows have no place in its order."""
    wrong = {row["date"]: row["line"] for row in rows.iter_rows(named=True)
             if not is_date(row["date"])}  # fmt: skip
    return [
        Finding("runs.log-date", "warning", file, (line,), "date", {"value": text})
        for text, line in wrong.items()
    ]


def is_date(text: str) -> bool:
    """Whether a text is a day as ``YYYY-MM-DD``."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def append(pack: Pack, change: Recalculation, old_seal: str, new_seal: str) -> Path:
    """Add a change to ``recalculations.csv`` of a pack; returns the file.

    The bytes that stand there stay as they are; the new file takes their place in one step.
    Raises ``FindingsError`` for a workbook, a file whose headings or encoding cannot be kept, and
    while somebody else writes.
    """
    path = pack.folder / TABLE.file_name
    if path.with_suffix(".xlsx").exists():
        raise _refused("runs.log-workbook")
    _refuse_twice(pack, change, old_seal, new_seal)
    values = {
        "date": change.date,
        "base_year": str(change.year),
        "old_t": _tonnes(sum(change.before_mg.values())),
        "new_t": _tonnes(sum(change.after_mg.values())),
        "reason": change.trigger,
        "note": change.reason,
        "old_seal": old_seal,
        "new_seal": new_seal,
    }
    beside = path.with_suffix(".csv.new")
    try:
        stream = beside.open("xb")
    except FileExistsError:
        raise _refused("runs.log-busy", beside=beside.name) from None
    try:
        with stream:
            stream.write(_content(path, pack, values))
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return path


def _refuse_twice(pack: Pack, change: Recalculation, old_seal: str, new_seal: str) -> None:
    """A row that stands in the log already would be a double, and the pack no longer computable."""
    same = pack.rows[TABLE.name].filter(
        pl.col("date") == change.date,
        pl.col("base_year") == change.year,
        pl.col("reason").cast(pl.String) == change.trigger,
        pl.col("old_seal") == old_seal,
        pl.col("new_seal") == new_seal,
    )
    if len(same):
        raise _refused("runs.log-twice", row=str(same["line"][0]))


def _content(path: Path, pack: Pack, values: Mapping[str, str]) -> bytes:
    """What stands in the file, and one line more."""
    if not path.exists():
        names = [column.name for column in TABLE.columns]
        return (
            _line(names, ",", "\n").encode()
            + _line(_cells(names, pack, values), ",", "\n").encode()
        )
    raw = read(path, TABLE)
    if not raw.ok:
        raise FindingsError(raw.findings)
    old, encoding = path.read_bytes(), raw.dialect.encoding
    if encoding.casefold().startswith("utf-16") or encoding.casefold().startswith("utf_16"):
        raise _refused("runs.log-encoding", encoding=encoding)
    text = old.decode(encoding)
    delimiter = raw.dialect.delimiter or ","
    headings = next(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter))
    names = [name or "" for name in match(headings, TABLE, path.name).names]
    absent = [column.name for column in TABLE.columns if column.name not in names]
    if absent:
        raise _refused("runs.log-columns", columns=absent)
    end = "\r\n" if "\r\n" in text else "\n"
    line = _line(_cells(names, pack, values), delimiter, end)
    between = "" if text.endswith(("\n", "\r")) else end
    plain = "utf-8" if encoding.casefold().startswith(("utf-8", "utf_8")) else encoding
    try:
        return old + (between + line).encode(plain)
    except UnicodeEncodeError:
        raise _refused("runs.log-encoding", encoding=encoding) from None


def _line(cells: Sequence[str], delimiter: str, end: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerow(cells)
    return out.getvalue()


def _cells(names: Sequence[str], pack: Pack, values: Mapping[str, str]) -> list[str]:
    """One cell for each column of the file, blank where the log says nothing of it."""
    evidence = pack.evidence.get(TABLE.name)
    styles = evidence.styles if evidence else {}
    found = dict(values)
    for name in ("old_t", "new_t"):
        if (pack.city.numbers or styles.get(name)) == "ro":
            found[name] = found[name].replace(".", ",")
    return [safe_cell(found.get(name, "")) for name in names]


def _tonnes(mass_mg: int) -> str:
    """Tonnes to the milligram, exactly; never with three decimals, which read as a thousand."""
    sign, whole = ("-" if mass_mg < 0 else ""), abs(mass_mg)
    decimals = f"{whole % MG_PER_T:09d}".rstrip("0") or "0"
    return f"{sign}{whole // MG_PER_T}.{decimals}{'0' if len(decimals) == 3 else ''}"


def _refused(code: str, **params: object) -> FindingsError:
    return FindingsError([Finding(code, "error", TABLE.file_name, params=params)])
