"""A factor lies in the range of its carrier, and is not the factor of another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from vatra.linter.contract import Contract
from vatra.linter.families import Family
from vatra.linter.findings import Calculation, LintFinding, Shown
from vatra.linter.grid import Cell, named
from vatra.linter.quantities import unit

CODES = (
    "linter.factor-family",
    "linter.factor-one",
    "linter.factor-copied",
    "linter.factor-country-year",
)
# Carriers whose factors may well be the same number.
ALIKE = (
    {"diesel", "heating_oil", "kerosene"},
    {"fuel_oil", "heating_oil"},
    {"wood", "biogas", "biofuel"},
    {"natural_gas", "biogas"},
    {"coal", "lignite"},
)
FOUND_ALLOWANCE_SHARE = Decimal("0.15")
NONE = Decimal(0)
NEVER_COMPARED = ("district_heat", "electricity_green", "hydrogen")
# Units a factor may be printed in when none is said.
GUESSED_UNITS = ("t/MWh", "kg/MWh", "t/TJ", "kg/TJ")


def find(contract: Contract) -> Iterable[LintFinding]:
    """Factors out of family, factors of one, and factors that are another carrier's."""
    size = _size(contract)
    allowance = _allowance(contract)
    for place, cell in contract.factor_cells:
        if cell.unit is None and not _guessed_well(contract, size):
            continue
        carrier, year = place.carrier, place.year
        value = cell.value * size
        family = _general(contract, carrier)
        if cell.number is not None and cell.number.value == 1 and _one_is_odd(cell):
            yield _finding("linter.factor-one", "warning", [cell], carrier)
            continue
        twin = _twin(contract, carrier, year, cell)
        outside = family is not None and not _inside(family, value, allowance)
        if twin is not None and (outside or not _outside(contract, twin, size)):
            if outside or _first(contract, cell, twin[1]):
                yield _finding(
                    "linter.factor-copied", "warning", [cell, twin[1]], carrier, other=twin[0]
                )
            continue
        if outside and family is not None:
            yield _out_of_family(cell, carrier, family, value)
            continue
        yield from _country_year(contract, carrier, year, cell, value)


def _guessed_well(contract: Contract, size: Decimal) -> bool:
    """Whether most factors of found tables that say no unit fit their families all the same."""
    if not any(grid.found for grid in contract.of_kind("factors")):
        return True
    known = [
        _inside(family, cell.value * size)
        for place, cell in contract.factor_cells
        if cell.unit is None and (family := _general(contract, place.carrier)) is not None
    ]
    return len(known) > 2 and 2 * sum(known) > len(known)


def _one_is_odd(cell: Cell) -> bool:
    return cell.unit is None or cell.size == 1


def _general(contract: Contract, carrier: str) -> Family | None:
    return next((each for each in contract.families.get(carrier, []) if not each.country), None)


def _allowance(contract: Contract) -> Decimal:
    """How far beyond its family a factor may lie: written contracts rarely say what theirs count.

    Factors with the supply chain of a fuel lie somewhat above those of burning it.
    """
    found = any(grid.found for grid in contract.of_kind("factors"))
    return FOUND_ALLOWANCE_SHARE if found else NONE


def _inside(family: Family, value: Decimal, allowance: Decimal = NONE) -> bool:
    low, high = family.low_t_per_mwh, family.high_t_per_mwh
    return value == 0 or low * (1 - allowance) <= value <= high * (1 + allowance)


def _outside(contract: Contract, twin: tuple[str, Cell], size: Decimal) -> bool:
    family = _general(contract, twin[0])
    return family is not None and not _inside(family, twin[1].value * size)


def _first(contract: Contract, cell: Cell, other: Cell) -> bool:
    """Of two carriers with one factor, the later row is the one to look at."""
    cells = [each for _, each in contract.factor_cells]
    return cells.index(cell) > cells.index(other)


def _twin(
    contract: Contract, carrier: str, year: int | None, cell: Cell
) -> tuple[str, Cell] | None:
    """Another carrier with exactly this factor, to three digits or more."""
    assert cell.number is not None
    digits = str(abs(cell.number.value)).replace(".", "").strip("0")
    if len(digits) < 3 or carrier in NEVER_COMPARED:
        return None
    for place, twin in contract.factor_cells:
        other = place.carrier
        if other == carrier or other in NEVER_COMPARED or place.year != year:
            continue
        if twin.value == cell.value and not any({carrier, other} <= group for group in ALIKE):
            return other, twin
    return None


def _out_of_family(cell: Cell, carrier: str, family: Family, value: Decimal) -> LintFinding:
    steps = [Decimal(10), Decimal(1000), Decimal(1) / 10, Decimal(1) / 1000]
    stepped = [step for step in steps if _inside(family, value * step)]
    calculation = Calculation(
        (
            Shown(family.low_t_per_mwh, 3), "–", Shown(family.high_t_per_mwh, 3), " t/MWh, ",
            "@linter.word-printed", " ", Shown(value, _decimals(value)), " t/MWh",
        )
    )  # fmt: skip
    return _finding(
        "linter.factor-family",
        "warning",
        [cell],
        carrier,
        calculation=calculation,
        source=family.source,
        unit="@linter.word-unit-step" if stepped else "",
    )


def _country_year(
    contract: Contract, carrier: str, year: int | None, cell: Cell, value: Decimal
) -> Iterable[LintFinding]:
    """The factor beside the known values of its country and year."""
    for family in contract.families.get(carrier, []):
        if not family.country or family.country != contract.document.country or year is None:
            continue
        if family.year == year and not _inside(family, value) and value:
            calculation = Calculation(
                (
                    Shown(value, _decimals(value)), " t/MWh, ", "@linter.word-known", " ",
                    Shown(family.low_t_per_mwh, 3), "–", Shown(family.high_t_per_mwh, 3), " t/MWh",
                )
            )  # fmt: skip
            yield _finding(
                "linter.factor-country-year",
                "warning",
                [cell],
                carrier,
                calculation=calculation,
                year=str(year),
                country=family.country,
                source=family.source,
                old="@linter.word-old-factor" if value == Decimal("0.701") else "",
            )


def _finding(
    code: str,
    severity: str,
    cells: list[Cell],
    carrier: str,
    calculation: Calculation | None = None,
    **params: object,
) -> LintFinding:
    filled = {
        key: f"@tables.carrier-{value}" if key == "other" else value
        for key, value in params.items()
    }
    return LintFinding(
        code,
        severity,  # type: ignore[arg-type]
        cells[0].name.table,
        named(cells),
        calculation or Calculation(),
        params={"carrier": f"@tables.carrier-{carrier}", **filled},
    )


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(3, min(5, -exponent)) if isinstance(exponent, int) else 3


def _size(contract: Contract) -> Decimal:
    """The size of the factors' unit where no table says one: the one most factors agree with."""
    cells = contract.factor_cells
    if any(cell.unit is not None for _, cell in cells):
        return Decimal(1)
    held: Counter[str] = Counter()
    for text in GUESSED_UNITS:
        read = unit(text)
        assert read is not None
        for place, cell in cells:
            family = _general(contract, place.carrier)
            held[text] += family is not None and _inside(family, cell.value * read.size)
    best = max(GUESSED_UNITS, key=lambda text: held[text])
    chosen = unit(best)
    return chosen.size if chosen else Decimal(1)
