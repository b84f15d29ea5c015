import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.activity_rows import count, tonnes
from vatra.methods.urban_trees.formulas import crown_growth_t, removal_t, tree_growth_t
from vatra.tables.urban_trees import SPECIES

CROWNS = {"approach": "crown_cover", "area": 12, "unit": "ha", "age_years": 15}


def test_crown_cover():
    # 12 ha x 2.9 t C/ha x 44/12 = 127.6 t CO2 removed
    found = count("urban_trees", {"urban_trees": [CROWNS]})
    assert tonnes(found, "category", "gas") == pytest.approx({("V.2.1", "CO2"): -127.6})


def test_crown_cover_in_square_metres():
    found = count("urban_trees", {"urban_trees": [CROWNS | {"area": 120_000, "unit": "m2"}]})
    assert tonnes(found)["CO2"] == pytest.approx(-127.6)


def test_single_trees():
    # 5,000 pines x 0.0087 t C x 44/12 = 159.5 t CO2 removed
    row = {"approach": "single_trees", "trees_count": 5000, "species": "pine", "age_years": 8}
    found = count("urban_trees", {"urban_trees": [row]})
    assert tonnes(found)["CO2"] == pytest.approx(-159.5)


@pytest.mark.parametrize(("age", "expected"), [(20, -127.6), (20.5, 0), (80, 0)])
def test_trees_past_their_growing_period_take_up_nothing(age: float, expected: float):
    found = count("urban_trees", {"urban_trees": [CROWNS | {"age_years": age}]})
    assert tonnes(found)["CO2"] == pytest.approx(expected)


def test_grass_is_zero_and_not_missing():
    row = {"approach": "grass", "area": 30, "unit": "ha"}
    found = count("urban_trees", {"urban_trees": [row]})
    assert tonnes(found) == {"CO2": 0}
    assert found.rows["activity"].to_list() == [30]


@pytest.mark.parametrize("species", SPECIES)
def test_every_species_class_has_its_growth(species: str):
    row = {"approach": "single_trees", "trees_count": 100, "species": species, "age_years": 8}
    found = count("urban_trees", {"urban_trees": [row]})
    assert found.findings == ()
    assert tonnes(found)["CO2"] < 0


def test_the_range_of_the_default_is_kept():
    (term,) = count("urban_trees", {"urban_trees": [CROWNS]}).terms.iter_rows(named=True)
    assert term["low_ratio"] == pytest.approx(1.8 / 2.9)
    assert term["high_ratio"] == pytest.approx(3.4 / 2.9)


def test_bad_rows_are_named_and_left_out():
    found = count(
        "urban_trees",
        {
            "urban_trees": [
                CROWNS | {"age_years": None},
                {"approach": "single_trees", "trees_count": 5},
                CROWNS | {"item": "park"},
            ]
        },
    )
    assert set(found.rows["line"]) == {4}
    assert [each.message("en") for each in found.findings] == [
        "Row 2: age_years are blank, and the approach of the row needs them. Fill them in, or "
        "choose another approach.",
        "Row 3: species, age_years are blank, and the approach of the row needs them. Fill them "
        "in, or choose another approach.",
    ]


@given(area=st.floats(0, 1e5), trees=st.floats(0, 1e7), age=st.floats(0, 100))
def test_trees_never_emit(area: float, trees: float, age: float):
    carbon_t = crown_growth_t(area, 2.9) + tree_growth_t(trees, 0.01)
    assert removal_t(carbon_t, age, 20) <= 0
