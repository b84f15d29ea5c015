"""Counties lie in the eight development regions."""

from __future__ import annotations

from collections import Counter

from vatra.plans.retrofit.facts import value_words
from vatra.plans.retrofit.regions import region_of, regions


def test_every_county_has_a_region_that_programmes_know():
    # 41 counties and the capital.
    assert len(regions()) == 42
    assert set(regions().values()) <= set(value_words())


def test_regions_have_the_counties_that_the_law_gives_them():
    counted = Counter(regions().values())
    assert counted == {
        "nord_est": 6, "sud_est": 6, "sud_muntenia": 7, "sud_vest_oltenia": 5,
        "vest": 4, "nord_vest": 6, "centru": 6, "bucuresti_ilfov": 2,
    }  # fmt: skip


def test_a_county_is_found_in_any_letters_and_nothing_else_is():
    assert region_of("is") == "nord_est"
    assert region_of(" CJ ") == "nord_vest"
    assert region_of("XX") is None
    assert region_of("") is None
