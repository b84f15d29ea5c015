import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.activity_rows import count, tonnes
from vatra.factors.gwp import species_potentials
from vatra.methods import Emissions
from vatra.methods.soils.formulas import direct_t, indirect_t
from vatra.tables.soil_inputs import DRAINED, INPUTS
from vatra.tables.vocabulary import BIOGENIC


def soils(*rows: dict[str, object], climate: str = "", sets: tuple[str, ...] = ()) -> Emissions:
    return count("soils", {"soil_inputs": rows}, climate=climate, sets=sets)


def test_nitrogen_of_synthetic_fertiliser():
    # 100 t x (0.01 + 0.10 x 0.01 + 0.30 x 0.0075) x 44/28 = 100 x 0.01325 x 44/28 = 2.082143 t
    found = soils({"input": "synthetic_fertiliser", "amount": 100})
    assert tonnes(found, "category", "gas") == pytest.approx({("V.3.1", "N2O"): 2.0821429})


def test_organic_nitrogen_loses_more_ammonia():
    # 100 t x (0.01 + 0.20 x 0.01 + 0.30 x 0.0075) x 44/28 = 2.239286 t
    found = soils({"input": "compost", "amount": 100})
    assert tonnes(found)["N2O"] == pytest.approx(2.2392857)


def test_crop_residues_lose_none():
    # 100 t x (0.01 + 0.30 x 0.0075) x 44/28 = 1.925 t
    found = soils({"input": "crop_residues", "amount": 100})
    assert tonnes(found)["N2O"] == pytest.approx(1.925)


def test_nothing_is_leached_where_it_is_dry():
    # 100 t x (0.01 + 0.10 x 0.01) x 44/28 = 1.728571 t
    found = soils({"input": "synthetic_fertiliser", "amount": 100}, climate="boreal_temperate_dry")
    assert tonnes(found)["N2O"] == pytest.approx(1.7285714)


def test_the_refinement_of_2019_changes_the_result():
    # 100 t x (0.010 + 0.11 x 0.010 + 0.24 x 0.011) x 44/28 = 100 x 0.01374 x 44/28 = 2.159143 t
    found = soils({"input": "synthetic_fertiliser", "amount": 100}, sets=("ipcc_2019",))
    assert tonnes(found)["N2O"] == pytest.approx(2.1591429)


def test_a_citys_own_share_leached_comes_first_in_any_climate():
    # 100 t x (0.01 + 0.10 x 0.01 + 0.05 x 0.0075) x 44/28
    found = count(
        "soils",
        {"soil_inputs": [{"input": "synthetic_fertiliser", "amount": 100}]},
        own=(("soils.leached", "", 0.05),),
        climate="boreal_temperate_wet",
    )
    assert tonnes(found)["N2O"] == pytest.approx(100 * 0.011375 * 44 / 28)


def test_the_refinement_leaches_nothing_where_it_is_dry():
    # 100 t x (0.010 + 0.11 x 0.010) x 44/28
    found = soils(
        {"input": "synthetic_fertiliser", "amount": 100},
        climate="boreal_temperate_dry",
        sets=("ipcc_2019",),
    )
    assert tonnes(found)["N2O"] == pytest.approx(100 * 0.0111 * 44 / 28)


@pytest.mark.parametrize(
    ("name", "carbon"), [("limestone", 0.12), ("dolomite", 0.13), ("urea", 0.20)]
)
def test_lime_and_urea(name: str, carbon: float):
    # 300 t x 0.12 x 44/12 = 132 t; x 0.13: 143 t; x 0.20: 220 t
    found = soils({"input": name, "amount": 300})
    assert tonnes(found) == pytest.approx({"CO2": 300 * carbon * 44 / 12})


def test_drained_soil():
    # 50 ha x 8 kg/ha x 44/28 = 628.571 kg
    found = soils({"input": "drained_cropland", "area_ha": 50})
    assert tonnes(found)["N2O"] == pytest.approx(0.6285714)


def test_burning_by_area_and_by_mass_is_the_same():
    # 100 ha x 4.0 t/ha = 400 t: CH4 400 x 2.7 / 1000 = 1.08 t, N2O 400 x 0.07 / 1000 = 0.028 t
    by_area = soils({"input": "wheat_residues_burnt", "area_ha": 100})
    by_mass = soils({"input": "wheat_residues_burnt", "amount": 400})
    assert tonnes(by_area) == pytest.approx(tonnes(by_mass))
    assert tonnes(by_area) == pytest.approx({"CH4": 1.08, "N2O": 0.028, BIOGENIC: 606})


def test_the_gwp_set_changes_the_result():
    mass_t = tonnes(soils({"input": "synthetic_fertiliser", "amount": 100}))["N2O"]
    found = {name: mass_t * species_potentials(name)["N2O"] for name in ("AR4", "AR5")}
    assert found == pytest.approx({"AR4": 2.0821429 * 298, "AR5": 2.0821429 * 265})


@pytest.mark.parametrize("name", INPUTS)
def test_every_input_has_its_numbers(name: str):
    amount = {"area_ha": 10} if name in DRAINED else {"amount": 10}
    found = soils({"input": name, **amount})
    assert found.findings == ()
    assert sum(tonnes(found).values()) > 0


def test_grass_burnt_by_area_asks_for_its_dry_matter():
    (finding,) = soils({"input": "grass_burnt", "area_ha": 10}).findings
    assert finding.message("en") == (
        "Row 2: the parameter 'soils.burnt' is not known for 'grass_burnt'. Known are "
        "maize_residues_burnt, wheat_residues_burnt. Correct the row, or give the value in "
        "parameters.csv."
    )


def test_bad_rows_are_named_and_left_out():
    found = soils(
        {"input": "compost", "area_ha": 5},
        {"input": "drained_grassland", "amount": 5},
        {"input": "grass_burnt"},
        {"input": "urea", "amount": 5},
    )
    assert set(found.rows["line"]) == {5}
    assert [each.message("en") for each in found.findings] == [
        "Row 2: 'nitrogen of compost' is counted by amount alone. Fill it in and leave the other "
        "blank.",
        "Row 3: 'drained organic soil, grassland' is counted by area_ha alone. Fill it in and "
        "leave the other blank.",
        "Row 4: 'grass burnt' needs the dry matter burnt or the area, not both and not none. Fill "
        "in one of amount, area_ha.",
    ]


@given(first=st.floats(0, 1e6), second=st.floats(0, 1e6))
def test_nitrogen_adds_up(first: float, second: float):
    parts = direct_t(first, 0.01) + direct_t(second, 0.01)
    assert parts == pytest.approx(direct_t(first + second, 0.01))
    assert indirect_t(first, 1, 0.01) == direct_t(first, 0.01)
