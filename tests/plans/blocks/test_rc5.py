"""5R1C: the figures of the standard, steady states by hand, and the balance of every hour."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plans.blocks.cases import ALWAYS_20, ROOF, around, box, steady_climate, wave_climate
from vatra.plans.blocks import Air, Bridge, Control, Element, Night
from vatra.plans.blocks.engines.rc5 import network
from vatra.plans.blocks.engines.rc5_reference import rc5_hours


def bare(**changes):
    """No sun, no gains, no sky: walls that lose to the air alone."""
    ground = Element("floor", 20.0, 0.3, boundary="unheated", b_share=1.0)
    return box(elements=(ground,), gains_w_m2=(0.0,) * 24, windows=(), **changes)


def test_conductances_of_a_zone():
    net = network(box(bridges=(Bridge("edge", 0.1, 10.0),), air=Air(0.6)))
    # Walls 10 * 0.5 + 20 * 0.3 = 11, bridge 0.1 * 10 = 1; window 3 * 2 = 6.
    assert net.h_op_w_k == pytest.approx(12.0)
    assert net.h_w_w_k == pytest.approx(6.0)
    # 1200 * 50 * 0.6 / 3600 = 10.
    assert net.h_ve_w_k == pytest.approx(10.0)
    # Medium: 2.5 * 20 = 50 m2, 165 kJ/m2K * 20; 9.1 * 50 = 455; 1 / (1/12 - 1/455) = 12.325.
    assert net.a_m_m2 == 50.0
    assert net.c_m_j_k == pytest.approx(3.3e6)
    assert net.h_em_w_k == pytest.approx(12.3251, abs=1e-4)
    # 3.45 * 4.5 * 20 = 310.5.
    assert net.h_is_w_k == pytest.approx(310.5)
    # Sky: 0.04 * 4.5 * 11 = 1.98 a W/m2K; half of it on 10 * 0.5, all on 20 * 0.3: 4.95 + 11.88.
    assert net.sky_w == pytest.approx(16.83)


def test_a_steady_room_needs_its_conductance_times_the_difference():
    zone = bare(air=Air(0.6))
    year = rc5_hours(zone, around(zone, steady_climate(0.0)))
    # 10 W/K by air, 20 * 0.3 = 6 W/K in series with mass and surfaces: 455 and 310.5 W/K.
    through = 1 / (1 / 6 + 1 / 310.5)
    assert year.heating_w[4000] == pytest.approx(20 * (10 + through), rel=1e-9)
    assert year.cooling_w.max() == 0.0


def test_a_steady_temperature_behind_an_element():
    ground = Element("floor", 20.0, 0.3, boundary="ground", beyond_c=10.0)
    zone = replace(bare(air=Air(0.0)), elements=(ground,))
    year = rc5_hours(zone, around(zone, steady_climate(-10.0)))
    # Only the ground of 10 degC takes heat, whatever is outdoors.
    assert year.heating_w[4000] == pytest.approx(10 / (1 / 6 + 1 / 310.5), rel=1e-9)


def test_capacity_limits_the_plant_and_lets_the_air_fall():
    zone = bare(air=Air(0.6), heating=Control((20.0,) * 24, capacity_w=100.0))
    year = rc5_hours(zone, around(zone, steady_climate(0.0)))
    assert year.heating_w.max() == 100.0
    # 100 W over the same 15.9 W/K.
    assert year.air_c[8000] == pytest.approx(100 / (10 + 1 / (1 / 6 + 1 / 310.5)), rel=1e-6)


def test_off_is_off_and_setback_saves():
    climate = wave_climate()
    day = tuple([None] * 6 + [20.0] * 16 + [None] * 2)
    full = rc5_hours(box(), around(box(), climate))
    setback = box(heating=Control(day))
    saved = rc5_hours(setback, around(setback, climate))
    by_night = np.tile([each is None for each in day], 365)
    assert saved.heating_w[by_night].max() == 0.0
    assert 0 < saved.heating_w.sum() < full.heating_w.sum()


def test_windows_opened_by_night_cool():
    climate = wave_climate()
    opened = box(air=Air(0.5, night=Night(4.0, 22, 7, above_c=22.0)))
    closed = rc5_hours(box(), around(box(), climate))
    airy = rc5_hours(opened, around(opened, climate))
    assert airy.cooling_w.sum() < closed.cooling_w.sum()
    # It opens only while it is warm inside: heating hardly notices, on the next morning.
    assert airy.heating_w.sum() == pytest.approx(closed.heating_w.sum(), rel=0.02)
    assert abs(airy.imbalance_w).max() < 1e-6


def test_a_fan_by_night_asks_no_temperature():
    zone = bare(air=Air(0.0, night=Night(1.2, 22, 6)), heating=ALWAYS_20)
    year = rc5_hours(zone, around(zone, steady_climate(0.0)))
    # 1200 * 50 * 1.2 / 3600 = 20 W/K from 22:00 to 6:00, whatever it costs.
    night, day = year.heating_w[24 * 200 + 23], year.heating_w[24 * 200 + 12]
    assert night - day == pytest.approx(400, rel=0.1)


def test_heat_recovery_counts_on_cold_days_alone():
    cold, warm = steady_climate(0.0), steady_climate(16.0)
    with_it = bare(air=Air(0.6, heat_recovery_share=0.8))
    heat = [rc5_hours(with_it, around(with_it, each)).heating_w[4000] for each in (cold, warm)]
    # 2 W/K of 10 remain on cold days, all of them at 16 degC; 5.886 W/K through the floor.
    through = 1 / (1 / 6 + 1 / 310.5)
    assert heat == [pytest.approx(20 * (2 + through)), pytest.approx(4 * (10 + through))]


@settings(max_examples=5, deadline=None)
@given(
    u=st.floats(0.1, 3.0),
    window=st.floats(0.5, 8.0),
    air=st.floats(0.0, 3.0),
    heat_w=st.floats(50.0, 5000.0),
    mass=st.floats(50e3, 400e3),
)
def test_every_hour_balances(u, window, air, heat_w, mass):
    zone = box(
        elements=(Element("south", 10.0, u), Element("roof", 20.0, u, ROOF)),
        windows=(replace(box().windows[0], area_m2=window),),
        air=Air(air),
        heating=replace(ALWAYS_20, capacity_w=heat_w),
        mass=replace(box().mass, c_j_m2k=mass),
    )
    year = rc5_hours(zone, around(zone, wave_climate()))
    assert abs(year.imbalance_w).max() < 1e-6


def test_more_conduction_than_mass_is_refused():
    zone = box(elements=(Element("south", 1000.0, 3.0),))
    with pytest.raises(ValueError, match="opaque"):
        network(zone)
