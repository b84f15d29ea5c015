from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vatra.plans.blocks.climate.climate import HOURS, MONTH_DAYS, MONTH_OF_HOUR, monthly
from vatra.plans.sunpower import Balance, Rating, SunpowerError, balance, flow
from vatra.plans.sunpower import balance as balance_room

NAMES = ("own_wh", "fed_wh", "bought_wh", "lost_wh", "stored_wh")
_HOUR = np.arange(HOURS) % 24
_DAY = np.arange(HOURS) // 24
# A sun that shines from 6 to 18, stronger in summer and different from day to day.
SUN = np.maximum(np.sin((_HOUR - 6) / 12 * np.pi), 0) * (
    1 - 0.7 * np.cos(2 * np.pi * _DAY / 365)
) * (300 + 250 * np.sin(_DAY * 2.4))  # fmt: skip
LOAD = 500 + 400.0 * (_HOUR >= 18) + 50 * np.sin(np.arange(HOURS))
PUMP = np.where(MONTH_OF_HOUR % 11 < 2, 1.0, 0.1)


def _run(compiled: bool, count: int = 12, **asked: Any) -> Balance:
    if compiled:
        pytest.importorskip("numba")
    random = np.random.RandomState(3)
    return balance(
        LOAD,
        PUMP,
        random.random_sample((count, 12)) * 2000,
        SUN,
        random.random_sample(count) * 9,
        random.random_sample(count) * 20_000 * (random.random_sample(count) > 0.3),
        compiled=compiled,
        **asked,
    )


def test_the_kernel_is_the_reference() -> None:
    for asked in ({}, {"efficiency": 0.8, "battery_w": 700.0}):
        ours, slow = _run(True, **asked), _run(False, **asked)
        for name in NAMES:
            assert getattr(ours, name) == pytest.approx(getattr(slow, name), rel=1e-9, abs=1e-6)


def test_a_day_by_hand() -> None:
    # 2 kW from 10 to 13, a load of 1 kW from 19 to 21; a battery of 2 kWh, 1 kW, of 0.81 round
    # trip: 0.9 each way. Two hours charge 1 kW x 0.9 = 0.9 kWh each; the third 0.2 kWh until full,
    # which takes 0.2 / 0.9 = 0.2222 kWh. In the evening 1 kW takes 1.1111 kWh in the first hour,
    # 0.8889 kWh = 0.8 kW in the second, 0.2 kW are bought.
    made, load = np.zeros((365, 24)), np.zeros((365, 24))
    made[:, 10:13], load[:, 19:21] = 2000, 1000
    year = flow(load.ravel(), made.ravel(), 2000, battery_w=1000, efficiency=0.81)
    day = slice(24, 48)
    assert year.in_w[day][10:13] == pytest.approx([1000, 1000, 2000 / 9])
    assert year.fed_w[day][10:13] == pytest.approx([1000, 1000, 2000 - 2000 / 9])
    assert year.out_w[day][19:21] == pytest.approx([1000, 800])
    assert year.bought_w[day][19:21] == pytest.approx([0, 200])
    two = np.array([2.0])
    found = balance(load.ravel(), None, np.zeros(1), made.ravel() / 2, two, 1000 * two,
                    battery_w=1000, efficiency=0.81, compiled=False)  # fmt: skip
    # Every day 2222.2 Wh go in and 1800 Wh come out.
    assert found.lost_wh.sum() == pytest.approx(365 * (20000 / 9 - 1800))
    assert found.own_wh.sum() == pytest.approx(365 * 1800)


@pytest.mark.parametrize("compiled", [True, False])
def test_every_month_closes_and_the_year_ends_as_charged_as_it_began(compiled: bool) -> None:
    count = 12
    found = _run(compiled, count)
    random = np.random.RandomState(3)
    scale, kwp = random.random_sample((count, 12)) * 2000, random.random_sample(count) * 9
    load = monthly(LOAD) + scale * monthly(PUMP)
    made = kwp[:, None] * monthly(SUN)
    assert found.own_wh + found.bought_wh == pytest.approx(load, rel=1e-9)
    out = found.own_wh + found.fed_wh + found.lost_wh + found.stored_wh
    assert out == pytest.approx(made, rel=1e-9)
    assert found.stored_wh.sum(axis=1) == pytest.approx(np.zeros(count), abs=1e-6)


hourly = st.lists(st.floats(0, 5000, allow_nan=False), min_size=48, max_size=48)


