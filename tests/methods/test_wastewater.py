import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.waste_rows import found_in, own, ratios, said, tonnes
from vatra.factors import open_parameters
from vatra.methods.wastewater.formulas import (
    effluent_nitrogen_t,
    methane_generated_t,
    nitrogen_t,
    nitrous_oxide_t,
    organic_load_t,
)
from vatra.tables.waste import TREATMENTS

TOWN = {
    "year": 2021,
    "category": "III.4.1",
    "treatment": "aerobic_overloaded",
    "collection": "collected",
    "people_count": 10_000,
    "protein_kg_per_person_year": 40,
}
# 10,000 x 60 g x 10^-6 x 1.25 x 365 = 273.75 t BOD; x 0.6 x 0.3 = 49.275 t CH4
CH4_T = 49.275
# 10,000 x 40 kg x 0.16 x 1.1 x 1.25 = 88 t N; x 0.005 x 44/28 = 0.691429 t N2O
N2O_T = 0.691429


def found(*rows: dict[str, object], **more):
    return found_in("wastewater", {"wastewater": list(rows)}, **more)


# The formulas


def test_load_of_84040_people_on_a_sewer():
    # 84,040 x 0.060 x 1.25 x 365 = 2,300,595 kg; x 0.6 x 0.03 = 41,410.71 kg CH4
    load_t = organic_load_t(84_040, 60, 1.25)
    assert load_t * 1000 == pytest.approx(2_300_595)
    assert methane_generated_t(load_t, 0, 0.6, 0.03) == pytest.approx(41.41071)


def test_nitrogen_is_by_the_year_not_by_the_day():
    # 110 g a day = 40.15 kg a year; 1,000 people x 40.15 x 0.16 = 6.424 t
    assert nitrogen_t(1000, 0.110 * 365, 0.16, 1, 1, 1) == pytest.approx(6.424)


@given(
    people=st.floats(0, 1e6),
    split=st.floats(0, 1),
    mcf=st.floats(0, 1),
)
def test_people_may_be_split_into_groups(people: float, split: float, mcf: float):
    whole = methane_generated_t(organic_load_t(people, 60, 1.25), 0, 0.6, mcf)
    parts = [
        methane_generated_t(organic_load_t(people * part, 60, 1.25), 0, 0.6, mcf)
        for part in (split, 1 - split)
    ]
    assert sum(parts) == pytest.approx(whole)


@given(nitrogen=st.floats(0, 1e6), removed=st.floats(0, 1))
def test_nitrogen_is_removed_or_discharged(nitrogen: float, removed: float):
    left = effluent_nitrogen_t(nitrogen, removed, 0)
    assert left + nitrogen * removed == pytest.approx(nitrogen)
    assert nitrous_oxide_t(28, 1) == pytest.approx(44)


# Rows


def test_people_give_both_gases():
    result = found(TOWN)
    assert tonnes(result) == pytest.approx(CH4_T)
    assert tonnes(result, "N2O") == pytest.approx(N2O_T, abs=1e-6)
    assert result.rows.select("gas", "category", "stream", "activity", "activity_unit").rows() == [
        ("CH4", "III.4.1", "wastewater", 10_000.0, "people"),
        ("N2O", "III.4.1", "wastewater", 10_000.0, "people"),
    ]


@pytest.mark.parametrize(
    ("treatment", "mcf"),
    [
        ("aerobic_managed", 0),
        ("aerobic_overloaded", 0.3),
        ("sludge_digester", 0.8),
        ("anaerobic_reactor", 0.8),
        ("lagoon_shallow", 0.2),
        ("lagoon_deep", 0.8),
        ("septic", 0.5),
        ("latrine_family", 0.1),
        ("latrine_communal", 0.5),
        ("latrine_wet", 0.7),
        ("latrine_sediment", 0.1),
        ("discharge", 0.1),
        ("sewer_stagnant", 0.5),
        ("sewer_flowing", 0),
    ],
)
def test_the_treatment_decides(treatment: str, mcf: float):
    # 10,000 x 60 g x 10^-6 x 365 = 219 t BOD without a sewer; x 0.6 x MCF
    result = found(TOWN | {"treatment": treatment, "collection": "uncollected"})
    assert tonnes(result) == pytest.approx(219 * 0.6 * mcf)


def test_every_treatment_has_its_parameters_in_both_vintages():
    for name in ("ipcc_2006", "ipcc_2019"):
        book = open_parameters((name,))
        for treatment in TREATMENTS:
            assert book.need("wastewater.mcf", treatment).value >= 0
            assert book.need("wastewater.ef_plant", treatment).set == name
            assert book.need("wastewater.nitrogen_removed", treatment).set == name


def test_shares_multiply():
    # 49.275 x 0.6 x 0.5 = 14.7825
    result = found(TOWN | {"group_percent": 60, "treated_percent": 50})
    assert tonnes(result) == pytest.approx(14.7825)
    assert result.rows["activity"].to_list() == [3000, 3000]


def test_sludge_and_recovery_are_subtracted_in_that_order():
    # (273.75 - 73.75) x 0.18 - 6 = 30 t; 88 - 8 = 80 t N x 0.005 x 44/28 = 0.628571 t
    more = {"sludge_bod_t": 73.75, "recovered_ch4_t": 6, "sludge_nitrogen_t": 8}
    result = found(TOWN | more)
    assert tonnes(result) == pytest.approx(30)
    assert tonnes(result, "N2O") == pytest.approx(0.628571, abs=1e-6)


