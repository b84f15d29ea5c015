"""The small changes that turn one printed number into another."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from vatra.linter.findings import RepairKind
from vatra.linter.grid import Cell
from vatra.linter.intervals import Interval

UNIT_STEPS = (Decimal(10), Decimal(100), Decimal(1000), Decimal(1000000))


def edits(cell: Cell) -> Iterator[tuple[RepairKind, Decimal]]:
    """All numbers one slip away from the printed one, in the unit of the cell."""
    assert cell.number is not None
    printed = cell.number.value
    yield from changes(printed, cell.number.decimals)
    if printed:
        yield "sign", -printed
        for step in UNIT_STEPS:
            yield "unit", printed * step
            yield "unit", printed / step


def changes(printed: Decimal, decimals: int) -> Iterator[tuple[RepairKind, Decimal]]:
    """All numbers one digit, or two exchanged neighbours, away from a printed one."""
    digits = f"{abs(printed):.{decimals}f}"
    sign = -1 if printed < 0 else 1
    for changed in _digit_changes(digits):
        yield "digit", sign * Decimal(changed)
    for changed in _transpositions(digits):
        yield "transposition", sign * Decimal(changed)


def _digit_changes(digits: str) -> Iterator[str]:
    for place, old in enumerate(digits):
        if old == ".":
            continue
        for new in "0123456789":
            if new != old and not (place == 0 and new == "0" and len(digits) > 1):
                yield digits[:place] + new + digits[place + 1 :]


def _transpositions(digits: str) -> Iterator[str]:
    places = [place for place, sign in enumerate(digits) if sign != "."]
    for left, right in pairwise(places):
        if digits[left] != digits[right] and not (left == 0 and digits[right] == "0"):
            signs = list(digits)
            signs[left], signs[right] = signs[right], signs[left]
            yield "".join(signs)


def mending(cell: Cell, wanted: Interval) -> tuple[RepairKind, Decimal] | None:
    """The one small change that brings a cell into ``wanted`` (canonical units), if only one does.

    Where the rounding of the other cells leaves room for several, only the one that makes the
    printed numbers meet exactly, or as they would be rounded, counts.
    """
    found: dict[Decimal, RepairKind] = {}
    for kind, value in edits(cell):
        if wanted.holds(value * cell.size):
            found.setdefault(value, kind)
    if not found:
        return None
    if len(found) > 1:
        assert cell.number is not None
        middle = wanted.middle / cell.size
        near = {value: kind for value, kind in found.items() if value == middle}
        rounded = round(middle, cell.number.decimals)
        found = near or {value: kind for value, kind in found.items() if value == rounded}
    if len(found) != 1:
        return None
    value, kind = next(iter(found.items()))
    return kind, value
