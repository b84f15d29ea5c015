"""A sentence that prints a figure of the tables prints the same figure.

A text may count by another boundary, so a number that stands in any table, or follows from one, is
never reported; nor is one that is far from the table's. What is left is a number close to the one
meant, or one slip away from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import combinations

from vatra.linter.contract import Contract, EmissionSeries, reduction_sign
from vatra.linter.findings import LintFinding, Shown
from vatra.linter.grid import Cell, named
from vatra.linter.intervals import Interval
from vatra.linter.numbers import Number, Style
from vatra.linter.repairs import changes
from vatra.linter.statements import Statement, statements

CODES = ("linter.text-disagrees",)
HUNDRED = Decimal(100)
NEAR_SHARE = Decimal("0.1")
NEAR_POINTS = Decimal(5)
STYLES: tuple[Style, ...] = ("en", "ro")
LONGEST_QUOTE = 140
_TOTAL = re.compile(r"total|overall|ansamblu", re.IGNORECASE)


@dataclass(frozen=True)
class Given:
    """What the tables give for a statement: a value, and the cells it comes from."""

    value: Interval
    cells: tuple[Cell, ...]


def find(contract: Contract) -> Iterable[LintFinding]:
    """Sentences whose number is close to a table's and yet another."""
    said = statements(contract.document.passages)
    if not said:
        return
    known = _Known(contract)
    seen: set[tuple[str, str]] = set()
    for each in said:
        given = known.given(each)
        if not given or known.printed(each) or (each.about, each.amount.body) in seen:
            continue
        if any(_agrees(each, one) for one in given):
            continue
        near = given[:1] if known.sure(each) and _near(each, given[0]) else []
        meant = next((one for one in given if _one_slip(each, one)), None)
        if meant is not None or near:
            seen.add((each.about, each.amount.body))
            yield _finding(each, meant or near[0])


def _agrees(statement: Statement, given: Given) -> bool:
    readings = [statement.interval(style) for style in STYLES]
    return any(each is not None and each.meets(given.value) for each in readings)


def _near(statement: Statement, given: Given) -> bool:
    """Whether a number is so close to the one given that it can hardly be another quantity."""
    middle = given.value.middle
    percent = statement.amount.unit.quantity == "percent"
    room = NEAR_POINTS if percent else middle * NEAR_SHARE
    return any(
        abs(abs(number.value) * statement.amount.unit.size - middle) <= room
        for number in _numbers(statement)
    )


def _one_slip(statement: Statement, given: Given) -> bool:
    """Whether one digit, or two exchanged ones, make the number the one given."""
    size = statement.amount.unit.size
    return any(
        given.value.widened(Decimal(0), number.half * size).holds(changed * size)
        for number in _numbers(statement)
        for _, changed in changes(abs(number.value), number.decimals)
    )


def _numbers(statement: Statement) -> list[Number]:
    """The number of a statement in every style it can be read in; none where it is hedged."""
    readings = [statement.amount.number(style) for style in STYLES]
    return [each for each in readings if each is not None and not statement.hedged]


def _finding(statement: Statement, given: Given) -> LintFinding:
    size = statement.amount.unit.size
    readings = [each for style in STYLES if (each := statement.amount.number(style)) is not None]
    number = min(readings, key=lambda each: abs(abs(each.value) * size - given.value.middle))
    quote = statement.text
    return LintFinding(
        "linter.text-disagrees",
        "warning",
        given.cells[0].name.table,
        named(given.cells),
        params={
            "place": statement.place or "-",
            "said": f"{statement.amount.body} {statement.amount.unit.text}",
            "given": Shown(given.value.middle / size, number.decimals),
            "unit": statement.amount.unit.text,
            "quote": quote if len(quote) <= LONGEST_QUOTE else f"{quote[:LONGEST_QUOTE]}…",
        },
    )


