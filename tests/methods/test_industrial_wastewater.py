import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.waste_rows import found_in, own, ratios, said, tonnes
from vatra.methods.industrial_wastewater.formulas import methane_generated_t, oxygen_demand_t
from vatra.tables.waste import INDUSTRIES

BREWERY = {
    "year": 2021,
    "category": "III.4.1",
    "industry": "beer",
    "treatment": "lagoon_deep",
    "amount": 1000,
    "unit": "t",
}
# 1,000 t x 6.3 m3/t x 2.9 kg/m3 / 1000 = 18.27 t COD; x 0.25 x 0.8 = 3.654 t CH4
CH4_T = 3.654


def found(*rows: dict[str, object], **more):
    return found_in("industrial_wastewater", {"industrial_wastewater": list(rows)}, **more)


def without(row: dict[str, object], *names: str) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in names}


@given(load_t=st.floats(0, 1e6), sludge=st.floats(0, 1), mcf=st.floats(0, 1))
def test_sludge_takes_its_methane_with_it(load_t: float, sludge: float, mcf: float):
    left = methane_generated_t(load_t, load_t * sludge, 0.25, mcf)
    gone = methane_generated_t(load_t * sludge, 0, 0.25, mcf)
    assert left + gone == pytest.approx(methane_generated_t(load_t, 0, 0.25, mcf))


def test_a_brewery_by_its_product():
    result = found(BREWERY)
    assert tonnes(result) == pytest.approx(CH4_T)
    row = result.rows.select("category", "stream", "activity", "activity_unit").row(0)
    assert row == ("III.4.1", "industrial_wastewater", pytest.approx(18.27), "t COD")


def test_what_is_measured_comes_before_the_product():
    # 10 t COD x 0.25 x 0.8 = 2 t
    assert tonnes(found(BREWERY | {"cod_t": 10})) == pytest.approx(2)


@pytest.mark.parametrize(
    ("treatment", "mcf"),
    [
        ("aerobic_managed", 0),
        ("aerobic_overloaded", 0.3),
        ("sludge_digester", 0.8),
        ("anaerobic_reactor", 0.8),
        ("lagoon_shallow", 0.2),
        ("lagoon_deep", 0.8),
        ("discharge", 0.1),
    ],
)
def test_the_treatment_decides(treatment: str, mcf: float):
    assert tonnes(found(BREWERY | {"treatment": treatment})) == pytest.approx(18.27 * 0.25 * mcf)


@pytest.mark.parametrize(
    ("industry", "load_kg_per_t"),
    [
        # W x COD of Table 6.9
        ("alcohol", 264),
        ("beer", 18.27),
        ("dairy", 18.9),
        ("fruits", 100),
        ("meat", 53.3),
        ("organic_chemicals", 201),
        ("paper", 1458),
        ("petroleum", 0.6),
        ("plastics", 2.22),
        ("starch", 90),
        ("wine", 34.5),
    ],
)
def test_the_industry_decides(industry: str, load_kg_per_t: float):
    result = found(BREWERY | {"industry": industry})
    assert result.rows["activity"].to_list() == [pytest.approx(load_kg_per_t)]
    assert oxygen_demand_t(1000, load_kg_per_t, 1) == pytest.approx(load_kg_per_t)


def test_part_of_it_sludge_and_recovery():
    # (18.27 x 0.5 - 4.135) x 0.2 - 0.5 = 0.5 t
    more = {"treated_percent": 50, "sludge_cod_t": 4.135, "recovered_ch4_t": 0.5}
    assert tonnes(found(BREWERY | more)) == pytest.approx(0.5)


def test_doubt_is_evaluated():
    result = ratios(found(BREWERY | {"recovered_ch4_t": CH4_T / 2}))
    # Bo 0.175 to 0.325 is 0.7 to 1.3 of what is generated: 0.4 and 1.6 of what is left
    assert result["ipcc_2006/wastewater.bo_cod"] == pytest.approx((0.4, 1.6))


@pytest.mark.parametrize("industry", ["coffee", "fish", "soap", "sugar", "vegetable_oils", "other"])
def test_an_industry_without_a_default_needs_a_measurement(industry: str):
    assert industry in INDUSTRIES
    result = found(BREWERY | {"industry": industry}, BREWERY)
    assert {each.params["parameter"] for each in result.findings} == {
        "wastewater.flow",
        "wastewater.cod",
    }
    assert result.rows["line"].to_list() == [3]
    measured = without(BREWERY, "amount", "unit") | {"industry": industry, "cod_t": 10}
    assert said(found(measured)) == []
    parameters = (own(f"wastewater.flow/{industry}", 5), own(f"wastewater.cod/{industry}", 2))
    # 1,000 t x 5 x 2 / 1000 x 0.2 = 2 t
    given_own = found(BREWERY | {"industry": industry}, parameters=parameters)
    assert tonnes(given_own) == pytest.approx(2)


def test_neither_load_nor_product():
    result = found(without(BREWERY, "amount", "unit"), BREWERY | {"item": "north"})
    assert said(result) == [
        "Row 2: neither the oxygen demand ('cod_t') nor the product with its unit ('amount', "
        "'unit') is given. Fill in one of them."
    ]
    assert result.rows["line"].to_list() == [3]


def test_shares_sludge_and_recovery_above_everything():
    result = found(
        BREWERY | {"treated_percent": 101},
        BREWERY | {"sludge_cod_t": 20, "item": "b"},
        BREWERY | {"recovered_ch4_t": 4, "item": "c"},
    )
    assert said(result) == [
        "Row 2: a share of 101% is more than everything. Write a share of 100% at most.",
        "Row 3: 20.000 t removed with the sludge is more than the 18.270 t in the wastewater. "
        "Check the unit.",
        "Row 4: 4.000 t of CH4 recovered is more than the 3.654 t generated. Correct the recovery, "
        "or give the city's own factor in parameters.csv.",
    ]
    assert result.rows.is_empty()
