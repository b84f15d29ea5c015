"""Which set a new city may begin with: by its country and its base year, never another figure."""

from __future__ import annotations

import pytest

from vatra.factors import grid_set, shipped


@pytest.mark.parametrize(
    ("country", "year", "name"),
    [
        ("RO", 2015, "ro_eea"),
        ("RO", 2016, "ro_aib_production"),
        ("RO", 2022, "ro_aib_production"),
        # Known for 2023 is only the life cycle, which is no figure by location.
        ("RO", 2023, None),
        ("RO", 2014, None),
        ("BG", 2021, None),
    ],
)
def test_the_set_knows_the_year_and_counts_the_plants_alone(
    country: str, year: int, name: str | None
) -> None:
    assert grid_set(country, year) == name
    if name is not None:
        (factor,) = [
            each
            for each in shipped()
            if each.set == name and each.carrier == "electricity" and each.holds_in(year)
        ]
        assert factor.gas == "CO2" and factor.source
