import pytest

from tests.plans.stock.tables_of import rows, told
from vatra.plans.blocks.climate.synthetic import synthetic_climate
from vatra.plans.blocks.simulate import simulate
from vatra.plans.blocks.zone.zone import Air
from vatra.plans.stock import archetypes, read_buildings, read_elements, zone_of
from vatra.plans.stock.systems import system_faults

T744R = "block_t744r_p4_1973_1982"
ROW = {"building": "b1", "archetype": T744R, "flats_count": 20, "azimuth_degrees": 180}


def block(**more):
    (found,), _ = read_buildings(rows("buildings", {**ROW, **more}), {}, "buildings.csv")
    return found


def own(*listed, building=None):
    building = building or block()
    codes = [building.code]
    listed = [{"building": building.code, **each} for each in listed]
    found, findings = read_elements(
        rows("building_elements", *listed), [building], codes, "building_elements.csv"
    )
    return found.get(building.code, ()), told(findings)


def need_kwh_m2(zone):
    found = simulate([zone], synthetic_climate("iasi"), engine="seasonal", sky="isotropic")
    return found.heating_kwh_m2[0]


def test_the_reference_block_conducts_what_its_parts_do():
    zone = zone_of(block(), (), archetypes()[T744R])
    walls = [each for each in zone.elements if each.name.startswith("wall")]
    assert sum(each.area_m2 for each in walls) == pytest.approx(850.45, rel=1e-3)
    assert sum(each.area_m2 for each in zone.windows) == pytest.approx(320)
    conductance = (
        sum(each.area_m2 * each.u_w_m2k * each.b_share for each in zone.elements)
        + sum(each.area_m2 * each.u_w_m2k for each in zone.windows)
        + sum(each.psi_w_mk * each.length_m for each in zone.bridges)
    )
    # 850 x .70 + 380 x .56 + 380 x 1.88 x .6 + 320 x 2.6 + .55 x 660 + 1.2 x 36
    # = 595 + 212.8 + 428.6 + 832 + 363 + 43.2 = 2474.6
    assert conductance == pytest.approx(2474.6, rel=3e-3)
    assert zone.floor_m2 == pytest.approx(1615)
    # Clear height 2.55 - 0.20
    assert zone.volume_m3 == pytest.approx(1615 * 2.35)


def test_the_reference_block_needs_what_audits_say():
    assert 130 <= need_kwh_m2(zone_of(block(), (), archetypes()[T744R])) <= 200


def package(wall, window, g_share, roof, floor, joints, balconies):
    """Insulation covers joints and balconies, the more the thicker it is."""
    elements, findings = own(
        {"element": "wall", "kind": "wall", "u_w_m2k": wall},
        {"element": "window", "kind": "window", "u_w_m2k": window, "g_share": g_share},
        {"element": "roof", "kind": "roof", "u_w_m2k": roof},
        {"element": "floor", "kind": "floor", "u_w_m2k": floor},
        {"element": "joints", "kind": "bridge", "psi_w_mk": joints, "length_m": 660},
        {"element": "balconies", "kind": "bridge", "psi_w_mk": balconies, "length_m": 36},
    )
    assert findings == []
    return elements


def test_a_moderate_package_brings_it_to_a_third():
    kind = archetypes()[T744R]
    tight = Air(kind.of("air_change_after_per_h"))
    elements = package(0.30, 1.2, 0.55, 0.20, 0.40, 0.10, 0.50)
    assert 35 <= need_kwh_m2(zone_of(block(), elements, kind, air=tight)) <= 60


def test_a_deep_package_with_heat_recovery_leaves_little():
    tight = Air(0.5, heat_recovery_share=0.8)
    elements = package(0.20, 0.9, 0.5, 0.15, 0.25, 0.05, 0.15)
    assert need_kwh_m2(zone_of(block(), elements, archetypes()[T744R], air=tight)) < 25


def test_measured_parts_take_the_place_of_the_types():
    elements, findings = own(
        {"element": "south", "kind": "window", "area_m2": 200, "azimuth_degrees": 180},
        {"element": "rest", "kind": "window", "area_m2": 40, "u_w_m2k": 1.3},
        {"element": "slab", "kind": "floor", "area_m2": 380, "boundary": "ground", "u_w_m2k": 0.5},
    )
    assert findings == []
    building = block()
    zone = zone_of(building, elements, archetypes()[T744R])
    areas = {each.name: each.area_m2 for each in zone.windows}
    assert areas["south-180"] == 200
    assert sum(areas.values()) == pytest.approx(240)
    (floor,) = [each for each in zone.elements if each.name == "slab"]
    assert (floor.boundary, floor.u_w_m2k, floor.layers) == ("ground", 0.5, ())
    walls = sum(each.area_m2 for each in zone.elements if each.name.startswith("wall"))
    # Windows are where walls are not.
    assert walls + 240 == pytest.approx(building.shape.outer_m2)


def test_a_side_with_more_glass_than_wall_leaves_the_sum_right():
    elements, _ = own({"element": "w", "kind": "window", "area_m2": 300, "azimuth_degrees": 90})
    building = block()
    zone = zone_of(building, elements, archetypes()[T744R])
    walls = sum(each.area_m2 for each in zone.elements if each.name.startswith("wall"))
    assert walls + 300 == pytest.approx(building.shape.outer_m2)


def test_neighbours_save_heat():
    alone, between = (zone_of(block(party_m=m), (), archetypes()[T744R]) for m in (0, 20))
    assert need_kwh_m2(between) < 0.95 * need_kwh_m2(alone)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"kind": "wall", "u_w_m2k": 0}, "u-outside"),
        ({"kind": "wall", "u_w_m2k": 50}, "u-outside"),
        ({"kind": "window", "g_share": 70}, "share-outside"),
        ({"kind": "wall"}, "element-empty"),
        ({"kind": "bridge", "psi_w_mk": 0.5}, "bridge-incomplete"),
        ({"kind": "bridge", "psi_w_mk": 55, "length_m": 10}, "psi-outside"),
        ({"kind": "window", "area_m2": 1300}, "windows-above"),
        ({"kind": "wall", "u_w_m2k": 1.0, "building": "b9"}, "element-building"),
    ],
)
def test_what_no_element_is(row, code):
    _, findings = own({"element": "e", **row})
    assert findings == [(code, (2,))]


def test_areas_of_a_kind_are_all_there_or_none():
    _, findings = own(
        {"element": "a", "kind": "wall", "area_m2": 100},
        {"element": "b", "kind": "wall", "u_w_m2k": 1.0},
    )
    assert findings == [("area-mixed", (2,))]


def test_systems_serve_the_whole_of_a_service():
    heat = {"building": "b1", "service": "heating"}
    listed = rows(
        "building_systems",
        {**heat, "system": "district_heat", "share_percent": 60, "supply_temperature": 50,
         "return_temperature": 60},
        {**heat, "system": "gas_boiler_flat", "share_percent": 30, "efficiency_percent": 900},
        {"building": "b2", "service": "hot_water", "system": "district_heat"},
    )  # fmt: skip
    assert told(system_faults(listed, ["b1"], "building_systems.csv")) == [
        ("system-temperatures", (2,)),
        ("system-efficiency", (3,)),
        ("system-building", (4,)),
        ("system-shares", (2,)),
    ]
