"""Annuities and schedules of debt against published figures."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vatra.plans.finance.debt import Terms, annuity, schedule


def test_payment_of_the_manual_of_numpy_financial():
    """Manual of ``pmt``: 200,000 at 7.5 % a year over 15 years by month: 1,854.0247200054619."""
    assert annuity(200_000, 0.075 / 12, 12 * 15) == pytest.approx(1854.0247200054619, rel=1e-12)


def test_interest_and_principal_of_the_manual_of_numpy_financial():
    """Manual of ``ipmt``: 2,500 at 8.24 % by month for a year.

    Its table prints principal 200.58 and interest 17.17 in the first month, 216.26 and 1.49 in the
    last; interest of all twelve is 112.98.
    """
    drawn = np.zeros(13, np.int64)
    drawn[0] = 250_000
    found = schedule(drawn, Terms(0.0824 / 12, 12))
    assert (found.principal[1], found.interest[1]) == (20_058, 1_717)
    assert found.principal[12] == pytest.approx(21_626, abs=6)
    # Ours are whole cents, so the last payment takes up what eleven roundings left.
    assert found.interest[12] == pytest.approx(149, abs=1)
    assert found.interest.sum() == pytest.approx(11_298, abs=2)
    assert found.principal.sum() == 250_000
    assert found.owed[-1] == 0


def test_grace_pays_interest_alone():
    drawn = np.array([1_000_000, 0, 0, 0, 0, 0], np.int64)
    found = schedule(drawn, Terms(0.04, 5, 2))
    # 4 % of 10,000 EUR is 400; then 10,000 * 0.04 / (1 - 1.04^-3) = 3,603.49 a year.
    assert found.service.tolist() == [0, 40_000, 40_000, 360_349, 360_349, 360_348]
    assert found.owed.tolist()[:3] == [1_000_000] * 3


def test_a_bond_is_repaid_at_once():
    found = schedule(np.array([500, 0, 0, 0], np.int64), Terms(0.1, 3, 2))
    assert found.service.tolist() == [0, 50, 50, 550]


def test_no_interest_is_repaid_in_equal_parts():
    found = schedule(np.array([900, 0, 0, 0], np.int64), Terms(0.0, 3))
    assert found.service.tolist() == [0, 300, 300, 300]


@given(
    st.lists(st.integers(0, 10**11), min_size=1, max_size=12),
    st.floats(0, 0.3),
    st.integers(1, 10),
    st.integers(0, 9),
)
def test_what_is_drawn_is_repaid_to_the_cent(drawn, interest, term, grace):
    years = np.array([*drawn, *[0] * 10], np.int64)
    found = schedule(years, Terms(interest, term, min(grace, term - 1)))
    assert found.principal.sum() == years.sum()
    assert found.owed[-1] == 0
    assert (found.owed >= 0).all()
    assert (found.principal >= 0).all()
