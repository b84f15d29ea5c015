"""The plan in a real browser: sliders by mouse, keyboard and without scripts; axe; a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.web.axe import faults, faults_in_every_look
from tests.web.browser.conftest import Open, open_page
from vatra.web.contracts.actions import do_register_folder

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

__all__ = ["open_page"]
pytestmark = pytest.mark.browser

LAB = "/{lang}/cities/fantanele/laboratory/"
PAGES = (
    "cities/fantanele/pathway/",
    "cities/fantanele/laboratory/",
    "cities/fantanele/laboratory/?level.T1=0",
    "cities/fantanele/cost-curve/",
    "cities/fantanele/pathway/number/action.B3/",
    "catalogue/",
    "catalogue/flats_deep/",
)


@pytest.fixture
def site(live_server: LiveServer, village_folder: Path) -> Iterator[str]:
    """Address of a server that shows the made-up town."""
    do_register_folder(folder=village_folder, actor="test")
    yield str(live_server.url)


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing(open_page: Open, page: str) -> None:
    assert faults_in_every_look(open_page(f"/ro/{page}")) == {}


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_no_page_moves_sideways_on_a_phone(open_page: Open, page: str) -> None:
    opened = open_page(f"/en/{page}", width=360)
    assert opened.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_slider_moved_by_keyboard_is_answered_and_can_be_undone(open_page: Open) -> None:
    page = open_page(LAB.format(lang="en"))
    answer = page.locator("#lab-answer .answer")
    planned = answer.inner_text()
    slider = page.get_by_label("Air heat pumps in homes on gas", exact=True)
    slider.focus()
    page.keyboard.press("Home")
    expect(slider).to_have_value("0")
    expect(slider).to_have_attribute("aria-valuetext", "0%")
    expect(answer).not_to_have_text(planned)
    assert page.url.endswith("?level.B3=0")
    moved = answer.inner_text()
    page.reload()
    expect(answer).to_have_text(moved)
    page.go_back()
    expect(slider).to_have_value("100")
    expect(answer).to_have_text(planned)


@pytest.mark.slow
def test_a_conflict_is_said_at_once(open_page: Open) -> None:
    page = open_page(LAB.format(lang="ro"))
    assert not page.locator(".lab-conflicts").count()
    page.get_by_label("Anul de început: Stații publice de încărcare").select_option("2031")
    expect(page.locator(".lab-conflicts")).to_contain_text("nu are efect înainte ca")


@pytest.mark.slow
def test_presets_move_every_slider_without_leaving_the_page(open_page: Open) -> None:
    page = open_page(LAB.format(lang="en"))
    page.evaluate("window.stayed = true")
    page.get_by_role("link", name="No action").click()
    expect(page.locator("#lab-answer")).to_contain_text("Capital: EUR 0.")
    values = page.locator("input[type=range]").evaluate_all("all => all.map(one => one.value)")
    assert values.count("0") == 15
    assert page.evaluate("window.stayed")
    page.get_by_role("link", name="As planned").click()
    expect(page.locator("input[type=range]").nth(1)).to_have_value("100")


@pytest.mark.slow
def test_the_answer_stays_in_sight_on_a_phone(open_page: Open) -> None:
    page = open_page(LAB.format(lang="ro"), width=360)
    page.locator("input[type=range]").last.scroll_into_view_if_needed()
    expect(page.locator("#lab-answer .answer")).to_be_in_viewport()
    # A thumb needs 44 pixels.
    assert page.locator("input[type=range]").last.evaluate("one => one.clientHeight") >= 44


@pytest.mark.slow
def test_without_scripts_the_form_is_sent_and_only_changes_stand_in_the_address(
    open_page: Open,
) -> None:
    page = open_page(LAB.format(lang="en"), scripts=False)
    before = page.locator("#lab-answer .answer").inner_text()
    page.get_by_label("Start year of Deep retrofit of blocks of flats").select_option("2034")
    page.get_by_role("button", name="Show what follows").click()
    assert page.url.endswith("?start.B1=2034")
    assert page.locator("#lab-answer .answer").inner_text() != before


@pytest.mark.slow
def test_a_lost_connection_is_said(open_page: Open) -> None:
    page = open_page(LAB.format(lang="en")).context.new_page()
    page.goto(page.context.pages[0].url)
    page.route("**/laboratory/?*", lambda route: route.abort())
    page.locator("input[type=range]").nth(1).fill("10")
    expect(page.locator("#lab-answer")).to_contain_text("the connection was lost")


@pytest.mark.slow
def test_a_number_opens_its_making_in_the_dialog(open_page: Open) -> None:
    page = open_page("/en/cities/fantanele/pathway/")
    page.locator("#actions a[data-number]").first.click()
    expect(page.locator("#number-dialog .number-total")).to_be_focused()
    expect(page.locator("#number-dialog")).to_contain_text("Shapley value")
    assert faults(page) == []
