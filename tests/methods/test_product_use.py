import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.activity_rows import count, tonnes
from vatra.methods import Emissions
from vatra.methods.product_use.formulas import balance_kg

masses = st.floats(0, 1e6)
BALANCE = {
    "product": "sf6_balance",
    "stock_start_kg": 40,
    "stock_end_kg": 25,
    "purchases_kg": 60,
    "sales_kg": 5,
    "new_capacity_kg": 50,
    "retired_capacity_kg": 10,
}


def used(*rows: dict[str, object], own: tuple[tuple[str, str, float], ...] = ()) -> Emissions:
    return count("product_use", {"product_use": rows}, own=own)


@pytest.mark.parametrize(
    ("product", "oxidised"), [("lubricant", 0.2), ("grease", 0.05), ("paraffin_wax", 0.2)]
)
def test_what_burns_while_it_is_used(product: str, oxidised: float):
    # 100 t x 40.2 TJ/Gg / 1000 = 4.02 TJ; x 20 t/TJ x 0.2 x 44/12 = 58.96 t CO2
    found = used({"product": product, "amount": 100})
    assert tonnes(found, "category", "gas") == pytest.approx(
        {("IV.2.1", "CO2"): 4.02 * 20 * oxidised * 44 / 12}
    )


def test_nitrous_oxide_sold_and_per_person():
    # 2.5 t sold, all released; 24,000 people x 0.05 kg = 1.2 t
    assert tonnes(used({"product": "n2o_medical", "amount": 2.5})) == pytest.approx({"N2O": 2.5})
    own = (("product_use.n2o_per_person", "", 0.05),)
    found = used({"product": "n2o_medical", "people_count": 24_000}, own=own)
    assert tonnes(found) == pytest.approx({"N2O": 1.2})
    assert found.rows["activity_unit"].to_list() == ["people"]


def test_nitrous_oxide_per_person_has_no_default():
    (finding,) = used({"product": "n2o_medical", "people_count": 24_000}).findings
    assert finding.message("en").startswith(
        "Row 2: the parameter 'product_use.n2o_per_person' has no default."
    )


def test_switchgear_by_balance():
    # (40 - 25) + 60 - 5 - (50 - 10) = 15 + 60 - 5 - 40 = 30 kg
    assert tonnes(used(BALANCE)) == pytest.approx({"SF6": 0.03})


@pytest.mark.parametrize(
    ("product", "expected_kg"),
    # 1000 x 0.002 + 20 x 0.93 = 20.6 kg; 1000 x 0.026 + 20 x 0.95 = 45 kg
    [("sf6_sealed", 20.6), ("sf6_closed", 45.0)],
)
def test_switchgear_by_bank(product: str, expected_kg: float):
    found = used({"product": product, "bank_kg": 1000, "retired_capacity_kg": 20})
    assert tonnes(found) == pytest.approx({"SF6": expected_kg / 1000})


def test_bad_rows_are_named_and_left_out():
    found = used(
        {"product": "lubricant"},
        {"product": "n2o_medical", "amount": 1, "people_count": 5},
        BALANCE | {"sales_kg": None},
        BALANCE | {"item": "b", "sales_kg": 500},
        {"product": "n2o_aerosol", "amount": 1},
    )
    assert set(found.rows["line"]) == {6}
    assert [each.message("en") for each in found.findings] == [
        "Row 2: 'lubricating oil' needs amount, which are blank, and blank is not zero. Fill them "
        "in, or write 0.",
        "Row 3: 'N2O in medicine' is counted by one of amount, people_count, not by both. Leave "
        "one of them blank.",
        "Row 4: 'SF6 of switchgear, mass balance' needs sales_kg, which are blank, and blank is "
        "not zero. Fill them in, or write 0.",
        "Row 5: the balance gives \u2212465 kg, and emissions cannot be below zero. Check the "
        "stock at the end, what was sold and the charge of new equipment.",
    ]


@given(stock=masses, charge=masses, purchases=masses)
def test_nothing_is_lost_when_nothing_moves(stock: float, charge: float, purchases: float):
    assert balance_kg(stock, stock, 0, 0, 0, 0) == 0
    assert balance_kg(stock, stock, purchases, purchases, 0, 0) == 0
    assert balance_kg(stock, stock, 0, 0, charge, charge) == 0
