"""The benchmark of panels and batteries runs what it says."""

import pytest

pytest.importorskip("numba")
pytest.importorskip("pvlib")

from benchmarks.sunpower import MULTIPLICATIONS, multiplications, states, without_battery


def test_batteries_buy_less_than_none_and_repeated_states_are_the_same():
    plain, held = without_battery(40), states(40)
    assert 0.7 * plain < held < plain
    assert states(400, 40) == pytest.approx(held)


def test_the_floor_does_as_many_multiplications():
    # Each hour of a lane: four of the first weight, three of the two others, all times 1e-6.
    once = multiplications(1)
    assert multiplications(256) == pytest.approx(once)
    assert multiplications(512) == pytest.approx(2 * once)
    assert MULTIPLICATIONS == 10
