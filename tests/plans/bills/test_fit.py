"""Measure of fit of months."""

from __future__ import annotations

import numpy as np
import pytest

from vatra.plans.bills import fit


def test_by_hand():
    # m - s = 10, -5, 5; sum 10, squares 150; n - p = 2; mean of m 100
    found = fit(np.array([110.0, 90.0, 100.0]), np.array([100.0, 95.0, 95.0]))
    assert found.nmbe_share == pytest.approx(10 / (2 * 100))
    assert found.cv_rmse_share == pytest.approx(np.sqrt(150 / 2) / 100)
    assert found.holds and found.months_count == 3


def test_limits_of_guideline_14_for_months():
    flat = np.full(12, 100.0)
    # 11 n - p: 4 a month below are 12 x 4 / (11 x 100) = 4.36 %, 5 are 5.45 %
    assert fit(flat, flat - 4).holds
    assert not fit(flat, flat - 5).holds
    swing = np.tile([1.0, -1.0], 6)
    # sqrt(12 / 11) x 14 % = 14.6 %, x 15 % = 15.7 %
    assert fit(flat, flat + 14 * swing).holds
    assert not fit(flat, flat + 15 * swing).holds


def test_one_month_is_no_fit():
    with pytest.raises(ValueError, match="two months"):
        fit(np.array([1.0]), np.array([1.0]))
