"""The form of a mapping: a line for each of our columns, filled from YAML and read back into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from django.http import QueryDict

from vatra.sources.mapping.declaration import SKIP
from vatra.tables import Column, Table, label
from vatra.tables.numbers import STYLES
from vatra.web.evidence.reading import dumped
from vatra.words import Language, say

SAME, AS_IS = "=", "*"
MOST_TEXT = 100_000
MOST_WORDS = 12


@dataclass(frozen=True)
class ValueRow:
    """A value of theirs and what it is for us: a code, ``skip``, or empty while nobody said."""

    name: str
    theirs: str
    ours: str


@dataclass(frozen=True)
class ColumnRow:
    """One of our columns: where it comes from.

    ``source`` empty (not in the file), ``=`` (the same in all rows: ``constant``), ``*`` (told
    from another column, as suggested) or ``h:`` and the heading of theirs.
    """

    column: Column
    heading: str
    help: str
    source: str
    constant: str
    choices: tuple[tuple[str, str], ...] = ()
    values: tuple[ValueRow, ...] = ()
    is_told: bool = False
    is_unit: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it must be said and is not."""
        if self.is_unit and not self.source:
            # The headings may say it; the first rows show whether they do.
            return False
        lacks = not self.source or (self.source == SAME and not self.constant)
        return self.column.required and lacks


@dataclass(frozen=True)
class Wide:
    """Columns of theirs that become rows: into which of our columns, and what each is there."""

    into: str
    heading: str
    cells: str
    values: tuple[ValueRow, ...]
    choices: tuple[tuple[str, str], ...]


@dataclass
class MappingForm:
    """A mapping as people fill it in; ``data`` is its YAML."""

    table: Table
    data: dict[str, Any]
    headings: list[str]
    lang: Language
    rows: list[ColumnRow] = field(init=False)
    wide: Wide | None = field(init=False)

    def __post_init__(self) -> None:
        unpivot = self.data.get("unpivot") or {}
        given = {unpivot.get("into"), unpivot.get("cells")}
        self.rows = [self._row(each) for each in self.table.columns if each.name not in given]
        self.wide = self._wide(unpivot) if unpivot else None

    @property
    def text(self) -> str:
        """The mapping as YAML."""
        return dumped(self.data)

    @property
    def heading_row(self) -> str:
        """The lines of the headings."""
        said = self.data.get("heading_row") or ""
        return ", ".join(map(str, said)) if isinstance(said, list) else str(said)

    @property
    def last_row(self) -> str:
        """The last line that is read; empty for all."""
        return str(self.data.get("last_row") or "")

    @property
    def numbers(self) -> str:
        """How numbers are written; empty to be told from them."""
        return str(self.data.get("numbers") or "")

    def _row(self, column: Column) -> ColumnRow:
        said = (self.data.get("columns") or {}).get(column.name)
        said = {"from": said} if isinstance(said, str) else said or {}
        source, constant = "", ""
        if said.get("from") is not None:
            source = f"h:{said['from']}"
        elif said.get("of"):
            source = AS_IS
        elif "constant" in said:
            source, constant = SAME, str(said["constant"] or "")
        values = said.get("values") or {}
        return ColumnRow(
            column,
            self.table.heading(column, self.lang),
            f"{self.table.meaning(column, self.lang)} {help_of(column, self.lang)}",
            source,
            constant,
            choices_of(column, self.lang),
            self._values(column.name, values) if said.get("from") is not None else (),
            bool(said.get("of")),
            any(each.unit_column == column.name for each in self.table.columns),
        )

    def _values(self, name: str, values: Mapping[str, Any]) -> tuple[ValueRow, ...]:
        return tuple(
            ValueRow(f"value.{name}.{at}", str(theirs), "" if ours is None else str(ours))
            for at, (theirs, ours) in enumerate(values.items())
        )

    def _wide(self, unpivot: Mapping[str, Any]) -> Wide:
        column = self.table.by_name[unpivot["into"]]
        cells = self.table.by_name[unpivot.get("cells", "amount")]
        return Wide(
            column.name,
            self.table.heading(column, self.lang),
            self.table.heading(cells, self.lang),
            tuple(
                ValueRow(f"wide.{at}", str(theirs), "" if ours is None else str(ours))
                for at, (theirs, ours) in enumerate(unpivot["headings"].items())
            ),
            choices_of(column, self.lang),
        )


def choices_of(column: Column, lang: Language) -> tuple[tuple[str, str], ...]:
    """Codes of a column with their labels; units for a unit; nothing for free texts."""
    if column.kind in ("choice", "code"):
        return tuple((code, label(column.vocabulary or "", code, lang)) for code in column.codes())
    return ()


