"""Capital spread over a lifetime, and the price of a tonne."""

from __future__ import annotations

import numpy as np
import pytest

from tests.plans.engine.models import action, efficiency, one_cell
from vatra.plans.attribution import annual_costs, eur_per_t, recovery_factor
from vatra.plans.distributions import fixed
from vatra.plans.engine import Adoption, Economics, Model


def test_recovery_by_hand() -> None:
    # Two payments of 1 / (1/1.1 + 1/1.21) = 0.57619 are worth 1 at 10 %
    assert recovery_factor(0.10, 2) == pytest.approx(1 / (1 / 1.1 + 1 / 1.21))
    assert recovery_factor(0.0, 25) == 1 / 25
    assert recovery_factor(1e-12, 25) == pytest.approx(1 / 25)


@pytest.mark.parametrize(("rate", "years"), [(0.04, 0.0), (0.04, -3.0), (-0.01, 10.0)])
def test_what_cannot_be_is_refused(rate: float, years: float) -> None:
    with pytest.raises(ValueError):
        recovery_factor(rate, years)


def town() -> Model:
    economics = Economics(
        units_count=10,
        capex_eur=fixed(1000),
        opex_eur=fixed(20),
        revenue_eur=fixed(5),
        incremental_share=0.5,
        lifetime_years=20,
    )
    half = action("a", efficiency(0.3), adoption=Adoption(2021, 2), economics=economics)
    return Model(one_cell(), (half, action("free", efficiency(0.1))))


def test_cost_of_a_year_follows_what_is_in_place() -> None:
    # In full: 10 x (1000 x 0.5 / 20 + 20 - 5) = 400 EUR a year without discount; half in 2021
    first, last = (annual_costs(town(), year, 0.0)[0] for year in (2021, 2022))
    assert (first.annual_cents, last.annual_cents) == (20_000, 40_000)
    # Over 20 years without discount: -20 x 400 EUR
    assert last.npv_cents == -800_000


def test_saved_bills_lower_it_and_a_missing_cost_stays_missing() -> None:
    with_bills, free = annual_costs(town(), 2022, 0.0, np.array([500.0, 0.0]))
    assert (with_bills.annual_cents, with_bills.npv_cents) == (-10_000, 200_000)
    assert (free.annual_cents, free.npv_cents) == (None, None)


def test_the_price_of_a_tonne() -> None:
    # 400 EUR for 30 t
    assert eur_per_t(40_000, 30 * 10**9) == 13.33
    assert eur_per_t(40_000, 0) is None
