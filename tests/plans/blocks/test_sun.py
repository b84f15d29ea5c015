"""The sun on planes: geometry by hand, and Perez beside the even sky."""

from dataclasses import replace

import numpy as np
import pytest

from tests.plans.blocks.cases import SOUTH, box, wave_climate
from vatra.plans.blocks import Plane, Shade, synthetic_climate
from vatra.plans.blocks.engines.drive import (
    angle_share,
    hidden_share,
    lit_share,
    seen_shares,
    sky_share,
    through_glass_w,
)
from vatra.plans.blocks.sun import perez
from vatra.plans.blocks.sun.plane import OnPlane, cos_incidence, isotropic
from vatra.plans.blocks.sun.position import position

LEVEL, NORTH = Plane(0.0), Plane(90.0, 0.0)


def one_sun(height_deg: float, azimuth_deg: float, plane: Plane) -> OnPlane:
    height, azimuth = np.full(8760, height_deg), np.full(8760, azimuth_deg)
    cosine = cos_incidence(plane, height, azimuth)
    none = np.zeros(8760)
    return OnPlane(800 * cosine, none, none, cosine, height, azimuth)


def test_the_sun_at_noon_in_june_and_at_night():
    where = position(synthetic_climate("iasi"))
    height = np.degrees(np.arcsin(where.cos_zenith.reshape(365, 24).max(axis=1)))
    # 90 - 47.2 + 23.44 at the solstice of June, - 23.44 in December, within the half hour.
    assert height[171] == pytest.approx(66.2, abs=0.8)
    assert height[354] == pytest.approx(19.4, abs=0.8)
    assert where.azimuth_deg.reshape(365, 24)[171, 12] == pytest.approx(180, abs=15)
    assert where.cos_zenith.reshape(365, 24)[:, 0].max() < 0


def test_angles_between_sun_and_plane():
    height, azimuth = np.array([30.0, 30.0, 30.0, -5.0]), np.array([180.0, 180.0, 0.0, 180.0])
    # A wall facing the sun sees it at 30 degrees, the level at 60; from behind, nothing.
    assert cos_incidence(SOUTH, height, azimuth) == pytest.approx([0.866, 0.866, 0, 0], abs=1e-3)
    assert cos_incidence(LEVEL, height, azimuth) == pytest.approx([0.5, 0.5, 0.5, 0], abs=1e-3)


def test_sky_and_ground_of_an_even_sky():
    climate = wave_climate()
    found = isotropic(climate, (LEVEL, SOUTH))
    assert found[LEVEL].sky_w_m2 == pytest.approx(climate.dhi_w_m2)
    assert found[LEVEL].ground_w_m2.max() == pytest.approx(0.0)
    # A wall sees half of the sky, and half of a ground that throws back a fifth.
    assert found[SOUTH].sky_w_m2 == pytest.approx(climate.dhi_w_m2 / 2)
    assert found[SOUTH].ground_w_m2 == pytest.approx(climate.ghi_w_m2 / 10)
    assert (sky_share(LEVEL), sky_share(SOUTH)) == (1.0, pytest.approx(0.5))


def test_glass_lets_in_less_at_an_angle():
    straight, sixty = angle_share(np.array([0.0, np.pi / 3]))
    # 1 - 0.189 * 1.0472 + 0.644 * 1.0966 - 0.596 * 1.1484 = 0.8239.
    assert (straight, round(float(sixty), 4)) == (1.0, 0.8239)
    window = replace(box().windows[0], area_m2=2.0, frame_share=0.25)
    sun = one_sun(0.1, 180.0, SOUTH)
    # 2 * 0.75 * 0.6 * 0.9 = 0.81 of 800 W/m2.
    assert through_glass_w(window, sun)[0] == pytest.approx(648, rel=1e-3)


