"""Values at points: the quick way gives what the exact inverse gives."""

import numpy as np
import pytest
from scipy.special import ndtri

from vatra.plans.distributions import parse
from vatra.plans.risk import Quantity, design, draw
from vatra.plans.risk.drawing import quantile, steady

SPELLED = [
    "uniform(0.2; 0.4)", "triangular(1; 2; 4)", "pert(0.4; 0.8; 1)", "pert(0; 0; 5)",
    "pert(-3; 2; 2)", "normal(3; 0.5)", "lognormal(0.5; 2)", "beta(2; 5)", "beta(0.5; 0.5)",
    "beta(1.01; 30; 10; 20)", "discrete(0: 0.1; 1: 0.9)",
]  # fmt: skip


@pytest.mark.parametrize("text", SPELLED)
def test_the_quick_way_is_the_exact_one(text):
    found = parse(text)
    p = np.concatenate([[1e-9, 1e-6, 1 - 1e-6], np.linspace(0.0005, 0.9995, 5001)])
    near = found.high - found.low
    assert quantile(found, p, ndtri(p)) == pytest.approx(found.quantile(p), abs=2e-9 * near)


@pytest.mark.parametrize("text", SPELLED)
def test_draws_have_the_mean(text):
    found = parse(text)
    drawn = draw([Quantity("strength", "a", found)], design(8192))
    assert drawn.values.mean() == pytest.approx(found.mean, rel=2e-3)


def test_steady_values_keep_nine_digits_and_swallow_last_bits():
    values = np.array([0.0, 1.0, -2.5, np.pi, 1e30 / 3, -1e-30 / 7])
    assert steady(values) == pytest.approx(values, rel=5e-10)
    moved = values * (1 + 2 * np.finfo(float).eps)
    assert (steady(moved) == steady(values)).all()
    assert (steady(steady(values)) == steady(values)).all()
