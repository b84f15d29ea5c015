from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from vatra.plans.blocks import Climate, Plane, synthetic_climate
from vatra.plans.blocks.climate.climate import HOURS
from vatra.plans.blocks.sun.plane import OnPlane
from vatra.plans.sunpower import EAST_WEST, SOUTH, TERRACE, Losses, figures, panel_w, usual_losses
from vatra.plans.sunpower.panels import _direct_w, _through_inverter

pytest.importorskip("pvlib")

PVWATTS = Losses(0.1408, -0.0047, 0.96, 1.2)
# What PVWatts itself wrote for 4 kW in Denver (its hourly file "rackmount", kept among the tests
# of pvlib): direct current and power at the meter [W] of 4 kW.
PVWATTS_HOURS = (
    (27.121, 6.222),
    (305.045, 278.719),
    (1590.087, 1529.331),
    (2644.25, 2543.789),
    (3058.572, 2939.678),
    (18.902, 0.0),
)


def test_the_inverter_is_the_one_of_pvwatts() -> None:
    direct, meter = (np.array(each) / 4 for each in zip(*PVWATTS_HOURS, strict=True))
    year = np.zeros(HOURS)
    year[: len(direct)] = direct
    found = _through_inverter(year, PVWATTS)
    # The file holds three decimals.
    assert found[: len(meter)] == pytest.approx(meter, abs=2e-3)
    assert not found[len(meter) :].any()


def test_an_hour_of_pvwatts_by_hand() -> None:
    # 11 January, 12 o'clock, of the same file: 856.076 W/m2 on the panels, cells at 15.599 degC.
    # 4 kW x 0.856076 x (1 - 0.0047 (15.599 - 25)) x (1 - 0.1408) = 3072.2 W; PVWatts says 3048.9:
    # its glass takes 0.8 % of a beam that comes in at 45 degrees.
    zeros = np.zeros(HOURS)
    sun = OnPlane(zeros + 856.076, zeros, zeros, zeros + 1.0, zeros + 60, zeros + 180)
    outdoors_c = zeros + 15.599 - 0.0208 * 856.076
    climate = replace(synthetic_climate("iasi"), dry_bulb_c=outdoors_c)
    found = 4 * _direct_w(climate, SOUTH[0], sun, "rack", PVWATTS)
    assert found[0] == pytest.approx(3072.2, abs=0.2)
    assert found[0] == pytest.approx(3048.926, rel=0.01)


def test_the_losses_of_the_system_are_those_of_pvwatts() -> None:
    import pvlib

    assert usual_losses().system_share * 100 == pytest.approx(pvlib.pvsystem.pvwatts_losses())
    assert all(each.source and each.doubt for each in figures("panels").values())


@pytest.mark.parametrize("place", ["constanta", "bucuresti", "iasi", "cluj", "suceava"])
def test_a_kilowatt_in_romania_gives_what_people_measure(place: str) -> None:
    climate = synthetic_climate(place)
    assert 1_150 <= panel_w(climate, SOUTH).sum() / 1e3 <= 1_290


def test_less_tilt_gives_less_and_a_warm_roof_too() -> None:
    climate = synthetic_climate("iasi")
    best, flat, both = (panel_w(climate, each).sum() for each in (SOUTH, TERRACE, EAST_WEST))
    assert best > flat > both > 0.8 * best
    assert panel_w(climate, SOUTH, mount="roof").sum() < 0.98 * best
    assert panel_w(climate.warmer(5), SOUTH).sum() < best


def test_east_and_west_share_an_inverter_and_spread_the_day() -> None:
    climate = synthetic_climate("iasi")
    south, both = (panel_w(climate, each).reshape(365, 24) for each in (TERRACE, EAST_WEST))
    morning, noon = slice(4, 8), slice(11, 13)
    assert both[:, morning].sum() / both.sum() > south[:, morning].sum() / south.sum()
    assert both[:, noon].sum() / both.sum() < south[:, noon].sum() / south.sum()


def test_nights_give_nothing_and_no_hour_more_than_the_inverter() -> None:
    climate = synthetic_climate("constanta")
    found = panel_w(climate, Plane(35.0, 180.0))
    assert not found[climate.ghi_w_m2 == 0].any()
    assert found.min() >= 0
    assert found.max() <= 1000 / usual_losses().panels_per_inverter_share + 1e-9


def test_a_dark_year_gives_nothing() -> None:
    dark = np.zeros(HOURS)
    climate = Climate("dark", 47.0, 27.0, 2.0, 100.0, dark + 10, dark, dark, dark)
    assert not panel_w(climate, SOUTH).any()
