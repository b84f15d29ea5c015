from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from vatra.plans.retrofit import RetrofitError, pareto_front


def by_brute_force(values: np.ndarray) -> list[bool]:
    return [
        not any((other <= mine).all() and (other < mine).any() for other in values)
        for mine in values
    ]


# Few different values, so that ties and equal rows are common.
POINTS = hnp.arrays(
    np.float64,
    st.tuples(st.integers(0, 40), st.integers(1, 4)),
    elements=st.integers(0, 4).map(float),
)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(POINTS)
def test_front_is_that_of_brute_force(values: np.ndarray) -> None:
    assert pareto_front(values).tolist() == by_brute_force(values)


@pytest.mark.parametrize("columns", [2, 4])
def test_front_is_that_of_brute_force_across_chunks(columns: int) -> None:
    # More rows than are compared at once, in values that often tie.
    values = np.random.default_rng(7).integers(0, 12, (700, columns)).astype(np.float64)
    found = pareto_front(values)
    assert found.tolist() == by_brute_force(values)
    assert 0 < found.sum() < len(values)


def test_equal_rows_stand_together() -> None:
    assert pareto_front(np.array([[1.0, 2], [1, 2], [1, 3], [0, 9]])).tolist() == [1, 1, 0, 1]


def test_what_is_not_known_is_not_compared() -> None:
    with pytest.raises(RetrofitError, match="2 packages have values that are not known"):
        pareto_front(np.array([[1.0, np.nan], [np.inf, 1], [1, 1]]))
