"""The dialog of a number: by mouse and keyboard, and its page where no script runs."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.browser.conftest import CLUJ, Open

pytestmark = pytest.mark.browser


@pytest.mark.slow
def test_a_number_opens_beside_the_page(open_page: Open) -> None:
    page = open_page(CLUJ + "inventory/")
    address = page.url
    page.locator("#scopes-base a", has_text="479.160").click()
    dialog = page.locator("#number-dialog")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("2.372.076 MWh × 0,202 t/MWh = 479.159 t")
    expect(dialog).to_contain_text("energy.csv:2")
    assert page.url == address


@pytest.mark.slow
def test_it_opens_and_closes_by_keyboard_and_gives_the_focus_back(open_page: Open) -> None:
    page = open_page(CLUJ + "inventory/")
    link = page.locator("#scopes-base a", has_text="479.160")
    link.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("#number-dialog")
    expect(dialog).to_be_visible()
    expect(dialog.locator("[data-focus]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()


@pytest.mark.slow
def test_its_button_closes_it_too(open_page: Open) -> None:
    page = open_page(CLUJ)
    link = page.locator("a[data-number]").first
    link.click()
    page.get_by_role("button", name="Închideți").click()
    expect(page.locator("#number-dialog")).to_be_hidden()
    expect(link).to_be_focused()


@pytest.mark.slow
def test_another_number_opens_after_it(open_page: Open) -> None:
    page = open_page(CLUJ + "inventory/")
    dialog = page.locator("#number-dialog")
    for shown in ("479.160", "162.590"):
        page.locator("#scopes-base a", has_text=shown).click()
        expect(dialog.locator(".number-total")).to_contain_text(shown)
        page.keyboard.press("Escape")


@pytest.mark.slow
def test_the_skip_link_leads_past_the_head(open_page: Open) -> None:
    page = open_page(CLUJ)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


@pytest.mark.slow
def test_without_scripts_a_number_is_a_page(open_page: Open) -> None:
    page = open_page(CLUJ + "inventory/", scripts=False)
    page.locator("#scopes-base a", has_text="479.160").click()
    expect(page.locator("main")).to_contain_text("2.372.076 MWh × 0,202 t/MWh = 479.159 t")
    assert "/number/buildings.scope1.2021/" in page.url


def test_without_scripts_the_charts_are_the_servers(open_page: Open) -> None:
    page = open_page(CLUJ, scripts=False)
    expect(page.locator(".picture-wide svg")).to_be_visible()
    expect(page.locator(".picture-wide svg")).to_contain_text("641.750")
    expect(page.locator("[data-theme-toggle]")).to_be_hidden()


@pytest.mark.slow
def test_without_scripts_the_forms_work(open_page: Open) -> None:
    page = open_page("/en/cities/cluj-napoca/pathway/", scripts=False)
    page.get_by_label("Electricity factor 2021").fill("0.27746")
    page.get_by_role("button", name="Compute").click()
    expect(page.locator("#what-if-section")).to_contain_text("897,340 t")
    page.get_by_role("link", name="Verify a contract").click()
    page.locator("textarea").fill('{"format": "other"}')
    page.get_by_role("button", name="Verify").click()
    expect(page.locator(".verdict")).to_contain_text("does not hold")


@pytest.mark.slow
def test_without_scripts_the_system_decides_the_theme(open_page: Open) -> None:
    dark = open_page(CLUJ, scripts=False, theme="dark")
    expect(dark.locator("body")).to_have_css("background-color", "rgb(21, 25, 28)")
    light = open_page(CLUJ, scripts=False, theme="light")
    expect(light.locator("body")).to_have_css("background-color", "rgb(251, 250, 247)")
