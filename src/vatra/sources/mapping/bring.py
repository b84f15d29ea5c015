"""A file brought in by a mapping: read, mapped, converted, checked, all faults at once."""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

import polars as pl

from vatra.factors import fuel_size
from vatra.sources.limits import Limits
from vatra.sources.mapping.cells import Exact, Grid, read_grid
from vatra.sources.mapping.columns import LINES_KEPT, Mapped, mapped
from vatra.sources.mapping.declaration import ColumnMapping
from vatra.sources.mapping.headings import Headings, find_headings
from vatra.sources.mapping.long_rows import LongRow, Places, long_rows, places
from vatra.sources.mapping.units import unit_among, unit_in
from vatra.tables import (
    Column,
    Context,
    Finding,
    FindingsError,
    Table,
    check,
    has_errors,
    order,
    tables,
)
from vatra.tables.numbers import Style, as_plain, read

NOTE = "note"


@dataclass(frozen=True)
class Brought:
    """What a mapping made of a file.

    ``frame`` texts under our names with ``line`` of the original; ``matched`` our column -> where
    it came from; ``units`` and ``styles`` as found, by our column; ``findings`` of everything.
    """

    table: Table
    frame: pl.DataFrame
    file: str
    evidence_id: str = ""
    sheet: str = ""
    heading_lines: tuple[int, ...] = ()
    matched: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    styles: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the rows may be written into a pack."""
        return not has_errors(self.findings)


def bring_in(
    path: Path,
    mapping: ColumnMapping,
    limits: Limits | None = None,
    *,
    most_rows: int | None = None,
    years: tuple[int, int] | None = None,
    with_origin: bool = True,
) -> Brought:
    """Make rows of one of our tables from somebody else's file.

    ``most_rows`` reads its beginning only, for a preview; ``years`` that rows may have;
    ``with_origin`` writes into each note where the row came from.

    Never raises for what stands in the file: everything wrong is in ``findings``.
    """
    table = tables()[mapping.table]
    try:
        grid = read_grid(
            path,
            sheet=mapping.sheet,
            encoding=mapping.encoding,
            delimiter=mapping.delimiter,
            limits=limits,
            most_rows=most_rows,
        )
        headings = find_headings(grid, mapping)
    except FindingsError as error:
        return Brought(table, _no_rows(), path.name, findings=tuple(error.findings))
    found = places(mapping, headings, grid.file)
    if has_errors(found.findings):
        lines = headings.lines
        return Brought(
            table, _no_rows(), grid.file, grid.evidence_id, grid.sheet, lines,
            findings=tuple(found.findings),
        )  # fmt: skip
    return _Bringing(table, mapping, grid, headings, found, years, with_origin).run()


class _Bringing:
    def __init__(
        self,
        table: Table,
        mapping: ColumnMapping,
        grid: Grid,
        headings: Headings,
        found: Places,
        years: tuple[int, int] | None,
        with_origin: bool,
    ) -> None:
        self.years, self.with_origin = years, with_origin
        self.table, self.mapping, self.grid = table, mapping, grid
        self.headings, self.found = headings, found
        self.findings: list[Finding] = []
        self.units: dict[str, str] = {}
        self.styles: dict[str, str] = {}

    def run(self) -> Brought:
        self.look_at_name()
        rows = list(long_rows(self.grid, self.mapping, self.headings, self.found))
        done = mapped(rows, self.mapping, self.table, self.grid.file)
        self.findings += done.findings
        for column in self.table.columns:
            if column.kind == "number" and column.name in done.columns:
                self.numbers(column, done)
        for column in self.table.columns:
            if column.unit_column and column.name in done.columns:
                self.convert(column, done)
        frame = self.framed(done)
        self.findings += self.checked(frame, done)
        return Brought(
            self.table,
            frame,
            self.grid.file,
            self.grid.evidence_id,
            self.grid.sheet,
            self.headings.lines,
            self.matched(),
            self.units,
            self.styles,
            tuple(order(self.findings)),
        )

    def look_at_name(self) -> None:
        pattern = self.mapping.file
        if pattern and not fnmatch.fnmatch(self.grid.file.casefold(), pattern.casefold()):
            params = {"file": self.grid.file, "pattern": pattern}
            self.findings.append(
                Finding("sources.mapping-other-file", "warning", self.grid.file, params=params)
            )

    # numbers

    def numbers(self, column: Column, done: Mapped) -> None:
        """Texts of numbers as ``1234.56``; cells that held numbers are that already."""
        texts = done.columns[column.name]
        typed = [at for at, text in enumerate(texts) if text and not isinstance(text, Exact)]
        series = pl.Series([texts[at] for at in typed], dtype=pl.String)
        declared: Style | None = self.mapping.numbers
        plain = as_plain(series, declared) if typed else []
        if plain is None:
            example = read(series, declared).ambiguous
            lines = [done.rows[at].line for at in typed]
            params = {"column": column.name, "value": example}
            self.report("sources.mapping-numbers-ambiguous", lines, column.name, params)
            return
        self.styles[column.name] = read(series, declared).style if typed else "cells"
        for at, text in zip(typed, plain, strict=True):
            texts[at] = text or ""

    # units

    def convert(self, column: Column, done: Mapped) -> None:
        """Every row's unit in our spelling, the amount multiplied where theirs is another size."""
        units = done.columns.get(column.unit_column) or self.inferred(column, done)
        amounts = done.columns[column.name]
        used: dict[str, str] = {}
        for at, theirs in enumerate(units):
            ours = self.mapping.foreign_unit(theirs) if theirs else None
            if ours is None:
                continue
            units[at] = ours.unit
            amounts[at] = _times(amounts[at], ours.times)
            used[theirs] = (
                ours.unit if ours.times == 1 else f"{ours.times.normalize():f} {ours.unit}"
            )
        done.columns[column.unit_column] = units
        self.units[column.name] = ", ".join(
            theirs if theirs == ours else f"{theirs} = {ours}" for theirs, ours in used.items()
        )

    def inferred(self, column: Column, done: Mapped) -> list[str]:
        """The unit named by the heading of each amount, else by the lines above the headings."""
        if self.mapping.columns.get(column.unit_column) is not None:
            return [""] * len(done.rows)
        above = [
            cell
            for line, cells in self.grid.rows
            if line <= max(self.headings.lines)
            for cell in cells
        ]
        shared = unit_among(above, column, self.mapping)
        source = self.mapping.columns.get(column.name)
        own = {row.heading for row in done.rows}
        named = {
            heading: self.unit_of(heading or (source.heading if source else ""), column) or shared
            for heading in own
        }
        if not all(named.values()):
            lines = [row.line for row in done.rows if not named[row.heading]]
            params = {"column": column.unit_column, "amount": column.name}
            self.report("sources.mapping-unit-unsaid", lines, column.unit_column, params)
        return [named[row.heading] for row in done.rows]

    def unit_of(self, heading: str, column: Column) -> str:
        at = self.found.wide.get(heading, self.found.columns.get(heading))
        whole = self.headings.whole(at) if at is not None else heading
        return unit_in(whole, column, self.mapping)

    # rows

    def framed(self, done: Mapped) -> pl.DataFrame:
        columns = dict(done.columns)
        if self.with_origin and NOTE in self.table.by_name:
            given = columns.get(NOTE, [""] * len(done.rows))
            columns[NOTE] = [
                "; ".join(filter(None, (text, self.origin(row))))
                for text, row in zip(given, done.rows, strict=True)
            ]
        ordered = {
            each.name: pl.Series(each.name, list(map(str, columns[each.name])), pl.String)
            for each in self.table.columns
            if each.name in columns
        }
        lines = pl.Series("line", [row.line for row in done.rows], pl.UInt32)
        frame = pl.DataFrame({**ordered, "line": lines})
        return frame.with_columns(pl.col(pl.String).replace("", None))

    def origin(self, row: LongRow) -> str:
        """File, sheet, line and column of a row, and the beginning of the file's hash."""
        place = ":".join(
            part for part in (self.grid.file, self.grid.sheet, str(row.line), row.heading) if part
        )
        return f"{place} sha256:{self.grid.evidence_id[:12]}"

    def checked(self, frame: pl.DataFrame, done: Mapped) -> Sequence[Finding]:
        context = Context(self.years, "plain", fuel_size=fuel_size)
        found = check(self.table, frame, self.grid.file, context).findings
        said = {each.column for each in self.findings if each.code.endswith("-unit-unsaid")}
        return [
            _once(each)
            for each in (_truly_blank(each, frame, done) for each in found)
            if each is not None and not (each.code == "tables.blank" and each.column in said)
        ]

    def matched(self) -> dict[str, str]:
        found = {}
        for name, source in self.mapping.columns.items():
            at = self.found.columns.get(source.heading)
            if source.constant is not None:
                found[name] = f"= {source.constant}"
            elif source.of:
                found[name] = f"< {source.of}"
            elif at is not None:
                found[name] = self.headings.whole(at)
        how = self.mapping.unpivot
        if how is not None:
            listed = list(self.found.wide)
            found[how.into] = found[how.cells] = ", ".join(listed[:3]) + (
                f" … {listed[-1]}" if len(listed) > 3 else ""
            )
        return found

    def report(
        self, code: str, lines: list[int], column: str, params: Mapping[str, object]
    ) -> None:
        shown = tuple(sorted(set(lines))[:100])
        self.findings.append(
            Finding(code, "error", self.grid.file, shown, column, params, len(set(lines)))
        )


def _truly_blank(finding: Finding, frame: pl.DataFrame, done: Mapped) -> Finding | None:
    """A finding about blanks without the cells that hold an unknown word, which is said already;
    None where no other is left."""
    unread = done.unread.get(finding.column)
    if finding.code not in ("tables.blank", "tables.blank-number") or not unread:
        return finding
    empty = frame.get_column(finding.column).is_null().arg_true().to_list()
    lines = [done.rows[at].line for at in empty if at not in unread]
    if not lines:
        return None
    return replace(finding, lines=tuple(lines[:LINES_KEPT]), line_count=len(lines))


def _once(finding: Finding) -> Finding:
    """Each line once: the cells of a wide row are rows of their own to the check."""
    lines = tuple(dict.fromkeys(finding.lines))
    count = len(lines) if finding.line_count <= len(finding.lines) else finding.line_count
    return replace(finding, lines=lines, line_count=count)


def _times(text: str, times: Decimal) -> str:
    """A number times a factor, exactly; what is no number stays for the check to say."""
    if times == 1:
        return text
    try:
        return f"{(Decimal(text) * times).normalize():f}"
    except InvalidOperation:
        return text


def _no_rows() -> pl.DataFrame:
    return pl.DataFrame(schema={"line": pl.UInt32})
