from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from vatra.plans.retrofit import RetrofitError
from vatra.plans.retrofit.carriers import bill_eur, carrier_factors, co2_kg, primary_kwh

DAY = date(2026, 11, 1)
TAKEN = {"district_heat": np.array([1000.0, 0.0]), "electricity": np.array([100.0, 500.0])}


def test_primary_energy_is_the_sum_over_carriers() -> None:
    # 1000 x 0.92 + 100 x 2.5 = 1170; 500 x 2.5 = 1250
    assert primary_kwh(TAKEN, DAY) == pytest.approx([1170, 1250])


def test_co2_follows_primary_energy() -> None:
    # 920 x 0.22 + 250 x 0.107 = 229.15; 1250 x 0.107 = 133.75
    assert co2_kg(TAKEN, DAY) == pytest.approx([229.15, 133.75])


def test_own_prices_come_before_the_defaults() -> None:
    # 1 MWh x 60 + 0.1 MWh x 200 = 80; 0.5 MWh x 200 = 100
    own = {"district_heat": 60.0, "electricity": 200.0}
    assert bill_eur(TAKEN, own) == pytest.approx([80, 100])
    # 1 MWh x 85 + 0.1 MWh x 160 = 101
    assert bill_eur(TAKEN)[0] == pytest.approx(101)


def test_all_carriers_without_a_factor_are_named_at_once() -> None:
    taken = {"peat": np.array([1.0]), "hydrogen": np.array([1.0]), "wood": np.array([1.0])}
    with pytest.raises(RetrofitError, match="hydrogen, peat on 2026-11-01"):
        primary_kwh(taken, DAY)
    with pytest.raises(RetrofitError, match="hydrogen, peat"):
        bill_eur(taken)


def test_no_carrier_at_all_is_not_zero() -> None:
    with pytest.raises(RetrofitError, match="No carrier"):
        primary_kwh({}, DAY)


def test_every_factor_says_where_it_comes_from() -> None:
    for each in carrier_factors():
        assert each.origin.source.startswith("Mc 001-2022")
        assert "to verify" in each.origin.doubt
