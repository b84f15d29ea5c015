"""Findings in the words of who handed the file in: labels of our columns, columns of the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from vatra.sources.mapping.declaration import SKIP
from vatra.tables import Column, Finding, Table, fold, label
from vatra.words import Language, has, say

LISTED = 12
# Params of findings that name columns of ours.
_NAMES = ("column", "amount", "value_column")
_LACKING = ("tables.columns-missing", "sources.mapping-incomplete")
_LISTS = ("values", "headings", "labels")
# They are about a column, not about the line of the headings where they were met.
_OF_HEADINGS = ("sources.mapping-heading-missing", "sources.mapping-heading-twice")
LINES = ("heading_row", "last_row")


def in_words(column: Column | None, text: str, lang: Language) -> str:
    """A cell as people read it: what a code is called; other texts as they stand."""
    if column is None or column.kind not in ("choice", "code") or not column.vocabulary:
        return text
    code = _accepted(column).get(fold(text))
    return label(column.vocabulary, code, lang) if code else text


@lru_cache(256)
def _accepted(column: Column) -> Mapping[str, str]:
    """Put together once: a page asks for each of its cells."""
    return column.accepted_words()


class Wording:
    """How a file is spoken of that is read as ``table`` by ``mapping``, its YAML as data; empty
    for a file in our layout."""

    def __init__(self, table: Table | None, mapping: Mapping[str, Any], lang: Language) -> None:
        self.table, self.lang = table, lang
        columns = mapping.get("columns")
        self.columns: Mapping[str, Any] = columns if isinstance(columns, dict) else {}
        self.is_mapped = bool(self.columns)

    def ours(self, name: str) -> str:
        """The label of a column of ours, of several for ``year, sector``; others as they stand."""
        return ", ".join(self._label(part) for part in name.split(", "))

    def theirs(self, name: str) -> str:
        """The column of the file that a column of ours comes from; empty where it has none."""
        said = self.columns.get(name)
        found = said.get("from") if isinstance(said, dict) else said
        return "" if found is None else str(found)

    def place(self, finding: Finding) -> str:
        """What a finding is about: the column of the file, and ours where it has another name."""
        ours = self.ours(finding.column)
        theirs = self.theirs(finding.column)
        return f"{theirs} → {ours}" if theirs and theirs != ours else ours

    def message(self, finding: Finding, **more: Any) -> str:
        """The whole message; ``more`` fills what the finding itself does not say."""
        params = self._params(finding) | more
        params |= {key: self._quoted(params[key]) for key in _LISTS if key in params}
        said = Finding(
            self._code(finding), finding.severity, finding.file,
            () if finding.code in _OF_HEADINGS else finding.lines,
            finding.column, params, finding.line_count,
        )  # fmt: skip
        return said.message(self.lang)

    def _quoted(self, texts: Iterable[Any]) -> list[str]:
        """Texts of the file between the marks of the language; findings have them in plain ones."""
        left, right = ("„", "”") if self.lang == "ro" else ("'", "'")
        return [
            f"{left}{text[1:-1]}{right}" if len(text) > 1 and text[0] == text[-1] == "'" else text
            for text in map(str, texts)
        ]

    def label_of(self, key: str) -> str:
        """How the form calls something."""
        return say(f"web.evidence.{key}", self.lang)

    def _label(self, name: str) -> str:
        if self.table is None:
            return name
        typed = {each.typed_name: each for each in self.table.columns}
        column = self.table.by_name.get(name) or typed.get(name)
        return self.table.heading(column, self.lang) if column else name

    def _code(self, finding: Finding) -> str:
        """The text of this room where it has one: those of the readers speak of keys and files."""
        code = finding.code.partition(".")[2]
        if code == "choice-unknown" and self.theirs(finding.column):
            code = "mapping-value-unmapped"
        if code.startswith("duplicate") and not (self.table and "item" in self.table.by_name):
            return finding.code
        own = f"web.evidence.said-{code}"
        return own if has(own) else finding.code

    def _params(self, finding: Finding) -> dict[str, Any]:
        given = finding.params
        found = dict(given)
        found |= {key: self.ours(str(given[key])) for key in _NAMES if key in given}
        if finding.column:
            found.setdefault("column", self.ours(finding.column))
        if "heading" in given:
            meant = [name for name in self.columns if self.theirs(name) == given["heading"]]
            found["column"] = ", ".join(map(self.ours, meant)) or given["heading"]
        if finding.code in _LACKING:
            found["columns"] = [self.ours(name) for name in given["columns"]]
            found["column"] = ", ".join(found["columns"])
        if given.get("key") in LINES:
            found["field"] = self.label_of(given["key"].replace("_", "-"))
        if "key" in given and "column" in given:
            found["key"] = self._key(str(given["column"]), str(given["key"]))
        if "choices" in given:
            found["choices"] = list(self._choices(finding.column, given["choices"]))
        if "headings" in given:
            found["headings"] = list(given["headings"])[:LISTED]
        found["theirs"] = self.theirs(finding.column)
        found["item"] = self.ours("item")
        found |= {
            "same": self.label_of("same-in-all"),
            "leave": self.label_of("leave-out"),
            "numbers": self.label_of("numbers"),
            "heading_line": self.label_of("heading-row"),
            "otherwise": self.label_of("map-otherwise"),
        }
        return found

    def _key(self, names: str, texts: str) -> str:
        """What tells a row, in words; as it stands where its parts cannot be told apart."""
        columns, parts = names.split(", "), texts.split(", ")
        if self.table is None or len(columns) != len(parts):
            return texts
        by_name = self.table.by_name
        return ", ".join(
            in_words(by_name.get(name), part, self.lang)
            for name, part in zip(columns, parts, strict=True)
        )

    def _choices(self, name: str, codes: Iterable[Any]) -> Iterable[str]:
        column = self.table.by_name.get(name) if self.table else None
        for code in codes:
            plain = str(code)
            known = column is not None and column.vocabulary and plain != SKIP
            yield label(column.vocabulary or "", plain, self.lang) if known and column else plain
