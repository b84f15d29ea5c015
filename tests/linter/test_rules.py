"""Each rule on the smallest table that breaks it, and on one that keeps it."""

from __future__ import annotations

from pathlib import Path

import pytest

from vatra.linter import as_text, codes, lint, load
from vatra.words import LANGUAGES, has

CASES = Path(__file__).parents[2] / "cases" / "linter"

FACTORS = """
  - id: factors
    kind: factors
    unit: t/MWh
    columns: [Carrier, Factor]
    rows: [[Natural gas, 0.202], [Diesel, 0.267], [Electricity, 0.300]]
"""
ENERGY = """
  - id: energy
    kind: energy
    unit: MWh
    year: 2021
    columns: [Sector, Natural gas, Diesel, Electricity]
    rows: [[Buildings, 100000, "", 20000], [Transport, "", 50000, 1000], [Waste, "", 400, 3000]]
"""


def tables(*texts: str, head: str = "base_year: 2021") -> str:
    return f"{head}\ntables:" + "".join(texts)


def findings(text: str):
    return lint(load(text, "test"))


def only(text: str):
    found = findings(text)
    assert len(found) == 1, as_text(found)
    return found[0]


def place(found) -> tuple[str, str]:
    return found.cells[0].row, found.cells[0].column


def test_a_clean_contract_yields_nothing():
    found = lint(load(CASES / "clean.yaml"))
    assert found == [], as_text(found)


GAP = """
  - id: gap
    kind: emission_gap
    unit: {unit}
    columns: [Sector, Baseline, Residual, Reduction target, Existing, Gap]
    rows:
      - [Buildings, 500, 80, {buildings_target}, 100, {buildings_gap}]
      - [Transport, 300, 60, {transport_target}, 40, {transport_gap}]
    total: [Total, 800, 140, {total_target}, 140, {total_gap}]
"""


def gap(**changes: object) -> str:
    clean = {
        "unit": "kt", "buildings_target": 420, "transport_target": 240, "total_target": 660,
        "buildings_gap": 320, "transport_gap": 200, "total_gap": 520,
    }  # fmt: skip
    return tables(GAP.format(**(clean | changes)))


def test_gap_identity_holds():
    # 500 - 80 = 420; 420 - 100 = 320; 800 - 140 = 660; 140 / 800 = 17.5 % <= 20 %
    assert findings(gap()) == []


def test_gap_cell_with_exchanged_digits():
    found = only(gap(buildings_gap=230))
    assert place(found) == ("Buildings", "Gap")
    assert {found.code, *found.also} == {"linter.column-sum", "linter.gap-identity"}
    assert found.repair.kind == "transposition"
    assert found.repair.suggested.value == 320


def test_target_with_one_digit_wrong():
    found = only(gap(transport_target=340))
    assert place(found) == ("Transport", "Reduction target")
    assert found.repair.kind == "digit"
    assert found.repair.suggested.value == 240


def test_existing_reductions_added_everywhere_is_one_finding():
    # 420 + 100 = 520, 240 + 40 = 280, 660 + 140 = 800
    found = only(gap(buildings_gap=520, transport_gap=280, total_gap=800))
    assert found.code == "linter.reduction-added"
    assert {cell.row for cell in found.cells} == {"Buildings", "Transport", "Total"}
    assert "Existing" in found.message("en")


def test_residual_above_the_limit():
    text = tables("""
  - id: gap
    kind: emission_gap
    unit: t
    columns: [Sector, Baseline, Residual]
    rows: [[Buildings, 500, 130], [Transport, 300, 70]]
    total: [Total, 800, 200]
""")
    found = only(text)
    assert found.code == "linter.residual-limit"
    assert found.arithmetic() == "100 × 200 / 800 = 25.00 %"
    assert "2021" in found.message("en")
    assert (
        findings(text.replace("base_year: 2021", "base_year: 2021\nresidual_limit_percent: 25"))
        == []
    )


def test_residual_without_a_base_year():
    text = tables("""
  - {id: gap, kind: emission_gap, unit: t, columns: [Sector, Baseline, Residual],
     rows: [[Buildings, 500, 50], [Transport, 300, 70]]}
""", head="city: X")  # fmt: skip
    assert only(text).code == "linter.base-year-missing"
    assert findings(text.replace("Baseline", "Baseline 2019")) == []


@pytest.mark.parametrize("printed", ["18.63 %", "18.6 %", "19 %"])
def test_percentage_as_rounded(printed):
    assert findings(percentage(printed)) == []


def percentage(printed: str) -> str:
    return tables(f"""
  - id: gap
    kind: emission_gap
    unit: t
    columns: [Sector, Baseline, Residual, Residual (%)]
    rows: [[City, "1,167,223", "217,466", {printed}]]
""")


