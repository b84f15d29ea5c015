from dataclasses import replace

import polars as pl
import pytest

from vatra.factors import (
    DEFAULT_SETS,
    Factor,
    FactorBook,
    Missing,
    fuel_size,
    known_sets,
    open_book,
    potentials,
    shipped,
)
from vatra.plans.compute import compute
from vatra.words import has

CONTRACT_FACTOR = Factor(
    set="local",
    carrier="electricity",
    end_use="any",
    gas="CO2",
    year_from=2021,
    year_to=2021,
    amount="0.701",
    unit="t/MWh",
    value_t_per_mwh=0.701,
    source="Climate City Contract of Cluj-Napoca",
)


def total_kg(book: FactorBook, carrier: str, gases: tuple[str, ...] = ("CO2",)) -> float:
    """CO2e of 1 MWh of a carrier in a building in 2021."""
    rows = pl.DataFrame(
        {
            "year": [2021],
            "sector": ["buildings"],
            "carrier": [carrier],
            "scope": ["1"],
            "energy_wh": [1_000_000],
            "line": [2],
        },
        schema_overrides={"year": pl.Int32},
    )
    return compute(rows, book, gases).rows()["co2e_mg"].sum() / 1e6


# Choosing


def test_sets_are_asked_in_their_order():
    orders = {
        ("ro_aib_production", "ro_contracts"): 0.27746,
        ("ro_contracts", "ro_aib_production"): 0.701,
    }
    for sets, expected in orders.items():
        chosen = open_book("AR5", sets).choose("electricity", 2021, "buildings")
        assert chosen["CO2"].value_t_per_mwh == pytest.approx(expected)


def test_a_set_that_is_not_asked_for_gives_nothing():
    assert isinstance(open_book("AR5", ("ipcc_2006",)).choose("electricity", 2021, "road"), Missing)


def test_a_citys_own_factor_changes_the_result():
    # 1 MWh: 277.46 kg with the book's factor, 701 kg with the city's own
    assert total_kg(open_book("AR5"), "electricity") == pytest.approx(277.46)
    assert total_kg(open_book("AR5", own=[CONTRACT_FACTOR]), "electricity") == pytest.approx(701)


def test_a_factor_given_with_the_command_comes_before_the_citys_own():
    given = replace(CONTRACT_FACTOR, set="override", value_t_per_mwh=0.5)
    book = open_book("AR5", own=[CONTRACT_FACTOR, given])
    assert book.choose("electricity", 2021, "buildings")["CO2"].set == "override"


def test_rows_added_to_a_book_are_asked_first():
    given = replace(CONTRACT_FACTOR, set="trial", value_t_per_mwh=0.5)
    book = open_book("AR5").with_rows([given])
    assert book.sets == ("trial", *DEFAULT_SETS)
    assert book.choose("electricity", 2021, "buildings")["CO2"].value_t_per_mwh == 0.5


def test_other_gases_are_filled_from_the_sets_after():
    own = replace(CONTRACT_FACTOR, carrier="natural_gas", year_from=None, year_to=None)
    chosen = open_book("AR5", own=[own]).choose("natural_gas", 2021, "buildings")
    assert {gas: factor.set for gas, factor in chosen.items()} == {
        "CO2": "local",
        "CH4": "ipcc_2006",
        "N2O": "ipcc_2006",
    }


def test_a_mixture_holds_all_gases_and_is_not_added_to():
    # A local CO2e factor of 0.25 t/MWh is the whole: 250 kg, with no CH4 or N2O on top
    mixture = replace(
        CONTRACT_FACTOR,
        carrier="natural_gas",
        gas="CO2E",
        year_from=None,
        year_to=None,
        value_t_per_mwh=0.25,
    )
    book = open_book("AR5", own=[mixture])
    assert list(book.choose("natural_gas", 2021, "buildings")) == ["CO2E"]
    assert total_kg(book, "natural_gas", ("CO2", "CH4", "N2O")) == pytest.approx(250)


def test_a_mixture_in_a_later_set_does_not_join_a_gas_already_found():
    book = open_book("AR5", ("ro_aib_production", "ro_aib_residual"))
    assert list(book.choose("electricity", 2021, "buildings")) == ["CO2"]


def test_an_end_use_of_its_own_comes_before_any():
    chosen = open_book("AR5").choose("diesel", 2021, "agriculture")
    # Table 3.3.1, machines: 28.6 kg N2O/TJ x 3.6e-6 = 0.00010296 t/MWh
    assert chosen["N2O"].value_t_per_mwh == pytest.approx(0.00010296)


