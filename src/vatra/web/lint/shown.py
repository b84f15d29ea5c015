"""A report as its page draws it: marked tables with findings beside them, in one language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vatra.runs.lint_words import kind_words, place_words
from vatra.words import Language

Data = Mapping[str, Any]
STATES = ("findings", "part", "holds", "unheld", "unknown")
LONGEST_FIGURE = 32
_FIGURE = re.compile(r"^[^\w]*\d[\d\s.,'%€$/()–−-]*(?:EUR|MWh|GWh|t|kt|%)?[^\w]*$")


@dataclass(frozen=True)
class Mark:
    """The number of a finding at one of its cells; ``first`` where one is to look first."""

    number: int
    first: bool


@dataclass(frozen=True)
class CellShown:
    """A cell as found: ``before``, ``old`` and ``after`` make its text; ``new`` is suggested."""

    before: str
    old: str = ""
    new: str = ""
    after: str = ""
    marks: tuple[Mark, ...] = ()
    in_figures: bool = False

    @property
    def tone(self) -> str:
        """``main`` for the cell to look at first, ``part`` for those it is held against."""
        if not self.marks:
            return ""
        return "main" if any(mark.first for mark in self.marks) else "part"


@dataclass(frozen=True)
class RowShown:
    """A row; ``skipped_count`` rows before it are not drawn."""

    cells: tuple[CellShown, ...]
    place: str
    skipped_count: int = 0


@dataclass(frozen=True)
class FindingShown:
    """A finding in words. ``path`` is where its first cell stands, in words of the table."""

    number: int
    severity: str
    code: str
    message: str
    arithmetic: str
    repair: str
    quote: str
    quote_place: str
    place: str
    path: str
    has_cell: bool

    @property
    def severity_key(self) -> str:
        """The key of the word for how grave it is."""
        return f"linter.severity-{self.severity}"


@dataclass(frozen=True)
class TableShown:
    """A table and its findings; ``others`` are the numbers of findings told at other tables."""

    number: int
    name: str
    place: str
    section: str
    kind: str
    state: str
    held_count: int
    row_count: int
    columns: tuple[CellShown, ...]
    rows: tuple[RowShown, ...]
    findings: tuple[FindingShown, ...]
    others: tuple[int, ...]


@dataclass(frozen=True)
class ReportShown:
    """All of it; ``loose`` are findings that stand at no table."""

    name: str
    tables: tuple[TableShown, ...]
    loose: tuple[FindingShown, ...]
    notes: tuple[str, ...]
    left_out_count: int

    def of_state(self, state: str) -> list[TableShown]:
        """The tables of a state, in the order of the document."""
        return [table for table in self.tables if table.state == state]

    @property
    def groups(self) -> dict[str, list[TableShown]]:
        """The tables by state."""
        return {state: self.of_state(state) for state in STATES}

    @property
    def checked_count(self) -> int:
        """Tables in which something could be checked."""
        return sum(table.state in ("findings", "part", "holds") for table in self.tables)

    @property
    def finding_count(self) -> int:
        """Findings, those that are not drawn included."""
        drawn = sum(len(table.findings) for table in self.tables) + len(self.loose)
        return drawn + self.left_out_count

    @property
    def found_in_count(self) -> int:
        """Tables with findings."""
        return len(self.of_state("findings"))


def shown(report: Data, lang: Language) -> ReportShown:
    """A report of ``vatra.runs.lint_report`` for its page."""
    marks = _marks(report)
    changes = _changes(report)
    findings = [_finding(each, lang) for each in report["findings"]]
    homes: dict[int | None, list[FindingShown]] = defaultdict(list)
    for data, finding in zip(report["findings"], findings, strict=True):
        homes[data["table"]].append(finding)
    tables = [
        _table(place, table, lang, homes[place], marks[place], changes)
        for place, table in enumerate(report["tables"])
    ]
    notes = tuple(note[lang] for note in report["notes"])
    left_out = report["left_out_count"]
    return ReportShown(report["name"], tuple(tables), tuple(homes[None]), notes, left_out)


Marks = dict[tuple[int, int], tuple[Mark, ...]]
Changes = dict[tuple[int, int, int], Data]


def _marks(report: Data) -> dict[int, Marks]:
    """Marks by table and then by row and column."""
    found: dict[int, dict[tuple[int, int], list[Mark]]] = defaultdict(lambda: defaultdict(list))
    for finding in report["findings"]:
        for place, cell in enumerate(finding["cells"]):
            mark = Mark(finding["number"], place == 0)
            found[cell["table"]][cell["row"], cell["column"]].append(mark)
    sorted_marks: dict[int, Marks] = defaultdict(dict)
    for table, cells in found.items():
        sorted_marks[table] = {at: tuple(marks) for at, marks in cells.items()}
    return sorted_marks


def _changes(report: Data) -> Changes:
    """Suggested changes by table, row and column; the gravest finding's where several differ."""
    found: Changes = {}
    for finding in report["findings"]:
        repair = finding["repair"]
        if repair and repair["cell"] and repair["change"]:
            cell = repair["cell"]
            found.setdefault((cell["table"], cell["row"], cell["column"]), repair["change"])
    return found


