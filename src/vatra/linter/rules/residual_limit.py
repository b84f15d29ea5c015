"""At most a fifth of the base year may remain, and the contract says which year that is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from vatra.linter.contract import Contract
from vatra.linter.findings import Calculation, LintFinding, Shown
from vatra.linter.grid import Cell, Column, Grid, Row, named
from vatra.linter.intervals import Interval
from vatra.linter.statements import speaks_of_a_base

CODES = ("linter.residual-limit", "linter.base-year-missing")
HUNDRED = Decimal(100)
_PAST_YEAR = re.compile(r"(?<!\d)(?:199\d|20[012]\d)(?!\d)")
FOUND_ALLOWANCE = Decimal("0.5")


def find(contract: Contract) -> Iterable[LintFinding]:
    """The residual share of every gap table against the limit, and the base year it needs."""
    tables = [grid for grid in contract.of_kind("emission_gap") if _residual(grid) is not None]
    # A few tables taken out of a document cannot say what the rest of it says.
    passages = contract.document.passages
    told = speaks_of_a_base(passages) if passages else all(grid.found for grid in tables)
    told = told or _year_printed(contract)
    if tables and not told and contract.base_year is None:
        residual = _residual(tables[0])
        assert residual is not None
        cells = named(cell for cell in tables[0].cells(residual) if cell.given)
        yield LintFinding("linter.base-year-missing", "warning", tables[0].id, cells)
    for grid in tables:
        yield from _over_limit(contract, grid)


def _year_printed(contract: Contract) -> bool:
    """Whether a found table says in any of its words which past year it is of."""
    texts = [
        text
        for grid in contract.grids
        if grid.found and grid.kind not in ("measures", "costs")
        for text in (grid.table.title, *grid.table.columns, *(row.label for row in grid.rows))
    ]
    return any(_PAST_YEAR.search(text) for text in texts)


def _residual(grid: Grid) -> Column | None:
    return grid.by_role("residual") or grid.by_role("residual", percent=True)


def _over_limit(contract: Contract, grid: Grid) -> Iterable[LintFinding]:
    limit = Decimal(str(contract.document.residual_limit_percent))
    share, cells, tokens = _share(contract, grid)
    # Sectors that each keep just the limit may together round to a little more.
    if share is None or share.low <= limit + (FOUND_ALLOWANCE if grid.found else 0):
        return
    yield LintFinding(
        "linter.residual-limit",
        "warning" if grid.found else "error",
        grid.id,
        named(cells),
        Calculation(tuple(tokens)),
        params={
            "share": Shown(share.middle, 2),
            "limit": Shown(limit, _decimals(limit)),
            "year": str(contract.base_year or "?"),
        },
    )


def _share(contract: Contract, grid: Grid) -> tuple[Interval | None, list[Cell], list[Shown | str]]:
    """The residual share in per cent, the cells it rests on and how it is shown."""
    residual, base = grid.by_role("residual"), grid.by_role("baseline")
    rows = [grid.total] if grid.total is not None else _sector_rows(grid)
    if residual is not None and base is not None:
        above = [grid.cell(row, residual) for row in rows]
        below = [grid.cell(row, base) for row in rows]
        if all(cell.given for cell in [*above, *below]):
            return _divided(contract, above, below)
    percent = grid.by_role("residual", percent=True)
    if percent is not None and grid.total is not None:
        cell = grid.cell(grid.total, percent)
        if cell.given:
            return cell.interval, [cell], [cell.shown, " %"]
    return None, [], []


def _divided(
    contract: Contract, above: list[Cell], below: list[Cell]
) -> tuple[Interval | None, list[Cell], list[Shown | str]]:
    part, whole = _added(contract, above), _added(contract, below)
    share = part.scaled(HUNDRED).divided(whole)
    if share is None:
        return None, [], []
    tokens: list[Shown | str] = [
        Shown(HUNDRED), " × ", Shown(part.middle, _decimals(part.middle)), " / ",
        Shown(whole.middle, _decimals(whole.middle)), " = ", Shown(share.middle, 2), " %",
    ]  # fmt: skip
    return share, [*above, *below], tokens


def _added(contract: Contract, cells: list[Cell]) -> Interval:
    total = Interval(Decimal(0), Decimal(0))
    for cell in cells:
        half = (cell.interval.high - cell.interval.low) / 2
        total = total + Interval.around(contract.value(cell), half)
    return total


def _sector_rows(grid: Grid) -> list[Row]:
    return grid.items


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return min(2, -exponent) if isinstance(exponent, int) and exponent < 0 else 0
