"""A city with a small pack, and people who work on it, as in the tests of its versions."""

from __future__ import annotations

import pytest

from tests.web.people.cast import person
from tests.web.workspace.conftest import ana, first, ion, own_data, poiana
from vatra.web.cities.models import City
from vatra.web.people.models import User
from vatra.web.workspace.actions_start import do_start_city

__all__ = ["ana", "first", "ion", "own_data", "poiana"]


@pytest.fixture
def rada(db: None) -> User:
    """Who runs the installation."""
    return person("rada", proved=True, is_installation_administrator=True)


@pytest.fixture
def gol(rada: User) -> City:
    """A city that has a name and nothing else."""
    values = {"name": "Gol", "code": "gol", "base_year": 2021, "target_year": 2035, "source": "x"}
    return do_start_city(values=values, actor=rada)
