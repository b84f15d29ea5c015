"""Cost per tonne = cost / tonnes.

Costs and tonnes are often printed rounded (``180,000,000``), so trailing zeros may be rounding.
Where half of a table's rows or more agree to the printed digit, the table is taken at its word;
else each number may stray by half of its last digit that is not zero, at most by a fiftieth.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from vatra.linter.contract import Contract
from vatra.linter.equations import Equation, Term
from vatra.linter.findings import LintFinding, Shown
from vatra.linter.grid import Cell, Column, Grid, Row, named
from vatra.linter.intervals import Interval
from vatra.linter.repairs import mending
from vatra.tables import Severity

CODES = ("linter.cost-per-tonne", "linter.cost-basis")
LARGEST_ROUNDING_SHARE = Decimal("0.02")
HALF = Decimal("0.5")
ONE = Decimal(1)
FEWEST_ROWS = 3
FEWEST_EXACT_ROWS = 2
# Steps a cost may be printed in when its unit is said nowhere: 1, thousands, millions.
POWERS = tuple(Decimal(10) ** power for power in (-3, -2, -1, 1, 2, 3))
STEPS = (ONE, Decimal(1000), Decimal(1000000))


def equations(contract: Contract) -> Iterable[Equation]:
    """One identity per row that prints a cost, tonnes and a cost per tonne."""
    for found in _tables(contract):
        if _basis(found) is None:
            yield from found


def find(contract: Contract) -> Iterable[LintFinding]:
    """Tables whose every cost per tonne is off by one and the same factor."""
    for found in _tables(contract):
        basis = _basis(found)
        if basis is not None:
            first = found[0]
            yield LintFinding(
                "linter.cost-basis",
                "warning",
                first.result.name.table,
                named(each.result for each in found),
                first.calculation(),
                params={"times": Shown(basis.normalize(), 0 if basis >= 10 else 2)},
            )


def _tables(contract: Contract) -> Iterable[list[Equation]]:
    for grid in contract.of_kind("measures"):
        cost, tonnes = _column(grid, "cost"), _column(grid, "tonnes")
        for column in grid.columns:
            if column.role == "cost_per_tonne" and cost is not None and tonnes is not None:
                yield _of_columns(grid, cost, tonnes, column)


def _basis(found: list[Equation]) -> Decimal | None:
    """The factor all rows are off by (years of a lifetime, a unit), None when they differ."""
    if len(found) < FEWEST_ROWS or any(each.holds({}) for each in found):
        return None
    shared: Interval | None = None
    for each in found:
        expected = each.expected({})
        ratio = expected.divided(each.result.interval) if expected is not None else None
        if ratio is None:
            return None
        shared = ratio if shared is None else shared.common(ratio)
        if shared is None:
            return None
    return shared.middle if shared is not None else None


def _column(grid: Grid, role: str) -> Column | None:
    columns = [each for each in grid.columns if each.role == role and not each.percent]
    plain = [each for each in columns if not each.says.sector] or columns
    totals = [each for each in plain if "total" in each.says.folded.split("_")]
    chosen = totals or plain
    return chosen[0] if chosen else None


def _of_columns(grid: Grid, cost: Column, tonnes: Column, result: Column) -> list[Equation]:
    rows = [
        row
        for row in grid.rows
        if all(grid.cell(row, each).given for each in (cost, tonnes, result))
        and grid.cell(row, tonnes).value
        and not row.says.memo
        and not (grid.found and row.sums)
    ]
    step = _step(grid, rows, cost, tonnes, result)
    exact = [_identity(grid, row, cost, tonnes, result, step, coarse=False) for row in rows]
    held = sum(each.holds({}) for each in exact)
    if held >= FEWEST_EXACT_ROWS and 2 * held >= len(exact):
        return exact
    wide = [_identity(grid, row, cost, tonnes, result, step, coarse=True) for row in rows]
    return _believed(wide) if grid.found else wide


def _believed(found: list[Equation]) -> list[Equation]:
    """In a written contract a third of the rows must show that costs are divided by these tonnes.

    Rows in two currencies, or of which none agrees, are counted in another way.
    """
    found = [each for each in found if _one_currency(each)]
    held = sum(each.holds({}) for each in found)
    if held == 1 and len(found) == 2:
        # One row that agrees says little: the other must show what slipped.
        return [
            replace(each, severity="warning") for each in found if each.holds({}) or _slipped(each)
        ]
    if held < FEWEST_EXACT_ROWS or 3 * held < len(found):
        return found if _steps_of_ten(_basis(found)) else []
    severity: Severity = "error" if 2 * held >= len(found) else "warning"
    return [replace(each, severity=severity) for each in found]


def _slipped(equation: Equation) -> bool:
    """Whether a power of ten, or one exact change of a digit, explains a cost per tonne."""
    value = equation.value({})
    if not value or not equation.result.value:
        return False
    ratio = equation.result.value / value
    if any(abs(ratio / step - 1) < LARGEST_ROUNDING_SHARE for step in POWERS):
        return True
    exact = replace(equation, halves={})
    solved = ((cell, exact.solve(cell, {})) for cell in exact.cells)
    return any(wanted is not None and mending(cell, wanted) for cell, wanted in solved)


def _one_currency(equation: Equation) -> bool:
    said = {cell.unit.currency for cell in equation.cells if cell.unit and cell.unit.currency}
    return len(said) <= 1


def _steps_of_ten(basis: Decimal | None) -> bool:
    """Whether a shared factor is a step of units rather than the years of a lifetime."""
    return basis is not None and any(
        abs(basis / step - 1) < LARGEST_ROUNDING_SHARE for step in (*STEPS[1:], 1 / STEPS[1])
    )


def _step(grid: Grid, rows: list[Row], cost: Column, tonnes: Column, result: Column) -> Decimal:
    """The size of the cost's unit where none is said: the one most rows agree with."""
    if cost.unit is not None:
        return ONE
    best, best_held = ONE, 0
    for step in STEPS:
        found = [_identity(grid, row, cost, tonnes, result, step, coarse=True) for row in rows]
        held = sum(each.holds({}) for each in found)
        if held > best_held:
            best, best_held = step, held
    return best


def _identity(
    grid: Grid, row: Row, cost: Column, tonnes: Column, result: Column, step: Decimal, coarse: bool
) -> Equation:
    amount, mass, printed = (grid.cell(row, each) for each in (cost, tonnes, result))
    sign = -ONE if amount.value * mass.value * printed.value < 0 else ONE
    return Equation(
        "linter.cost-per-tonne",
        "error",
        printed,
        (Term(step * sign, (amount,)),),
        divisor=mass,
        halves={cell: _coarse(cell) for cell in (amount, mass, printed)} if coarse else {},
    )


def _coarse(cell: Cell) -> Decimal:
    """Half of the last digit that is not zero, at most a fiftieth; canonical units."""
    assert cell.number is not None
    printed, value = cell.number.half, abs(cell.number.value)
    if cell.number.decimals or not value:
        return printed * abs(cell.size)
    step = ONE
    while value % (step * 10) == 0:
        step *= 10
    return max(printed, min(step * HALF, value * LARGEST_ROUNDING_SHARE)) * abs(cell.size)
