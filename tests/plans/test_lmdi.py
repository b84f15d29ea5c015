"""The decomposition by hand, without a residual, and both ways in time."""

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vatra.plans.lmdi import lmdi, log_mean

NAN = float("nan")
NAMES = ("activity", "structure", "intensity")


def test_the_logarithmic_mean():
    # (4 - 1) / ln 4 = 2.164
    assert log_mean(4, 1) == pytest.approx(3 / log(4))
    assert log_mean(1, 4) == log_mean(4, 1)
    assert log_mean(5, 5) == 5
    assert log_mean(-4, -1) == -log_mean(4, 1)


def test_two_sectors_by_hand():
    # Output 50 -> 80; sector 1: share 0.2 -> 0.5, intensity 3 -> 2, energy 30 -> 80;
    # sector 2: share 0.8 -> 0.5, intensity 0.5 -> 0.4, energy 20 -> 16.
    # L1 = 50 / ln(80 / 30) = 50.977, L2 = 4 / ln(20 / 16) = 17.926
    # activity (50.977 + 17.926) ln 1.6 = 32.385
    # structure 50.977 ln 2.5 + 17.926 ln 0.625 = 38.285
    # intensity 50.977 ln(2 / 3) + 17.926 ln 0.8 = -24.670
    effects = lmdi(
        {"1": (50, 0.2, 3.0), "2": (50, 0.8, 0.5)},
        {"1": (80, 0.5, 2.0), "2": (80, 0.5, 0.4)},
        NAMES,
    )
    assert effects.totals == pytest.approx(
        {"activity": 32.385, "structure": 38.285, "intensity": -24.670}, abs=0.001
    )
    assert sum(effects.totals.values()) == pytest.approx(96 - 50)


def test_a_factor_that_alone_changes_has_all_of_the_effect():
    totals = lmdi({"a": (10, 0.5, 2)}, {"a": (10, 0.5, 3)}, NAMES).totals
    assert totals == pytest.approx({"activity": 0, "structure": 0, "intensity": 5})


def test_a_part_that_begins_belongs_to_what_was_zero():
    # 0 -> 10 x 0.5 x 2 = 10, all of it by the share that was zero
    totals = lmdi({"a": (8, 0, NAN)}, {"a": (10, 0.5, 2)}, NAMES).totals
    assert totals == {"activity": 0, "structure": 10, "intensity": 0}


def test_a_part_that_ends_belongs_evenly_to_what_vanishes():
    totals = lmdi({"a": (8, 0.5, 2)}, {"a": (0, 0, 3)}, NAMES).totals
    assert totals == {"activity": -4, "structure": -4, "intensity": 0}


def test_the_limit_is_what_ever_smaller_values_tend_to():
    exact = lmdi({"a": (8, 0, 3)}, {"a": (10, 0.5, 2)}, NAMES).totals
    near = lmdi({"a": (8, 1e-200, 3)}, {"a": (10, 0.5, 2)}, NAMES).totals
    assert near == pytest.approx(exact, abs=0.05)


def test_a_part_that_only_one_side_has():
    totals = lmdi({"a": (8, 0.5, 2)}, {}, NAMES).totals
    assert totals == {"activity": -8, "structure": 0, "intensity": 0}


def test_nothing_on_both_sides_has_no_effect():
    assert lmdi({"a": (0, 0.5, 2)}, {"a": (0, 0.1, 9)}, NAMES).totals == dict.fromkeys(NAMES, 0)
    assert lmdi({}, {}, NAMES).totals == dict.fromkeys(NAMES, 0)


def test_what_cannot_be_decomposed_is_named():
    with pytest.raises(ValueError, match="sink: a factor changes its sign"):
        lmdi({"sink": (1, 1, -2)}, {"sink": (1, 1, 3)}, NAMES)
    with pytest.raises(ValueError, match="a: 3 factors are named, 2 are given"):
        lmdi({"a": (1, 2)}, {"a": (1, 3)}, NAMES)


FACTOR = st.one_of(st.just(0.0), st.floats(1e-3, 1e3))
SIDE = st.dictionaries(st.sampled_from("abcd"), st.tuples(FACTOR, FACTOR, FACTOR))


def total(side):
    return sum(x * y * z for x, y, z in side.values())


@given(SIDE, SIDE)
def test_the_effects_add_up_to_the_change(base, target):
    effects = lmdi(base, target, NAMES).totals
    size = max(total(base), total(target), 1)
    assert sum(effects.values()) == pytest.approx(total(target) - total(base), abs=1e-9 * size)


@given(SIDE, SIDE)
def test_turning_time_round_turns_the_signs(base, target):
    forward, back = lmdi(base, target, NAMES).totals, lmdi(target, base, NAMES).totals
    size = max(total(base), total(target), 1)
    for name in NAMES:
        assert forward[name] == pytest.approx(-back[name], abs=1e-9 * size)


# A part of one side alone is zero in its first factor; here both sides have every part.
BOTH = st.dictionaries(st.sampled_from("abcd"), st.tuples(*[st.tuples(FACTOR, FACTOR, FACTOR)] * 2))


@given(BOTH, st.permutations(range(3)))
def test_the_order_of_factors_decides_nothing(parts, order):
    base, target = ({key: each[at] for key, each in parts.items()} for at in range(2))
    turned = [
        {key: tuple(each[at] for at in order) for key, each in side.items()}
        for side in (base, target)
    ]
    names = tuple(NAMES[at] for at in order)
    expected, found = lmdi(base, target, NAMES).totals, lmdi(*turned, names).totals
    size = max(total(base), total(target), 1)
    for name in NAMES:
        assert found[name] == pytest.approx(expected[name], abs=1e-9 * size)
