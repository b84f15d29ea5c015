"""Rooms beside a zone: one network for all, steady states by hand, and the balance of each hour."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plans.blocks.cases import SOUTH, around, bestest, box, steady_climate, wave_climate
from vatra.plans.blocks import (
    OFF,
    Air,
    Element,
    Layer,
    Mass,
    Plane,
    Space,
    Window,
    Zone,
    parse_zone,
    simulate,
)
from vatra.plans.blocks.engines.coupled import coupled_hours
from vatra.plans.blocks.engines.modal_reference import modal_hours
from vatra.plans.blocks.engines.rc5_reference import rc5_hours
from vatra.plans.blocks.engines.rooms_modal import modal_rooms
from vatra.plans.blocks.engines.rooms_rc5 import rc5_rooms

ENGINES = {"rc5": rc5_hours, "modal": modal_hours}
ALL_MODES = 500
ROOT = Path(__file__).parents[3]
NIGHT = (0.0,) * 24


def stairs(name="stairs", change_per_h=0.6, air_m3_h=0.0, **changes):
    """A staircase that borders on outdoors by one wall without sun or sky."""
    wall = Element("outer", 20.0, 1.5, boundary="unheated", b_share=1.0)
    room = Zone(name, 30.0, 80.0, (wall,), air=Air(change_per_h), gains_w_m2=NIGHT, heating=OFF)
    return Space(replace(room, **changes), air_m3_h)


def beside(*spaces, area_m2=25.0, u=1.8, **changes):
    """A room that loses heat to spaces alone, but for a little air."""
    walls = tuple(
        Element(f"to {each.name}", area_m2, u, Plane(90.0, 0.0), "space", space=each.name)
        for each in spaces
    )
    zone = box(elements=walls, windows=(), gains_w_m2=NIGHT, air=Air(0.0), spaces=spaces)
    return replace(zone, **changes)


def year(engine, zone, climate, **how):
    return ENGINES[engine](zone, around(zone, climate), **how)


@pytest.mark.parametrize("heavy", [False, True], ids=["light", "heavy"])
def test_one_room_alone_is_what_the_engines_make_of_it(heavy):
    zone, climate = bestest(heavy), wave_climate()
    about = around(zone, climate)
    pairs = (
        (rc5_hours(zone, about), coupled_hours(rc5_rooms(zone, about))),
        (
            modal_hours(zone, about, mode_count=ALL_MODES),
            coupled_hours(modal_rooms(zone, about)),
        ),
    )
    for plain, coupled in pairs:
        for name in ("heating_w", "cooling_w", "air_c", "operative_c"):
            assert getattr(coupled, name) == pytest.approx(getattr(plain, name), abs=1e-6)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_space_floats_where_its_conductances_balance(engine):
    space = stairs()
    zone = beside(space)
    found = year(engine, zone, steady_climate(0.0))
    floats_c = float(found.spaces_c["stairs"][8000])
    # Outwards: 20 * 1.5 = 30 W/K and air 1200 * 80 * 0.6 / 3600 = 16 W/K; what comes in is what
    # the zone is heated with. Surfaces in the room come on top of its share of resistances.
    through_wall = found.heating_w[8000] - 16 * floats_c
    assert through_wall == pytest.approx(30 * floats_c, rel=0.2)
    # EN ISO 13789: b = 46 / (46 + 45); the space stands at 20 (1 - b) = 9.9 degC.
    assert floats_c == pytest.approx(20 * 45 / 91, abs=1.0)
    assert found.heating_w[8000] == pytest.approx(45 * (20 - floats_c), rel=0.15)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_space_open_to_outdoors_is_outdoors(engine):
    open_air = year(engine, beside(stairs(change_per_h=500.0)), wave_climate())
    te = wave_climate().dry_bulb_c
    assert open_air.spaces_c["stairs"] == pytest.approx(te, abs=0.6)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_sealed_space_takes_the_temperature_of_the_zone(engine):
    inner = Element("slab", 30.0, 2.0, boundary="adjacent")
    sealed = stairs(change_per_h=0.0, elements=(inner,))
    found = year(engine, beside(sealed), steady_climate(0.0))
    assert found.spaces_c["stairs"][8000] == pytest.approx(20.0, abs=0.2)
    assert found.heating_w[8000] == pytest.approx(0.0, abs=5.0)


@pytest.mark.parametrize("engine", ENGINES)
def test_air_between_rooms_carries_heat(engine):
    apart = year(engine, beside(stairs()), steady_climate(0.0))
    joined = year(engine, beside(stairs(air_m3_h=60.0)), steady_climate(0.0))
    # 1200 * 60 / 3600 = 20 W/K more.
    warmer = joined.spaces_c["stairs"][8000] - apart.spaces_c["stairs"][8000]
    assert 1 < warmer < 6
    assert joined.heating_w[8000] > apart.heating_w[8000] + 80


@pytest.mark.parametrize("engine", ENGINES)
def test_rooms_in_a_row(engine):
    """Zone, then a hall, then a porch: each is colder than the one before."""
    porch = stairs("porch")
    inner = Element("to porch", 15.0, 1.8, Plane(90.0, 0.0), "space", space="porch")
    hall = stairs("hall", change_per_h=0.1, elements=(inner,))
    zone = replace(beside(hall), spaces=(hall, porch))
    found = year(engine, zone, steady_climate(0.0))
    hall_c, porch_c = (float(found.spaces_c[each][8000]) for each in ("hall", "porch"))
    assert 20 > hall_c > porch_c > 0.5
    assert hall_c > 12
    assert abs(found.imbalance_w).max() < 1e-6


def sunspace(**changes):
    return stairs(
        "sunspace", windows=(Window("glass", 12.0, 5.0, 0.8, SOUTH, frame_share=0.1),), **changes
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_a_sunspace_is_warmer_than_outdoors_and_helps(engine):
    climate = wave_climate()
    dark = beside(stairs("sunspace"))
    sunny = beside(sunspace())
    found, without = year(engine, sunny, climate), year(engine, dark, climate)
    means = [float(each.spaces_c["sunspace"].mean()) for each in (found, without)]
    assert means[0] > means[1] + 3
    assert found.heating_w.sum() < 0.95 * without.heating_w.sum()
    # Rooms answer to each other within the hour: the sun of an hour warms the zone in it.
    noon = 24 * 20 + 12
    assert found.spaces_c["sunspace"][noon] > found.spaces_c["sunspace"][noon - 6] + 3


@pytest.mark.parametrize("engine", ENGINES)
def test_light_goes_on_through_panes_between(engine):
    climate, glazed = wave_climate(), beside(sunspace())
    pane = Window("pane", 5.0, 2.5, 0.7, Plane(90.0, 180.0), space="sunspace")
    plain = replace(pane, g_share=0.01)
    bright, dim = (
        year(engine, replace(glazed, windows=(each,)), climate, free=True) for each in (pane, plain)
    )
    summer = slice(24 * 170, 24 * 200)
    assert bright.air_c[summer].mean() > dim.air_c[summer].mean() + 0.1
    # In 5R1C a little of the sun always goes back with the glass (C.3).
    assert bright.let_in_w.sum() == pytest.approx(dim.let_in_w.sum(), rel=2e-3)


@settings(max_examples=5, deadline=None)
@given(
    u=st.floats(0.2, 2.5),
    area=st.floats(2.0, 40.0),
    change=st.floats(0.0, 3.0),
    air=st.floats(0.0, 200.0),
    engine=st.sampled_from(sorted(ENGINES)),
)
def test_every_hour_balances(u, area, change, air, engine):
    space = stairs(change_per_h=change, air_m3_h=air, windows=sunspace().room.windows)
    zone = replace(
        beside(space, area_m2=area, u=u),
        windows=(Window("pane", 2.0, 2.5, 0.7, SOUTH, space="stairs"), *box().windows),
        air=Air(0.5, day=(1.0,) * 12 + (2.0,) * 12),
        cooling=box().cooling,
    )
    found = year(engine, zone, wave_climate())
    assert abs(found.imbalance_w).max() < 1e-6
    assert found.cooling_w.max() > 0 or found.heating_w.max() > 0


def test_layers_between_rooms_read_the_same_from_both_sides():
    """A heavy wall between: heat that leaves the zone arrives in the space, also in its layers."""
    layers = (Layer(0.1, 1.5, 2300, 1000), Layer(0.05, 0.04, 30, 1400))
    zone = beside(stairs(), mass=Mass("very_heavy"))
    wall = replace(zone.elements[0], layers=layers, u_w_m2k=1 / (0.13 * 2 + 0.1 / 1.5 + 1.25))
    found = year("modal", replace(zone, elements=(wall,)), steady_climate(0.0))
    plain = year("modal", replace(zone, elements=(replace(wall, layers=()),)), steady_climate(0.0))
    assert found.heating_w[8000] == pytest.approx(plain.heating_w[8000], rel=1e-6)
    assert abs(found.imbalance_w).max() < 1e-6


def test_more_between_than_masses_take_up_is_refused():
    with pytest.raises(ValueError, match="opaque elements|both rooms"):
        year("rc5", beside(stairs(), area_m2=500.0, u=1.8), steady_climate(0.0))


@pytest.mark.slow
def test_simulate_takes_zones_with_and_without_spaces():
    zones = [box(), beside(stairs()), box(name="other")]
    for engine in ("rc5", "modal", "seasonal"):
        compiled = engine == "seasonal" or _has_numba()
        needs = simulate(zones, wave_climate(), engine, sky="isotropic", compiled=compiled)
        assert needs.heating_wh[0].tolist() == needs.heating_wh[2].tolist()
        assert needs.heating_wh[1].sum() > 0
    kept = simulate(zones[1:2], wave_climate(), "modal", sky="isotropic", hourly=True)
    assert set(kept.hours[0].spaces_c) == {"stairs"}


def _has_numba():
    try:
        import numba  # noqa: F401
    except ImportError:
        return False
    return True


FILE = """\
name: flats
floor_m2: 60
volume_m3: 150
elements:
  - {name: south, area_m2: 20, u_w_m2k: 0.5}
  - {name: to stairs, area_m2: 15, u_w_m2k: 1.8, azimuth_deg: 0, boundary: stairs}
  - {name: ceiling, area_m2: 60, u_w_m2k: 0.8, tilt_deg: 0, boundary: attic}
