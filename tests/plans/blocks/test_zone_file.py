"""A zone's file: what it may say, and every fault of it at once."""

from pathlib import Path

import pytest

from tests.plans.blocks.cases import ZONES, bestest, wave_climate
from vatra.plans.blocks import parse_zone, read_zone, simulate
from vatra.plans.blocks.zone.schema import ZONE
from vatra.words import LANGUAGES, texts

ROOT = Path(__file__).parents[3]
GOOD = """\
name: room
floor_m2: 20
volume_m3: 50
elements:
  - {name: south, area_m2: 12, u_w_m2k: 0.5}
  - name: roof
    area_m2: 20
    tilt_deg: 0
    layers: [{d_m: 0.2, k_w_mk: 0.04, rho_kg_m3: 30, c_j_kgk: 1000}]
windows:
  - {name: w, in: south, area_m2: 3, u_w_m2k: 1.4, g_share: 0.6, overhang_depth_m: 0.5}
air:
  change_per_h: 0.5
  night: {change_per_h: 3, from_h: 18, to_h: 7}
heating:
  setpoint_c: {6-22: 20, 22-6: 16}
  capacity_w: 3000
cooling: {setpoint_c: {7-18: 27}}
"""


def codes(text):
    zone, found = parse_zone(text, "zone.yaml")
    for each in found:
        for lang in LANGUAGES:
            assert each.message(lang)
    assert (zone is None) == any(each.severity == "error" for each in found)
    return [each.code.rpartition(".")[2] for each in found]


def test_a_zone_is_read():
    zone, found = parse_zone(GOOD, "zone.yaml")
    assert found == []
    # The window is cut out of its wall and looks the same way.
    assert [each.area_m2 for each in zone.elements] == [9.0, 20.0]
    assert zone.windows[0].plane == zone.elements[0].plane
    assert zone.windows[0].shade.overhang_depth_m == 0.5
    # 1 / (0.10 + 0.2 / 0.04 + 0.04).
    assert zone.elements[1].u_w_m2k == pytest.approx(1 / 5.14)
    assert zone.heating.day_c == (16.0,) * 6 + (20.0,) * 16 + (16.0,) * 2
    assert zone.cooling.day_c[6:8] == (None, 27.0)
    assert zone.heating.capacity_w == 3000.0
    assert zone.air.night.holds(18) and zone.air.night.holds(6) and not zone.air.night.holds(7)
    assert zone.gains_w_m2 == (3.0,) * 24


def test_the_shipped_block_is_read():
    zone, found = read_zone(ZONES / "t744r.yaml")
    assert found == []
    assert sum(each.length_m for each in zone.bridges) == 696
    assert zone.synthetic


def test_a_test_case_typed_in_is_the_one_the_tests_build():
    zone, found = read_zone(ZONES / "case-900.yaml")
    assert found == []
    built = bestest(heavy=True)
    climate = wave_climate()
    needs = simulate([zone, built], climate, "modal", sky="isotropic", compiled=False)
    assert needs.heating_wh[0] == pytest.approx(needs.heating_wh[1], rel=1e-9)
    assert needs.warmest_c[0] == pytest.approx(needs.warmest_c[1])


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("u_w_m2k: 0.5", "u_w_m2k: 0", "range"),
        ("u_w_m2k: 0.5", "u_w_m2k: 50", "range"),
        ("u_w_m2k: 0.5", "u_w_m2k: warm", "number-wanted"),
        ("u_w_m2k: 0.5", "boundary: outside", "no-u"),
        ("u_w_m2k: 0.5", "u_w_m2k: 0.5, boundary: heaven", "choice"),
        ("u_w_m2k: 0.5", "u_w_m2k: 0.5, u_w_m2k: 0.6", "key-twice"),
        ("u_w_m2k: 0.5", "u_w_mk2: 0.5", "key-near"),
        ("u_w_m2k: 0.5", "u_w_m2k: 0.5, beyond_c: 10", "beyond"),
        ("name: roof", "name: south", "name-twice"),
        ("in: south, area_m2: 3", "in: south, area_m2: 13", "windows-larger"),
        ("in: south", "in: north", "no-such-wall"),
        ("in: south", "azimuth_deg: 90", "no-wall"),
        ("{7-18: 27}", "15", "setpoints-crossed"),
        ("{7-18: 27}", "[27, 27]", "day"),
        ("{7-18: 27}", "{noon: 27}", "span"),
        ("{7-18: 27}", "{7-30: 27}", "span"),
        ("floor_m2: 20", "floor_m2: 0.2", "range"),
        ("floor_m2: 20\n", "", "missing"),
        ("volume_m3: 50", "volume_m3: 500", "height"),
        ("area_m2: 12, u_w_m2k: 0.5", "area_m2: 500, u_w_m2k: 5", "too-conductive"),
        ("air:", "air: [1]\nweather:", "keys-wanted"),
        ("name: room", "name: *nowhere", "syntax"),
        ("name: room", "name: [", "syntax"),
        ("from_h: 18", "from_h: yes", "number-wanted"),
        ("name: room", "name: ''", "text-wanted"),
        ("name: room", "name: room\nsynthetic: 3", "truth-wanted"),
        ("windows:\n  -", "windows:\n  w:", "list-wanted"),
    ],
)
def test_each_fault_is_told(old, new, code):
    assert old in GOOD
    assert code in codes(GOOD.replace(old, new, 1))


