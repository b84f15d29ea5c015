"""A total column is the sum of the columns it belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from vatra.linter.contract import Contract
from vatra.linter.equations import Equation, Term
from vatra.linter.evidence import believed, deviation, telling_count
from vatra.linter.findings import LintFinding
from vatra.linter.grid import Column, Grid, named
from vatra.linter.row_readings import best_row_equations, is_total, row_equations, row_readings
from vatra.linter.rules.column_sums import column_equations

CODES = ("linter.row-sum", "linter.unit-step")
STEPS = (Decimal(1000), Decimal(1) / 1000)


def equations(contract: Contract) -> Iterable[Equation]:
    """One identity per row for every total column."""
    for grid in contract.grids:
        if grid.kind == "factors":
            continue
        for total in grid.columns:
            if is_total(grid, total) and not list(_unit_step(grid, total)):
                yield from _of_column(grid, total)


def find(contract: Contract) -> Iterable[LintFinding]:
    """Total columns that would add up in every row if they were in another unit."""
    for grid in contract.grids:
        for total in grid.columns if grid.kind != "factors" else ():
            if is_total(grid, total):
                yield from _unit_step(grid, total)


def _unit_step(grid: Grid, total: Column) -> Iterable[LintFinding]:
    for parts, explicit in row_readings(grid, total):
        found = row_equations(grid, total, parts)
        for step in STEPS if explicit or len(found) > 2 else ():
            stepped = [_stepped(each, step) for each in found]
            nonzero = all(each.result.value for each in found)
            if len(found) >= 2 and nonzero and all(each.holds({}) for each in stepped):
                yield LintFinding(
                    "linter.unit-step",
                    "warning",
                    grid.id,
                    named(each.result for each in found),
                    found[0].calculation(),
                    params={"result_column": total.heading},
                )
                return


def _stepped(equation: Equation, step: Decimal) -> Equation:
    terms = tuple(Term(term.coefficient * step, term.cells) for term in equation.parts)
    return replace(equation, parts=terms)


def _of_column(grid: Grid, total: Column) -> list[Equation]:
    if grid.found:
        return _of_found_column(grid, total)
    best: list[Equation] = []
    best_held, best_explicit = -1, False
    for parts, explicit in row_readings(grid, total):
        said = row_equations(grid, total, parts)
        held = sum(each.holds({}) for each in said)
        if held > best_held:
            best, best_held, best_explicit = said, held, explicit
    failing = len(best) - best_held
    if best_held:
        return best if best_explicit or failing <= 1 or 2 * best_held >= len(best) else []
    return best if best_explicit and len(best) <= 2 else []


def _of_found_column(grid: Grid, total: Column) -> list[Equation]:
    """The reading of a found table's total column under which most rows add up, if believed."""
    best, plain = best_row_equations(grid, total)
    said = believed(best, plain, crossing=telling_count(column_equations(grid)))
    hidden = _hidden_scope_3(grid, said)
    aside = [
        each
        for each in said
        if not each.holds({}) and (each in hidden or _without_scope_3(grid, each))
    ]
    # Where some rows leave scope 3 aside, the total row mixes both ways of counting.
    sums = {cell for row in grid.rows if row.sums and aside for cell in row.cells}
    return [
        each for each in said if each.holds({}) or (each not in aside and each.result not in sums)
    ]


def _hidden_scope_3(grid: Grid, said: list[Equation]) -> list[Equation]:
    """Rows of sectors with much scope 3 whose total is larger than the scopes 1 and 2 shown."""
    if {column.says.scope for column in grid.columns} & {"3", "many"}:
        return []
    sectors = {cell: row.says.sector for row in grid.rows for cell in row.cells}
    failing = [each for each in said if not each.holds({})]
    totals = [each for each in failing if not sectors[each.result]]
    return [
        each
        for each in failing
        if totals and sectors[each.result] in ("waste", "transport") and deviation(each) > 0
    ]


def _without_scope_3(grid: Grid, equation: Equation) -> bool:
    """Whether a total that fails holds when the scope 3 printed beside it is not counted."""
    third = {column.heading for column in grid.columns if column.says.scope == "3"}
    kept = tuple(term for term in equation.parts if term.cells[0].name.column not in third)
    return len(kept) < len(equation.parts) and replace(equation, parts=kept).holds({})
