"""What can be told of a file before anybody decides: its table, its layout, its first rows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from vatra.sources.delimiters import DELIMITERS
from vatra.sources.mapping import (
    Brought,
    ColumnMapping,
    Fit,
    bring_in,
    parse_mapping,
    rank,
    suggest,
)
from vatra.sources.mapping.cells import Grid, read_grid
from vatra.sources.mapping.headings import headings_at
from vatra.tables import FindingsError, fold, tables
from vatra.web.cities.models import City
from vatra.web.evidence.models import SavedMapping
from vatra.web.evidence.sniffing import LIMITS

LOOKED_AT = 400
# Values of theirs are looked for in so many rows; those further down show as findings.
SUGGESTED_FROM = 5000
SHOWN = 8
SHEETS_LOOKED_AT = 12
MAPPING_NAME = "mapping"


@dataclass(frozen=True)
class Offer:
    """A mapping to begin with: YAML; ``saved`` when the city used it before; ``blank`` our columns
    that a person must still say."""

    text: str
    saved: SavedMapping | None = None
    blank: tuple[str, ...] = ()


def fits_of(path: Path, sheet: str = "", delimiter: str = "") -> tuple[Fit, ...]:
    """The tables that a file may be for, the best first. Raises ``FindingsError``."""
    return rank(path, sheet=sheet or None, delimiter=delimiter, limits=LIMITS)


def beginning(path: Path, sheet: str = "", rows: int = LOOKED_AT, *, delimiter: str = "") -> Grid:
    """The first rows of a file as they lie; ``delimiter`` of a CSV file, empty to be told from it.

    Raises ``FindingsError``.
    """
    return read_grid(path, sheet=sheet or None, delimiter=delimiter, limits=LIMITS, most_rows=rows)


def delimiter_of(data: Mapping[str, Any]) -> str:
    """The delimiter that a mapping, its YAML as data, names; empty where it is told by the file."""
    said = data.get("delimiter")
    return said if isinstance(said, str) and said in DELIMITERS else ""


def sheets_of(path: Path) -> list[str]:
    """Names of a workbook's sheets; none for other files."""
    if path.suffix.casefold() != ".xlsx":
        return []
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, keep_links=False)
    try:
        return [sheet.title for sheet in book.worksheets]
    finally:
        book.close()


def likely_sheet(
    path: Path, sheets: Sequence[str], delimiter: str = ""
) -> tuple[str, tuple[Fit, ...]]:
    """The sheet to begin with and the tables it may be for: the first with cells, or another one
    with more of what a table needs where that one has less than half of it (a title page, notes).

    Raises ``FindingsError``.
    """
    first = beginning(path, rows=1, delimiter=delimiter).sheet, fits_of(path, "", delimiter)
    if len(sheets) < 2 or _found_share(first[1]) >= 0.5:
        return first
    others = [(each, fits_of(path, each)) for each in sheets[:SHEETS_LOOKED_AT]]
    best = max(others, key=lambda each: _found_share(each[1]))
    return best if _found_share(best[1]) > _found_share(first[1]) else first


def _found_share(fits: Sequence[Fit]) -> float:
    """Which part of what it needs the best of some tables finds; none without tables."""
    return max((each.required_found / max(1, each.required_count) for each in fits), default=0.0)


def offer(city: City, path: Path, table: str, sheet: str = "", delimiter: str = "") -> Offer:
    """How a file may be read as a table: as the city read one like it, else as its headings say.

    Raises ``FindingsError``.
    """
    suggested = suggest(
        path,
        table,
        sheet=sheet or None,
        delimiter=delimiter,
        limits=LIMITS,
        most_rows=SUGGESTED_FROM,
    )
    data = yaml.safe_load(suggested.text)
    # The name differs from month to month.
    data.pop("file", None)
    key = headings_key(beginning(path, sheet, delimiter=delimiter), data["heading_row"])
    saved = SavedMapping.objects.filter(city=city, table=table, headings_key=key).first()
    if saved is not None:
        return Offer(_parted(saved.text, delimiter), saved)
    return Offer(dumped(data), None, tuple(suggested.open_columns))


def _parted(text: str, delimiter: str) -> str:
    """A mapping kept from another file, with the delimiter that this one was found to have."""
    data = yaml.safe_load(text)
    if not isinstance(data, dict) or delimiter_of(data) == delimiter:
        return text
    rest = {key: value for key, value in data.items() if key != "delimiter"}
    return dumped(rest | ({"delimiter": delimiter} if delimiter else {}))


def headings_key(grid: Grid, heading_row: int | list[int]) -> str:
    """What tells a layout: its headings, folded, in their order."""
    wanted = heading_row if isinstance(heading_row, list) else [heading_row]
    by_line = dict(grid.rows)
    cells = [fold(cell) for line in wanted for cell in by_line.get(line, ())]
    return hashlib.sha256("\n".join(cells).strip().encode()).hexdigest()


def headings_of(grid: Grid, heading_row: int | list[int]) -> list[str]:
    """The headings a mapping may name: the text next to the rows where it stands once."""
    lines = heading_row if isinstance(heading_row, list) else [heading_row]
    found = headings_at(grid, lines)
    every = range(len(found.parts))
    lowest = [found.lowest(at) for at in every]
    names = [lowest[at] if lowest.count(lowest[at]) == 1 else found.whole(at) for at in every]
    return list(dict.fromkeys(name for name in names if name))


def dumped(data: dict[str, Any]) -> str:
    """A mapping as YAML."""
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)


@dataclass(frozen=True)
class Preview:
    """The first rows before and after a mapping; ``brought`` None where it cannot be read."""

    before: Sequence[tuple[int, Sequence[str]]]
    brought: Brought | None
    problem: FindingsError | None = None

    @property
    def columns(self) -> list[str]:
        """Our columns that get something."""
        if self.brought is None:
            return []
        return [name for name in self.brought.frame.columns if name != "line"]

    @property
    def after(self) -> list[tuple[int, list[str]]]:
        """The first rows under our headings, with the lines they come from."""
        if self.brought is None:
            return []
        rows = self.brought.frame.head(SHOWN).to_dicts()
        return [(row["line"], [row[name] or "" for name in self.columns]) for row in rows]


def preview(path: Path, text: str, sheet: str = "") -> Preview:
    """What a mapping makes of the first rows of a file; never raises for what stands in either."""
    mapping: ColumnMapping | None = None
    wrong: FindingsError | None = None
    try:
        mapping = parse_mapping(text, MAPPING_NAME)
    except FindingsError as problem:
        wrong = problem
    delimiter = mapping.delimiter if mapping else ""
    try:
        before = _trimmed(beginning(path, sheet, SHOWN, delimiter=delimiter).rows)
    except FindingsError as problem:
        return Preview((), None, problem)
    if mapping is None:
        return Preview(before, None, wrong)
    brought = bring_in(path, mapping, LIMITS, most_rows=LOOKED_AT, with_origin=False)
    return Preview(before, brought)


def _trimmed(rows: Sequence[tuple[int, Sequence[str]]]) -> list[tuple[int, Sequence[str]]]:
    """All as wide as the widest: without the columns at the end that are empty everywhere (a
    workbook may have hundreds), and a title of one cell beside nothing."""
    used = [[place for place, cell in enumerate(cells, 1) if cell.strip()] for _, cells in rows]
    width = max((places[-1] for places in used if places), default=0)
    return [(line, [*cells[:width], *[""] * (width - len(cells))]) for line, cells in rows]


def table_names() -> list[str]:
    """All tables a file may be for."""
    return sorted(tables())
