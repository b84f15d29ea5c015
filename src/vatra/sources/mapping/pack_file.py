"""Rows brought in, written as the CSV file of a pack."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl

from vatra.sources import read
from vatra.sources.city_yaml import FILE_NAME, read_city
from vatra.sources.mapping.bring import Brought
from vatra.tables import Finding, FindingsError, Table
from vatra.tables.export import write_csv
from vatra.tables.numbers import Style, as_plain

# A byte order mark makes spreadsheets read the file as UTF-8, so that ș and ț survive.
_ENCODING = "utf-8-sig"
_THREE_DECIMALS = re.compile(r"[+-]?\d{1,3}\.\d{3}")


def add_to_pack(brought: Brought, folder: Path, *, append: bool = False) -> Path:
    """Write the rows into their file of a pack; the folder is made if it is not there.

    Numbers are written in the style that ``city.yaml`` declares. Raises ``FindingsError`` when the
    rows have errors, when the file has rows already and ``append`` was not asked for, and when its
    rows cannot be read.
    """
    if not brought.ok:
        raise FindingsError(brought.findings)
    path = folder / brought.table.file_name
    style = _declared(folder)
    before = _before(path, brought.table, style, append)
    parts = [brought.frame] if before is None else [before, brought.frame]
    rows = in_style(pl.concat(parts, how="diagonal"), brought.table, style)
    shown = [each.name for each in brought.table.columns if each.name in rows.columns]
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(write_csv(rows.select(shown), shown).encode(_ENCODING))
    return path


def _declared(folder: Path) -> Style | None:
    """The number style of the pack, None without a ``city.yaml`` that declares one."""
    if not (folder / FILE_NAME).exists():
        return None
    city, _ = read_city(folder)
    return city.numbers if city else None


def _before(path: Path, table: Table, style: Style | None, append: bool) -> pl.DataFrame | None:
    """The rows the file has already, their numbers plain; None when it has none."""
    workbook = path.with_suffix(".xlsx")
    if workbook.exists() and not path.exists():
        params: dict[str, object] = {"file": workbook.name, "table": path.name}
        raise FindingsError(
            [Finding("sources.mapping-workbook", "error", workbook.name, params=params)]
        )
    if not path.exists():
        return None
    raw = read(path, table)
    if not raw.ok:
        raise FindingsError(raw.findings)
    if not len(raw.frame):
        return None
    if not append:
        params = {"file": path.name, "rows": len(raw.frame)}
        raise FindingsError([Finding("sources.mapping-exists", "error", path.name, params=params)])
    lost = [each.column for each in raw.findings if each.code == "tables.column-unknown"]
    if lost:
        params = {"file": path.name, "columns": lost}
        raise FindingsError([Finding("sources.mapping-lost", "error", path.name, params=params)])
    texts = raw.frame.with_columns(pl.exclude("line").cast(pl.String))
    return texts.with_columns(
        _plain(texts.get_column(each.name), style, path.name)
        for each in table.columns
        if each.kind == "number" and each.name in texts.columns
    )


def _plain(texts: pl.Series, style: Style | None, file: str) -> pl.Series:
    plain = as_plain(texts, style)
    if plain is None:
        params = {"column": texts.name, "value": str(texts.drop_nulls()[0])}
        code = "sources.mapping-numbers-ambiguous"
        raise FindingsError([Finding(code, "error", file, column=texts.name, params=params)])
    return pl.Series(texts.name, plain, pl.String)


def in_style(rows: pl.DataFrame, table: Table, style: Style | None) -> pl.DataFrame:
    """Plain numbers in the style of the pack; None where its ``city.yaml`` declares none."""
    numbers = [
        each.name for each in table.columns if each.kind == "number" and each.name in rows.columns
    ]
    return rows.with_columns(
        pl.Series(name, [_written(text, style) for text in rows.get_column(name)], pl.String)
        for name in numbers
    )


def _written(text: str | None, style: Style | None) -> str | None:
    if text is None or style == "plain":
        return text
    if style == "ro":
        return text.replace(".", ",")
    # Where no style is declared, 313.956 could be read in two ways; 313.9560 could not.
    return f"{text}0" if style is None and _THREE_DECIMALS.fullmatch(text) else text
