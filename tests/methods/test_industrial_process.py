import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.activity_rows import count, tonnes
from vatra.methods import Emissions
from vatra.methods.industrial_process.formulas import process_t
from vatra.tables.industrial_production import BY_AREA, PROCESSES

shares = st.floats(0, 1)


def made(process: str, amount: float | None = 1000, **given: object) -> Emissions:
    row = {"process": process, "amount": amount, "unit": "t", **given}
    return count("industrial_process", {"industrial_production": [row]})


def test_clinker_with_its_kiln_dust():
    # 1000 t x 0.51 x 1.02 = 520.2 t CO2
    found = made("cement_clinker")
    assert tonnes(found, "category", "stream", "gas") == pytest.approx(
        {("IV.1.1", "mineral_products", "CO2"): 520.2}
    )


def test_glass_with_the_usual_cullet_and_with_its_own():
    # 1000 x 0.20 x (1 - 0.5) = 100 t; with 30 % cullet 1000 x 0.20 x 0.7 = 140 t
    assert tonnes(made("glass"))["CO2"] == pytest.approx(100)
    assert tonnes(made("glass", cullet_share=0.3))["CO2"] == pytest.approx(140)
    assert tonnes(made("glass", cullet_share=0))["CO2"] == pytest.approx(200)


def test_nitric_acid_with_abatement():
    # 1000 t x 0.007 x (1 - 0.9) = 0.7 t N2O
    found = made("nitric_acid_medium_pressure", abated_share=0.9)
    assert tonnes(found) == pytest.approx({"N2O": 0.7})


def test_aluminium_gives_two_species_of_pfc():
    # 1000 t: 1,600 t CO2, 0.4 t CF4, 0.04 t C2F6; abatement does not touch CO2
    assert tonnes(made("aluminium_prebake_centre"), "species") == pytest.approx(
        {"CO2": 1600, "CF4": 0.4, "C2F6": 0.04}
    )
    assert tonnes(made("aluminium_prebake_centre", abated_share=0.5), "species") == pytest.approx(
        {"CO2": 1600, "CF4": 0.2, "C2F6": 0.02}
    )


def test_semiconductors_give_four_families():
    # 1000 m2 in kg: CF4 900, C2F6 1000, C3F8 50 = 1950 PFC; HFC23 40; NF3 40; SF6 200
    found = made("semiconductors", None, substrate_m2=1000)
    assert tonnes(found) == pytest.approx({"PFC": 1.95, "HFC": 0.04, "NF3": 0.04, "SF6": 0.2})


@pytest.mark.parametrize("process", PROCESSES)
def test_every_process_has_a_factor(process: str):
    found = made(process, None, substrate_m2=1000) if process in BY_AREA else made(process)
    assert found.findings == ()
    assert sum(tonnes(found).values()) > 0


def test_a_factor_of_the_plant_comes_first():
    row = {"process": "cement_clinker", "amount": 1000, "unit": "t"}
    found = count(
        "industrial_process",
        {"industrial_production": [row]},
        own=(("industrial_process.CO2", "cement_clinker", 0.5),),
    )
    assert tonnes(found)["CO2"] == pytest.approx(510)


def test_bad_rows_are_named_and_left_out():
    rows = [
        {"process": "cement_clinker"},
        {"process": "semiconductors", "amount": 5},
        {"process": "glass", "amount": 5, "cullet_share": 30},
        {"process": "coke", "amount": 5, "cullet_share": 0.3},
        {"process": "zinc", "amount": 5, "abated_share": 0.3},
        {"process": "lead", "amount": 100},
    ]
    found = count("industrial_process", {"industrial_production": rows})
    assert set(found.rows["line"]) == {7}
    assert [each.message("en") for each in found.findings] == [
        "Row 2: 'cement clinker' is counted by 'amount' alone. Fill in 'amount' and leave "
        "'substrate_m2' blank.",
        "Row 3: 'semiconductors' is counted by 'substrate_m2' alone. Fill in 'substrate_m2' and "
        "leave 'amount' blank.",
        "Row 4: cullet_share are above 1. Write shares between 0 and 1.",
        "Row 5: cullet is part of glass only, not of 'coke'. Leave 'cullet_share' blank.",
        "Row 6: 'zinc' gives no gas but CO2, and CO2 is not destroyed. Leave 'abated_share' blank.",
    ]


@given(production=st.floats(0, 1e7), cullet=shares, abated=shares)
def test_no_more_leaves_than_production_and_factor_allow(
    production: float, cullet: float, abated: float
):
    whole = process_t(production, 0.2, 1, 0, 0)
    assert 0 <= process_t(production, 0.2, 1, cullet, abated) <= whole
    assert process_t(production, 0.2, 1, 1, abated) == 0
