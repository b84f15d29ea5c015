"""The base year computed again: what is significant alone, together, and in a part."""

import json

import pytest

from vatra.plans.recalculation import Policy, from_dict, recalculation, steps

BEFORE = {"buildings": 600, "transport": 400}


def moved(buildings=0, transport=0, trigger="factor", before=BEFORE):
    after = {
        "buildings": before["buildings"] + buildings,
        "transport": before["transport"] + transport,
    }
    return recalculation(2021, before, after, trigger, "the production mix instead of 0.701")


def test_what_moved_is_said_by_part_the_largest_first():
    found = moved(buildings=-30, transport=-50)
    assert found.moved_mg == -80
    assert found.moved_share == pytest.approx(-0.08)
    assert found.moves_mg == {"transport": -50, "buildings": -30}


def test_a_part_that_comes_or_goes_is_a_move():
    found = recalculation(2021, {"waste": 5}, {"land": 7}, "boundary", "land instead of waste")
    assert found.moves_mg == {"land": 7, "waste": -5}


@pytest.mark.parametrize(("move", "expected"), [(49, False), (50, True), (-50, True), (0, False)])
def test_the_threshold_is_reached_at_its_share(move, expected):
    assert moved(buildings=move).is_significant(Policy(0.05)) is expected


def test_moves_that_cancel_do_not_hide_each_other():
    found = moved(buildings=-200, transport=200)
    assert found.moved_mg == 0
    assert found.is_significant(Policy(0.05))


def test_a_threshold_of_zero_takes_every_move():
    assert moved(buildings=1).is_significant(Policy(0.0))
    assert not moved().is_significant(Policy(0.0))


def test_a_trigger_that_the_policy_leaves_out_never_counts():
    policy = Policy(0.05, triggers=("error",))
    assert not moved(buildings=500).is_significant(policy)
    assert [each.recalculates for each in steps([moved(buildings=500)], policy)] == [False]


def test_small_changes_count_together():
    # 30 + 30 = 60 of 1,000 reach 5 %; then what is pending begins again
    log = steps([moved(30), moved(30), moved(30)], Policy(0.05))
    assert [(each.recalculates, each.pending_mg) for each in log] == [
        (False, 30),
        (True, 60),
        (False, 30),
    ]


def test_small_changes_that_cancel_stay_pending():
    log = steps([moved(30), moved(-30)], Policy(0.05))
    assert [(each.recalculates, each.pending_mg) for each in log] == [(False, 30), (False, 0)]


def test_a_base_of_nothing_has_no_share_and_takes_every_move():
    found = recalculation(2021, {}, {"waste": 5}, "error", "waste was forgotten")
    assert found.moved_share is None
    assert found.is_significant(Policy())


def test_a_record_survives_being_written_down():
    found = moved(30)
    assert from_dict(json.loads(json.dumps(found.as_dict()))) == found


def test_what_makes_no_sense_is_refused():
    with pytest.raises(ValueError, match="'mood' is no trigger; use method"):
        moved(trigger="mood")
    with pytest.raises(ValueError, match="reason"):
        recalculation(2021, BEFORE, BEFORE, "error", "  ")
    with pytest.raises(ValueError, match="no share"):
        Policy(5)
