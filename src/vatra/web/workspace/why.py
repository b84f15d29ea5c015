"""Why an answer changed between two versions: the figures that moved, and the cells behind."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vatra.contract.narrative import OUTLINE
from vatra.tables import label, tables
from vatra.web.cities.facts import Facts
from vatra.web.workspace.models import Version
from vatra.web.workspace.naming import table_words
from vatra.web.workspace.packs import computed
from vatra.web.workspace.queries import compare
from vatra.words import Language, say

MOST_SHOWN = 300
_TITLES = {each.key: each for each in OUTLINE}


@dataclass(frozen=True)
class Moved:
    """A figure before and after [mg of CO2e]; None where a version has none."""

    words: str
    before_mg: int | None
    after_mg: int | None

    @property
    def difference_mg(self) -> int | None:
        if self.before_mg is None or self.after_mg is None:
            return None
        return self.after_mg - self.before_mg


@dataclass(frozen=True)
class TableChanges:
    """What changed in one file, the first of it."""

    name: str
    words: str
    rows: tuple[Mapping[str, Any], ...]
    count: int


def moved(before: Version, after: Version, lang: Language) -> list[Moved]:
    """Total and sectors of the base year, and what the plan leaves in the target year."""
    old, new = (_figures(each) for each in (before, after))
    names = list(dict.fromkeys([*old, *new]))
    found = [Moved(_words(name, lang), old.get(name), new.get(name)) for name in names]
    return [each for each in found if each.before_mg != each.after_mg]


def changes(before: Version, after: Version, lang: Language) -> list[TableChanges]:
    """Cells that differ, by table, in the order of the tables."""
    by_file: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for each in compare(before, after):
        by_file[each["file"]].append(each)
    return [
        TableChanges(
            file,
            table_words(file, lang),
            tuple(_shown(each, lang) for each in rows[:MOST_SHOWN]),
            len(rows),
        )
        for file, rows in by_file.items()
    ]


def _shown(each: dict[str, Any], lang: Language) -> dict[str, Any]:
    """A change as people read it: headings and labels instead of codes."""
    if not each["table"]:
        lines = tuple(_lines(each["before"], each["after"], lang))
        return each | {"heading": "", "cells": (), "lines": lines}
    table = tables()[each["table"]]
    column = table.by_name.get(each["column"])
    heading = table.heading(column, lang) if column else ""
    cells = tuple(
        (table.heading(table.by_name[name], lang), _value(each["table"], name, value, lang))
        for name, value in each["row"].items()
        if name in table.by_name
    )
    both = {
        side: _value(each["table"], each["column"], each[side], lang)
        for side in ("before", "after")
    }
    return each | {"heading": heading, "cells": cells} | both


def _lines(before: str, after: str, lang: Language) -> Iterator[tuple[str, str]]:
    """The lines of a text that went or came, each under the title of its section."""
    kinds = {"  ": "same", "+ ": "new", "- ": "gone"}
    title = ""
    for line in difflib.ndiff(before.splitlines(), after.splitlines()):
        kind, words = kinds.get(line[:2], ""), line[2:].strip()
        if words.startswith("## ") and kind:
            section = _TITLES.get(words[3:].strip())
            title = section.title(lang) if section else words[3:]
        elif words and kind in ("new", "gone"):
            if title:
                yield "title", title
                title = ""
            yield kind, words


def _value(table: str, name: str, value: str, lang: Language) -> str:
    column = tables()[table].by_name.get(name)
    if column is None or not column.vocabulary or not value:
        return value
    code = column.accepted_words().get(value, value)
    return label(column.vocabulary, code, lang)


def _figures(version: Version) -> dict[str, int]:
    document = computed(version).document
    if document is None:
        return {}
    facts = Facts(document)
    year = facts.base_year
    found = {"total": facts.base_mg}
    found |= {f"sector:{name}": facts.sector_mg(year, name) or 0 for name in facts.sectors}
    if facts.plan is not None:
        found["left"] = int(facts.plan["residual_mg"])
    return found


def _words(name: str, lang: Language) -> str:
    kind, _, rest = name.partition(":")
    if kind == "sector":
        return label("sector", rest, lang)
    return say(f"web.workspace.figure-{kind}", lang)
