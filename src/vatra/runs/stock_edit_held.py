"""A table of a stock as it lies in a folder: its file, its text rows, the style of its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from vatra.plans.stock.edit import Text
from vatra.plans.stock.edit_value import number_text, typed_number
from vatra.runs.stock import GEOJSON, TABLES
from vatra.sources import Raw, read
from vatra.sources.city_yaml import FILE_NAME, read_city
from vatra.sources.geojson import read_footprints
from vatra.tables import Finding, Table, has_errors, tables
from vatra.tables.numbers import Style
from vatra.tables.numbers import read as read_numbers

BUILDINGS = "buildings"
_SUFFIXES = (".csv", ".xlsx")


@dataclass(frozen=True)
class Held:
    """A table as it lies in a folder: its file, its text rows, the style of its numbers."""

    table: Table
    path: Path
    raw: Raw
    numbers: Style | None

    @cached_property
    def styles(self) -> Mapping[str, Style | None]:
        """How numbers of each column are written."""
        return {each.name: self._style(each.name) for each in self.table.columns}

    def _style(self, column: str) -> Style | None:
        known = self.raw.numbers.get(column) or self.numbers
        if known is not None or column not in self.raw.frame.columns:
            return known
        found = read_numbers(self.raw.frame.get_column(column))
        return None if found.ambiguous else found.style

    def plain(self, column: str, text: Text) -> Text:
        """A cell with its number, if it is one, spelt with a decimal point alone."""
        if text is None or self.table.by_name[column].kind != "number":
            return text
        number = typed_number(text, self.styles[column])
        return text if number is None else number_text(number)


def held_table(folder: Path, name: str) -> tuple[Held | None, list[Finding]]:
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
    return (None if has_errors(findings) else Held(table, path, raw, numbers)), findings


def _numbers(folder: Path) -> Style | None:
    if not (folder / FILE_NAME).exists():
        return None
    city, _ = read_city(folder / FILE_NAME)
    return city.numbers if city else None
