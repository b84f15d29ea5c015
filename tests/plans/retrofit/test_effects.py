"""What packages do to the physics, and packages by name."""

from __future__ import annotations

import numpy as np
import pytest

from vatra.plans.retrofit import RetrofitError, changes, distinct_states, factorial, one_package
from vatra.plans.retrofit.effects import effects
from vatra.plans.retrofit.named import (
    KEPT_NAME,
    named,
    named_packages,
    options_of,
    place_of,
)
from vatra.plans.retrofit.packages import default_options


def test_insulation_is_thickness_over_conductivity() -> None:
    found = changes(one_package({"wall": "wall_eps10", "roof": "roof_xps12"}))
    # 0.10 / 0.040 and 0.12 / 0.036 m2K/W
    assert found.added_m2k_w("wall") == pytest.approx([2.5])
    assert found.added_m2k_w("roof") == pytest.approx([3.333], abs=1e-3)
    assert found.added_m2k_w("floor") == pytest.approx([0.0])
    # U 0.70 becomes 1 / (1 / 0.70 + 2.5) = 0.2545: below the 0.33 of a major renovation.
    assert pytest.approx(0.2545, abs=1e-4) == 1 / (1 / 0.70 + 2.5)


def test_what_no_option_touches_stays() -> None:
    found = changes(one_package({"heat": "heat_pump_air", "pv": "pv_20"}))
    assert np.isnan(found.window_u_w_m2k).all() and np.isnan(found.air_change_per_h).all()
    assert (found.bridge("joints_along") == 1).all() and (found.bridge("anything") == 1).all()


def test_windows_alone_leave_joints_and_insulation_covers_them() -> None:
    windows = changes(one_package({"windows": "window_u11"}))
    assert windows.window_u_w_m2k == pytest.approx([1.1])
    assert windows.bridge("joints_along") == pytest.approx([1.0])
    walls = changes(one_package({"wall": "wall_eps15"}))
    assert walls.bridge("joints_along") == pytest.approx([0.14])
    assert 0 < walls.bridge("balconies")[0] < 1


def test_states_that_differ_are_few_and_the_last_is_as_it_stands() -> None:
    packages = factorial()
    states, place = distinct_states(packages)
    # walls x roof x basement x windows x ventilation = 4 x 2 x 2 x 3 x 2, and as it stands
    assert states.count == 96 + 1
    assert place.shape == (packages.count,) and place.max() < 96
    every, last = changes(packages), states.take([states.count - 1])
    for name, values in every.arrays().items():
        assert states.take(place).arrays()[name] == pytest.approx(values, nan_ok=True)
    assert last.added_m2k_w("wall") == 0 and np.isnan(last.window_u_w_m2k)


def test_every_effect_is_of_an_option_and_every_option_that_builds_has_one() -> None:
    built = {
        option.id
        for axis in ("wall", "roof", "basement", "windows", "ventilation")
        for option in default_options()[axis]
        if option.items
    }
    assert set(effects()) == built
    for each in effects().values():
        assert all(effect.low <= effect.value <= effect.high for effect in each)


def test_named_packages_stand_in_the_factorial_once() -> None:
    packages = factorial()
    places = [place_of(packages, each.options) for each in named().values()]
    assert None not in places and len(set(places)) == len(places)
    assert next(iter(named())) == KEPT_NAME
    for place, each in enumerate(named().values()):
        assert named_packages().package(place) == dict(each.options)


def test_a_package_as_people_type_it() -> None:
    assert options_of("wall_eps10 + window_u11") == {"wall": "wall_eps10", "windows": "window_u11"}
    assert options_of("deep") == named()["deep"].options
    with pytest.raises(RetrofitError, match="no package or option 'gold'"):
        options_of("gold")
    with pytest.raises(RetrofitError, match="several options for wall"):
        options_of("wall_eps10+wall_eps15")


def test_a_package_that_was_not_weighed_has_no_place() -> None:
    few = one_package({"wall": "wall_eps10"})
    assert place_of(few, {"wall": "wall_eps15"}) is None
    assert place_of(few, {"wall": "wall_eps10", "roof": "roof_kept"}) == 0
