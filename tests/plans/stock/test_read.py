import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plans.stock.tables_of import rows, told
from vatra.plans.stock import archetypes, read_buildings, zone_of

T744R = "block_t744r_p4_1973_1982"


def read(*listed, footprints=None):
    return read_buildings(rows("buildings", *listed), footprints or {}, "buildings.csv")


def test_a_row_that_says_everything_is_taken_at_its_word():
    (found,), findings = read(
        {
            "building": "b1",
            "archetype": T744R,
            "storeys_count": 5,
            "flats_count": 20,
            "storey_height_m": 2.6,
            "heated_m2": 1500,
            "footprint_m2": 360,
            "perimeter_m": 94,
            "party_m": 9,
            "azimuth_degrees": 200,
            "tenure": "flat_owners",
            "association": "asociatia 12",
        }
    )
    assert findings == []
    assert found.assumed == ()
    assert (found.heated_m2, found.flats_count, found.association) == (1500, 20, "asociatia_12")
    # 94 x 5 x 2.6 = 1222, less 9 x 13 = 117 shared
    assert found.shape.outer_m2 == pytest.approx(1222 - 117)
    assert found.shape.party_m2 == pytest.approx(117)
    # 200 degrees is nearest to 202.5; the short sides look across.
    assert [each.azimuth_deg for each in found.shape.facades] == [22.5, 112.5, 202.5, 292.5]


def test_what_is_not_known_comes_from_the_type_and_is_told():
    (found,), findings = read({"building": "b1", "built": 1978, "flats_count": 20})
    assert findings == []
    assert found.archetype == T744R
    # 20 flats of the reference block: 380 x 5 x 0.85 = 1615 m2 on its 380 m2.
    assert found.heated_m2 == pytest.approx(1615)
    assert found.shape.footprint_m2 == pytest.approx(380)
    assert found.shape.perimeter_m == pytest.approx(91.8)
    assert found.assumed == (
        "archetype",
        "azimuth_degrees",
        "footprint_m2",
        "heated_m2",
        "party_m",
        "perimeter_m",
        "storey_height_m",
        "storeys_count",
    )


def test_a_footprint_and_storeys_give_heated_area_and_flats():
    (found,), _ = read({"building": "b1", "archetype": T744R, "footprint_m2": 760})
    # 760 x 5 x 0.85 = 3230 m2; a flat of the type has 80.75
    assert found.heated_m2 == pytest.approx(3230)
    assert found.flats_count == 40
    # Twice as long and as deep as the reference block.
    depth = archetypes()[T744R].depth_m
    assert found.shape.perimeter_m == pytest.approx(2 * (depth + 760 / depth))


def test_nobody_lives_in_a_school():
    (found,), _ = read(
        {"building": "s", "use": "school", "built": 1968, "storeys_count": 2, "footprint_m2": 500}
    )
    assert found.flats_count == 0
    assert "flats_count" not in found.assumed


BASE = {"archetype": T744R, "flats_count": 20}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"archetype": "castle", "flats_count": 20}, "archetype-unknown"),
        ({"flats_count": 20}, "age-missing"),
        ({"use": "house", "built": 1970, "storeys_count": 9, "flats_count": 1}, "archetype-none"),
        ({**BASE, "storeys_count": 0}, "storeys-outside"),
        ({**BASE, "storeys_count": 4.5}, "storeys-outside"),
        ({**BASE, "storeys_count": 200}, "storeys-outside"),
        ({**BASE, "flats_count": 19.5}, "flats-whole"),
        ({**BASE, "heated_m2": 0}, "size-zero"),
        ({**BASE, "storey_height_m": 27}, "height-outside"),
        ({**BASE, "azimuth_degrees": 361}, "azimuth-outside"),
        ({"archetype": T744R}, "size-missing"),
        ({"archetype": T744R, "flats_count": 0}, "size-missing"),
        ({**BASE, "heated_m2": 3000, "footprint_m2": 380}, "heated-above"),
        ({**BASE, "footprint_m2": 8e9}, "footprint-huge"),
        ({**BASE, "heated_m2": 1e9}, "footprint-huge"),
        ({**BASE, "footprint_m2": 380, "perimeter_m": 60}, "perimeter-short"),
        ({**BASE, "perimeter_m": 92, "party_m": 93}, "party-above"),
    ],
)
def test_what_no_building_is(row, code):
    good = {"building": "good", **BASE}
    found, findings = read(good, {"building": "bad", **row})
    assert told(findings) == [(code, (3,))]
    assert [each.code for each in found] == ["good"]


