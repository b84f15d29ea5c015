"""Every page of every app in a real browser, by role: axe in every look, keyboard, no scripts.

Some hundred and twenty pages, one browser page for each role: three to five minutes.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client

from tests.web.axe import faults_in_every_look
from tests.web.people.cast import as_person
from tests.web.people.rights import World
from tests.web.site.collected import RIGHTS, things
from tests.web.site.looking import (
    faults_after_swaps,
    faults_by_keyboard,
    faults_without_scripts,
)
from tests.web.site.poiana import make_world

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# Between them they open every page: what the public reads, what a city's people read, the rest.
ROLES = ("visitor", "climate_lead", "administrator", "runner")
# Words of names of addresses, to look at some of them by hand: PAGES="people: jobs:".
ONLY = tuple(os.environ.get("PAGES", "").split())


@pytest.fixture
def world(
    live_server: LiveServer, poiana: Path, settings: Any, tmp_path: Path
) -> tuple[World, dict[str, object]]:
    # What one walk froze and sealed is no business of the next one's.
    settings.DATA = tmp_path / "data"
    made = make_world(poiana)
    return made, things(made)


def enter(world: World, who: str) -> Client:
    """A client of the role, who has just said the password."""
    if who == "visitor":
        return Client()
    client = as_person(world.people[who])
    session = client.session
    said = {"method": "password", "at": time.time(), "email": world.people[who].email}
    # As allauth keeps it: pages that ask for the password once more open at once.
    session["account_authentication_methods"] = [said]
    session["account_authentication_methods_user"] = str(world.people[who].pk)
    session.save()
    return client


def pages(client: Client, who: str, names: dict[str, object]) -> Iterator[tuple[str, str]]:
    """Name and address of every page that the role opens and none of those before it."""
    before = {*ROLES[: ROLES.index(who)]}
    for name, right in RIGHTS.items():
        if who not in right.readers or "GET" not in right.methods:
            continue
        if right.readers & before or (ONLY and not name.startswith(ONLY)):
            continue
        url = right.url.format(lang="ro", **names)
        response = client.get(url)
        response.close()
        # A part of a page is looked at in its page.
        is_page = response.status_code == 200 and not response.streaming
        if is_page and b"<html" in response.content[:500]:
            yield name, url


@contextmanager
def opened(browser: Browser, client: Client, site: str, *, scripts: bool) -> Iterator[Page]:
    """One page of a client's, which goes from address to address."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800},
        color_scheme="light",
        java_script_enabled=scripts,
        reduced_motion="reduce",
    )
    if kept := client.cookies.get(settings.SESSION_COOKIE_NAME):
        context.add_cookies([{"name": kept.key, "value": kept.value, "url": site}])
    yield context.new_page()
    context.close()


def look(name: str, page: Page) -> Iterator[str]:
    """All that is wrong with a page that was just opened on a desk, in light."""
    if page.locator("[hx-trigger^=load]").count():
        page.wait_for_load_state("networkidle")
    yield from faults_by_keyboard(page)
    for where, wrong in faults_in_every_look(page).items():
        yield from (f"{where}: {each}" for each in [wrong] if each)
    yield from faults_after_swaps(name, page)
    page.set_viewport_size({"width": 1280, "height": 800})


@pytest.mark.parametrize("who", ROLES)
def test_every_page_is_read_and_used_by_everybody(
    browser: Browser, live_server: LiveServer, world: tuple[World, dict[str, object]], who: str
) -> None:
    made, names = world
    client = enter(made, who)
    found, seen = [], 0
    with (
        opened(browser, client, live_server.url, scripts=True) as page,
        opened(browser, client, live_server.url, scripts=False) as plain,
    ):
        for name, url in pages(client, who, names):
            plain.goto(live_server.url + url)
            wrong = [*faults_without_scripts(plain)]
            page.goto(live_server.url + url)
            wrong += look(name, page)
            found += [f"{name}: {each}" for each in wrong]
            seen += 1
    assert seen or ONLY, "no page was looked at"
    assert not found, "\n".join(found)
