"""Footprints: what is read, and every way a drawing may be wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vatra.sources import Limits
from vatra.sources.geojson import Footprints, read_footprints
from vatra.tables import tables
from vatra.words import LANGUAGES

pytest.importorskip("shapely", reason="the extra 'buildings' is not installed")
X, Y = 27.58, 47.16
SQUARE = [[X, Y], [X + 0.001, Y], [X + 0.001, Y + 0.001], [X, Y + 0.001], [X, Y]]


def feature(building: Any = "b1", ring: Any = SQUARE, **properties: Any) -> dict[str, Any]:
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {
        "type": "Feature",
        "properties": {"building": building, **properties},
        "geometry": geometry,
    }


def read(folder: Path, *features: Any, **more: Any) -> Footprints:
    collection = {"type": "FeatureCollection", "features": list(features), **more}
    return read_text(folder, json.dumps(collection))


def read_text(folder: Path, text: str | bytes, limits: Limits | None = None) -> Footprints:
    path = folder / "buildings.geojson"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found = read_footprints(path, tables()["buildings"], limits or Limits())
    for each in found.raw.findings:
        for lang in LANGUAGES:
            assert each.message(lang)
    return found


def codes(found: Footprints) -> list[tuple[str, tuple[int, ...]]]:
    return [(each.code.removeprefix("sources.geojson-"), each.lines) for each in found.raw.findings]


def test_a_drawing_gives_polygons_and_the_rows_of_its_buildings(tmp_path):
    found = read(
        tmp_path,
        feature("Bloc 12", niveluri=5, flats_count=20, perioada="1973_1982", colour="red"),
        feature("b2", [[x + 0.01, y] for x, y in SQUARE], built=1980),
    )
    assert codes(found) == []
    assert sorted(found.polygons) == ["b2", "bloc_12"]
    assert found.raw.frame.to_dicts() == [
        {"building": "Bloc 12", "built": None, "flats_count": "20", "line": 1},
        {"building": "b2", "built": "1980", "flats_count": None, "line": 2},
    ]
    # JSON numbers have a decimal point in any country.
    assert found.raw.numbers["flats_count"] == "plain"
    assert found.polygons["b2"].area == pytest.approx(1e-6)
    assert len(found.raw.evidence_id) == 64


def test_the_id_of_a_feature_may_name_the_building(tmp_path):
    given = feature()
    del given["properties"]["building"]
    assert sorted(read(tmp_path, {**given, "id": 7}).polygons) == ["7"]
    assert codes(read(tmp_path, given)) == [("building-missing", (1,))]


def test_a_court_stays_a_court_and_parts_stay_together(tmp_path):
    hole = [[X + 0.0002, Y + 0.0002], [X + 0.0004, Y + 0.0002], [X + 0.0004, Y + 0.0004]]
    given = feature()
    given["geometry"]["coordinates"].append([*hole, hole[0]])
    assert read(tmp_path, given).polygons["b1"].area == pytest.approx(1e-6 - 2e-8)
    far = [[x + 0.01, y] for x, y in SQUARE]
    given["geometry"] = {"type": "MultiPolygon", "coordinates": [[SQUARE], [far]]}
    assert read(tmp_path, given).polygons["b1"].area == pytest.approx(2e-6)


def test_a_ring_the_wrong_way_round_is_turned_and_told(tmp_path):
    found = read(tmp_path, feature(ring=SQUARE[::-1]))
    assert codes(found) == [("ring-order", (1,))]
    assert found.raw.ok
    assert found.polygons["b1"].exterior.is_ccw


BOWTIE = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]]
LINE = [[X, Y], [X + 0.001, Y], [X, Y], [X, Y]]


@pytest.mark.parametrize(
    ("ring", "code"),
    [
        (BOWTIE, "crossing"),
        (SQUARE[:-1], "ring-open"),
        (SQUARE[:2], "ring-short"),
        ([[y, x] for x, y in SQUARE], "swapped"),
        ([[600_000 + x, 500_000 + y] for x, y in SQUARE], "metres"),
        ([["a", 1]] * 4, "coordinates"),
        ([[1]] * 4, "coordinates"),
        ("abcd", "coordinates"),
        (LINE, "crossing"),
        ([[X + (x - X) * 1e-6, Y + (y - Y) * 1e-6] for x, y in SQUARE], "area"),
    ],
)
def test_a_wrong_drawing_is_named_by_its_feature(tmp_path, ring, code):
    found = read(tmp_path, feature("good"), feature("bad", ring))
    assert codes(found) == [(code, (2,))]
    assert not found.raw.ok
    assert list(found.polygons) == ["good"]


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        (None, "geometry-missing"),
        ({"type": "Point", "coordinates": [X, Y]}, "geometry-kind"),
        ({"type": "Polygon", "coordinates": []}, "coordinates"),
        ({"type": "Polygon"}, "coordinates"),
    ],
)
def test_what_is_no_footprint(tmp_path, geometry, code):
    assert codes(read(tmp_path, {**feature(), "geometry": geometry})) == [(code, (1,))]


def test_all_faults_of_a_file_come_at_once_each_with_all_its_features(tmp_path):
    swapped = [[y, x] for x, y in SQUARE]
    found = read(tmp_path, feature("a", swapped), feature("b"), feature("c", swapped), feature("b"))
    assert codes(found) == [("swapped", (1, 3)), ("building-twice", (4,))]


def test_a_building_in_another_country_is_asked_about(tmp_path):
    away = [[x - 10, y] for x, y in SQUARE]
    near = [[x + 0.01, y] for x, y in SQUARE]
    found = read(tmp_path, feature("a"), feature("b", near), feature("c", away))
    (finding,) = found.raw.findings
    assert finding.code == "sources.geojson-far"
    assert finding.params == {"building": "c", "count": 1}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "geojson-syntax"),
        ("[" * 100_000, "geojson-syntax"),
        ('{"type": "FeatureCollection", "features": [NaN]}', "geojson-syntax"),
        ("[1]", "geojson-kind"),
        ('{"type": "Polygon"}', "geojson-kind"),
        ('{"type": "FeatureCollection", "features": []}', "geojson-empty"),
        ('{"type": "FeatureCollection", "features": 3}', "geojson-empty"),
        ("", "file-empty"),
    ],
)
def test_a_file_that_is_no_layer(tmp_path, text, code):
    (finding,) = read_text(tmp_path, text).raw.findings
    assert finding.code == f"sources.{code}"


def test_a_national_grid_is_refused_by_its_name(tmp_path):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3844"}}
    assert codes(read(tmp_path, feature(), crs=crs)) == [("crs", ())]
    crs["properties"]["name"] = "urn:ogc:def:crs:OGC:1.3:CRS84"
    assert codes(read(tmp_path, feature(), crs=crs)) == []


def test_a_file_beyond_the_limit_is_not_opened(tmp_path):
    found = read_text(tmp_path, " " * 2_000, Limits(max_bytes=1_000))
    assert [each.code for each in found.raw.findings] == ["sources.file-too-large"]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["properties", "geometry", "ring", "all"]), ANYTHING)
def test_nothing_in_a_file_raises(tmp_path_factory, place, value):
    given = feature()
    if place == "ring":
        given["geometry"]["coordinates"] = value
    elif place != "all":
        given[place] = value
    read(tmp_path_factory.mktemp("any"), value if place == "all" else given)
