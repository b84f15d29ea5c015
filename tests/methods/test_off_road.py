import pytest

from tests.methods.reading import count, masses, messages
from vatra.methods.off_road.formulas import fuel_mwh, work_mwh

ROW = {"year": 2021, "category": "II.5.1", "machine": "forklift", "carrier": "diesel"}
ROW |= {"machines": 4, "hours": 500, "power": 50, "load_percent": 50, "consumption": 250}


def test_work_of_machines():
    # 4 x 500 h x 50 kW x 0.5 = 50,000 kWh
    assert work_mwh(4, 500, 50, 0.5) == pytest.approx(50)


def test_fuel_behind_the_work():
    # 50,000 kWh x 0.25 kg/kWh = 12,500 kg; x 12 kWh/kg = 150 MWh
    assert fuel_mwh(50, 250, 0.012) == pytest.approx(150)


def test_diesel_machines_in_three_gases():
    # 12,500 kg x 43 MJ/kg = 0.5375 TJ; x 74,100, 4.15 and 28.6 kg/TJ
    found = count("off_road", ROW)
    assert masses(found) == pytest.approx(
        {
            ("II.5.1", "CO2"): 39.82875,
            ("II.5.1", "CH4"): 0.002230625,
            ("II.5.1", "N2O"): 0.0153725,
        },
        abs=1e-9,
    )
    assert found.rows["activity"].to_list() == [2000, 2000, 2000]


def test_defaults_of_load_and_consumption():
    # 4 x 500 x 50 x 0.59 = 59 MWh; x 248.2 g/kWh = 14,643.8 kg; x 43 x 0.0741 = 46.6595 t
    found = count("off_road", ROW | {"load_percent": None, "consumption": None})
    assert masses(found, "gas")["CO2"] == pytest.approx(46.6595, abs=1e-4)
    assert {"epa_nonroad/off_road.load/forklift", "epa_nonroad/off_road.consumption/diesel"} <= set(
        found.used
    )


def test_electric_machines_take_their_work_from_the_grid():
    # 50 MWh x 0.27746 t/MWh = 13.873 t
    row = ROW | {"carrier": "electricity", "category": "II.5.2", "consumption": None}
    assert masses(count("off_road", row)) == pytest.approx({("II.5.2", "CO2"): 13.873})


def test_petrol_mowers_take_four_stroke_engines():
    # 10 x 100 h x 3 kW x 0.33 = 990 kWh; x 350 g = 346.5 kg; x 44.3 MJ/kg = 15.34995 GJ
    # x 69.3 kg/GJ = 1,063.75 kg; x 50 g/GJ = 767.4975 g
    row = {"year": 2021, "category": "I.2.1", "machine": "lawn_mower", "carrier": "gasoline"}
    row |= {"machines": 10, "hours": 100, "power": 3}
    found = masses(count("off_road", row))
    assert found["I.2.1", "CO2"] == pytest.approx(1.06375, abs=1e-5)
    assert found["I.2.1", "CH4"] == pytest.approx(0.0007674975, abs=1e-9)


def test_machines_that_cannot_be_counted_are_said_and_left_out():
    found = count(
        "off_road",
        ROW,
        ROW | {"item": "a", "category": "II.5.2"},
        ROW | {"item": "b", "load_percent": 120},
        ROW | {"item": "c", "machine": "other", "load_percent": None},
        ROW | {"item": "d", "carrier": "lpg", "consumption": None},
        ROW | {"item": "e", "carrier": "hydrogen"},
    )
    assert set(found.rows["line"]) == {2}
    assert messages(found) == [
        "Row 4: the load is over 100 %. Give the average load in per cent of the rated power.",
        "Row 7: the calorific value of the fuel is not known. Put the energy of the fuel into "
        "energy.csv instead.",
        "Row 3: the category does not fit the carrier. A category that ends in .2 is for power "
        "from the grid, one that ends in .1 for fuel.",
        "Row 7: there is no emission factor for 'hydrogen' in 2021. Add a row to factors.csv, or "
        "choose other factor_sets in city.yaml.",
        "Row 6: the parameter 'off_road.consumption' is not known for 'lpg'. Known are diesel, "
        "gasoline. Correct the row, or give the value in parameters.csv.",
        "Row 5: the parameter 'off_road.load' is not known for 'other'. Known are backhoe, crane, "
        "excavator, forklift, generator, lawn_mower, loader, tractor. Correct the row, or give "
        "the value in parameters.csv.",
    ]
