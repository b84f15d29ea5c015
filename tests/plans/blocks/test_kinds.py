"""Kinds of rooms that people test engines with: each can be typed in, and answers the right way.

The room is our own; nothing here is compared with published ranges.
"""

from functools import cache

import pytest

from tests.plans.blocks.cases import wave_climate
from vatra.plans.blocks import comfort, parse_zone, simulate
from vatra.plans.blocks.engines.rc5_reference import rc5_hours
from vatra.plans.blocks.simulate import surroundings

ROOM = """\
name: room
floor_m2: 35
volume_m3: 91
elements:
  - {name: south, area_m2: 18.2, azimuth_deg: 180, layers: &wall [&board {d_m: 0.012, k_w_mk: 0.16,
     rho_kg_m3: 950, c_j_kgk: 840}, {d_m: 0.07, k_w_mk: 0.04, rho_kg_m3: 12, c_j_kgk: 840}]}
  - {name: north, area_m2: 18.2, azimuth_deg: 0, layers: *wall}
  - {name: east, area_m2: 13, azimuth_deg: 90, layers: *wall}
  - {name: west, area_m2: 13, azimuth_deg: 270, layers: *wall}
  - {name: roof, area_m2: 35, tilt_deg: 0, layers: *wall}
  - {name: floor, area_m2: 35, tilt_deg: 180, boundary: ground, beyond_c: 10, u_w_m2k: 0.05,
     layers: [{d_m: 0.025, k_w_mk: 0.14, rho_kg_m3: 650, c_j_kgk: 1200},
              {d_m: 0.8, k_w_mk: 0.04, rho_kg_m3: 1, c_j_kgk: 100}]}
windows:
  - {name: glass, in: south, area_m2: 9, u_w_m2k: 2.9, g_share: 0.75, frame_share: 0, angular: true}
air: {change_per_h: 0.5}
gains_w_m2: 5
gains_convective_share: 0.4
sun_convective_share: 0
inside_j_m2k: 3100
surfaces_share: 3.8
heating: {setpoint_c: 20}
cooling: {setpoint_c: 27}
mass: {class: light}
"""
HEAVY = "&board {d_m: 0.12, k_w_mk: 0.5, rho_kg_m3: 1400, c_j_kgk: 1000"
LIGHT_BOARD = "&board {d_m: 0.012, k_w_mk: 0.16,\n     rho_kg_m3: 950, c_j_kgk: 840"
# What turns the room into another, by pairs of words to change.
KINDS = {
    "base": (),
    "heavy": ((LIGHT_BOARD, HEAVY), ("class: light", "class: heavy")),
    "east and west": (
        ("- {name: glass, in: south, area_m2: 9", "- {name: e, in: east, area_m2: 4.5, "
         "u_w_m2k: 2.9, g_share: 0.75, frame_share: 0, angular: true}\n  - "
         "{name: w, in: west, area_m2: 4.5"),
    ),
    "overhang": (
        ("angular: true", "angular: true, height_m: 2, overhang_depth_m: 1, overhang_gap_m: 0.5"),
    ),
    "fins": (
        ("in: south", "in: west"),
        ("angular: true", "angular: true, width_m: 3, fin_depth_m: 1"),
    ),
    "west": (("in: south", "in: west"),),
    "setback": (("heating: {setpoint_c: 20}", "heating: {setpoint_c: {7-23: 20, 23-7: 10}}"),),
    "by night": (
        ("air: {change_per_h: 0.5}",
         "air: {change_per_h: 0.5, night: {change_per_h: 10, from_h: 18, to_h: 7}}"),
        ("heating: {setpoint_c: 20}", "heating: {setpoint_c: off}"),
        ("cooling: {setpoint_c: 27}", "cooling: {setpoint_c: {7-18: 27}}"),
    ),
    "by day": (
        ("heating: {setpoint_c: 20}", "heating: {setpoint_c: off}"),
        ("cooling: {setpoint_c: 27}", "cooling: {setpoint_c: {7-18: 27}}"),
    ),
    "leaky": (("change_per_h: 0.5", "change_per_h: 1"),),
    "empty": (("gains_w_m2: 5", "gains_w_m2: 0"),),
    "bang-bang": (("setpoint_c: 27", "setpoint_c: 20"),),
    "dark outside": (("azimuth_deg: 180, lay", "azimuth_deg: 180, absorptance_share: 0.9, lay"),
                     ("tilt_deg: 0, lay", "tilt_deg: 0, absorptance_share: 0.9, lay")),
    "pale outside": (("azimuth_deg: 180, lay", "azimuth_deg: 180, absorptance_share: 0.1, lay"),
                     ("tilt_deg: 0, lay", "tilt_deg: 0, absorptance_share: 0.1, lay")),
    "bright metal": (("tilt_deg: 0, lay", "tilt_deg: 0, emissivity_share: 0.1, lay"),),
    "pale inside": tuple(
        (f"name: {name}, ", f"name: {name}, inner_absorptance_share: 0.1, ")
        for name in ("south", "north", "east", "west", "roof", "floor")
    ),
    "no radiation inside": tuple(
        (f"name: {name}, ", f"name: {name}, inner_emissivity_share: 0.1, ")
        for name in ("south", "north", "east", "west", "roof", "floor")
    ),
    "opaque windows": (
        ("windows:\n  - {name: glass, in: south, area_m2: 9, u_w_m2k: 2.9, g_share: 0.75, "
         "frame_share: 0, angular: true}\n", ""),
        ("  - {name: north,", "  - {name: panel, area_m2: 9, azimuth_deg: 180, u_w_m2k: 2.9,\n     "
         "layers: [{d_m: 0.004, k_w_mk: 0.0229, rho_kg_m3: 1, c_j_kgk: 1000}]}\n"
         "  - {name: north,"),
        ("south, area_m2: 18.2", "south, area_m2: 9.2"),
    ),
    "closed": (
        ("windows:\n  - {name: glass, in: south, area_m2: 9, u_w_m2k: 2.9, g_share: 0.75, "
         "frame_share: 0, angular: true}\n", ""),
        ("change_per_h: 0.5", "change_per_h: 0"),
        ("gains_w_m2: 5", "gains_w_m2: 0"),
        ("setpoint_c: 27", "setpoint_c: 20"),
    ),
    "sunspace": (
        ("south, area_m2: 18.2, azimuth_deg: 180, layers: &wall [&board",
         "south, area_m2: 18.2, azimuth_deg: 180, boundary: sunroom, layers: &wall [&board"),
        ("windows:\n  - {name: glass, in: south, area_m2: 9, u_w_m2k: 2.9, g_share: 0.75, "
         "frame_share: 0, angular: true}\n", ""),
        ("mass: {class: light}\n", "mass: {class: light}\nspaces:\n  - name: sunroom\n    "
         "floor_m2: 14\n    volume_m3: 36\n    air: {change_per_h: 0.5}\n    elements:\n      - "
         "{name: front, area_m2: 18.2, layers: *wall}\n      - {name: paving, area_m2: 14, "
         "tilt_deg: 180, boundary: ground, beyond_c: 10, u_w_m2k: 0.3}\n    windows:\n      - "
         "{name: panes, in: front, area_m2: 12, u_w_m2k: 2.9, g_share: 0.75, frame_share: 0}\n"),
    ),
}  # fmt: skip


