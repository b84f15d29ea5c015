from __future__ import annotations

import numpy as np
import pytest

from vatra.plans.blocks.climate.climate import HOURS
from vatra.plans.sunpower import SunpowerError, meters_w, shared

LOAD = 3000 + 1000 * np.sin(np.arange(HOURS) / 24 * 2 * np.pi)


def test_meters_add_up_in_every_hour() -> None:
    found = meters_w(LOAD, [50] * 10 + [70] * 10, LOAD / 10)
    assert found.shape == (21, HOURS)
    assert found[:-1].sum(axis=0) == pytest.approx(LOAD)
    assert found[-1] == pytest.approx(LOAD / 10)
    assert meters_w(LOAD, [50])[0] == pytest.approx(LOAD)
    assert not meters_w(LOAD, [50])[1].any()


def test_flats_differ_and_larger_ones_take_more() -> None:
    found = meters_w(LOAD, [40] * 200 + [80] * 200)[:-1].sum(axis=1)
    small, large = found[:200], found[200:]
    assert large.mean() / small.mean() == pytest.approx(2, rel=0.15)
    assert small.std() / small.mean() == pytest.approx(0.4, rel=0.25)


def test_a_fixed_key_serves_different_flats_worse() -> None:
    loads = meters_w(LOAD, [50] * 20)
    sun = np.full(HOURS, 1000.0)
    moving, fixed = shared(loads, sun), shared(loads, sun, [50] * 20 + [0])
    assert fixed.own_wh.sum() < 0.95 * moving.own_wh.sum()


def test_the_same_block_has_the_same_meters() -> None:
    assert (meters_w(LOAD, [50, 60]) == meters_w(LOAD, [50, 60])).all()


def test_flats_without_area_are_refused() -> None:
    for areas in ([], [50, 0], [50, -1], [50, float("nan")]):
        with pytest.raises(SunpowerError, match="area above zero"):
            meters_w(LOAD, areas)
