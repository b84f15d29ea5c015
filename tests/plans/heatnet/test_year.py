"""A year of a network: energy closes, the compiled hours equal the reference, laws hold."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plans.heatnet.nets import branched, drive, one_pipe, pipe
from vatra.plans.heatnet.friction import drop_pa_m, friction_factor, rough_term
from vatra.plans.heatnet.lowest import lowest_supply
from vatra.plans.heatnet.network import HeatNet, Source, Substation
from vatra.plans.heatnet.run import run_year
from vatra.plans.heatnet.year import drive_of, reset_curve_c

WATER = 4187
LOADS = np.linspace(0.0, 1.0, 48)


def test_one_pipe_by_hand():
    """1,000 m, U 0.4 W/mK, 1.2 kg/s from 90 degC towards 8 degC."""
    net = replace(one_pipe(bypass_share=0.0), pipes=one_pipe().pipes)
    year = run_year(net, drive(net, np.array([0.8])), compiled=False, tolerance_k=1e-10)
    flow = float(year.flow_kg_s[0])
    left = np.exp(-0.4 * 1000 / (flow * WATER))
    supply = 8 + 82 * left
    assert year.station_coldest_c[0] == pytest.approx(supply, abs=1e-8)
    back = supply - 80e3 / (flow * WATER)
    assert year.return_c[0] == pytest.approx(8 + (back - 8) * left, abs=1e-8)
    assert year.supply_loss_w[0] == pytest.approx(flow * WATER * (90 - supply), rel=1e-9)
    # The radiator's own law holds for what arrives.
    mean = (supply - back) / np.log((supply - 20) / (back - 20))
    assert mean == pytest.approx(59.44 * 0.8 ** (1 / 1.3), abs=1e-3)


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("exchanger", [None, 6.0])
def test_energy_closes_in_every_hour(exchanger, compiled):
    net = branched(exchanger)
    plant = np.linspace(50, 95, len(LOADS))
    year = run_year(net, drive(net, LOADS, 8e3, plant), compiled=compiled)
    whole = year.served_w + year.supply_loss_w + year.return_loss_w
    assert np.abs(year.plant_w - whole).max() <= 1e-9 * year.plant_w.max()
    assert year.station_served_wh.sum() == pytest.approx(year.served_w.sum(), rel=1e-12)
    pipes = year.pipe_supply_loss_wh + year.pipe_return_loss_wh
    assert pipes.sum() == pytest.approx(year.loss_w.sum(), rel=1e-12)
    assert (year.served_w <= year.needed_w * (1 + 1e-12)).all()
    assert year.bought_wh == pytest.approx(year.plant_w.sum() / 0.9)


@pytest.mark.parametrize("exchanger", [None, 6.0])
@settings(max_examples=15, deadline=None)
@given(
    loads=st.lists(st.floats(0.0, 1.2), min_size=6, max_size=6),
    plant=st.floats(35.0, 110.0),
    water=st.floats(0.0, 40e3),
    bypass=st.sampled_from([0.0, 0.02, 0.2]),
)
def test_compiled_hours_equal_the_reference(exchanger, loads, plant, water, bypass):
    net = branched(exchanger, bypass)
    around = drive(net, np.array(loads), water, plant)
    ours, theirs = (
        run_year(net, around, compiled=each, tolerance_k=1e-9) for each in (True, False)
    )
    for field in fields(ours)[2:]:
        a, b = getattr(ours, field.name), getattr(theirs, field.name)
        size = max(np.nanmax(np.abs(np.where(np.isfinite(b), b, 0.0))), 1.0)
        assert np.allclose(a, b, rtol=0, atol=1e-5 * size, equal_nan=True), field.name
    whole = theirs.served_w + theirs.loss_w
    assert np.abs(theirs.plant_w - whole).max() <= 1e-9 * max(theirs.plant_w.max(), 1.0)


def test_heat_is_served_where_the_supply_is_warm_and_missed_where_not():
    # Hot water at the end of a long pipe stays hot only if enough runs past it.
    net = branched(bypass_share=0.3)
    warm = run_year(net, drive(net, LOADS, 5e3, 100.0))
    assert warm.short_wh == pytest.approx(0.0, abs=1e-6)
    assert (warm.margin_k > 0).all()
    cool = run_year(net, drive(net, LOADS, 5e3, 55.0))
    assert cool.short_wh > 0
    assert cool.station_short_hours.max() > 0
    short = cool.needed_w - cool.served_w > 1e-6 * cool.needed_w
    assert (cool.margin_k[short] < 0).all()


def test_better_insulation_never_loses_more():
    net = branched()
    worse = replace(net, pipes=tuple(replace(p, u_w_mk=2 * p.u_w_mk) for p in net.pipes))
    around = drive(net, LOADS, 5e3, 95.0)
    assert run_year(worse, around).loss_w.sum() > run_year(net, around).loss_w.sum()


def test_works_cool_the_return_and_the_flow():
    net = branched()
    before, after = (run_year(net, drive(net, LOADS * part, 0.0, 90.0)) for part in (1.0, 0.4))
    assert after.mean_return_c < before.mean_return_c
    assert after.flow_kg_s.max() < before.flow_kg_s.max()
    assert after.loss_share > before.loss_share


def test_nobody_asks_and_the_water_stands():
    net = branched()
    still = np.zeros(24)
    year = run_year(net, drive(net, np.concatenate([still, LOADS]), 0.0, 90.0))
    assert (year.plant_w[:24] == 0).all()
    assert (year.loss_w[:24] == 0).all()
    assert np.isnan(year.return_c[:24]).all()
    # The last hours of the day on which somebody asks run on the least flow.
    assert (year.flow_kg_s[24:] > 0).all()


def test_a_pipe_to_nobody_stands_cold():
    net = branched()
    idle = HeatNet(net.source, (*net.pipes, pipe("idle", "m", "x")), net.substations)
    around = drive(net, LOADS)
    for compiled in (True, False):
        year = run_year(idle, around, compiled=compiled)
        assert year.pipe_supply_loss_wh[-1] == 0
        assert year.plant_w.sum() == pytest.approx(run_year(net, around).plant_w.sum(), rel=1e-6)


def test_a_substation_at_the_source_has_no_way():
    net = one_pipe()
    both = replace(net, substations=(*net.substations, Substation("source", "b0", power_w=50e3)))
    year = run_year(both, drive(both, LOADS), compiled=True, tolerance_k=1e-9)
    slow = run_year(both, drive(both, LOADS), compiled=False, tolerance_k=1e-9)
    assert year.station_coldest_c[1] == 90.0
    assert year.plant_w == pytest.approx(slow.plant_w, rel=1e-9)


def test_the_lowest_supply_is_enough_and_no_more():
    net = branched()
    loads = np.linspace(0.2, 1.0, 24)
    around = drive(net, loads, 5e3, 95.0)
    low, year = lowest_supply(net, around)
    assert (low < 95).all()
    assert year.short_wh <= 1e-4 * year.needed_w.sum()
    cooler = run_year(net, replace(around, plant_c=low - 1.0))
    assert (cooler.margin_k < 0).all()
    # Radiators for the old load run cooler after works.
    after, _ = lowest_supply(net, drive(net, 0.5 * loads, 5e3, 95.0))
    assert after[-1] < low[-1] - 5


def test_friction_is_that_of_moody():
    # Moody's chart: e/d = 0.001 and Re = 1e5 give 0.0222, Haaland's formula is within 2 % of it;
    # Re = 1000 gives 64/Re.
    rough = rough_term(np.array(1.0), np.array(0.001))
    assert friction_factor(np.array(1e5), rough) == pytest.approx(0.0222, rel=0.02)
    assert friction_factor(np.array(1e3), rough) == pytest.approx(0.064)
    # 1 m/s in 0.1071 m: 8.81 kg/s; f about 0.0205: 0.0205 / 0.1071 x 978 / 2 = 94 Pa/m
    flow = np.array(978 * np.pi * 0.1071**2 / 4)
    found = drop_pa_m(flow, np.array(0.1071), rough_term(np.array(0.1071), np.array(1e-4)))
    assert found == pytest.approx(94, rel=0.03)


def test_the_reset_curve_is_straight_between_its_ends():
    net = branched()
    found = reset_curve_c(net, np.array([-30.0, -15.0, 0.0, 15.0, 30.0]), -15.0)
    assert found.tolist() == [95.0, 95.0, 77.5, 60.0, 60.0]
    with pytest.raises(ValueError, match="design outdoors"):
        reset_curve_c(net, np.zeros(2), 15.0)


def test_needs_that_are_none_are_refused():
    net = branched()
    hours, zero = np.zeros(24), np.zeros((24, 3))
    with pytest.raises(ValueError, match="shape"):
        drive_of(net, hours, hours, zero[:, :2], zero)
    with pytest.raises(ValueError, match="no need"):
        drive_of(net, hours, hours, zero - 1, zero)
    unknown = HeatNet(Source("s"), (pipe("p", "s", "a"),), (Substation("a", "b"),))
    with pytest.raises(ValueError, match="powered"):
        run_year(unknown, drive_of(unknown, hours, hours, zero[:, :1], zero[:, :1]))
