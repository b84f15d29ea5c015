from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from vatra.factors import Parameter, fuel_size, open_parameters
from vatra.factors.driving import Driving

ROW = {"line": 2, "vehicle": "car", "carrier": "diesel"}
BLANK = {"consumption_parameter": None, "consumption_unit": None}


def need(row: Mapping[str, Any], name: str, key: str) -> Parameter | None:
    return open_parameters().find(name, key)


def test_the_row_comes_before_the_default():
    own = ROW | {"consumption_parameter": 50, "consumption_unit": "g/km"}
    # 0.05 kg x 43 MJ/kg / 3,600 = 0.000597222 MWh
    found = Driving(fuel_size, need).of(own)
    assert found is not None
    assert found[0] == pytest.approx(0.000597222, rel=1e-5)
    assert found[1] == ()


def test_the_default_of_the_vehicle_and_the_carrier():
    # 0.06 kg x 43 MJ/kg / 3,600 = 0.000716667 MWh
    found = Driving(fuel_size, need).of(ROW | BLANK)
    assert found is not None
    assert found[0] == pytest.approx(0.000716667, rel=1e-5)
    assert [each.parameter_id for each in found[1]] == ["emep_eea_2019/road.consumption/car/diesel"]


def test_what_is_missing_is_left_to_who_asked():
    driving = Driving(fuel_size, need)
    assert driving.of(ROW | BLANK | {"carrier": "hydrogen"}) is None
    assert list(driving.unfit()) == []


def test_units_that_do_not_fit_are_noted_by_carrier_and_unit():
    driving = Driving(fuel_size, need)
    litres = {"consumption_parameter": 7, "consumption_unit": "l/100 km"}
    assert driving.of(ROW | litres | {"carrier": "electricity", "line": 7}) is None
    assert driving.of(ROW | litres | {"carrier": "electricity", "line": 3}) is None
    assert driving.of(ROW | {"consumption_parameter": 7, "consumption_unit": None}) is None
    assert list(driving.unfit()) == [([2], "diesel", "–"), ([3, 7], "electricity", "l/100 km")]


def test_every_default_can_be_counted():
    driving = Driving(fuel_size, need)
    for row in open_parameters().rows:
        if row.name == "road.consumption":
            vehicle, carrier = row.key.split("/")
            assert driving.of(ROW | BLANK | {"vehicle": vehicle, "carrier": carrier}), row.key


def test_a_newer_edition_is_taken_where_it_is_asked_for_first():
    newer = open_parameters(("emep_eea_2023",))
    found = Driving(fuel_size, lambda row, name, key: newer.find(name, key)).of(ROW | BLANK)
    assert found is not None
    assert [each.parameter_id for each in found[1]] == ["emep_eea_2023/road.consumption/car/diesel"]
