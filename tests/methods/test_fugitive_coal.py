import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.reading import count, masses, messages
from vatra.factors import Parameter
from vatra.methods.fugitive_coal.formulas import escaped_t

ROW = {"year": 2021, "stage": "underground_mining", "amount": 10, "unit": "kt"}


def test_methane_of_coal_less_what_is_recovered():
    # 10,000 t x 18 m3/t x 0.67 kg/m3 = 120,600 kg; less 20 t = 100.6 t
    assert escaped_t(10_000, 18, 0.67, 20) == pytest.approx(100.6)


@given(st.floats(0, 1e7), st.floats(0, 30))
def test_twice_the_coal_is_twice_the_methane(coal_t: float, factor: float):
    assert escaped_t(2 * coal_t, factor, 0.67, 0) == pytest.approx(
        2 * escaped_t(coal_t, factor, 0.67, 0)
    )


@pytest.mark.parametrize(
    ("stage", "expected_t"),
    [
        # 10,000 t x m3/t x 0.67 kg/m3
        ("underground_mining", 120.6),
        ("underground_post_mining", 16.75),
        ("surface_mining", 8.04),
        ("surface_post_mining", 0.67),
    ],
)
def test_each_stage(stage: str, expected_t: float):
    found = masses(count("fugitive_coal", ROW | {"stage": stage}))
    assert found == pytest.approx({("I.7.1", "CH4"): expected_t})


def test_the_range_widens_where_methane_is_recovered():
    found = count("fugitive_coal", ROW, ROW | {"item": "drained", "recovered": 60.3})
    ratios = {
        (row, term): (low, high)
        for row, term, low, high in found.terms.iter_rows()
        if "coal.ch4" in term
    }
    # Without: 10/18 and 25/18. Half of 120.6 t recovered: (67 - 60.3) / 60.3 = 0.111
    # and (167.5 - 60.3) / 60.3 = 1.778
    term = "ipcc_2006/coal.ch4/underground_mining"
    assert ratios[0, term] == pytest.approx((0.5556, 1.3889), abs=1e-4)
    assert ratios[1, term] == pytest.approx((0.1111, 1.7778), abs=1e-4)


def test_carbon_dioxide_needs_a_factor_of_the_city():
    assert set(count("fugitive_coal", ROW).rows["gas"]) == {"CH4"}
    measured = Parameter("local", "coal.co2", "underground_mining", 5, "m3/t", "the mine")
    # 10,000 t x 5 m3/t x 1.83 kg/m3 = 91,500 kg
    found = masses(count("fugitive_coal", ROW, parameters=(measured,)), "gas")
    assert found == pytest.approx({"CH4": 120.6, "CO2": 91.5})


def test_more_recovered_than_comes_out_is_said_and_left_out():
    found = count("fugitive_coal", ROW, ROW | {"item": "b", "recovered": 121})
    assert found.rows["line"].to_list() == [2]
    assert messages(found) == [
        "Row 3: more methane is recovered than comes out. Check the unit of both, or give the "
        "mine's own 'coal.ch4' in parameters.csv."
    ]
