"""Many states at once are the states one by one."""

from dataclasses import replace

import numpy as np
import pytest

from tests.plans.blocks.cases import ROOF, SOUTH, box, wave_climate
from vatra.plans.blocks import Air, Bridge, Control, Element, Layer, Night, Plane, Window, Zone
from vatra.plans.blocks.bulk import Changes, renovated, simulate_states
from vatra.plans.blocks.climate.climate import monthly
from vatra.plans.blocks.engines.asked import surroundings
from vatra.plans.blocks.engines.modal_reference import modal_hours
from vatra.plans.blocks.engines.rc5_reference import rc5_hours
from vatra.plans.blocks.engines.seasonal import month_shares, season_of, seasonal
from vatra.plans.blocks.zone.zone import OFF, Space

pytest.importorskip("numba")
LAYERS = (Layer(0.2, 1.6, 2400, 1000), Layer(0.1, 0.05, 30, 1400))
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
        replace(plain, name="layered", elements=(
            replace(plain.elements[0], layers=LAYERS),
            replace(plain.elements[1], boundary="unheated", b_share=0.6,
                    mass="heavy", place="inside"),
        )),
        replace(plain, name="angular", windows=(replace(plain.windows[0], angular=True),)),
        replace(plain, name="opened", air=Air(0.5, night=Night(3.0))),
        Zone("star", 20.0, 50.0, tuple(
            Element(str(n), 5.0, 0.5, Plane(90.0, 40.0 * n)) for n in range(7)
        )),
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("engine", "by", "states"), [("rc5", rc5_hours, [0, 1, 3]), ("modal", modal_hours, [1, 2, 4])]
)
def test_states_are_those_of_the_reference(engine, by, states):
    changes, climate = several_changes().take(states), wave_climate()
    found = simulate_states(zones(), climate, changes, engine, sky="isotropic", single=False)
    around = surroundings(zones(), climate, "isotropic")
    for n, zone in enumerate(zones()):
        for state in range(changes.count):
            year = by(renovated(zone, changes, state), around)
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


def test_seasons_of_states_are_those_of_zones():
    changes, climate = several_changes(), wave_climate()
    found = simulate_states(zones(), climate, changes, "seasonal", sky="isotropic")
    states = tuple(renovated(zone, changes, i) for zone in zones() for i in range(changes.count))
    season = season_of(states, surroundings(zones(), climate, "isotropic"))
    yearly_wh = 1e3 * seasonal(season).heating_kwh_m2 * [each.floor_m2 for each in states]
    shares = np.array([month_shares(climate, float(each)) for each in season.inside_c])
    expected = yearly_wh[:, None] * shares
    assert found.heating_wh.reshape(-1, 12) == pytest.approx(expected, rel=1e-9, abs=1e-6)
    assert found.cooling_wh is None
    assert found.peak_heating_w is None


@pytest.mark.parametrize("engine", ["rc5", "modal"])
def test_two_threads_give_the_bytes_of_one(engine):
    many = [replace(box(), name=str(n), floor_m2=20.0 + n) for n in range(30)]
    changes = replace(Changes.kept(150), air_scale=np.linspace(0.5, 1.5, 150))
    one, two = (
        simulate_states(many, wave_climate(), changes, engine, sky="isotropic", threads=threads)
        for threads in (1, 2)
    )
    assert one.heating_wh.tobytes() == two.heating_wh.tobytes()
    assert one.cooling_wh.tobytes() == two.cooling_wh.tobytes()
    assert one.peak_heating_w.tobytes() == two.peak_heating_w.tobytes()


def test_one_hears_how_far_it_is():
    told = []
    changes = replace(Changes.kept(5000), gains_scale=np.linspace(0.5, 1.5, 5000))
    simulate_states([box()], wave_climate(), changes, sky="isotropic",
                    progress=lambda done, total: told.append((done, total)))  # fmt: skip
    assert told == [(4096, 5000), (5000, 5000)]


def test_the_season_of_a_zone_with_a_room_beside_it():
    front = Element("front", 8.0, 1.0, SOUTH)
    loggia = Space(Zone("loggia", 10.0, 30.0, (front,), heating=OFF))
    wall = Element("to loggia", 10.0, 1.2, SOUTH, boundary="space", b_share=0.6, space="loggia")
    plain = box()
    zone = replace(plain, elements=(*plain.elements, wall), spaces=(loggia,))
    climate = wave_climate()
    need = simulate_states([zone], climate, Changes.kept(), "seasonal", sky="isotropic")
    season = season_of((zone,), surroundings([zone], climate, "isotropic"))
    expected = 1e3 * seasonal(season).heating_kwh_m2[0] * zone.floor_m2
    assert need.heating_wh.sum() == pytest.approx(expected, rel=1e-9)
    without = simulate_states([plain], climate, Changes.kept(), "seasonal", sky="isotropic")
    assert expected > without.heating_wh.sum()
