"""Result rows behind a figure: which ones an address asks for, and what they hang on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.http import QueryDict

from vatra.tables import label
from vatra.tables.gpc import TOTALS, categories, sub_sectors
from vatra.tables.vocabulary import BIOGENIC, FACTOR_GASES
from vatra.web.base.tables import Cell, Column, Row, Table
from vatra.web.cities.figures import Figures
from vatra.web.cities.naming import category_words, method_words, stream_words
from vatra.web.cities.sources import Source, mass_words, used
from vatra.words import Language, number, say

ROWS_A_PAGE = 100
CHUNK_ROWS = 5_000
_TEXT_LENGTH = 60
_HIGHEST_PAGE = 1_000_000


class UnknownPart(ValueError):
    """A part of the address that this inventory does not know."""

    def __init__(self, part: str, value: str) -> None:
        self.part, self.value = part, value
        super().__init__(f"{part}={value}")


@dataclass(frozen=True)
class Ask:
    """Which rows: a year, a category (or sub-sector, or sector of the protocol), gas, ...

    ``level`` names a total, BASIC, BASIC+ or TERRITORIAL; a category goes before it.
    Empty parts mean all. What counts in no total is among the rows only when its category is
    asked for, biogenic CO2 only when its gas is.
    """

    year: int
    category: str = ""
    gas: str = ""
    sector: str = ""
    carrier: str = ""
    level: str = ""
    page: int = 1

    @classmethod
    def of(cls, query: QueryDict, figures: Figures) -> Ask:
        """Parts of an address; raises ``UnknownPart`` for one that names nothing here."""
        parts = {name: str(query.get(name, "")).strip()[:_TEXT_LENGTH] for name in _PARTS}
        year = parts.pop("year") or str(figures.first_shown)
        if year not in map(str, figures.years):
            raise UnknownPart("year", year)
        known = _known(figures)
        for name, value in parts.items():
            if value and value not in known[name]:
                raise UnknownPart(name, value)
        return cls(int(year), **parts, page=_page(str(query.get("page", "1"))))

    @property
    def query(self) -> str:
        """The address of the selection, without its page."""
        parts = {name: getattr(self, name) for name in _PARTS}
        return urlencode({name: value for name, value in parts.items() if value})

    def at(self, page: int) -> str:
        """The address of one page of it."""
        return f"{self.query}&page={page}"

    @property
    def kept(self) -> str:
        """The address without its year, for a switch of years."""
        parts = {name: getattr(self, name) for name in _PARTS if name != "year"}
        return urlencode({name: value for name, value in parts.items() if value})

    def select(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows asked for, in the order of the inventory."""
        wanted = pl.col("year") == self.year
        if self.category:
            inside = pl.col("category").str.starts_with(f"{self.category}.")
            wanted &= (pl.col("category") == self.category) | inside
        else:
            level = self.level or "BASIC+"
            counting = [code for code, each in categories().items() if each.counts_in(level)]
            wanted &= pl.col("category").is_in(counting)
        wanted &= pl.col("gas") == self.gas if self.gas else pl.col("gas") != BIOGENIC
        for part in ("sector", "carrier"):
            if value := getattr(self, part):
                wanted &= pl.col(part) == value
        return rows.filter(wanted)

    def words(self, lang: Language) -> str:
        """What is asked for, in words."""
        parts = []
        if self.category:
            parts.append(f"{self.category} {_place_words(self.category, lang)}")
        if self.level:
            parts.append(say(f"web.cities.total-{_LEVEL_WORDS[self.level]}", lang))
        if self.sector:
            parts.append(label("sector", self.sector, lang))
        if self.carrier:
            parts.append(stream_words(self.carrier, lang))
        if self.gas:
            parts.append(label("gas", self.gas, lang))
        return ", ".join([*parts, str(self.year)])


_PARTS = ("year", "category", "gas", "sector", "carrier", "level")


_LEVEL_WORDS = {"BASIC": "basic", "BASIC+": "plus", "TERRITORIAL": "territorial"}


def _known(figures: Figures) -> Mapping[str, set[str]]:
    return {
        "category": {*categories(), *sub_sectors(), *(e.sector for e in categories().values())},
        "gas": set(FACTOR_GASES),
        "sector": figures.found("sector"),
        "carrier": figures.found("carrier"),
        "level": set(TOTALS),
    }


def _page(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:8]) <= _HIGHEST_PAGE:
        raise UnknownPart("page", text[:_TEXT_LENGTH])
    return int(text)


def _place_words(code: str, lang: Language) -> str:
    if code in categories():
        return category_words(code, lang)
    if code in sub_sectors():
        return label("sub_sector", code, lang)
    return label("gpc_sector", code, lang)


