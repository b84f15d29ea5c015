"""The same emissions or energy printed in two tables are the same number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import combinations
from typing import TypeVar

from vatra.linter import headings
from vatra.linter.contract import Contract, EmissionSeries, EnergySeries
from vatra.linter.equations import Equation, Term
from vatra.linter.evidence import deviation
from vatra.linter.findings import LintFinding
from vatra.linter.grid import Cell, named

Key = TypeVar("Key", str, tuple[str, str])

CODES = ("linter.tables-disagree", "linter.tables-unit")
THOUSAND = Decimal(1000)
FEWEST_STEPPED = 3
Pair = tuple[Cell, Cell]


def equations(contract: Contract) -> Iterable[Equation]:
    """One identity per figure that two tables print for the same sector, year and stage."""
    for pairs, total in _compared(contract):
        if _stepped(pairs):
            continue
        said = [_identity(*pair) for pair in pairs]
        known = [each for each in said if not _other_boundary(contract, each)]
        whole = None if total is None else _identity(*total)
        if whole is not None and (len(known) < len(said) or _other_boundary(contract, whole)):
            whole = None
        yield from _sure(known, whole)


def find(contract: Contract) -> Iterable[LintFinding]:
    """Pairs of tables whose every figure differs a thousandfold: one has another unit."""
    seen: set[tuple[str, str]] = set()
    for pairs, _ in _compared(contract):
        if not _stepped(pairs):
            continue
        first, second = pairs[0]
        names = (first.name.table, second.name.table)
        if names not in seen:
            seen.add(names)
            yield LintFinding(
                "linter.tables-unit",
                "warning",
                names[1],
                named([second, first]),
                _identity(first, second).calculation(),
                params={"other": names[0]},
            )


def _compared(contract: Contract) -> Iterable[tuple[list[Pair], Pair | None]]:
    """What two tables both print: the pairs of cells, and the pair of their totals."""
    for first, second in combinations(contract.emissions, 2):
        if first.grid is not second.grid and _same(contract, first, second):
            whole = (first.total, second.total)
            total = (whole[0], whole[1]) if whole[0] and whole[1] else None
            yield _pairs(first.sectors, second.sectors), total
    for one, other in combinations(contract.energy, 2):
        if one.grid is not other.grid and _same(contract, one, other):
            yield _pairs(_figures(one), _figures(other)), None


def _figures(series: EnergySeries) -> dict[tuple[str, str], Cell]:
    """The energy of a table by sector and carrier, sums of a sector under no carrier."""
    found = {key: cells[0] for key, cells in series.uses.items() if len(cells) == 1 and all(key)}
    return found | {(sector, ""): cell for sector, cell in series.sector_totals.items() if sector}


def _same(
    contract: Contract, first: EmissionSeries | EnergySeries, second: EmissionSeries | EnergySeries
) -> bool:
    stages = {_stage(contract, each) for each in (first, second)}
    years = {each.year for each in (first, second)} - {None}
    return len(stages) == 1 and "" not in stages and len(years) <= 1


def _stage(contract: Contract, series: EmissionSeries | EnergySeries) -> str:
    if not series.stage and series.year is not None and series.year == contract.base_year:
        return "base"
    return series.stage


def _pairs(first: Mapping[Key, Cell], second: Mapping[Key, Cell]) -> list[Pair]:
    return [(cell, second[key]) for key, cell in first.items() if key in second]


def _identity(cell: Cell, other: Cell) -> Equation:
    return Equation(
        "linter.tables-disagree",
        "warning",
        other,
        (Term(Decimal(1), (cell,)),),
        params={"other": cell.name.table},
    )


def _other_boundary(contract: Contract, equation: Equation) -> bool:
    """Whether two tables differ by an amount one of them prints: a scope or sector left aside."""
    if equation.holds({}) or not any(grid.found for grid in contract.grids):
        return False
    if _scope_3_beyond(contract, equation):
        return True
    missing = abs(deviation(equation))
    row = equation.result.name.row
    says = headings.read(row)
    room = sum((cell.interval.high - cell.value for cell in equation.cells), Decimal(0))
    return any(
        cell.given and cell.value and abs(abs(cell.value) - missing) <= 2 * room
        for grid in contract.of_kind("emissions", "emission_gap")
        for each in grid.rows
        for cell in each.cells
        if says.total or each.says.sector == says.sector
    )


def _scope_3_beyond(contract: Contract, equation: Equation) -> bool:
    """Whether the smaller number is of a table that shows scopes and no scope 3."""
    cells = [equation.result, *(cell for term in equation.parts for cell in term.cells)]
    smaller = min(cells, key=lambda cell: abs(cell.value))
    scopes = {
        column.says.scope
        for grid in contract.grids
        if grid.id == smaller.name.table
        for column in grid.columns
    }
    return bool(scopes & {"1", "2"}) and "3" not in scopes


def _stepped(pairs: list[Pair]) -> bool:
    """Whether every figure of one table is a thousand times that of the other, units as said."""
    if any(cell.unit is None for pair in pairs for cell in pair):
        return False
    told = [(cell, other) for cell, other in pairs if cell.value and other.value]
    if len(told) < FEWEST_STEPPED:
        return False
    return any(
        all(cell.interval.scaled(step).meets(other.interval) for cell, other in told)
        for step in (THOUSAND, 1 / THOUSAND)
    )


def _sure(found: list[Equation], total: Equation | None) -> list[Equation]:
    """Two tables of one city with another boundary differ everywhere; a slip differs once.

    A total that differs by just what its sectors differ is no slip of its own.
    """
    failing = [each for each in found if not each.holds({})]
    if total is not None and not _follows(total, failing):
        found = [*found, total]
        failing += [] if total.holds({}) else [total]
    held = len(found) - len(failing)
    return found if held >= 2 and len(failing) <= max(1, len(found) // 4) else []


def _follows(total: Equation, failing: list[Equation]) -> bool:
    missed = sum((deviation(each) for each in failing), Decimal(0))
    room = sum((each.result.interval.high - each.result.value for each in failing), Decimal(0))
    allowed = 2 * room + 2 * (total.result.interval.high - total.result.value)
    return bool(failing) and abs(deviation(total) - missed) <= allowed