class _Known:
    """What the tables of a contract say that a sentence may repeat."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract

    def sure(self, statement: Statement) -> bool:
        """Whether a statement is plainly of the tables' own quantity: other years, and what is
        not called a total, may be counted by another boundary."""
        if statement.about == "gap" or statement.year not in (None, self.contract.base_year):
            return statement.about in ("residual", "reduction")
        return statement.about != "total" or bool(_TOTAL.search(statement.text))

    def given(self, statement: Statement) -> list[Given]:
        """All the tables give for what a statement is about, the likeliest first."""
        if statement.about == "residual":
            return [
                _cell(each.total)
                for each in self.contract.emissions
                if each.stage == "after_measures" and each.total is not None
            ]
        if statement.about == "reduction":
            return self._reductions(statement)
        if statement.about == "gap":
            return self._gaps
        base = self._base(statement.year)
        if statement.about == "total":
            return [_cell(each.total) for each in base if each.total is not None]
        own = [each for each in base if statement.sector in each.sectors]
        if statement.about == "sector":
            return [_cell(each.sectors[statement.sector]) for each in own]
        return [
            given
            for each in own
            if each.total is not None
            and (given := _share(each.sectors[statement.sector], each.total)) is not None
        ]

    @cached_property
    def _gaps(self) -> list[Given]:
        """The gap of the whole city."""
        found: list[Given] = []
        for grid in self.contract.of_kind("emission_gap"):
            column, total = grid.by_role("gap"), grid.total
            if column is not None and total is not None and grid.cell(total, column).given:
                cell = grid.cell(total, column)
                sign = reduction_sign(grid.cells(column))
                found.append(Given(cell.interval.scaled(Decimal(sign)), (cell,)))
        return found

    def _base(self, year: int | None) -> list[EmissionSeries]:
        """The series of the year a statement is of, of the base year where it says none."""
        wanted = year or self.contract.base_year
        return [
            each
            for each in self.contract.emissions
            if wanted is not None and each.year == wanted and each.stage in ("", "base")
        ]

    def _reductions(self, statement: Statement) -> list[Given]:
        number = statement.amount.number("en")
        round_aim = number is not None and not number.decimals and number.value % 5 == 0
        if round_aim or statement.year == self.contract.base_year:
            return []
        first = [each.total for each in self._base(None) if each.total is not None]
        left = [
            each.total
            for each in self.contract.emissions
            if each.stage == "after_measures"
            and each.total is not None
            and each.year in (None, statement.year)
        ]
        shares = [(share, one) for one in first for other in left if (share := _share(other, one))]
        return [
            Given(Interval(HUNDRED, HUNDRED) + -share.value, share.cells) for share, _ in shares
        ]

    def printed(self, statement: Statement) -> bool:
        """Whether the number stands in a table, or is a ratio of two of its numbers."""
        readings = [each for style in STYLES if (each := statement.interval(style)) is not None]
        values = self._amounts
        if statement.about == "total":
            values = [*values, *self._parts]
        if statement.amount.unit.quantity == "percent":
            shares = self._shares if statement.about == "share" else self._reached
            values = [*self._percentages, *shares]
        return any(each.holds(value) for each in readings for value in values)

    @cached_property
    def _amounts(self) -> list[Decimal]:
        grids = self.contract.of_kind("emissions", "emission_gap")
        cells = [cell for grid in grids for row in grid.rows for cell in row.cells]
        return [abs(cell.value) for cell in cells if cell.given]

    @cached_property
    def _parts(self) -> list[Decimal]:
        """The total of every series without one or two of its sectors, or without a scope."""
        found: list[Decimal] = []
        for series in self.contract.emissions:
            if series.total is None:
                continue
            sectors = [cell.value for cell in series.sectors.values()]
            by_scope: dict[str, Decimal] = {}
            for (_, scope), cell in series.scopes.items():
                by_scope[scope] = by_scope.get(scope, Decimal(0)) + cell.value
            pairs = [one + other for one, other in combinations(sectors, 2)]
            left = [*sectors, *pairs, *by_scope.values()]
            found += [series.total.value - each for each in left]
        return found

    @cached_property
    def _percentages(self) -> list[Decimal]:
        """The percentages that stand in tables."""
        return [
            abs(cell.value)
            for grid in self.contract.grids
            for column in grid.columns
            for cell in grid.cells(column)
            if cell.given and (column.percent or (cell.unit and cell.unit.quantity == "percent"))
        ]

    @cached_property
    def _shares(self) -> list[Decimal]:
        """The share of every sector, and of its scopes, in the total of every series."""
        return [
            HUNDRED * cell.value / series.total.value
            for series in self.contract.emissions
            if series.total is not None and series.total.value
            for cell in (*series.sectors.values(), *series.scopes.values())
        ]

    @cached_property
    def _reached(self) -> list[Decimal]:
        """The cut from the total of any series to that of any other."""
        totals = [each.total.value for each in self.contract.emissions if each.total is not None]
        return [HUNDRED - HUNDRED * other / one for one in totals if one for other in totals]


def _cell(cell: Cell) -> Given:
    return Given(cell.interval, (cell,))


def _share(part: Cell, whole: Cell) -> Given | None:
    value = part.interval.scaled(HUNDRED).divided(whole.interval)
    return None if value is None else Given(value, (part, whole))