def test_all_faults_at_once_with_their_lines():
    text = GOOD.replace("u_w_m2k: 0.5", "u_w_m2k: 50").replace("g_share: 0.6", "g_share: 6")
    text = text.replace("change_per_h: 0.5", "change_per_h: -1")
    found = parse_zone(text, "zone.yaml")[1]
    assert [(each.lines[0], each.column) for each in found] == [
        (5, "u_w_m2k"), (11, "g_share"), (13, "change_per_h"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "room", "- 1", "\x00"])
def test_what_is_no_zone(text):
    assert codes(text)


def test_a_zone_without_elements():
    head, _, rest = GOOD.partition("elements:")
    assert codes(head + "elements: []\nair: {change_per_h: 1}\n") == ["no-elements"]
    assert rest


def test_off_is_no_setpoint():
    zone, _ = parse_zone(GOOD.replace("{7-18: 27}", "off"), "zone.yaml")
    assert set(zone.cooling.day_c) == {None}


def test_nought_degrees_are_a_setpoint():
    zone, _ = parse_zone(GOOD.replace("22-6: 16", "22-6: 0"), "zone.yaml")
    assert zone.heating.day_c == (0.0,) * 6 + (20.0,) * 16 + (0.0,) * 2


def test_every_finding_has_a_text():
    assert {each for each in texts() if each.startswith("plans.blocks.zone.")} >= {
        f"plans.blocks.zone.{code}" for code in ("range", "missing", "windows-larger")
    }
    assert {"elements", "windows", "air"} <= set(ZONE)


def test_layers_may_be_named_once_and_used_again():
    text = GOOD.replace("u_w_m2k: 0.5}", "layers: &wall [{d_m: 0.3, k_w_mk: 0.2, rho_kg_m3: 900, "
                        "c_j_kgk: 900}]}\n  - {name: n, area_m2: 12, layers: *wall}")  # fmt: skip
    zone, found = parse_zone(text, "zone.yaml")
    assert found == []
    assert zone.elements[0].layers == zone.elements[1].layers


def test_aliases_may_not_multiply():
    head, _, rest = GOOD.partition("elements:")
    layers = ", ".join(["*layer"] * 300)
    walls = ["layers: [&layer {d_m: 0.1, k_w_mk: 1, rho_kg_m3: 9, c_j_kgk: 900}"]
    first = f"  - &wall {{name: w, area_m2: 1, {walls[0]}, {layers}]}}\n"
    text = head + "elements:\n" + first + "  - *wall\n" * 300 + "air: {change_per_h: 1}\n"
    assert "too-many" in codes(text)
    assert rest


def test_the_zone_of_the_documentation_is_read():
    page = (ROOT / "docs" / "how-to" / "simulate-a-building.md").read_text("utf-8")
    text = page.partition('```yaml title="block.yaml"\n')[2].partition("```")[0]
    zone, found = parse_zone(text, "block.yaml")
    assert found == []
    assert zone.heating.day_c[6:8] == (20.0, 20.0) and zone.heating.day_c[22] == 18.0
    # 450 less the window of 160.
    assert zone.elements[0].area_m2 == 290.0


def test_setpoints_and_windows_are_told_beside_a_wrong_u():
    text = """
name: bad
floor_m2: 100
volume_m3: 270
elements:
  - {name: south, area_m2: 20, u_w_m2k: 50, azimuth_deg: 180}
windows:
  - {name: glass, in: south, area_m2: 30, u_w_m2k: 2.6, g_share: 0.7}
air: {change_per_h: 0.6}
heating: {setpoint_c: 27}
cooling: {setpoint_c: 26}
"""
    assert sorted(codes(text)) == ["range", "setpoints-crossed", "windows-larger"]
