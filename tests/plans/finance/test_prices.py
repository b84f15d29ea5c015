"""Prices, rates and who pays: data with their sources."""

import numpy as np
import pytest

from vatra.plans.engine import Floats
from vatra.plans.finance.prices import (
    Prices,
    bill_payer,
    bill_payers,
    carbon_points,
    default_prices,
    default_rates,
    figures,
)
from vatra.runs.scenario_cells import USE_OF_SUB_SECTOR
from vatra.tables.budgets import PAYERS
from vatra.tables.vocabulary import SECTORS

YEARS = tuple(range(2025, 2051))
DOUBTS = ("published", "to verify", "expert judgement", "assumption")


class Own:
    """A city that states a price of gas and of ETS2."""

    def path(self, driver: str, use: str, carrier: str, years: tuple[int, ...]) -> Floats | None:
        stated = {("price", "natural_gas"): 70.0, ("ets2_price", ""): 33.0}
        value = stated.get((driver, carrier))
        return None if value is None else np.full(len(years), value)


def test_every_figure_has_a_source_and_says_how_sure_it_is():
    points = [each for path in ("shadow", "ets2") for each in carbon_points(path).values()]
    known = [*figures().values(), *default_prices().values(), *points]
    assert len(known) > 35
    assert all(each.source and each.doubt in DOUBTS for each in known)


def test_shadow_price_of_the_european_investment_bank():
    """Climate Bank Roadmap: EUR 250 in 2030 and 800 in 2050, of 2016; 1.26 times that of 2024."""
    path = Prices(YEARS).shadow()
    assert path[YEARS.index(2030)] == pytest.approx(250 * 1.26)
    assert path[YEARS.index(2050)] == pytest.approx(800 * 1.26)
    # Half way between 250 and 390, and one fifth of the way.
    assert path[YEARS.index(2031)] == pytest.approx((250 + 140 / 5) * 1.26)
    assert (np.diff(path) > 0).all()


def test_allowances_cost_nothing_before_they_exist_and_are_all_assumed():
    path = Prices(YEARS).ets2()
    assert path[: YEARS.index(2028)].tolist() == [0.0, 0.0, 0.0]
    assert path[YEARS.index(2028)] == 55.0
    assert {each.doubt for each in carbon_points("ets2").values()} == {"assumption"}


def test_what_a_city_states_comes_before_the_defaults():
    prices = Prices(YEARS, Own())
    gas = prices.energy("residential", "natural_gas", "household")
    assert gas is not None
    assert set(gas.tolist()) == {70.0}
    assert set(prices.ets2().tolist()) == {33.0}
    assert prices.shadow()[YEARS.index(2030)] == pytest.approx(315.0)
    assert prices.energy("residential", "peat", "household") is None


def test_every_use_of_an_inventory_has_somebody_who_pays():
    for use in USE_OF_SUB_SECTOR.values():
        for sector in SECTORS:
            assert bill_payer(use, sector).payer in PAYERS
    assert bill_payer("a use that nobody foresaw", "waste").payer == "utility"
    assert {each.price_class for each in bill_payers().values()} == {"household", "other"}


def test_both_classes_of_price_are_there_for_every_carrier():
    carriers = {carrier for carrier, _ in default_prices()}
    assert {(carrier, kind) for carrier in carriers for kind in ("household", "other")} == set(
        default_prices()
    )


def test_nominal_rates_hold_inflation():
    real, nominal = default_rates(), default_rates(nominal=True)
    assert (real.discount_rate(), real.discount_rate(social=True)) == (0.04, 0.03)
    assert nominal.discount_rate() == pytest.approx(1.04 * 1.02 - 1)
    assert nominal.index([2024, 2025, 2023]).tolist() == pytest.approx([1.0, 1.02, 1 / 1.02])
    assert real.shown([2030]).tolist() == [1.0]


def test_only_those_who_cannot_get_it_back_bear_tax():
    rates = default_rates()
    assert rates.vat_of("city") == pytest.approx(21 / 121)
    assert rates.vat_of("households") == pytest.approx(21 / 121)
    assert rates.vat_of("businesses") == 0.0
    with pytest.raises(ValueError, match="-100"):
        default_rates(discount=-1.5)