def test_percentage_with_exchanged_digits():
    # 217,466 / 1,167,223 = 18.63 %
    found = only(percentage("16.83 %"))
    assert found.code == "linter.percentage"
    assert found.arithmetic() == "100 × 217,466 / 1,167,223 = 18.63, printed 16.83"


SUMS = """
kind: emissions
unit: t
columns: [Sector, Scope 1, Scope 2, Scope 3, Total]
rows:
  - [Buildings, "479,160", "162,590", "", "641,750"]
  - [Transport, "140,725", "11,237", "", "151,962"]
  - [Waste, "1,442", "", "56,919", "58,361"]
total: [Total, "621,327", "173,827", "56,919", "852,073"]
"""


def test_sums_that_hold():
    assert findings(SUMS) == []


@pytest.mark.parametrize(
    ("printed", "wrong", "row", "column"),
    [
        ('"162,590"', '"162,950"', "Buildings", "Scope 2"),
        ('"58,361"', '"53,861"', "Waste", "Total"),
        ('"621,327"', '"627,321"', "Total", "Scope 1"),
        ('"852,073"', '"825,073"', "Total", "Total"),
    ],
)
def test_a_slip_is_one_finding_at_its_cell(printed, wrong, row, column):
    found = only(SUMS.replace(printed, wrong))
    assert place(found) == (row, column)
    assert {found.code, *found.also} == {"linter.row-sum", "linter.column-sum"}
    assert found.repair.suggested.text("en") == printed.strip('"')


def test_a_sector_left_out_of_the_totals():
    # 479,160 + 140,725 = 619,885 and so on: Waste is missing in every column.
    text = SUMS.replace(
        '[Total, "621,327", "173,827", "56,919", "852,073"]',
        '[Total, "619,885", "173,827", "", "793,712"]',
    )
    found = only(text)
    assert found.code == "linter.left-out"
    assert "Waste" in found.message("en")


def test_a_copied_cell():
    found = only(
        SUMS.replace('[Transport, "140,725", "11,237"', '[Transport, "140,725", "162,590"')
    )
    assert found.code == "linter.copied-cell"
    assert place(found) == ("Transport", "Scope 2")
    assert found.repair.kind == "copied-cell"
    assert found.repair.suggested.value == 11237


def test_a_unit_step_in_one_cell():
    found = only(SUMS.replace('"1,442"', '"1.442"').replace("unit: t", "unit: t\nnumbers: en"))
    assert place(found) == ("Waste", "Scope 1")
    assert found.repair.kind == "unit"
    assert found.repair.suggested.value == 1442


def test_blanks_and_notation_keys_are_not_zero_but_may_be_absent():
    text = SUMS.replace('"162,590", ""', '"162,590", NO').replace('"1,442", ""', '"1,442", IE')
    assert findings(text) == []


def test_a_confidential_cell_hides_its_part():
    assert findings(SUMS.replace('[Waste, "1,442", ""', "[Waste, C, C")) == []


def test_the_language_of_a_table_decides_how_its_numbers_are_grouped():
    romanian = SUMS.replace(",", ";").replace("; ", ", ").replace(";", ".")
    romanian = romanian.replace("Buildings", "Clădiri").replace("Waste", "Deșeuri")
    romanian = romanian.replace("Scope", "Domeniul")
    assert findings(romanian) == []
    found = only(romanian.replace("Clădiri", "C").replace("Deșeuri", "D").replace("Domeniul", "S"))
    assert found.code == "linter.number-ambiguous"
    assert "479.160 is 479,160 or 479.160" in found.message("en")
    assert findings("numbers: ro" + romanian) == []


def test_kilotonnes_beside_tonnes():
    text = """
kind: emissions
unit: t
units: {Total: kt}
columns: [Sector, Scope 1, Scope 2, Total]
rows: [[Buildings, 479160, 162590, 641.8], [Transport, 140725, 11237, 152.0]]
total: [Total, 619885, 173827, 793.7]
"""
    assert findings(text) == []
    assert only(text.replace("641.8", "614.8")).repair.suggested.text("en") == "641.8"


MEASURES = """
  - id: measures
    kind: measures
    columns: [Action, Sector, Cost (EUR), GHG reduction (t), Cost per tonne (EUR/t),
              Natural gas removed (MWh), Electricity removed (MWh)]
    rows:
      - [A1, Buildings, 1200000, 4000, 300, 10000, 6600]
      - [A2, Buildings, 1000000, 500, 2000, "", 1667]
      - [A3, Transport, 900000, 300, 3000, "", 1000]
"""


def test_measures_that_hold():
    # 10,000 x 0.202 + 6,600 x 0.3 = 4,000; 1,667 x 0.3 = 500
    assert findings(tables(FACTORS, MEASURES)) == []