def zone_of(kind):
    text = ROOM
    for old, new in KINDS[kind]:
        assert text.count(old) == 1, (kind, old)
        text = text.replace(old, new)
    zone, found = parse_zone(text, f"{kind}.yaml")
    assert found == [], [each.message("en") for each in found]
    return zone


@cache
def needs_of(kind):
    # The shared sky keeps every zone's planes; hours come from the reference engine.
    return simulate(
        [zone_of(kind)], wave_climate(), "modal", sky="isotropic", hourly=True, free_float=False
    )


def heat(kind):
    return int(needs_of(kind).heating_wh.sum())


def cold(kind):
    return int(needs_of(kind).cooling_wh.sum())


def peak(kind):
    return int(needs_of(kind).peak_cooling_w[0])


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_read_and_keeps_its_balance(kind):
    (year,) = needs_of(kind).hours
    assert abs(year.imbalance_w).max() < 1e-6
    zone = zone_of(kind)
    simple = rc5_hours(zone, surroundings([zone], wave_climate(), "isotropic"))
    assert abs(simple.imbalance_w).max() < 1e-6


def test_mass_shades_and_sides():
    assert heat("heavy") < heat("base") and cold("heavy") < cold("base")
    assert peak("heavy") < 0.9 * peak("base")
    assert cold("overhang") < 0.9 * cold("base") and heat("overhang") >= heat("base")
    assert cold("fins") < cold("west")
    # Glass to the south sees the low sun of winter, east and west that of summer.
    assert heat("east and west") > heat("base")


def test_times_of_day():
    assert heat("setback") < heat("base")
    assert cold("by night") < cold("by day")
    assert heat("by night") == 0
    (year,) = needs_of("by day").hours
    assert year.cooling_w.reshape(365, 24)[:, :7].max() == 0


def test_air_gains_and_setpoints():
    assert heat("leaky") > heat("base") and heat("empty") > heat("base")
    assert cold("empty") < cold("base") and cold("bang-bang") > cold("base")
    (year,) = needs_of("bang-bang").hours
    assert year.air_c == pytest.approx(20.0)


def test_surfaces_outdoors():
    assert heat("dark outside") < heat("base") < heat("pale outside")
    assert cold("dark outside") > cold("base") > cold("pale outside")
    # What radiates less to the sky loses less.
    assert heat("bright metal") < heat("base")


def test_surfaces_indoors():
    # Pale rooms throw sun back out: less of it stays.
    assert cold("pale inside") < cold("base") and heat("pale inside") > heat("base")
    # Surfaces that do not radiate to each other pass on less heat.
    assert heat("no radiation inside") < heat("base")


def test_rooms_without_windows():
    assert cold("opaque windows") < 0.3 * cold("base")
    # Closed, empty, without windows: nothing but what walls conduct; a little sun on them.
    assert heat("closed") < heat("opaque windows")


def test_a_sunspace_in_front():
    (year,) = needs_of("sunspace").hours
    climate = wave_climate()
    sunroom = year.spaces_c["sunroom"]
    assert sunroom.mean() > climate.dry_bulb_c.mean() + 5
    assert sunroom.max() > climate.dry_bulb_c.max() + 5
    assert heat("sunspace") < heat("opaque windows")


def test_comfort_counts_what_people_feel():
    (year,) = needs_of("base").hours
    felt = comfort(year)
    over = year.operative_c > 26
    assert felt.above_26_h == over.sum() > felt.above_27_h > 0
    assert felt.above_26_kh == pytest.approx((year.operative_c[over] - 26).sum())
    # The air is kept at 27; sunlit surfaces make it feel warmer.
    assert year.air_c.max() == pytest.approx(27.0)
    assert year.operative_c.max() > 27.0
