"""Hours of electricity and heat pumps meet the months."""

import numpy as np
import pytest

from tests.plans.services.test_buy import served
from vatra.plans.blocks.climate.climate import monthly
from vatra.plans.blocks.climate.synthetic import synthetic_climate
from vatra.plans.services import (
    ServicesError,
    System,
    bought,
    electricity_w,
    heat_pump_shape,
    heat_pump_w,
    usual_systems,
)
from vatra.plans.services.profile import weekdays, year_shape

CLIMATE = synthetic_climate("iasi")
PUMPS = usual_systems("block", "heat_pump_air")


def test_hours_of_flats_are_the_months_of_the_bill() -> None:
    found = bought(served(np.ones(1)), usual_systems("block", "district_heat"), CLIMATE)
    months = sum(
        found.wh[service, "electricity"][0]
        for service in ("appliances", "cooking", "lighting", "common")
    )
    assert monthly(electricity_w(20, 1500, CLIMATE)) == pytest.approx(months, rel=1e-9)


def test_the_year_of_a_flat_is_the_stated_one() -> None:
    # 1250 + 0.15 x 300 + 3.5 x 75 + 25 + 0.3 x (45 + 20) = 1602 kWh
    assert electricity_w(20, 1500, CLIMATE).sum() / 20 == pytest.approx(1602e3)
    # Five storeys have no lift: 0.3 x 65 = 19.5 less; eleven have one: 0.7 x 65 = 45.5 more.
    low = electricity_w(20, 1500, CLIMATE, storeys_count=5).sum()
    high = electricity_w(20, 1500, CLIMATE, storeys_count=11).sum()
    assert (low / 20e3, high / 20e3) == pytest.approx((1582.5, 1647.5))


def test_evenings_take_more_than_nights_and_winter_more_than_summer() -> None:
    days = electricity_w(20, 1500, CLIMATE).reshape(365, 24)
    by_hour = days.mean(axis=0)
    assert by_hour.argmax() in (18, 19, 20)
    assert 3 < by_hour.max() / by_hour.min() < 6
    assert days[:31].sum() > 1.2 * days[181:212].sum()


def test_every_part_of_the_profile_is_a_whole() -> None:
    for part in ("appliances", "cooking", "lighting", "stairs", "lift"):
        shape = year_shape(part, CLIMATE)
        assert shape.sum() == pytest.approx(1)
        assert (shape >= 0).all()


def test_days_of_the_week_of_leap_and_other_years() -> None:
    # 1 January 2021 was a Friday; 1 March 2024 (without 29 February, day 59) a Friday.
    assert weekdays(2021)[0] == 4
    assert weekdays(2024)[59] == 4
    assert weekdays(2024)[58] == 2


def test_hours_of_a_pump_are_near_its_months() -> None:
    state = served(np.ones(1))
    found = bought(state, PUMPS, CLIMATE, peak_before_w=90e3)
    pumps = sum(
        found.wh[service, "electricity"][0] - found.auxiliary[service][0]
        for service in ("heating", "hot_water")
    )
    hours = heat_pump_w(CLIMATE, state, PUMPS, peak_before_w=90e3)
    assert monthly(hours) == pytest.approx(pumps, rel=0.01)
    # It works hardest in cold hours.
    assert CLIMATE.dry_bulb_c[hours.argmax()] < -10


def test_shapes_of_pumps_are_a_whole_each_month() -> None:
    state = served(np.ones(1))
    assert monthly(heat_pump_shape(CLIMATE, state, PUMPS)) == pytest.approx(np.ones(12))
    heating = PUMPS[:1]
    shape = heat_pump_shape(CLIMATE, state, heating)
    assert monthly(shape) == pytest.approx(np.ones(12))
    # Nothing is heated in July: evenly, 1/744.
    assert shape[24 * 190] == pytest.approx(1 / 744)


def test_a_stated_efficiency_holds_in_every_hour() -> None:
    fixed = (System("hot_water", "heat_pump_air", 1, "electricity", efficiency=3.0),)
    state = served(np.ones(1))
    months = bought(state, fixed, CLIMATE).wh["hot_water", "electricity"]
    months = months - bought(state, fixed, CLIMATE).auxiliary["hot_water"]
    assert monthly(heat_pump_w(CLIMATE, state, fixed)) == pytest.approx(months[0])


def test_hours_are_of_one_state() -> None:
    with pytest.raises(ServicesError, match="one state"):
        heat_pump_w(CLIMATE, served(np.ones(2)), PUMPS)
