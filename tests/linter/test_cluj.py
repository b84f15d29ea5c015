"""Cluj-Napoca's published tables: exactly the slips that stand in print."""

from pathlib import Path

import pytest

from vatra.linter import lint, load

CASES = Path(__file__).parents[2] / "cases" / "linter"


@pytest.fixture(scope="module")
def findings():
    return lint(load(CASES / "cluj.yaml"))


def one(findings, code, row):
    found = [each for each in findings if each.code == code and each.cells[0].row == row]
    assert len(found) == 1, [(each.code, each.place()) for each in findings]
    return found[0]


def test_land_energy_2030_has_one_digit_wrong(findings):
    found = one(findings, "linter.row-sum", "AFOLU")
    # 14,087 + 16,119 = 30,206
    assert found.arithmetic("en") == "14,087 + 16,119 = 30,206, printed 35,206"
    assert found.arithmetic("ro") == "14.087 + 16.119 = 30.206, tipărit 35.206"
    assert found.repair.kind == "digit"
    assert int(found.repair.suggested.value) == 30206
    assert found.repair.others == ()


def test_cost_per_tonne_of_5_1_and_4_3(findings):
    assert (
        one(findings, "linter.cost-per-tonne", "5.1").arithmetic("en")
        == "180,000,000 / 70,000 = 2,571, printed 428"
    )
    found = one(findings, "linter.cost-per-tonne", "4.3")
    assert found.arithmetic("en") == "10,000,000 / 175 = 57,143, printed 6,912,285"
    assert int(found.repair.suggested.value) == 57143


def test_energy_of_1_3_implies_more_tonnes(findings):
    # 30,000 x 0.1 + 4,455 x 0.202 = 3,000 + 899.9 = 3,900
    assert "= 3,900, printed 3,000" in one(findings, "linter.measure-energy", "1.3").arithmetic()
