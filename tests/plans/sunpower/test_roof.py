from __future__ import annotations

import math

import pytest

from vatra.plans.sunpower import SunpowerError, ground_share, roof_kwp, row_pitch_m


def test_rows_leave_each_other_in_the_sun_at_noon_of_the_shortest_day() -> None:
    # Latitude 46.56: the sun stands at 90 - 46.56 - 23.44 = 20 degrees. A panel of 1 m at 30
    # degrees: 0.8660 + 0.5 / tan 20 = 0.8660 + 1.3737 = 2.2398 m.
    assert row_pitch_m(46.56, 30, 1.0) == pytest.approx(2.2398, abs=1e-4)
    assert row_pitch_m(46.56, 0, 1.0) == 1.0


def test_what_fits_on_the_terrace_of_a_block() -> None:
    # 380 m2 x 0.6 used x 0.5902 panels over roof x 0.21 kW/m2 = 28.3 kWp at latitude 47.
    assert ground_share("terrace", 47) == pytest.approx(1.13 / row_pitch_m(47, 15, 1.13))
    expected = 380 * 0.6 * ground_share("terrace", 47) * 0.21
    assert (
        roof_kwp(380, latitude_deg=47) == pytest.approx(expected) == pytest.approx(28.26, abs=0.1)
    )
    # 380 x 0.6 x 0.9 / cos 10 x 0.21 = 43.8 kWp in pairs to east and west.
    both = 380 * 0.6 * 0.9 / math.cos(math.radians(10)) * 0.21
    assert roof_kwp(380, "east_west") == pytest.approx(both)
    # 100 x 0.5 x 0.21 = 10.5 kWp on a pitched roof.
    assert roof_kwp(100, "pitched") == pytest.approx(10.5)


def test_steeper_rows_and_the_north_take_more_room() -> None:
    assert roof_kwp(380, tilt_deg=30) < roof_kwp(380, tilt_deg=10)
    assert roof_kwp(380, latitude_deg=55) < roof_kwp(380, latitude_deg=44)
    assert roof_kwp(0) == 0


@pytest.mark.parametrize("wrong", [{"cover_share": 1.2}, {"cover_share": -0.1}])
def test_a_cover_is_a_share(wrong: dict[str, float]) -> None:
    with pytest.raises(SunpowerError, match="share of 0 to 1"):
        roof_kwp(100, **wrong)


def test_what_is_no_roof_is_refused() -> None:
    for area in (-1.0, math.nan, math.inf):
        with pytest.raises(SunpowerError, match="is no roof"):
            roof_kwp(area)
    with pytest.raises(SunpowerError, match="latitude below 66"):
        row_pitch_m(70, 15)
