"""The catalogue, the ground, the hours of months, streets and costs."""

import numpy as np
import pytest

from tests.plans.heatnet.nets import branched, drive
from vatra.plans.blocks import synthetic_climate
from vatra.plans.blocks.climate.climate import monthly
from vatra.plans.heatnet.catalogue import insulation_of, insulations, size_near, sizes, values
from vatra.plans.heatnet.costs import Tariff, cost_of, usual_tariff
from vatra.plans.heatnet.ground import ground_c, u_w_mk
from vatra.plans.heatnet.hours import spread_heating_w, spread_hot_water_w
from vatra.plans.heatnet.run import run_year
from vatra.plans.heatnet.streets import along_streets, design_flows_kg_s
from vatra.tables.heat_pipes import DIAMETERS, INSULATIONS

CLIMATE = synthetic_climate("iasi")


def test_every_size_and_insulation_of_the_table_is_in_the_catalogue():
    assert tuple(sizes()) == DIAMETERS
    assert tuple(insulations()) == INSULATIONS
    for each in (*sizes().values(), *insulations().values(), *values().values()):
        assert each.source
        assert each.doubt
    inner = [each.inner_m for each in sizes().values()]
    assert inner == sorted(inner)
    assert all(
        s.outer_m < s.casings_m[0] < s.casings_m[1] < s.casings_m[2] for s in sizes().values()
    )


def test_sizes_are_those_of_the_standard():
    # EN 253, DN 100: 114.3 x 3.6 in casings of 200, 225 and 250.
    assert sizes()["100"].inner_m == pytest.approx(0.1071)
    assert sizes()["100"].casings_m == (0.2, 0.225, 0.25)
    assert size_near(0.1).dn == "100"
    assert insulation_of(1978).code == insulation_of(None).code == "channel_wool"
    assert insulation_of(2001).code == "series_1"


def test_loss_of_a_pair_by_hand():
    """DN 100 in series 1 at 0.8 m: ln(0.2/0.1143)/(2 pi 0.03) = 2.968; depth 0.8 + 0.1 + 0.1096 =
    1.0096, ln(4 x 1.0096/0.2)/(2 pi 1.6) = 0.2990; ln(1 + (2.0192/0.35)^2)/(4 pi 1.6) = 0.1759;
    1/3.443 = 0.2905 W/mK."""
    assert u_w_mk(0.1143, 0.2, 0.03, 0.8) == pytest.approx(0.2905, abs=1e-4)


def test_the_ground_is_late_and_calm():
    ground = ground_c(CLIMATE, 1.0)
    air = CLIMATE.dry_bulb_c.reshape(-1, 24).mean(axis=1)
    assert ground.mean() == pytest.approx(air.mean(), abs=0.05)
    assert np.ptp(ground) < 0.85 * 24
    days = ground.reshape(-1, 24).mean(axis=1)
    assert 20 < (int(days.argmin()) - 15) % 365 < 60
    # Deep ground is the yearly mean.
    assert np.ptp(ground_c(CLIMATE, 15.0)) < 0.5


def test_hours_of_months_keep_sums_and_peaks():
    months = np.array([[60e6, 50e6, 30e6, 8e6, 0, 0, 0, 0, 1e6, 12e6, 35e6, 55e6]])
    hours = spread_heating_w(months, np.array([130e3]), CLIMATE)
    assert monthly(hours[:, 0]) == pytest.approx(months[0], rel=1e-6)
    assert hours.max() <= 130e3 * (1 + 1e-9)
    assert (hours >= 0).all()
    # A month of need without a cold hour, and one above its peak.
    odd = np.zeros((1, 12))
    odd[0, 6], odd[0, 0] = 1e6, 1e9
    found = spread_heating_w(odd, np.array([10.0]), CLIMATE)
    assert monthly(found[:, 0]) == pytest.approx(odd[0], rel=1e-6)


def test_hot_water_hours_keep_the_months():
    months = np.array([np.arange(1.0, 13.0) * 1e6])
    hours = spread_hot_water_w(months)
    assert monthly(hours[:, 0]) == pytest.approx(months[0], rel=1e-9)
    assert hours[7, 0] > hours[2, 0]


def test_costs_add_up_and_rise_for_those_who_remain():
    net, load = branched(), np.linspace(0.1, 1.0, 48)
    before = run_year(net, drive(net, load, 5e3, 95.0))
    tariff = usual_tariff(before, 50.0, 150.0)
    cost = cost_of(before, tariff)
    # A fixed share of 35 %: fixed = 0.35 / 0.65 of what runs.
    running = (50 * before.plant_w.sum() + 150 * before.pump_w.sum()) / 1e6
    assert tariff.fixed_eur == pytest.approx(running * 0.35 / 0.65)
    assert cost.whole_eur == pytest.approx(running + tariff.fixed_eur)
    assert cost.eur_mwh * before.served_w.sum() / 1e6 == pytest.approx(cost.whole_eur)
    fewer = net.shared({"b2": 0.3})
    left = run_year(fewer, drive(fewer, load, 5e3, 95.0))
    after = cost_of(left, tariff)
    assert after.fixed_eur_mwh > cost.fixed_eur_mwh
    assert after.losses_eur_mwh > cost.losses_eur_mwh
    assert after.eur_mwh > cost.eur_mwh
    still = run_year(net, drive(net, np.zeros(24), 0.0, 95.0))
    assert cost_of(still, Tariff(50.0, 150.0, 1.0)) is None


def test_streets_reach_every_block_and_cross_none():
    shapely = pytest.importorskip("shapely")
    blocks = {
        f"b{x}{y}": shapely.box(60 * x, 40 * y, 60 * x + 40, 40 * y + 12)
        for x in range(4)
        for y in range(3)
    }
    streets = along_streets(blocks)
    services = [each for each in streets.trenches if each.building]
    assert {each.building for each in services} == set(blocks)
    # A tree: every node but the source is the far end of one trench.
    far = [each.far for each in streets.trenches]
    assert len(far) == len(set(far))
    assert streets.source not in far
    for each in streets.trenches:
        if not each.building:
            line = shapely.LineString([streets.places_m[each.near], streets.places_m[each.far]])
            assert line.length == pytest.approx(each.length_m)
            assert not any(line.intersects(body) for body in blocks.values())
    flows = design_flows_kg_s(streets, dict.fromkeys(blocks, 4187.0), 1.0, 4187.0)
    root = sum(flows[each.far] for each in streets.trenches if each.near == streets.source)
    assert root == pytest.approx(len(blocks))
