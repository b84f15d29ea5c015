from pathlib import Path

import pytest

from vatra.runs.contract import run
from vatra.runs.explain import UnknownNumber, explain


@pytest.fixture(scope="module")
def cluj():
    return run(Path("examples/cluj"))


def test_a_number_opens_its_summands_down_to_file_and_line(cluj):
    explanation = explain(cluj, "buildings.2021")
    # 231,941 x 0.701 = 162,590.641; 2,372,076 x 0.202 = 479,159.352; printed 641,750
    assert [each.words("en") for each in explanation.terms] == [
        "231,941 MWh × 0.701 t/MWh = 162,591\u00a0t",
        "2,372,076 MWh × 0.202 t/MWh = 479,159\u00a0t",
        "Rounding in print: 0.6\u00a0t",
        "Rounding in print: \u22120.6\u00a0t",
    ]
    first = explanation.terms[0]
    assert [(each.file, each.line) for each in first.rows] == [("energy.csv", 3)]
    assert first.factor_place == "factors.csv:7"
    lines = Path("examples/cluj/energy.csv").read_text("utf-8").splitlines()
    assert lines[3 - 1].startswith("2021,buildings,electricity,2,,231941,MWh")
    factor_lines = Path("examples/cluj/factors.csv").read_text("utf-8").splitlines()
    assert factor_lines[7 - 1].startswith("local,electricity,any,CO2,2021,2021,0.701")


@pytest.mark.parametrize(
    ("path", "tonnes"),
    [
        ("total.2021", 1_167_223),
        ("2021.transport", 151_962),
        ("2021.transporturi", 151_962),
        ("scope3.2021", 56_919),
        ("waste.scope1.2021", 1_442),
        ("buildings.2030", 267_401),
    ],
)
def test_paths_name_the_printed_figures(cluj, path, tonnes):
    assert explain(cluj, path).total_mg == tonnes * 10**9


def test_biogenic_co2_only_when_asked(cluj):
    assert all(each.gas != "CO2_BIOGENIC" for each in explain(cluj, "transport.2021").terms)
    (term,) = explain(cluj, "transport.2021.CO2_BIOGENIC").terms
    assert term.carrier == "biofuel"


@pytest.mark.parametrize("path", ["moon.2021", "buildings.1999", "", "buildings..2021"])
def test_what_does_not_exist_is_named(cluj, path):
    with pytest.raises(UnknownNumber) as raised:
        explain(cluj, path)
    assert "buildings" in raised.value.message("en")


@pytest.fixture(scope="module")
def iasi():
    return run(Path("examples/iasi"))


@pytest.mark.slow
def test_a_category_opens_its_own_rows_only(iasi):
    explanation = explain(iasi, "I.1.2.2021.electricity")
    assert explanation.title("en") == "electricity, I.1.2 Residential buildings, 2021"
    (term,) = explanation.terms
    # 300,000 x 0.27746 = 83,238; the other electricity of buildings stands in I.2.2
    assert term.words("en") == "300,000 MWh × 0.27746 t/MWh = 83,238\u00a0t"
    assert [row.line for row in term.rows] == [4]
    assert explain(iasi, "i.1.2021").total_mg == explain(iasi, "I.1.1.I.1.2.2021").total_mg


def test_a_category_that_does_not_exist_is_named(iasi):
    with pytest.raises(UnknownNumber) as raised:
        explain(iasi, "I.7.3.2021")
    assert raised.value.part == "I.7.3"


@pytest.fixture(scope="module")
def town():
    return run(Path("examples/valea-lupului-de-sus"))


@pytest.mark.slow
def test_a_figure_of_activity_opens_rows_parameters_and_their_intervals(town):
    explanation = explain(town, "III.1.2.2021")
    (term,) = explanation.terms
    # One row: 5.9 kt of mixed waste to the county's landfill; CH4 x 28
    assert [(each.file, each.line) for each in term.made.rows] == [("solid_waste.csv", 7)]
    assert term.made.rows[0].words("en").startswith("5,900 t → 228 t CH4")
    assert sum(term.made.by_species.values()) * 28 == pytest.approx(term.co2e_mg, abs=100)
    food = next(each for each in term.made.used if each.term_id == "ipcc_2006/landfill.docf/food")
    assert food.words("en") == "landfill.docf/food = 0.5 t/t (0.4–0.6)"
    assert food.place.startswith("factors/data/parameters/waste.csv:")
    assert [each.name for each in explanation.methods] == ["landfill"]


def test_a_family_of_gases_opens_its_species(town):
    words = [each.words("en") for each in explain(town, "HFC.2021").terms]
    # AR5: HFC-125 3,170, HFC-134a 1,300, HFC-32 677
    assert any("HFC125 × 3,170 + " in each and "HFC32 × 677 = " in each for each in words)


def test_what_counts_in_no_total_is_opened_by_its_category_only(town):
    imported = explain(town, "III.1.3.2021").total_mg
    assert imported > 0
    whole = explain(town, "waste.2021").total_mg
    own = explain(town, "III.1.1.III.1.2.III.2.1.III.2.2.III.3.1.III.3.2.III.4.1.III.4.2.2021")
    electricity = explain(town, "waste.electricity.2021").total_mg
    assert whole == own.total_mg + electricity


@pytest.mark.slow
def test_every_cell_of_the_town_opens(town):
    for cell in town.inventory.cells.iter_rows(named=True):
        path = f"{cell['category']}.{cell['carrier']}.{cell['gas']}.{cell['year']}"
        explanation = explain(town, path)
        assert any(each.co2e_mg == cell["co2e_mg"] for each in explanation.terms), path
        assert explanation.as_dict("ro")["total_mg"] == explanation.total_mg
