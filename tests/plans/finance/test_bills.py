"""Energy bills: what actions save together, and who saves it."""

import numpy as np
import pytest

from tests.plans.engine.models import action, base, efficiency
from vatra.plans.distributions import fixed
from vatra.plans.engine import Economics, Effect, Model, evaluate
from vatra.plans.finance.bills import bills
from vatra.plans.finance.energy import saved_wh
from vatra.plans.finance.prices import Prices, default_rates

YEARS = base().years
RATES = default_rates()


def pump(start: int = 2021) -> Effect:
    return Effect("shift_carrier", "residential", "natural_gas", to_carrier="electricity",
                  strength=fixed(0.5), ratio=fixed(3.0))  # fmt: skip


def plan() -> Model:
    """Two efficiencies, heat pumps and a clean supply, that all meet on homes."""
    return Model(
        base(),
        (
            action("walls", efficiency(0.4, "residential")),
            action("windows", efficiency(0.3, "residential"), start=2023),
            action("pumps", pump(), start=2025),
            action("green", Effect("clean_supply", "", "electricity", strength=fixed(0.5))),
        ),
    )


def test_actions_save_together_what_the_engine_says():
    model = plan()
    saved = saved_wh(model)
    whole = model.base.amount - evaluate(model).amount
    energy = [not cell.stream for cell in model.base.cells]
    np.testing.assert_allclose(saved.sum(axis=0)[energy], whole[energy], atol=1e-3)


def test_the_order_of_two_equals_decides_nothing():
    twins = Model(base(), (action("a", efficiency(0.5, "residential")),
                           action("b", efficiency(0.5, "residential"))))  # fmt: skip
    saved = saved_wh(twins)
    np.testing.assert_allclose(saved[0], saved[1])
    # Together 75 %, not 100 %: each 37.5 % of 800 GWh of gas.
    assert saved[0, 0, 0] == pytest.approx(0.375 * 8e11)


def test_what_saves_no_energy_saves_no_bill():
    saved = saved_wh(plan())
    assert not saved[3].any()
    assert not saved_wh(Model(base(), ())).any()


def test_heat_pumps_save_gas_and_cost_electricity():
    model = Model(base(), (action("pumps", pump()),))
    found = bills(model, Prices(YEARS), RATES)
    # 400 GWh of gas at EUR 48 a MWh; 400 / 3 GWh of electricity at EUR 160.
    assert found.net[("households", "natural_gas")][0, 0] == pytest.approx(400_000 * 48)
    assert found.net[("households", "electricity")][0, 0] == pytest.approx(-400_000 / 3 * 160)
    tax = found.vat[("households", "natural_gas")][0, 0]
    assert tax == pytest.approx(400_000 * 48 * 0.21)
    # 400 GWh at 202 kg/MWh in 2030: 80,800 t at EUR 60, with tax; electricity pays under ETS1.
    at = YEARS.index(2030)
    ets2 = found.ets2[("households", "natural_gas")][0, at]
    assert ets2 == pytest.approx(80_800 * 60 * 1.21)
    assert not found.ets2[("households", "electricity")].any()


def test_a_requirement_that_joins_later_still_counts():
    model = Model(base(), (
        action("first", efficiency(0.2, "tertiary"), requires=("second",)),
        action("second", efficiency(0.1, "residential")),
    ))  # fmt: skip
    saved = saved_wh(model)
    whole = model.base.amount - evaluate(model).amount
    np.testing.assert_allclose(saved.sum(axis=0), whole, atol=1e-3)
    assert saved[0, 3, 0] == pytest.approx(0.2 * 2e11)


def test_energy_printed_beside_tonnes_is_on_the_bill():
    effect = Effect("observed_tonnes", "buildings", amount=fixed(1e12))
    cost = Economics(1.0, fixed(0.0), energy_wh={"natural_gas": 5 * 10**9})
    printed = action("printed", effect, economics=cost)
    found = bills(Model(base(), (printed,)), Prices(YEARS), RATES)
    assert found.net[("households", "natural_gas")][0, 0] == pytest.approx(5_000 * 48)
    assert found.unpriced == ()
