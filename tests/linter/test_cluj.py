"""Cluj-Napoca's published tables: exactly the slips that stand in print, and no other."""

from dataclasses import replace
from pathlib import Path

import pytest

from vatra.linter import lint, load

CASES = Path(__file__).parents[2] / "cases" / "linter"

COST = "Cost per tonne (EUR/t)"
TONNES = "GHG reduction (t CO2)"
EXPECTED = [
    # 14,087 + 16,119 = 30,206, printed 35,206
    ("error", "linter.row-sum", "energy-2030", "AFOLU", "Total"),
    # cost / tonnes: 171,454; 1,000; 57,143; 2,571; 18,000; 6,750; 294; 159; 10,000
    ("error", "linter.cost-per-tonne", "measures", "2.1", COST),
    ("error", "linter.cost-per-tonne", "measures", "3.1", COST),
    ("error", "linter.cost-per-tonne", "measures", "4.3", COST),
    ("error", "linter.cost-per-tonne", "measures", "5.1", COST),
    ("error", "linter.cost-per-tonne", "measures", "5.2", COST),
    ("error", "linter.cost-per-tonne", "measures", "5.3", COST),
    ("error", "linter.cost-per-tonne", "measures", "6.1", COST),
    ("error", "linter.cost-per-tonne", "measures", "6.2", COST),
    ("error", "linter.cost-per-tonne", "measures", "6.3", COST),
    # 0.701 where the Romanian mix of 2021 is 0.277
    ("warning", "linter.factor-country-year", "factors", "Electricity 2021", "Factor"),
    # 81,197 x 0.701 = 56,919 under scope 3
    ("warning", "linter.electricity-scope", "emissions-2021", "Waste", "Scope 3"),
    # 303,478 - 145,089 to be cut, and none of the 17 actions is for industry
    ("warning", "linter.sector-no-measure", "residual", "IPPU", "Baseline emissions"),
    # 1,149,774 MWh of electricity in buildings, 871,172 used; 8,310 MWh of LPG, 5,771 used
    ("warning", "linter.energy-removed", "measures", "1.1", "Electricity removed (MWh)"),
    ("warning", "linter.energy-removed", "measures", "2.1", "LPG removed (MWh)"),
    # energy implies 3,900 for 3,000; 24,352 for 25,377; 13,600 for 200
    ("warning", "linter.measure-energy", "measures", "1.3", TONNES),
    ("warning", "linter.measure-energy", "measures", "2.1", TONNES),
    ("warning", "linter.measure-energy", "measures", "6.3", TONNES),
    # 324,000,000 / 270 = 1,200,000 t, more than transport emits
    ("warning", "linter.tonnes-implausible", "measures", "2.2", COST),
    ("warning", "linter.tonnes-missing", "measures", "2.2", TONNES),
]


@pytest.fixture(scope="module")
def document():
    return load(CASES / "cluj.yaml")


@pytest.fixture(scope="module")
def findings(document):
    return lint(document)


def one(findings, code, row):
    found = [each for each in findings if each.code == code and each.cells[0].row == row]
    assert len(found) == 1, [(each.code, each.place()) for each in findings]
    return found[0]


def test_exactly_the_slips_in_print(findings):
    found = [
        (each.severity, each.code, each.table, each.cells[0].row, each.cells[0].column)
        for each in findings
    ]
    assert found == EXPECTED


def test_land_energy_2030_has_one_digit_wrong(findings):
    found = one(findings, "linter.row-sum", "AFOLU")
    assert found.arithmetic("en") == "14,087 + 16,119 = 30,206, printed 35,206"
    assert found.arithmetic("ro") == "14.087 + 16.119 = 30.206, tipărit 35.206"
    assert found.repair.kind == "digit"
    assert int(found.repair.suggested.value) == 30206
    # 14,087 x 0.267 + 16,119 x 0.100 = 5,373 as printed: the parts are confirmed, so it is unique.
    assert found.repair.others == ()


def test_alone_the_row_leaves_room_for_another_digit(document):
    tables = [table for table in document.tables if table.id == "energy-2030"]
    found = one(lint(replace(document, tables=tables)), "linter.row-sum", "AFOLU")
    # 19,087 + 16,119 = 35,206 would do as well; the sum is the likelier place.
    assert int(found.repair.suggested.value) == 30206
    assert [cell.column for cell in found.repair.others] == ["Diesel"]


@pytest.mark.parametrize(
    ("row", "arithmetic"),
    [
        ("5.1", "180,000,000 / 70,000 = 2,571, printed 428"),
        ("4.3", "10,000,000 / 175 = 57,143, printed 6,912,285"),
        ("6.2", "10,000,000 / 63,000 = 159, printed 72"),
    ],
)
def test_cost_per_tonne(findings, row, arithmetic):
    assert one(findings, "linter.cost-per-tonne", row).arithmetic("en") == arithmetic


def test_energy_of_1_3_implies_more_tonnes(findings):
    # 30,000 x 0.1 + 4,455 x 0.202 = 3,000 + 899.9 = 3,900
    assert "= 3,900, printed 3,000" in one(findings, "linter.measure-energy", "1.3").arithmetic()


def test_6_3_is_confirmed_by_energy_and_by_the_sector(findings):
    # 44,308 x 0.1 + 45,392 x 0.202 = 13,600; with it the nine measures of buildings give
    # 252,243 = 267,401 - 15,158.
    found = one(findings, "linter.measure-energy", "6.3")
    assert found.also == ("linter.measures-target",)
    assert int(found.repair.suggested.value) == 13600


def test_the_same_tables_without_declared_numbers(document, findings):
    assert lint(replace(document, numbers="")) == findings


def test_the_same_findings_twice(document, findings):
    assert [each.as_dict("ro") for each in lint(document)] == [
        each.as_dict("ro") for each in findings
    ]
