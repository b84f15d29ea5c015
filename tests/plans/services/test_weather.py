"""Classes of temperature against the engines' own hours."""

import numpy as np
import pytest

from tests.plans.stock.test_zone import block, package
from vatra.plans.blocks.climate.climate import monthly
from vatra.plans.blocks.climate.synthetic import synthetic_climate
from vatra.plans.blocks.simulate import simulate
from vatra.plans.blocks.zone.zone import Air
from vatra.plans.services import Served, usual_systems
from vatra.plans.services.generation import Place, pump_electricity
from vatra.plans.services.heating import way_of
from vatra.plans.services.weather import (
    balance_c,
    heat_by_class,
    hourly_weather,
    weather,
    year_of_hours,
)
from vatra.plans.stock import archetypes, zone_of

CLIMATE = synthetic_climate("iasi")
KIND = archetypes()["block_t744r_p4_1973_1982"]
ZONES = {
    "before": zone_of(block(), (), KIND),
    "moderate": zone_of(
        block(), package(0.30, 1.2, 0.55, 0.20, 0.40, 0.10, 0.50), KIND, air=Air(0.5)
    ),
    "deep": zone_of(
        block(),
        package(0.20, 0.9, 0.5, 0.15, 0.25, 0.05, 0.15),
        KIND,
        air=Air(0.5, heat_recovery_share=0.8),
    ),
}


def test_classes_keep_hours_and_means() -> None:
    found = weather(CLIMATE)
    assert found.hours.sum() == 8760
    mean = (found.hours * found.outdoor_c).sum(axis=1) / found.hours.sum(axis=1)
    assert mean == pytest.approx(CLIMATE.monthly_mean_c)
    assert (np.diff(found.felt_c, axis=1) >= 0).all()


def test_hours_come_back_in_their_order() -> None:
    found = hourly_weather(CLIMATE)
    assert np.array_equal(year_of_hours(found.outdoor_c, found), CLIMATE.dry_bulb_c)
    felt = year_of_hours(found.felt_c, found)
    assert felt[100] == pytest.approx(CLIMATE.dry_bulb_c[89:101].mean())
    assert felt[0] == pytest.approx(np.r_[CLIMATE.dry_bulb_c[-11:], CLIMATE.dry_bulb_c[0]].mean())


def test_the_balance_of_a_straight_line_is_found() -> None:
    months = np.array([-3, -1, 4, 10, 14, 18, 20, 19, 14, 9, 4, -1.0])
    hours = 24 * np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    # 2 kW a kelvin below 15 degC
    heat = 2000 * np.maximum(15 - months, 0) * hours
    assert balance_c(heat[None], months) == pytest.approx([15])
    assert balance_c(np.zeros((1, 12)), months) == pytest.approx([20])


def test_heat_of_a_month_stays_in_it() -> None:
    heat = np.random.default_rng(1).uniform(0, 1e6, (5, 12))
    by_class = heat_by_class(heat, weather(CLIMATE))
    assert by_class.sum(axis=2) == pytest.approx(heat)
    assert (by_class >= 0).all()


@pytest.mark.parametrize(
    ("works", "apart"), [("before", 0.015), ("moderate", 0.01), ("deep", 0.03)]
)
@pytest.mark.parametrize("pump", ["heat_pump_air", "heat_pump_ground"])
def test_electricity_of_pumps_against_exact_hours(works: str, apart: float, pump: str) -> None:
    needs = simulate(
        [ZONES[works]], CLIMATE, "rc5", sky="isotropic", hourly=True, free_float=False,
        compiled=False,
    )  # fmt: skip
    assert needs.hours is not None
    heat_w = needs.hours[0].heating_w
    hourly, share = Place(CLIMATE, hourly_weather(CLIMATE)), np.ones(1)
    exact = np.zeros((1, 12, 744))
    exact[0][hourly.around.hours > 0] = heat_w
    one = np.ones(1)
    served = Served(
        monthly(heat_w)[None], None, one * heat_w.max(), one * 1615, one * 20, np.zeros(1, bool)
    )
    system = usual_systems("block", pump)[0]
    found = []
    for place, by_class in (
        (hourly, exact),
        (
            classes := Place(CLIMATE, weather(CLIMATE)),
            heat_by_class(served.heating_wh, classes.around),
        ),
    ):
        way = way_of(served, system, by_class, place, share)
        found.append(sum(each.sum() for each in pump_electricity(system, way.asked, place)))
    assert found[1] == pytest.approx(found[0], rel=apart)
