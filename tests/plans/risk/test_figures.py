"""Errors of sampling: they cover the truth as often as they say, and shrink with draws."""

import numpy as np
import pytest

from tests.plans.risk.models import T, model, savings, tonnes
from vatra.plans.risk import chance, design, fan, left_share, quantities, sample
from vatra.plans.risk.figures import error_of


def left(seed, draws=1024):
    # Two savings of 0 to 100 % leave u v of the cell
    plan = model(savings("a", "uniform(0; 1)"), savings("b", "uniform(0; 1)"))
    found = sample(plan, quantities(plan, with_defaults=False), design(draws, seed), 2035)
    return found, left_share(found, 2035)


def test_error_by_hand():
    # Replicates 1, 2, 3, 4: deviation sqrt(5/3), over sqrt(4), times t(3; 0.975) = 3.182446
    expected = np.sqrt(5 / 3) / 2 * 3.182446
    assert float(error_of(np.array([1.0, 2.0, 3.0, 4.0]))) == pytest.approx(expected, rel=1e-6)


def test_the_error_of_a_probability_covers_the_truth():
    # P(u v <= 0.25) = 0.25 (1 - ln 0.25)
    truth = 0.25 * (1 - np.log(0.25))
    inside = 0
    for seed in range(100):
        found, share = left(seed)
        told = chance(share <= 0.25, found.how)
        inside += abs(told.share - truth) <= told.error
    assert 89 <= inside <= 100


def test_the_error_of_a_mean_covers_the_truth():
    inside = 0
    for seed in range(100):
        found, _ = left(seed)
        told = fan(found.years, found.total_mg, found.how)
        inside += abs(told.values["mean"][-1] - 250 * T) <= told.errors["mean"][-1]
    assert 89 <= inside <= 100


def test_more_draws_a_smaller_error_and_smaller_than_that_of_chance():
    few, many = (left(3, draws) for draws in (1024, 16384))
    errors = [chance(share <= 0.25, found.how).error for found, share in (few, many)]
    assert errors[1] < errors[0] / 3
    # Independent draws: 1.96 sqrt(p (1 - p) / n)
    assert errors[1] < 1.96 * np.sqrt(0.6 * 0.4 / 16384)


def test_what_never_happens_still_has_an_error():
    plan = model(tonnes("a", "uniform(100; 300)"))
    found = sample(plan, quantities(plan, with_defaults=False), design(1024), 2035)
    told = chance(left_share(found, 2035) <= 0.5, found.how)
    assert told.share == 0
    assert told.error == pytest.approx(1 / 1024)
