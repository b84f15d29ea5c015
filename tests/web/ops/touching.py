"""A plugin that keeps the tests which touch the database: to others it is all the same."""

from __future__ import annotations

import pytest

FIXTURES = {"db", "transactional_db", "django_db_reset_sequences"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    kept = [item for item in items if touches(item)]
    config.hook.pytest_deselected(items=[item for item in items if not touches(item)])
    items[:] = kept


def touches(item: pytest.Item) -> bool:
    """Whether the test asks for the database, itself or through what it asks for."""
    asked = set(getattr(item, "fixturenames", ()))
    return bool(asked & FIXTURES) or item.get_closest_marker("django_db") is not None
