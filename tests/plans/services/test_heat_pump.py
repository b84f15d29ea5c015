"""Heat pumps: published coefficients, soil, limits."""

import numpy as np
import pytest

from vatra.plans.blocks.climate.climate import Climate
from vatra.plans.blocks.climate.synthetic import synthetic_climate
from vatra.plans.services import cop
from vatra.plans.services.heat_pump import limited, pump_share, soil_c, source_c


@pytest.mark.parametrize(
    ("pump", "sink_c", "source", "expected"),
    [
        # 0.85 x (6.08 - 0.0941 x 40 + 0.000464 x 1600) = 0.85 x 3.0584
        ("heat_pump_air", 40.0, 0.0, 2.59964),
        # 0.85 x (6.08 - 0.0941 x 15 + 0.000464 x 225) = 0.85 x 4.7729: no lift below 15 K
        ("heat_pump_air", 25.0, 15.0, 4.056965),
        ("heat_pump_air", 25.0, 10.0, 4.056965),
        # 0.85 x (10.29 - 0.2084 x 35 + 0.001322 x 1225) = 0.85 x 4.61545
        ("heat_pump_ground", 40.0, 5.0, 3.9231325),
        # Hot water of When2Heat, 50 degC at 5 degC soil less 5 K:
        # 0.85 x (10.29 - 0.2084 x 50 + 0.001322 x 2500) = 0.85 x 3.175
        ("heat_pump_ground", 50.0, 0.0, 2.69875),
    ],
)
def test_published_formula(pump: str, sink_c: float, source: float, expected: float) -> None:
    assert float(cop(pump, np.array(sink_c), np.array(source))) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("pump", "published"),
    # Parameters that the authors publish with the data set, rounded to four decimals.
    [
        ("heat_pump_air", (6.0801, -0.0941, 0.0005)),
        ("heat_pump_ground", (10.288, -0.2084, 0.0012)),
    ],
)
def test_near_the_rounded_parameters_of_the_data_set(
    pump: str, published: tuple[float, float, float]
) -> None:
    lift = np.linspace(15, 60, 10)
    theirs = sum(each * lift**power for power, each in enumerate(published))
    ours = cop(pump, lift, np.zeros(10)) / 0.85
    # 0.00012 x 60 x 60 = 0.44 for the ground pump: what rounding does.
    assert np.abs(ours - theirs).max() < 0.5
    assert np.abs(ours - theirs)[0] < 0.03


def test_a_warmer_sink_never_helps() -> None:
    for pump in ("heat_pump_air", "heat_pump_ground"):
        assert (np.diff(cop(pump, np.linspace(20, 150, 200), np.zeros(200))) <= 1e-12).all()


def test_the_heater_meets_what_is_above_the_power() -> None:
    pump, heater = limited(np.array([100.0, 300.0]), np.array([2.0, 2.0]), 100.0)
    assert (pump.tolist(), heater.tolist()) == ([100.0, 200.0], [0.0, 100.0])


def test_soil_is_damped_and_late() -> None:
    climate = synthetic_climate("iasi")
    soil, air = soil_c(climate), climate.monthly_mean_c
    # exp(-1.5 / sqrt(0.6e-6 x 31.536e6 / pi)) = exp(-1.5 / 2.454) = 0.543, 0.611 rad = 36 days
    assert np.ptp(soil) == pytest.approx(0.543 * np.ptp(air), rel=0.08)
    assert (air.argmin(), soil.argmin()) == (0, 1)
    assert soil.mean() == pytest.approx(air.mean() + 1, abs=0.1)
    brine = source_c("heat_pump_ground", np.zeros((12, 3)), climate)
    assert brine[:, 0] == pytest.approx(soil - 5)


def test_soil_under_a_steady_year_is_steady() -> None:
    hours = np.full(8760, 10.0)
    year = Climate("steady", 45, 25, 2, 0, hours, hours * 0, hours * 0, hours * 0)
    assert soil_c(year) == pytest.approx(np.full(12, 11.0))


def test_a_heater_lifts_what_is_warmer_than_a_pump_makes() -> None:
    # Up to 65 degC: of 80/60 a quarter; of 70/55 two thirds; 64/50 whole; nothing where the water
    # comes back warmer.
    shares = pump_share(np.array([80.0, 70, 64, 90]), np.array([60.0, 55, 50, 70]))
    assert shares == pytest.approx([0.25, 2 / 3, 1, 0])
