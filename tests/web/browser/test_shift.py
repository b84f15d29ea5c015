"""Nothing moves under the reader's eyes: neither while a page loads nor when a part of it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings as site_settings

from tests.web.browser.conftest import CLUJ, Open
from tests.web.people.cast import as_person, member
from vatra.web.cities.models import City
from vatra.web.people.models import User
from vatra.web.workspace.actions_start import do_open_workspace

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

MOST = 0.02
# A shift within half a second after a press is one the reader asked for; browsers mark it so.
WATCH = """
window.moved = [];
new PerformanceObserver(list => {
  for (const each of list.getEntries()) {
    if (each.hadRecentInput) continue;
    const what = each.sources.map(source => source.node?.className || source.node?.nodeName);
    window.moved.push([each.value, what.join(" ")]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""
PUBLIC = (
    "/ro/",
    CLUJ,
    f"{CLUJ}inventory/",
    f"{CLUJ}measures/",
    f"{CLUJ}pathway/",
    f"{CLUJ}investment/",
    f"{CLUJ}progress/",
    f"{CLUJ}contract/",
    f"{CLUJ}data/",
    "/ro/verify/",
    "/ro/search/?q=cladiri",
    "/ro/help/",
)
WORK = (
    "work/",
    "work/evidence/",
    "work/tables/",
    "work/tables/energy/",
    "work/contract/",
    "work/contract/sections/goal/",
    "work/publish/",
    "work/progress/",
    "work/history/",
)


@pytest.fixture
def ana(site: str) -> User:
    """An editor of Cluj-Napoca, whose work has begun."""
    city = City.objects.get(slug="cluj-napoca")
    do_open_workspace(city=city, actor=None)
    return member("ana", city, "editor")


def stays(page: Page, url: str) -> None:
    """Nothing moved until the page was quiet, fonts and late parts included."""
    page.goto(url, wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => null)")
    page.wait_for_timeout(200)
    moved = page.evaluate("window.moved")
    assert sum(value for value, _ in moved) < MOST, (url, moved)


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_moves_on_public_pages(open_page: Open, site: str, width: int) -> None:
    page = open_page("/ro/verify/", width=width)
    page.wait_for_load_state("networkidle")
    page.add_init_script(WATCH)
    for path in PUBLIC:
        stays(page, site + path)


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_moves_on_pages_of_work(open_page: Open, site: str, ana: User, width: int) -> None:
    page = open_page("/ro/verify/", width=width)
    page.wait_for_load_state("networkidle")
    page.add_init_script(WATCH)
    name = site_settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": as_person(ana).cookies[name].value, "url": site}
    page.context.add_cookies([cookie])
    for path in WORK:
        stays(page, f"{site}{CLUJ}{path}")


@pytest.mark.slow
def test_the_watch_sees_what_moves(open_page: Open, site: str) -> None:
    page = open_page("/ro/verify/")
    page.wait_for_load_state("networkidle")
    page.add_init_script(WATCH)
    page.goto(f"{site}{CLUJ}", wait_until="networkidle")
    page.wait_for_timeout(600)
    page.evaluate("""() => {
      const late = document.createElement("div");
      late.style.blockSize = "200px";
      document.querySelector("main").prepend(late);
    }""")
    page.wait_for_timeout(300)
    assert sum(value for value, _ in page.evaluate("window.moved")) > MOST
