"""The measures of a sector reach what it has to cut, and every sector with a target has one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from vatra.linter.contract import Contract, EmissionSeries, Measure, reduction_sign
from vatra.linter.equations import Equation, Term
from vatra.linter.findings import LintFinding
from vatra.linter.grid import Cell, Grid, named

CODES = ("linter.measures-target", "linter.sector-no-measure")
SLACK_SHARE = Decimal("0.01")
ONE = Decimal(1)
# Fewer than these in a written contract are examples rather than the plan.
FEWEST_MEASURES = 4
# So little of what is needed comes from a list that is no whole plan.
LEAST_SHARE = Decimal("0.5")


@dataclass(frozen=True)
class Need:
    """What has to be cut: ``cell`` less ``less`` (tonnes), for a sector or ("") for the city."""

    sector: str
    cell: Cell
    sign: int
    less: tuple[Cell, ...] = ()

    @property
    def value(self) -> Decimal:
        """The tonnes to be cut."""
        return self.sign * self.cell.value - sum((each.value for each in self.less), Decimal(0))


def equations(contract: Contract) -> Iterable[Equation]:
    """For each sector: what has to be cut is at most what its measures cut."""
    measures = contract.measures
    if not measures:
        return
    unreached = False
    found = any(each.grid.found for each in measures)
    by_sector = not found or all(len(each.sectors) == 1 for each in measures)
    if found and (len(measures) < FEWEST_MEASURES or _half_read(measures)):
        return
    if found and _half_listed(contract):
        return
    for need in _needs(contract):
        if need.sector and not by_sector:
            continue
        known = [each for each in measures if need.sector in each.sectors]
        chosen = measures if not need.sector else [*known, *_unplaced(measures)]
        tonnes = _tonnes(chosen, need.sector)
        if tonnes is None or need.value <= 0 or (need.sector and not known):
            continue
        if not need.sector and unreached:
            continue
        equation = _at_most(need, tonnes, measures)
        unreached = unreached or not equation.holds({})
        yield equation


def find(contract: Contract) -> Iterable[LintFinding]:
    """Sectors that have to cut emissions and have no measure."""
    measures = contract.measures
    placed = [each for each in measures if each.sectors or each.tonnes_by_sector]
    found = any(each.grid.found for each in measures)
    if found and (len(measures) < FEWEST_MEASURES or _half_listed(contract)):
        return
    if not placed or any(_cuts(each) for each in _unplaced(measures)):
        return
    covered = {sector for each in placed for sector in (*each.sectors, *each.tonnes_by_sector)}
    seen: set[str] = set()
    for need in [*_needs(contract), *_targets(contract)]:
        if need.sector and need.sector not in covered | seen and need.value > 0:
            seen.add(need.sector)
            yield LintFinding(
                "linter.sector-no-measure",
                "warning",
                need.cell.name.table,
                named([need.cell, *need.less]),
                params={"sector": f"@tables.sector-{need.sector}"},
            )


def _half_listed(contract: Contract) -> bool:
    """Whether a written contract's measures bring less than half of what the city needs."""
    needs = _needs(contract)
    whole = sum((need.value for need in needs if not need.sector), Decimal(0))
    whole = whole or sum((need.value for need in needs), Decimal(0))
    tonnes = [each.tonnes for each in contract.measures if each.tonnes is not None]
    brought = sum(abs(cell.value) for cell in tonnes if cell.given)
    return brought < LEAST_SHARE * whole


def _half_read(measures: Sequence[Measure]) -> bool:
    """Whether some tonnes could not be read, or the list has a total they do not give."""
    if any(each.tonnes is not None and each.tonnes.unread for each in measures):
        return True
    for grid in {id(each.grid): each.grid for each in measures}.values():
        column = grid.by_role("tonnes")
        if grid.total is None or column is None or not grid.cell(grid.total, column).given:
            continue
        cells = [grid.cell(row, column) for row in grid.items]
        added = sum((cell.value for cell in cells if cell.given), Decimal(0))
        printed = grid.cell(grid.total, column).value
        if abs(added - printed) > abs(printed) * SLACK_SHARE:
            return True
    return False


