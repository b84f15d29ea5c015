"""The inventory in a real browser: nothing for axe to find, no sideways move, no script needed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.web.axe import UNFOLD, faults, faults_in_every_look
from tests.web.browser.conftest import Open, open_page
from vatra.web.contracts.actions import do_register_folder

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

__all__ = ["open_page"]
pytestmark = pytest.mark.browser

TOWN = "/{lang}/cities/valcelele/inventory/"
PAGES = (
    "",
    "completeness/",
    "gpc/",
    "doubt/",
    "years/",
    "rows/",
    "compare/",
    "compare/?gwp=AR6",
    "?year=2030",
)


@pytest.fixture
def site(live_server: LiveServer, town_folder: Path) -> Iterator[str]:
    """Address of a server that shows the invented town."""
    do_register_folder(folder=town_folder, actor="test")
    yield str(live_server.url)


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing(open_page: Open, page: str) -> None:
    opened = open_page(TOWN.format(lang="ro") + page)
    opened.evaluate(UNFOLD)
    assert faults_in_every_look(opened) == {}


@pytest.mark.slow
def test_axe_finds_nothing_on_the_page_of_a_method(open_page: Open) -> None:
    assert faults(open_page("/ro/methods/landfill/")) == []


@pytest.mark.parametrize("page", PAGES)
def test_no_page_moves_sideways_on_a_phone(open_page: Open, page: str) -> None:
    opened = open_page(TOWN.format(lang="en") + page, width=360)
    opened.evaluate(UNFOLD)
    assert opened.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.slow
def test_without_scripts_a_square_opens_its_rows_and_a_blank_its_step(open_page: Open) -> None:
    page = open_page(TOWN.format(lang="en") + "completeness/", scripts=False)
    page.locator("a.tile-blank").first.click()
    expect(page.locator(".steps li:target")).to_be_in_viewport()
    page.locator("a.tile-computed").first.click()
    expect(page.locator(".answer")).to_contain_text("I.1.1 Residential buildings")
    expect(page.locator("main")).to_contain_text("energy.csv:2")


@pytest.mark.slow
def test_without_scripts_the_switches_work(open_page: Open) -> None:
    page = open_page(TOWN.format(lang="en") + "compare/", scripts=False)
    page.get_by_label("Warming potentials").select_option("AR6")
    page.get_by_role("button", name="Compute").click()
    expect(page.locator(".answer")).to_contain_text("25,245 t")
    page.get_by_role("link", name="2030", exact=True).click()
    expect(page.locator(".year-switch a[aria-current]")).to_have_text("2030")


@pytest.mark.slow
def test_the_squares_can_be_told_apart_without_colour(open_page: Open) -> None:
    page = open_page(TOWN.format(lang="en") + "completeness/")
    looks = set()
    for kind in ("computed", "keyed", "blank", "impossible"):
        tile = page.locator(f".coverage .tile-{kind}").first
        sign = tile.locator("span[aria-hidden]").inner_text()
        style = tile.evaluate("each => getComputedStyle(each).borderTopStyle")
        ground = tile.evaluate("each => getComputedStyle(each).backgroundImage !== 'none'")
        looks.add((sign if kind != "keyed" else "letters", style, ground))
    assert len(looks) == 4


@pytest.mark.slow
def test_drawings_follow_the_theme(open_page: Open) -> None:
    fills = []
    for theme in ("light", "dark"):
        page = open_page(TOWN.format(lang="en"), theme=theme)
        bar = page.locator("#drawing-flows-2021 .picture-wide rect.v-buildings").first
        fills.append(bar.evaluate("each => getComputedStyle(each).fill"))
    assert fills == ["rgb(194, 81, 43)", "rgb(216, 94, 40)"]
