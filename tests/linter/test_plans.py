"""Six invented action plans, written by another hand than the corpus: each in its own habits.

``plans/*.md`` add up in every table and sentence. ``plans/slips.json`` holds slips in them, one at
a time: the kind, and the lines that read differently.
``pytest -s tests/linter/test_plans.py`` prints what is found of each kind.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from vatra.linter import LintFinding, as_text, lint, load_bytes

FOLDER = Path(__file__).parent / "plans"
PLANS = {path.stem: path.read_text("utf-8").split("\n") for path in sorted(FOLDER.glob("*.md"))}
# What must be found of each kind. Sentences are judged only where they are quite plain.
LEAST_SHARE = {
    "digit": 0.95, "transposition": 0.95, "tenfold": 0.95, "thousandfold": 0.95,
    "copied cell": 0.95, "copied left": 0.9, "copied row": 1, "swapped rows": 0.9,
    "omitted sector": 0.8, "gap identity": 1, "reduction added": 1, "percent": 0.95,
    "residual rule": 1, "cost per tonne": 0.9, "factor": 0.95, "energy x factor": 1,
    "table vs table": 1, "text": 0.2,
}  # fmt: skip


def findings(name: str, lines: list[str]) -> list[LintFinding]:
    return lint(load_bytes("\n".join(lines).encode(), f"{name}.md"))


@pytest.mark.slow
@pytest.mark.parametrize("name", PLANS)
def test_a_plan_that_adds_up_yields_nothing(name):
    found = findings(name, PLANS[name])
    assert found == [], as_text(found)


@pytest.mark.slow
def test_slips_are_found():
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for slip in json.loads((FOLDER / "slips.json").read_text("utf-8")):
        lines = list(PLANS[slip["plan"]])
        for number, text in slip["lines"].items():
            assert lines[int(number) - 1] != text
            lines[int(number) - 1] = text
        counted[slip["kind"]][0] += 1
        counted[slip["kind"]][1] += bool(findings(slip["plan"], lines))
    print()
    for kind, (made, found) in sorted(counted.items()):
        print(f"{kind:<18}{made:>4}{found:>5}")
    assert counted.keys() == LEAST_SHARE.keys()
    for kind, (made, found) in counted.items():
        assert found >= LEAST_SHARE[kind] * made, kind
