"""A printed table with its numbers read, its headings understood and its units sized."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from vatra.linter import headings
from vatra.linter.document import Document, LintTable, Value
from vatra.linter.findings import CellName, LintFinding, Shown
from vatra.linter.headings import Says
from vatra.linter.intervals import Interval
from vatra.linter.numbers import Number, Style, Token, is_absent_word, number, token, vote
from vatra.linter.quantities import Unit, unit
from vatra.tables import fold

ONE = Decimal(1)
GAP_ROLES = ("gap", "existing", "actions", "residual", "target", "baseline")
# The quantity a table's unit must have to hold for its plain columns.
_QUANTITY = {
    "emission_gap": ("emission",),
    "emissions": ("emission",),
    "energy": ("energy",),
    "factors": ("factor",),
    "measures": ("money", "emission", "energy", "cost_per_tonne"),
}
_MEASURE_QUANTITY = {
    "cost": "money",
    "tonnes": "emission",
    "cost_per_tonne": "cost_per_tonne",
    "energy": "energy",
    "generated": "energy",
}


@dataclass(eq=False)
class Cell:
    """A printed cell. ``size`` turns its number into canonical units (t, MWh, EUR, t/MWh)."""

    name: CellName
    token: Token
    number: Number | None = None
    unit: Unit | None = None
    size: Decimal = ONE

    @property
    def given(self) -> bool:
        """Whether a number stands here."""
        return self.number is not None

    @property
    def value(self) -> Decimal:
        """The number in canonical units."""
        assert self.number is not None
        return self.number.value * self.size

    @property
    def interval(self) -> Interval:
        """What the printed number can stand for, in canonical units."""
        assert self.number is not None
        return Interval.around(self.value, self.number.half * self.size)

    @property
    def shown(self) -> Shown:
        """The number as printed."""
        assert self.number is not None
        return Shown(self.number.value, self.number.decimals)


@dataclass(eq=False)
class Column:
    """A number column: its heading and what it says."""

    heading: str
    says: Says
    role: str = ""
    percent: bool = False
    unit: Unit | None = None


@dataclass(eq=False)
class Row:
    """A row: its label, what it says, its number cells and the texts beside them."""

    label: str
    says: Says
    cells: list[Cell]
    texts: dict[str, str] = field(default_factory=dict)
    section: Says = field(default_factory=Says)

    @property
    def sums(self) -> bool:
        """Whether the row is a total or a subtotal of others."""
        return self.says.total or self.says.subtotal


@dataclass(eq=False)
class Grid:
    """A table as the rules see it; a gap table printed sideways is turned upright."""

    table: LintTable
    columns: list[Column]
    rows: list[Row]
    title: Says
    sideways: bool = False

    @property
    def id(self) -> str:
        """The name of the table in findings."""
        return self.table.id

    @property
    def kind(self) -> str:
        """What kind of table it is."""
        return self.table.kind

    def cells(self, column: Column) -> list[Cell]:
        """The cells of a column, top down."""
        place = self.columns.index(column)
        return [row.cells[place] for row in self.rows]

    def cell(self, row: Row, column: Column) -> Cell:
        """The cell where a row and a column cross."""
        return row.cells[self.columns.index(column)]

    @property
    def items(self) -> list[Row]:
        """The rows that are neither totals nor remarks."""
        return [row for row in self.rows if not (row.sums or row.says.memo or row.says.part)]

    @property
    def total(self) -> Row | None:
        """The row that totals the table, the last one where several do."""
        totals = [row for row in self.rows if row.says.total]
        return totals[-1] if totals else None

    def by_role(self, role: str, percent: bool = False) -> Column | None:
        """The first column of a role."""
        for column in self.columns:
            if column.role == role and column.percent == percent:
                return column
        return None


@dataclass
class Reading:
    """The grids of a document and what was wrong with their cells."""

    grids: list[Grid]
    findings: list[LintFinding]


def read(document: Document) -> Reading:
    """Read all tables of a document whose shape is sound."""
    raw = [_Raw(table) for table in document.tables]
    votes = Counter[Style]()
    for each in raw:
        votes += each.votes()
    reading = Reading([], [])
    lang = _language(raw)
    for each in raw:
        each.settle(document.numbers, votes, lang, reading.findings)
        grid = each.grid(reading.findings)
        reading.grids.append(grid)
    return reading


def _language(tables: Sequence[_Raw]) -> str:
    """The language all tables that have one share, else empty."""
    spoken = {lang for each in tables if (lang := each.language())}
    return spoken.pop() if len(spoken) == 1 else ""


def full_rows(table: LintTable) -> list[Sequence[Value]]:
    """The rows of a table with its total row, each with its label."""
    rows: list[Sequence[Value]] = [tuple(row) for row in table.rows]
    if table.total is not None:
        total = tuple(table.total)
        if len(total) == len(table.columns) - 1:
            total = ("Total", *total)
        elif total and (total[0] is None or not str(total[0]).strip()):
            total = ("Total", *total[1:])
        rows.append(total)
    return rows


def labels(table: LintTable) -> list[str]:
    """The label of each row, made distinct by further texts of the row or by its section."""
    rows = full_rows(table)
    plain = [_label(row[0] if row else None, place) for place, row in enumerate(rows, 1)]
    if len(set(plain)) == len(plain):
        return plain
    texts = [
        [name, *(str(cell).strip() for cell in row[1:] if _is_text(cell))]
        for name, row in zip(plain, rows, strict=True)
    ]
    width = max(len(each) for each in texts)
    for size in range(2, width + 1):
        longer = [" / ".join(each[:size]) for each in texts]
        if len(set(longer)) == len(longer):
            return longer
    return _by_section(plain, rows)


def _by_section(plain: list[str], rows: list[Sequence[Value]]) -> list[str]:
    section, found = "", []
    repeated = {name for name, count in Counter(plain).items() if count > 1}
    for name, row in zip(plain, rows, strict=True):
        empty = all(cell is None or not str(cell).strip() for cell in row[1:])
        if empty or (headings.read(name).exact_sector and name not in repeated):
            section = name
            found.append(name)
        else:
            found.append(f"{section} / {name}" if section and name in repeated else name)
    return found


def _label(value: Value, place: int) -> str:
    text = "" if value is None else str(value).strip()
    return re.sub(r"\s+", " ", text) or f"#{place}"


def _only_number(label: str) -> bool:
    return not re.search(r"[^\W\d_]{2}", label)


def _is_text(value: Value) -> bool:
    if not isinstance(value, str) or not value.strip():
        return False
    each = token(value)
    return not each.body and not each.odd and not is_absent_word(value)


class _Raw:
    """A table on its way to a grid: tokens first, then styles, roles and units."""

    def __init__(self, table: LintTable) -> None:
        self.table = table
        self.names = column_names(table.columns)
        self.labels = labels(table)
        rows = full_rows(table)
        self.values = [list(row[1:]) for row in rows]
        self.tokens = [[token(value) for value in row] for row in self.values]
        self.says = [headings.read(name) for name in self.names[1:]]
        self.text_columns = {
            place for place in range(len(self.says)) if self._is_text_column(place)
        }
        self.styles: dict[int, Style] = {}

    def _is_text_column(self, place: int) -> bool:
        folded = self.says[place].folded
        kind = self.table.kind
        for code in ("unit", "year", "carrier", "text"):
            if folded in headings.phrases("factor")[code]:
                return True
        if folded in headings.phrases("factor")["scope"]:
            return True
        if folded in {
            *headings.phrases("measure")["sector"],
            *headings.phrases("measure")["field"],
        }:
            return True
        texts = [row[place] for row in self.values if _is_text(row[place])]
        numbers = [row[place] for row in self.tokens if row[place].body or row[place].odd]
        if kind == "measures" and not numbers and not texts:
            return False
        return len(texts) > 0 and len(numbers) <= len(texts) // 4

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
        return CellName(self.table.id, self.labels[row], self.names[place + 1])

    # the grid

    def grid(self, out: list[LintFinding]) -> Grid:
        """The table with its numbers read and its headings understood."""
        places = [place for place in range(len(self.says)) if place not in self.text_columns]
        rows = [self._row(at, places, out) for at in range(len(self.tokens))]
        columns = [Column(self.names[place + 1], self.says[place]) for place in places]
        grid = Grid(self.table, columns, rows, headings.read(self.table.title))
        self._sections(grid)
        if self.table.kind == "emission_gap" and _lies_sideways(grid):
            grid = _turned(grid)
        _set_roles(grid)
        _Units(grid, out).set()
        return grid

    def _row(self, at: int, places: list[int], out: list[LintFinding]) -> Row:
        cells = []
        for place in places:
            each = self.tokens[at][place]
            cell = Cell(self._name(at, place), each)
            if each.body:
                cell.number = number(each, self.styles[place])
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
        says = headings.read(self.labels[at])
        if self.table.kind == "measures":
            texts = [text for text in self._texts(at) if headings.read(text).total]
            total = says.total or bool(_only_number(self.labels[at]) and texts)
            subtotal = headings.has_phrase(says.folded, "rows", "subtotal")
            return replace(says, total=total, subtotal=subtotal, memo=False, part=False)
        if _only_number(self.labels[at]) and says.year is None:
            return next((headings.read(text) for text in self._texts(at)), says)
        return says

    def _texts(self, at: int) -> list[str]:
        return [
            str(self.values[at][place]).strip()
            for place in sorted(self.text_columns)
            if _is_text(self.values[at][place])
        ]

    def _sections(self, grid: Grid) -> None:
        """A row without any cell heads the rows below it; so does a sector above its carriers."""
        section = Says()
        kept = []
        for row in grid.rows:
            if not row.texts and not any(cell.given or cell.token.absent for cell in row.cells):
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


def column_names(columns: Sequence[object]) -> list[str]:
    """Headings as texts; a lone ``%`` is named after the column to its left."""
    names: list[str] = []
    for place, heading in enumerate(columns):
        text = re.sub(r"\s+", " ", str(heading).strip()) if heading is not None else ""
        says = headings.read(text)
        if (says.bare_percent and place > 1 and text in [*map(str, columns[:place])]) or (
            says.bare_percent and place > 1 and list(map(str, columns)).count(text) > 1
        ):
            text = f"{names[-1]} {text}"
        names.append(text)
    return names


def _lies_sideways(grid: Grid) -> bool:
    across = {_gap_role(column.says) for column in grid.columns} - {""}
    down = {_gap_role(row.says) for row in grid.rows} - {""}
    return len(down) >= 2 and len(across) < 2 and len(down) > len(across)


def _turned(grid: Grid) -> Grid:
    columns = [Column(row.label, row.says) for row in grid.rows]
    rows = [
        Row(column.heading, column.says, [row.cells[place] for row in grid.rows])
        for place, column in enumerate(grid.columns)
    ]
    return Grid(grid.table, columns, rows, grid.title, sideways=True)


def _gap_role(says: Says) -> str:
    """The role of a heading.

    "Reductions in existing strategies" are existing ones, so a bare reduction is a target only
    where nothing else is said; "baseline emissions reduction" is a target, so baseline comes last.
    """
    strong = headings.first(says.folded, "role", [role for role in GAP_ROLES if role != "baseline"])
    if strong:
        return strong
    reduction = headings.first(says.folded, "role", ["reduction"])
    return "target" if reduction else headings.first(says.folded, "role", ["baseline"])


def _set_roles(grid: Grid) -> None:
    for place, column in enumerate(grid.columns):
        column.percent = _is_percent(grid, column)
        if grid.kind == "emission_gap":
            column.role = _gap_role(column.says)
            if column.says.bare_percent and place:
                column.role = grid.columns[place - 1].role
        elif grid.kind == "measures":
            column.role = _measure_role(grid, column)
        elif grid.kind == "factors":
            column.role = "factor"
        elif column.says.total:
            column.role = "total"
        elif column.says.scope in ("1", "2", "3") and not column.says.carrier:
            column.role = f"scope{column.says.scope}"


def _is_percent(grid: Grid, column: Column) -> bool:
    stated = _declared(grid, column)
    if stated is not None:
        return stated.quantity == "percent"
    cells = [cell for cell in grid.cells(column) if cell.given]
    marked = [cell for cell in cells if cell.token.unit and cell.token.unit.quantity == "percent"]
    if cells and len(marked) * 2 > len(cells):
        return True
    small = all(abs(cell.number.value) <= 1000 for cell in cells if cell.number is not None)
    return column.says.percent and small and bool(cells)


def _measure_role(grid: Grid, column: Column) -> str:
    stated = _declared(grid, column) or column.says.unit
    folded = fold(column.heading)
    role = headings.first(folded, "measure", ["cost_per_tonne"])
    quantity = stated.quantity if stated else ""
    if quantity == "cost_per_tonne" or (role and quantity in ("", "money", "cost_per_tonne")):
        return "cost_per_tonne"
    if column.percent:
        return ""
    if headings.first(folded, "measure", ["generated"]) and quantity in ("", "energy"):
        return "generated"
    if quantity == "energy":
        return "energy"
    if quantity in ("emission", "money"):
        return "tonnes" if quantity == "emission" else "cost"
    if quantity:
        return ""
    # Green power is something a measure makes rather than removes.
    carrier = column.says.carrier
    if carrier and not headings.first(folded, "measure", ["cost"]):
        return "generated" if carrier == "electricity_green" else "energy"
    return headings.first(folded, "measure", ["tonnes", "cost"])


def _declared(grid: Grid, column: Column) -> Unit | None:
    units = {str(heading).strip(): str(text) for heading, text in grid.table.units.items()}
    if column.heading in units:
        return unit(units[column.heading])
    taken = {each.heading for each in grid.columns}
    for heading, text in units.items():
        if heading not in taken and fold(heading) and fold(heading) == fold(column.heading):
            return unit(text)
    return None


class _Units:
    """Size every cell: the unit in the cell, its row, its column, its heading, its table."""

    def __init__(self, grid: Grid, out: list[LintFinding]) -> None:
        self.grid, self.out = grid, out
        self.table_units = self._table_units()

    def set(self) -> None:
        self._unknown_overrides()
        for column in self.grid.columns:
            column.unit = self._column_unit(column)
            for row, cell in zip(self.grid.rows, self.grid.cells(column), strict=True):
                cell.unit = self._cell_unit(row, column, cell)
                cell.size = cell.unit.size if cell.unit else ONE

    def _table_units(self) -> dict[str, Unit]:
        """The units stated for the table by quantity; ``EUR, t`` states two."""
        text = self.grid.table.unit
        if not str(text).strip():
            return {}
        whole = unit(text)
        parts = [text] if whole else [part for part in re.split(r"[,;]", text) if part.strip()]
        found: dict[str, Unit] = {}
        for part in parts:
            read = unit(part)
            if read is None:
                self._report("linter.unit-unknown", part.strip())
            elif read.quantity == "percent" or read.quantity in _QUANTITY[self.grid.kind]:
                found[read.quantity] = read
            elif read.quantity != "count":
                self._report("linter.unit-unfit", part.strip())
        return found

    def _unknown_overrides(self) -> None:
        for heading, text in self.grid.table.units.items():
            if unit(str(text)) is None:
                self._report("linter.unit-unknown", str(text), str(heading))

    def _report(self, code: str, text: str, heading: str = "") -> None:
        name = CellName(self.grid.id, "", heading)
        kind = f"@linter.kind-{self.grid.kind}"
        self.out.append(
            LintFinding(
                code, "warning", self.grid.id, (name,) if heading else (),
                params={"unit": text, "kind": kind},
            )
        )  # fmt: skip

    def _column_unit(self, column: Column) -> Unit | None:
        stated = _declared(self.grid, column) or column.says.unit
        if stated is not None and not (stated.quantity == "percent" and not column.percent):
            return stated
        if column.percent:
            return unit("share" if self._fractions(column) else "%")
        if self.grid.kind == "measures":
            return self.table_units.get(_MEASURE_QUANTITY.get(column.role, ""))
        for quantity in (*_QUANTITY[self.grid.kind], "percent"):
            if quantity in self.table_units:
                return self.table_units[quantity]
        return self.grid.title.unit if self._fits(self.grid.title.unit) else None

    def _fractions(self, column: Column) -> bool:
        """Whether a column of shares counts to one rather than to a hundred."""
        cells = [cell for cell in self.grid.cells(column) if cell.number is not None]
        numbers = [cell.number for cell in cells if cell.number is not None]
        marked = "%" in column.heading or any(cell.token.unit for cell in cells)
        return (
            not marked
            and bool(numbers)
            and all(
                abs(each.value) <= 1 and (each.decimals or each.value in (0, 1)) for each in numbers
            )
            and any(each.decimals for each in numbers)
        )

    def _fits(self, read: Unit | None) -> bool:
        return read is not None and read.quantity in _QUANTITY[self.grid.kind]

    def _cell_unit(self, row: Row, column: Column, cell: Cell) -> Unit | None:
        if cell.token.unit is not None and cell.token.unit.quantity != "count":
            return cell.token.unit
        for heading in headings.phrases("factor")["unit"]:
            if heading in row.texts and not column.percent:
                stated = unit(row.texts[heading])
                if stated is not None:
                    return stated
        if self.grid.sideways and row.says.unit is not None:
            return row.says.unit
        return column.unit


def texts_of(row: Row, family: str, code: str) -> str:
    """The text of the row in the column of a code (``sector``, ``carrier``), or empty."""
    for heading in headings.phrases(family)[code]:
        if row.texts.get(heading):
            return row.texts[heading]
    return ""


def named(cells: Iterable[Cell]) -> tuple[CellName, ...]:
    """The names of cells, each once, in order."""
    return tuple(dict.fromkeys(cell.name for cell in cells))


def sector_words() -> Mapping[str, tuple[str, ...]]:
    """Sector code -> folded spellings."""
    return headings.phrases("sector")
