"""Every sector of two inventory years in the same ratio: one year was scaled, not counted."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import combinations

from vatra.linter.contract import Contract, EmissionSeries
from vatra.linter.findings import Calculation, LintFinding, Shown
from vatra.linter.grid import Cell, named
from vatra.linter.intervals import Interval

CODES = ("linter.back-cast",)
FEWEST_SECTORS = 4
SHORTEST_DIGITS = 4


def find(contract: Contract) -> Iterable[LintFinding]:
    """Pairs of counted years whose sectors all share one ratio."""
    last = contract.base_year
    series = [
        each
        for each in contract.emissions
        if each.year is not None and each.stage in ("", "base") and last and each.year <= last
    ]
    for first, second in combinations(series, 2):
        if first.year != second.year:
            yield from _of_pair(first, second)


def _of_pair(first: EmissionSeries, second: EmissionSeries) -> Iterable[LintFinding]:
    pairs = [
        (cell, second.sectors[sector])
        for sector, cell in first.sectors.items()
        if sector in second.sectors and _long(cell) and _long(second.sectors[sector])
    ]
    if len(pairs) < FEWEST_SECTORS:
        return
    shared: Interval | None = None
    for above, below in pairs:
        ratio = above.interval.divided(below.interval)
        if ratio is None:
            return
        shared = ratio if shared is None else shared.common(ratio)
        if shared is None:
            return
    assert shared is not None
    if shared.holds(Decimal(1)):
        return
    above, below = pairs[0]
    tokens = (above.shown, " / ", below.shown, " = ", Shown(shared.middle, 4))
    yield LintFinding(
        "linter.back-cast",
        "note",
        first.grid.id,
        named(cell for pair in pairs for cell in pair),
        Calculation(tokens),
        params={"first": str(first.year), "second": str(second.year)},
    )


def _long(cell: Cell) -> bool:
    """Whether a number has enough digits for a shared ratio to be no accident."""
    assert cell.number is not None
    return len(cell.number.value.as_tuple().digits) >= SHORTEST_DIGITS
