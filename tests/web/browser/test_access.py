"""Axe finds nothing on any page, light and dark, desk and phone, nor in the dialog."""

from __future__ import annotations

import pytest

from tests.web.axe import COLOURS, faults, faults_in_every_look
from tests.web.browser.conftest import CLUJ, Open
from tests.web.pages import CITY_PAGES

pytestmark = pytest.mark.browser

PATHS = [f"/ro/cities/cluj-napoca/{page}" for page in CITY_PAGES] + [
    "/en/",
    "/en/verify/",
    "/en/cities/atac/",
    "/en/cities/cluj-napoca/number/buildings.2021/",
    "/en/cities/cluj-napoca/pathway/?electricity=0.27746",
]


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing(open_page: Open, path: str) -> None:
    assert faults_in_every_look(open_page(path)) == {}


@pytest.mark.slow
def test_a_page_that_starts_in_the_dark_or_on_a_phone_is_the_same_to_axe(open_page: Open) -> None:
    assert faults(open_page(CLUJ, theme="dark")) == []
    assert faults(open_page(CLUJ, width=360)) == []


@pytest.mark.slow
def test_axe_finds_what_is_wrong(open_page: Open) -> None:
    page = open_page("/en/verify/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src>')")
    page.locator("h1").evaluate("each => { each.style.color = '#eee' }")
    assert [each.split(":")[0] for each in faults(page, COLOURS)] == ["color-contrast"]
    assert {each.split(":")[0] for each in faults(page)} >= {"color-contrast", "image-alt"}


def test_axe_finds_nothing_after_a_number_was_opened(open_page: Open) -> None:
    page = open_page(CLUJ + "inventory/")
    page.locator("a[data-number]", has_text="641.750").first.click()
    page.locator("#number-dialog .number-total").wait_for()
    assert faults_in_every_look(page) == {}


@pytest.mark.slow
def test_axe_finds_nothing_on_opened_tables(open_page: Open) -> None:
    page = open_page(CLUJ + "contract/")
    page.locator("summary", has_text="B-2.2").first.click()
    page.locator("summary", has_text="A-1.4").first.click()
    assert faults_in_every_look(page) == {}


@pytest.mark.slow
def test_axe_finds_nothing_beside_an_error(open_page: Open) -> None:
    page = open_page("/en/verify/")
    # 422 is the answer a wrong form deserves; the browser logs it, which is not a fault here.
    page.route("**/verify/", lambda route: answer_as_200(route))
    page.locator("textarea").fill("{")
    page.get_by_role("button", name="Verify").click()
    page.locator(".field-error").wait_for()
    assert faults_in_every_look(page) == {}


def answer_as_200(route: object) -> None:
    response = route.fetch()  # type: ignore[attr-defined]
    route.fulfill(response=response, status=200)  # type: ignore[attr-defined]