def _finding(data: Data, lang: Language) -> FindingShown:
    passage = data["passage"] or {"quote": "", "place": {lang: ""}}
    message = data["message"][lang]
    if passage["quote"] and passage["quote"] in message:
        # The passage is quoted below; the message then ends before it.
        message = message.partition(passage["quote"])[0].rstrip(' :“„"') + "."
    return FindingShown(
        number=data["number"],
        severity=data["severity"],
        code=data["code"],
        message=message,
        arithmetic=data["arithmetic"][lang],
        repair=data["repair"]["text"][lang] if data["repair"] else "",
        quote=passage["quote"],
        quote_place=passage["place"][lang],
        place=data["place"][lang],
        path=" / ".join(part for part in (data["row"], data["column"]) if part),
        has_cell=bool(data["cells"]),
    )


def _table(
    place: int,
    data: Data,
    lang: Language,
    findings: Sequence[FindingShown],
    marks: Marks,
    changes: Changes,
) -> TableShown:
    own = {finding.number for finding in findings}
    others = {mark.number for each in marks.values() for mark in each} - own
    at = {(row, column): each for (table, row, column), each in changes.items() if table == place}
    figures = _figure_columns([row["cells"] for row in data["rows"]])
    return TableShown(
        number=place + 1,
        name=data["title"] or place_words(data["id"], lang),
        place=data["place"][lang],
        section=data["path"][-1] if data["path"] else "",
        kind=kind_words(data["kind"], lang),
        state=data["state"],
        held_count=data["held_count"],
        row_count=data["row_count"],
        columns=tuple(_cells(-1, data["columns"], figures, marks, at)),
        rows=tuple(_rows(data["rows"], lang, figures, marks, at)),
        findings=tuple(findings),
        others=tuple(sorted(others)),
    )


def _figure_columns(rows: Sequence[Sequence[str]]) -> frozenset[int]:
    """The columns of which most cells that say anything are figures."""
    found = set()
    for column in range(1, max((len(row) for row in rows), default=0)):
        cells = [row[column] for row in rows if column < len(row)]
        said = [cell for cell in cells if any(sign.isalnum() for sign in cell)]
        if 2 * sum(_is_figure(cell) for cell in said) > len(said):
            found.add(column)
    return frozenset(found)


def _is_figure(text: str) -> bool:
    return len(text) <= LONGEST_FIGURE and bool(_FIGURE.match(text))


Places = Mapping[tuple[int, int], Data]


def _rows(
    rows: Sequence[Data], lang: Language, figures: frozenset[int], marks: Marks, changes: Places
) -> Iterator[RowShown]:
    expected = 0
    for row in rows:
        cells = tuple(_cells(row["row"], row["cells"], figures, marks, changes))
        yield RowShown(cells, row["place"][lang], row["row"] - expected)
        expected = row["row"] + 1


def _cells(
    row: int, cells: Sequence[str], figures: frozenset[int], marks: Marks, changes: Places
) -> Iterator[CellShown]:
    for column, text in enumerate(cells):
        own, change = marks.get((row, column), ()), changes.get((row, column))
        if change is None:
            yield CellShown(text, marks=own, in_figures=column in figures)
            continue
        start, end = change["start"], change["start"] + len(change["old"])
        before, old, after = text[:start], text[start:end], text[end:]
        yield CellShown(before, old, change["new"], after, own, column in figures)
