"""Every parameter that is shipped: whole, in its interval, in the unit its method reckons with."""

from __future__ import annotations

import math
from collections import Counter, defaultdict

import pytest

from vatra.factors import Parameter, known_parameter_sets, open_parameters
from vatra.factors.parameters import shipped_parameters
from vatra.words import LANGUAGES, has, say

ALL = shipped_parameters()
SHARES = ("share", "t/t", "kg/kg", "m3/m3")
# Ratios of masses that are no part of a whole: a tonne of product gives more than one of CO2.
RATIOS = ("industrial_process.", "industrial_correction")


def test_a_row_is_whole():
    bare = [each.parameter_id for each in ALL if not (each.unit and each.source and each.name)]
    assert bare == []
    assert all(math.isfinite(each.value) for each in ALL)


def test_the_value_lies_in_its_interval():
    outside = [
        each.parameter_id
        for each in ALL
        if (each.low is not None and each.low > each.value)
        or (each.high is not None and each.high < each.value)
    ]
    assert outside == []
    half = [each.parameter_id for each in ALL if (each.low is None) != (each.high is None)]
    assert half == []


def test_nothing_stands_twice():
    counted = Counter((each.set, each.name, each.key, each.year_from) for each in ALL)
    assert [place for place, times in counted.items() if times > 1] == []


def test_no_parameter_is_negative():
    below = {each.name for each in ALL if each.value < 0 or (each.low or 0) < 0}
    assert below == set()


def test_shares_are_at_most_a_whole():
    above = [
        each.parameter_id
        for each in ALL
        if each.unit in SHARES
        and not each.name.startswith(RATIOS)
        and max(each.value, each.high or 0) > 1
    ]  # fmt: skip
    # Factors of soil relative to native soil, and roots relative to what grows above.
    relative = ("land.soil_", "land.root_ratio")
    assert [each for each in above if not each.split("/")[1].startswith(relative)] == []


def test_a_parameter_has_one_unit():
    units = defaultdict(set)
    for each in ALL:
        units[each.name].add(each.unit)
    # Fuel of a vehicle is given as each source gives it; the method reads the unit.
    mixed = {name for name, found in units.items() if len(found) > 1}
    assert mixed <= {"road.consumption", "off_road.consumption", *_BY_GAS}


# A process may be counted by mass or by the area of its substrate.
_BY_GAS = {each.name for each in ALL if each.name.startswith("industrial_process.")}


@pytest.mark.parametrize("name", sorted({each.set for each in ALL}))
def test_a_set_has_a_name_in_both_languages(name):
    assert name in known_parameter_sets()
    assert all(
        has(f"factors.set-{name}") and say(f"factors.set-{name}", lang) for lang in LANGUAGES
    )


def _of(name: str, set_: str = "ipcc_2006") -> dict[str, float]:
    return {each.key: each.value for each in ALL if (each.set, each.name) == (set_, name)}


def test_parts_of_a_whole_add_up():
    shares: defaultdict[str, float] = defaultdict(float)
    for key, value in _of("refrigerants.share", "ashrae_34").items():
        shares[key.partition("/")[0]] += value
    for key, value in _of("livestock.system", "ipcc_2019").items():
        shares[key.partition("/")[0]] += value
    assert len(shares) > 40
    assert shares == pytest.approx(dict.fromkeys(shares, 1))


def test_wet_and_dry_waste_agree():
    # The guidelines take 60 % moisture: wet values are 0.4 of dry ones.
    for name in ("biological.ef_ch4", "biological.ef_n2o"):
        found = _of(name)
        for process in ("compost", "digestion"):
            assert found[f"{process}/wet"] == pytest.approx(0.4 * found[f"{process}/dry"])


def test_fuel_of_a_landing_is_burnt_to_its_carbon():
    # 3.15 kg of CO2 a kilogram of jet kerosene, as the table rounds both to two or three digits
    fuel, gas = _of("aviation.lto_fuel"), _of("aviation.lto_co2")
    assert set(fuel) == set(gas)
    assert {each: gas[each] / fuel[each] for each in fuel} == pytest.approx(
        dict.fromkeys(fuel, 3.15), rel=0.025
    )


def test_the_order_of_sets_decides_and_is_remembered_by_book():
    own = Parameter("local", "landfill.docf", "food", 0.55, "t/t", "test")
    plain, asked = open_parameters(), open_parameters(("ipcc_2019",), [own])
    for _ in range(2):
        assert plain.need("landfill.docf", "food").value == 0.5
        assert asked.need("landfill.docf", "food").set == "local"
        assert asked.need("landfill.docf", "wood").value == 0.1
        assert plain.find("landfill.docf", "stone") is None
