"""A stock's buildings as a table or as a drawing: every column goes along, known or not."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from vatra.plans.stock.edit_csv import csv_text, value_of
from vatra.plans.stock.edit_value import number_text, typed_number
from vatra.plans.stock.export import building_row
from vatra.runs.stock import GEOJSON, Stock, open_stock
from vatra.sources.city_yaml import FILE_NAME, read_city
from vatra.sources.headings import match
from vatra.tables import Finding, FindingsError, Table, fold, has_errors, tables
from vatra.tables.export import safe_cell
from vatra.tables.numbers import Style

CSV = "buildings.csv"
FORMS = (CSV, GEOJSON)
KEY = "building"
Row = dict[str, Any]


def converted(folder: Path, name: str) -> tuple[bytes, list[Finding]]:
    """The buildings of a folder as ``buildings.csv`` or ``buildings.geojson``.

    What the rows say stays as it is said; what only the drawing says (sizes, party walls) is filled
    in where a row leaves it blank; columns that no table knows go along.

    Raises ``FindingsError`` for a stock with faults, for rows without a drawing, and
    ``ValueError`` for another file name.
    """
    if name not in FORMS:
        raise ValueError(name)
    stock = open_stock(folder)
    if has_errors(stock.findings):
        raise FindingsError(stock.findings)
    table = tables()["buildings"]
    rows = _from_csv(folder / CSV, table) if (folder / CSV).exists() else _from_drawing(folder)
    if name == CSV:
        return _as_csv(rows, stock, table, _style(folder)), list(stock.findings)
    findings = [*stock.findings, *_undrawn(stock)]
    return _as_geojson(rows, folder, table), findings


def _style(folder: Path) -> Style | None:
    if not (folder / FILE_NAME).exists():
        return None
    city, _ = read_city(folder / FILE_NAME)
    return city.numbers if city else None


def _from_csv(path: Path, table: Table) -> dict[str, Row]:
    """Rows by building under the table's names, other columns under their own headings."""
    text = csv_text(path.read_bytes(), path.name)
    if isinstance(text, Finding):
        raise FindingsError([text])
    found = match(text.headings, table, path.name).names
    names = [known or heading for known, heading in zip(found, text.headings, strict=True)]
    rows = {}
    for spans in text.spans.values():
        values = [value_of(text.text[a:b]).strip() for a, b in spans]
        row = {name: value for name, value in zip(names, values, strict=True) if value}
        rows[fold(str(row.get(KEY, "")))] = row
    return rows


def _from_drawing(folder: Path) -> dict[str, Row]:
    if not (folder / GEOJSON).exists():
        return {}
    table = tables()["buildings"]
    headings = table.headings()
    rows = {}
    for feature in json.loads((folder / GEOJSON).read_text("utf-8-sig"))["features"]:
        given = feature.get("properties") or {}
        row = {headings.get(fold(name), name): value for name, value in given.items()}
        code = row.get(KEY, feature.get("id"))
        rows[fold(str(code))] = {**row, KEY: code}
    return rows


def _as_csv(rows: Mapping[str, Row], stock: Stock, table: Table, style: Style | None) -> bytes:
    known = [each.name for each in table.columns]
    foreign = _foreign(rows, known)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([safe_cell(each) for each in (*known, *foreign)])
    for each in stock.buildings:
        if each.code not in rows and each.synthetic and rows:
            continue
        row = rows.get(each.code, {})
        filled = {**_blanks(building_row(each)), **_blanks(row)}
        writer.writerow([_cell(filled.get(name), style) for name in (*known, *foreign)])
    return out.getvalue().encode("utf-8")


def _foreign(rows: Mapping[str, Row], known: Sequence[str]) -> list[str]:
    """Columns that the table does not know, in the order in which they come."""
    names = dict.fromkeys(name for row in rows.values() for name in row)
    return [name for name in names if name not in known and name.strip()]


def _blanks(row: Mapping[str, Any]) -> Row:
    return {name: value for name, value in row.items() if value is not None and value != ""}


def _cell(value: Any, style: Style | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number_text(value, style)
    if isinstance(value, list | dict):
        return safe_cell(json.dumps(value, ensure_ascii=False))
    return safe_cell(str(value))


def _as_geojson(rows: Mapping[str, Row], folder: Path, table: Table) -> bytes:
    """The drawing with what the rows say; corners and properties of its own stay as they are."""
    numeric = {each.name for each in table.columns if each.kind in ("number", "year")}
    headings = table.headings()
    collection = json.loads((folder / GEOJSON).read_text("utf-8-sig"))
    for feature in collection["features"]:
        given = feature.get("properties") or {}
        own = {headings.get(fold(name), name): value for name, value in given.items()}
        row = rows.get(fold(str(own.get(KEY, feature.get("id")))), {})
        feature["properties"] = {
            **own,
            **{
                name: _number(value) if name in numeric else value
                for name, value in _blanks(row).items()
            },
        }
    return (json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _number(value: Any) -> Any:
    number = typed_number(value) if isinstance(value, str) else None
    if number is None:
        return value
    return int(number) if number.is_integer() else number


def _undrawn(stock: Stock) -> list[Finding]:
    """Buildings that nobody drew, and which a GeoJSON therefore cannot hold."""
    codes = [each.code for each in stock.buildings if each.code not in stock.footprints]
    if not codes:
        return []
    params = {"count": str(len(codes)), "buildings": codes[:10]}
    if len(codes) == len(stock.buildings):
        raise FindingsError([Finding("runs.stock-edit-undrawn", "error", GEOJSON, params=params)])
    return [Finding("runs.stock-edit-undrawn", "warning", GEOJSON, params=params)]
