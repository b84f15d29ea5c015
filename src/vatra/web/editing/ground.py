"""What a row is checked against: its table as it stands in one version."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import polars as pl

from vatra.factors import fuel_size
from vatra.runs.pack import years_of
from vatra.sources.city_yaml import FILE_NAME, City, parse_city
from vatra.sources.raw import declared_styles
from vatra.tables import Column, Context, Finding, Table, check, fold, tables
from vatra.tables.numbers import Style
from vatra.web.workspace.models import Version
from vatra.web.workspace.queries import file_of, sheet_of, text_of
from vatra.web.workspace.sheet import ORIGINS, Sheet, one_line

GROUNDS_KEPT = 48
CITIES_KEPT = 16
Row = Mapping[str, str]
Key = tuple[str, ...]


@dataclass(frozen=True)
class Ground:
    """A table of a version.

    Attributes
    ----------
    sheet : its rows as texts
    context : years, styles and fuel sizes that the check needs
    findings : of the whole table
    """

    sheet: Sheet
    context: Context
    findings: tuple[Finding, ...]

    @property
    def table(self) -> Table:
        """The declaration."""
        return self.sheet.table

    def style(self, column: str) -> Style | None:
        """How the numbers of a column are written."""
        return self.context.style(column)

    @cached_property
    def used_columns(self) -> frozenset[str]:
        """The columns in which anything stands."""
        return frozenset(
            name
            for name in self.sheet.columns
            if any(not _is_blank(row.get(name, "")) for row in self.sheet.rows)
        )

    def lines_of(self, keys: Collection[Key], besides: Collection[int]) -> Mapping[Key, int]:
        """Key -> line of the first row that has it, of the rows that are not ``besides``."""
        rows, lines = self.sheet.rows, self.sheet.lines
        left = [at for at, line in enumerate(lines) if line not in besides]
        # Column by column, so that nearly all rows are out before the words that all differ.
        for place, (name, spelling) in enumerate(_spellings(self.table)):
            wanted = {key[place] for key in keys}
            left = [at for at in left if spelling[rows[at].get(name, "")] in wanted]
        found: dict[Key, int] = {}
        for key, at in zip(keys_of(self.table, [rows[at] for at in left]), left, strict=True):
            if any(key) and key in keys:
                found.setdefault(key, lines[at])
        return found

    def row(self, line: int) -> Row | None:
        """The texts of the row at a line; None where no row begins there."""
        position = self.sheet.by_line.get(line)
        return None if position is None else self.sheet.rows[position]


def ground_of(version: Version, name: str) -> Ground:
    """The table of a version, read and checked once. Raises ``Unreadable``."""
    return _kept(_Asked.of(version, name))


class _Asked:
    """A table by the hashes of what it is made of: another version may have the same one."""

    def __init__(self, key: Key, version: Version) -> None:
        self.key, self.version = key, version

    @classmethod
    def of(cls, version: Version, name: str) -> _Asked:
        file = file_of(version, name) or ""
        parts = (file, file + ORIGINS, FILE_NAME)
        return cls((name, file, *(version.manifest.get(each, "") for each in parts)), version)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self.key == other.key


@lru_cache(GROUNDS_KEPT)
def _kept(asked: _Asked) -> Ground:
    return _made(asked.version, asked.key[0])


@lru_cache(CITIES_KEPT)
def _city(text: str) -> City | None:
    return parse_city(text)[0]


def _made(version: Version, name: str) -> Ground:
    sheet = sheet_of(version, name)
    city = _city(text_of(version, FILE_NAME))
    context = context_of(sheet.table, city)
    if not sheet.rows:
        return Ground(sheet, context, ())
    frame = frame_of(sheet.rows, sheet.lines, sheet.columns)
    checked = check(sheet.table, frame, sheet.file, context)
    styles = {**checked.styles, **declared_styles(sheet.table, city.numbers if city else None)}
    context = Context(context.years, styles, fuel_size=fuel_size)
    return Ground(sheet, context, tuple(checked.findings))


def context_of(table: Table, city: City | None) -> Context:
    """What the check must know; without a readable ``city.yaml`` any year may stand."""
    years = years_of(table, city) if city else None
    numbers = declared_styles(table, city.numbers if city else None)
    return Context(years, numbers or None, fuel_size=fuel_size)


def frame_of(rows: Iterable[Row], lines: Sequence[int], columns: Sequence[str]) -> pl.DataFrame:
    """Rows as the check takes them: a text column each, blanks as null, and ``line``."""
    listed = list(rows)
    content = {
        name: pl.Series(name, [_clean(row.get(name, "")) for row in listed], pl.String)
        for name in columns
    }
    return pl.DataFrame(content | {"line": pl.Series("line", list(lines), pl.UInt32)})


def _clean(text: str) -> str | None:
    # Most cells are one word: nothing in them could be a space.
    return text if text.isalnum() else one_line(text) or None


def _is_blank(text: str) -> bool:
    return not text or text.isspace()


def keys_of(table: Table, rows: Iterable[Row]) -> Iterable[Key]:
    """The key of each row, spelt alike where it means the same; empty without key columns.

    ``Gaze naturale`` and ``natural_gas`` are one key, a blank cell is its default.
    """
    columns = _spellings(table)
    for row in rows:
        yield tuple(spelling[row.get(name, "")] for name, spelling in columns)


def _spellings(table: Table) -> list[tuple[str, _Spelling]]:
    """Each key column; the same few words stand in thousands of rows: each is spelt once."""
    return [(each.name, _Spelling(each)) for each in table.columns if each.key]


class _Spelling(dict[str, str]):
    """Text of a column -> what it means, found when first asked for."""

    def __init__(self, column: Column) -> None:
        self._column, self._words = column, _known(column)
        super().__init__()

    def __missing__(self, text: str) -> str:
        found = self[text] = _spelt(self._column, text, self._words)
        return found


def _known(column: Column) -> Mapping[str, str]:
    return column.accepted_words() if column.kind in ("choice", "code") else {}


def _spelt(column: Column, text: str, known: Mapping[str, str]) -> str:
    clean = one_line(text) or column.default or ""
    if column.kind in ("choice", "code"):
        return known.get(fold(clean), fold(clean))
    return clean.removesuffix(".0") if column.kind == "year" else clean


def table_named(name: str) -> Table | None:
    """The declared table of this name."""
    return tables().get(name)