windows:
  - {name: door, in: to stairs, area_m2: 2, u_w_m2k: 3, g_share: 0.5}
air: {change_per_h: 0.5, density_share: 0.9}
heating: {setpoint_c: 20}
spaces:
  - name: stairs
    floor_m2: 12
    volume_m3: 36
    air: {change_per_h: 1}
    air_from_zone_m3_h: 10
    elements:
      - {name: outer, area_m2: 8, u_w_m2k: 1.5}
      - {name: hatch, area_m2: 2, u_w_m2k: 2, tilt_deg: 0, boundary: attic}
  - name: attic
    floor_m2: 60
    volume_m3: 130
    air: {change_per_h: 1, density_share: 1}
    elements:
      - {name: roof, area_m2: 70, u_w_m2k: 2.5, tilt_deg: 30}
"""


def codes(text):
    zone, found = parse_zone(text, "zone.yaml")
    for each in found:
        assert each.message("en") and each.message("ro")
    assert (zone is None) == any(each.severity == "error" for each in found)
    return [each.code.rpartition(".")[2] for each in found]


def test_spaces_are_read():
    zone, found = parse_zone(FILE, "zone.yaml")
    assert found == []
    assert [each.name for each in zone.spaces] == ["stairs", "attic"]
    first, second = zone.spaces
    assert first.room.air.density_share == 0.9 and second.room.air.density_share == 1.0
    assert first.room.heating == OFF and first.room.gains_w_m2 == NIGHT
    assert zone.windows[0].space == "stairs"
    shares = {each.name: each.b_share for each in zone.elements}
    # Attic: 70 * 2.5 + 0.33 * 130 = 217.9 outwards, 60 * 0.8 = 48 inwards.
    assert shares["ceiling"] == pytest.approx(217.9 / 265.9)
    found = year("modal", zone, wave_climate())
    assert abs(found.imbalance_w).max() < 1e-6
    assert np.all(found.spaces_c["attic"] < 60)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("boundary: attic}\nwindows", "boundary: cellar}\nwindows", "choice"),
        ("name: attic\n", "name: stairs\n", "space-name"),
        ("name: attic\n", "name: ground\n", "space-name"),
        ("boundary: attic}\n  - name", "boundary: flats}\n  - name", "stands-in-zone"),
        ("{name: roof, area_m2: 70", "{name: roof, area_m2: 900", "too-conductive"),
        ("area_m2: 60, u_w_m2k: 0.8", "area_m2: 700, u_w_m2k: 1.4", "both-conductive"),
        ("{name: hatch, ", "{name: outer, ", "name-twice"),
        ("air_from_zone_m3_h: 10", "setpoint_c: 20", "key-unknown"),
        ("in: to stairs, area_m2: 2", "in: to stairs, area_m2: 20", "windows-larger"),
    ],
)
def test_each_fault_of_spaces_is_told(old, new, code):
    assert old in FILE
    assert code in codes(FILE.replace(old, new, 1))


def test_a_space_that_nothing_leads_to_is_noticed():
    text = FILE.replace("boundary: attic}\nwindows", "boundary: unheated}\nwindows")
    text = text.replace(
        "      - {name: hatch, area_m2: 2, u_w_m2k: 2, tilt_deg: 0, boundary: attic}\n", ""
    )
    assert codes(text) == ["space-apart"]


def test_the_spaces_of_the_documentation_are_read():
    page = (ROOT / "docs" / "how-to" / "simulate-a-building.md").read_text("utf-8")
    text = page.partition('```yaml title="a flat with a sunspace and a staircase"\n')[2]
    zone, found = parse_zone(text.partition("```")[0], "flat.yaml")
    assert found == []
    assert [each.name for each in zone.spaces] == ["stairs", "loggia"]
    assert zone.windows[0].space == "loggia"
