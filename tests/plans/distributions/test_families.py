"""Means, ends and quantiles against closed forms and against numeric integration."""

import subprocess
import sys

import numpy as np
import pytest

from vatra.plans.distributions import parse

SPELLED = [
    "uniform(0.2; 0.4)",
    "triangular(1; 2; 4)",
    "triangular(1; 1; 4)",
    "triangular(1; 4; 4)",
    "pert(0.4; 0.8; 1)",
    "pert(0; 0; 1)",
    "pert(0; 3; 3)",
    "normal(3; 0.5)",
    "lognormal(0.5; 2)",
    "lognormal(10; 11)",
    "beta(2; 5)",
    "beta(0.5; 0.5; -1; 3)",
    "discrete(0: 0.1; 1: 0.9)",
    "discrete(-2: 3; 5: 1; 7: 4)",
]


def integral(distribution):
    """Mean of the quantile over 0..1, the middle of a million equal steps."""
    count = 1_000_000
    return float(distribution.quantile((np.arange(count) + 0.5) / count).mean())


@pytest.mark.parametrize("text", SPELLED)
def test_the_mean_is_the_integral_of_the_quantile(text):
    found = parse(text)
    assert found.mean == pytest.approx(integral(found), rel=2e-5)


@pytest.mark.parametrize("text", SPELLED)
def test_quantiles_rise_and_stay_between_the_ends(text):
    found = parse(text)
    values = found.quantile(np.linspace(0.001, 0.999, 999))
    assert (np.diff(values) >= 0).all()
    assert values[0] >= found.low - 1e-9 * abs(found.low)
    assert values[-1] <= found.high + 1e-9 * abs(found.high)


def at(text, p):
    return float(parse(text).quantile(np.array([p]))[0])


def test_pert_by_hand():
    # (0.4 + 4 x 0.8 + 1) / 6 = 4.6 / 6; shapes 1 + 4 x 0.4 / 0.6 = 11/3 and 6 - 11/3 = 7/3
    found = parse("pert(0.4; 0.8; 1)")
    assert found.mean == pytest.approx(4.6 / 6)
    assert found.shapes == pytest.approx((11 / 3, 7 / 3))
    # The mean of a beta between ends is the same: 0.4 + 0.6 x (11/3) / 6
    assert found.mean == pytest.approx(0.4 + 0.6 * 11 / 18)


def test_a_symmetric_pert_has_its_mode_in_the_middle():
    # Shapes 3 and 3: F(x) = 10 x^3 - 15 x^4 + 6 x^5; F(1/4) = 10/64 - 15/256 + 6/1024 = 53/512
    assert at("pert(0; 0.5; 1)", 0.5) == pytest.approx(0.5)
    assert at("pert(0; 0.5; 1)", 53 / 512) == pytest.approx(0.25)


def test_beta_2_5_by_hand():
    # Mean 2/7; F(x) = 1 - (1 - x)^5 (1 + 5 x), F(0.2) = 1 - 0.32768 x 2 = 0.34464
    assert parse("beta(2; 5)").mean == pytest.approx(2 / 7)
    assert at("beta(2; 5)", 0.34464) == pytest.approx(0.2)
    assert at("beta(2; 5; 10; 20)", 0.34464) == pytest.approx(12)


def test_the_arcsine_distribution():
    # beta(1/2, 1/2): quantile sin^2(pi p / 2); at 1/3 it is 1/4
    assert at("beta(0.5; 0.5)", 1 / 3) == pytest.approx(0.25)


def test_triangular_by_hand():
    # Between 1 and 4 with mode 2: F(2) = 1/3; F(3) = 1 - 1/(3 x 2) = 5/6; mean 7/3
    found = parse("triangular(1; 2; 4)")
    assert found.mean == pytest.approx(7 / 3)
    assert at("triangular(1; 2; 4)", 1 / 3) == pytest.approx(2)
    assert at("triangular(1; 2; 4)", 5 / 6) == pytest.approx(3)


def test_a_lognormal_goes_through_its_p5_and_p95():
    assert at("lognormal(0.5; 2)", 0.05) == pytest.approx(0.5)
    assert at("lognormal(0.5; 2)", 0.95) == pytest.approx(2)
    assert at("lognormal(0.5; 2)", 0.5) == pytest.approx(1)
    # sigma = ln 4 / (2 x 1.644854) = 0.421403; mean exp(0.0887903) = 1.092852
    assert parse("lognormal(0.5; 2)").mean == pytest.approx(1.092852, rel=1e-6)


def test_a_normal_by_the_printed_table():
    assert at("normal(3; 0.5)", 0.975) == pytest.approx(3 + 0.5 * 1.959964, rel=1e-6)
    # P99.9 is 3.090232 standard deviations out
    assert parse("normal(3; 0.5)").high == pytest.approx(3 + 0.5 * 3.090232, rel=1e-6)
    assert parse("normal(3; 0.5)").low == pytest.approx(3 - 0.5 * 3.090232, rel=1e-6)


def test_discrete_steps():
    found = parse("discrete(0: 1; 5: 3)")
    assert found.mean == pytest.approx(15 / 4)
    assert found.quantile(np.array([0.0, 0.24, 0.26, 1.0])).tolist() == [0, 0, 5, 5]


@pytest.mark.parametrize(
    "text",
    ["3", "uniform(3; 3)", "triangular(3; 3; 3)", "pert(3; 3; 3)", "normal(3; 0)",
     "lognormal(3; 3)", "beta(2; 5; 3; 3)", "discrete(3: 7)"],
)  # fmt: skip
def test_one_possible_value_is_certain(text):
    found = parse(text)
    assert found.is_certain
    assert found.mean == found.low == found.high == 3
    assert (found.quantile(np.array([0.0, 0.3, 1.0])) == 3).all()


def test_no_scipy_before_a_quantile():
    code = (
        "import sys; from vatra.plans.distributions import parse; "
        "parse('pert(1; 2; 3)').mean; parse('lognormal(1; 2)').high; "
        "print([name for name in sys.modules if name.startswith('scipy')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
