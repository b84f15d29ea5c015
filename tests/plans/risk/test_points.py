"""Designs and nets: how many points, how even, and the same for the same seed."""

import numpy as np
import pytest

from vatra.plans.risk import Design, RiskError, design
from vatra.plans.risk.points import points


@pytest.mark.parametrize(
    ("draws", "replicates", "each"),
    [(8192, 16, 512), (10_000, 10, 1024), (9_000, 9, 1024), (32, 16, 2), (33, 9, 4), (100, 13, 8)],
)
def test_replicates_of_a_power_of_two(draws, replicates, each):
    found = design(draws)
    assert (found.replicates_count, found.points_count) == (replicates, each)
    assert found.draws_count >= draws


@pytest.mark.parametrize("draws", range(32, 5000, 37))
def test_never_fewer_draws_than_asked_for_and_seldom_many_more(draws):
    found = design(draws)
    assert 9 <= found.replicates_count <= 16
    assert draws <= found.draws_count < draws * 9 / 8 + 1


@pytest.mark.parametrize(
    ("draws", "seed", "code"),
    [(0, 1, "draws"), (31, 1, "draws"), (10**9, 1, "draws"), (64, -1, "seed")],
)
def test_wishes_that_cannot_be_met(draws, seed, code):
    with pytest.raises(RiskError) as caught:
        design(draws, seed)
    assert caught.value.code == f"plans.risk.{code}"
    assert caught.value.text("ro")


def test_every_replicate_has_one_point_in_each_slice_of_each_axis():
    how = Design(10, 64, 7)
    found = points(how, 5).reshape(5, 10, 64)
    slices = np.sort((found * 64).astype(int), axis=2)
    assert (slices == np.arange(64)).all()


def test_no_point_is_0_or_1():
    found = points(Design(16, 512, 3), 4)
    assert found.min() > 0 and found.max() < 1


def test_the_seed_makes_the_points():
    assert (points(Design(9, 32, 1), 3) == points(Design(9, 32, 1), 3)).all()
    assert (points(Design(9, 32, 1), 3) != points(Design(9, 32, 2), 3)).any()
    first, second = points(Design(9, 32, 1), 3)[:, :64].reshape(3, 2, 32).transpose(1, 0, 2)
    assert (first != second).any()
