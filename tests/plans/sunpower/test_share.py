from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vatra.plans.blocks.climate.climate import HOURS, monthly
from vatra.plans.sunpower import SunpowerError, community, flow, shared

_RANDOM = np.random.RandomState(7)
LOADS = _RANDOM.random_sample((4, HOURS)) * 1000 * (_RANDOM.random_sample((4, HOURS)) > 0.4)
SUPPLY = np.maximum(np.sin((np.arange(HOURS) % 24 - 6) / 12 * np.pi), 0) * 2500


def test_two_flats_by_hand() -> None:
    # 1,000 W of sun in every hour; loads 300 W and 900 W.
    loads = np.array([[300.0] * HOURS, [900.0] * HOURS])
    sun = np.full(HOURS, 1000.0)
    # Half each: the first uses 300 of 500 and feeds 200; the second uses 500 and buys 400.
    fixed = shared(loads, sun, [1, 1])
    assert fixed.own_wh.sum(axis=1) / HOURS == pytest.approx([300, 500])
    assert fixed.fed_wh.sum(axis=1) / HOURS == pytest.approx([200, 0])
    assert fixed.bought_wh.sum(axis=1) / HOURS == pytest.approx([0, 400])
    # By load: 250 and 750; nothing is fed in.
    moving = shared(loads, sun)
    assert moving.own_wh.sum(axis=1) / HOURS == pytest.approx([250, 750])
    assert moving.fed_wh == pytest.approx(np.zeros((2, 12)), abs=1e-6)


def test_a_key_may_be_in_any_unit() -> None:
    assert (shared(LOADS, SUPPLY, [55, 70, 40, 35]).own_wh
            == pytest.approx(shared(LOADS, SUPPLY, [0.275, 0.35, 0.2, 0.175]).own_wh))  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(0, 100), min_size=4, max_size=4).filter(lambda each: sum(each) > 0.01))
def test_shares_close_and_no_fixed_key_uses_more_than_the_moving_one(keys: list[float]) -> None:
    moving = shared(LOADS, SUPPLY)
    fixed = shared(LOADS, SUPPLY, keys)
    for each in (moving, fixed):
        assert (each.own_wh + each.fed_wh).sum(axis=0) == pytest.approx(monthly(SUPPLY))
        loads = np.array([monthly(load) for load in LOADS])
        assert each.own_wh + each.bought_wh == pytest.approx(loads)
    assert fixed.own_wh.sum() <= moving.own_wh.sum() * (1 + 1e-12)
    # Together the moving key uses all that the block can use.
    assert moving.own_wh.sum() == pytest.approx(flow(LOADS.sum(axis=0), SUPPLY).own_w.sum())


def test_an_hour_without_load_feeds_everything_in() -> None:
    found = shared(np.zeros((2, HOURS)), SUPPLY)
    assert found.fed_wh.sum() == pytest.approx(SUPPLY.sum())
    assert found.fed_wh[0] == pytest.approx(found.fed_wh[1])


def test_blocks_first_use_their_own_and_then_each_others() -> None:
    made = np.array([SUPPLY, 0 * SUPPLY, SUPPLY / 2, 0 * SUPPLY])
    alone = [flow(load, sun, 500) for load, sun in zip(LOADS, made, strict=True)]
    found = community(alone)
    bought = sum(each.bought_w.sum() for each in alone)
    assert found.pool.bought_wh.sum() < bought
    # What is shared is neither fed in nor bought any more.
    saved = found.pool.own_wh.sum()
    assert found.pool.bought_wh.sum() == pytest.approx(bought - saved)
    assert found.pool.fed_wh.sum() == pytest.approx(sum(e.fed_w.sum() for e in alone) - saved)
    # A block without panels has something of it.
    assert found.pool.own_wh[1].sum() > 0


def test_what_cannot_be_shared_is_refused() -> None:
    with pytest.raises(SunpowerError, match="There are 4 members"):
        shared(LOADS, SUPPLY, [1, 2, 3])
    with pytest.raises(SunpowerError, match="not all zero"):
        shared(LOADS, SUPPLY, [0, 0, 0, 0])
    with pytest.raises(SunpowerError, match="below zero"):
        shared(LOADS, SUPPLY, [1, 1, 1, -1])
    with pytest.raises(SunpowerError, match="8,760 hours"):
        shared(LOADS[:, :-1], SUPPLY)
    with pytest.raises(SunpowerError, match="below zero"):
        shared(-LOADS, SUPPLY)
