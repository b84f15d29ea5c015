"""Energy times the contract's own factors gives the emissions it prints for a sector."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

from vatra.linter.contract import (
    FREE_CARRIERS,
    GRID_CARRIERS,
    Contract,
    EmissionSeries,
    EnergySeries,
)
from vatra.linter.equations import Equation, Term
from vatra.linter.grid import Cell
from vatra.linter.intervals import Interval
from vatra.linter.rules.measure_energy import factor_half

CODES = ("linter.energy-emissions",)
# Sectors whose emissions come from energy alone; the others also have processes, animals, waste.
ENERGY_ONLY = ("buildings", "transport")
SLACK_SHARE = Decimal("0.02")


def equations(contract: Contract) -> Iterable[Equation]:
    """One identity per sector of every pair of energy and emission tables that belong together."""
    for energy in contract.energy:
        candidates = [each for each in contract.emissions if _may_belong(contract, energy, each)]
        scored = [(each, _pair(contract, energy, each)) for each in candidates]
        scored = [(each, found) for each, found in scored if found]
        if not scored:
            continue
        _, best = max(scored, key=lambda pair: _held(pair[1]))
        exact = _held([replace(each, relation="equal") for each in best])
        if not energy.grid.found or (exact >= 2 and 2 * exact >= len(best)):
            yield from _sure(best, alone=len(scored) == 1)


def _may_belong(contract: Contract, energy: EnergySeries, emissions: EmissionSeries) -> bool:
    if energy.stage and emissions.stage and energy.stage != emissions.stage:
        return False
    if energy.year is not None and emissions.year is not None:
        return energy.year == emissions.year
    years = {each.year for each in contract.energy} | {each.year for each in contract.emissions}
    return len(years - {None}) <= 1


def _pair(contract: Contract, energy: EnergySeries, emissions: EmissionSeries) -> list[Equation]:
    year = energy.year or emissions.year
    found = [
        _identity(contract, energy, emissions.sectors[sector], sector, year)
        for sector in energy.sectors
        if sector in emissions.sectors
    ]
    return [each for each in found if each is not None]


def _identity(
    contract: Contract, energy: EnergySeries, printed: Cell, sector: str, year: int | None
) -> Equation | None:
    terms = _terms(contract, energy, sector, year, lambda carrier: True)
    if not printed.given or not terms:
        return None
    return Equation(
        "linter.energy-emissions",
        "warning",
        printed,
        terms,
        slack_share=SLACK_SHARE,
        halves=halves_of(terms),
        relation="equal" if sector in ENERGY_ONLY or not energy.grid.found else "at_least",
        params={"sector": f"@tables.sector-{sector}", "key": sector},
    )


def _terms(
    contract: Contract,
    energy: EnergySeries,
    sector: str,
    year: int | None,
    wanted: Callable[[str], bool],
) -> tuple[Term, ...]:
    """Energy times factor of the wanted carriers; nothing when a factor is missing."""
    terms: list[Term] = []
    for carrier, cells in energy.of(sector).items():
        used = [cell for cell in cells if cell.given and cell.value and wanted(carrier)]
        factor = contract.factor(carrier, year)
        if used and factor is None and carrier not in FREE_CARRIERS:
            return ()
        terms += [Term(Decimal(1), (cell, factor)) for cell in used if factor is not None]
    return tuple(terms)


def grid_terms(contract: Contract, energy: EnergySeries, sector: str) -> tuple[Term, ...]:
    """The energy a sector draws from networks, times its factors."""
    return _terms(contract, energy, sector, energy.year, lambda carrier: carrier in GRID_CARRIERS)


def halves_of(terms: tuple[Term, ...]) -> dict[Cell, Decimal]:
    """The half steps of the factors in some terms."""
    return {term.cells[-1]: factor_half(term.cells[-1]) for term in terms}


def without(equation: Equation, factors: list[Cell]) -> Equation:
    """The same identity without the terms of some factors."""
    kept = tuple(term for term in equation.parts if not set(term.cells) & set(factors))
    return replace(equation, parts=kept)


def _held(found: list[Equation]) -> int:
    return sum(each.holds({}) for each in found)


def _sure(found: list[Equation], alone: bool) -> list[Equation]:
    """Keep what can be trusted: a sector fails, while the tables show that they belong together."""
    held = _held(found)
    linked = 2 * held >= len(found) or (alone and len(found) == 1)
    if not linked and not _one_factor_explains(found):
        return []
    return [each for each in found if each.holds({}) or not _has_other_sources(each)]


def _one_factor_explains(found: list[Equation]) -> bool:
    """Whether another value of a single factor makes three sectors or more agree at once."""
    failing = [each for each in found if not each.holds({})]
    shared = set.intersection(*({term.cells[-1] for term in each.parts} for each in failing))
    for factor in shared if len(failing) >= 3 else ():
        wanted: Interval | None = Interval(Decimal(0), Decimal(10))
        for each in found:
            solved = each.solve(factor, {}) if factor in each.cells else None
            wanted = wanted.common(solved) if wanted is not None and solved is not None else wanted
            if wanted is None:
                break
        if wanted is not None:
            return True
    return False


def _has_other_sources(equation: Equation) -> bool:
    """More is printed than energy gives, in a sector that has other sources too."""
    value = equation.value({})
    return (
        equation.params["key"] not in ENERGY_ONLY
        and value is not None
        and equation.result.value > value
    )
