"""What every test may ask for. Django is made ready in ``tests/web``, not here, so that the science
tests run where it is not installed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from scripts.browser import LAUNCH_ARGS, find_browser, node

if TYPE_CHECKING:
    from playwright.sync_api import Browser


# A busy machine is slow and not wrong: no example has a deadline. What CI asks a hundred times
# is asked forty times by hand, unless a test says how often.
settings.register_profile("ci", deadline=None)
settings.register_profile("hand", deadline=None, max_examples=40)
settings.load_profile("ci" if os.environ.get("CI") else "hand")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--brief",
        action="store_true",
        help="only the first test of each file and those marked science",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--brief"):
        _keep_brief(config, items)
    asked = os.environ.get("CI") or os.environ.get("SLOW") or "slow" in config.option.markexpr
    if asked:
        # The longest first: they would otherwise run alone at the end, on one core of two.
        items.sort(key=lambda item: item.get_closest_marker("slow") is None)
        return
    skip = pytest.mark.skip(reason="slow: runs in CI and with make test SLOW=1")
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(skip)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Take away the small disks of workers that were ended in the middle of a test, and of runs
    that were: a folder that is a disk cannot be removed."""
    mounts = Path("/proc/mounts")
    if hasattr(session.config, "workerinput") or not mounts.exists() or os.geteuid() != 0:
        return
    own = session.config._tmp_path_factory.getbasetemp()
    ended = (f"{own}/", f"{own.parent}/garbage-")
    for line in mounts.read_text(encoding="utf-8").splitlines():
        place = line.split()[1]
        if place.startswith(ended):
            subprocess.run(["umount", "-l", place], check=False)


def _keep_brief(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The first test of a file imports all that the file needs and makes its fixtures."""
    first = {}
    for item in items:
        if not item.get_closest_marker("slow"):
            first.setdefault(item.path, item)
    kept = {i for i in items if first.get(i.path) is i or i.get_closest_marker("science")}
    config.hook.pytest_deselected(items=[each for each in items if each not in kept])
    items[:] = [each for each in items if each in kept]


@pytest.fixture(scope="session")
def django_db_use_migrations() -> bool:
    """Tables come straight from the models: a new database in a tenth of the time."""
    return False


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the workers of a run keep rendered files for each other."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "rendered"
    shared.mkdir(exist_ok=True)
    return shared


@pytest.fixture
def rendered_once(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A contract that was rendered before in this run is not rendered again."""
    # Not at the top: most tests need none of it.
    from tests.rendered import once
    from vatra.contract.render import files

    monkeypatch.setattr(files, "rendered", once(shelf))


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
