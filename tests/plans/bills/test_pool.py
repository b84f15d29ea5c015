"""What meters of a type say about its other blocks."""

from __future__ import annotations

import numpy as np
import pytest

from vatra.plans.bills import Linear, linear, pool

SHARED = np.array([0.7, 0.4, 0.2])
RANDOM = np.random.default_rng(8)
BLOCKS = [
    Linear(RANDOM.normal(size=(m, 3)), RANDOM.normal(size=m), np.diag(RANDOM.uniform(0.1, 0.5, m)))
    for m in (1, 2, 1)
]


def conditioned(place: int | None, without: int | None):
    """Scores of one block (None: one without meters) given all meters but those of one block, by
    conditioning the joint normal of everything."""
    used = [n for n in range(len(BLOCKS)) if n != without]
    root = np.sqrt(SHARED)
    common = np.diag(root**2)
    sizes = [len(BLOCKS[n].apart) for n in used]
    cov_y = np.zeros((sum(sizes), sum(sizes)))
    cross = np.zeros((3, sum(sizes)))
    ends = np.cumsum([0, *sizes])
    for i, one in enumerate(used):
        rows = slice(ends[i], ends[i + 1])
        for j, other in enumerate(used):
            scores = common + (np.diag(1 - SHARED) if one == other else 0)
            block = BLOCKS[one].slopes @ scores @ BLOCKS[other].slopes.T
            cov_y[rows, ends[j] : ends[j + 1]] = block + (BLOCKS[one].covariance if i == j else 0)
        scores = common + (np.diag(1 - SHARED) if one == place else 0)
        cross[:, rows] = scores @ BLOCKS[one].slopes.T
    y = np.concatenate([BLOCKS[n].apart for n in used])
    gain = cross @ np.linalg.inv(cov_y)
    return gain @ y, np.eye(3) - gain @ cross.T


def test_a_block_without_meters_learns_as_the_joint_normal_says():
    found = pool(SHARED, BLOCKS).prior()
    mean, covariance = conditioned(None, None)
    assert found.mean == pytest.approx(mean)
    assert found.covariance == pytest.approx(covariance)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_own_meters_on_top_of_the_others_are_all_meters(place):
    before = pool(SHARED, BLOCKS).prior(without=place)
    own = BLOCKS[place]
    noise = own.slopes @ before.covariance @ own.slopes.T + own.covariance
    gain = before.covariance @ own.slopes.T @ np.linalg.inv(noise)
    mean, covariance = conditioned(place, None)
    assert before.mean + gain @ (own.apart - own.slopes @ before.mean) == pytest.approx(mean)
    assert before.covariance - gain @ own.slopes @ before.covariance == pytest.approx(covariance)


def test_nothing_shared_teaches_nothing_and_nobody_metered_leaves_the_prior():
    alone = pool(np.zeros(3), BLOCKS).prior()
    assert alone.mean == pytest.approx(np.zeros(3))
    assert alone.covariance == pytest.approx(np.eye(3))
    assert pool(SHARED, []).prior().covariance == pytest.approx(np.eye(3))


def test_a_straight_line_is_found_and_its_rest_counted():
    scores = RANDOM.normal(size=(3, 4000))
    slopes = np.array([[0.2, -0.1, 0.05]])
    bent = slopes @ scores + 1.5 + 0.1 * (scores[:1] ** 2 - 1)
    found = linear(scores, bent, np.array([1.7]), np.array([[0.01]]))
    assert found.slopes == pytest.approx(slopes, abs=0.02)
    assert found.apart == pytest.approx([0.2], abs=0.02)
    # The variance of 0.1 (z^2 - 1) is 0.02.
    assert found.covariance[0, 0] == pytest.approx(0.03, rel=0.1)