def test_cost_per_tonne():
    found = only(tables(MEASURES.replace("500, 2000", "500, 428")))
    assert found.code == "linter.cost-per-tonne"
    assert found.arithmetic() == "1,000,000 / 500 = 2,000, printed 428"
    assert found.repair.suggested.value == 2000


def test_energy_of_a_measure_against_its_tonnes():
    found = only(
        tables(FACTORS, MEASURES.replace("500, 2000", "500, 2000").replace("1667", "7667"))
    )
    assert found.code == "linter.measure-energy"
    assert found.arithmetic() == "7,667 × 0.300 = 2,300, printed 500"


def test_measures_remove_more_than_is_used():
    found = findings(
        tables(ENERGY, MEASURES.replace("A3, Transport, 900000, 300, 3000, \"\", 1000",
                                        "A3, Transport, 900000, 300, 3000, \"\", 1500"))
    )  # fmt: skip
    assert [each.code for each in found] == ["linter.energy-removed"]
    assert found[0].arithmetic() == "1,500 = 1,500 MWh, used 1,000 MWh"


def test_energy_of_one_sector_is_not_the_use_of_the_city():
    rows = "[[AFOLU, 1000, 100]]"
    table = f"""
  - {{id: e, kind: energy, unit: MWh, columns: [Sector, Natural gas, Electricity], rows: {rows}}}
"""
    assert findings(tables(table, MEASURES)) == []


def test_cost_per_tonne_without_tonnes():
    found = only(tables(MEASURES.replace("900000, 300, 3000", '900000, "", 3000')))
    assert found.code == "linter.tonnes-missing"
    assert found.params["rows"] == ["A3"]


NEEDS = """
  - id: gap
    kind: emission_gap
    unit: t
    columns: [Sector, Baseline, Residual, Reduction target, Existing, Gap]
    rows:
      - [Buildings, 6000, 500, 5500, 1000, 4500]
      - [Transport, 2000, 400, 1600, 1300, 300]
      - [{third}]
    total: [Total, {total}]
"""


def test_sector_with_a_gap_and_no_measure():
    text = tables(
        NEEDS.format(third="IPPU, 1000, 100, 900, 0, 900", total="9000, 1000, 8000, 2300, 5700"),
        MEASURES,
    )
    found = findings(text)
    assert "linter.sector-no-measure" in [each.code for each in found]
    assert [each.cells[0].row for each in found if each.code == "linter.sector-no-measure"] == [
        "IPPU"
    ]


def test_measures_that_do_not_reach_the_gap():
    third = "Waste, 0, 0, 0, 0, 0"
    text = tables(NEEDS.format(third=third, total="8000, 900, 7100, 2300, 4800"), MEASURES)
    assert findings(text) == []
    found = only(
        text.replace("GHG reduction (t)", "GHG reduction (t)").replace("4000, 300", "3000, 400")
    )
    assert found.code == "linter.measures-target"
    assert found.arithmetic() == "3,000 + 500 = 3,500, needed 4,500"


EMISSIONS = """
  - id: emissions
    kind: emissions
    unit: t
    year: 2021
    columns: [Sector, Scope 1, Scope 2, Scope 3, Total]
    rows:
      - [Buildings, 20200, 6000, "", 26200]
      - [Transport, 13350, 300, "", 13650]
      - [Waste, {waste}]
"""


def test_energy_times_factor_against_emissions():
    clean = EMISSIONS.format(waste='107, 900, "", 1007')
    assert findings(tables(FACTORS, ENERGY, clean)) == []
    wrong = clean.replace("26200", "62200").replace("20200", "56200")
    found = only(tables(FACTORS, ENERGY, wrong))
    assert found.code == "linter.energy-emissions"
    assert found.arithmetic() == "100,000 × 0.202 + 20,000 × 0.300 = 26,200, printed 62,200"


def test_landfill_gas_beside_energy_is_no_finding():
    assert findings(tables(FACTORS, ENERGY, EMISSIONS.format(waste="9107, 900, 0, 10007"))) == []


def test_electricity_under_scope_3():
    found = only(tables(FACTORS, ENERGY, EMISSIONS.format(waste='107, "", 900, 1007')))
    assert found.code == "linter.electricity-scope"
    assert place(found) == ("Waste", "Scope 3")


