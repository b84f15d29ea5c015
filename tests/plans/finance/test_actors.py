"""The plan in the purse of an actor, before and after financing, and for society."""

import numpy as np
import pytest

from vatra.plans.finance.actors import BENEFITS, COSTS, FINANCED_COSTS, Flows, actor, society
from vatra.plans.finance.owing import cover

NAMES = {*BENEFITS, *COSTS, *FINANCED_COSTS, "residual"}


def flows(**streams: list[int]) -> Flows:
    nothing = np.zeros(3, np.int64)
    return Flows({name: np.array(streams[name], np.int64) if name in streams else nothing
                  for name in NAMES})  # fmt: skip


def test_a_grant_changes_what_the_payer_bears_and_not_the_investment():
    # 1,000 spent, half of it granted; 400 a year saved, 50 a year to run.
    found = actor("city", flows(
        capital=[1_000, 0, 0], own=[500, 0, 0], bills=[0, 400, 400], opex=[0, 50, 50]
    ), 0.0, 0)  # fmt: skip
    assert found.investment.npv == -1_000 + 800 - 100
    assert found.financed.npv == -500 + 800 - 100
    # 350 x^2 + 350 x = 1,000 has x = (-350 + sqrt(350^2 + 4 * 350 * 1,000)) / 700 = 1.2627.
    assert found.investment.returns.rate == pytest.approx(1 / 1.2627 - 1, abs=1e-4)
    assert found.financed.payback_years == pytest.approx(1 + 150 / 350)


def test_what_is_still_owed_is_a_cost_after_financing():
    found = actor("city", flows(capital=[900, 0, 0], service=[0, 300, 300], owed=[0, 0, 300]),
                  0.0, 0)  # fmt: skip
    assert found.financed.npv == -900


def test_money_that_nobody_gives_counts_as_borne_by_its_payer():
    found = actor("city", flows(capital=[100, 0, 0], own=[40, 0, 0], gap=[60, 0, 0]), 0.0, 0)
    assert found.financed.npv == found.investment.npv == -100


def test_cover_is_cash_over_service():
    found = cover("city", np.array([50, 90, 60]), np.array([0, 60, 60]))
    assert found.ratios == (None, 1.5, 1.0)
    assert found.lowest == 1.0
    assert found.average == 150 / 120
    nobody = cover("city", np.array([1]), np.array([0]))
    assert (nobody.lowest, nobody.average) == (None, None)


def test_carbon_stands_beside_and_never_inside():
    names = ("energy", "revenue", "avoided", "residual", "capital", "opex")
    streams = {name: np.zeros(2, np.int64) for name in names}
    streams["capital"] = np.array([1_000_00, 0])
    found = society(streams, np.array([0, 4 * 10**9]), np.array([300.0, 300.0]), 0.0, 0)
    # 4 t at EUR 300 are EUR 1,200.
    assert found.carbon_cents.tolist() == [0, 1_200_00]
    assert found.without_carbon.npv == -1_000_00
    assert found.with_carbon.npv == 200_00
    assert found.without_carbon.returns.kind == "none"
