"""Every page of every app in a real browser, by role: axe, reading without scripts, keyboard."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client

from tests.web.axe import faults_in_a_look
from tests.web.people.cast import as_person
from tests.web.people.rights import World
from tests.web.site.collected import RIGHTS, things
from tests.web.site.poiana import make_world

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

# Hundreds of pages take a quarter of an hour. Each app looks at its own in CI; this looks at all
# when asked for, before a release: EVERY_PAGE=1 make test SLOW=1 ARGS=tests/web/site
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif("EVERY_PAGE" not in os.environ, reason="every page: EVERY_PAGE=1"),
]
# Between them they open every page: what the public reads, what a city's people read, the rest.
ROLES = ("visitor", "climate_lead", "administrator", "runner")
# Words of names of addresses, to look at some of them by hand: PAGES="people: jobs:".
ONLY = tuple(os.environ.get("PAGES", "").split())
MOST_STOPS = 250
REACHED = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  if (!here.dataset.stop) here.dataset.stop = String(++window.stops);
  const look = getComputedStyle(here);
  const box = here.getBoundingClientRect();
  // The parts of a day show it themselves, inside the field.
  const seen = box.width * box.height > 0 && here.type !== 'date';
  return [here.dataset.stop, seen, look.outlineStyle, look.boxShadow];
}"""
# What a person could click: on show, not shut off, and one button of each group.
WANTED = """() => [...document
  .querySelectorAll('a[href], button, input, select, textarea, summary')]
  .filter(each => each.checkVisibility({visibilityProperty: true}) && !each.disabled
    && each.type !== 'hidden' && each.type !== 'radio' && each.tabIndex >= 0
    && !each.closest('details:not([open]) > :not(summary)') && !each.closest('dialog:not([open])'))
  .filter(each => !each.dataset.stop).map(each => each.outerHTML.slice(0, 160))"""


@pytest.fixture
def world(live_server: LiveServer, poiana: Path, settings: Any) -> tuple[World, dict[str, object]]:
    made = make_world(poiana)
    return made, things(made)


Opener = Callable[..., "Page"]


@pytest.fixture
def opener(
    browser: Browser, live_server: LiveServer, world: tuple[World, dict[str, object]]
) -> Iterator[Opener]:
    """Open an address as somebody: ``opener(url, "viewer", scripts=False)``."""
    contexts: list[Any] = []

    def start(url: str, who: str, *, scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": 1280, "height": 800},
            color_scheme="light",
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        contexts.append(context)
        if who != "visitor":
            key = as_person(world[0].people[who]).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}]
            )
        page = context.new_page()
        page.goto(live_server.url + url, wait_until="load")
        return page

    yield start
    for context in contexts:
        context.close()


def pages(world: tuple[World, dict[str, object]], who: str) -> dict[str, str]:
    """Name -> address of every page that the role opens and none of those before it."""
    made, names = world
    before = ROLES[: ROLES.index(who)]
    client = Client() if who == "visitor" else as_person(made.people[who])
    found = {}
    for name, right in RIGHTS.items():
        if who not in right.readers or "GET" not in right.methods:
            continue
        if right.readers & {*before} or (ONLY and not name.startswith(ONLY)):
            continue
        url = right.url.format(lang="ro", **names)
        response = client.get(url)
        response.close()
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page and response.status_code == 200:
            found[name] = url
    return found


@pytest.mark.parametrize("who", ROLES)
def test_axe_finds_nothing_on_any_page(
    opener: Opener, world: tuple[World, dict[str, object]], who: str
) -> None:
    found = {}
    for turn, (name, url) in enumerate(pages(world, who).items()):
        page = opener(url, who)
        if wrong := faults_in_a_look(page, turn):
            found[name] = wrong
        page.context.close()
    assert not found, "\n".join(f"{name}: {wrong}" for name, wrong in found.items())


@pytest.mark.parametrize("who", ROLES)
def test_every_page_is_read_without_scripts(
    opener: Opener, world: tuple[World, dict[str, object]], who: str
) -> None:
    found = []
    for name, url in pages(world, who).items():
        page = opener(url, who, scripts=False)
        text = page.locator("main").inner_text()
        if len(text.strip()) < 20:
            found.append(f"{name}: nothing to read")
        if page.locator("main h1").count() != 1:
            found.append(f"{name}: {page.locator('main h1').count()} headings of the page")
        if dead := page.locator("main a[href='#'], main a[href='']").count():
            found.append(f"{name}: {dead} links that lead nowhere")
        for button in page.locator("main button:visible").all():
            # A browser opens a popover by itself.
            opens = button.get_attribute("popovertarget")
            if button.get_attribute("type") != "submit" and not opens:
                found.append(f"{name}: a button that does nothing: {button.inner_text()}")
        page.context.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("who", ROLES)
def test_every_page_is_used_by_keyboard(
    opener: Opener, world: tuple[World, dict[str, object]], who: str
) -> None:
    found = []
    for name, url in pages(world, who).items():
        page = opener(url, who)
        page.evaluate("window.stops = 0")
        reached: list[str] = []
        for _ in range(MOST_STOPS):
            page.keyboard.press("Tab")
            stop = page.evaluate(REACHED)
            # A day has three parts: the same field, thrice.
            if stop is None or stop[0] in reached[:-1]:
                break
            if stop[0] not in reached:
                reached.append(stop[0])
            if stop[1] and stop[2] == "none" and stop[3] == "none":
                found.append(f"{name}: stop {stop[0]} does not show where one is")
        if len(reached) < MOST_STOPS - 1:
            found += [f"{name}: not reached: {each}" for each in page.evaluate(WANTED)]
        page.context.close()
    assert not found, "\n".join(found)
