from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vatra.plans.finance.cents import split
from vatra.plans.retrofit import RetrofitError, per_flat


def test_cents_go_to_the_largest_remainders() -> None:
    # 100 cents over 1 : 1 : 1 is 33.33 each; the odd cent goes to the first of equals.
    # 101 cents over 50 : 30 : 20 m2 is 50.5, 30.3, 20.2; the odd cent goes to the first.
    assert per_flat(np.array([100]), [60, 60, 60]).tolist() == [[34, 33, 33]]
    assert per_flat(np.array([101]), [50, 30, 20]).tolist() == [[51, 30, 20]]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 10**9), min_size=1, max_size=5),
    st.lists(st.integers(1, 2_000_000), min_size=1, max_size=30),
)
def test_every_row_adds_up_and_is_within_a_cent(amounts: list[int], cm2: list[int]) -> None:
    found = per_flat(np.array(amounts), np.array(cm2) / 10_000)
    assert found.sum(axis=1).tolist() == amounts
    exact = [[amount * each / sum(cm2) for each in cm2] for amount in amounts]
    assert np.abs(found - np.array(exact)).max() < 1


def test_it_divides_as_the_rest_of_the_house_does() -> None:
    areas = [72.5, 60.0, 48.25, 33.1]
    amounts = np.array([1, 99, 123_457, 98_765_431])
    expected = [split(int(each), areas).tolist() for each in amounts]
    assert per_flat(amounts, areas).tolist() == expected


def test_flats_without_an_area_are_named() -> None:
    with pytest.raises(RetrofitError, match="Flats 2, 3 have no area"):
        per_flat(np.array([100]), [60, 0, float("nan")])
    with pytest.raises(RetrofitError, match="below zero"):
        per_flat(np.array([-1]), [60])
