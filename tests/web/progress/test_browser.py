"""Progress in a real browser: axe in every look, a frame on another page, forms without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.web.axe import faults, faults_in_every_look
from tests.web.browser.conftest import Open, open_page
from tests.web.people.cast import as_person, member
from vatra.web.contracts.actions import do_register_folder
from vatra.web.people.models import User
from vatra.web.workspace.actions_start import do_open_workspace

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

__all__ = ["open_page"]
pytestmark = pytest.mark.browser
CITY = "/en/cities/fantanele/"


@pytest.fixture
def site(live_server: LiveServer, kept_folder: Path) -> Iterator[str]:
    """Address of a server that shows the village and its work."""
    city = do_register_folder(folder=kept_folder, actor="test")
    do_open_workspace(city=city, actor=None)
    member("ana", city, "editor")
    yield str(live_server.url)


@pytest.mark.slow
@pytest.mark.parametrize("page", ["progress/", "progress/embed/"])
def test_axe_finds_nothing_on_public_pages(open_page: Open, page: str) -> None:
    assert faults_in_every_look(open_page(CITY + page)) == {}


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 900])
def test_axe_finds_nothing_in_a_frame(open_page: Open, theme: str, width: int) -> None:
    page = open_page("/ro/embed/fantanele/progress/", theme=theme, width=width)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # The height that the snippet for other sites asks for: picture, words and seal fit in it.
    page.set_viewport_size({"width": width, "height": 560})
    assert page.evaluate("document.documentElement.scrollHeight") <= 560


@pytest.mark.slow
def test_a_report_is_saved_without_scripts(open_page: Open, site: str) -> None:
    client = as_person(User.objects.get(email="ana@example.org"))
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}
    page = open_page("/en/", scripts=False)
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.goto(f"{site}{CITY}work/progress/measures/B6/")
    page.get_by_label("In place, %").fill("31")
    page.get_by_label("Source").fill("report of the department")
    page.get_by_role("button", name="Save the report").click()
    expect(page.locator(".progress-done").first).to_contain_text("Saved")
    page.get_by_role("link", name="Look again").click()
    expect(page.locator("table").first).to_contain_text("31%")
