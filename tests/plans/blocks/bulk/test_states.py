"""Many states at once are the states one by one."""

from dataclasses import replace

import numpy as np
import pytest

from tests.plans.blocks.cases import ROOF, SOUTH, box, wave_climate
from vatra.plans.blocks import Air, Bridge, Control, Element, Night, Plane, Window, Zone
from vatra.plans.blocks.bulk import Changes, renovated, simulate_states
from vatra.plans.blocks.climate.climate import monthly
from vatra.plans.blocks.engines.asked import surroundings
from vatra.plans.blocks.engines.rc5_reference import rc5_hours

pytest.importorskip("numba")
SETBACK = tuple([16.0] * 6 + [21.0] * 16 + [16.0] * 2)


def several_changes() -> Changes:
    """One state as it is, and four that change something each in another way."""
    unsaid = np.nan
    return replace(
        Changes.kept(5),
        resistance_m2k_w={
            "wall": np.array([0, 3.0, 0, 0, 1.0]),
            "roof": np.array([0, 5.0, 0, 0, 0]),
        },
        u_scale={"wall": np.array([1.0, 1, 1.2, 1, 0.9]), "window": np.array([1, 1, 1, 1.1, 1])},
        window_u_w_m2k=np.array([unsaid, 1.1, unsaid, 9.0, 1.0]),
        window_g_share=np.array([unsaid, 0.5, unsaid, 0.4, unsaid]),
        bridge_share={"joints": np.array([1, 0.3, 1, 1, 0.5]), "": np.array([1, 1, 1, 0.8, 1])},
        air_change_per_h=np.array([unsaid, 0.4, unsaid, unsaid, 0.6]),
        air_scale=np.array([1, 1, 0.8, 1, 1.0]),
        heat_recovery_share=np.array([unsaid, 0.8, unsaid, unsaid, 0]),
        inside_k=np.array([0, 0, -0.5, 1.0, 0]),
        gains_scale=np.array([1, 1, 1.3, 1, 0.7]),
    )


def zones() -> list[Zone]:
    """Zones of several groups, and of each kind that stands apart."""
    plain = box(
        bridges=(Bridge("joints", 0.5, 20.0), Bridge("slab", 0.9, 5.0)),
        cooling=Control((26.0,) * 24),
    )
    ground = Element("floor", 20.0, 0.8, Plane(180.0), "ground", beyond_c=10.0)
    within = Element("inner", 30.0, 2.0, boundary="adjacent")
    return [
        plain,
        replace(plain, name="ground", elements=(*plain.elements, ground, within)),
        replace(plain, name="setback", heating=Control(SETBACK, 700.0)),
        replace(plain, name="off", heating=Control((None,) * 6 + (18.0, 20.0) * 9)),
        replace(plain, name="recovers", air=Air(0.8, 0.5, day=(1.0,) * 8 + (0.5,) * 16)),
        replace(plain, name="two", windows=(*plain.windows,
                Window("roof light", 1.0, 1.0, 0.5, ROOF))),
        replace(plain, name="angular", windows=(replace(plain.windows[0], angular=True),)),
        replace(plain, name="opened", air=Air(0.5, night=Night(3.0))),
        Zone("star", 20.0, 50.0, tuple(
            Element(str(n), 5.0, 0.5, Plane(90.0, 40.0 * n)) for n in range(7)
        )),
    ]  # fmt: skip


def test_states_of_5r1c_are_those_of_the_reference():
    changes, climate = several_changes(), wave_climate()
    found = simulate_states(zones(), climate, changes, sky="isotropic", single=False)
    around = surroundings(zones(), climate, "isotropic")
    for n, zone in enumerate(zones()):
        for state in range(changes.count):
            year = rc5_hours(renovated(zone, changes, state), around)
            assert found.heating_wh[n, state] == pytest.approx(
                monthly(year.heating_w), rel=1e-9, abs=1e-3
            )
            assert found.cooling_wh[n, state] == pytest.approx(
                monthly(year.cooling_w), rel=1e-9, abs=1e-3
            )
            assert found.peak_heating_w[n, state] == pytest.approx(year.heating_w.max(), rel=1e-9)
            assert found.peak_cooling_w[n, state] == pytest.approx(year.cooling_w.max(), rel=1e-9)


def test_a_window_that_is_as_good_stays_with_its_g():
    zone = box(windows=(Window("old", 3.0, 2.0, 0.6, SOUTH), Window("new", 3.0, 0.9, 0.5, SOUTH)))
    changes = replace(
        Changes.kept(), window_u_w_m2k=np.array([1.1]), window_g_share=np.array([0.4])
    )
    old, new = renovated(zone, changes, 0).windows
    assert (old.u_w_m2k, old.g_share) == (1.1, 0.4)
    assert (new.u_w_m2k, new.g_share) == (0.9, 0.5)


def test_crossing_takes_every_pair_the_other_fastest():
    one = replace(
        Changes.kept(2), air_scale=np.array([1.0, 2.0]), window_u_w_m2k=np.array([1.2, 1.3])
    )
    other = replace(
        Changes.kept(3),
        air_scale=np.array([1.0, 1.1, 1.2]),
        window_u_w_m2k=np.array([np.nan, 0.9, np.nan]),
        bridge_share={"joints": np.array([0.1, 0.2, 0.3])},
    )
    both = one.crossed(other)
    assert both.count == 6
    assert both.air_scale == pytest.approx([1, 1.1, 1.2, 2, 2.2, 2.4])
    assert both.window_u_w_m2k == pytest.approx([1.2, 0.9, 1.2, 1.3, 0.9, 1.3])
    assert both.bridge("joints") == pytest.approx([0.1, 0.2, 0.3, 0.1, 0.2, 0.3])
    assert both.bridge("slab") == pytest.approx(np.ones(6))


def test_changes_that_no_building_has_are_refused_together():
    with pytest.raises(ValueError, match="u_scale wall, air_scale, gains_scale"):
        replace(
            Changes.kept(2),
            u_scale={"wall": np.array([0.0, 1.0])},
            air_scale=np.array([-1.0, 1.0]),
            gains_scale=np.ones(3),
        )
