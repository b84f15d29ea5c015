"""How much a table found in a written document shows that its sums are meant as sums.

Nobody said of such a table which rows a total counts or how its numbers were rounded. So a sum that
fails is believed only where others of the same table hold, or where its parts are plainly the
sectors and one small slip, or a small amount, is all that is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, product

from vatra.linter.equations import Equation
from vatra.linter.grid import Cell
from vatra.linter.intervals import ZERO
from vatra.linter.repairs import mending
from vatra.tables import Severity

TEN = Decimal(10)
NEAR_SHARE = Decimal("0.05")
FEWEST_TELLING_PARTS = 3
FEWEST_HELD = 2
MOST_EXCHANGED = 4


def believed(found: Sequence[Equation], plain: bool, crossing: int = 0) -> list[Equation]:
    """Of the sums of one table, those that hold and those whose failure says something.

    ``plain``: whether rows or columns are by name the parts of their total; ``crossing``: how many
    sums of the table in the other direction hold and tell.
    """
    found = [each for each in found if each.holds({}) or not _one_cell_spread(each)]
    held = [each for each in found if each.holds({})]
    exact = len(held) >= FEWEST_HELD and all(deviation(each) == 0 for each in held)
    wide = [each if exact or each.holds({}) else loosened(each) for each in found]
    failing = [each for each in wide if not each.holds({})]
    kept = [each for each in wide if each.holds({})]
    telling = sum(tells(each) for each in kept)
    if plain and telling >= FEWEST_HELD and telling >= 2 * len(failing):
        return [*kept, *failing]
    # A column of averages fails by far; it says nothing against the sums beside it.
    exchanged = _exchanged(failing)
    near = [each for each in failing if each in exchanged or slip_like(each)]
    support = telling + (crossing if telling else 0)
    if support >= FEWEST_HELD and support >= 2 * len(near) and len(near) <= 2 * telling:
        severity: Severity = "error" if exact else "warning"
        return [*kept, *(replace(each, severity=severity) for each in near)]
    if not plain:
        return kept
    if not telling and len(failing) >= 2:
        return kept  # Nothing adds up: a row or a column of the table is missing here.
    enough = telling and telling >= len(failing)
    doubted = [each for each in failing if enough or slip_like(each)]
    return [*kept, *(replace(each, severity="warning") for each in doubted)]


def _exchanged(failing: Sequence[Equation]) -> list[Equation]:
    """Sums that fail because two of them have a number of each other, from the same line."""
    if len(failing) > MOST_EXCHANGED:
        return []
    found: list[Equation] = []
    for one, other in combinations(failing, 2):
        apart = abs(deviation(one) + deviation(other))
        pairs = _same_line(one, other) if apart <= _room(one) + _room(other) else ()
        if any(_mended_by(one, left, other, right) for left, right in pairs):
            found += [one, other]
    return found


def _same_line(one: Equation, other: Equation) -> Iterator[tuple[Cell, Cell]]:
    for left, right in product(one.cells, other.cells):
        same = left.name.column == right.name.column or left.name.row == right.name.row
        if same and left is not right and left.value != right.value:
            yield left, right


def _mended_by(one: Equation, left: Cell, other: Equation, right: Cell) -> bool:
    return one.holds({left: right.value}) and other.holds({right: left.value})


def _room(equation: Equation) -> Decimal:
    return sum((cell.interval.high - cell.value for cell in equation.cells), ZERO)


def _one_cell_spread(equation: Equation) -> bool:
    """Whether all numbers are the same: a merged cell that a converter wrote into each column."""
    values = {cell.value for cell in equation.cells}
    return len(values) == 1 and len(equation.parts) > 1


def deviation(equation: Equation) -> Decimal:
    """What the printed result misses, canonical units."""
    value = equation.value({})
    return ZERO if value is None else equation.result.value - value


def tells(equation: Equation) -> bool:
    """Whether a sum that holds could hardly do so by chance."""
    parts = [term.cells[0] for term in equation.parts if term.cells]
    nonzero = sum(bool(cell.value) for cell in parts)
    return nonzero >= FEWEST_TELLING_PARTS or (nonzero == 2 and _digits(equation.result) >= 3)


def slip_like(equation: Equation) -> bool:
    """Whether little is missing, or one small slip in one cell explains all of it."""
    value = equation.value({})
    if value is None or len(equation.parts) < 2:
        return False
    if abs(deviation(equation)) <= abs(value) * NEAR_SHARE:
        return True
    long = [cell.value for cell in equation.cells if _digits(cell) >= 3]
    if len(set(long)) < len(long):
        return True  # One number stands in two of its cells: it may have been copied.
    for cell in equation.cells:
        wanted = equation.solve(cell, {})
        if wanted is not None and _length(cell) >= 3 and mending(cell, wanted) is not None:
            return True
    return False


def loosened(equation: Equation) -> Equation:
    """The same sum for numbers that were cut instead of rounded, or rounded further than shown."""
    parts = [term.cells[0] for term in equation.parts if term.cells]
    nonzero = [cell for cell in parts if cell.value]
    shared = min((_zeros(cell) for cell in nonzero), default=0) if len(nonzero) > 2 else 0
    halves = {cell: _half(cell, shared) for cell in parts}
    result = equation.result
    halves[result] = _half(result, max(shared, _zeros(result) if _digits(result) > 1 else 0))
    return replace(equation, halves={**halves, **equation.halves})


def _half(cell: Cell, zeros: int) -> Decimal:
    assert cell.number is not None
    half = cell.number.half
    return max(2 * half, half * TEN**zeros) * abs(cell.size)


def _zeros(cell: Cell) -> int:
    """How many zeros a whole number ends in."""
    assert cell.number is not None
    digits = str(int(abs(cell.number.value)))
    whole = cell.number.decimals == 0 and cell.number.value
    return len(digits) - len(digits.rstrip("0")) if whole else 0


def _digits(cell: Cell) -> int:
    """How many digits a number has without the zeros at its ends."""
    assert cell.number is not None
    return len(str(abs(cell.number.value)).replace(".", "").strip("0"))


def _length(cell: Cell) -> int:
    """How many digits a number is printed with."""
    assert cell.number is not None
    return len(f"{abs(cell.number.value):.{cell.number.decimals}f}".replace(".", "").lstrip("0"))


def telling_count(found: Sequence[Equation]) -> int:
    """How many sums hold and could hardly do so by chance."""
    return sum(each.holds({}) and tells(each) for each in found)