@dataclass(frozen=True)
class ResultRow:
    """One result row as a page shows it."""

    place: str
    item: str
    category: str
    category_words: str
    stream: str
    activity: str
    sources: tuple[Source, ...]
    gas: str
    emission: str
    co2e_mg: int
    method: str
    method_words: str


@dataclass(frozen=True)
class Rows:
    """A page of the rows asked for; totals and counts are those of all of them."""

    ask: Ask
    total_mg: int
    rows_count: int
    shown: tuple[ResultRow, ...]

    @property
    def pages_count(self) -> int:
        return max(1, -(-self.rows_count // ROWS_A_PAGE))

    @property
    def first(self) -> int:
        """Number of the first row of the page."""
        return (self.ask.page - 1) * ROWS_A_PAGE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.shown) - 1


def rows_of(figures: Figures, ask: Ask, lang: Language) -> Rows:
    """The page asked for. Raises ``UnknownPart`` for a page beyond the last."""
    found = ask.select(figures.inventory.results)
    total = int(found["co2e_mg"].sum())
    rows = Rows(ask, total, len(found), ())
    if ask.page > rows.pages_count:
        raise UnknownPart("page", str(ask.page))
    page = found.slice((ask.page - 1) * ROWS_A_PAGE, ROWS_A_PAGE)
    shown = tuple(_row(figures, each, lang) for each in page.iter_rows(named=True))
    return replace(rows, shown=shown)


def _row(figures: Figures, row: Mapping[str, Any], lang: Language) -> ResultRow:
    decimals = 0 if abs(row["activity"]) >= 100 else None
    species = label("gas", row["species"], lang)
    return ResultRow(
        place=f"{row['file']}:{row['line']}",
        item=row["item"],
        category=row["category"],
        category_words=category_words(row["category"], lang),
        stream=stream_words(row["carrier"], lang),
        activity=f"{number(row['activity'], lang, decimals)} {row['activity_unit']}",
        sources=tuple(used(figures, each, lang) for each in _ids(row["factor_id"])),
        gas=row["gas"],
        emission=f"{mass_words(row['emission_mg'], lang)} {species}",
        co2e_mg=row["co2e_mg"],
        method=row["method"],
        method_words=method_words(row["method"], lang),
    )


def _ids(text: str) -> list[str]:
    return [each for each in text.split("; ") if each]


# The same rows as files


def rows_tables(figures: Figures, ask: Ask, lang: Language) -> Iterator[Table]:
    """All rows asked for, some thousand at a time; one table without rows where there are none."""
    found = ask.select(figures.inventory.results)
    hangs_on = {
        text: "; ".join(
            f"{each.source_id} = {each.value}"
            for each in (used(figures, term, lang) for term in _ids(text))
        )
        for text in found["factor_id"].unique().to_list()
    }
    for start in range(0, max(len(found), 1), CHUNK_ROWS):
        yield _table(ask, found.slice(start, CHUNK_ROWS), hangs_on, lang)


def _table(ask: Ask, rows: pl.DataFrame, hangs_on: Mapping[str, str], lang: Language) -> Table:
    title = say("web.cities.rows-title", lang, what=ask.words(lang))
    shown = tuple(_file_row(each, hangs_on) for each in rows.iter_rows(named=True))
    return Table("rows", title, _columns(lang), shown, query=ask.query)


def _columns(lang: Language) -> tuple[Column, ...]:
    return (
        Column("file", say("web.cities.file", lang)),
        Column("line", say("web.cities.place", lang), "given"),
        Column("item", say("web.cities.item", lang)),
        Column("category", say("web.cities.category", lang)),
        Column("sector", say("web.cities.sector", lang)),
        Column("carrier", say("web.cities.stream", lang)),
        Column("activity", say("web.cities.activity", lang), "given"),
        Column("activity_unit", say("web.cities.unit", lang)),
        Column("hangs_on", say("web.cities.hangs-on", lang)),
        Column("species", say("web.cities.gas", lang)),
        Column("emission_t", say("web.cities.emission", lang), "mass"),
        Column("emissions_t_co2e", say("web.cities.tonnes-co2e", lang), "mass"),
        Column("quality_activity", say("web.cities.quality-activity", lang)),
        Column("quality_factor", say("web.cities.quality-factor", lang)),
        Column("method", say("web.cities.method", lang)),
    )


def _file_row(row: Mapping[str, Any], hangs_on: Mapping[str, str]) -> Row:
    names = ("file", "line", "item", "category", "sector", "carrier", "activity", "activity_unit")
    ends = ("species", "emission_mg", "co2e_mg", "quality_activity", "quality_factor", "method")
    values = [row[name] for name in names] + [hangs_on[row["factor_id"]]]
    return Row(tuple(Cell(each) for each in (*values, *(row[name] for name in ends))))