def test_biogenic_carbon_in_scope_1():
    text = tables(
        FACTORS.replace("[Diesel, 0.267]", "[Diesel, 0.267], [Wood, 0.403]"),
        """
  - {id: energy, kind: energy, unit: MWh, year: 2021, columns: [Sector, Natural gas, Wood],
     rows: [[Buildings, 10000, 5000]]}
  - {id: emissions, kind: emissions, unit: t, year: 2021, columns: [Sector, Scope 1, Total],
     rows: [[Buildings, 4035, 4035]]}
""",
    )
    # 10,000 x 0.202 + 5,000 x 0.403 = 4,035
    found = only(text)
    assert found.code == "linter.biogenic-counted"
    assert findings(text.replace("4035", "2020").replace("Wood, 0.403", "Wood, 0.000")) == []


def factor_table(*rows: str, head: str = "country: RO") -> str:
    listed = ", ".join(f"[{row}]" for row in rows)
    table = (
        "{id: f, kind: factors, unit: t/MWh, columns: [Carrier, Factor], rows: [" + listed + "]}"
    )
    return tables(f"\n  - {table}", head=head)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (["Natural gas, 0.402"], "linter.factor-family"),
        (["Diesel, 2.67"], "linter.factor-family"),
        (["Natural gas, 0.202", "Electricity, 1.000"], "linter.factor-one"),
        (["Natural gas, 0.202", "Electricity, 0.202"], "linter.factor-copied"),
        (["Electricity 2021, 0.701"], "linter.factor-country-year"),
    ],
)
def test_factors_out_of_place(rows, code):
    assert only(factor_table(*rows)).code == code


@pytest.mark.parametrize(
    "rows",
    [
        ["Natural gas, 0.202", "Diesel, 0.267", "Gas oil, 0.267", "Biomass, 0", "Coal, 0.341"],
        ["Electricity 2021, 0.277", "Electricity 2030, 0.1"],
        ["Wood, 0.403"],
    ],
)
def test_factors_in_place(rows):
    assert findings(factor_table(*rows)) == []


def test_a_back_cast_year_is_a_note():
    rows = [("Buildings", 52341), ("Transport", 30127), ("Waste", 11239), ("IPPU", 20473)]
    listed = ", ".join(f"[{name}, {round(value * 1.173)}, {value}]" for name, value in rows)
    text = tables(
        "\n  - {id: e, kind: emissions, unit: t, columns: [Sector, 2010, 2021], rows: ["
        + listed
        + "]}"
    )
    found = only(text)
    assert (found.code, found.severity) == ("linter.back-cast", "note")
    assert findings(text.replace("11239", "11739")) == []


def test_two_tables_that_disagree():
    second = EMISSIONS.format(waste='107, 900, "", 1007')
    gap_table = """
  - {id: gap, kind: emission_gap, unit: t, columns: [Sector, Baseline, Residual],
     rows: [[Buildings, 26200, 2000], [Transport, 13650, 2000], [Waste, 1070, 100]]}
"""
    found = only(tables(second, gap_table))
    assert found.code == "linter.tables-disagree"
    assert found.arithmetic() == "1,007 = 1,007, printed 1,070"


def test_every_code_has_its_text_in_both_languages():
    for code in codes():
        assert has(code), code
    for text in (CASES / "cluj.yaml").parent.glob("*.yaml"):
        for lang in LANGUAGES:
            assert as_text(lint(load(text)), lang)


def test_a_total_column_in_another_unit_is_one_finding():
    text = """
kind: emissions
unit: t
columns: [Sector, Scope 1, Scope 2, Total]
rows: [[Buildings, 479160, 162590, 641.8], [Transport, 140725, 11237, 152.0]]
"""
    found = only(text)
    assert found.code == "linter.unit-step"
    assert [cell.row for cell in found.cells] == ["Buildings", "Transport"]


def test_costs_per_tonne_over_a_lifetime_are_one_finding():
    # 1,200,000 / 4,000 = 300, printed 15: twenty years throughout
    printed = MEASURES.replace("4000, 300", "4000, 15").replace("500, 2000", "500, 100")
    found = only(tables(printed.replace("300, 3000", "300, 150")))
    assert found.code == "linter.cost-basis"
    assert "20 times" in found.message("en")


def test_a_table_that_divides_exactly_elsewhere_is_taken_at_its_word():
    # 1,200,000 / 1,200 = 1,000 and 2,500,000 / 5,000 = 500 hold; 9,000,000 / 3,000 = 3,000
    text = (
        "kind: measures\nunit: EUR\n"
        "columns: [Action, Cost (EUR), GHG reduction (t), Cost per tonne (EUR/t)]\n"
        "rows:\n"
        "  - [A, 1200000, 1200, 1000]\n"
        "  - [B, 2500000, 5000, 500]\n"
        "  - [C, 9000000, 3000, 3300]\n"
    )
    (found,) = lint(load(text))
    assert (found.code, found.cells[0].row) == ("linter.cost-per-tonne", "C")
    assert found.repair is not None and found.repair.suggested.value == 3000
