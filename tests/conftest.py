"""What every test may ask for. Django is made ready in ``tests/web``, not here, so that the science
tests run where it is not installed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from scripts.browser import LAUNCH_ARGS, find_browser, node

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    asked = os.environ.get("CI") or os.environ.get("SLOW") or "slow" in config.option.markexpr
    if asked:
        # The longest first: they would otherwise run alone at the end, on one core of two.
        items.sort(key=lambda item: item.get_closest_marker("slow") is None)
        return
    skip = pytest.mark.skip(reason="slow: runs in CI and with make test SLOW=1")
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def django_db_use_migrations() -> bool:
    """Tables come straight from the models: a new database in a tenth of the time."""
    return False


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium for the whole session; each test opens its own context in it."""
    path = find_browser()
    if path is None:
        say = pytest.fail if os.environ.get("CI") else pytest.skip
        say("no Chromium: python scripts/browser.py --install")
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(node()))
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(LAUNCH_ARGS))
        yield started
        started.close()
