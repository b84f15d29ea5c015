"""Tables typed in YAML, JSON or CSV -> a document, with every fault of their keys at once."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from vatra.linter.document import DEFAULT_RESIDUAL_LIMIT_PERCENT, KINDS, Document, LintTable, Value
from vatra.linter.numbers import number, token
from vatra.linter.shape import fault
from vatra.tables import Finding, fold

DOCUMENT_KEYS = (
    "tables", "name", "city", "country", "base_year", "target_year", "residual_limit_percent",
    "numbers", "title", "source", "language", "note", "notes",
)  # fmt: skip
TABLE_KEYS = (
    "id", "kind", "title", "unit", "units", "columns", "rows", "total", "year", "base_year",
    "stage", "numbers", "source", "note", "notes", "page",
)  # fmt: skip
# Keys whose loss would change what is checked: a typing slip in one of them is a fault.
MEANT_KEYS = (
    "tables", "base_year", "target_year", "residual_limit_percent", "numbers", "kind", "unit",
    "units", "columns", "rows", "total", "stage", "country",
)  # fmt: skip
_KIND_WORDS = {
    "gap": "emission_gap", "emissions_gap": "emission_gap", "emission_gaps": "emission_gap",
    "emission": "emissions", "inventory": "emissions", "ghg_emissions": "emissions",
    "activity": "energy", "energies": "energy", "measure": "measures", "actions": "measures",
    "factor": "factors", "emission_factors": "factors", "emission_factor": "factors",
}  # fmt: skip


class Typed:
    """Reads plain data; what is wrong with it is added to ``faults``."""

    def __init__(self, faults: list[Finding]) -> None:
        self.faults = faults

    def document(self, raw: Any, name: str) -> Document | None:
        """The document of one table, a list of tables, or ``tables:``; None where there is none."""
        if isinstance(raw, Mapping) and "tables" in raw:
            about, tables = raw, raw["tables"]
        elif isinstance(raw, Mapping) and ({"columns", "rows"} & raw.keys() or "kind" in raw):
            about, tables = {**raw, "numbers": ""}, [raw]
        else:
            about, tables = {}, raw
        if isinstance(tables, Mapping):
            tables = [
                {"id": str(key), **each} if isinstance(each, Mapping) else each
                for key, each in tables.items()
            ]
        if not isinstance(tables, list) or not tables:
            self.faults.append(fault("no-table", name))
            return None
        self._unknown_keys(about, (*DOCUMENT_KEYS, *TABLE_KEYS), name)
        read = [self._table(each, place, name) for place, each in enumerate(tables, 1)]
        return Document(
            tables=[each for each in read if each is not None],
            name=name,
            city=_text(about.get("city")),
            country=_text(about.get("country")).upper(),
            base_year=self._year(about.get("base_year"), "base_year", name),
            target_year=self._year(about.get("target_year"), "target_year", name),
            residual_limit_percent=self._limit(about.get("residual_limit_percent"), name),
            numbers=_text(about.get("numbers")).lower(),
        )

    def _unknown_keys(self, raw: Mapping[Any, Any], known: Sequence[str], name: str) -> None:
        """A key that is nearly a known one is a typing slip; other keys are the city's own."""
        for key in raw:
            text = str(key)
            if text in known:
                continue
            close = difflib.get_close_matches(text.lower(), MEANT_KEYS, 1, cutoff=0.84)
            if close:
                self.faults.append(fault("key-unknown", name, key=text, meant=close[0]))

    def _year(self, value: Any, key: str, name: str) -> int | None:
        text = _text(value)
        if not text:
            return None
        if re.fullmatch(r"(1[89]|20|21)\d\d(\.0+)?", text):
            return int(text[:4])
        self.faults.append(fault("year-wrong", name, key=key, value=text))
        return None

    def _limit(self, value: Any, name: str) -> float:
        text = _text(value)
        if not text:
            return DEFAULT_RESIDUAL_LIMIT_PERCENT
        found = number(token(text), "ro" if "," in text else "en")
        if found is None or not 0 <= found.value <= 100:
            self.faults.append(fault("limit-wrong", name, value=text))
            return DEFAULT_RESIDUAL_LIMIT_PERCENT
        return float(found.value)

    def _table(self, raw: Any, place: int, name: str) -> LintTable | None:
        if not isinstance(raw, Mapping):
            self.faults.append(fault("table-wrong", name, place=str(place)))
            return None
        self._unknown_keys(raw, (*DOCUMENT_KEYS, *TABLE_KEYS), name)
        table = _text(raw.get("id")) or _text(raw.get("title")) or f"table {place}"
        kind = fold(_text(raw.get("kind")))
        rows, columns = self._rows(raw, table, name)
        units = raw.get("units")
        if units is not None and not isinstance(units, Mapping):
            self.faults.append(fault("units-wrong", name, table=table, example="`Cost: MEUR`"))
        return LintTable(
            id=table,
            kind=_KIND_WORDS.get(kind, kind) if kind not in KINDS else kind,
            columns=columns,
            rows=rows,
            total=self._total(raw.get("total"), columns, table, name),
            title=_text(raw.get("title")),
            unit=_text(raw.get("unit")),
            units={_text(key): _text(each) for key, each in units.items()}
            if isinstance(units, Mapping)
            else {},
            year=self._year(raw.get("year"), "year", name),
            base_year=self._year(raw.get("base_year"), "base_year", name),
            stage=fold(_text(raw.get("stage"))),
            numbers=_text(raw.get("numbers")).lower(),
            source=_text(raw.get("source")),
        )

    def _rows(
        self, raw: Mapping[Any, Any], table: str, name: str
    ) -> tuple[list[list[Value]], list[str]]:
        rows = raw.get("rows")
        given = raw.get("columns")
        columns = [_text(each) for each in given] if isinstance(given, list) else []
        if isinstance(rows, Mapping):
            return self._rows_by_label(rows, columns, table, name)
        if not isinstance(rows, list):
            if rows is not None:
                self.faults.append(fault("rows-wrong", name, table=table))
            return [], columns
        if rows and all(isinstance(row, Mapping) for row in rows):
            columns = columns or [*dict.fromkeys(_text(key) for row in rows for key in row)]
            return [self._row_by_column(row, columns, table, name) for row in rows], columns
        found: list[list[Value]] = []
        for place, row in enumerate(rows, 1):
            if not isinstance(row, list):
                self.faults.append(fault("row-wrong", name, table=table, place=str(place)))
            else:
                found.append(self._cells(row, f"#{place}", table, name))
        if columns and found and all(len(row) == len(columns) + 1 for row in found):
            columns = [_label_heading(columns), *columns]
        return found, columns

    def _rows_by_label(
        self, rows: Mapping[Any, Any], columns: list[str], table: str, name: str
    ) -> tuple[list[list[Value]], list[str]]:
        """Rows as ``label: [cells]``, ``label: {column: cell}`` or ``label: cell``."""
        if not columns:
            nested = [row for row in rows.values() if isinstance(row, Mapping)]
            keys = dict.fromkeys(_text(key) for row in nested for key in row)
            columns = ["label", *keys]
        lengths = [len(row) for row in rows.values() if isinstance(row, list)]
        if lengths and all(length == len(columns) for length in lengths):
            columns = [_label_heading(columns), *columns]
        found: list[list[Value]] = []
        for label, row in rows.items():
            text = _text(label)
            if isinstance(row, Mapping):
                cells = self._row_by_column({columns[0]: text, **row}, columns, table, name)
            elif isinstance(row, list):
                cells = [text, *self._cells(row, text, table, name)]
            else:
                cells = [text, *self._cells([row], text, table, name)]
                cells += [None] * (len(columns) - 2 if row is None else 0)
            found.append(cells)
        return found, columns

    def _row_by_column(
        self, row: Mapping[Any, Any], columns: Sequence[str], table: str, name: str
    ) -> list[Value]:
        """One row given by column names; columns that are absent are blank."""
        by_name = {fold(column): column for column in columns}
        cells: dict[str, Any] = {}
        unknown = []
        for key, cell in row.items():
            text = _text(key)
            column = text if text in columns else by_name.get(fold(text)) if fold(text) else None
            if column is None:
                unknown.append(text)
            else:
                cells[column] = cell
        if unknown:
            self.faults.append(
                fault("column-unknown", name, table=table, found=unknown, columns=list(columns))
            )
        label = _text(cells.get(columns[0])) if columns else ""
        return self._cells([cells.get(column) for column in columns], label, table, name)

    def _cells(self, row: list[Any], label: str, table: str, name: str) -> list[Value]:
        found: list[Value] = []
        for cell in row:
            if isinstance(cell, list | Mapping):
                self.faults.append(fault("cell-wrong", name, table=table, row=label))
                found.append(None)
            elif cell is None or isinstance(cell, str | int | float | Decimal):
                found.append(None if isinstance(cell, bool) else cell)
            else:
                found.append(str(cell))
        return found

    def _total(
        self, total: Any, columns: Sequence[str], table: str, name: str
    ) -> list[Value] | None:
        if total is None:
            return None
        if isinstance(total, Mapping):
            return self._row_by_column(total, columns, table, name)
        if isinstance(total, list):
            return self._cells(total, "total", table, name)
        return self._cells([total], "total", table, name)


def _label_heading(columns: Sequence[str]) -> str:
    return "label" if "label" not in columns else "label "


def _text(value: Any) -> str:
    if value is None or isinstance(value, bool | list | Mapping):
        return ""
    if isinstance(value, Decimal):
        return format(value.normalize() if value else Decimal(0), "f")
    return re.sub(r"\s+", " ", str(value)).strip()