def test_a_citys_own_oxygen_demand_comes_before_the_default():
    assert tonnes(found(TOWN | {"bod_g_per_person_day": 30})) == pytest.approx(CH4_T / 2)


def test_the_vintage_decides_plant_and_effluent():
    row = TOWN | {"treatment": "aerobic_managed"}
    old, new = found(row, sets=("ipcc_2006",)), found(row, sets=("ipcc_2019",))
    assert tonnes(old) == 0
    # 273.75 x 0.6 x 0.03 = 4.9275
    assert tonnes(new) == pytest.approx(4.9275)
    assert tonnes(old, "N2O") == pytest.approx(N2O_T, abs=1e-6)
    # N = 10,000 x 40 kg x 0.16 x 1.08 x 1.09 x 1.25 = 94.176 t
    # 94.176 x (0.016 + 0.6 x 0.005) x 44/28 = 2.811827 t
    assert tonnes(new, "N2O") == pytest.approx(2.811827, abs=1e-6)


# Doubt


def test_doubt_of_the_effluent_spans_fifty_times():
    terms = found(TOWN).terms
    effluent = terms.filter(terms["term_id"] == "ipcc_2006/wastewater.ef_effluent")
    assert effluent.select("low_ratio", "high_ratio").rows() == [pytest.approx((0.1, 50))]


def test_doubt_of_the_plant_is_that_of_its_part():
    terms = found(TOWN | {"treatment": "aerobic_managed"}, sets=("ipcc_2019",)).terms
    plant = terms.filter(terms["term_id"] == "ipcc_2019/wastewater.ef_plant/aerobic_managed")
    # (0.00016 + 0.003) / 0.019 and (0.045 + 0.003) / 0.019
    assert plant.select("low_ratio", "high_ratio").rows() == [
        pytest.approx((0.166316, 2.526316), abs=1e-6)
    ]


def test_doubt_with_recovery_is_evaluated():
    # 49.275 - 24.6375: MCF 0.2 leaves (32.85 - 24.6375) / 24.6375 = 1/3, 0.4 leaves 5/3
    result = ratios(found(TOWN | {"recovered_ch4_t": CH4_T / 2}))
    assert result["ipcc_2006/wastewater.mcf/aerobic_overloaded"] == pytest.approx((1 / 3, 5 / 3))


# Bad input


def test_shares_above_one():
    result = found(TOWN | {"group_percent": 120}, TOWN | {"item": "hill"})
    assert said(result) == [
        "Row 2: a share of 120% is more than everything. Write a share of 100% at most."
    ]
    assert set(result.rows["line"]) == {3}


def test_the_same_people_counted_twice():
    rows = [
        TOWN | {"treated_percent": 70},
        TOWN | {"treatment": "septic", "collection": "uncollected", "treated_percent": 40},
        TOWN | {"people_count": 500, "treatment": "discharge"},
    ]
    result = found(*rows)
    assert said(result) == [
        "Rows 2, 3: in 2021 the treatments of the same people add up to 110.0%. Correct the "
        "shares: together they are 100% at most."
    ]
    assert set(result.rows["line"]) == {4}


def test_villages_of_the_same_size_are_told_apart_by_item():
    rows = [TOWN | {"treatment": each, "collection": "uncollected"} for each in TREATMENTS[6:8]]
    result = found(*rows)
    assert [each.severity for each in result.findings] == ["warning"]
    assert result.rows["line"].unique().sort().to_list() == [2, 3]
    named = [row | {"item": f"village {place}"} for place, row in enumerate(rows)]
    assert said(found(*named)) == []


def test_more_removed_with_the_sludge_than_there_is():
    result = found(TOWN | {"sludge_bod_t": 500, "sludge_nitrogen_t": 100})
    assert said(result) == [
        "Row 2: 500.000 t removed with the sludge is more than the 273.750 t in the wastewater. "
        "Check the unit.",
        "Row 2: 100.000 t removed with the sludge is more than the 88.000 t in the wastewater. "
        "Check the unit.",
    ]
    assert [each.column for each in result.findings] == ["sludge_bod_t", "sludge_nitrogen_t"]
    assert result.rows.is_empty()


def test_more_recovered_than_generated():
    result = found(TOWN | {"recovered_ch4_t": 50})
    assert said(result) == [
        "Row 2: 50.000 t of CH4 recovered is more than the 49.275 t generated. Correct the "
        "recovery, or give the city's own factor in parameters.csv."
    ]
    assert result.rows["gas"].to_list() == ["N2O"]


def test_no_protein_leaves_methane():
    row = {name: value for name, value in TOWN.items() if not name.startswith("protein")}
    result = found(row)
    assert said(result) == [
        "Row 2: the parameter 'wastewater.protein' has no default. Give the value in "
        "parameters.csv, with its source."
    ]
    assert result.rows["gas"].to_list() == ["CH4"]
    given_once = found(row, parameters=(own("wastewater.protein", 40),))
    assert tonnes(given_once, "N2O") == pytest.approx(N2O_T, abs=1e-6)
