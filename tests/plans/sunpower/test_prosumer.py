from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vatra.plans.sunpower import (
    Prices,
    Rule,
    Shared,
    SunpowerError,
    income,
    prosumer_rules,
    rule_for,
    settled,
    usual_prices,
)

TODAY = date(2026, 11, 22)
MWH = 1e6
PRICES = Prices(bought=160.0, active=96.0, market=100.0)


def _rule(carry_months: int) -> Rule:
    return Rule("quantitative", date(2022, 1, 1), None, 0, 200, carry_months, "", "", "", "")


def _year(values: dict[int, float]) -> np.ndarray:
    months = np.zeros((1, 12))
    for month, value in values.items():
        months[0, month] = value * MWH
    return months


def test_the_rule_goes_by_power_and_day() -> None:
    assert rule_for(30, TODAY).rule == "quantitative"
    assert rule_for(200, TODAY).rule == "quantitative"
    assert rule_for(200.1, TODAY).rule == "financial"
    assert rule_for(30, date(2031, 1, 1)).rule == "financial"
    for power, day in ((401, TODAY), (30, date(2021, 6, 1))):
        with pytest.raises(SunpowerError, match="no rule of compensation"):
            rule_for(power, day)


def test_rules_say_that_they_are_second_hand() -> None:
    assert all(
        "to verify" in each.doubt and each.article("en") != each.article("ro")
        for each in prosumer_rules()
    )


def test_a_credit_lives_for_its_months() -> None:
    # 1 MWh fed in July, 0.6 bought in October and 0.5 in January: with 24 months all of it counts;
    # with 3 months 0.6 (October is the third month after July); with 2 months nothing.
    fed, bought = _year({6: 1.0}), _year({9: 0.6, 0: 0.5})
    assert settled(bought, fed, _rule(24))[0] == pytest.approx([1.0 * MWH])
    assert settled(bought, fed, _rule(3))[0] == pytest.approx([0.6 * MWH])
    assert settled(bought, fed, _rule(2))[0] == pytest.approx([0.0])
    # Six months reach January: 0.6 + 0.4 that is left.
    assert settled(bought, fed, _rule(6))[0] == pytest.approx([1.0 * MWH])


def test_what_is_never_bought_back_is_sold() -> None:
    credited, sold = settled(_year({11: 0.3}), _year({5: 1.0}), _rule(24))
    assert credited == pytest.approx([0.3 * MWH])
    assert sold == pytest.approx([0.7 * MWH])


amounts = st.lists(st.floats(0, 5), min_size=12, max_size=12)


@settings(max_examples=60, deadline=None)
@given(amounts, amounts)
def test_with_two_years_to_carry_the_year_nets(bought: list[float], fed: list[float]) -> None:
    b, f = np.array([bought]) * MWH, np.array([fed]) * MWH
    credited, sold = settled(b, f, _rule(24))
    assert credited[0] == pytest.approx(min(b.sum(), f.sum()), rel=1e-9, abs=1e-3)
    assert credited + sold == pytest.approx(f.sum(axis=1))


def test_income_of_two_flats_by_hand() -> None:
    # Own use 1.0 and 0.5 MWh at 160 EUR: 16,000 and 8,000 cents. Fed 0.2 and 0.9, bought 1.0 and
    # 0.4: credited 0.2 and 0.4 at 96 EUR: 1,920 and 3,840; sold 0 and 0.5 at 100: 0 and 5,000.
    members = Shared(
        np.concatenate([_year({5: 1.0}), _year({5: 0.5})]),
        np.concatenate([_year({5: 0.2}), _year({5: 0.9})]),
        np.concatenate([_year({0: 1.0}), _year({0: 0.4})]),
    )
    found = income(members, 30, TODAY, prices=PRICES)
    assert found.own_cents.tolist() == [16_000, 8_000]
    assert found.credit_cents.tolist() == [1_920, 3_840]
    assert found.market_cents.tolist() == [0, 5_000]
    assert found.total_cents.tolist() == [17_920, 16_840]
    # Through the grid only active energy is saved: 9,600 and 4,800.
    through = income(members, 30, TODAY, prices=PRICES, through_grid=True)
    assert through.own_cents.tolist() == [9_600, 4_800]
    # Above 200 kW all that is fed in is sold: 0.2 and 0.9 MWh at 100 EUR.
    large = income(members, 300, TODAY, prices=PRICES)
    assert large.credit_cents.tolist() == [0, 0]
    assert large.market_cents.tolist() == [2_000, 9_000]
    # Each with a plant of its own, the second's a large one.
    mixed = income(members, [30, 300], TODAY, prices=PRICES)
    assert mixed.credit_cents.tolist() == [1_920, 0]
    assert mixed.market_cents.tolist() == [0, 9_000]
    assert [each.rule for each in mixed.rules] == ["quantitative", "financial"]


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 40), st.integers(0, 2**31 - 1))
def test_cents_of_flats_add_up_exactly(count: int, seed: int) -> None:
    random = np.random.RandomState(seed)
    parts = [random.random_sample((count, 12)) * 3e5 for _ in range(3)]
    found = income(Shared(*parts), 30, TODAY, prices=PRICES)
    own = round(parts[0].sum() / MWH * 160 * 100)
    assert abs(int(found.own_cents.sum()) - own) <= 1
    for cents in (found.own_cents, found.credit_cents, found.market_cents):
        assert (cents >= 0).all()
    exact = parts[0].sum(axis=1) / MWH * 160 * 100
    assert np.abs(found.own_cents - exact).max() <= 1


def test_active_energy_costs_less_than_the_whole_price() -> None:
    usual = usual_prices()
    assert 0 < usual.active < usual.bought
    assert usual_prices(200).active == pytest.approx(200 * usual.active / usual.bought)
