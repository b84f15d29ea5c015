"""A measure that prints a cost per tonne has tonnes, and no more of them than there are."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from vatra.linter.contract import Contract, Measure
from vatra.linter.findings import Calculation, LintFinding, Shown
from vatra.linter.grid import Cell, named
from vatra.linter.printed.amounts import amounts

CODES = ("linter.tonnes-missing", "linter.tonnes-implausible")


def find(contract: Contract) -> Iterable[LintFinding]:
    """Measures whose tonnes are missing beside a cost per tonne, or exceed what is emitted."""
    missing: dict[str, list[Cell]] = {}
    for measure in contract.measures:
        cost, tonnes, unit_cost = measure.cost, measure.tonnes, measure.cost_per_tonne
        if unit_cost is None or not unit_cost.given or cost is None or not cost.given:
            continue
        if tonnes is None or tonnes.unread or tonnes.token.odd or _said_beside(measure):
            continue
        if not tonnes.given:
            missing.setdefault(measure.grid.id, []).extend((tonnes, unit_cost))
            yield from _implausible(contract, measure, cost, unit_cost)
    for table, cells in missing.items():
        rows = [cell.name.row for cell in cells[::2]]
        yield LintFinding(
            "linter.tonnes-missing", "warning", table, named(cells), params={"rows": rows}
        )


def _said_beside(measure: Measure) -> bool:
    """Whether a text of the row holds tonnes that a conversion may have moved there."""
    texts = measure.row.texts.values() if measure.grid.found else ()
    return any(each.unit.quantity == "emission" for text in texts for each in amounts(text))


def _implausible(
    contract: Contract, measure: Measure, cost: Cell, unit_cost: Cell
) -> Iterable[LintFinding]:
    """The tonnes that cost and cost per tonne imply, beside all the sector emits."""
    ceiling = _emitted(contract, measure.sectors)
    if not unit_cost.value or ceiling is None or cost.unit is None:
        return
    implied = abs(cost.value / unit_cost.value)
    if implied > ceiling:
        tokens: tuple[Shown | str, ...] = (
            Shown(cost.value), " / ", Shown(unit_cost.value, unit_cost.shown.decimals), " = ",
            Shown(implied), ", ", "@linter.word-emitted", " ", Shown(ceiling),
        )  # fmt: skip
        yield LintFinding(
            "linter.tonnes-implausible",
            "warning",
            measure.grid.id,
            named([unit_cost, cost]),
            Calculation(tokens),
        )


def _emitted(contract: Contract, sectors: tuple[str, ...]) -> Decimal | None:
    """The most the sectors (the city, when none is named) emit in any year the contract prints."""
    found: list[Decimal] = []
    for series in contract.emissions:
        if sectors and all(sector in series.sectors for sector in sectors):
            cells = [series.sectors[sector] for sector in sectors]
            found.append(sum((contract.value(cell) for cell in cells), Decimal(0)))
        elif not sectors and series.total is not None:
            found.append(contract.value(series.total))
    return max(found) if found else None
