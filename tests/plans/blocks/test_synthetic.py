"""Synthetic years meet the figures they are made from, and say that they are synthetic."""

import numpy as np
import pytest

from vatra.plans.blocks import places, synthetic_climate
from vatra.plans.blocks.climate.climate import monthly
from vatra.plans.blocks.climate.synthetic import SUN_SHARES
from vatra.plans.blocks.sun.position import position


@pytest.mark.parametrize("code", ["constanta", "bucuresti", "iasi", "cluj", "suceava",
                                  "miercurea-ciuc"])  # fmt: skip
def test_a_year_meets_its_figures(code):
    climate, place = synthetic_climate(code), places()[code]
    assert climate.synthetic
    assert climate.degree_days_kd == pytest.approx(place.degree_days_kd, rel=0.02)
    assert climate.dry_bulb_c.mean() == pytest.approx(place.mean_c, abs=0.1)
    assert climate.dry_bulb_c.min() == pytest.approx(place.design_c, abs=0.1)
    assert climate.ghi_w_m2.sum() / 1e3 == pytest.approx(place.sun_kwh_m2, rel=1e-3)
    assert 20 < climate.dry_bulb_c.max() < 40


def test_the_sun_of_each_month():
    climate = synthetic_climate("iasi")
    months = monthly(climate.ghi_w_m2) / 1e3
    assert months == pytest.approx(1290 * np.array(SUN_SHARES) / sum(SUN_SHARES), rel=1e-3)
    up = position(climate).cos_zenith
    assert climate.ghi_w_m2[up <= 0].max() == 0.0
    closure = climate.dhi_w_m2 + climate.dni_w_m2 * np.maximum(up, 0)
    assert closure == pytest.approx(climate.ghi_w_m2, abs=1e-6)
    assert climate.dni_w_m2.max() < 1100


def test_iasi_has_the_months_it_is_known_for():
    means = synthetic_climate("iasi").monthly_mean_c
    assert means[0] == pytest.approx(-3.0, abs=0.6)
    assert means[6] == pytest.approx(21.5, abs=1.2)


def test_every_zone_has_a_year_and_the_same_one_each_time():
    zones = {each.zone for each in places().values()}
    assert zones == {"I", "II", "III", "IV", "V"}
    assert synthetic_climate("III").digest == synthetic_climate("iasi").digest
    assert len({synthetic_climate(each).digest for each in zones}) == 5


def test_a_warmer_future():
    now, later = synthetic_climate("cluj"), synthetic_climate("cluj", 2.0)
    assert later.dry_bulb_c - now.dry_bulb_c == pytest.approx(np.full(8760, 2.0))
    assert later.synthetic
    assert later.degree_days_kd < now.degree_days_kd
