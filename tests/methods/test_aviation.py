import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.reading import count, masses, messages
from vatra.factors import open_parameters
from vatra.methods.aviation.formulas import cruise_t, lto_t
from vatra.tables.flights import AIRCRAFT

ROW = {"year": 2021, "aircraft": "A320", "flights": 100, "fuel": 250, "city_percent": 100}
T_CO2_PER_T_FUEL = 44.1 * 71.5 / 1000


def test_landing_and_take_off():
    # 100 x 770 kg = 77 t
    assert lto_t(100, 770) == 77


def test_cruise_is_what_is_left():
    # 250 - 77 = 173 t x 44.1 GJ/t / 3.6 = 2,119.25 MWh; x 0.2574 t/MWh = 545.495 t
    assert cruise_t(250, 77, 44.1, 0.2574) == pytest.approx(545.495)


def test_flights_of_an_a320_by_gas():
    # CO2: 100 x 2.44 + 173 x 3.15315 = 244 + 545.495 = 789.495 t
    # CH4: 100 x 0.06 kg, none at cruise
    # N2O: 100 x 0.1 kg + 173 t x 44.1 GJ/t x 2 g/GJ = 25.2586 kg
    found = masses(count("aviation", ROW))
    assert found["II.4.3", "CO2"] == pytest.approx(789.495, abs=1e-3)
    assert found["II.4.3", "CH4"] == pytest.approx(0.006)
    assert found["II.4.3", "N2O"] == pytest.approx(0.0252586)


def test_without_the_aircraft_all_fuel_takes_the_first_tier():
    # 250 t x 44.1 GJ/t = 11.025 TJ; x 71,500, 0.5 and 2 kg/TJ
    row = ROW | {"aircraft": None, "flights": None}
    assert masses(count("aviation", row), "gas") == pytest.approx(
        {"CO2": 788.2875, "CH4": 0.0055125, "N2O": 0.02205}
    )


def test_light_aircraft_fly_on_petrol():
    # 10 t x 44.3 GJ/t x 70 kg/GJ = 31.01 t
    row = ROW | {"aircraft": None, "carrier": "aviation_gasoline", "fuel": 10}
    row |= {"category": "II.4.1"}
    assert masses(count("aviation", row))["II.4.1", "CO2"] == pytest.approx(31.01)


def test_the_city_s_part():
    assert masses(count("aviation", ROW | {"city_percent": 25}))["II.4.3", "CO2"] == pytest.approx(
        789.495 / 4, abs=1e-3
    )


def test_flights_without_fuel_count_landing_and_take_off_with_a_warning():
    found = count("aviation", ROW | {"fuel": None})
    assert masses(found, "gas") == pytest.approx({"CO2": 244, "CH4": 0.006, "N2O": 0.01})
    assert [(each.severity, each.code) for each in found.findings] == [
        ("warning", "methods.flights-lto-only")
    ]


@pytest.mark.parametrize("aircraft", AIRCRAFT)
def test_the_table_of_aircraft_agrees_with_itself(aircraft: str):
    # CO2 of landing and take-off follows its fuel; the table rounds to tens of kilograms
    book = open_parameters()
    fuel, co2 = (book.need(f"aviation.lto_{each}", aircraft).value for each in ("fuel", "co2"))
    assert co2 == pytest.approx(fuel * 3.16, abs=25)


@given(st.integers(1, 1000), st.floats(0.77, 50))
def test_tiers_agree_on_carbon_dioxide(flights: int, fuel_t_each: float):
    row = ROW | {"flights": flights, "fuel": flights * fuel_t_each}
    found = masses(count("aviation", row), "gas")["CO2"]
    assert found == pytest.approx(flights * fuel_t_each * T_CO2_PER_T_FUEL, rel=0.006)


def test_a_factor_moves_only_its_part():
    found = count("aviation", ROW)
    co2 = found.rows.filter(found.rows["gas"] == "CO2")["row"][0]
    moved = {row[1]: row[2:] for row in found.terms.iter_rows() if row[0] == co2}
    # Cruise is 545.495 of 789.495 t = 0.69094; 1 + 0.69094 x (69,800/71,500 - 1) = 0.98357
    # 1 + 0.69094 x (74,400/71,500 - 1) = 1.02802
    assert moved["ipcc_2006/aviation.co2/jet_kerosene"] == pytest.approx(
        (0.98357, 1.02802), abs=1e-5
    )
    assert "ipcc_2006/aviation.lto_fuel/A320" in found.used


def test_a_city_s_own_factor_comes_first():
    found = masses(count("aviation", ROW, factors={"jet_kerosene": 0.26}), "gas")
    # 244 + 173 x 44.1 / 3.6 x 0.26 = 244 + 551.005
    assert found["CO2"] == pytest.approx(795.005)


def test_flights_that_cannot_be_counted_are_said_and_left_out():
    found = count(
        "aviation",
        ROW,
        ROW | {"item": "a", "city_percent": 110},
        ROW | {"item": "b", "aircraft": None, "fuel": None},
        ROW | {"item": "c", "flights": None},
        ROW | {"item": "d", "fuel": 70},
    )
    assert set(found.rows["line"]) == {2}
    assert messages(found) == [
        "Row 3: the city's part is over 100 %. Give a figure from 0 to 100.",
        "Row 6: the fuel is less than landing and take-off alone take. Correct the fuel or the "
        "departures.",
        "Row 5: the departures of the aircraft are blank. Give their number, or leave the "
        "aircraft blank to count the fuel alone.",
        "Row 4: neither the aircraft nor the fuel is given. Give the fuel of the flights, or "
        "their aircraft and departures.",
    ]
