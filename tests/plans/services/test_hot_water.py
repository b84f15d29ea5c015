"""Hot water by area of the flat."""

import numpy as np
import pytest

from vatra.plans.blocks.climate.synthetic import synthetic_climate
from vatra.plans.services import System
from vatra.plans.services.hot_water import cold_c, litres_per_day, persons, shares_by_month, tap_wh


def test_the_flat_of_the_methodology() -> None:
    # Mc 001-2022, annex 3.3.A: 75 m2; 0.035 x 75 = 2.625; 1.75 + 0.3 x (2.625 - 1.75) = 2.0125
    flat = np.array([75.0])
    assert persons(flat, "block") == pytest.approx(2.0125)
    # min(40.71 x 2.0125, 3.26 x 75) = 81.93 l at 60 degC; x (60 - 13.5) / (45 - 10) = 108.85 l
    assert litres_per_day(flat, "block") * 46.5 / 35 == pytest.approx(108.85, abs=0.01)
    # The annex prints 4.45 kWh a day, from rounded persons; cold water of 10 degC all year.
    daily_kwh = tap_wh(np.ones(1), flat, "block").sum() / 365 / 1e3
    assert daily_kwh == pytest.approx(4.45, rel=0.01)


def test_persons_by_area() -> None:
    # 1.75 - 0.01875 x (50 - 30) = 1.375; a house of 120 m2: 1.75 + 0.3 x (3 - 1.75) = 2.125
    areas = np.array([5.0, 10, 30, 50, 51])
    assert persons(areas, "block") == pytest.approx([1, 1, 1.375, 1.75, 1.7605])
    assert persons(np.array([20.0, 30, 70, 120]), "house") == pytest.approx([1, 1, 1.75, 2.125])


def test_small_flats_draw_by_area() -> None:
    assert litres_per_day(np.array([8.0]), "block") == pytest.approx(8 * 3.26)


def test_cold_water_is_the_methodologys_in_the_mean() -> None:
    days = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    assert (days * cold_c()).sum() / 365 == pytest.approx(10, abs=0.2)


def test_nobody_draws_where_nobody_lives() -> None:
    assert tap_wh(np.zeros(1), np.array([500.0]), "block").sum() == 0


def test_collectors_give_as_the_sun_does() -> None:
    sun = System("hot_water", "solar_thermal", 0.6, "sun")
    rest = System("hot_water", "gas_boiler_flat", 0.4, "natural_gas")
    days = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    (_, by_sun), (_, by_gas) = shares_by_month((sun, rest), synthetic_climate("iasi"))
    assert by_sun + by_gas == pytest.approx(np.ones(12))
    assert (days * by_sun).sum() / 365 == pytest.approx(0.6)
    # No month more than all of it; July all, January little.
    assert by_sun.max() == pytest.approx(1)
    assert by_sun[0] < 0.3
    ((_, alone),) = shares_by_month((rest,), synthetic_climate("iasi"))
    assert alone == pytest.approx(np.full(12, 0.4))
