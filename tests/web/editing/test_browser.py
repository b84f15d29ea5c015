"""In a real browser: a cell changed by keyboard alone, in every look, and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.web.axe import faults, faults_in_every_look
from tests.web.people.cast import as_person
from vatra.web.cities.models import City
from vatra.web.people.models import User
from vatra.web.workspace.queries import head_of, sheet_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser
Open = Callable[..., "Page"]
ENERGY = "/en/cities/poiana/work/tables/energy/"


@pytest.fixture
def opened(browser: Browser, live_server: LiveServer) -> Iterator[Open]:
    """Open an address as a person; at the end the server has answered all that was asked."""
    pages: list[Page] = []

    def start(person: User, url: str, *, scripts: bool = True) -> Page:
        context = browser.new_context(java_script_enabled=scripts, reduced_motion="reduce")
        session = as_person(person).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.goto(live_server.url + url)
        pages.append(page)
        return page

    yield start
    for page in pages:
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(300)
        page.context.close()


def amounts(city: City) -> list[str]:
    head = head_of(city)
    assert head is not None
    return [row["amount"] for row in sheet_of(head, "energy").rows]


@pytest.mark.slow
def test_a_cell_is_changed_undone_and_left_by_keyboard_alone(
    opened: Open, poiana: City, ana: User
) -> None:
    page = opened(ana, ENERGY)
    page.locator("#cell-2-amount a").focus()
    page.keyboard.press("Enter")
    field = page.locator("#cell-2-amount input[name=c-amount]")
    expect(field).to_be_focused()
    assert faults(page) == []
    field.fill("plenty")
    page.keyboard.press("Enter")
    expect(page.locator("#cell-2-amount [role=alert]")).to_contain_text("must be a number")
    page.locator("#cell-2-amount input[name=c-amount]").fill("1,250")
    page.keyboard.press("Enter")
    expect(page.locator("[data-notice]")).to_contain_text("Saved as version 2")
    # As in a spreadsheet: on to the cell below.
    expect(page.locator("#cell-3-amount a")).to_be_focused()
    assert amounts(poiana)[0] == "1250"
    expect(page.locator(".edit-effect")).to_contain_text("Why did it change", timeout=20_000)
    assert faults(page) == []
    page.keyboard.press("ArrowUp")
    expect(page.locator("#cell-2-amount a")).to_be_focused()
    page.keyboard.press("F2")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#cell-2-amount a")).to_be_focused()
    page.locator("[data-undo]").press("Enter")
    expect(page.locator("[data-notice]")).to_contain_text("Taken back")
    expect(page.locator(".edit-effect")).to_contain_text("Why did it change", timeout=20_000)
    assert amounts(poiana)[0] == "1000"


def test_two_people_in_one_cell_see_a_choice_in_the_page(
    opened: Open, poiana: City, ana: User, ion: User
) -> None:
    one, other = (opened(each, ENERGY) for each in (ana, ion))
    for page, amount in ((one, "7"), (other, "8")):
        page.locator("#cell-2-amount a").click()
        page.locator("#cell-2-amount input[name=c-amount]").fill(amount)
        page.keyboard.press("Enter")
    clash = other.locator("[data-clash]")
    expect(clash).to_contain_text("Two people changed the same")
    assert faults(other) == []
    clash.locator("input[value=mine]").check()
    clash.locator("button").click()
    expect(other).to_have_url(re.compile(r"\?saved=3"))
    assert amounts(poiana)[0] == "8"


@pytest.mark.slow
def test_without_scripts_a_row_is_written_and_taken_back(
    opened: Open, poiana: City, ana: User
) -> None:
    page = opened(ana, ENERGY, scripts=False)
    page.locator("#cell-2-amount a").click()
    page.locator("input[name=c-amount]").fill("7")
    page.get_by_role("button", name="Save").click()
    assert amounts(poiana)[0] == "7"
    page.locator("[data-undo]").click()
    assert amounts(poiana)[0] == "1000"


@pytest.mark.slow
@pytest.mark.parametrize(
    "url",
    ["", "energy/", "energy/rows/2/", "energy/rows/new/", "energy/paste/", "flights/", "city/",
     "catalogue/", "scenarios/", "effect/1/1/", "../comments/", "../comments/?kind=cell&anchor=x"],
)  # fmt: skip
def test_axe_finds_nothing(opened: Open, ana: User, url: str) -> None:
    page = opened(ana, f"/ro/cities/poiana/work/tables/{url}")
    assert faults_in_every_look(page) == {}
