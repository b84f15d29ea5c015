"""The texts of our columns, from long rows of theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from vatra.sources.mapping.declaration import SKIP, ColumnMapping, Source
from vatra.sources.mapping.long_rows import LongRow, is_blank
from vatra.sources.totals import is_total
from vatra.tables import Column, Finding, Severity, Table, fold

LINES_KEPT = 100
VALUES_SHOWN = 20


@dataclass
class Mapped:
    """Rows under our names; ``rows`` is where each came from, ``findings`` why others were not.

    ``unread``: column -> positions in ``rows`` of cells that are filled with a word nobody has
    translated. Their text here is blank, the cell is not.
    """

    columns: dict[str, list[str]]
    rows: list[LongRow]
    findings: list[Finding] = field(default_factory=list)
    unread: dict[str, frozenset[int]] = field(default_factory=dict)


def mapped(rows: Sequence[LongRow], mapping: ColumnMapping, table: Table, file: str) -> Mapped:
    """Constants, columns of theirs with their values translated, then those that hang on ours."""
    work = _Work(rows, mapping, table, file)
    first = [name for name, each in mapping.columns.items() if not each.of]
    for name in first:
        work.fill(name, mapping.columns[name])
    if mapping.unpivot is not None:
        work.unpivot()
    for name, each in mapping.columns.items():
        if each.of:
            work.fill(name, each)
    return work.finish()


class _Work:
    def __init__(
        self, rows: Sequence[LongRow], mapping: ColumnMapping, table: Table, file: str
    ) -> None:
        self.rows, self.mapping, self.table, self.file = list(rows), mapping, table, file
        self.columns: dict[str, list[str]] = {}
        self.out = [False] * len(self.rows)
        self.findings: list[Finding] = []
        self.unread: dict[str, set[int]] = {}

    def fill(self, name: str, source: Source) -> None:
        column = self.table.by_name[name]
        if source.constant is not None:
            self.columns[name] = [source.constant] * len(self.rows)
            return
        texts = (
            self.columns.get(source.of, [""] * len(self.rows))
            if source.of
            else [row.text(source.heading) for row in self.rows]
        )
        if not source.values and source.otherwise is None:
            self.take_out_totals(texts, column)
            self.columns[name] = self.as_codes(texts, column)
            return
        self.columns[name] = self.translated(texts, column, source)

    def translated(self, texts: Sequence[str], column: Column, source: Source) -> list[str]:
        known = self.accepted(column)
        unknown: dict[str, list[int]] = defaultdict(list)
        totals: dict[str, list[int]] = defaultdict(list)
        found = []
        for at, text in enumerate(texts):
            ours = source.values.get(fold(text), source.otherwise)
            if ours is None:
                ours = known.get(fold(text)) or (None if text else "")
            if ours is None and column.key and is_total(text, column):
                if not self.out[at]:
                    totals[text].append(at)
                ours = SKIP
            if ours is None and not self.out[at]:
                unknown[text].append(at)
            if ours == SKIP:
                self.out[at] = True
                ours = ""
            found.append(known.get(fold(ours), ours) if ours else "")
        self.say_totals(totals, column)
        # What hangs on a word that nobody knows is not known either.
        self.unread[column.name] = {at for places in unknown.values() for at in places} | (
            self.unread.get(source.of, set()) if source.of else set()
        )
        self.say_unknown(unknown, column, source)
        return found

    def as_codes(self, texts: Sequence[str], column: Column) -> list[str]:
        """Labels in either language as codes; what is no label stays for the check to say."""
        known = self.accepted(column)
        return [known.get(fold(text), text) for text in texts] if known else list(texts)

    def accepted(self, column: Column) -> Mapping[str, str]:
        # A column of free text takes whatever stands there.
        return column.accepted_words() if column.kind in ("choice", "code") else {}

    def take_out_totals(self, texts: Sequence[str], column: Column) -> None:
        totals: dict[str, list[int]] = defaultdict(list)
        if column.key:
            for at, text in enumerate(texts):
                if not self.out[at] and is_total(text, column):
                    totals[text].append(at)
                    self.out[at] = True
        self.say_totals(totals, column)

    def unpivot(self) -> None:
        assert self.mapping.unpivot is not None
        how = self.mapping.unpivot
        self.columns[how.into] = [how.headings.get(row.heading) or row.heading for row in self.rows]
        self.columns[how.cells] = [row.value for row in self.rows]
        for at, row in enumerate(self.rows):
            if how.headings.get(row.heading) == SKIP:
                self.out[at] = True

    def say_totals(self, totals: Mapping[str, list[int]], column: Column) -> None:
        if totals:
            self.say(
                "sources.total-dropped",
                "note",
                [at for places in totals.values() for at in places],
                column.name,
                {"column": column.name, "labels": [f"'{label}'" for label in list(totals)[:5]]},
            )

    def say_unknown(self, unknown: Mapping[str, list[int]], column: Column, source: Source) -> None:
        for text, places in list(unknown.items())[:VALUES_SHOWN]:
            key = f"columns.{column.name}.values"
            code = "sources.mapping-value-unmapped"
            self.say(code, "error", places, column.name, {"value": text, "key": key})
        if len(unknown) > VALUES_SHOWN:
            rest = [at for places in list(unknown.values())[VALUES_SHOWN:] for at in places]
            count = len(unknown) - VALUES_SHOWN
            params = {"column": column.name, "count": count}
            self.say("tables.more-values", "error", rest, column.name, params)

    def say(
        self,
        code: str,
        severity: Severity,
        places: Sequence[int],
        column: str,
        params: Mapping[str, object],
    ) -> None:
        lines = sorted({self.rows[at].line for at in places})
        self.findings.append(
            Finding(
                code,
                severity,
                self.file,
                tuple(lines[:LINES_KEPT]),
                column,
                params,
                len(lines),
            )
        )

    def finish(self) -> Mapped:
        self.leave_out_blanks()
        keep = [at for at, out in enumerate(self.out) if not out]
        columns = {name: [texts[at] for at in keep] for name, texts in self.columns.items()}
        unread = {
            name: frozenset(new for new, at in enumerate(keep) if at in places)
            for name, places in self.unread.items()
            if places
        }
        return Mapped(columns, [self.rows[at] for at in keep], self.findings, unread)

    def leave_out_blanks(self) -> None:
        """A row without its amount says nothing; it is left out and said, never taken as zero."""
        amounts = [each for each in self.table.columns if each.quantity and each.required]
        for column in amounts:
            texts = self.columns.get(column.name)
            if texts is None:
                continue
            blank = [at for at, text in enumerate(texts) if is_blank(text) and not self.out[at]]
            for at in blank:
                self.out[at] = True
            if blank:
                code = "sources.mapping-blank-left-out"
                self.say(code, "note", blank, column.name, {"column": column.name})
