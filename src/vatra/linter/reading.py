"""Printed tables -> grids: how numbers are written is settled, headings are understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vatra.linter import headings
from vatra.linter.document import Document
from vatra.linter.findings import CellName, LintFinding, Shown
from vatra.linter.grid import Cell, Column, Grid, Row
from vatra.linter.headings import Says
from vatra.linter.labels import (
    column_names,
    full_rows,
    holds_texts,
    is_text,
    labels,
    only_number,
)
from vatra.linter.moved import doubt_moved_cells
from vatra.linter.numbers import Style, Token, number, token, vote
from vatra.linter.printed import Settled, plain, settle
from vatra.linter.roles import lies_sideways, set_roles, turned
from vatra.linter.sizes import Sizing, adopt_units
from vatra.linter.styles import styles


@dataclass
class Reading:
    """The grids of a document and what was wrong with their cells."""

    grids: list[Grid]
    findings: list[LintFinding]


def read(document: Document) -> Reading:
    """Read all tables of a document whose shape is sound."""
    raw = [_Raw(each) for each in settle(document)]
    votes = Counter[Style]()
    for each in raw:
        votes += each.votes()
    reading = Reading([], [])
    lang = _language(raw)
    for each in raw:
        found: list[LintFinding] = []
        each.settle(document.numbers, votes, lang, found)
        reading.grids.append(each.grid(found))
        # In a file somebody else wrote a cell that is no number is prose or a slip of conversion.
        reading.findings += [] if each.table.place else found
    adopt_units(reading.grids)
    return reading


def _language(tables: Sequence[_Raw]) -> str:
    """The language all tables that have one share, else empty."""
    spoken = {lang for each in tables if (lang := each.language())}
    return spoken.pop() if len(spoken) == 1 else ""


class _Raw:
    """A table on its way to a grid: tokens first, then styles, roles and units."""

    def __init__(self, settled: Settled) -> None:
        self.table = table = settled.table
        self.printed_names = settled.names
        self.names = column_names(table.columns)
        self.labels = labels(table)
        rows = full_rows(table)
        self.values = [list(row[1:]) for row in rows]
        self.tokens = [[token(value) for value in row] for row in self.values]
        self.says = [headings.read(self._plain(name)) for name in self.names[1:]]
        self.text_columns = {
            place
            for place, says in enumerate(self.says)
            if holds_texts(says.folded, table.kind, [row[place] for row in self.values])
        }
        self.styles: dict[int, Style] = {}
        self.cell_styles: dict[tuple[int, int], Style] = {}

    def _plain(self, name: str) -> str:
        return plain(name) if self.table.place else name

    # how numbers are written

    def votes(self) -> Counter[Style]:
        """How often each style is the only one that reads a number."""
        found = Counter[Style]()
        for place in range(len(self.says)):
            found += self._column_votes(place)
        return found

    def _column_votes(self, place: int) -> Counter[Style]:
        found = Counter[Style]()
        if place in self.text_columns:
            return found
        for row in self.tokens:
            each = row[place]
            says = None if each.plain else vote(each)
            if says in ("en", "ro") and not (each.written and says == "en"):
                found[says] += 1
        return found

    def settle(
        self, declared: str, document: Counter[Style], lang: str, out: list[LintFinding]
    ) -> None:
        """Decide the style of every column; say where nothing decides it.

        The column's own numbers decide, then the table's, then the document's, then the language
        of the table: ``313,956`` is grouped in an English table, ``313.956`` in a Romanian one.
        """
        stated = self.table.numbers or declared
        if self.table.place and not stated:
            return self._settle_found(document)
        own = self.votes()
        undecided: list[int] = []
        for place in range(len(self.says)):
            if stated:
                self.styles[place] = "ro" if stated == "ro" else "en"
                continue
            column = self._column_votes(place)
            if len(column) == 2:
                out.append(self._mixed(place))
            decided = next((each for each in (column, own, document) if len(each) == 1), None)
            if len(column) == 2:
                self.styles[place] = column.most_common(1)[0][0]
            elif decided:
                self.styles[place] = next(iter(decided))
            else:
                self.styles[place] = self._grouped(place)
                undecided.append(place)
        self._report_ambiguous(undecided, self.language() or lang, out)

    def _settle_found(self, document: Counter[Style]) -> None:
        """Decide the style of every cell by its column, its sum, its table and its document."""
        own = self.votes()
        said = [self._row_says(at) for at in range(len(self.tokens))]
        totals = [at for at, each in enumerate(said) if each.total]
        total = totals[-1] if totals else None
        parts = [
            at
            for at, each in enumerate(said[:total])
            if not (each.total or each.subtotal or each.memo or each.part)
        ]
        for place in range(len(self.says)):
            column = [row[place] for row in self.tokens]
            self.styles[place] = "en"
            for at, style in enumerate(styles(column, parts, total, own, document)):
                self.cell_styles[at, place] = style

    def language(self) -> str:
        """The language of the table's words, empty when they are the same in both."""
        words = " ".join([self.table.title, *self.names, *self.labels])
        return headings.language(words)

    def _doubtful(self, place: int) -> list[tuple[int, Token]]:
        """Numbers between quotation marks that could be read in two ways."""
        return [
            (row, each[place])
            for row, each in enumerate(self.tokens)
            if not each[place].plain
            and not each[place].written
            and vote(each[place]) == "ambiguous"
        ]

    def _grouped(self, place: int) -> Style:
        """The style in which the first doubtful number of a column is grouped."""
        doubtful = self._doubtful(place) if place not in self.text_columns else []
        return "ro" if doubtful and "." in doubtful[0][1].body else "en"

    def _report_ambiguous(self, places: list[int], lang: str, out: list[LintFinding]) -> None:
        cells = [
            (self._name(row, place), each)
            for place in places
            if place not in self.text_columns and self._grouped(place) != lang
            for row, each in self._doubtful(place)
        ]
        if not cells:
            return
        example = cells[0][1]
        style: Style = "ro" if "." in example.body else "en"
        as_group = number(example, style)
        as_decimal = number(example, "en" if style == "ro" else "ro")
        assert as_group is not None and as_decimal is not None
        out.append(
            LintFinding(
                "linter.number-ambiguous",
                "warning",
                self.table.id,
                tuple(name for name, _ in cells),
                params={
                    "columns": list(dict.fromkeys(name.column for name, _ in cells)),
                    "value": example.body,
                    "grouped": Shown(as_group.value),
                    "decimal": Shown(as_decimal.value, 3),
                },
            )
        )

    def _mixed(self, place: int) -> LintFinding:
        examples: dict[str, tuple[int, str]] = {}
        for row, each in enumerate(self.tokens):
            says = None if each[place].plain else vote(each[place])
            if says in ("en", "ro"):
                examples.setdefault(str(says), (row, each[place].body))
        return LintFinding(
            "linter.number-mixed",
            "warning",
            self.table.id,
            tuple(self._name(row, place) for row, _ in examples.values()),
            params={"first": examples["en"][1], "second": examples["ro"][1]},
        )

    def _name(self, row: int, place: int) -> CellName:
        printed = self.printed_names.get((row, place + 1))
        return printed or CellName(self.table.id, self.labels[row], self.names[place + 1])

    # the grid

    def grid(self, out: list[LintFinding]) -> Grid:
        """The table with its numbers read and its headings understood."""
        places = [place for place in range(len(self.says)) if place not in self.text_columns]
        rows = [self._row(at, places, out) for at in range(len(self.tokens))]
        columns = [Column(self.names[place + 1], self.says[place]) for place in places]
        grid = Grid(self.table, columns, rows, headings.read(self.table.title))
        self._sections(grid)
        if self.table.kind == "emission_gap" and lies_sideways(grid):
            grid = turned(grid)
        set_roles(grid)
        Sizing(grid, out).set()
        if grid.found:
            doubt_moved_cells(grid)
        return grid

    def _row(self, at: int, places: list[int], out: list[LintFinding]) -> Row:
        cells = []
        for place in places:
            each = self.tokens[at][place]
            cell = Cell(self._name(at, place), each)
            if each.body:
                style = self.cell_styles.get((at, place), self.styles[place])
                cell.number = number(each, style)
            if (each.body and cell.number is None) or each.odd:
                out.append(
                    LintFinding(
                        "linter.number-wrong",
                        "error",
                        self.table.id,
                        (cell.name,),
                        params={"value": str(self.values[at][place])},
                    )
                )
            cells.append(cell)
        texts = {
            self.says[place].folded: str(self.values[at][place]).strip()
            for place in sorted(self.text_columns)
            if self.values[at][place] is not None
        }
        says = self._row_says(at)
        if at == len(self.tokens) - 1 and self.table.total is not None and not says.total:
            says = replace(says, total=True, subtotal=False)
        return Row(self.labels[at], says, cells, texts)

    def _row_says(self, at: int) -> Says:
        """What the label says; where it is only a number, what the first text beside it says."""
        says = headings.read(self._plain(self.labels[at]))
        if self.table.kind == "measures":
            texts = [text for text in self._texts(at) if headings.read(text).total]
            total = says.total or bool(only_number(self.labels[at]) and texts)
            subtotal = headings.has_phrase(says.folded, "rows", "subtotal")
            return replace(says, total=total, subtotal=subtotal, memo=False, part=False)
        if only_number(self.labels[at]) and says.year is None:
            return next((headings.read(text) for text in self._texts(at)), says)
        return says

    def _texts(self, at: int) -> list[str]:
        return [
            str(self.values[at][place]).strip()
            for place in sorted(self.text_columns)
            if is_text(self.values[at][place])
        ]

    def _sections(self, grid: Grid) -> None:
        """A row without any cell heads the rows below it; so does a sector above its carriers."""
        section = Says()
        kept = []
        for row in grid.rows:
            if not row.texts and not any(
                cell.given or cell.unread or cell.token.absent for cell in row.cells
            ):
                if row.says.sector or row.says.scope or row.says.carrier or row.says.year:
                    section = row.says
                continue
            if row.says.exact_sector and not row.says.carrier:
                section = row.says
            elif row.says.sector and row.says.sector != section.sector:
                section = Says()
            row.section = Says() if row.says is section or row.sums else section
            if row.says.total:
                section = Says()
            kept.append(row)
        grid.rows = kept
