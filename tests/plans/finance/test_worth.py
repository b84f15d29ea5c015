"""Present values, rates of return and paybacks against published figures."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vatra.plans.finance.worth import discount_factors, irr, npv, payback, worth


def test_npv_of_the_manual_of_numpy_financial():
    """numpy-financial 1.0, manual of ``npv``: 3065.22267 at 8 %, the first flow undiscounted."""
    assert npv([-40_000, 5_000, 8_000, 12_000, 30_000], 0.08) == pytest.approx(3065.22267, abs=1e-5)


@pytest.mark.parametrize(
    ("flows", "rate"),
    [
        # numpy-financial 1.0, front page of its manual and manual of ``irr``.
        ([-250_000, 100_000, 150_000, 200_000, 250_000, 300_000], 0.5672303344358536),
        ([-100, 39, 59, 55, 20], 0.28095),
        ([-100, 0, 0, 74], -0.0955),
        ([-5, 10.5, 1, -8, 1], 0.0886),
    ],
)
def test_irr_of_the_manual_of_numpy_financial(flows, rate):
    found = irr(flows)
    assert any(each == pytest.approx(rate, abs=1e-4) for each in found.rates)
    signs = sum((left < 0) != (right < 0) for left, right in pairwise(flows))
    assert found.kind == ("one" if signs == 1 else "several")


def test_a_second_rate_that_the_manual_does_not_say():
    """Manual of ``irr``: -100, 100, 0, -7 gives -8.33 %; 7 x^3 - 100 x + 100 has x = 3.13 too."""
    found = irr([-100, 100, 0, -7])
    assert found.kind == "several"
    assert found.rates == pytest.approx((1 / 3.1275 - 1, -0.0833), abs=2e-3)


def test_two_rates_of_the_oil_pump_problem():
    """Lorie and Savage 1955: -1,600 now, +10,000, -10,000 have the rates 25 % and 400 %."""
    found = irr([-1_600, 10_000, -10_000])
    assert found.kind == "several"
    assert found.rates == (0.25, 4.0)


@pytest.mark.parametrize("flows", [[-5.0, -1.0], [1.0, 2.0], [0.0, 0.0], [], [1.0, -2.0, 2.0]])
def test_no_rate_is_said_to_be_none(flows):
    # 1 - 2x + 2x^2 has no real root: its discriminant is 4 - 8 < 0.
    assert irr(flows).kind == "none"
    assert irr(flows).rate is None


@given(
    st.floats(-0.5, 3.0), st.lists(st.floats(1.0, 1e6), min_size=2, max_size=40), st.integers(0, 5)
)
def test_the_rate_found_is_the_one_that_was_put_in(rate, gains, wait):
    paid = sum(gain * (1 + rate) ** -(t + 1) for t, gain in enumerate(gains))
    found = irr([0.0] * wait + [-paid, *gains])
    assert found.kind == "one"
    assert found.rate == pytest.approx(rate, abs=1e-6)


@pytest.mark.parametrize(
    ("flows", "back", "value"),
    [
        ([-2_000, 500, 500, 5_000], 2 + 1_000 / 5_000, 2_624),
        ([-2_000, 500, 1_800, 0], 1 + 1_500 / 1_800, -58),
        ([-2_000, 1_800, 500, 0], 1 + 200 / 500, 50),
    ],
)
def test_three_projects_of_brealey_and_myers(flows, back, value):
    """Brealey, Myers and Allen, Principles of Corporate Finance, chapter 5, section on payback.

    Net present values at 10 % as printed; the book counts paybacks in whole years (3, 2, 2), ours
    take the last year's flow as even.
    """
    assert npv(flows, 0.10) == pytest.approx(value, abs=0.5)
    assert payback(flows) == pytest.approx(back)


def test_rates_of_return_of_brealey_and_myers():
    """Same chapter: -4,000, 2,000, 4,000 return 28.08 %; 1,000, -3,000, 2,500 have no rate and are
    worth 339 at 10 %."""
    assert irr([-4_000, 2_000, 4_000]).rate == pytest.approx(0.2808, abs=5e-5)
    assert irr([1_000, -3_000, 2_500]).kind == "none"
    assert npv([1_000, -3_000, 2_500], 0.10) == pytest.approx(339, abs=0.5)


def test_discount_factors():
    # 1.05^-1 to 1.05^-5, as tables of discount factors print them.
    assert discount_factors(6, 0.05)[1:].round(3).tolist() == [0.952, 0.907, 0.864, 0.823, 0.784]
    with pytest.raises(ValueError, match="-100"):
        discount_factors(3, -1.0)


def test_what_is_left_in_the_end_is_worth_something_but_pays_nothing_back():
    found = worth(np.array([0.0, 40.0]), np.array([100.0, 0.0]), 0.0, 0, np.array([0.0, 70.0]))
    assert (found.npv, found.bcr, found.payback_years) == (10.0, 1.1, None)


def test_payback_is_when_the_sum_stays_above_zero():
    # 100 are back after 2.5 years: 40 + 40 + half of 40.
    assert payback([-100, 40, 40, 40, 40]) == 2.5
    # The replacement in the fifth year puts it off: -100 + 200 - 110 + 40 = 30, from -10 by 0.25.
    assert payback([-100, 50, 50, 50, 50, -110, 40]) == 5.25
    assert payback([0, 0, -100, 60, 60]) == pytest.approx(1 + 40 / 60)
    assert payback([-100, 50]) is None
    assert payback([0, 0]) is None
    assert payback([5, 5]) == 0.0


def test_benefit_over_cost_and_its_absence():
    found = worth(np.array([0.0, 110.0]), np.array([100.0, 0.0]), 0.1)
    assert (found.npv, found.bcr) == (pytest.approx(0.0), pytest.approx(1.0))
    assert found.returns.rate == pytest.approx(0.1)
    assert worth(np.array([1.0]), np.array([0.0]), 0.1).bcr is None