def _cuts(measure: Measure) -> bool:
    return measure.tonnes is None or (measure.tonnes.given and bool(measure.tonnes.value))


def _unplaced(measures: Sequence[Measure]) -> list[Measure]:
    return [each for each in measures if not each.sectors and not each.tonnes_by_sector]


def _tonnes(measures: Sequence[Measure], sector: str) -> list[Cell] | None:
    """The tonnes of some measures; None when one of them prints none, so nothing can be said."""
    found = []
    for each in measures:
        cell = each.tonnes_by_sector.get(sector, each.tonnes) if sector else each.tonnes
        if cell is None or not cell.given:
            if sector and each.tonnes_by_sector and sector not in each.tonnes_by_sector:
                continue
            return None
        found.append(cell)
    return found


def _at_most(need: Need, tonnes: list[Cell], measures: Sequence[Measure]) -> Equation:
    cut = reduction_sign(
        each.tonnes for each in measures if each.tonnes is not None and each.tonnes.given
    )
    terms = [Term(Decimal(need.sign), (cell,)) for cell in need.less]
    terms += [Term(Decimal(cut * need.sign), (cell,)) for cell in tonnes]
    place = f"@tables.sector-{need.sector}" if need.sector else "@linter.word-city"
    return Equation(
        "linter.measures-target",
        "warning",
        need.cell,
        tuple(terms),
        slack_share=SLACK_SHARE,
        relation="at_most",
        params={"sector": place},
    )


def _needs(contract: Contract) -> list[Need]:
    """What measures have to cut: by the stages before and after them, else by the gap table.

    In a written contract the scenarios are often not those the measures were counted against, its
    gap is; and a target alone does not say how much of it other policies bring.
    """
    if any(grid.found for grid in contract.of_kind("emission_gap", "emissions")):
        tables = contract.of_kind("emission_gap")
        planned = any(grid.by_role(role) for grid in tables for role in ("target", "existing"))
        return _by_gap(contract) or ([] if planned else _by_stage(contract))
    return _by_stage(contract) or _by_gap(contract) or _targets(contract)


def _by_stage(contract: Contract) -> list[Need]:
    before = _series(contract, "before_measures")
    after = _series(contract, "after_measures")
    if before is None or after is None:
        return []
    found = [
        Need(sector, cell, 1, (after.sectors[sector],))
        for sector, cell in before.sectors.items()
        if sector in after.sectors
    ]
    if before.total is not None and after.total is not None:
        found.append(Need("", before.total, 1, (after.total,)))
    return found


def _series(contract: Contract, stage: str) -> EmissionSeries | None:
    return next((each for each in contract.emissions if each.stage == stage), None)


def _by_gap(contract: Contract) -> list[Need]:
    return [need for grid in contract.of_kind("emission_gap") for need in _column(grid, "gap")]


def _targets(contract: Contract) -> list[Need]:
    """The reduction target, or the baseline less the residual emissions."""
    found: list[Need] = []
    for grid in contract.of_kind("emission_gap"):
        found += _column(grid, "target") or _differences(grid)
    return found


def _column(grid: Grid, role: str) -> list[Need]:
    column = grid.by_role(role)
    if column is None:
        return []
    sign = reduction_sign(grid.cells(column))
    existing = grid.by_role("existing") if role == "target" else None
    found = []
    for row in grid.rows:
        cell = grid.cell(row, column)
        if not cell.given or not (row.says.total or row.says.sector) or row.says.subtotal:
            continue
        less = [grid.cell(row, existing)] if existing is not None else []
        if existing is not None and reduction_sign(grid.cells(existing)) < 0:
            return []
        given = tuple(each for each in less if each.given)
        found.append(Need("" if row.says.total else row.says.sector, cell, sign, given))
    return found


def _differences(grid: Grid) -> list[Need]:
    base, residual = grid.by_role("baseline"), grid.by_role("residual")
    if base is None or residual is None:
        return []
    found = []
    for row in grid.rows:
        above, below = grid.cell(row, base), grid.cell(row, residual)
        if above.given and below.given and (row.says.total or row.says.sector):
            found.append(Need("" if row.says.total else row.says.sector, above, 1, (below,)))
    return found
