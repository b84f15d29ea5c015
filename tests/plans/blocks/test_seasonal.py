"""The seasonal method by hand, and zones against the hourly engines."""

import numpy as np
import pytest

from tests.plans.blocks.cases import around, box, steady_climate
from vatra.plans.blocks import synthetic_climate
from vatra.plans.blocks.bulk import Changes
from vatra.plans.blocks.bulk.seasons import need_wh
from vatra.plans.blocks.engines.seasonal import (
    Season,
    month_shares,
    reduction,
    season_of,
    seasonal,
    utilisation,
)
from vatra.plans.blocks.zone.zone import OFF


def test_a_variant_by_hand():
    one = [np.array([each]) for each in (2.0, 0.5, 20.0, 4.0, 200.0, 0.95, 0.85, 10.0, 3.0, 45.0)]
    need = seasonal(Season(*one))
    # 3200 K d; F = 0.95 - 0.1 / 3 = 0.91667; 0.024 * 2.5 * 0.91667 * 3200 = 176 kWh/m2.
    assert need.f_red_share[0] == pytest.approx(0.95 - 0.1 / 3)
    assert need.lost_kwh_m2[0] == pytest.approx(176.0)
    # Gains 10 + 0.024 * 3 * 200 = 24.4; gamma 0.138636; a = 0.8 + 45 / 2.5 / 30 = 1.4.
    gamma = 24.4 / 176
    used = (1 - gamma**1.4) / (1 - gamma**2.4)
    assert need.used_share[0] == pytest.approx(used)
    assert need.heating_kwh_m2[0] == pytest.approx(176 - used * 24.4)


def test_the_reduction_between_and_beyond_its_two_points():
    h = np.array([0.48, 0.75, 1.0, 2.5, 4.0, 9.0])
    # 0.95 + 0.52 / 0.5 * 0.05 = 1.002; 0.95 + 0.25 / 0.5 * 0.05 = 0.975; half way 0.90.
    expected = [1.002, 0.975, 0.95, 0.90, 0.85, 0.85]
    assert reduction(h, 0.95 + 0 * h, 0.85 + 0 * h) == pytest.approx(expected)


def test_gains_as_large_as_losses():
    # By the limit of the formula: a / (a + 1) with a = 0.8 + 60 / 30.
    assert utilisation(np.array([1.0]), np.array([60.0]))[0] == pytest.approx(2.8 / 3.8)
    near = utilisation(np.array([1 + 1e-7]), np.array([60.0]))[0]
    assert near == pytest.approx(2.8 / 3.8, abs=1e-6)


def test_the_season_of_a_zone():
    zone = box()
    season = season_of((zone,), around(zone, steady_climate(2.0)))
    assert (season.days[0], season.outside_c[0], season.inside_c[0]) == (365.0, 2.0, 20.0)
    # Walls 11 and window 6 W/K on 20 m2; air 1200 * 50 * 0.5 / 3600 = 8.333 W/K.
    assert season.h_tr_w_m2k[0] == pytest.approx(17 / 20)
    assert season.h_ve_w_m2k[0] == pytest.approx(8.3333 / 20, abs=1e-4)
    warm = season_of((zone,), around(zone, steady_climate(15.0)))
    assert warm.days[0] == 0.0


def test_months_share_the_season_by_degree_days():
    shares = month_shares(synthetic_climate("iasi"), 20.0)
    assert shares.sum() == pytest.approx(1.0)
    assert shares.argmax() == 0
    assert list(shares[5:8]) == [0.0, 0.0, 0.0]


def test_a_climate_without_heating_days_needs_nothing():
    zone = box()
    need = seasonal(season_of((zone,), around(zone, steady_climate(15.0))))
    assert need.heating_kwh_m2.tolist() == [0.0]


def test_a_room_that_is_not_heated_needs_nothing():
    zone = box(heating=OFF)
    climate = synthetic_climate("miercurea-ciuc")
    assert seasonal(season_of((zone,), around(zone, climate))).heating_kwh_m2.tolist() == [0.0]
    assert not need_wh([zone], Changes.kept(), around(zone, climate)).any()
