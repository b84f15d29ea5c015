import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.reading import co2, count, masses, messages
from vatra.factors import open_book, open_parameters
from vatra.factors.carriers import CarrierFactors
from vatra.methods.line_transport.formulas import divided_mwh

TRAIN = {"year": 2021, "mode": "train", "carrier": "diesel", "amount": 1000, "unit": "GJ"}
TRAIN |= {"length": 40, "inside": 10}
TRAM = {"year": 2021, "mode": "tram", "carrier": "electricity", "amount": 500, "unit": "MWh"}
TRAM |= {"length": 8, "inside": 8}


def test_a_line_is_divided_at_the_limits_of_the_city():
    # 400 MWh x 10 km / 40 km = 100 MWh inside; half of the other 300 MWh = 150 MWh
    assert divided_mwh(400, 40, 10, 0.5) == pytest.approx((100, 150))


@given(st.floats(0, 1e7), st.floats(0.1, 1e3), st.floats(0, 1))
def test_inside_and_all_of_outside_is_the_whole(energy_mwh: float, line_km: float, share: float):
    assert sum(divided_mwh(energy_mwh, line_km, line_km * share, 1)) == pytest.approx(energy_mwh)


def test_a_diesel_train_by_scope():
    # 1,000 GJ x 10/40 = 0.25 TJ inside: x 74,100 = 18.525 t, x 4.15 = 1.0375 kg, x 28.6 = 7.15 kg
    # 0.75 TJ outside x 40 % = 0.3 TJ: x 74,100 = 22.23 t
    found = masses(count("line_transport", TRAIN | {"outside_percent": 40}))
    assert found["II.2.1", "CO2"] == pytest.approx(18.525)
    assert found["II.2.1", "CH4"] == pytest.approx(0.0010375)
    assert found["II.2.1", "N2O"] == pytest.approx(0.00715)
    assert found["II.2.3", "CO2"] == pytest.approx(22.23)


def test_a_blank_part_outside_is_no_zero():
    assert {key[0] for key in masses(count("line_transport", TRAIN))} == {"II.2.1"}
    confirmed = masses(count("line_transport", TRAIN | {"outside_percent": 0}))
    assert confirmed["II.2.3", "CO2"] == 0


def test_trams_are_rail_and_their_power_is_scope_2():
    # 500 MWh x 0.27746 t/MWh = 138.73 t
    assert masses(count("line_transport", TRAM)) == pytest.approx({("II.2.2", "CO2"): 138.73})


def test_litres_of_a_ferry_are_waterborne_with_the_factors_of_ships():
    # 1,000 l x 0.8439 kg/l x 43 MJ/kg = 36,287.7 MJ; x 74.1 g/MJ = 2.68892 t
    # x 7 mg/MJ = 254.014 g CH4; x 2 mg/MJ = 72.5754 g N2O
    row = TRAIN | {"mode": "ferry", "unit": "l", "inside": 40}
    found = masses(count("line_transport", row))
    assert found["II.3.1", "CO2"] == pytest.approx(2.68892, abs=1e-5)
    assert found["II.3.1", "CH4"] == pytest.approx(0.000254, abs=1e-6)
    assert found["II.3.1", "N2O"] == pytest.approx(72.5754e-6, abs=1e-9)


def test_the_range_of_a_locomotive_stands_beside_its_results():
    found = count("line_transport", TRAIN)
    ratios = {row[1]: row[2:] for row in found.terms.iter_rows()}
    # 1.67/4.15 and 10.4/4.15; 14.3/28.6 and 85.8/28.6
    assert ratios["ipcc_2006/rail.ch4/diesel"] == pytest.approx((0.402, 2.506), abs=1e-3)
    assert ratios["ipcc_2006/rail.n2o/diesel"] == pytest.approx((0.5, 3))


def test_a_city_s_mixture_is_not_filled_with_gases_it_holds():
    book = open_book("AR5", own=[co2("diesel", 0.3, "CO2E")])
    found = CarrierFactors(book, open_parameters(), "rail", "rail").of("diesel", 2021, 2)
    assert [each.gas for each in found] == ["CO2E"]


def test_lines_that_cannot_be_divided_are_said_and_left_out():
    found = count(
        "line_transport",
        TRAM,
        TRAM | {"item": "a", "length": 0},
        TRAM | {"item": "b", "inside": 9},
        TRAM | {"item": "c", "outside_percent": 140},
        TRAM | {"mode": "boat", "carrier": "hydrogen"},
    )
    assert found.rows["line"].to_list() == [2]
    assert messages(found) == [
        "Row 4: more kilometres lie in the city than the line has. Correct 'inside' or 'length'.",
        "Row 5: the city's part of the journey outside is over 100 %. Give a figure from 0 to 100.",
        "Row 3: the line has no length. Give the length of the whole line in 'length'.",
        "Row 6: there is no emission factor for 'hydrogen' in 2021. Add a row to factors.csv, or "
        "choose other factor_sets in city.yaml.",
    ]