def test_an_overhang_and_fins_cast_shadows():
    window = replace(box().windows[0], height_m=2.0, width_m=3.0,
                     shade=Shade(overhang_depth_m=1.0, overhang_gap_m=0.5))  # fmt: skip
    # 45 degrees: the shadow of 1 m reaches 1 m down, half a metre of it on the glass.
    assert lit_share(window, one_sun(45, 180, SOUTH))[0] == pytest.approx(0.75)
    assert lit_share(window, one_sun(20, 180, SOUTH))[0] == pytest.approx(1.0)
    assert lit_share(window, one_sun(70, 180, SOUTH))[0] == pytest.approx(0.0)
    finned = replace(window, shade=Shade(fin_depth_m=1.5))
    # From 45 degrees aside the fin shades 1.5 of 3 m.
    assert lit_share(finned, one_sun(10, 225, SOUTH))[0] == pytest.approx(0.5)


def test_overhang_and_fins_hide_diffuse_light_too():
    # Crossed strings: 1 m deep over 2 m of glass half a metre below it:
    # (hypot(0.5, 1) + 2 - hypot(2.5, 1)) / 4 = (1.11803 + 2 - 2.69258) / 4.
    assert hidden_share(1.0, 0.5, 2.0) == pytest.approx(0.106363, abs=1e-6)
    assert hidden_share(0.0, 0.5, 2.0) == 0.0
    assert hidden_share(1e6, 0.0, 2.0) == pytest.approx(0.5, abs=1e-5)
    window = replace(box().windows[0], height_m=2.0, width_m=2.0)
    over = replace(window, shade=Shade(overhang_depth_m=1.0, overhang_gap_m=0.5))
    # An overhang hides sky alone, of which a wall sees half; fins hide sky and ground.
    assert seen_shares(over) == (pytest.approx(1 - 2 * 0.106363, abs=1e-5), 1.0)
    fins = replace(window, shade=Shade(fin_depth_m=1.0, fin_gap_m=0.5))
    assert seen_shares(fins) == (pytest.approx(1 - 2 * 0.106363, abs=1e-5),) * 2
    assert seen_shares(window) == (1.0, 1.0)
    assert seen_shares(replace(over, plane=LEVEL)) == (1.0, 1.0)


def test_a_blind_comes_down_in_strong_sun():
    window = replace(box().windows[0], shade=Shade(blind_share=0.3, blind_w_m2=500.0))
    strong, weak = one_sun(10, 180, SOUTH), one_sun(10, 250, SOUTH)
    open_one = box().windows[0]
    assert through_glass_w(window, strong)[0] == pytest.approx(
        0.3 * through_glass_w(open_one, strong)[0]
    )
    assert through_glass_w(window, weak)[0] == through_glass_w(open_one, weak)[0]


def test_perez_beside_the_even_sky():
    pytest.importorskip("pvlib")
    from vatra.plans.blocks.sun.perez import perez

    climate = synthetic_climate("iasi")
    real, even = (each(climate, (LEVEL, SOUTH, NORTH)) for each in (perez, isotropic))
    level = [each[LEVEL].total_w_m2.sum() for each in (real, even)]
    assert level[0] == pytest.approx(level[1], rel=0.01)
    assert level[0] == pytest.approx(climate.ghi_w_m2.sum(), rel=0.01)
    # A brighter sky around the sun: more on the south, less on the north.
    assert real[SOUTH].total_w_m2.sum() > even[SOUTH].total_w_m2.sum()
    assert real[NORTH].total_w_m2.sum() < even[NORTH].total_w_m2.sum()
    assert perez(climate, (SOUTH,))[SOUTH] is real[SOUTH]


def test_what_another_thread_clears_away_is_not_lacking(monkeypatch: pytest.MonkeyPatch):
    class Sky:
        def on(self, plane: Plane) -> OnPlane:
            # Another thread asks for many planes and makes room just now.
            perez._KEPT.clear()
            return one_sun(45.0, 180.0, plane)

    monkeypatch.setattr(perez, "_sky", lambda climate: Sky())
    monkeypatch.setattr(perez, "_KEPT", {})
    iasi = synthetic_climate("iasi")
    assert list(perez.perez(iasi, (LEVEL,))) == [LEVEL]
    # The level one was kept, and is gone by the time the other one is made.
    assert list(perez.perez(iasi, (NORTH, LEVEL))) == [LEVEL, NORTH]
