"""Sums divided to the cent."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vatra.plans.finance.cents import capped, split, to_cents

WEIGHTS = st.lists(st.floats(0, 1e12), min_size=1, max_size=30)


@given(st.integers(-(10**15), 10**15), WEIGHTS)
def test_parts_add_up(total, weights):
    if sum(weights) > 0:
        parts = split(total, weights)
        assert int(parts.sum()) == total
        assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**10), min_size=1, max_size=30))
def test_none_gets_more_than_its_cap(total, caps):
    parts = capped(total, np.array(caps, np.int64))
    assert int(parts.sum()) == min(total, sum(caps))
    assert (parts <= np.array(caps)).all()
    assert (parts >= 0).all()


def test_the_largest_remainder_is_served_first():
    # 100 over 3: 33 each, the cent left goes to the first of equal remainders.
    assert split(100, [1, 1, 1]).tolist() == [34, 33, 33]
    # Hamilton: 10 over 47, 16, 37 -> 4.7, 1.6, 3.7 -> 4 + 1, 1, 3 + 1.
    assert split(10, [47, 16, 37]).tolist() == [5, 1, 4]


def test_what_cannot_be_divided_is_refused():
    with pytest.raises(ValueError, match="nobody"):
        split(5, [0.0, 0.0])
    with pytest.raises(ValueError, match="below zero"):
        split(5, [1.0, -1.0])


def test_euros_become_cents_once():
    assert to_cents(np.array([0.125, 0.135, 1e9])).tolist() == [12, 14, 100_000_000_000]
    # 1.005 * 100 is 100.49999999999999 in floats and stands on half a cent all the same.
    assert to_cents(np.array([1.005, 1.015])).tolist() == [100, 102]
