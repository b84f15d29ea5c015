import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.activity_rows import count, tonnes
from vatra.methods import Emissions
from vatra.methods.land.formulas import (
    disturbed_t,
    growth_t,
    removed_t,
    soil_t_per_ha,
    stock_difference_t,
)

FOREST = {
    "from_use": "forest_land",
    "to_use": "forest_land",
    "area": 1000,
    "unit": "ha",
    "forest_type": "pine",
    "harvest_m3": 0,
    "fuelwood_m3": 0,
    "disturbed_ha": 0,
}
CHANGED = {"unit": "ha", "climate_zone": "cool_moist", "soil": "high_activity_clay"}
STOCK = {
    "land": "forest_land",
    "pool": "biomass",
    "year_from": 2011,
    "year_to": 2021,
    "carbon_from": 50_000,
    "carbon_to": 51_000,
    "unit": "t",
}
shares = st.floats(0, 1)
areas = st.floats(0, 1e6)


def land(*rows: dict[str, object], years: tuple[int, ...] = (2021,)) -> Emissions:
    return count("land", {"land_use": rows}, years=years, sets=("ipcc_2006",))


def stocks(*rows: dict[str, object], uses: tuple[dict[str, object], ...] = ()) -> Emissions:
    return count("land", {"carbon_stocks": rows} | ({"land_use": uses} if uses else {}))


def carbon(found: Emissions, *by: str) -> dict[object, float]:
    """Carbon gained [t]: CO2 removed x 12/44."""
    return {key: -mass * 12 / 44 for key, mass in tonnes(found, *by).items()}


def test_a_forest_that_only_grows():
    # 1000 ha x 4.0 t/ha x 1.29 x 0.47 = 2,425.2 t C; x 44/12 = 8,892.4 t CO2 removed
    found = land(FOREST)
    assert carbon(found)["CO2"] == pytest.approx(2425.2)
    assert tonnes(found)["CO2"] == pytest.approx(-8892.4)
    assert set(found.rows["category"]) == {"V.2.1"}


def test_what_a_forest_loses():
    # 1000 x 1.11 x 1.29 x 0.47 = 672.993 t; 500 m3: 336.4965 t; 20 x 120 x 1.29 x 0.47 x 0.3 =
    # 436.536 t; 2,425.2 - 672.993 - 336.4965 - 436.536 = 979.1745 t
    found = land(
        FOREST
        | {
            "harvest_m3": 1000,
            "fuelwood_m3": 500,
            "stand": "to_40",
            "disturbed_ha": 20,
            "disturbed_share": 0.3,
        }
    )
    assert carbon(found)["CO2"] == pytest.approx(979.1745)


def test_roots_weigh_by_one_plus_their_ratio():
    # R 0.29 (0.24 to 0.50): 1.24 / 1.29 and 1.50 / 1.29
    terms = {each["term_id"]: each for each in land(FOREST).terms.iter_rows(named=True)}
    term = terms["ipcc_2006/land.root_ratio/pine"]
    assert term["low_ratio"] == pytest.approx(1.24 / 1.29)
    assert term["high_ratio"] == pytest.approx(1.50 / 1.29)


def test_grassland_to_cropland_is_felt_for_twenty_years():
    # Biomass once: 10 x (5 - 13.6 x 0.47) = 10 x (5 - 6.392) = -13.92 t C
    # Soil each year: 10 x 95 x (0.69 - 1) / 20 = -14.725 t C
    row = CHANGED | {"year": 2021, "from_use": "grassland", "to_use": "cropland", "area": 10}
    found = carbon(land(row, years=(2020, 2021, 2030, 2040, 2041)), "year")
    assert found == pytest.approx({2021: -13.92 - 14.725, 2030: -14.725, 2040: -14.725})


def test_cropland_to_forest_loses_the_crop_and_grows():
    # 2019: two years later only growth and soil: 10 x 4 x 1.23 x 0.47 + 10 x 95 x (1 - 0.69) / 20
    # = 23.124 + 14.725 = 37.849 t; in 2019 itself also - 10 x 5 = -50 t
    row = CHANGED | {
        "year": 2019,
        "from_use": "cropland",
        "to_use": "forest_land",
        "area": 10,
        "forest_type": "broadleaved",
    }
    found = carbon(land(row, years=(2019, 2021)), "year")
    assert found == pytest.approx({2019: 37.849 - 50, 2021: 37.849})


