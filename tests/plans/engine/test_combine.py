"""What several effects on one factor leave, and through which effect the rest went."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vatra.plans.engine import Effect, combined, competing

shares = st.lists(st.floats(0.0, 1.0), min_size=1, max_size=6)


def arrays(values: list[float]) -> list[np.ndarray]:
    return [np.array([value]) for value in values]


@given(shares)
@settings(max_examples=80, deadline=None)
def test_shares_that_leave_are_the_mean_over_all_orders(values: list[float]) -> None:
    expected = np.zeros(len(values))
    orders = list(permutations(range(len(values))))
    for order in orders:
        left = 1.0
        for each in order:
            expected[each] += left * values[each] / len(orders)
            left *= 1.0 - values[each]
    assert np.concatenate(competing(arrays(values))) == pytest.approx(expected, abs=1e-12)


@given(shares, st.sampled_from(["product", "exclusive", "nested", "capped"]))
@settings(max_examples=80, deadline=None)
def test_what_is_left_and_what_went_are_all_there_was(values: list[float], how: str) -> None:
    effects = [Effect("efficiency", group="g", combine=how, potential_share=0.8)] * len(values)  # type: ignore[arg-type]
    found = combined(effects, arrays(values))
    assert found.left + sum(found.gone) == pytest.approx(1.0)
    assert 0.0 <= float(found.left[0]) <= 1.0 + 1e-12


def test_a_group_and_a_single_effect_meet_as_a_product() -> None:
    effects = [
        Effect("efficiency", group="g", combine="exclusive"),
        Effect("efficiency", group="g", combine="exclusive"),
        Effect("efficiency"),
    ]
    found = combined(effects, arrays([0.3, 0.2, 0.4]))
    # (1 - 0.3 - 0.2) * (1 - 0.4) = 0.3; of the 0.7 that went the group has 0.5 - 0.5 * 0.4 / 2.
    assert float(found.left[0]) == pytest.approx(0.3)
    assert [float(each[0]) for each in found.gone] == pytest.approx([0.24, 0.16, 0.3])


def test_nested_layers_are_shared_by_those_that_cover_them() -> None:
    effects = [Effect("efficiency", group="g", combine="nested")] * 3
    found = combined(effects, arrays([0.3, 0.1, 0.6]))
    # 0.1 by three, 0.2 by two, 0.3 by one (the airport game).
    third, half = 0.1 / 3, 0.2 / 2
    expected = [third + half, third, third + half + 0.3]
    assert [float(each[0]) for each in found.gone] == pytest.approx(expected)


def test_shares_that_exclude_each_other_and_pass_the_whole_are_reported() -> None:
    effects = [Effect("efficiency", group="g", combine="exclusive")] * 2
    found = combined(effects, arrays([0.8, 0.6]))
    assert found.clipped
    assert float(found.left[0]) == pytest.approx(0.0)
