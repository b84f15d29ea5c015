"""The form of a mapping: a line for each of our columns, filled from YAML and read back into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from vatra.tables import Column, Table, label
from vatra.web.evidence.reading import dumped
from vatra.words import Language, say

SAME, AS_IS = "=", "*"
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
    faults: tuple[str, ...] = ()

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
    faults: tuple[str, ...] = ()


@dataclass
class MappingForm:
    """A mapping as people fill it in; ``data`` is its YAML."""

    table: Table
    data: dict[str, Any]
    headings: list[str]
    lang: Language
    rows: list[ColumnRow] = field(init=False)
    wide: Wide | None = field(init=False)
    line_faults: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        unpivot = self.data.get("unpivot") or {}
        given = {unpivot.get("into"), unpivot.get("cells")}
        self.rows = [self._row(each) for each in self.table.columns if each.name not in given]
        self.wide = self._wide(unpivot) if unpivot else None

    def blame(self, faults: Iterable[tuple[str, str]]) -> None:
        """Put faults beside their fields: the name of a field and what is said there."""
        said: dict[str, list[str]] = {}
        for name, words in faults:
            said.setdefault(name, []).append(words)
        self.rows = [replace(row, faults=tuple(said.get(row.column.name, ()))) for row in self.rows]
        if self.wide is not None:
            self.wide = replace(self.wide, faults=tuple(said.get("wide", ())))
        self.line_faults = said

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
