"""The YAML of a mapping read with every fault of it at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from vatra.sources.delimiters import DELIMITERS
from vatra.sources.encodings import wrong_encoding
from vatra.sources.limits import BYTES_PER_MB, Limits, gate
from vatra.sources.mapping.declaration import (
    SKIP,
    ColumnMapping,
    ForeignUnit,
    Source,
    Unpivot,
)
from vatra.tables import Finding, FindingsError, Table, fold, tables
from vatra.tables.numbers import STYLES

MOST_BYTES = BYTES_PER_MB
KEYS = (
    "table", "file", "sheet", "encoding", "delimiter", "heading_row", "last_row", "skip_rows",
    "keep", "numbers", "columns", "unpivot", "units", "note",
)  # fmt: skip
_SOURCE_KEYS = ("constant", "from", "of", "values", "else", "fill_down")
_UNPIVOT_KEYS = ("headings", "into", "cells")
_ENCODINGS = ("utf-8", "windows-1250", "iso-8859-2", "iso-8859-16", "windows-1252")


def shipped() -> list[str]:
    """Names of the mappings that come with Vatra."""
    folder = resources.files("vatra.sources.mapping") / "shipped"
    return sorted(
        each.name.removesuffix(".yaml") for each in folder.iterdir() if each.name.endswith(".yaml")
    )


def open_mapping(name: str) -> ColumnMapping:
    """A mapping by the path of its file, or by its name when it comes with Vatra.

    Raises ``FindingsError`` with every fault of the file.
    """
    path = Path(name)
    if not path.exists() and name in shipped():
        folder = resources.files("vatra.sources.mapping") / "shipped"
        return parse_mapping((folder / f"{name}.yaml").read_text("utf-8"), f"{name}.yaml")
    refused = gate(path, Limits(max_bytes=MOST_BYTES))
    if refused is not None:
        raise FindingsError([refused])
    data = path.read_bytes()
    wrong = wrong_encoding(data, path.name)
    if wrong is not None:
        raise FindingsError([wrong])
    return parse_mapping(data.decode("utf-8-sig"), path.name)


def parse_mapping(text: str, file: str) -> ColumnMapping:
    """A mapping from its YAML; raises ``FindingsError`` with every fault of it."""
    return _Parser(file).mapping(_loaded(text, file))


def _loaded(text: str, file: str) -> dict[str, Any]:
    try:
        # Aliases could multiply without end.
        if any(isinstance(each, yaml.AliasToken) for each in yaml.scan(text)):
            raise FindingsError([Finding("sources.city-alias", "error", file)])
        found = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        lines = (mark.line + 1,) if mark else ()
        raise FindingsError([Finding("sources.mapping-syntax", "error", file, lines)]) from None
    except (yaml.YAMLError, RecursionError, ValueError):
        raise FindingsError([Finding("sources.mapping-syntax", "error", file)]) from None
    if not isinstance(found, dict):
        raise FindingsError([Finding("sources.mapping-not-keys", "error", file)])
    return found


class _Parser:
    """Reads key by key and keeps what is wrong until the end."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []

    def mapping(self, data: Mapping[str, Any]) -> ColumnMapping:
        self.known(data, KEYS, "")
        name = self.one(data, "table", lambda each: each in tables(), choices=sorted(tables()))
        table = tables().get(str(name))
        columns = self.sources(data.get("columns"), table)
        unpivot = self.unpivot(data.get("unpivot"), table)
        rows = data.get("heading_row") or ()
        found = ColumnMapping(
            table=str(name),
            columns=columns,
            unpivot=unpivot,
            file=self.text(data, "file"),
            sheet=self.sheet(data.get("sheet")),
            encoding=str(self.one(data, "encoding", _ENCODINGS.__contains__, "", _ENCODINGS)),
            delimiter=str(self.one(data, "delimiter", DELIMITERS.__contains__, "", DELIMITERS)),
            heading_rows=tuple(
                self.whole(rows if isinstance(rows, list) else [rows], "heading_row")
            )
            if rows
            else (),
            last_row=next(iter(self.whole([data["last_row"]], "last_row")), None)
            if "last_row" in data
            else None,
            skip_rows=frozenset(self.whole(data.get("skip_rows") or [], "skip_rows")),
            keep=self.keep(data.get("keep") or {}),
            numbers=self.one(data, "numbers", STYLES.__contains__, None, STYLES),
            units=self.units(data.get("units") or {}),
            name=self.file,
        )
        self.complete(found, table)
        if self.findings:
            raise FindingsError(self.findings)
        return found

    def fault(self, code: str, key: str, **params: object) -> None:
        self.findings.append(
            Finding(
                f"sources.{code}", "error", self.file, column=key, params={"key": key, **params}
            )
        )

    def known(self, data: Mapping[str, Any], keys: tuple[str, ...], under: str) -> None:
        for key in data:
            if key not in keys:
                self.fault("mapping-key-unknown", f"{under}{key}", keys=list(keys))

    def one(
        self,
        data: Mapping[str, Any],
        key: str,
        fits: Callable[[Any], bool],
        default: Any = None,
        choices: Any = (),
    ) -> Any:
        value = data.get(key, default)
        if (key in data or key == "table") and not (isinstance(value, str) and fits(value)):
            self.fault("mapping-choice", key, value=str(value), choices=[repr(c) for c in choices])
            return default
        return value

    def text(self, data: Mapping[str, Any], key: str) -> str:
        value = data.get(key, "")
        if not isinstance(value, str):
            self.fault("mapping-text", key)
            return ""
        return value

    def sheet(self, value: Any) -> str | int | None:
        if value is None or (isinstance(value, str | int) and not isinstance(value, bool)):
            return value
        self.fault("mapping-text", "sheet")
        return None

    def whole(self, values: Any, key: str) -> list[int]:
        listed = values if isinstance(values, list) else [values]
        if not all(isinstance(v, int) and not isinstance(v, bool) and v > 0 for v in listed):
            self.fault("mapping-rows", key)
            return []
        return sorted(listed)

    def keep(self, data: Any) -> dict[str, frozenset[str]]:
        if not isinstance(data, dict) or not all(isinstance(each, list) for each in data.values()):
            self.fault("mapping-keep", "keep")
            return {}
        return {str(name): frozenset(fold(str(v)) for v in values) for name, values in data.items()}

    def sources(self, data: Any, table: Table | None) -> dict[str, Source]:
        if not isinstance(data, dict) or not data:
            self.fault("mapping-no-columns", "columns")
            return {}
        found = {}
        for name, value in data.items():
            key = f"columns.{name}"
            if table is not None and name not in table.by_name:
                self.fault("mapping-column-unknown", key, columns=list(table.by_name))
                continue
            found[str(name)] = self.source(value, key, table, str(name))
        return found

    def source(self, value: Any, key: str, table: Table | None, name: str) -> Source:
        if isinstance(value, str):
            return Source(heading=value)
        if not isinstance(value, dict):
            self.fault("mapping-source", key)
            return Source()
        self.known(value, _SOURCE_KEYS, f"{key}.")
        given = [each for each in ("constant", "from", "of") if value.get(each) is not None]
        if not given and "constant" in value:
            self.filled_in({"constant": None}, key)
        elif len(given) != 1:
            self.fault("mapping-source", key)
        elif given == ["of"] and table is not None and value["of"] not in table.by_name:
            self.fault("mapping-column-unknown", f"{key}.of", columns=list(table.by_name))
        otherwise = value.get("else")
        return Source(
            constant=_plain(value.get("constant")),
            heading=_plain(value.get("from")) or "",
            of=_plain(value.get("of")) or "",
            values=self.values(value.get("values") or {}, key, table, name),
            otherwise=_plain(otherwise),
            fill_down=value.get("fill_down") is True,
        )

    def values(self, data: Any, key: str, table: Table | None, name: str) -> dict[str, str]:
        if not isinstance(data, dict):
            self.fault("mapping-values", key)
            return {}
        self.filled_in(data, key)
        found = {fold(str(theirs)): str(ours) for theirs, ours in data.items() if ours is not None}
        column = table.by_name.get(name) if table else None
        if column is not None and column.kind == "choice":
            words = column.accepted_words()
            may_be = {SKIP} if column.required else {SKIP, ""}
            wrong = sorted({v for v in found.values() if v not in may_be and fold(v) not in words})
            if wrong:
                self.fault("mapping-values-wrong", key, values=wrong, choices=list(column.choices))
        return found

    def filled_in(self, data: Mapping[Any, Any], key: str) -> None:
        """A suggestion leaves blank what a person must say."""
        blank = [f"'{theirs}'" for theirs, ours in data.items() if ours is None]
        if blank:
            self.fault("mapping-values-blank", key, values=blank)

    def unpivot(self, data: Any, table: Table | None) -> Unpivot | None:
        if data is None:
            return None
        if not isinstance(data, dict):
            self.fault("mapping-unpivot", "unpivot")
            return None
        self.known(data, _UNPIVOT_KEYS, "unpivot.")
        into, cells = data.get("into"), data.get("cells", "amount")
        for key, name in (("unpivot.into", into), ("unpivot.cells", cells)):
            if table is not None and name not in table.by_name:
                self.fault("mapping-column-unknown", key, columns=list(table.by_name))
        headings = data.get("headings")
        if isinstance(headings, list):
            headings = dict.fromkeys(headings, "")
        if not isinstance(headings, dict) or not headings:
            self.fault("mapping-unpivot", "unpivot")
            return None
        self.filled_in(headings, "unpivot.headings")
        return Unpivot(
            {str(k): _plain(v) or "" for k, v in headings.items()}, str(into), str(cells)
        )

    def units(self, data: Any) -> dict[str, ForeignUnit]:
        found = {}
        for theirs, ours in data.items() if isinstance(data, dict) else ():
            unit = ours if isinstance(ours, str) else ours.get("unit") if _is_map(ours) else None
            times = _decimal(ours.get("times", 1)) if _is_map(ours) else Decimal(1)
            if not isinstance(unit, str) or times is None:
                self.fault("mapping-units", f"units.{theirs}")
            else:
                found[fold(str(theirs))] = ForeignUnit(unit, times)
        if not isinstance(data, dict):
            self.fault("mapping-units", "units")
        return found

    def complete(self, found: ColumnMapping, table: Table | None) -> None:
        """Every column the table needs must come from somewhere."""
        if table is None:
            return
        given = set(found.columns)
        if found.unpivot is not None:
            given |= {found.unpivot.into, found.unpivot.cells}
        needed = [each.name for each in table.columns if each.required and each.default is None]
        # A unit that is not given is looked for in the headings.
        units = {each.unit_column for each in table.columns}
        missing = [name for name in needed if name not in given and name not in units]
        if missing:
            self.fault("mapping-incomplete", "columns", columns=missing, table=table.name)


def _is_map(value: Any) -> bool:
    return isinstance(value, dict)


def _plain(value: Any) -> str | None:
    return None if value is None or isinstance(value, dict | list) else str(value)


def _decimal(value: Any) -> Decimal | None:
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() and found > 0 else None