def test_a_missing_factor_names_the_years_that_exist():
    missing = open_book("AR5").choose("electricity", 2035, "buildings")
    assert isinstance(missing, Missing)
    assert missing.years["ro_aib_production"] == tuple(range(2016, 2023))
    assert missing.years["ro_eea"] == (2015,)


def test_validity_is_a_year_a_span_or_always():
    span = replace(CONTRACT_FACTOR, year_from=2020, year_to=2022)
    assert [span.holds_in(year) for year in (2019, 2020, 2022, 2023)] == [False, True, True, False]
    one_year = replace(CONTRACT_FACTOR, year_from=2020, year_to=None)
    assert [one_year.holds_in(year) for year in (2020, 2021)] == [True, False]
    assert replace(CONTRACT_FACTOR, year_from=None, year_to=None).holds_in(1990)


# Version


def book_of(*rows: Factor, gwp_set: str = "AR5") -> FactorBook:
    return FactorBook(rows, ("local", "ipcc_2006"), gwp_set, potentials(gwp_set))


def test_the_version_does_not_depend_on_the_order_of_rows():
    rows = [row for row in shipped() if row.set == "ipcc_2006"]
    assert book_of(*rows).version == book_of(*reversed(rows)).version


@pytest.mark.parametrize(
    "change", [{"value_t_per_mwh": 0.702}, {"source": "Another one"}, {"year_to": 2022}]
)
def test_the_version_changes_with_a_row(change: dict[str, object]):
    assert book_of(CONTRACT_FACTOR).version != book_of(replace(CONTRACT_FACTOR, **change)).version


def test_the_version_changes_with_the_potentials_and_the_sets_asked():
    assert book_of(CONTRACT_FACTOR).version != book_of(CONTRACT_FACTOR, gwp_set="AR6").version
    assert open_book("AR5", ("ipcc_2006",)).version != open_book("AR5").version


def test_a_row_of_a_set_that_is_not_asked_leaves_the_version_alone():
    other = replace(CONTRACT_FACTOR, set="elsewhere")
    assert book_of(CONTRACT_FACTOR).version == book_of(CONTRACT_FACTOR, other).version


# Potentials


@pytest.mark.parametrize(
    ("gwp_set", "expected_kg"),
    [
        # 1 TJ of gas in a home: 56,100 kg CO2 + 5 kg CH4 + 0.1 kg N2O; 1 MWh is 0.0036 TJ
        ("SAR", 56_100 + 5 * 21 + 0.1 * 310),
        ("AR4", 56_100 + 5 * 25 + 0.1 * 298),
        ("AR5", 56_100 + 5 * 28 + 0.1 * 265),
        ("AR5_FEEDBACK", 56_100 + 5 * 34 + 0.1 * 298),
        ("AR6", 56_100 + 5 * 27.9 + 0.1 * 273),
    ],
)
def test_the_gwp_set_changes_the_result(gwp_set: str, expected_kg: float):
    found_kg = total_kg(open_book(gwp_set), "natural_gas", ("CO2", "CH4", "N2O"))
    assert found_kg == pytest.approx(expected_kg * 0.0036, abs=1e-3)


# Sizes of fuels


@pytest.mark.parametrize(
    ("carrier", "unit", "expected_mwh"),
    [
        ("diesel", "l", 0.8439 * 43.0 / 3600),  # 0.8439 kg/l x 43.0 MJ/kg / 3600 MJ/MWh = 0.01008
        ("diesel", "t", 43.0 / 3.6),  # 43.0 GJ/t / 3.6 GJ/MWh = 11.944
        ("gasoline", "l", 0.7407 * 44.3 / 3600),
        ("natural_gas", "m3 GCV", 38.16 * 0.9 / 3600),  # 10.6 kWh gross x 0.9 = 9.54 kWh net
        ("natural_gas", "MWh GCV", 0.9),
    ],
)
def test_fuel_units_by_density_and_net_calorific_value(
    carrier: str, unit: str, expected_mwh: float
):
    assert fuel_size(carrier, unit) == pytest.approx(expected_mwh)


def test_a_litre_of_diesel_is_ten_kilowatthours():
    assert fuel_size("diesel", "l") == pytest.approx(0.01008, abs=5e-6)


@pytest.mark.parametrize(
    ("carrier", "unit"),
    [("wood", "l"), ("electricity", "t"), ("diesel", "MWh GCV"), ("gold", "kg")],
)
def test_no_size_where_the_property_is_not_known(carrier: str, unit: str):
    assert fuel_size(carrier, unit) is None


def test_known_sets_hold_what_ships_and_what_a_city_adds():
    assert {"override", "local"} | {row.set for row in shipped()} == set(known_sets())


@pytest.mark.parametrize("name", known_sets())
def test_every_set_says_what_it_is(name: str) -> None:
    assert has(f"factors.set-{name}")
