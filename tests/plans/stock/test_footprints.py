"""Geometry of drawn footprints, against figures worked out by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vatra.plans.stock.footprints import plans, to_degrees, to_metres

shapely = pytest.importorskip("shapely", reason="the extra 'buildings' is not installed")
pytest.importorskip("pyproj", reason="the extra 'buildings' is not installed")
box = shapely.box


def by_bearing(plan):
    return {each.azimuth_deg: (each.outer_m2, each.party_m2) for each in plan.facades}


def test_a_block_alone():
    (plan,) = plans([box(0, 0, 35, 11)], [12.75])
    assert (plan.footprint_m2, plan.perimeter_m, plan.party_m) == (385, 92, 0)
    # 35 x 12.75 = 446.25 to north and south, 11 x 12.75 = 140.25 to east and west
    assert by_bearing(plan) == {
        0: (446.25, 0),
        90: (140.25, 0),
        180: (446.25, 0),
        270: (140.25, 0),
    }
    assert plan.azimuth_deg in (0, 180)


def test_neighbours_share_a_wall_as_far_up_as_the_lower_one():
    # 10 cm apart, as surveys have it; 12.75 and 25 m high.
    low, high = plans([box(0, 0, 35, 11), box(35.1, 0, 70, 11)], [12.75, 25.0])
    assert by_bearing(low)[90] == pytest.approx((0, 140.25))
    # 11 x 25 = 275, of which 140.25 is shared
    assert by_bearing(high)[270] == pytest.approx((134.75, 140.25))
    assert (low.party_m, high.party_m) == pytest.approx((11, 11))
    assert low.overlap_m2 == 0


def test_a_gap_is_a_gap_and_a_corner_no_wall():
    apart = plans([box(0, 0, 10, 10), box(10.5, 0, 20, 10)], [9, 9])
    corners = plans([box(0, 0, 10, 10), box(10, 10, 20, 20)], [9, 9])
    assert [each.party_m for each in (*apart, *corners)] == [0, 0, 0, 0]


def test_half_a_wall_is_shared():
    first, second = plans([box(0, 0, 10, 10), box(10, 6, 20, 16)], [9, 9])
    # 4 m touch, and 0.3 m of tolerance beyond the corner
    assert first.party_m == pytest.approx(4.3)
    assert second.party_m == pytest.approx(4.3)


def test_walls_of_a_court_are_outdoors():
    ring = [(0, 0), (20, 0), (20, 20), (0, 20)]
    court = [(5, 5), (15, 5), (15, 15), (5, 15)]
    (plan,) = plans([shapely.Polygon(ring, [court])], [10.0])
    assert (plan.footprint_m2, plan.perimeter_m) == (300, 120)
    # The north side: 20 m outside and the 10 m of the court that look north.
    assert by_bearing(plan)[0] == pytest.approx((300, 0))


def test_overlapping_drawings_are_measured():
    first, second = plans([box(0, 0, 10, 10), box(8, 0, 18, 10)], [9, 9])
    # 2 x 10, less the tolerance of 0.15 m on each side of each: 1.7 x 9.7
    assert first.overlap_m2 == pytest.approx(1.7 * 9.7)
    assert second.overlap_m2 == pytest.approx(first.overlap_m2)


@settings(max_examples=40, deadline=None)
@given(
    turn=st.floats(0, 360),
    long=st.floats(8, 80),
    short=st.floats(4, 7.9),
    height=st.floats(2.5, 40),
    clockwise=st.booleans(),
)
def test_turning_a_block_turns_its_bearings_and_nothing_else(turn, long, short, height, clockwise):
    body = shapely.affinity.rotate(box(0, 0, long, short), -turn, origin=(0, 0))
    if clockwise:
        body = shapely.reverse(body)
    (plan,) = plans([body], [height])
    assert plan.footprint_m2 == pytest.approx(long * short)
    assert sum(each.outer_m2 for each in plan.facades) == pytest.approx(2 * (long + short) * height)
    # The long sides looked north and south before.
    apart = (plan.azimuth_deg - turn) % 180
    assert min(apart, 180 - apart) == pytest.approx(0, abs=1e-6)


def test_degrees_become_metres():
    # At 47 degrees north a minute of latitude is 1852.8 m (WGS 84: 111,166 m to the degree), a
    # minute of longitude 76,055 m to the degree / 60 = 1267.6 m.
    (moved,) = to_metres([box(27.5, 47.0 - 1 / 120, 27.5 + 1 / 60, 47.0 + 1 / 120)])
    west, south, east, north = moved.bounds
    assert north - south == pytest.approx(1852.8, rel=1e-3)
    assert east - west == pytest.approx(1267.6, rel=1e-3)
    back = to_degrees(to_metres([box(27.5, 47, 27.51, 47.01)]), 27.505, 47.005)
    assert back[0].bounds == pytest.approx((27.5, 47, 27.51, 47.01), abs=1e-9)


def test_area_is_right_far_from_the_middle():
    pyproj = pytest.importorskip("pyproj")
    near = box(27.5, 47.1, 27.5004, 47.1002)
    far = box(27.7, 47.2, 27.7004, 47.2002)
    ellipsoid = pyproj.Geod(ellps="WGS84")
    for drawn, moved in zip((near, far), to_metres([near, far]), strict=True):
        area, length = ellipsoid.geometry_area_perimeter(drawn)
        assert moved.area == pytest.approx(area, rel=2e-5)
        assert moved.length == pytest.approx(length, rel=1e-5)
