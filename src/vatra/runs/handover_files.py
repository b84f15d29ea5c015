"""A pack with the rows of a hand-over: a copy beside it, or the pack itself, all files or none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from vatra.plans.stock.edit_csv import CsvText, csv_text, value_of
from vatra.plans.stock.edit_value import number_text
from vatra.runs.handover_rows import Row, Rows
from vatra.runs.pack import Pack
from vatra.sources.headings import match
from vatra.tables import Finding, FindingsError, tables
from vatra.tables.numbers import Style

_IDENTITY = ("use", "sector", "sub_sector", "carrier")
_SHARE = "share_percent"
_ORDER = ("uses", "drivers", "actions", "action_effects", "relations", "funding", "financing")


def changed_files(pack: Pack, rows: Rows) -> dict[str, bytes]:
    """Every file of a pack that a hand-over changes or adds, by name.

    Raises ``FindingsError`` where a table is a workbook, whose rows cannot be added to.
    """
    found: dict[str, bytes] = {}
    faults: list[Finding] = []
    for name in _ORDER:
        new, instead = rows.of(name), rows.instead if name == "uses" else ()
        if not new and not instead:
            continue
        table = tables()[name]
        path = pack.folder / table.file_name
        if path.with_suffix(".xlsx").exists() and not path.exists():
            params = {"file": path.with_suffix(".xlsx").name, "csv": path.name}
            faults.append(Finding("runs.handover-workbook", "error", params["file"], params=params))
            continue
        data = path.read_bytes() if path.exists() else _empty(name)
        made = _with_rows(data, name, pack, new, instead)
        if isinstance(made, Finding):
            faults.append(made)
        else:
            found[path.name] = made
    if faults:
        raise FindingsError(faults)
    return found


def _empty(name: str) -> bytes:
    return (",".join(each.name for each in tables()[name].columns) + "\n").encode("utf-8")


def _with_rows(
    data: bytes, name: str, pack: Pack, new: Sequence[Row], instead: Sequence[Row]
) -> bytes | Finding:
    table = tables()[name]
    text = csv_text(data, table.file_name)
    if isinstance(text, Finding):
        return text
    names = match(text.headings, table, table.file_name).names
    # A table of the city may leave out columns that these rows need.
    filled = {key for row in (*new, *instead) for key, value in row.items() if value is not None}
    added = [each.name for each in table.columns if each.name in filled - set(names)]
    style = _styles(pack, name)
    changes, more = _less(text, names, instead, style)
    data = text.with_cells(changes, added)
    text = csv_text(data, table.file_name)
    if isinstance(text, Finding):
        return text
    columns = [*names, *added]
    return text.with_rows(
        [[_cell(row, column, style) for column in columns] for row in (*more, *new)]
    )


def _styles(pack: Pack, name: str) -> Callable[[str], Style | None]:
    evidence = pack.evidence.get(name)

    def style(column: str) -> Style | None:
        return pack.city.numbers or (evidence.styles.get(column) if evidence else None)

    return style


def _cell(row: Row, column: str | None, style: Callable[[str], Style | None]) -> str:
    value = row.get(column) if column is not None else None
    if value is None:
        return ""
    if isinstance(value, float):
        return number_text(value, style(column or ""))
    return str(value)


def _less(
    text: CsvText,
    names: Sequence[str | None],
    instead: Sequence[Row],
    style: Callable[[str], Style | None],
) -> tuple[dict[tuple[int, int], str], list[Row]]:
    """Shares that get smaller: in their own row where it names the same, else by a narrower one."""
    at = {name: n for n, name in enumerate(names) if name is not None}
    lines: dict[tuple[str, ...], int] = {}
    for line, spans in text.spans.items():
        values = [value_of(text.text[a:b]).strip() for a, b in spans]
        key = tuple(values[at[name]] if name in at else "" for name in _IDENTITY)
        lines[key] = line
    changes, more = dict[tuple[int, int], str](), list[Row]()
    for row in instead:
        key = tuple(str(row.get(name) or "") for name in _IDENTITY)
        if key in lines:
            changes[lines[key], at[_SHARE]] = number_text(row[_SHARE], style(_SHARE))
        else:
            more.append(row)
    return changes, more


def write_copy(pack: Pack, files: Mapping[str, bytes], into: Path) -> None:
    """A copy of a pack's folder with some files changed; ``into`` must be empty or absent."""
    into.mkdir(parents=True, exist_ok=True)
    for each in pack.folder.iterdir():
        if each.is_file() and each.name not in files:
            shutil.copy2(each, into / each.name)
    for name, data in files.items():
        (into / name).write_bytes(data)


@contextmanager
def tried(pack: Pack, files: Mapping[str, bytes]) -> Iterator[Path]:
    """A copy for as long as it is looked at."""
    with TemporaryDirectory() as folder:
        into = Path(folder) / pack.folder.resolve().name
        write_copy(pack, files, into)
        yield into


def replace_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files in the place of those of a folder: all of them, or none.

    Each is written beside its place first; if any cannot be put there, those already changed get
    their old bytes back.
    """
    made: dict[str, Path] = {}
    before = {
        name: (folder / name).read_bytes() if (folder / name).exists() else None for name in files
    }
    done: list[str] = []
    try:
        for name, data in files.items():
            made[name] = folder / f".{name}.new"
            with made[name].open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        for name, path in made.items():
            done.append(name)
            path.replace(folder / name)
    except BaseException:
        for name in done:
            _restore(folder / name, before[name])
        raise
    finally:
        for path in made.values():
            path.unlink(missing_ok=True)


def _restore(path: Path, data: bytes | None) -> None:
    if data is None:
        path.unlink(missing_ok=True)
    else:
        path.write_bytes(data)