def test_a_forest_built_over():
    # Biomass: -10 x 120 x 1.29 x 0.47 = -727.56 t; soil: 10 x 95 x (0.8 - 1) / 20 = -9.5 t
    row = CHANGED | {
        "from_use": "forest_land",
        "to_use": "settlements",
        "area": 10,
        "forest_type": "pine",
    }
    found = land(row)
    assert carbon(found)["CO2"] == pytest.approx(-727.56 - 9.5)
    assert set(found.rows["stream"]) == {"settlements"}


def test_a_field_built_over_loses_a_fifth_of_what_it_held():
    # Soil: 14 x 95 x 0.69 x (0.8 - 1) / 20 = -9.177 t; biomass, in the first year: -14 x 5 = -70 t
    row = CHANGED | {"from_use": "cropland", "to_use": "settlements", "area": 14}
    found = carbon(land(row, years=(2021, 2022)), "year")
    assert found == pytest.approx({2021: -70 - 9.177, 2022: -9.177})


def test_what_is_built_already_keeps_its_soil():
    row = CHANGED | {"from_use": "settlements", "to_use": "settlements", "area": 14}
    assert carbon(land(row)).get("CO2", 0) == pytest.approx(0)


def test_management_changes_the_soil_alone():
    # 100 x 95 x 0.69 x (1.15 - 1) / 20 = 49.1625 t C
    row = CHANGED | {
        "from_use": "cropland",
        "to_use": "cropland",
        "area": 100,
        "management_to": "no_tillage",
    }
    assert carbon(land(row))["CO2"] == pytest.approx(49.1625)


def test_the_soil_follows_its_factors_as_worked_out():
    # (0.69 - 1): at 0.6072 it is (0.6072 - 1) / (0.69 - 1), at 0.7728 (0.7728 - 1) / (0.69 - 1)
    row = CHANGED | {"year": 2020, "from_use": "grassland", "to_use": "cropland", "area": 10}
    terms = {each["term_id"]: each for each in land(row).terms.iter_rows(named=True)}
    term = terms["ipcc_2006/land.soil_use/cropland/cool_moist"]
    assert term["low_ratio"] == pytest.approx(0.3928 / 0.31)
    assert term["high_ratio"] == pytest.approx(0.2272 / 0.31)


def test_a_factor_on_both_sides_moves_both():
    # Cropland before and after: the gain is in proportion to the factor of use, 0.6072 / 0.69
    row = CHANGED | {
        "from_use": "cropland",
        "to_use": "cropland",
        "area": 100,
        "management_to": "no_tillage",
    }
    terms = land(row).terms.filter(term_id="ipcc_2006/land.soil_use/cropland/cool_moist")
    assert terms["low_ratio"].to_list() == pytest.approx([0.6072 / 0.69])


def test_land_that_stays_counts_as_zero_and_not_as_missing():
    row = {"from_use": "cropland", "to_use": "cropland", "area": 500, "unit": "ha"}
    found = land(row)
    assert tonnes(found) == {"CO2": 0}


def test_a_stock_difference():
    # (51,000 - 50,000) / 10 = 100 t C a year; x 44/12 = 366.667 t CO2 removed
    found = stocks(STOCK)
    assert tonnes(found)["CO2"] == pytest.approx(-366.6667, abs=1e-4)
    assert found.rows["table"].to_list() == ["carbon_stocks"]


def test_results_of_both_tables_are_numbered_through():
    found = stocks(STOCK | {"item": "park"}, uses=(FOREST,))
    assert found.rows["row"].to_list() == [0, 1]
    assert found.findings == ()


