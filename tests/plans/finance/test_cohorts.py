"""Capital by cohort: new units, their replacement, and what is left."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vatra.plans.finance.cohorts import spending


def test_a_renovation_of_15_years_over_41_years_charges_its_reinvestment():
    """All at once in 2010, to 2050: bought in 2010, again in 2025 and 2040.

    2040 + 15 = 2055: after 2050 four of fifteen years are left (11 have served).
    """
    found = spending(np.ones(41), 15)
    assert np.flatnonzero(found.new).tolist() == [0]
    assert np.flatnonzero(found.again).tolist() == [15, 30]
    assert found.new.sum() + found.again.sum() == 3.0
    assert found.residual == pytest.approx(4 / 15)


def test_cohorts_are_replaced_in_their_own_years():
    found = spending([0.25, 0.5, 0.75, 1.0, 1.0, 1.0], 3)
    assert found.new.tolist() == [0.25, 0.25, 0.25, 0.25, 0.0, 0.0]
    assert found.again.tolist() == [0.0, 0.0, 0.0, 0.25, 0.25, 0.25]
    # Put in place in 3 (a half: new and again), 4 and 5; used up 3/3, 2/3 and 1/3.
    assert found.residual == pytest.approx(0.5 * 0 + 0.25 * 1 / 3 + 0.25 * 2 / 3)


def test_what_is_given_up_is_not_replaced():
    found = spending([1.0, 1.0, 0.5, 0.0], 2)
    # At the end of two years one half goes and one half is bought again, then that goes too.
    assert found.again.tolist() == [0.0, 0.0, 0.5, 0.0]
    assert found.residual == 0.0


def test_a_lifetime_is_longer_than_zero():
    with pytest.raises(ValueError, match="lifetime"):
        spending([1.0], -15)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=41), st.integers(1, 60))
def test_years_of_service_bought_are_those_served_and_those_left(steps, life):
    """For a curve that only rises: capital * L = service in the years + what is left of it."""
    curve = np.maximum.accumulate(np.array(steps))
    found = spending(curve, life)
    bought = (found.new.sum() + found.again.sum()) * life
    assert bought == pytest.approx(curve.sum() + found.residual * life, abs=1e-9)
