"""The desk, help, the glossary and the tour in a real browser: axe, the phone, the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as site_settings

from tests.web.axe import faults, faults_in_every_look
from tests.web.browser.conftest import Open, open_page, site
from tests.web.people.cast import as_person, member
from vatra.web.cities.models import City
from vatra.web.desk.tour import STOPS, address
from vatra.web.people.models import User
from vatra.web.workspace.actions_start import do_open_workspace

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["open_page", "site"]
pytestmark = [pytest.mark.browser]

As = Callable[..., "Page"]


@pytest.fixture
def cluj_work(site: str, cluj_folder: Path) -> City:
    city = City.objects.get(slug="cluj-napoca")
    do_open_workspace(city=city, actor=None)
    return city


@pytest.fixture
def editor(cluj_work: City) -> User:
    return member("ana", cluj_work, "editor")


@pytest.fixture
def open_as(open_page: Open, site: str) -> As:
    """Open an address for somebody who has signed in."""

    def start(person: User, url: str, **more: object) -> Page:
        page = open_page("/ro/help/", **more)
        name = site_settings.SESSION_COOKIE_NAME
        value = as_person(person).cookies[name].value
        page.context.add_cookies([{"name": name, "value": value, "url": site}])
        page.goto(site + url, wait_until="load")
        return page

    return start


@pytest.mark.slow
def test_the_desk_is_accessible_before_and_after_the_draft_arrives(
    open_as: As, editor: User, cluj_work: City
) -> None:
    page = open_as(editor, f"/ro/cities/{cluj_work.slug}/work/")
    page.locator("#desk-draft table").wait_for(timeout=60_000)
    assert page.locator(".desk-skeleton").count() == 0
    assert faults_in_every_look(page) == {}


def test_the_desk_works_without_scripts(open_as: As, editor: User, cluj_work: City) -> None:
    page = open_as(editor, f"/en/cities/{cluj_work.slug}/work/", scripts=False)
    page.get_by_role("link", name="Compute it now").click()
    assert page.locator("#desk-draft table").count() == 1
    assert page.url.endswith("/work/")


@pytest.mark.slow
@pytest.mark.parametrize("url", ["/ro/help/", "/en/help/sign/", "/ro/glossary/"])
def test_help_is_accessible(open_page: Open, url: str) -> None:
    assert faults_in_every_look(open_page(url)) == {}


@pytest.mark.slow
def test_a_term_opens_by_keyboard_and_by_a_resting_pointer(open_page: Open) -> None:
    page = open_page("/en/help/begin/")
    word, means = page.locator(".term-word").first, page.locator(".term-means").first
    assert not means.is_visible()
    word.focus()
    page.keyboard.press("Enter")
    means.wait_for(state="visible")
    assert faults(page) == []
    page.keyboard.press("Escape")
    means.wait_for(state="hidden")
    word.hover()
    means.wait_for(state="visible")
    page.mouse.move(5, 5)
    means.wait_for(state="hidden")


@pytest.mark.slow
@pytest.mark.parametrize("number", range(1, len(STOPS) + 1))
def test_every_stop_of_the_tour_outlines_something_and_is_accessible(
    open_page: Open, number: int
) -> None:
    city = City.objects.get(slug="cluj-napoca")
    page = open_page(address(number, city, "ro"))
    outlined = page.evaluate(
        "[...document.querySelectorAll('main *')]"
        ".filter(each => getComputedStyle(each).outlineStyle === 'solid').length"
    )
    assert outlined >= 1
    assert faults_in_every_look(page) == {}


@pytest.mark.slow
def test_the_tour_goes_on_without_scripts(open_page: Open) -> None:
    city = City.objects.get(slug="cluj-napoca")
    page = open_page(address(1, city, "en"), scripts=False)
    page.get_by_role("link", name="Next stop").click()
    assert "tour=2" in page.url
    page.get_by_role("link", name="End the tour").click()
    assert page.url.endswith("/en/cities/cluj-napoca/")
    assert page.locator(".tour").count() == 0
