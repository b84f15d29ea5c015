import pytest
from hypothesis import given
from hypothesis import strategies as st

from vatra.plans.stock.shape import Shape, rectangle, sector, sides


@pytest.mark.parametrize(
    ("given_deg", "found_deg"), [(0, 0), (11, 0), (12, 22.5), (180, 180), (349, 0), (360, 0)]
)
def test_bearings_are_rounded_to_sixteen(given_deg, found_deg):
    assert sector(given_deg) == found_deg


def test_rectangle_by_hand():
    # 30 x 10: area 300, perimeter 80
    assert rectangle(300, 80) == pytest.approx((30, 10))
    # Rounder than a square: the square of that perimeter.
    assert rectangle(100, 36) == (9, 9)


def test_neighbours_touch_the_short_sides_first():
    facades = sides(30, 10, 10, 12, 0)
    # Half of 10 m at each end: 10 - 5 = 5 m outdoors, 5 x 12 = 60 m2.
    assert [(each.azimuth_deg, each.outer_m2, each.party_m2) for each in facades] == [
        (0, 360, 0),
        (90, 60, 60),
        (180, 360, 0),
        (270, 60, 60),
    ]
    fronts = sides(30, 10, 40, 12, 0)
    # Both ends whole (20 m), the other 20 m of the fronts: 30 - 10 = 20 m each.
    assert [each.outer_m2 for each in fronts] == [240, 0, 240, 0]


@given(
    long=st.floats(5, 100),
    ratio=st.floats(0.1, 1),
    touched=st.floats(0, 1),
    storeys=st.integers(1, 12),
    azimuth=st.none() | st.floats(0, 360),
)
def test_walls_add_up_whichever_way_they_look(long, ratio, touched, storeys, azimuth):
    short = long * ratio
    perimeter = 2 * (long + short)
    party = touched * perimeter
    shape = Shape(
        long * short, perimeter, storeys, 2.7, sides(long, short, party, storeys * 2.7, azimuth)
    )
    assert shape.outer_m2 + shape.party_m2 == pytest.approx(perimeter * shape.height_m)
    assert shape.party_m2 == pytest.approx(party * shape.height_m, abs=1e-6)
    assert shape.outer_perimeter_m == pytest.approx(perimeter - party, abs=1e-6)
    assert all(each.outer_m2 >= -1e-6 for each in shape.facades)
