import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.waste_rows import found_in, own, ratios, said, tonnes
from vatra.methods.biological_treatment.formulas import gas_generated_t, methane_emitted_t

COMPOST = {
    "year": 2021,
    "category": "III.2.1",
    "process": "compost",
    "basis": "wet",
    "amount": 1000,
    "unit": "t",
}


def found(*rows: dict[str, object], **more):
    return found_in("biological_treatment", {"biological_treatment": list(rows)}, **more)


@pytest.mark.parametrize(
    ("process", "basis", "ch4_t", "n2o_t"),
    [
        # 1,000 t x EF [g/kg] / 1000, Table 4.1
        ("compost", "wet", 4, 0.24),
        ("compost", "dry", 10, 0.6),
        ("digestion", "wet", 0.8, 0),
        ("digestion", "dry", 2, 0),
    ],
)
def test_a_thousand_tonnes(process: str, basis: str, ch4_t: float, n2o_t: float):
    result = found(COMPOST | {"process": process, "basis": basis})
    assert (tonnes(result), tonnes(result, "N2O")) == (ch4_t, n2o_t)
    assert said(result) == []


@given(waste_t=st.floats(0, 1e6), water=st.floats(0, 0.95))
def test_dry_and_wet_agree_where_the_factors_do(waste_t: float, water: float):
    wet = gas_generated_t(waste_t, 10 * (1 - water))
    assert wet == pytest.approx(gas_generated_t(waste_t * (1 - water), 10))


@given(generated_t=st.floats(0, 1e6), caught=st.floats(0, 1))
def test_what_is_not_recovered_is_emitted(generated_t: float, caught: float):
    recovered_t = generated_t * caught
    left_t = methane_emitted_t(generated_t, recovered_t)
    assert left_t >= 0
    assert left_t + recovered_t == pytest.approx(generated_t)


def test_categories_and_streams_are_those_of_the_rows():
    result = found(
        COMPOST | {"category": "III.2.3"}, COMPOST | {"process": "digestion", "unit": "kt"}
    )
    assert result.rows.select("category", "stream", "gas", "activity").rows() == [
        ("III.2.3", "composted_waste", "CH4", 1000.0),
        ("III.2.3", "composted_waste", "N2O", 1000.0),
        ("III.2.1", "digested_waste", "CH4", 1_000_000.0),
        ("III.2.1", "digested_waste", "N2O", 1_000_000.0),
    ]


def test_doubt_spans_the_published_range():
    assert ratios(found(COMPOST)) == {
        "ipcc_2006/biological.ef_ch4/compost/wet": pytest.approx((0.03 / 4, 8 / 4))
    }


def test_recovery_moves_the_doubt_and_never_below_zero():
    # 4 t - 1 t = 3 t; low 0.03 t - 1 t is nothing, high (8 - 1) / 3
    assert ratios(found(COMPOST | {"recovered_ch4_t": 1})) == {
        "ipcc_2006/biological.ef_ch4/compost/wet": pytest.approx((0, 7 / 3))
    }


def test_a_citys_own_factor_comes_first():
    result = found(COMPOST, parameters=(own("biological.ef_ch4/compost/wet", 1.5),))
    assert tonnes(result) == 1.5


def test_more_recovered_than_generated():
    result = found(COMPOST | {"recovered_ch4_t": 4.5}, COMPOST | {"item": "north"})
    assert said(result) == [
        "Row 2: 4.500 t of CH4 recovered is more than the 4.000 t generated. Correct the recovery, "
        "or give the city's own factor in parameters.csv."
    ]
    assert result.rows["line"].to_list() == [3, 3]


def test_all_of_it_may_be_recovered():
    assert tonnes(found(COMPOST | {"recovered_ch4_t": 4})) == 0
