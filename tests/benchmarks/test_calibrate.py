"""The benchmark of draws runs what it says."""

import pytest

pytest.importorskip("numba")
pytest.importorskip("pvlib")

from benchmarks.calibrate import draws, floor, posterior, subject


def test_draws_lie_around_the_block():
    # T744R at Iași: 130 to 200 kWh/m2 a year.
    need = draws(256) / 1e3 / subject().building.heated_m2
    assert 130 < need < 200


def test_a_meter_leaves_some_draws_and_the_floor_runs_as_many():
    assert 40 < posterior(512) < 512
    assert floor(256) > 0
