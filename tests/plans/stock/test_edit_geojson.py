"""Properties of a drawing change alone: coordinates keep every digit and space."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vatra.plans.stock.edit_geojson import geo_text

DRAWN = b"""\xef\xbb\xbf{ "name" : "blocks", "type": "FeatureCollection",
  "features": [
    {"type": "Feature", "geometry": {"coordinates": [[[27.50, 47.10], [27.5, 47.2]]]},
     "properties": {
        "building": "n01",
        "built" : 1.965e3,
        "own": {"a": [1, 2.0]}
     }},
    {"properties": {}, "type": "Feature", "geometry": null},
    {"type": "Feature", "properties": null}
  ] }
"""


def test_values_change_in_their_place_and_new_ones_follow_the_spacing():
    after = geo_text(DRAWN).with_values(
        {(1, "built"): 1970, (1, "tenure"): "stație", (2, "built"): None}
    )
    wanted = DRAWN.decode().replace("1.965e3", "1970")
    wanted = wanted.replace("[1, 2.0]}", '[1, 2.0]},\n        "tenure": "stație"', 1)
    wanted = wanted.replace('"properties": {}', '"properties": {"built": null}')
    assert after.decode() == wanted
    assert json.loads(after.decode("utf-8-sig"))["features"][0]["properties"]["built"] == 1970


def test_a_feature_without_properties_cannot_have_a_value():
    with pytest.raises(KeyError):
        geo_text(DRAWN).with_values({(3, "built"): 1})


def test_what_is_no_collection_is_refused():
    for data in (b"[1]", b'{"type": "Feature"}'):
        with pytest.raises(ValueError):
            geo_text(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(
    st.lists(st.dictionaries(st.text(max_size=4), JSON, max_size=4), min_size=1, max_size=4),
    st.sampled_from([None, 1, 4]),
    st.data(),
)
def test_one_property_of_any_drawing(
    properties: list[dict[str, object]], indent: int | None, data: st.DataObject
):
    features = [{"type": "Feature", "properties": each, "id": 7} for each in properties]
    text = json.dumps({"type": "FeatureCollection", "features": features}, indent=indent)
    at = data.draw(st.integers(0, len(properties) - 1))
    name = data.draw(st.sampled_from([*properties[at], "new one"]))
    after = json.loads(geo_text(text.encode()).with_values({(at + 1, name): "ș"}))
    properties[at] = {**properties[at], name: "ș"}
    assert [each["properties"] for each in after["features"]] == properties
    assert geo_text(text.encode()).with_values({}) == text.encode()


def test_the_example_stays_byte_for_byte():
    data = Path("examples/iasi/buildings.geojson").read_bytes()
    assert geo_text(data).with_values({}) == data
