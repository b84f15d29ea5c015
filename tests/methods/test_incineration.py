import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.waste_rows import found_in, ratios, said, tonnes
from vatra.factors import open_parameters
from vatra.methods.incineration.formulas import CO2_PER_CARBON, carbon_dioxide_t, gas_t
from vatra.tables.waste import BURNT_ONLY, SORTED, TECHNOLOGIES

BURNT = {
    "year": 2021,
    "category": "III.3.1",
    "technology": "continuous_stoker",
    "waste_type": "plastics",
    "energy_recovered": "no",
    "amount": 1000,
    "unit": "t",
}
shares = st.floats(0, 1)


def found(*rows: dict[str, object], **more):
    return found_in("incineration", {"incineration": list(rows)}, **more)


@given(dry=shares, carbon=shares, fossil=shares, oxidised=shares)
def test_fossil_and_biogenic_are_all_of_the_carbon(
    dry: float, carbon: float, fossil: float, oxidised: float
):
    parts = [carbon_dioxide_t(100, dry, carbon, each, oxidised) for each in (fossil, 1 - fossil)]
    assert sum(parts) == pytest.approx(100 * dry * carbon * oxidised * CO2_PER_CARBON)


def test_a_gram_per_tonne_is_a_kilogram_per_gigagram():
    # 1 Gg = 1,000 t; 6,500 kg per Gg = 6.5 t per 1,000 t
    assert gas_t(1000, 6500) == pytest.approx(6.5)


@pytest.mark.parametrize(
    ("technology", "ch4_kg", "n2o_kg"),
    [
        # 1,000 t x g/t / 1000
        ("continuous_stoker", 0.2, 50),
        ("continuous_fluidised_bed", 0, 50),
        ("semi_continuous_stoker", 6, 50),
        ("semi_continuous_fluidised_bed", 188, 50),
        ("batch_stoker", 60, 60),
        ("batch_fluidised_bed", 237, 60),
        ("open_burning", 6500, 150),
    ],
)
def test_the_furnace_decides_methane_and_nitrous_oxide(
    technology: str, ch4_kg: float, n2o_kg: float
):
    result = found(BURNT | {"technology": technology})
    assert tonnes(result) * 1000 == pytest.approx(ch4_kg)
    assert tonnes(result, "N2O") * 1000 == pytest.approx(n2o_kg)


@pytest.mark.parametrize(
    ("waste_type", "fossil_t", "biogenic_t", "n2o_kg"),
    [
        # 1,000 t x dm x CF x FCF x 44/12
        ("food", 0, 557.333, 50),
        ("textiles", 293.333, 1173.333, 50),
        ("rubber", 412.72, 1650.88, 50),
        ("glass", 0, 0, 50),
        ("inert", 99, 0, 50),
        ("industrial", 1485, 165, 100),
        ("clinical", 572, 858, 100),
        ("fossil_liquid", 2933.333, 0, 100),
        ("sludge", 0, 165, 900),
    ],
)
def test_the_kind_of_waste_decides_carbon_dioxide(
    waste_type: str, fossil_t: float, biogenic_t: float, n2o_kg: float
):
    result = found(BURNT | {"waste_type": waste_type})
    assert tonnes(result, "CO2") == pytest.approx(fossil_t, abs=0.001)
    assert tonnes(result, "CO2_BIOGENIC") == pytest.approx(biogenic_t, abs=0.001)
    assert tonnes(result, "N2O") * 1000 == pytest.approx(n2o_kg)


@pytest.mark.parametrize(("sets", "co2_t"), [(("ipcc_2006",), 1595), (("ipcc_2019",), 1952.5)])
def test_the_vintage_of_open_burning(sets: tuple[str, ...], co2_t: float):
    # 1,000 t x 0.75 x 44/12 x 0.58 = 1,595; x 0.71 = 1,952.5
    result = found(BURNT | {"technology": "open_burning"}, sets=sets)
    assert tonnes(result, "CO2") == pytest.approx(co2_t)


def test_nitrous_oxide_of_open_burning_is_per_dry_matter():
    # 1,000 t x 0.4 x 150 g/t = 60 kg, and not 150 / 0.4
    result = found(BURNT | {"technology": "open_burning", "waste_type": "food"})
    assert tonnes(result, "N2O") * 1000 == pytest.approx(60)


@pytest.mark.parametrize(
    ("category", "energy", "counted_in"),
    [
        ("III.3.1", "no", "III.3.1"),
        ("III.3.2", "no", "III.3.2"),
        ("III.3.3", "no", "III.3.3"),
        ("III.3.1", "yes", "I.4.1"),
        ("III.3.3", "yes", "I.4.1"),
        ("III.3.3", "grid", "I.4.4"),
    ],
)
def test_energy_recovered_decides_the_category(category: str, energy: str, counted_in: str):
    result = found(BURNT | {"category": category, "energy_recovered": energy})
    assert set(result.rows["category"]) == {counted_in}
    assert said(result) == []


def test_doubt_of_the_fossil_share_turns_round_for_biogenic_carbon():
    result = found(BURNT | {"waste_type": "textiles"})
    assert ratios(result)["ipcc_2006/incineration.fossil_share/textiles"] == (0, 2.5)
    biogenic = result.rows.filter(result.rows["gas"] == "CO2_BIOGENIC")["row"][0]
    term = result.terms.filter(
        (result.terms["row"] == biogenic)
        & (result.terms["term_id"] == "ipcc_2006/incineration.fossil_share/textiles")
    )
    # 0.2 in 0 to 0.5: (1 - 0) / 0.8 and (1 - 0.5) / 0.8
    assert term.select("low_ratio", "high_ratio").row(0) == pytest.approx((1.25, 0.625))


def test_energy_of_waste_burnt_elsewhere_is_counted_there():
    result = found(BURNT | {"category": "III.3.2", "energy_recovered": "yes"}, BURNT)
    assert said(result) == [
        "Row 2: waste burnt outside the city for energy counts where that energy is used, not in "
        "the city's waste. Take the row out, or write 'no' where no energy is recovered."
    ]
    assert set(result.rows["line"]) == {3}


def test_open_burning_recovers_nothing():
    result = found(BURNT | {"technology": "open_burning", "energy_recovered": "yes"})
    assert said(result) == [
        "Row 2: open burning recovers no energy. Write 'no', or name the furnace."
    ]
    assert result.rows.is_empty()


def test_unsorted_waste_has_no_default():
    result = found(BURNT | {"waste_type": "bulk"}, BURNT)
    assert {each.params["parameter"] for each in result.findings} == {
        "incineration.dry_matter",
        "incineration.carbon",
        "incineration.fossil_share",
    }
    assert all(each.lines == (2,) for each in result.findings)
    assert set(result.rows["line"]) == {3}


def test_every_kind_and_furnace_has_its_parameters():
    book = open_parameters()
    for kind in (*SORTED, *BURNT_ONLY):
        for name in ("dry_matter", "carbon", "fossil_share"):
            assert 0 <= book.need(f"incineration.{name}", kind).value <= 1
    for furnace in TECHNOLOGIES:
        for name in ("oxidised", "ef_ch4", "ef_n2o"):
            assert book.need(f"incineration.{name}", furnace).value >= 0