def test_bad_stocks_are_named_and_left_out():
    found = stocks(
        STOCK | {"carbon_to": -5},
        STOCK | {"item": "b", "year_from": 2021},
        STOCK | {"item": "c", "year_to": 2020},
        uses=(FOREST | {"item": "c"}, FOREST | {"item": "d"}),
    )
    assert len(found.rows.filter(table="carbon_stocks")) == 0
    assert [each.message("en") for each in found.findings] == [
        "Row 2: stored carbon is negative in carbon_to. A stock cannot be below zero; write the "
        "stock itself, not its change.",
        "Row 3: the second time (2021) is not after the first (2021). Correct the years, or "
        "exchange both stocks.",
        "Row 4: the biomass of forest land in 2021 is counted by gains and losses in land_use "
        "already. Keep one of the two, or tell them apart in 'item'.",
    ]


def test_a_stock_carried_on_is_a_warning():
    found = stocks(STOCK | {"year_to": 2018})
    assert [(each.code, each.severity) for each in found.findings] == [
        ("methods.land-stock-outside", "warning")
    ]
    assert len(found.rows) == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"forest_type": None}, "land-forest-missing"),
        ({"harvest_m3": None}, "land-losses-blank"),
        ({"harvest_m3": 5}, "land-stand-missing"),
        ({"disturbed_ha": 5}, "land-disturbed-share"),
        ({"disturbed_ha": 5, "disturbed_share": 1.5}, "land-disturbed-share"),
        ({"disturbed_ha": 2000, "disturbed_share": 1}, "land-disturbed-area"),
    ],
)
def test_bad_forests_are_left_out(change: dict[str, object], code: str):
    found = land(FOREST | change)
    assert [each.code for each in found.findings] == [f"methods.{code}"]
    assert len(found.rows) == 0


def test_a_change_without_soil_is_an_error():
    row = {"from_use": "cropland", "to_use": "settlements", "area": 1, "unit": "ha"}
    (finding,) = land(row).findings
    assert finding.message("en") == (
        "Row 2: land that changes its use needs 'climate_zone' and 'soil', which decide the carbon "
        "of the soil. Fill in both."
    )


def test_an_area_that_changes_without_a_reason_is_a_warning():
    first = {"from_use": "cropland", "to_use": "cropland", "area": 500, "unit": "ha"}
    rows = (first, first | {"year": 2030, "area": 480})
    (finding,) = land(*rows, years=(2021, 2030)).findings
    assert finding.severity == "warning"
    assert finding.message("en") == (
        "Rows 2, 3: cropland cover 500 ha in 2021 and 480 ha in 2030, where the conversions given "
        "lead to 500 ha. Add a row for the land that changed, or correct the areas."
    )
    why = CHANGED | {"year": 2025, "from_use": "cropland", "to_use": "settlements", "area": 20}
    assert land(*rows, why, years=(2021, 2030)).findings == ()


@given(
    area=areas, growth=st.floats(0, 20), roots=shares, wood=areas, disturbed=areas, stock=areas,
    years=st.integers(1, 50),
)  # fmt: skip
def test_gain_and_loss_equal_the_difference_of_stocks_that_follow_from_them(
    area: float,
    growth: float,
    roots: float,
    wood: float,
    disturbed: float,
    stock: float,
    years: int,
):
    gained = growth_t(area, growth, roots, 0.47)
    lost = removed_t(wood, 1.11, roots, 0.47) + disturbed_t(disturbed, 120, roots, 0.47, 0.3)
    later = stock
    for _ in range(years):
        later += gained - lost
    scale = abs(gained) + abs(lost) + stock
    assert stock_difference_t(stock, later, 2000, 2000 + years) == pytest.approx(
        gained - lost, abs=1e-9 * max(scale, 1)
    )


@given(reference=st.floats(1, 150), use=shares, management=shares, residues=shares)
def test_there_and_back_again_leaves_the_soil_as_it_was(
    reference: float, use: float, management: float, residues: float
):
    native = soil_t_per_ha(reference, 1, 1, 1)
    tilled = soil_t_per_ha(reference, use, management, residues)
    there = stock_difference_t(native, tilled, 0, 20)
    assert there + stock_difference_t(tilled, native, 0, 20) == pytest.approx(0, abs=1e-12)
    assert tilled <= native
