"""Small passwords' costs and empty counters: each test begins without failures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from vatra.web.cities.models import City
from vatra.web.people.models import User


@pytest.fixture(autouse=True)
def quick_and_empty(settings: Any, tmp_path: Path) -> Iterator[None]:
    # Counters in memory; tests/web/security has those that workers share.
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def town(db: None) -> City:
    """A city that exists as a row only: nothing of its folder is read."""
    return City.objects.create(
        slug="poiana", name="Poiana", folder="/nowhere", run_id="0", base_year=2021
    )


@pytest.fixture
def other_town(db: None) -> City:
    """Another one."""
    return City.objects.create(
        slug="valea", name="Valea", folder="/nowhere", run_id="0", base_year=2021
    )


__all__ = ["User"]
