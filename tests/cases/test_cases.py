"""Every worked example runs; every method has one; every one says where it is published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import groupby

import polars as pl
import pytest

from tests.cases.reader import Case, amount, holds, read_cases, within
from vatra.factors import (
    Factor,
    Parameter,
    fuel_size,
    open_book,
    open_parameters,
    potentials,
    species_potentials,
)
from vatra.methods import Inputs, activity_methods, energy_methods, methods
from vatra.plans import DRIVERS, Cell, Game, in_order, symmetric
from vatra.plans.compute import compute, totals_only
from vatra.tables import Context, check, tables
from vatra.tables.vocabulary import BIOGENIC
from vatra.units import EMISSION_FACTOR, MASS, MG_PER_T, QUANTITIES, WH_PER_MWH

CASES = list(read_cases())
# A method is held against its first city and something that has nothing to do with it.
LEAST_SOURCES = 2


def names(cases: list[Case]) -> list[str]:
    return [f"{case.file}: {case.name}" for case in cases]


# What a case shows -> {what is expected: figure found, in the unit of the expectation}


def of_method(case: Case) -> dict[str, float]:
    given = case.input
    amounts = given.get("amounts") or {given["carrier"]: given["amount"]}
    factors = given.get("factors_by_carrier") or {
        carrier: given.get("factors", {}) for carrier in amounts
    }
    own = [
        _factor(carrier, gas, *amount(text))
        for carrier, by_gas in factors.items()
        for gas, text in by_gas.items()
    ]
    book = open_book(given.get("gwp_set", "AR5"), ("local", *given.get("sets", ())), own)
    found = compute(_rows(given, amounts), book, given["gases"])
    assert found.findings == []
    assert found.cells["method"].unique().to_list() == [case.of]
    masses = {
        gas: mg / MG_PER_T
        for gas, mg in found.cells.group_by("gas").agg(pl.col("emission_mg").sum()).iter_rows()
    }
    masses["CO2e"] = totals_only(found.cells)["co2e_mg"].sum() / MG_PER_T
    return {
        name: masses[name] / (MASS.size(amount(text)[1]) or 0)
        for name, text in case.expected.items()
    }


def _rows(given: Mapping[str, object], amounts: Mapping[str, str]) -> pl.DataFrame:
    """The rows as a city would hand them in, through the same check."""
    texts = [
        {
            "year": str(given["year"]),
            "sector": given["sector"],
            "carrier": carrier,
            "scope": "1",
            "item": None,
            "amount": str(text).partition(" ")[0],
            "unit": str(text).partition(" ")[2],
            "source": "case",
            "note": None,
            "line": line,
        }
        for line, (carrier, text) in enumerate(amounts.items(), start=2)
    ]
    schema = dict.fromkeys(texts[0], pl.String) | {"line": pl.Int64}
    checked = check(
        tables()["energy"],
        pl.DataFrame(texts, schema=schema),
        "case",
        Context(numbers="plain", fuel_size=fuel_size),
    )
    assert checked.findings == []
    return checked.rows


def _factor(carrier: str, gas: str, value: float, unit: str) -> Factor:
    size = EMISSION_FACTOR.size(unit)
    assert size is not None
    return Factor("local", carrier, "any", gas, None, None, str(value), unit, value * size, "case")


def of_activity(case: Case) -> dict[str, float]:
    """Rows of tables as texts -> masses by gas; ``CH4 2030`` is the mass of one year."""
    given = case.input
    parameters = open_parameters(given.get("sets", ()), _parameters(given.get("parameters", {})))
    own = [
        _factor(carrier, gas, *amount(text))
        for carrier, by_gas in given.get("factors", {}).items()
        for gas, text in by_gas.items()
    ]
    gwp_set = given.get("gwp_set", "AR5")
    book = open_book(gwp_set, ("local", *given.get("sets", ())), own)
    rows = {name: _checked(name, listed) for name, listed in given["tables"].items()}
    years = given.get("years") or sorted(
        {year for each in rows.values() if "year" in each.columns for year in each["year"]}
    )
    found = activity_methods()[case.of].emissions(
        Inputs(rows, book, parameters, tuple(years), given.get("climate", ""))
    )
    assert found.findings == ()
    masses: dict[str, float] = {}
    gwp = species_potentials(gwp_set)
    for year, gas, species, mg in found.rows.select(
        "year", "gas", "species", "emission_mg"
    ).iter_rows():
        named = {gas: mg, species: mg}
        if gas != BIOGENIC:
            named["CO2e"] = mg * gwp[species]
        for name, mass_mg in named.items():
            for key in (name, f"{name} {year}"):
                masses[key] = masses.get(key, 0.0) + mass_mg / MG_PER_T
    return {
        name: masses[name] / (MASS.size(amount(text)[1]) or 0)
        for name, text in case.expected.items()
    }


def _parameters(given: Mapping[str, object]) -> list[Parameter]:
    found = []
    for name, text in given.items():
        parameter, _, key = name.partition("/")
        value, unit = amount(text)
        found.append(Parameter("local", parameter, key, value, unit, "case"))
    return found


def _checked(name: str, listed: list[Mapping[str, object]]) -> pl.DataFrame:
    """Rows as a city would hand them in, through the same check."""
    table = tables()[name]
    texts = [
        {
            column.name: None
            if each.get(column.name, column.default) is None
            else str(each.get(column.name, column.default))
            for column in table.columns
        }
        | {"source": "case", "line": line}
        for line, each in enumerate(listed, start=2)
    ]
    schema = dict.fromkeys(texts[0], pl.String) | {"line": pl.Int64}
    checked = check(
        table,
        pl.DataFrame(texts, schema=schema),
        "case",
        Context(numbers="plain", fuel_size=fuel_size),
    )
    assert checked.findings == []
    return checked.rows


def of_split(case: Case) -> dict[str, float]:
    cells = tuple(_cell(carrier, given) for carrier, given in case.input["cells"].items())
    left, unit = amount(case.input["left"])
    assert unit == "%"
    game = {"industry": Game(cells, Fraction(str(left)) / 100)}
    ordered, even = in_order(game), symmetric(game)
    found = {"cut": sum(ordered.total(driver) for driver in DRIVERS)}
    for driver in DRIVERS:
        found[f"{driver}, in order"] = ordered.total(driver)
        found[f"{driver}, symmetric"] = even.total(driver)
    return {name: mg / MG_PER_T for name, mg in found.items()}


def _cell(carrier: str, given: Mapping[str, str]) -> Cell:
    return Cell(
        "industry",
        carrier,
        "",
        round(amount(given["base"])[0] * WH_PER_MWH),
        round(amount(given["target"])[0] * WH_PER_MWH),
        amount(given["base_factor"])[0],
        amount(given["target_factor"])[0],
    )


def of_units(case: Case) -> dict[str, float]:
    value, unit = amount(case.input["amount"])
    quantity = QUANTITIES[case.input["quantity"]]
    size = quantity.size(unit) or fuel_size(case.input.get("carrier", ""), unit)
    assert size is not None
    assert amount(case.expected["amount"])[1] == quantity.canonical
    return {"amount": value * size}


def of_gwp(case: Case) -> dict[str, float]:
    return potentials(case.input["gwp_set"])


RUNNERS: dict[str, Callable[[Case], dict[str, float]]] = {
    **dict.fromkeys(energy_methods(), of_method),
    **dict.fromkeys(activity_methods(), of_activity),
    "plans.split": of_split,
    "units": of_units,
    "factors.gwp": of_gwp,
}


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_a_case_comes_out(case: Case):
    found = RUNNERS[case.of](case)
    expected = {name: amount(text)[0] for name, text in case.expected.items()}
    off = [
        f"{name}: {found[name]} instead of {figure}"
        for name, figure in expected.items()
        if not within(found[name], figure, case.tolerance)
    ]
    assert off == []


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_the_arithmetic_of_a_case_holds(case: Case):
    assert [line for line in case.arithmetic if not holds(line)] == []


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_a_case_says_what_it_is_and_where_it_is_published(case: Case):
    assert case.name
    assert len(case.source) > 20


def test_the_arithmetic_reader_sees_what_is_wrong():
    assert holds("231,941 MWh × 0.701 t/MWh = 162,590.641 t")
    assert holds("(5 + 3.75 - 7) ÷ 2 = 0.875")
    assert holds("2 t - 5 t = -3 t")
    assert not holds("231,941 MWh × 0.701 t/MWh = 162,590.642 t")
    assert not holds("2 + 2 = 5")


def test_a_tolerance_is_kept():
    assert within(100.4, 100, "0.5 %")
    assert not within(100.6, 100, "0.5 %")
    assert within(99, 100, "1 t")
    assert not within(98.9, 100, "1 t")
    assert not within(1e-9, 0, "0")


def test_every_method_has_a_case():
    assert sorted(set(methods()) - {case.of for case in CASES}) == []


def test_no_case_shows_what_does_not_exist():
    assert sorted({case.of for case in CASES} - set(RUNNERS)) == []


@pytest.mark.parametrize("method", sorted(methods()))
def test_every_method_is_held_against_two_publications(method: str):
    begins = {case.source.split(",")[0] for case in CASES if case.of == method}
    assert len(begins) >= LEAST_SOURCES, begins


@pytest.mark.parametrize("method", sorted(methods()))
def test_every_methods_page_names_its_file_of_cases(method: str):
    files = {case.file for case in CASES if case.of == method}
    assert [file for file in files if f"`cases/{file}`" in methods()[method].page()] == [
        f"{method}.yaml"
    ]


def test_cases_of_one_file_have_different_names():
    for _, group in groupby(CASES, key=lambda case: case.file):
        listed = [case.name for case in group]
        assert len(listed) == len(set(listed))
