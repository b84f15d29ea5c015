"""Cases 600 and 900 of ANSI/ASHRAE 140 in the weather of Denver.

Ranges are the results of six programs; the figures of 5R1C are those a correct 5R1C is known to
give. Both engines take the same rooms, and nothing in them is fitted to these figures.
"""

import pytest

from benchmarks.outside import HOW, denver_epw
from tests.plans.blocks.cases import bestest
from vatra.plans.blocks import read_epw, simulate

pytestmark = pytest.mark.slow

# MWh of heating and cooling, kW of peak cooling: (low, high).
PROGRAMS = {
    "600": ((3.99, 4.50), (5.43, 6.16), None),
    "900": ((1.38, 1.81), (2.27, 2.71), (2.56, 3.38)),
}
FIVE_R_ONE_C = {"600": (4.66, 5.80), "900": (1.83, 2.28)}


@pytest.fixture(scope="module")
def denver():
    pytest.importorskip("pvlib")
    pytest.importorskip("numba")
    file = denver_epw()
    if file is None:
        pytest.skip(f"the weather of Denver is in no repository; {HOW}")
    climate, findings = read_epw(file)
    assert findings == []
    return climate


@pytest.mark.parametrize("heavy", [False, True], ids=["600", "900"])
def test_modal_lies_among_the_programs(denver, heavy):
    zone = bestest(heavy)
    needs = simulate([zone], denver, "modal")
    heating, cooling, peak = PROGRAMS[zone.name]
    assert heating[0] <= needs.heating_wh.sum() / 1e6 <= heating[1]
    assert cooling[0] <= needs.cooling_wh.sum() / 1e6 <= cooling[1]
    if peak:
        assert peak[0] <= needs.peak_cooling_w[0] / 1e3 <= peak[1]


@pytest.mark.parametrize("heavy", [False, True], ids=["600", "900"])
def test_5r1c_gives_what_a_correct_5r1c_gives(denver, heavy):
    zone = bestest(heavy, floor_to_outdoors=True)
    needs = simulate([zone], denver, "rc5")
    heating, cooling = FIVE_R_ONE_C[zone.name]
    assert needs.heating_wh.sum() / 1e6 == pytest.approx(heating, rel=0.03)
    assert needs.cooling_wh.sum() / 1e6 == pytest.approx(cooling, rel=0.03)
    low, high = PROGRAMS[zone.name][1]
    assert low <= needs.cooling_wh.sum() / 1e6 <= high


def test_where_heavy_rooms_peak_5r1c_is_low_and_modal_is_not(denver):
    zone = bestest(heavy=True)
    modal, rc5 = (simulate([zone], denver, each).peak_cooling_w[0] for each in ("modal", "rc5"))
    assert rc5 < 2560 < modal
