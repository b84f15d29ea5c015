"""Pages of buildings in a real browser: axe, a phone, a map that moves, paper."""

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

HERE = "cities/cluj-napoca/"
PAGES = (
    "buildings/",
    "buildings/?quarter=cartier_model_sud&zoom=1",
    "buildings/edit/?column=built",
    "buildings/quarter/",
    "buildings/quarter/?quarter=cartier_model_vest&kind=budget&of=co2&euros=900000",
    "buildings/number/n01.heating/",
    "building/n01/",
    "building/v01/renovation/",
)


@pytest.fixture
def site(live_server: LiveServer, stocked_folder: Path) -> Iterator[str]:
    """Address of a server that shows a city with sixty synthetic blocks."""
    do_register_folder(folder=stocked_folder, actor="test")
    yield str(live_server.url)


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing(open_page: Open, page: str) -> None:
    assert faults_in_every_look(open_page(f"/ro/{HERE}{page}")) == {}


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_no_page_moves_sideways_on_a_phone(open_page: Open, page: str) -> None:
    for lang in ("ro", "en"):
        opened = open_page(f"/{lang}/{HERE}{page}", width=360)
        for details in opened.locator("summary").all():
            details.click()
        assert opened.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.slow
def test_the_map_is_dragged_and_a_building_is_opened(open_page: Open) -> None:
    page = open_page(f"/en/{HERE}buildings/")
    map_ = page.locator(".need-map")
    before = map_.get_attribute("viewBox")
    map_.dblclick(position={"x": 200, "y": 200})
    assert map_.get_attribute("viewBox") != before
    nearer = map_.get_attribute("viewBox")
    box = map_.bounding_box()
    assert box
    page.mouse.move(box["x"] + 300, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 60, steps=4)
    page.mouse.up()
    assert map_.get_attribute("viewBox") != nearer
    page.goto(page.url)
    page.locator(".need-map a").first.click()
    expect(page.locator("h1")).to_contain_text("N")
    assert "/building/" in page.url


@pytest.mark.slow
def test_without_scripts_map_filter_and_numbers_work(open_page: Open) -> None:
    page = open_page(f"/ro/{HERE}buildings/", scripts=False)
    page.locator("[data-move=nearer]").click()
    assert "zoom=1" in page.url
    page.locator("#quarter").select_option("cartier_model_vest")
    page.get_by_role("button", name="Arătați").click()
    expect(page.locator(".answer")).to_contain_text("15 din 60")
    page.goto(page.url.split("?")[0])
    page.locator(".answer a").first.click()
    expect(page.locator(".number-total")).to_contain_text("MWh")


@pytest.mark.slow
def test_a_number_opens_in_the_dialog(open_page: Open) -> None:
    page = open_page(f"/en/{HERE}building/n01/")
    page.locator(".answer a[data-number]").first.click()
    expect(page.locator("#number-dialog .number-total")).to_contain_text("kWh/m²")
    assert faults(page) == []


@pytest.mark.slow
def test_a_table_is_changed_in_the_field(open_page: Open) -> None:
    page = open_page(f"/en/{HERE}buildings/edit/?column=built&quarter=cartier_model_nord")
    field = page.locator("#edit-text")
    field.fill(field.input_value().replace("n01,1965", "n01,1966"))
    page.get_by_role("button", name="Show what would change").click()
    expect(page.locator(".verdict")).to_contain_text("1 cell of 1 building would change")
    assert faults(page) == []
    expect(page.get_by_role("button", name="Download the new buildings.csv")).to_be_visible()


def test_paper_leaves_forms_and_links_out(open_page: Open) -> None:
    page = open_page(f"/ro/{HERE}building/v01/renovation/")
    page.emulate_media(media="print")
    expect(page.locator("#facts")).to_be_hidden()
    expect(page.locator(".package-nav")).to_be_hidden()
    expect(page.locator("#steps")).to_be_visible()
