import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.activity_rows import count, tonnes
from vatra.methods.livestock.formulas import direct_t, excreted_t, indirect_t
from vatra.tables.livestock import ANIMALS, SYSTEMS

COWS = {"animal": "dairy_cattle", "heads_count": 1000, "temperature_degrees_c": 10.4}


def test_methane_of_dairy_cows():
    # 1000 x (99 + 11) kg = 110 t at 10 °C (10.4 is in the first column of Table 10.14)
    found = count("livestock", {"livestock": [COWS | {"solid_share": 1}]})
    assert tonnes(found)["CH4"] == pytest.approx(110)
    assert set(found.rows["stream"]) == {"cattle"}


@pytest.mark.parametrize(("degrees", "expected_kg"), [(-3, 11), (14.6, 20), (28, 46), (35, 46)])
def test_methane_of_manure_follows_the_temperature(degrees: float, expected_kg: float):
    row = COWS | {"temperature_degrees_c": degrees, "solid_share": 1}
    found = count("livestock", {"livestock": [row]})
    assert tonnes(found)["CH4"] == pytest.approx(99 + expected_kg)


@pytest.mark.parametrize(("degrees", "expected_kg"), [(14.9, 0.19), (15, 0.28), (26, 0.37)])
def test_methane_of_the_manure_of_sheep_goes_by_zone(degrees: float, expected_kg: float):
    row = {"animal": "sheep", "heads_count": 1000, "temperature_degrees_c": degrees}
    found = count("livestock", {"livestock": [row | {"solid_share": 1}]})
    assert tonnes(found)["CH4"] == pytest.approx(8 + expected_kg)


def test_nitrous_oxide_of_manure_in_stores():
    # N = 1000 x 0.35 x 550 / 1000 x 365 / 1000 = 70.2625 t; all as solid storage:
    # 70.2625 x (0.005 + 0.30 x 0.01) x 44/28 = 0.883300 t
    found = count("livestock", {"livestock": [COWS | {"solid_share": 1}]})
    assert tonnes(found)["N2O"] == pytest.approx(70.2625 * 0.008 * 44 / 28)
    assert tonnes(found, "category")["V.1.1"] == pytest.approx(110 + 0.8833, abs=1e-5)


def test_manure_on_pasture_counts_with_the_soils():
    # 70.2625 t x (0.02 + 0.20 x 0.01 + 0.30 x 0.0075) x 44/28 = 70.2625 x 0.02425 x 44/28
    found = count("livestock", {"livestock": [COWS | {"pasture_share": 1}]})
    by = tonnes(found, "category", "gas")
    assert by["V.3.1", "N2O"] == pytest.approx(70.2625 * 0.02425 * 44 / 28)
    assert ("V.1.1", "N2O") not in by


def test_nothing_is_leached_where_it_is_dry():
    rows = {"livestock": [COWS | {"pasture_share": 1}]}
    wet = count("livestock", rows, climate="boreal_temperate_wet")
    dry = count("livestock", rows, climate="boreal_temperate_dry")
    assert tonnes(wet)["N2O"] - tonnes(dry)["N2O"] == pytest.approx(
        70.2625 * 0.30 * 0.0075 * 44 / 28
    )


def test_the_refinement_of_2019_changes_the_result():
    found = count("livestock", {"livestock": [COWS | {"solid_share": 1}]}, sets=("ipcc_2019",))
    # 1000 x (93 + 11) kg; N = 1000 x 0.42 x 550 / 1000 x 365 / 1000 = 84.315 t, EF3 0.010
    assert tonnes(found)["CH4"] == pytest.approx(104)
    assert tonnes(found)["N2O"] == pytest.approx(84.315 * (0.010 + 0.30 * 0.01) * 44 / 28)


def test_blank_shares_take_what_is_usual_and_say_so():
    found = count("livestock", {"livestock": [COWS]})
    assert "ipcc_2019/livestock.system/dairy_cattle/solid" in found.used
    # 20 % of the manure of dairy cows falls on pasture
    assert tonnes(found, "category", "gas")["V.3.1", "N2O"] == pytest.approx(
        70.2625 * 0.20 * 0.02425 * 44 / 28
    )


@pytest.mark.parametrize("animal", ANIMALS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_every_animal_and_system_has_its_numbers(animal: str, system: str):
    row = {"animal": animal, "heads_count": 10, "temperature_degrees_c": 11}
    found = count("livestock", {"livestock": [row | {f"{system}_share": 1}]})
    assert found.findings == ()
    assert tonnes(found)["CH4"] > 0


def test_bad_rows_are_named_and_left_out():
    halves = COWS | {"solid_share": 0.5, "pasture_share": 0.3}
    turkeys = {"animal": "turkeys", "heads_count": 10, "temperature_degrees_c": 11}
    good = COWS | {"item": "other farm", "solid_share": 1}
    found = count("livestock", {"livestock": [halves, turkeys, good]})
    assert set(found.rows["line"]) == {4}
    assert [each.message("en") for each in found.findings] == [
        "Row 2: the shares of the manure of 'dairy cattle' sum to 0.8, not to 1. Correct them, or "
        "leave all of them blank to take what is usual in Eastern Europe.",
        "Row 3: how the manure of 'turkeys' is kept is not known, and nothing is published as "
        "usual. Fill in the shares so that they sum to 1.",
    ]


@given(split=st.floats(0, 1), heads=st.floats(0, 1e6))
def test_nitrogen_split_among_systems_is_nitrogen_whole(split: float, heads: float):
    nitrogen_t = excreted_t(heads, 0.35, 550)
    parts = direct_t(nitrogen_t, split, 0.01) + direct_t(nitrogen_t, 1 - split, 0.01)
    assert parts == pytest.approx(direct_t(nitrogen_t, 1, 0.01))
    assert indirect_t(nitrogen_t, 1, 1, 0.01) == pytest.approx(direct_t(nitrogen_t, 1, 0.01))
