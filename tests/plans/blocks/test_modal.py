"""The modal zone: steady states by hand, few modes against all, and the balance of every hour."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plans.blocks.cases import (
    ALWAYS_20,
    HEAVY_WALL,
    ROOF,
    around,
    bestest,
    box,
    steady_climate,
    wave_climate,
)
from vatra.plans.blocks import Air, Bridge, Element, Night, Plane
from vatra.plans.blocks.engines.modal_elements import chains, layered
from vatra.plans.blocks.engines.modal_network import nodes
from vatra.plans.blocks.engines.modal_reference import modal_hours
from vatra.plans.blocks.engines.modes import modes

ALL_MODES = 200


def test_layers_keep_their_resistance_and_capacity():
    capacities, resistances = layered(HEAVY_WALL)
    # 0.1/0.51 + 0.0615/0.04 + 0.009/0.14 = 1.79786; 140,000 + 861 + 4,293 J/m2K.
    assert sum(resistances) == pytest.approx(0.1 / 0.51 + 0.0615 / 0.04 + 0.009 / 0.14)
    assert sum(capacities) == pytest.approx(140_000 + 861 + 4293)
    assert capacities[0] == capacities[-1] == 0.0
    assert len(resistances) == len(capacities) - 1


def test_walls_built_alike_are_one_chain():
    made = chains(bestest(heavy=True))
    assert sorted(round(each.area_m2, 1) for each in made) == [48.0, 48.0, 63.6]
    assert sum(len(each.parts) for each in made) == 6


def test_inner_structures_carry_what_nobody_listed():
    zone = box()
    inner = chains(zone)[-1]
    # Surfaces: 4.5 * 20 less walls 30 and window 3.
    assert inner.area_m2 == pytest.approx(57.0)
    held = sum(each.area_m2 * sum(each.c_j_m2k) / 2 for each in chains(zone)[:-1])
    assert inner.area_m2 * sum(inner.c_j_m2k) == pytest.approx(165e3 * 20 - held)
    listed = replace(
        zone, elements=(*zone.elements, Element("slab", 40.0, 2.0, boundary="adjacent"))
    )
    assert [each.parts for each in chains(listed) if not each.parts] == []


def test_no_heat_is_made_or_lost_in_the_matrices():
    network = nodes(box(bridges=(Bridge("edge", 0.2, 5.0),)), 10.0)
    assert network.k == pytest.approx(network.k.T)
    # Nodes at one temperature exchange nothing among themselves: what is left leads outdoors.
    assert network.k.sum(axis=1) == pytest.approx(network.lost, abs=1e-9)
    # All of the sun and the gains arrives somewhere.
    assert network.b[:, 2:].sum(axis=0) == pytest.approx(np.ones(network.input_count - 2))


def test_a_steady_room_needs_what_its_resistances_say():
    floor = Element("floor", 20.0, 0.5, Plane(180.0), boundary="unheated", b_share=1.0)
    zone = box(elements=(floor,), windows=(), gains_w_m2=(0.0,) * 24, air=Air(0.6))
    year = modal_hours(zone, around(zone, steady_climate(0.0)))
    # Floor: 0.7 + 5.13 inside instead of 1/0.17; inner structures of 70 m2 (4.5 * 20 - 20) pass
    # radiation on to the air: 5.13 * 20 * 70 / 90 in series with 2.5 * 70.
    radiant = 1 / (1 / (5.13 * 20 * 70 / 90) + 1 / (2.5 * 70))
    own = 1 / 0.5 - 0.17 - 0.04
    through = 1 / (1 / (0.7 * 20 + radiant) + (own + 0.04) / 20)
    assert year.heating_w[8000] == pytest.approx(20 * (10 + through), rel=1e-6)
    assert year.air_c[8000] == pytest.approx(20.0)


def test_eight_modes_answer_as_all_of_them():
    for heavy in (False, True):
        zone = bestest(heavy)
        few, every = (
            modal_hours(zone, around(zone, wave_climate()), mode_count=count)
            for count in (8, ALL_MODES)
        )
        for name in ("heating_w", "cooling_w"):
            ratio = getattr(few, name).sum() / getattr(every, name).sum()
            assert ratio == pytest.approx(1.0, abs=0.02)


def test_a_steady_state_is_the_same_in_any_number_of_modes():
    network = nodes(bestest(heavy=True), 10.0)
    few, every = modes(network, 4), modes(network, ALL_MODES)
    unit = np.eye(network.input_count)

    def steady(found):
        at_rest = found.gain / (1 - found.keep)[:, None]
        return found.air @ at_rest @ unit + found.air_by

    assert steady(few) == pytest.approx(steady(every), rel=1e-9)
    # And that of the network itself.
    direct = np.linalg.solve(network.k, network.b)[0]
    assert steady(every) == pytest.approx(direct, rel=1e-9)


def test_a_sealed_zone_keeps_its_heat():
    inner = (Element("slab", 40.0, 2.0, boundary="adjacent"),)
    zone = box(elements=inner, windows=(), air=Air(0.0), gains_w_m2=(0.0,) * 24)
    year = modal_hours(zone, around(zone, steady_climate(-10.0)))
    assert year.heating_w[4000:].max() == pytest.approx(0.0, abs=1e-3)
    assert year.air_c[8000] == pytest.approx(20.0, abs=1e-3)


def test_night_air_and_setback_keep_the_balance():
    zone = box(air=Air(0.5, day=(1.0,) * 12 + (2.0,) * 12, night=Night(3.0, 22, 6, 22.0)))
    year = modal_hours(zone, around(zone, wave_climate()))
    assert abs(year.imbalance_w).max() < 1e-6
    closed = modal_hours(box(), around(box(), wave_climate()))
    assert year.cooling_w.sum() < closed.cooling_w.sum()


@settings(max_examples=5, deadline=None)
@given(
    u=st.floats(0.1, 3.0),
    window=st.floats(0.5, 8.0),
    air=st.floats(0.0, 3.0),
    heat_w=st.floats(50.0, 5000.0),
    place=st.sampled_from(["inside", "outside", "both", "spread", "middle"]),
)
def test_every_hour_balances(u, window, air, heat_w, place):
    zone = box(
        elements=(Element("south", 10.0, u, place=place), Element("roof", 20.0, u, ROOF)),
        windows=(replace(box().windows[0], area_m2=window),),
        air=Air(air),
        heating=replace(ALWAYS_20, capacity_w=heat_w),
    )
    year = modal_hours(zone, around(zone, wave_climate()))
    assert abs(year.imbalance_w).max() < 1e-6
