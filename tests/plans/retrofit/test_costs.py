from __future__ import annotations

import numpy as np
import pytest

from tests.plans.retrofit.block import DAY, QUANTITIES
from vatra.plans.distributions import parse
from vatra.plans.retrofit import RetrofitError, cost_items, costs, factorial, package_cost
from vatra.plans.retrofit.costs import GROUPS, STATISTICS, heat_pump_count


def test_the_mean_is_that_of_the_parts() -> None:
    # PERT means: (42 + 4 x 49 + 60)/6 = 49.6667 for 850 m2; (900 + 4 x 1100 + 1350)/6 = 1108.3333
    # for 20 kWp: 42,216.67 + 22,166.67 = 64,383.34
    found = package_cost({"wall": "wall_eps10", "pv": "pv_20"}, QUANTITIES, DAY)
    assert found.total_cents().tolist() == [6_438_334]
    groups = dict(zip(GROUPS, found.group_cents()[0].tolist(), strict=True))
    assert (groups["envelope"], groups["pv"], groups["windows"]) == (4_221_667, 2_216_667, 0)


def test_ventilation_is_paid_by_floor_and_by_flat() -> None:
    # The most likely prices: 45 x 1200 + 600 x 20 = 66,000; the mean of (0.85; 1; 1.2) is 1.00833.
    found = package_cost({"ventilation": "ventilation_recovery"}, QUANTITIES, DAY)
    assert found.total_cents()[0] == pytest.approx(66_000_00 * 6.05 / 6, abs=1)


def test_quantiles_add_up_for_prices_that_move_together() -> None:
    draws = (np.arange(200_000) + 0.5) / 200_000
    items = cost_items()
    together = sum(
        QUANTITIES[each] * items[name].unit_cost_eur.quantile(draws)
        for name, each in (("wall_eps15", "wall_m2"), ("window_u11", "window_m2"))
    )
    found = package_cost({"wall": "wall_eps15", "windows": "window_u11"}, QUANTITIES, DAY)
    for name, quantile in (("p10", 0.1), ("p50", 0.5), ("p90", 0.9)):
        expected = np.quantile(together, quantile)
        assert found.total_cents(name)[0] / 100 == pytest.approx(expected, rel=1e-5)


def test_prices_that_move_apart_would_give_a_narrower_range() -> None:
    rng = np.random.default_rng(1)
    names = {"wall_eps15": "wall_m2", "window_u11": "window_m2", "roof_xps12": "roof_m2"}
    apart = sum(
        QUANTITIES[basis] * cost_items()[name].unit_cost_eur.quantile(rng.random(20_000))
        for name, basis in names.items()
    )
    chosen = {"wall": "wall_eps15", "windows": "window_u11", "roof": "roof_xps12"}
    found = package_cost(chosen, QUANTITIES, DAY)
    assert found.total_cents("p10")[0] < np.quantile(apart, 0.1) * 100
    assert found.total_cents("p90")[0] > np.quantile(apart, 0.9) * 100
    assert found.total_cents("mean")[0] == pytest.approx(apart.mean() * 100, rel=0.005)


def test_tax_stands_apart_and_follows_the_day() -> None:
    chosen = {"wall": "wall_eps10"}
    for day, percent in ((DAY, 21), (DAY.replace(year=2024), 19)):
        found = package_cost(chosen, QUANTITIES, day)
        assert found.total_cents().tolist() == [4_221_667]
        assert found.vat_cents()[0] == round(4_221_667 * percent / 100)


def test_parts_always_add_up_and_ends_are_in_order() -> None:
    found = costs(factorial(), {**QUANTITIES, "heat_pump_count": 5}, DAY)
    for each in STATISTICS:
        assert (found.group_cents(each).sum(axis=1) == found.total_cents(each)).all()
    low, middle, high = (found.total_cents(each) for each in STATISTICS[:3])
    assert (low <= middle).all() and (middle <= high).all()
    assert found.total_cents().tolist().count(0) == 1  # the package that does nothing


def test_heat_pumps_are_counted_whole() -> None:
    assert heat_pump_count(np.array([0, 0.1, 12, 12.1, 36.0])).tolist() == [0, 1, 1, 2, 3]


def test_quantities_that_are_needed_are_asked_for_together() -> None:
    wrong = {"wall_m2": -1.0, "roof_m2": np.ones(3), "window_m2": float("nan"), "floor_m2": 0.0}
    with pytest.raises(
        RetrofitError, match="basement_m2, flat_count, heat_pump_count, roof_m2, wall_m2, window_m2"
    ):
        costs(factorial(), wrong, DAY)
    # What no package needs is not asked for.
    assert package_cost({"pv": "pv_10"}, {}, DAY).total_cents()[0] > 0


def test_costs_are_spelled_as_everywhere_in_the_house() -> None:
    assert cost_items()["wall_eps10"].unit_cost_eur == parse("pert(42; 49; 60)")
