"""What a form wants of a row, checked, and written as changes of cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from vatra.tables import Column, fold
from vatra.web.editing.cells import typed
from vatra.web.editing.ground import Row
from vatra.web.editing.place import Place
from vatra.web.editing.rowcheck import NEW, Fault, faults_of, new_errors
from vatra.web.workspace.changes import CellChange

VALUE, BEFORE, TAKE = "c-", "before-", "take-"
THEIRS = "theirs"


@dataclass(frozen=True)
class Wanted:
    """Cells of a row as a form holds them.

    ``given`` column -> what was typed; ``texts`` what goes into the file; ``before`` what the
    person saw there; ``faults`` in words.
    """

    given: Mapping[str, str]
    texts: Mapping[str, str]
    before: Mapping[str, str]
    faults: tuple[Fault, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether it may be written."""
        return not any(each.is_error for each in self.faults)

    def changes(self, line: int) -> list[CellChange]:
        """The cells that differ from what the person saw."""
        return [
            CellChange("change", line, name, self.before.get(name, ""), text)
            for name, text in self.texts.items()
            if " ".join(self.before.get(name, "").split()) != text
        ]

    def at(self, column: str) -> tuple[Fault, ...]:
        """What is wrong in one cell."""
        return tuple(each for each in self.faults if each.column == column)

    @property
    def elsewhere(self) -> tuple[Fault, ...]:
        """What is wrong with the row as a whole."""
        return tuple(each for each in self.faults if each.column not in self.given)


@dataclass
class _Reader:
    place: Place
    seen: Row
    given: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def take(self, column: Column, form: QueryDict) -> None:
        """One cell; where the person chose what somebody else wrote, nothing is wanted."""
        name = column.name
        if VALUE + name not in form or form.get(TAKE + name) == THEIRS:
            return
        seen = str(form.get(BEFORE + name, self.seen.get(name, "")))
        text = str(form[VALUE + name])
        self.given[name], self.before[name] = text, seen
        if _same(column, text, seen):
            # As it stood: it is not read anew.
            self.texts[name] = " ".join(seen.split())
            return
        read = typed(column, text, self.place.ground().style(name), self.place.lang)
        self.texts[name] = read.text
        if read.fault:
            self.faults.append(Fault(name, read.fault, True, "editing.typed"))


def _same(column: Column, one: str, other: str) -> bool:
    """Whether two texts mean the same: a code and its label in either language do."""
    if column.kind == "choice" and one.strip() and other.strip():
        known = column.accepted_words()
        return known.get(fold(one), one.strip()) == known.get(fold(other), other.strip())
    return one.split() == other.split()


def wanted_of(place: Place, line: int, form: QueryDict) -> Wanted | None:
    """What a form wants of the row at a line; None when the row is gone."""
    seen, now = place.seen().row(line), place.row_now(line)
    if seen is None or now is None:
        return None
    reader = _read(place, seen, form)
    ground, at = place.ground(), place.line_now(line) or NEW
    touched = [
        name for name, text in reader.texts.items()
        if text != " ".join(reader.before[name].split())
    ]  # fmt: skip
    if not reader.faults and touched:
        after = faults_of(ground, {**now, **{n: reader.texts[n] for n in touched}}, at, place.lang)
        reader.faults += new_errors(faults_of(ground, now, at, place.lang), after, touched)
    return Wanted(reader.given, reader.texts, reader.before, tuple(reader.faults))


def new_row(place: Place, form: QueryDict) -> Wanted:
    """What a form wants as a new row; all its faults at once."""
    reader = _read(place, {}, form)
    filled = {name: text for name, text in reader.texts.items() if text}
    found = faults_of(place.ground(), filled, NEW, place.lang)
    said = {each.column for each in reader.faults}
    reader.faults += [each for each in found if each.is_error and each.column not in said]
    return Wanted(reader.given, reader.texts, {}, tuple(reader.faults))


def _read(place: Place, seen: Row, form: QueryDict) -> _Reader:
    reader = _Reader(place, seen)
    for column in place.table.columns:
        reader.take(column, form)
    return reader
