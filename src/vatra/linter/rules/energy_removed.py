"""Measures do not remove more of a carrier than is used."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from vatra.linter.contract import FREE_CARRIERS, Contract, EnergySeries, Measure
from vatra.linter.findings import Calculation, LintFinding, Shown
from vatra.linter.grid import Cell, named

CODES = ("linter.energy-removed",)
# What rounding and losses may explain.
SLACK_SHARE = Decimal("1.02")
FEWEST_SECTORS = 3


def find(contract: Contract) -> Iterable[LintFinding]:
    """Carriers of which the measures of a sector (or all measures) remove more than is used."""
    series = [each for each in contract.energy if each.stage != "after_measures"]
    sectors = [*dict.fromkeys(sector for each in series for sector in each.sectors), ""]
    reported: set[str] = set()
    for sector in sectors:
        measures = [each for each in contract.measures if not sector or each.sectors == (sector,)]
        for carrier in dict.fromkeys(carrier for each in measures for carrier in each.energy):
            if carrier in FREE_CARRIERS or carrier in reported:
                continue
            found = _of_carrier(contract, series, measures, sector, carrier)
            if found is not None:
                reported.add(carrier)
                yield found


def _of_carrier(
    contract: Contract,
    series: list[EnergySeries],
    measures: list[Measure],
    sector: str,
    carrier: str,
) -> LintFinding | None:
    removed = [cell for each in measures for cell in each.energy.get(carrier, []) if cell.given]
    whole = [each for each in series if sector or _covers_the_city(each)]
    uses = [used for each in whole if (used := _used(each, sector, carrier))]
    if not removed or not uses or any(_unsized(cell) for cell in (*removed, *uses[0])):
        return None
    largest = max(uses, key=lambda cells: _sum(contract, cells))
    most, total = _sum(contract, largest), abs(_sum(contract, removed))
    if total <= most * SLACK_SHARE:
        return None
    return LintFinding(
        "linter.energy-removed",
        "warning",
        measures[0].grid.id,
        named([*removed, *largest]),
        _calculation(removed, total, most),
        params={
            "carrier": f"@tables.carrier-{carrier}",
            "sector": f"@tables.sector-{sector}" if sector else "@linter.word-city",
        },
    )


def _covers_the_city(series: EnergySeries) -> bool:
    """Whether a table gives the use of the whole city, not of a sector or two."""
    return len(set(series.sectors) - {""}) >= FEWEST_SECTORS or series.sectors == [""]


def _used(series: EnergySeries, sector: str, carrier: str) -> list[Cell]:
    return [
        cell
        for (each, used), cells in series.uses.items()
        for cell in cells
        if used == carrier and (not sector or each == sector)
    ]


def _unsized(cell: Cell) -> bool:
    return cell.unit is None or cell.unit.quantity != "energy"


def _sum(contract: Contract, cells: list[Cell]) -> Decimal:
    return sum((contract.value(cell) for cell in cells), Decimal(0))


def _calculation(removed: list[Cell], total: Decimal, most: Decimal) -> Calculation:
    tokens: list[Shown | str] = []
    for place, cell in enumerate(removed):
        tokens += [" + "] if place else []
        tokens.append(Shown(cell.value))
    tokens += [" = ", Shown(total), " MWh, ", "@linter.word-used", " ", Shown(most), " MWh"]
    return Calculation(tuple(tokens))
