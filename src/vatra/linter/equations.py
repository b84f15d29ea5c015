"""What must hold between printed cells, and what a cell would have to be for it to hold.

Every identity of a contract's tables is a sum of products of cells that must be zero: a total, a
difference, a percentage (``share * whole - 100 * part``), a cost per tonne, energy times factor.
It is linear in each single cell, so the value that would mend it follows from the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from vatra.linter.findings import Calculation, Shown
from vatra.linter.grid import Cell
from vatra.linter.intervals import ZERO, Interval
from vatra.tables import Severity

ONE = Decimal(1)
Values = Mapping[Cell, Decimal]


@dataclass(frozen=True, eq=False)
class Term:
    """A product of cells with a coefficient."""

    coefficient: Decimal
    cells: tuple[Cell, ...]


def _at_most(printed: Interval, expected: Interval) -> bool:
    """Whether the first is no larger, both counted away from zero in the sense of the first."""
    if printed.middle < 0:
        return printed.high >= expected.low
    return printed.low <= expected.high


@dataclass(frozen=True, eq=False)
class Equation:
    """An identity between cells.

    ``result`` the printed cell that the others give; ``parts`` the terms it is made of: their sum,
    divided by ``divisor`` where there is one. ``slack_share`` and ``slack`` are allowances beyond
    the printed rounding; ``halves`` replaces the printed half step of a cell (canonical units).
    ``relation`` "equal", "at_most" or "at_least" when the result may be smaller or larger than its
    parts give.
    ``parts_may_be_missing``: a blank part may hide a difference of the right sign.
    """

    code: str
    severity: Severity
    result: Cell
    parts: tuple[Term, ...]
    divisor: Cell | None = None
    slack_share: Decimal = Decimal(0)
    slack: Decimal = Decimal(0)
    halves: Mapping[Cell, Decimal] = field(default_factory=dict)
    relation: Literal["equal", "at_most", "at_least"] = "equal"
    blanks: tuple[Cell, ...] = ()
    confidential: bool = False
    params: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """All cells, the result first, each once."""
        found = [self.result, *(cell for term in self.parts for cell in term.cells)]
        if self.divisor is not None:
            found.append(self.divisor)
        return tuple(dict.fromkeys(found))

    def _interval(self, cell: Cell, values: Values) -> Interval:
        middle = values.get(cell, cell.value)
        half = self.halves.get(cell)
        if half is None:
            printed = cell.interval
            half = (printed.high - printed.low) / 2
        return Interval.around(middle, half)

    @cached_property
    def _printed_sum(self) -> tuple[Decimal, Decimal] | None:
        """Middle and half width of a plain sum of printed cells; None when it is no plain sum."""
        if any(len(term.cells) != 1 for term in self.parts):
            return None
        middle = sum((term.coefficient * term.cells[0].value for term in self.parts), ZERO)
        return middle, sum((self._term_half(term) for term in self.parts), ZERO)

    def _term_half(self, term: Term) -> Decimal:
        own = self._interval(term.cells[0], {})
        return abs(term.coefficient) * (own.high - own.low) / 2

    @cached_property
    def _term_of(self) -> Mapping[Cell, Term]:
        return {cell: term for term in self.parts for cell in term.cells}

    def _sum(self, values: Values, without: Cell | None = None) -> Interval:
        if self._printed_sum is not None and self._term_of.keys().isdisjoint(values):
            middle, half = self._printed_sum
            if without is not None:
                own = self._term_of[without]
                middle -= own.coefficient * without.value
                half -= self._term_half(own)
            return Interval.around(middle, half)
        total = Interval(ZERO, ZERO)
        for term in self.parts:
            if without is not None and without in term.cells:
                continue
            product = Interval(term.coefficient, term.coefficient)
            for cell in term.cells:
                product = product * self._interval(cell, values)
            total = total + product
        return total

    def expected(self, values: Values) -> Interval | None:
        """The interval the result must lie in; None when nothing can be said."""
        total = self._sum(values)
        if self.divisor is not None:
            divided = total.divided(self._interval(self.divisor, values))
            return None if divided is None else divided.widened(self.slack_share, self.slack)
        return total.widened(self.slack_share, self.slack)

    def value(self, values: Values) -> Decimal | None:
        """The result as the printed numbers give it, without rounding."""
        total = Decimal(0)
        for term in self.parts:
            product = term.coefficient
            for cell in term.cells:
                product *= values.get(cell, cell.value)
            total += product
        if self.divisor is None:
            return total
        below = values.get(self.divisor, self.divisor.value)
        return total / below if below else None

    def holds(self, values: Values) -> bool:
        """Whether the printed numbers agree within their rounding."""
        expected = self.expected(values)
        if expected is None:
            return True
        printed = self._interval(self.result, values)
        if self.relation == "at_most" and _at_most(printed, expected):
            return True
        if self.relation == "at_least" and printed.high >= expected.low:
            return True
        if self.confidential and self._hidden_part(expected, printed):
            return True
        return expected.meets(printed)

    def _hidden_part(self, expected: Interval, printed: Interval) -> bool:
        """Whether a part that is kept secret can be what is missing."""
        return expected.low < printed.high if printed.middle >= 0 else expected.high > printed.low

    def solve(self, cell: Cell, values: Values) -> Interval | None:
        """The interval ``cell`` must lie in for the identity to hold; None when undetermined."""
        if cell is self.result:
            return self.expected(values)
        result = self._interval(self.result, values).widened(self.slack_share, self.slack)
        if cell is self.divisor and cell in self._term_of:
            return None
        if cell is self.divisor:
            return self._sum(values).divided(result)
        term = self._term_of[cell]
        if term.cells.count(cell) != 1 or cell in self._repeated or self.result in term.cells:
            return None
        wanted = result if self.divisor is None else result * self._interval(self.divisor, values)
        rest = wanted + -self._sum(values, without=cell)
        cofactor = Interval(term.coefficient, term.coefficient)
        for other in term.cells:
            if other is not cell:
                cofactor = cofactor * self._interval(other, values)
        return rest.divided(cofactor)

    @cached_property
    def _repeated(self) -> frozenset[Cell]:
        """Cells that stand in several terms, such as one factor for two uses."""
        count = Counter(cell for term in self.parts for cell in set(term.cells))
        return frozenset(cell for cell, times in count.items() if times > 1)

    # how it is shown

    def calculation(self) -> Calculation:
        """The arithmetic as a person would write it beside the table."""
        common = self._common_size()
        tokens: list[Shown | str] = []
        for place, term in enumerate(self.parts):
            tokens += self._term(term, common, first=place == 0)
        if self.divisor is not None:
            if len(self.parts) > 1:
                tokens = ["(", *tokens, ")"]
            tokens += [" / ", self._shown(self.divisor, common)]
        value = self.value({})
        decimals = self._decimals(common)
        size = self.result.size if common else ONE
        expected = Decimal(0) if value is None else value / size
        word = "@linter.word-needed" if self.relation == "at_most" else "@linter.word-printed"
        printed = self._shown(self.result, common)
        tokens += [" = ", Shown(expected, decimals), ", ", word, " ", printed]
        return Calculation(tuple(tokens))

    def _common_size(self) -> bool:
        """Whether the parts of a plain sum are printed in the unit of the result."""
        if self.divisor is not None or any(len(term.cells) != 1 for term in self.parts):
            return all(cell.size == ONE for cell in self.cells)
        return len({cell.size for cell in self.cells}) == 1

    def _shown(self, cell: Cell, common: bool) -> Shown:
        if common or cell.size == ONE:
            return cell.shown
        value = cell.value.normalize()
        exponent = value.as_tuple().exponent
        return Shown(value, min(6, max(0, -exponent if isinstance(exponent, int) else 0)))

    def _term(self, term: Term, common: bool, first: bool) -> list[Shown | str]:
        coefficient = term.coefficient
        shown = [self._shown(cell, common) for cell in term.cells]
        if abs(coefficient) != ONE:
            shown.insert(0, Shown(abs(coefficient), 0))
        if shown and shown[-1].value < 0 and len(shown) == 1:
            shown[0], coefficient = Shown(-shown[0].value, shown[0].decimals), -coefficient
        sign = ("−" if first else " − ") if coefficient < 0 else ("" if first else " + ")
        tokens: list[Shown | str] = [sign] if sign else []
        for place, each in enumerate(shown):
            tokens += [" × ", each] if place else [each]
        return tokens

    def _decimals(self, common: bool) -> int:
        assert self.result.number is not None
        if common or self.result.size == ONE:
            return self.result.number.decimals
        return self._shown(self.result, common).decimals
