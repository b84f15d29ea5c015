import hashlib

import pytest

from vatra.contract import canonical, digest, pretty


def test_keys_are_sorted_and_text_stays_text():
    assert canonical({"b": 1, "a": "ș"}) == '{"a":"ș","b":1}'.encode()


def test_digest_is_sha256_of_the_canonical_text():
    # echo -n '{"a":1}' | sha256sum
    assert digest({"a": 1}) == hashlib.sha256(b'{"a":1}').hexdigest()
    assert digest({"a": 1}).startswith("015abd7f")


def test_a_float_is_refused_by_its_path():
    with pytest.raises(TypeError, match=r"'cells\[0\]\.co2e_mg' is a float"):
        canonical({"cells": [{"co2e_mg": 1.0}]})


def test_pretty_holds_the_same_content_and_ends_with_a_line_end():
    assert pretty({"a": [1, 2]}).decode() == '{\n "a": [\n  1,\n  2\n ]\n}\n'
