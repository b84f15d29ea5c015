"""Poiana's world; the counters are those that workers share."""

from __future__ import annotations

import pytest

from tests.web.site.walking import poiana, walk
from vatra.web.cities.models import City

__all__ = ["poiana", "walk"]


@pytest.fixture
def town(db: None) -> City:
    """A city that exists as a row only."""
    return City.objects.create(
        slug="poiana", name="Poiana", folder="/nowhere", run_id="0", base_year=2021
    )
