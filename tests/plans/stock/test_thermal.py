import pytest

from vatra.plans.blocks.zone.zone import Layer
from vatra.plans.stock import corrected_u_w_m2k, u_w_m2k, with_insulation_w_m2k


def layer(d_m: float, k_w_mk: float) -> Layer:
    return Layer(d_m, k_w_mk, 1000.0, 1000.0)


def test_u_of_a_wall_by_hand():
    # 0.13 + 0.02/0.8 + 0.1/0.04 + 0.04 = 0.13 + 0.025 + 2.5 + 0.04 = 2.695; 1/2.695 = 0.37106
    layers = (layer(0.02, 0.8), layer(0.1, 0.04))
    assert u_w_m2k(layers, "wall", "outside") == pytest.approx(1 / 2.695)


@pytest.mark.parametrize(
    ("kind", "behind", "surfaces"),
    [
        ("roof", "outside", 0.14),
        ("roof", "unheated", 0.20),
        ("floor", "outside", 0.21),
        ("floor", "unheated", 0.34),
        ("floor", "ground", 0.17),
        ("wall", "unheated", 0.26),
    ],
)
def test_surfaces_by_where_the_heat_goes(kind, behind, surfaces):
    assert u_w_m2k((layer(0.5, 1.0),), kind, behind) == pytest.approx(1 / (surfaces + 0.5))


def test_insulation_adds_its_resistance():
    # 1/0.70 + 0.10/0.04 = 1.42857 + 2.5 = 3.92857
    assert with_insulation_w_m2k(0.70, 0.10, 0.04) == pytest.approx(1 / 3.928571, rel=1e-6)


def test_bridges_count_in_the_corrected_u():
    # 850 x 0.70 + 0.55 x (480 + 180) + 1.2 x 36 = 595 + 363 + 43.2 = 1001.2; / 850 = 1.1779
    found = corrected_u_w_m2k([(850.0, 0.70)], [(0.55, 480.0), (0.55, 180.0), (1.2, 36.0)])
    assert found == pytest.approx(1001.2 / 850)
