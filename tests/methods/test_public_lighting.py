import pytest

from tests.methods.reading import count, masses, messages
from vatra.methods.public_lighting.formulas import energy_mwh

LAMPS = {"year": 2021, "lamp": "sodium", "lamps": 800, "power": 120, "hours": 4000}


def test_energy_of_lamps():
    # 800 x 120 W x 4,000 h = 384,000,000 Wh; a quarter saved: 288 MWh
    assert energy_mwh(800, 120, 4000, 0) == pytest.approx(384)
    assert energy_mwh(800, 120, 4000, 0.25) == pytest.approx(288)


def test_lamps_are_scope_2_of_institutions():
    # 384 MWh x 0.27746 t/MWh = 106.54464 t
    found = count("public_lighting", LAMPS)
    assert masses(found) == pytest.approx({("I.2.2", "CO2"): 106.54464})
    assert found.rows["stream"].to_list() == ["electricity"]


def test_hours_are_the_night_unless_given():
    # 800 x 120 W x 4,130 h = 396.48 MWh; x 0.27746 = 110.007 t
    found = count("public_lighting", LAMPS | {"hours": None})
    assert masses(found, "gas")["CO2"] == pytest.approx(110.007, abs=1e-3)
    assert "ro_night/lighting.hours" in found.used


def test_led_with_dimming_and_green_power():
    led = LAMPS | {"lamp": "led", "power": 45, "dimming_percent": 30}
    # 800 x 45 W x 4,000 h = 144 MWh; 70 % of it = 100.8 MWh; x 0.27746 = 27.968 t
    assert masses(count("public_lighting", led), "gas")["CO2"] == pytest.approx(27.968, abs=1e-3)
    green = led | {"carrier": "electricity_green"}
    assert masses(count("public_lighting", green), "gas") == {"CO2": 0}


def test_impossible_lamps_are_said_and_left_out():
    found = count(
        "public_lighting",
        LAMPS,
        LAMPS | {"lamp": "mercury", "hours": 9000},
        LAMPS | {"lamp": "led", "dimming_percent": 120},
        LAMPS | {"lamp": "other", "year": 2040},
    )
    assert found.rows["line"].to_list() == [2]
    assert messages(found) == [
        "Row 3: the lamps are lit for more hours than a year has. Give hours a year, about 4,130 "
        "for a whole night.",
        "Row 4: dimming saves more than all the energy. Give the part of the energy saved, from 0 "
        "to 100 %.",
        "Row 5: there is no emission factor for 'electricity' in 2040. Add a row to factors.csv, "
        "or choose other factor_sets in city.yaml.",
    ]