def test_a_year_outside_its_period_is_asked_about():
    (found,), findings = read({"building": "b", **BASE, "built": 1990, "period": "1973_1982"})
    assert told(findings) == [("period-year", (2,))]
    assert found.built == 1990


def test_all_faults_of_a_row_at_once():
    row = {"building": "b", "archetype": "x", "storeys_count": 0, "heated_m2": 0}
    _, findings = read(row)
    assert [code for code, _ in told(findings)] == [
        "archetype-unknown",
        "storeys-outside",
        "size-zero",
    ]


def test_drawings_come_before_stated_sizes_and_disagreement_is_told():
    shapely = pytest.importorskip("shapely", reason="the extra 'buildings' is not installed")
    # About 76 m x 111 m at 47 degrees north.
    drawn = shapely.box(27.5, 47.0, 27.501, 47.001)
    beside = shapely.box(27.501, 47.0, 27.502, 47.001)
    buildings, findings = read(
        {"building": "a", "archetype": T744R, "footprint_m2": 380},
        {"building": "b", "archetype": T744R},
        footprints={"a": drawn, "b": beside, "ghost": drawn},
    )
    assert told(findings) == [("footprint-apart", (2,)), ("footprint-unknown", ())]
    first, second = buildings
    assert first.shape.footprint_m2 == pytest.approx(76.05 * 111.17, rel=1e-3)
    # They share the whole of a side of 111 m over five storeys of 2.55 m.
    assert first.shape.party_m2 == pytest.approx(111.17 * 12.75, rel=1e-3)
    assert second.shape.party_m2 == pytest.approx(first.shape.party_m2, rel=1e-6)


def test_overlapping_drawings_are_told():
    shapely = pytest.importorskip("shapely", reason="the extra 'buildings' is not installed")
    drawn = shapely.box(27.5, 47.0, 27.501, 47.001)
    moved = shapely.affinity.translate(drawn, 0.0005)
    listed = ({"building": "a", "archetype": T744R}, {"building": "b", "archetype": T744R})
    _, findings = read(*listed, footprints={"a": drawn, "b": moved})
    assert told(findings) == [("footprint-overlap", (2,)), ("footprint-overlap", (3,))]


SIZES = ("storeys_count", "flats_count", "storey_height_m", "heated_m2", "footprint_m2",
         "perimeter_m", "party_m", "azimuth_degrees")  # fmt: skip
NUMBER = st.none() | st.integers(0, 400) | st.floats(0, 1e7) | st.sampled_from([1e-300, 1e15])


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(archetypes())), st.fixed_dictionaries(dict.fromkeys(SIZES, NUMBER)))
def test_any_numbers_make_a_sound_building_or_a_fault(code, sizes):
    found, findings = read({"building": "b", "archetype": code, **sizes})
    assert len(found) == 1 or "error" in {each.severity for each in findings}
    for each in found:
        zone = zone_of(each, (), archetypes()[code])
        shape = each.shape
        assert shape.outer_m2 + shape.party_m2 == pytest.approx(shape.perimeter_m * shape.height_m)
        solid = sum(part.area_m2 for part in zone.elements if part.plane.tilt_deg == 90)
        glass = sum(part.area_m2 for part in zone.windows)
        assert solid + glass == pytest.approx(shape.outer_m2, abs=1e-6)
        assert min(zone.floor_m2, zone.volume_m3, shape.footprint_m2) > 0
