from pathlib import Path

import pytest

from vatra.runs.lint import lint_pack
from vatra.runs.pack import open_pack


@pytest.fixture(scope="module")
def found():
    pack = open_pack(Path("examples/cluj"))
    return {(each.code, each.cells[0].row.partition(" ")[0]): each for each in lint_pack(pack)}


@pytest.mark.parametrize(
    ("code", "row", "arithmetic"),
    [
        ("linter.row-sum", "Land", "14,087 + 16,119 = 30,206, printed 35,206"),
        ("linter.cost-per-tonne", "5.1", "180,000,000 / 70,000 = 2,571, printed 428"),
        ("linter.cost-per-tonne", "4.3", "10,000,000 / 175 = 57,143, printed 6,912,285"),
        ("linter.measure-energy", "1.3", "30,000 × 0.1 + 4,455 × 0.202 = 3,900, printed 3,000"),
    ],
)
def test_the_slips_in_cluj_are_found(found, code, row, arithmetic):
    assert found[code, row].arithmetic("en") == arithmetic


def test_both_languages_find_the_same(found):
    pack = open_pack(Path("examples/cluj"))
    romanian = lint_pack(pack, "ro")
    assert [each.code for each in romanian] == [each.code for each in lint_pack(pack, "en")]
