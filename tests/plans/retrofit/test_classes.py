from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from vatra.plans.retrofit import RetrofitError, co2_class, energy_class
from vatra.plans.retrofit.classes import LETTERS, class_indices, scale, scales

DAY = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("kwh", "expected"),
    [(0, "A+"), (60, "A+"), (60.1, "A"), (84, "A"), (168, "B"), (260, "C"), (261, "D"),
     (440, "E"), (528, "F"), (528.1, "G"), (2000, "G")],
)  # fmt: skip
def test_a_class_reaches_up_to_its_limit(kwh: float, expected: str) -> None:
    assert energy_class(kwh, "block", DAY) == expected


def test_kinds_of_building_have_their_own_limits() -> None:
    # 100 kWh/m2: above 84 of a block, above 73 and below 101 of a cooled one, below 110 of a house.
    kinds = ["block", "block_cooled", "house"]
    assert [energy_class(100, kind, DAY) for kind in kinds] == ["B", "A", "A"]
    # A cooled house: above 91 and below 129.
    assert energy_class(100, "house_cooled", DAY) == "A"
    assert co2_class(46, "house", DAY) == "C"


def test_carbon_has_a_class_of_its_own() -> None:
    assert [co2_class(kg, "block", DAY) for kg in (12.7, 34.6, 35, 105)] == ["A+", "B", "C", "G"]


def test_many_values_get_the_class_of_each() -> None:
    values = np.linspace(0, 700, 1401)
    found = class_indices(values, scale("block", DAY))
    assert [LETTERS[each] for each in found] == [energy_class(v, "block", DAY) for v in values]


def test_no_scale_is_a_fault_that_names_those_there_are() -> None:
    with pytest.raises(RetrofitError, match="block, block_cooled, house, house_cooled") as fault:
        energy_class(100, "school", DAY)
    assert fault.value.code == "plans.retrofit.no-scale"
    with pytest.raises(RetrofitError, match="Scales exist for block, house"):
        co2_class(10, "house_cooled", DAY)


def test_the_methodology_does_not_reach_back_before_its_order() -> None:
    with pytest.raises(RetrofitError, match="2022-12-31"):
        energy_class(100, "block", date(2022, 12, 31))


def test_what_is_not_known_has_no_class() -> None:
    with pytest.raises(RetrofitError, match="1 values are not known"):
        class_indices(np.array([50.0, np.nan]), scale("block", DAY))


def test_every_scale_says_that_it_must_be_verified() -> None:
    assert len(scales()) == 6
    assert all("to verify" in each.origin.doubt and each.origin.source for each in scales())
