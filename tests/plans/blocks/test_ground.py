"""Slabs on ground: published U-values, and a temperature that follows the months late."""

from dataclasses import replace

import numpy as np
import pytest

from tests.plans.blocks.cases import around, box, steady_climate, wave_climate
from vatra.plans.blocks import Air, Element, Ground, Plane, parse_zone, slab_u_w_m2k
from vatra.plans.blocks.engines.ground import (
    characteristic_m,
    equivalent_m,
    month_swing_k,
    swing_w_k,
)
from vatra.plans.blocks.engines.modal_reference import modal_hours
from vatra.plans.blocks.engines.rc5_reference import rc5_hours


@pytest.mark.parametrize(
    ("perimeter_over_area", "u"),
    [(0.05, 0.13), (0.10, 0.22), (0.20, 0.37), (0.30, 0.49), (0.50, 0.70), (1.00, 1.05)],
)
def test_uninsulated_slabs_on_clay(perimeter_over_area, u):
    # CIBSE Guide A, Environmental design: solid floors on clay (1.5 W/mK), walls of 0.3 m, by
    # perimeter over area (second hand).
    found = slab_u_w_m2k(100.0, 100.0 * perimeter_over_area, soil_w_mk=1.5)
    assert round(found, 2) == pytest.approx(u, abs=0.011)


def test_the_formula_by_hand():
    # 10 x 8 m: B' = 80 / 18 = 4.444; d_t = 0.3 + 2 (0.17 + 1.5 + 0.04) = 3.72 < B'.
    assert characteristic_m(80, 36) == pytest.approx(4.4444, abs=1e-4)
    assert equivalent_m(0.3, 2.0, 1.5) == pytest.approx(3.72)
    # 2 * 2 / (pi * 4.4444 + 3.72) * ln(pi * 4.4444 / 3.72 + 1) = 0.22622 * 1.55859.
    assert slab_u_w_m2k(80, 36, 0.3, 2.0, 1.5) == pytest.approx(0.35258, abs=2e-4)
    # Well insulated: d_t = 0.3 + 2 (0.21 + 4) = 8.72; 2 / (0.457 * 4.4444 + 8.72).
    assert slab_u_w_m2k(80, 36, 0.3, 2.0, 4.0) == pytest.approx(2 / 10.7511, rel=1e-4)
    # 0.37 * 36 * 2 * ln(3.2 / 3.72 + 1).
    assert swing_w_k(36, 0.3, 2.0, 1.5) == pytest.approx(26.64 * np.log(1.86022), rel=1e-4)


def slab(swing=20.0):
    return Element("slab", 40.0, 0.4, Plane(180.0), "ground", ground=Ground(swing))


def test_ground_is_late_and_calmer_than_the_air():
    climate = wave_climate()
    swings = month_swing_k(slab(), climate)
    means = climate.monthly_mean_c
    # Air is coldest in the first month, ground in the second; 20 / (40 * 0.4) of its half span.
    assert int(np.argmin(swings)) == 1 and int(np.argmax(swings)) == 7
    assert swings.min() == pytest.approx(-(means.max() - means.min()) / 2 * 20 / 16)
    assert swings.sum() == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("hours", [rc5_hours, modal_hours])
def test_months_move_the_loss_and_not_its_sum(hours):
    climate = wave_climate()
    zone = box(elements=(slab(),), windows=(), gains_w_m2=(0.0,) * 24, air=Air(0.0))
    zone = replace(zone, cooling=replace(zone.cooling, day_c=(20.0,) * 24))
    steady = replace(zone, elements=(slab(0.0),))
    moved, mean = (hours(each, around(each, climate)) for each in (zone, steady))
    net = [each.heating_w - each.cooling_w for each in (moved, mean)]
    assert net[0].sum() == pytest.approx(net[1].sum(), rel=0.02)
    by_month = [np.array([part.mean() for part in np.array_split(each, 12)]) for each in net]
    assert int(np.argmax(by_month[0] - by_month[1])) in (1, 2)
    assert abs(moved.imbalance_w).max() < 1e-6
    # Deep ground of the year's mean: 16 W/K but for the surfaces.
    wanted = 16 * (20 - climate.dry_bulb_c.mean())
    assert by_month[1] == pytest.approx(np.full(12, wanted), rel=0.15)


FILE = """\
name: hut
floor_m2: 80
volume_m3: 200
elements:
  - {name: south, area_m2: 20, u_w_m2k: 0.5}
  - name: slab
    area_m2: 80
    tilt_deg: 180
    boundary: ground
    ground: {perimeter_m: 36, soil_w_mk: 1.5}
    layers: [{d_m: 0.1, k_w_mk: 2, rho_kg_m3: 2300, c_j_kgk: 1000},
             {d_m: 0.06, k_w_mk: 0.04, rho_kg_m3: 30, c_j_kgk: 1400}]
air: {change_per_h: 0.5}
heating: {setpoint_c: 20}
"""


def test_a_slab_in_a_file():
    zone, found = parse_zone(FILE, "hut.yaml")
    assert found == []
    made = zone.elements[1]
    assert made.u_w_m2k == pytest.approx(slab_u_w_m2k(80, 36, 0.3, 1.5, 0.05 + 1.5))
    # Half a metre of soil below; the rest of the ground makes up the resistance.
    assert len(made.layers) == 3 and made.layers[2].d_m == 0.5
    whole = 0.17 + sum(each.r_m2k_w for each in made.layers) + made.added_m2k_w + 0.04
    assert whole == pytest.approx(1 / made.u_w_m2k)
    year = modal_hours(zone, around(zone, steady_climate(5.0)))
    assert abs(year.imbalance_w).max() < 1e-6


def test_a_steady_slab_and_faults():
    zone, _ = parse_zone(FILE.replace("soil_w_mk: 1.5", "months: false"), "hut.yaml")
    assert zone.elements[1].ground == Ground(0.0)

    def codes(old, new):
        found = parse_zone(FILE.replace(old, new, 1), "hut.yaml")[1]
        assert all(each.message("en") and each.message("ro") for each in found)
        return [each.code.rpartition(".")[2] for each in found]

    assert codes("boundary: ground", "boundary: unheated") == ["no-ground"]
    assert codes("boundary: ground", "boundary: ground\n    beyond_c: 10") == ["ground-twice"]
    assert codes("perimeter_m: 36, ", "") == ["missing"]
