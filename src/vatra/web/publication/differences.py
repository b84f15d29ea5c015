"""What moved from one sealed contract to another: figures, measures, rows of tables, text."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vatra.contract.narrative import OUTLINE
from vatra.contract.render.tables import RenderedTable, tables
from vatra.tables import label
from vatra.web.cities.facts import Facts
from vatra.words import Language, euros, number, say, tonnes

# Texts are compared as texts, not as a table of them.
_TEXT_TABLES = ("narrative", "narrative-figures")
MOST_ROWS, MOST_TABLES = 60, 40


@dataclass(frozen=True)
class Figure:
    """A figure in both, written as people read it; ``moved`` by how much, empty where one lacks."""

    words: str
    before: str
    after: str
    moved: str


@dataclass(frozen=True)
class Row:
    """A row that is new, gone or other; ``cells`` of one that is other: heading, before, after."""

    kind: str
    name: str
    cells: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class TableChange:
    """The rows of a table that differ, the first of them."""

    title: str
    rows: tuple[Row, ...]
    count: int


@dataclass(frozen=True)
class TextChange:
    """A section of the text in one language, line by line: ``kind`` same, new or gone."""

    title: str
    lang: Language
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Change:
    """All that differs between two contracts."""

    figures: tuple[Figure, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    tables: tuple[TableChange, ...]
    texts: tuple[TextChange, ...]

    @property
    def is_none(self) -> bool:
        """Whether nothing that people read differs."""
        return not (self.figures or self.added or self.removed or self.tables or self.texts)


def between(before: Mapping[str, Any], after: Mapping[str, Any], lang: Language) -> Change:
    """What differs, in the language it is read in; texts in all their languages."""
    old, new = _measures(before, lang), _measures(after, lang)
    return Change(
        tuple(_figures(before, after, lang)),
        tuple(name for code, name in new.items() if code not in old),
        tuple(name for code, name in old.items() if code not in new),
        tuple(_tables(before, after, lang)),
        tuple(_texts(before, after, lang)),
    )


def _measures(document: Mapping[str, Any], lang: Language) -> dict[str, str]:
    return {each["code"]: f"{each['code']} {each['name'][lang]}" for each in document["measures"]}


def _figures(
    before: Mapping[str, Any], after: Mapping[str, Any], lang: Language
) -> Iterator[Figure]:
    """Totals and sectors of each year, what the plan leaves, what it costs."""
    old, new = dict(_masses(before, lang)), dict(_masses(after, lang))
    for words in dict.fromkeys([*old, *new]):
        pair = (old.get(words), new.get(words))
        if pair[0] != pair[1]:
            yield _figure(words, pair, lambda mg: tonnes(mg, lang))
    costs = (Facts(before).cost_cents, Facts(after).cost_cents)
    if costs[0] != costs[1]:
        words = say("web.publication.says-cost", lang)
        yield _figure(words, costs, lambda cents: euros(cents, lang))


def _masses(document: Mapping[str, Any], lang: Language) -> Iterator[tuple[str, int]]:
    facts = Facts(document)
    for counted in facts.years:
        year = str(counted)
        whole = int(document["totals"]["all"][year])
        yield say("web.publication.figure-total", lang, year=year), whole
        for sector in facts.sectors:
            mass_mg = facts.sector_mg(counted, sector)
            if mass_mg is not None:
                name = label("sector", sector, lang)
                words = say("web.publication.figure-sector", lang, sector=name, year=year)
                yield words, mass_mg
    if facts.plan is not None:
        year = str(facts.target_year)
        yield say("web.publication.says-left", lang, year=year), int(facts.plan["residual_mg"])


def _figure(words: str, pair: tuple[int | None, int | None], written: Any) -> Figure:
    old, new = pair
    moved = ""
    if old is not None and new is not None:
        sign = "+" if new > old else "−"
        moved = f"{sign}{written(abs(new - old))}"
    before, after = ("–" if each is None else written(each) for each in pair)
    return Figure(words, before, after, moved)


def _tables(
    before: Mapping[str, Any], after: Mapping[str, Any], lang: Language
) -> Iterator[TableChange]:
    old = {each.id: each for each in tables(before, lang) if each.id not in _TEXT_TABLES}
    new = {each.id: each for each in tables(after, lang) if each.id not in _TEXT_TABLES}
    for name in list(dict.fromkeys([*old, *new]))[:MOST_TABLES]:
        rows = list(_rows(old.get(name), new.get(name), lang))
        if rows:
            title = (new.get(name) or old[name]).title
            yield TableChange(title, tuple(rows[:MOST_ROWS]), len(rows))


def _rows(old: RenderedTable | None, new: RenderedTable | None, lang: Language) -> Iterator[Row]:
    had, has = _by_name(old, lang), _by_name(new, lang)
    for name in dict.fromkeys([*had, *has]):
        if name not in has:
            yield Row("gone", name)
        elif name not in had:
            yield Row("new", name)
        elif cells := _cells(had[name], has[name]):
            yield Row("other", name, cells)


def _by_name(table: RenderedTable | None, lang: Language) -> dict[str, dict[str, str]]:
    """Rows by their first text, and by their place among those that share one."""
    found: dict[str, dict[str, str]] = {}
    if table is None:
        return found
    for cells in table.texts(lang):
        first = _name(table, cells)
        name, count = first, 1
        while name in found:
            count += 1
            name = f"{first} ({number(count, lang)})"
        found[name] = dict(zip(table.headings, cells, strict=True))
    return found


def _name(table: RenderedTable, cells: list[str]) -> str:
    texts = [
        cell for column, cell in zip(table.columns, cells, strict=True) if column.kind == "text"
    ]
    return " · ".join(each for each in (texts or cells)[:2] if each)


def _cells(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    names = dict.fromkeys([*old, *new])
    return tuple(
        (name, old.get(name, "–"), new.get(name, "–"))
        for name in names
        if old.get(name) != new.get(name)
    )


def _texts(
    before: Mapping[str, Any], after: Mapping[str, Any], lang: Language
) -> Iterator[TextChange]:
    old, new = before.get("narrative") or {}, after.get("narrative") or {}
    spoken: Iterable[Language] = (lang, *(each for each in ("ro", "en") if each != lang))
    for code in spoken:
        had, has = old.get(code) or {}, new.get(code) or {}
        for section in OUTLINE:
            pair = [(each.get(section.key) or {}).get("text", "") for each in (had, has)]
            if pair[0] != pair[1]:
                yield TextChange(section.title(lang), code, tuple(_lines(*pair)))


def _lines(old: str, new: str) -> Iterator[tuple[str, str]]:
    kinds = {"  ": "same", "+ ": "new", "- ": "gone"}
    for line in difflib.ndiff(old.splitlines(), new.splitlines()):
        if line[:2] in kinds and line[2:].strip():
            yield kinds[line[:2]], line[2:]
