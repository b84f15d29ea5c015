from __future__ import annotations

from itertools import product

import pytest

from vatra.plans.retrofit import RetrofitError, default_options, factorial, one_package, sized
from vatra.plans.retrofit.named import place_of
from vatra.plans.retrofit.packages import with_panels_up_to


def test_the_factorial_holds_every_combination_once() -> None:
    packages = factorial()
    ids = [[option.id for option in each] for each in default_options().values()]
    # 4 walls x 2 x 2 x 3 windows x 2 x 2 x 5 panels x 2 batteries
    assert packages.count == 4 * 2 * 2 * 3 * 2 * 2 * 5 * 2 == 1920
    found = [tuple(packages.package(place).values()) for place in range(packages.count)]
    assert found == list(product(*ids))


def test_units_are_those_of_the_options() -> None:
    packages = one_package({"wall": "wall_eps15", "ventilation": "ventilation_recovery"})
    assert packages.count == 1
    items = ["wall_eps10", "wall_eps15", "hrv_floor", "hrv_flat", "pv"]
    assert packages.units(items).tolist() == [[0, 1, 1, 1, 0]]
    assert one_package({"pv": "pv_20"}).units(items).tolist() == [[0, 0, 0, 0, 20]]


def test_no_axis_is_the_one_package_that_does_nothing() -> None:
    nothing = one_package({})
    assert (nothing.count, nothing.package(0)) == (1, {})
    assert nothing.units(["wall_eps10"]).tolist() == [[0]]


def test_a_package_knows_what_it_touches() -> None:
    kept = one_package({"wall": "wall_kept", "pv": "pv_20", "heat": "heat_kept"})
    assert not kept.touches(["wall", "roof"])[0]
    assert kept.touches(["pv"])[0]
    envelope = ["wall", "roof", "basement"]
    for axis, option in {"wall": "wall_eps10", "basement": "basement_xps10"}.items():
        bare = {"wall": "wall_kept", "roof": "roof_kept", "basement": "basement_kept"}
        assert one_package({**bare, axis: option}).touches(envelope)[0]
        assert not one_package(bare).touches(envelope)[0]
    assert kept.heat_carriers().tolist() == ["kept"]
    assert (kept.amounts("pv")[0], kept.amounts("battery")[0]) == (20, 0)
    assert one_package({"heat": "heat_pump_air"}).heat_carriers().tolist() == ["electricity"]


def test_panels_come_in_any_size() -> None:
    option = sized(default_options()["pv"][1], 37.5)
    assert (option.id, option.amount) == ("pv_37.5", 37.5)
    assert (option.name.en, option.name.ro) == ("Panels of 37.5 kWp", "Panouri de 37.5 kWp")
    with pytest.raises(ValueError, match="wall_eps10 has no amount"):
        sized(default_options()["wall"][1], 2)


def test_faults_name_what_there_is() -> None:
    with pytest.raises(RetrofitError, match="wall_eps9.*wall_eps10"):
        one_package({"wall": "wall_eps9"})
    with pytest.raises(RetrofitError, match="garden, lift.*ventilation"):
        one_package({"lift": "new", "garden": "new", "wall": "wall_kept"})
    many = [sized(default_options()["pv"][1], each) for each in range(1, 2000)]
    with pytest.raises(RetrofitError, match="packages are more than 1,000,000"):
        factorial({**default_options(), "pv": many, "battery": many})


@pytest.mark.parametrize(
    ("most_kwp", "panels"),
    [
        (0.4, ["pv_none"]),
        (7.9, ["pv_none", "pv_7"]),
        (10.0, ["pv_none", "pv_10"]),
        (17.1, ["pv_none", "pv_10", "pv_17"]),
        (40.0, ["pv_none", "pv_10", "pv_20", "pv_30", "pv_40"]),
    ],
)
def test_a_roof_holds_what_it_holds(most_kwp: float, panels: list[str]) -> None:
    options = with_panels_up_to(default_options(), most_kwp)
    assert [each.id for each in options["pv"]] == panels
    assert max(each.amount for each in options["pv"]) <= most_kwp
    packages = factorial({"wall": options["wall"], "pv": options["pv"]})
    # More than the roof holds is as many as it holds; what it holds stays what it is.
    at = place_of(packages, {"wall": "wall_eps10", "pv": "pv_40"})
    assert at is not None
    assert packages.package(at) == {"wall": "wall_eps10", "pv": panels[-1]}
    assert place_of(packages, {"wall": "wall_glass", "pv": "pv_40"}) is None
