"""The packages that a quarter chooses from."""

from __future__ import annotations

import pytest

from vatra.plans.quarter import kept_place, package_code, packages_of, quarter_packages


def test_the_packages_differ_and_the_first_changes_nothing() -> None:
    packages = quarter_packages()
    codes = [package_code(packages, place) for place in range(packages.count)]
    # (4 sets + 3 whole ones x 2 of ventilation) x 2 sources of heat x 3 sizes of panels
    assert packages.count == (4 + 3 * 2) * 2 * 3 == len(set(codes))
    assert codes[0] == "kept" and kept_place(packages) == 0
    assert "wall_eps10+roof_xps12+basement_xps10+window_u11" in codes


def test_packages_come_back_from_their_options() -> None:
    packages = quarter_packages()
    rows = [packages.package(place) for place in range(packages.count)]
    assert packages_of(rows).chosen.tolist() == packages.chosen.tolist()
    assert package_code(packages_of([{"windows": "window_u09"}]), 0) == "window_u09"
    assert kept_place(packages_of([{"windows": "window_u09"}])) is None


def test_an_option_that_does_not_exist_is_named() -> None:
    with pytest.raises(KeyError, match="gold"):
        packages_of([{"windows": "gold"}])
