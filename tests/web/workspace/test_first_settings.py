"""What a new city begins with: usual values, and the factors of its grid marked as unchecked."""

from __future__ import annotations

import yaml

from vatra.sources.city_yaml import parse_city
from vatra.web.workspace.actions_start import first_settings

GIVEN = {"name": "Poiana", "code": "poiana", "target_year": 2030, "source": "x"}


def test_a_new_city_says_that_nobody_chose_its_set() -> None:
    city, findings = parse_city(first_settings({**GIVEN, "base_year": 2021}))
    assert city is not None
    assert city.factor_sets == ("local", "ipcc_2006", "ro_aib_production")
    assert [each.code for each in findings] == ["sources.city-by-default"]


def test_nothing_is_filled_in_where_no_set_knows_the_year_or_one_was_given() -> None:
    for values in ({"base_year": 2023}, {"base_year": 2021, "factor_sets": ["local"]}):
        written = yaml.safe_load(first_settings({**GIVEN, **values}))
        assert "by_default" not in written
        assert "ro_aib_production" not in written["factor_sets"]