def help_of(column: Column, lang: Language) -> str:
    """What belongs into a column: of which kind it is, which words or units it takes."""
    if column.choices or (column.kind == "code" and column.vocabulary):
        words = [words for _, words in choices_of(column, lang)]
        more = "-more" if len(words) > MOST_WORDS else ""
        return say(f"web.evidence.is-one-of{more}", lang, words=words[:MOST_WORDS])
    if column.kind == "number" and column.quantity is not None:
        return say(
            "web.evidence.is-amount", lang, units=list(column.quantity.accepted)[:MOST_WORDS]
        )
    if column.name == "unit":
        return say("web.evidence.is-unit", lang)
    return say(f"web.evidence.is-{column.kind}", lang)


def read_form(base: str, post: QueryDict) -> dict[str, Any]:
    """The mapping that a sent form says; ``base`` the one it was filled from.

    What the form does not show (skipped lines, units of theirs, values told from others) stays.
    """
    data = loaded(base)
    columns: dict[str, Any] = dict(data.get("columns") or {})
    for key in post:
        if key.startswith("from."):
            name = key.removeprefix("from.")
            said = _source(columns.get(name), name, post)
            columns.pop(name, None)
            if said is not None:
                columns[name] = said
    data["columns"] = columns
    _read_wide(data, post)
    _read_lines(data, post)
    if post.get("numbers") in STYLES:
        data["numbers"] = post["numbers"]
    else:
        data.pop("numbers", None)
    return data


def loaded(text: str) -> dict[str, Any]:
    """YAML that we wrote ourselves, or nothing of what somebody else made of it."""
    if len(text) > MOST_TEXT:
        return {}
    try:
        if any(isinstance(each, yaml.AliasToken) for each in yaml.scan(text)):
            return {}
        found = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}
    return _shaped(found) if isinstance(found, dict) else {}


def _shaped(data: dict[Any, Any]) -> dict[str, Any]:
    """What the form can show of a mapping: keys of another shape than it knows are left out."""
    kept = {key: value for key, value in data.items() if isinstance(key, str)}
    for key, fits in _SHAPES.items():
        if key in kept and not fits(kept[key]):
            del kept[key]
    return kept


def _is_line_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _is_unpivot(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("headings"), dict)
        and isinstance(value.get("into"), str)
        and isinstance(value.get("cells", ""), str)
    )


_SHAPES: dict[str, Callable[[Any], bool]] = {
    "table": lambda value: isinstance(value, str),
    "columns": lambda value: isinstance(value, dict),
    "unpivot": _is_unpivot,
    "heading_row": lambda value: (
        _is_line_number(value)
        or (isinstance(value, list) and bool(value) and all(map(_is_line_number, value)))
    ),
}


def _source(before: Any, name: str, post: QueryDict) -> Any:
    wanted = post.get(f"from.{name}", "")
    old: dict[str, Any] = {}
    if isinstance(before, str):
        old = {"from": before}
    elif isinstance(before, dict):
        old = dict(before)
    if wanted == AS_IS and old.get("of"):
        return old
    if wanted == SAME:
        return {"constant": post.get(f"constant.{name}", "").strip() or None}
    if not wanted.startswith("h:"):
        return None
    heading = wanted.removeprefix("h:")
    values = dict(old.get("values") or {}) if old.get("from") == heading else {}
    said = {
        theirs: post.get(f"value.{name}.{at}", ours if ours is not None else "") or None
        for at, (theirs, ours) in enumerate(values.items())
    }
    kept = {key: old[key] for key in ("else", "fill_down") if key in old}
    if not said and not kept:
        return heading
    return {"from": heading, **({"values": said} if said else {}), **kept}


def _read_wide(data: dict[str, Any], post: QueryDict) -> None:
    how = data.get("unpivot")
    if how is None:
        return
    how["headings"] = {
        theirs: post.get(f"wide.{at}", ours if ours is not None else "") or None
        for at, (theirs, ours) in enumerate(how["headings"].items())
        if post.get(f"wide.{at}") != SKIP
    }


def _read_lines(data: dict[str, Any], post: QueryDict) -> None:
    rows = [int(part) for part in post.get("heading_row", "").split(",") if _is_line(part)]
    if rows:
        data["heading_row"] = rows[0] if len(rows) == 1 else rows
    last = post.get("last_row", "")
    if _is_line(last):
        data["last_row"] = int(last)
    else:
        data.pop("last_row", None)


def _is_line(text: str) -> bool:
    text = text.strip()
    return text.isascii() and text.isdigit() and 0 < len(text) < 8