@settings(max_examples=8, deadline=None)
@given(hourly, hourly, st.floats(0, 1e6), st.floats(0, 1e4), st.floats(0.3, 1))
def test_energy_closes_in_every_hour(
    load: list[float], made: list[float], full_wh: float, most_w: float, efficiency: float
) -> None:
    loads, suns = (np.resize(np.array(each), HOURS) for each in (load, made))
    year = flow(loads, suns, full_wh, battery_w=most_w, efficiency=efficiency)
    way = Rating(1.0, efficiency).one_way_share
    assert year.direct_w + year.in_w + year.fed_w == pytest.approx(suns, abs=1e-6)
    assert year.direct_w + year.out_w + year.bought_w == pytest.approx(loads, abs=1e-6)
    before = np.roll(year.charge_wh, 1)
    rise = year.in_w * way - year.out_w / way
    assert year.charge_wh - before == pytest.approx(rise, abs=1e-6)
    assert year.charge_wh.min() >= 0 and year.charge_wh.max() <= full_wh + 1e-9
    assert max(year.in_w.max(), year.out_w.max()) <= most_w * (1 + 1e-9) + 1e-6
    # Never in and out at once, nor bought while there is charge to give.
    assert not (year.in_w * year.out_w).any()


@settings(max_examples=15, deadline=None)
@given(st.floats(0.1, 20), st.floats(0, 30_000))
def test_more_panels_and_more_battery_never_buy_more(kwp: float, held_wh: float) -> None:
    found = balance(LOAD, None, np.zeros(3), SUN, np.array([kwp, kwp * 1.5, kwp]),
                    np.array([held_wh, held_wh, held_wh * 1.5]), compiled=False)  # fmt: skip
    bought = found.bought_wh.sum(axis=1)
    assert bought[1] <= bought[0] * (1 + 1e-12)
    assert bought[2] <= bought[0] * (1 + 1e-12)


def test_a_battery_larger_than_the_year_still_ends_as_it_began() -> None:
    # 10 MWh carry the summer over: neither empty nor full in the last days.
    for compiled in (True, False):
        if compiled:
            pytest.importorskip("numba")
        found = balance(LOAD, None, np.zeros(2), SUN, np.array([3.0, 9.0]), np.array([1e7, 1e7]),
                        battery_w=1e5, compiled=compiled)  # fmt: skip
        assert found.stored_wh.sum(axis=1) == pytest.approx([0, 0], abs=1e-3)
        assert np.abs(found.stored_wh).max() > 1e5


def test_without_panels_all_is_bought_and_without_load_all_is_fed() -> None:
    pytest.importorskip("numba")
    none = balance(LOAD, None, np.zeros(1), SUN, np.zeros(1), np.array([5e3]))
    assert not none.own_wh.any() and not none.fed_wh.any()
    assert none.bought_wh[0] == pytest.approx(monthly(LOAD))
    empty = balance(np.zeros(HOURS), None, np.zeros(1), SUN, np.ones(1), np.array([5e3]))
    assert not empty.bought_wh.any() and not empty.own_wh.any()
    assert empty.fed_wh[0] == pytest.approx(monthly(SUN))


def test_compiled_hours_are_the_plain_ones() -> None:
    pytest.importorskip("numba")
    for held_wh in (0.0, 3000.0, 1e7):
        fast, plain = (flow(LOAD, SUN * 5, held_wh, compiled=each) for each in (True, False))
        assert fast.charge_wh == pytest.approx(plain.charge_wh, abs=1e-6)
        assert fast.own_w == pytest.approx(plain.own_w, abs=1e-6)


def test_equal_states_run_once(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba")
    room = balance_room.__globals__
    seen: list[int] = []
    run = room["_compiled"]

    def counted(states: Any, *hours: Any) -> Any:
        seen.append(len(states.kwp))
        return run(states, *hours)

    monkeypatch.setitem(room, "_compiled", counted)
    kwp = np.tile([1.0, 2.0, 3.0], 200)
    found = balance(LOAD, None, np.zeros(600), SUN, kwp, 1000.0)
    assert seen == [3]
    assert (found.own_wh[:3] == found.own_wh[597:]).all()


def test_what_cannot_be_is_refused() -> None:
    one = np.ones(1)
    with pytest.raises(SunpowerError, match="8,760 hours"):
        balance(LOAD[:-1], None, one, SUN, one, one)
    with pytest.raises(SunpowerError, match="below zero"):
        balance(-LOAD, None, one, SUN, one, one)
    with pytest.raises(SunpowerError, match="There are 1 states"):
        balance(LOAD, None, one, SUN, np.ones(2), one)
    with pytest.raises(SunpowerError, match="missing"):
        balance(LOAD, None, one, SUN, np.array([np.nan]), one)
    with pytest.raises(SunpowerError, match="capacity and power"):
        balance(LOAD, None, one, SUN, one, -one)
    with pytest.raises(SunpowerError, match="efficiency"):
        balance(LOAD, None, one, SUN, one, one, efficiency=1.2)


def test_months_are_those_of_the_year() -> None:
    assert len(MONTH_DAYS) == 12 and sum(MONTH_DAYS) * 24 == HOURS
