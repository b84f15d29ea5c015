"""The tonnes a measure claims are the energy it removes times the contract's factors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from vatra.linter.contract import FREE_CARRIERS, Contract, Measure
from vatra.linter.equations import Equation, Term
from vatra.linter.grid import Cell

CODES = ("linter.measure-energy",)
# Factors are printed with few digits; a single one ("0.1") is read as exact to a twentieth.
LARGEST_FACTOR_HALF = Decimal("0.005")
# Gases beside CO2, and factors that were rounded only in print.
SLACK_SHARE = Decimal("0.015")
ONE = Decimal(1)


def equations(contract: Contract) -> Iterable[Equation]:
    """One identity per measure with tonnes, energy by carrier and a factor for each carrier."""
    readings = [
        [_identity(contract, measure, year) for measure in contract.measures]
        for year in contract.factor_years
    ]
    if not readings:
        return []
    best = max(readings, key=_held)
    said = sum(each is not None for each in best)
    found = any(each.grid.found for each in contract.measures)
    if found and (_held(best) < 2 or 2 * _held(best) < said):
        return []
    if 3 * _held(best) < said and said > 1:
        # The claims were counted in some other way; nothing can be said about a single one.
        return []
    others = [reading for reading in readings if reading is not best]
    return [
        equation
        for place, equation in enumerate(best)
        if equation is not None and not _holds_elsewhere(equation, others, place)
    ]


def _held(reading: Sequence[Equation | None]) -> int:
    return sum(each is not None and each.holds({}) for each in reading)


def _holds_elsewhere(
    equation: Equation, others: Sequence[Sequence[Equation | None]], place: int
) -> bool:
    """Whether the claim fits the factors of another year instead."""
    if equation.holds({}):
        return False
    return any((each := other[place]) is not None and each.holds({}) for other in others)


def _identity(contract: Contract, measure: Measure, year: int | None) -> Equation | None:
    if measure.tonnes is None or not measure.tonnes.given or not measure.tonnes.value:
        return None
    terms: list[Term] = []
    halves: dict[Cell, Decimal] = {}
    sign = -ONE if measure.tonnes.value < 0 else ONE
    for carrier, cells in measure.energy.items():
        given = [cell for cell in cells if cell.given and cell.value]
        factor = contract.factor(carrier, year)
        if given and factor is None and carrier not in FREE_CARRIERS:
            return None
        for cell in given:
            if factor is not None:
                terms.append(Term(sign, (cell, factor)))
                halves[factor] = factor_half(factor)
    if not terms:
        return None
    if sum(term.cells[0].value for term in terms) < 0:
        terms = [Term(-term.coefficient, term.cells) for term in terms]
    return Equation(
        "linter.measure-energy",
        "warning",
        measure.tonnes,
        tuple(terms),
        slack_share=SLACK_SHARE,
        halves=halves,
    )


def factor_half(factor: Cell) -> Decimal:
    """Half the last printed digit of a factor, canonical units, capped for one-digit factors."""
    assert factor.number is not None
    return min(factor.number.half * factor.size, LARGEST_FACTOR_HALF)
