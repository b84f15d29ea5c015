"""A table of the pack as a page shows it: fifty rows, their faults, the columns in use."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.http import QueryDict

from vatra.tables import Column, fold
from vatra.tables.numbers import read
from vatra.web.editing.cells import shown
from vatra.web.editing.ground import Ground, Row
from vatra.web.editing.rowcheck import Fault, by_line, rows_and_words
from vatra.words import Language

A_PAGE = 50
LONGEST_QUERY = 80
_DESCENDING = "-"


@dataclass(frozen=True)
class Asked:
    """Which rows are wanted: ``text`` in them, only faulty ones, sorted by a column."""

    text: str = ""
    only_faults: bool = False
    sort: str = ""
    page: int = 1
    all_columns: bool = False

    @classmethod
    def of(cls, query: QueryDict) -> Asked:
        """What an address asks for; what makes no sense is left out."""
        page = query.get("page", "")
        return cls(
            " ".join(query.get("q", "").split())[:LONGEST_QUERY],
            query.get("faults") == "1",
            query.get("sort", "")[:LONGEST_QUERY],
            int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 7 else 1,
            query.get("columns") == "all",
        )

    def query(self, **changed: object) -> str:
        """The address part of this question, some of it changed."""
        parts = {
            "q": self.text,
            "faults": "1" if self.only_faults else "",
            "sort": self.sort,
            "columns": "all" if self.all_columns else "",
            "page": str(self.page) if self.page > 1 else "",
        }
        parts |= {name: str(value) for name, value in changed.items()}
        return urlencode({name: value for name, value in parts.items() if value})

    @property
    def sort_name(self) -> str:
        """The column that rows are sorted by."""
        return self.sort.removeprefix(_DESCENDING)

    @property
    def descends(self) -> bool:
        """Whether the largest stand first."""
        return self.sort.startswith(_DESCENDING)


@dataclass(frozen=True)
class Head:
    """A heading: ``sort_query`` the address part that sorts by it, ``order`` how it is now."""

    column: Column
    words: str
    sort_query: str
    order: str


@dataclass(frozen=True)
class GridCell:
    """A cell: ``text`` as people read it, ``raw`` as it is written."""

    column: Column
    text: str
    raw: str
    faults: tuple[Fault, ...]

    @property
    def is_bad(self) -> bool:
        """Whether something must be mended here."""
        return any(each.is_error for each in self.faults)


@dataclass(frozen=True)
class GridRow:
    """A row with what is said of it: ``key`` names it for people and comments."""

    line: int
    key: str
    cells: tuple[GridCell, ...]
    faults: tuple[Fault, ...]
    origin: str = ""
    comment_count: int = 0


@dataclass(frozen=True)
class Grid:
    """One page of a table."""

    ground: Ground
    asked: Asked
    heads: tuple[Head, ...]
    rows: tuple[GridRow, ...]
    row_count: int
    found_count: int
    hidden_count: int
    faulty_count: int
    notices: tuple[str, ...]

    @property
    def page_count(self) -> int:
        """How many pages the rows fill."""
        return max(1, -(-self.found_count // A_PAGE))

    @property
    def first(self) -> int:
        """Number of the first row shown, counted from 1."""
        return (self.asked.page - 1) * A_PAGE + 1

    @property
    def last(self) -> int:
        """Number of the last row shown."""
        return self.first + len(self.rows) - 1

    @property
    def earlier(self) -> str:
        """The address part of the page before; empty on the first."""
        return self.asked.query(page=self.asked.page - 1) if self.asked.page > 1 else ""

    @property
    def later(self) -> str:
        """The address part of the next page; empty on the last."""
        is_last = self.asked.page >= self.page_count
        return "" if is_last else self.asked.query(page=self.asked.page + 1)


def grid_of(
    ground: Ground, asked: Asked, lang: Language, comments: Mapping[str, int] | None = None
) -> Grid:
    """The page of a table that was asked for."""
    faulty = _faulty(ground)
    positions = _found(ground, asked, faulty, lang)
    pages = max(1, -(-len(positions) // A_PAGE))
    if asked.page > pages:
        asked = Asked(asked.text, asked.only_faults, asked.sort, pages, asked.all_columns)
    start = (asked.page - 1) * A_PAGE
    page = positions[start : start + A_PAGE]
    columns = columns_of(ground, asked.all_columns)
    lines = [ground.sheet.lines[each] for each in page]
    faults = by_line(ground, lines, lang)
    rows = tuple(
        _row(ground, each, columns, faults[ground.sheet.lines[each]], lang, comments or {})
        for each in page
    )
    return Grid(
        ground,
        asked,
        tuple(_head(ground, each, asked, lang) for each in columns),
        rows,
        len(ground.sheet.rows),
        len(positions),
        len(ground.table.columns) - len(columns),
        len(faulty),
        tuple(rows_and_words(each, lang) for each in ground.findings if not each.lines),
    )


def columns_of(ground: Ground, everything: bool = False) -> list[Column]:
    """The columns of a page: those that must be filled in, and those that anybody filled in."""
    return [
        each
        for each in ground.table.columns
        if everything
        or (each.required and each.default is None)
        or each.name in ground.used_columns
    ]


def key_words(ground: Ground, row: Row) -> str:
    """What names a row: the texts of its key, else its first text."""
    found = [row.get(name, "").strip() for name in _key(ground)]
    return " · ".join(each for each in found if each)


def name_of(ground: Ground, row: Row, lang: Language) -> str:
    """The same as people read it."""
    columns = (ground.table.by_name[name] for name in _key(ground))
    found = [shown(each, row.get(each.name, ""), None, lang) for each in columns]
    return " · ".join(each for each in found if each)


def _key(ground: Ground) -> Sequence[str]:
    return ground.table.keys or [each.name for each in ground.table.columns[:2]]


def _faulty(ground: Ground) -> set[int]:
    return {line for each in ground.findings for line in each.lines if each.severity != "note"}


def _found(ground: Ground, asked: Asked, faulty: set[int], lang: Language) -> list[int]:
    """Positions of the rows that fit, in the order that was asked for."""
    sheet = ground.sheet
    positions = [n for n, line in enumerate(sheet.lines) if not asked.only_faults or line in faulty]
    words = fold(asked.text).split("_") if asked.text else []
    if words:
        positions = [n for n in positions if _fits(ground, sheet.rows[n], words, lang)]
    column = ground.table.by_name.get(asked.sort_name)
    if column is None:
        return positions
    filled = [n for n in positions if sheet.rows[n].get(column.name, "").strip()]
    filled.sort(key=_sorter(ground, column, lang), reverse=asked.descends)
    return filled + [n for n in positions if not sheet.rows[n].get(column.name, "").strip()]


def _fits(ground: Ground, row: Row, words: Sequence[str], lang: Language) -> bool:
    """Whether every word stands in the row, as it is written or as people read it."""
    texts = []
    for name, text in row.items():
        if text.strip():
            column = ground.table.by_name[name]
            is_coded = column.kind in ("choice", "code")
            texts += [text, shown(column, text, None, lang)] if is_coded else [text]
    whole = fold(" ".join(texts))
    return all(each in whole for each in words)


def _sorter(ground: Ground, column: Column, lang: Language) -> Callable[[int], Any]:
    """What rows are sorted by: numbers as numbers, words as people read them."""
    rows = ground.sheet.rows
    if column.kind not in ("number", "year"):
        return lambda n: fold(shown(column, rows[n].get(column.name, ""), None, lang))
    texts = pl.Series([row.get(column.name, "").strip() or None for row in rows], dtype=pl.String)
    values = read(texts, ground.style(column.name)).values.to_list()
    return lambda n: values[n] if values[n] is not None else float("inf")


def _head(ground: Ground, column: Column, asked: Asked, lang: Language) -> Head:
    order = ""
    if asked.sort_name == column.name:
        order = "descending" if asked.descends else "ascending"
    wanted = f"-{column.name}" if order == "ascending" else column.name
    words = ground.table.heading(column, lang)
    return Head(column, words, asked.query(sort=wanted, page=""), order)


def _row(
    ground: Ground,
    position: int,
    columns: Sequence[Column],
    faults: Sequence[Fault],
    lang: Language,
    comments: Mapping[str, int],
) -> GridRow:
    sheet = ground.sheet
    row, shown_names = sheet.rows[position], {each.name for each in columns}
    cells = tuple(
        GridCell(
            each,
            shown(each, row.get(each.name, ""), ground.style(each.name), lang),
            row.get(each.name, ""),
            tuple(fault for fault in faults if fault.column == each.name),
        )
        for each in columns
    )
    rest = tuple(each for each in faults if each.column not in shown_names)
    key = key_words(ground, row)
    return GridRow(
        sheet.lines[position], key, cells, rest, sheet.origins[position], comments.get(key, 0)
    )
