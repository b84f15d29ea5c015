"""Electricity and heat bought from a network are scope 2, not scope 3."""

from __future__ import annotations

from collections.abc import Iterable

from vatra.linter.contract import Contract, EmissionSeries, EnergySeries
from vatra.linter.equations import Equation
from vatra.linter.findings import LintFinding
from vatra.linter.grid import Cell, named
from vatra.linter.rules.energy_emissions import grid_terms, halves_of

CODES = ("linter.electricity-scope",)


def find(contract: Contract) -> Iterable[LintFinding]:
    """Sectors whose scope 3 is exactly their electricity, while their scope 2 is blank."""
    for energy in contract.energy:
        for emissions in contract.emissions:
            if emissions.scopes and energy.year == emissions.year:
                yield from _of_pair(contract, energy, emissions)


def _of_pair(
    contract: Contract, energy: EnergySeries, emissions: EmissionSeries
) -> Iterable[LintFinding]:
    for sector in energy.sectors:
        second = emissions.scopes.get((sector, "2"))
        third = emissions.scopes.get((sector, "3"))
        if third is None or not third.value or (second is not None and second.value):
            continue
        terms = grid_terms(contract, energy, sector)
        if not terms:
            continue
        equation = Equation(
            "linter.electricity-scope", "warning", third, terms, halves=halves_of(terms)
        )
        if equation.holds({}):
            cells: list[Cell] = [third, *(cell for term in terms for cell in term.cells)]
            yield LintFinding(
                equation.code,
                equation.severity,
                emissions.grid.id,
                named(cells),
                equation.calculation(),
                params={"sector": f"@tables.sector-{sector}"},
            )
