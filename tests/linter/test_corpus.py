"""The corpus: nothing is found in what adds up, nearly everything in what does not.

``WHOLE_CORPUS=1 pytest -s tests/linter/test_corpus.py`` prints what is found of each kind of slip
in each layout, over all towns; without it every fifth town is asked.
"""

from __future__ import annotations

import os
from collections import defaultdict

import pytest

from tests.linter.corpus import TOWNS
from tests.linter.corpus_slips import Slip, slips
from tests.linter.corpus_tables import CONTRACTS
from vatra.linter import LintFinding, as_text, lint

# What must be found of each kind; the rest drowns in rounding or could be meant.
LEAST_SHARE = {
    "digit": 0.97, "transposition": 0.97, "unit step": 0.97, "copied cell": 0.94,
    "sector left out": 0.9, "cost per tonne": 1, "reduction added": 1, "text": 0.95,
    "tables disagree": 1, "factor": 1, "copied row": 1,
}  # fmt: skip
MOST_EXTRA_SHARE = 0.05
SPREAD = ("copied row", "sector left out")
ASKED = TOWNS if os.environ.get("WHOLE_CORPUS") else TOWNS[::5]


@pytest.mark.parametrize("town", [town.name for town in TOWNS])
def test_a_contract_that_adds_up_yields_nothing(town):
    found = lint(CONTRACTS[town])
    assert found == [], as_text(found)


def names(found: LintFinding, slip: Slip) -> bool:
    """Whether a finding points at the cell, or at the sentence, of the slip."""
    if slip.kind == "text":
        return found.code == "linter.text-disagrees" and slip.after in str(found.params["said"])
    return any(cell.table == slip.table and slip.row in cell.row for cell in found.cells)


@pytest.mark.slow
def test_slips_are_found():
    counted: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for slip in slips(ASKED):
        found = lint(slip.document)
        table = "forms" if slip.table.startswith("form-") else slip.table
        row = counted[slip.kind, table]
        row[0] += 1
        row[1] += any(names(each, slip) for each in found)
        row[2] += any(names(each, slip) for each in found[:1])
        row[3] += max(0, len(found) - 1)
    print(f"\n{'slip':<16}{'table':<12}{'made':>6}{'found':>7}{'first':>7}{'more':>6}")
    for (kind, table), row in sorted(counted.items()):
        print(f"{kind:<16}{table:<12}{row[0]:>6}{row[1]:>7}{row[2]:>7}{row[3]:>6}")
    # A whole row or a whole total that is wrong rightly breaks more than one sum.
    single = [row for (kind, _), row in counted.items() if kind not in SPREAD]
    assert sum(row[3] for row in single) <= MOST_EXTRA_SHARE * sum(row[0] for row in single)
    for kind, share in LEAST_SHARE.items():
        rows = [row for (each, _), row in counted.items() if each == kind]
        assert sum(row[1] for row in rows) >= share * sum(row[0] for row in rows), kind
