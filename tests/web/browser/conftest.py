"""A site with two cities in a real browser; whatever the browser complains of fails the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from vatra.web.contracts.actions import do_register_folder

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

Open = Callable[..., "Page"]
CLUJ = "/ro/cities/cluj-napoca/"


@pytest.fixture
def site(live_server: LiveServer, cluj_folder: Path, hostile_folder: Path) -> str:
    """Address of a server that shows both cities."""
    for folder in (cluj_folder, hostile_folder):
        do_register_folder(folder=folder, actor="test")
    return str(live_server.url)


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Open]:
    """Open an address: ``open_page("/ro/", width=360, theme="dark", scripts=False)``.

    Errors on the console, refused by the page's policy or thrown, fail the test at its end.
    """
    complaints: list[str] = []
    contexts = []

    def start(
        url: str, *, width: int = 1280, theme: Any = "light", scripts: bool = True, **more: Any
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=theme,
            java_script_enabled=scripts,
            reduced_motion=more.pop("motion", "reduce"),
            **more,
        )
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda said: (
                complaints.append(f"{url}: {said.text}")
                if said.type in ("error", "warning")
                else None
            ),
        )
        page.on("pageerror", lambda error: complaints.append(f"{url}: {error}"))
        page.on(
            "requestfailed",
            lambda asked: (  # what the page itself left behind on its way to the next is no fault
                complaints.append(f"{url}: {asked.url} failed: {asked.failure}")
                if asked.failure != "net::ERR_ABORTED"
                else None
            ),
        )
        page.goto(site + url, wait_until="load")
        return page

    yield start
    for context in contexts:
        context.close()
    assert complaints == []
