from __future__ import annotations

import pytest

from vatra.plans.retrofit import assembly_may_decide, assembly_rules, steps
from vatra.plans.retrofit.reading import rows


def test_steps_run_from_the_assembly_to_the_meters() -> None:
    found = steps()
    assert [each.order for each in found] == list(range(1, len(found) + 1))
    assert (found[0].id, found[-1].id) == ("decide_to_ask", "follow")
    assert sum(len(each.documents) for each in found) == len(list(rows("documents")))
    audit = next(each for each in found if each.id == "audit")
    assert audit.documents[0].name.en == "Energy audit report"


def test_the_assembly_is_that_of_the_law() -> None:
    rules = {each.id: each for each in assembly_rules()}
    assert rules["notice"].value == 10
    for each in rules.values():
        assert each.origin.source.startswith("Law 196/2018")
        assert "to verify" in each.origin.doubt


@pytest.mark.parametrize(
    ("members", "present", "again", "may"),
    [(20, 11, False, True), (20, 10, False, False), (21, 11, False, True), (21, 10, False, False),
     (20, 1, True, True), (20, 0, True, False)],
)  # fmt: skip
def test_half_of_the_members_plus_one_decide(
    members: int, present: int, again: bool, may: bool
) -> None:
    assert assembly_may_decide(members, present, again) is may


@pytest.mark.parametrize(("members", "present"), [(0, 0), (5, 6), (5, -1)])
def test_impossible_counts_are_refused(members: int, present: int) -> None:
    with pytest.raises(ValueError, match="cannot be present"):
        assembly_may_decide(members, present, False)
