import pytest
from hypothesis import given
from hypothesis import strategies as st

from vatra.units.traffic import CONSUMPTION_UNITS, TRAFFIC, carried, energy_mwh_per_km


def diesel(unit: str) -> float | None:
    # 43 MJ/kg / 3,600 = 0.0119444 MWh/kg; x 0.8439 kg/l = 0.0100799 MWh/l
    return {"kg": 43 / 3600, "l": 0.8439 * 43 / 3600}.get(unit)


@pytest.mark.parametrize(
    ("unit", "size", "what"),
    [
        ("vehicle-km", 1, "vehicle"),
        ("million passenger-km", 1e6, "passenger"),
        (" Thousand Tonne-km ", 1e3, "tonne"),
    ],
)
def test_traffic_says_how_many_kilometres_and_of_what(unit: str, size: float, what: str):
    assert TRAFFIC.size(unit) == size
    assert carried(unit) == what


def test_bare_kilometres_do_not_say_of_what():
    assert TRAFFIC.size("km") is None


@pytest.mark.parametrize(
    ("consumption", "unit", "expected_mwh"),
    [
        (10, "l/100 km", 0.00100799),  # 0.1 l
        (6, "kg/100 km", 0.000716667),  # 0.06 kg
        (60, "g/km", 0.000716667),
        (20, "kWh/100 km", 0.0002),
        (0.2, "kWh/km", 0.0002),
        (3.6, "MJ/km", 0.001),
    ],
)
def test_a_kilometre_takes_energy(consumption: float, unit: str, expected_mwh: float):
    assert energy_mwh_per_km(consumption, unit, diesel) == pytest.approx(expected_mwh, rel=1e-5)


@given(st.floats(0, 1e3), st.sampled_from(CONSUMPTION_UNITS))
def test_twice_the_consumption_is_twice_the_energy(consumption: float, unit: str):
    once, twice = (energy_mwh_per_km(each, unit, diesel) for each in (consumption, 2 * consumption))
    assert once is not None
    assert twice == pytest.approx(2 * once)


def test_what_cannot_be_counted_is_none():
    assert energy_mwh_per_km(7, "miles per gallon", diesel) is None
    assert energy_mwh_per_km(7, "", diesel) is None
    assert energy_mwh_per_km(7, "l/100 km", lambda unit: None) is None
    assert energy_mwh_per_km(7, "kWh/km", lambda unit: None) == pytest.approx(0.007)
